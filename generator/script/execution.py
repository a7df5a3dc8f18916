"""Following a script as Python would run it: the module, then init(), then run() for one request after another.

Nothing of the script is run. Each statement is followed for what it does to the names and dicts that a scoring call may
be given: where branches meet, a value is known only if it is the same in each; what is handed to code that cannot be
seen is given up, and so is everything that such code may change.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, ClassVar

from generator.script.expressions import Expressions
from generator.script.function_calls import Calls
from generator.script.journal import Changes
from generator.script.kinds import name_of
from generator.script.objects import Class, Function, Instance, Method, Partial, Value
from generator.script.scopes import Names
from generator.script.statements import Statements
from generator.script.trace import MOST_PASSES, OTHER, READ, Reached, TooLongError

__all__ = ["OTHER", "READ", "Execution", "Reached", "TooLongError"]


class Execution(Statements):
    """What is found out about a script by following it.

    ``calls`` are the scoring calls that are reached, by id. ``consumers`` says what uses the value that an expression
    (by id) gives; ``key_reads`` which expressions read an item of a dict (by the id of its key); ``visited`` which
    names are read where the endpoint comes by; ``called`` which function of the script a call runs; ``scored`` which
    expressions give what a scoring call returns. ``entry`` is the function that answers requests, if there is one.
    What is surely wrong: ``wrong_members`` that their Enum lacks, ``wrong_attributes`` of what a call returns, and
    names that are read and ``unbound``. ``opaque`` is the code that may change any name of the module.
    """

    def __init__(self, names: Names) -> None:
        """Follow a script. Raises TooLongError or RecursionError for one that is out of all proportion."""
        super().__init__(names)
        self._follow()

    def _follow(self) -> None:
        self._block(self._names.module.node.body)
        self._is_start = False
        cells = self._module.cells
        if not isinstance(cells.get("run"), (Function, Method, Partial, Instance)) and not any(
            isinstance(each, Function) and name_of(each) == "run" for each in self._escaped
        ):
            for value in list(cells.values()):  # no entry script: any of its functions may be called
                if isinstance(value, (Function, Class)) and id(value.node) not in self._entered:
                    self._escape(value)
        entry = cells.get("run")
        if isinstance(entry, Method) and isinstance(entry.function, Function):
            entry = entry.function
        hidden = [each for each in self._escaped if isinstance(each, Function) and name_of(each) == "run"]
        entry = entry if isinstance(entry, Function) else hidden[0] if hidden else None
        self.entry = entry.scope if entry else None
        init = cells.get("init")
        if isinstance(init, (Function, Method, Partial)):
            self._apply(init, None, self._names.module.node)
        for number in range(MOST_PASSES + 2):
            mark, escaped = self._journal.mark(), len(self._births_of_escaped)
            branches: list[Changes] = [{}]
            self._running[-1].branches += 1
            for each in [*self._escaped, cells.get("run")]:
                if isinstance(each, (Function, Method, Partial, Instance)):
                    value = self._apply(each, None, self._names.module.node)
                    if each in self._escaped:
                        self._escape(value)
                    branches.append(self._journal.since(mark))
                    self._journal.undo(mark)
            self._running[-1].branches -= 1
            if not self._settled(mark, branches, number) and not self._has_escaped(mark, escaped):
                break

    expressions: ClassVar[dict[type[ast.AST], Callable[[Any, Any], Value]]] = {
        ast.Name: Expressions._name,
        ast.Constant: Expressions._constant,
        ast.Attribute: Expressions._attribute,
        ast.Subscript: Expressions._subscript,
        ast.Call: Calls._call,
        ast.Dict: Expressions._dict,
        ast.Tuple: Expressions._tuple,
        ast.List: Expressions._list,
        ast.Set: Expressions._list,
        ast.BinOp: Expressions._binary,
        ast.BoolOp: Expressions._boolean,
        ast.UnaryOp: Expressions._unary,
        ast.Compare: Expressions._compare,
        ast.IfExp: Expressions._conditional,
        ast.JoinedStr: Expressions._formatted,
        ast.NamedExpr: Expressions._walrus,
        ast.Lambda: Expressions._lambda,
        ast.ListComp: Expressions._comprehension,
        ast.SetComp: Expressions._comprehension,
        ast.GeneratorExp: Expressions._comprehension,
        ast.DictComp: Expressions._comprehension,
        ast.Await: Expressions._await,
        ast.Yield: Expressions._yield,
        ast.YieldFrom: Expressions._yield,
        ast.Starred: Expressions._starred,
    }
