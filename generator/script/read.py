"""Reading a script: what it gives to the scoring call that is meant, and what that is worth."""

from __future__ import annotations

import ast
from collections.abc import Collection
from typing import NamedTuple

from generator.facts.modules import Table, Value, load_tables
from generator.findings import START, Place, RefusedError
from generator.rules.coercion import judge
from generator.rules.settings import parameter_name
from generator.script.arguments import Argument
from generator.script.calls import ScoringCall, imported_modules, scoring_calls
from generator.script.execution import Execution, TooLongError
from generator.script.parse import parse
from generator.script.scopes import Names, scan
from generator.script.values import DYNAMIC
from generator.text.invisible import is_visible
from generator.text.spans import Text, place_of_error
from generator.text.terminal import visible
from generator.translations.language import say


class Script(NamedTuple):
    """A script and the scoring call that is meant: what each argument of its module is worth, DYNAMIC if unknown.

    ``values`` are canonical; ``given`` holds all that the call is given; of several arguments of one name,
    ``arguments`` has the one that counts. ``calls`` are all scoring calls that the endpoint reaches, ``siblings`` those
    of the same module, the call itself among them.
    """

    text: Text
    names: Names
    execution: Execution
    calls: list[ScoringCall]
    siblings: list[ScoringCall]
    call: ScoringCall
    arguments: dict[str, Argument]
    values: dict[str, Value]
    faulty: set[str]
    given: list[Argument]

    @property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        tree: ast.Module = self.names.module.node
        return tree

    def each(self) -> list[Script]:
        """Return the script for each of the scoring calls of the module."""
        text, names, execution, calls, siblings, *_ = self
        return [_of_call(text, names, execution, calls, siblings, call) for call in siblings]


def read(source: str, table: Table | None = None, wanted: Collection[str] = ()) -> Script:
    """Return a script as it is read. Raises RefusedError.

    Of scoring calls of several modules, the first of ``table`` is meant, or else of the one that takes all arguments
    ``wanted``.
    """
    text = Text(source)
    try:
        names = scan(parse(source))
    except SyntaxError as error:
        raise _invalid(error) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise refused(say("not valid Python: {error}", error=error), START) from None
    try:
        execution = Execution(names)
    except (TooLongError, RecursionError):
        raise refused(say("the script does more than can be followed: change it by hand"), START) from None
    calls = scoring_calls(execution)
    return followed(text, names, execution, calls, table, wanted)


def followed(
    text: Text,
    names: Names,
    execution: Execution,
    calls: list[ScoringCall],
    table: Table | None = None,
    wanted: Collection[str] = (),
) -> Script:
    """Return a script that was followed already; the arguments are those of ``read``. Raises RefusedError."""
    siblings = _meant(calls, names, text, table, wanted)
    return _of_call(text, names, execution, calls, siblings, siblings[0])


def _of_call(
    text: Text,
    names: Names,
    execution: Execution,
    calls: list[ScoringCall],
    siblings: list[ScoringCall],
    call: ScoringCall,
) -> Script:
    arguments = {argument.name: argument for argument in call.arguments}
    values: dict[str, Value] = {}
    faulty = set()
    for parameter in call.table.parameters:
        argument = arguments.get(parameter.name)
        if argument:
            value = argument.known
            meant, wrong = (DYNAMIC, None) if value is DYNAMIC else judge(parameter, value)
            values[parameter.name] = meant
            if wrong or getattr(value, "imported", True) is False:
                faulty.add(parameter.name)
    return Script(text, names, execution, calls, siblings, call, arguments, values, faulty, call.arguments)


def _invalid(error: SyntaxError) -> RefusedError:
    """Return the refusal of a script that Python cannot read, with the line as Python shows it."""
    place = place_of_error(error)
    shown = (error.text or "").rstrip()
    shown = "".join(char if is_visible(char) else " " if char == "\t" else "\ufffd" for char in shown)
    margin = len(shown) - len(shown.lstrip())
    caret = f"\n    {shown[margin:]}\n    {' ' * max(0, place.column - 1 - margin)}^" if shown.strip() else ""
    return refused(say("not valid Python: {msg}{caret}", msg=error.msg, caret=caret), place)


def refused(message: str, place: Place) -> RefusedError:
    """Return the refusal of a script; what of its code cannot be seen is escaped in the message."""
    return RefusedError("\n".join(map(visible, message.split("\n"))), place)


def _meant(
    calls: list[ScoringCall], names: Names, text: Text, table: Table | None, wanted: Collection[str]
) -> list[ScoringCall]:
    """Return the scoring calls that are meant. Raises RefusedError where none is, or where it cannot be told which."""
    if not calls:
        imported = imported_modules(names)
        if not imported:
            known = ", ".join(table.class_name for table in load_tables())
            raise refused(say("no designer module is used here (known: {known})", known=known), START)
        what = say(" and ").join(sorted(table.class_name for table in imported))
        start = say(" or ").join(say('`scoregen init --module "{name}"`', name=table.name) for table in imported)
        message = say(
            "{what}: no call of its run() is reached from run() in a way that can be followed: call it there, on the "
            "class or on a name that stands for it; {start} starts one that does, with `endpoint: batch` for files",
            what=what,
            start=start,
        )
        raise refused(message, text.place(next(iter(imported.values()))))
    if table is not None:
        of_table = [call for call in calls if call.table is table]
        if not of_table:
            message = say(
                "the config is for {name}, the script is of {other}", name=table.name, other=calls[0].table.name
            )
            raise refused(message, text.place(calls[0].node))
        calls = of_table
    tables = list(dict.fromkeys(call.table for call in calls))
    if len(tables) > 1 and wanted:
        fitting = [each for each in tables if {parameter_name(each, key) for key in wanted} <= {*each.argument_order}]
        calls = [call for call in calls if call.table in fitting] or calls
        tables = list(dict.fromkeys(call.table for call in calls))
    if len(tables) > 1:
        both = say(" and ").join(each.name for each in tables)
        message = say("{both} are called here: say which one is meant, as in --module {id}", both=both, id=tables[0].id)
        raise refused(message, text.place(calls[1].node))
    return calls
