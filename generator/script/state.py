"""The state of a script that is followed: what its names stand for, and the ways through it, which part and meet."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from typing import Any

from generator.rules.coercion import Member
from generator.script import designer
from generator.script.journal import Changes, Journal, Mark
from generator.script.kinds import is_fixed, matters
from generator.script.objects import UNKNOWN, Choice, Frame, Function, Known, Method, Ref, Scored, Unknown, Value
from generator.script.scopes import Names, Scope
from generator.script.trace import MOST_PASSES, Given, Loop, Reached, Running
from generator.translations.language import say

BUILTINS = frozenset(dir(builtins))
SPECIAL_NAMES = {"__file__", "__name__", "__doc__", "__spec__", "__package__", "__builtins__", "__loader__", "__path__"}


class State:
    """What names stand for at a place of a script, and what is found out on the way."""

    def __init__(self, names: Names) -> None:
        """Take the names of a script; nothing is followed yet."""
        self._names = names
        self._scopes = {id(scope.node): scope for scope in names.scopes}
        self._journal = Journal(self._joined, self._given_up, matters)
        self._module = Frame(names.module, None, 0)
        self._frame = self._module
        self._running = [Running(None, Mark(0, 0))]
        self._loops: list[Loop | None] = [None]
        self._steps = 0
        self._is_start = True
        self._escaped: list[Function | Method] = []
        self._births_of_escaped: list[int] = []
        self._escaped_ids: dict[tuple[int, int], object] = {}
        self._entered: set[int] = set()
        self._unknown_stars = False
        self._run_at_once: set[int] = set()
        self._is_later = False
        self._expected_key_errors = 0
        self.opaque: ast.AST | None = None
        self.calls: dict[int, Reached] = {}
        self.consumers: dict[int, set[Any]] = {}
        self.key_reads: dict[int, list[ast.AST]] = {}
        self.visited: set[int] = set()
        self.scored: dict[int, Scored] = {}
        self.wrong_members: dict[int, tuple[ast.expr, Member]] = {}
        self.wrong_attributes: dict[int, tuple[ast.AST, Scored]] = {}
        self.unbound: dict[int, ast.Name] = {}
        self.called: dict[int, Scope] = {}
        self.entry: Scope | None = None

    def _look_up(self, name: str, node: ast.Name) -> Value:
        frame = self._home_of(name)
        value: Value | None = frame.cells.get(name)
        if value is None:
            return UNKNOWN if frame.parent else self._not_bound(name, node)
        if self.opaque and frame is self._module and not is_fixed(value):
            return Unknown(say("may be changed by code that cannot be followed"), self.opaque)
        return value

    def _home_of(self, name: str) -> Frame:
        """Return the frame in which a name that is read here is looked up; that of the module if no other has it.

        Methods do not see the names of their class; a function that assigns a name has it for itself.
        """
        # class A:\n    x = 1\n    def f(self): return x    here x is the module's
        frame = self._frame
        while frame.parent is not None:
            scope = frame.scope
            if frame is self._frame or not scope.is_class:
                if name in scope.elsewhere:
                    return self._frame_of(scope.elsewhere[name], frame)
                if name in frame.cells or (name in scope.bindings and not scope.is_class):
                    return frame
            frame = frame.parent
        return frame

    def _not_bound(self, name: str, node: ast.Name) -> Value:
        # dict    builtins.dict
        # the name of an Enum without its import    a NameError
        if name in self._names.module.bindings or name in SPECIAL_NAMES:
            return Ref(name) if name in SPECIAL_NAMES else UNKNOWN
        if name in BUILTINS:
            return Ref(f"builtins.{name}")
        if not self._unknown_stars and not self.opaque:
            self.unbound[id(node)] = node
            if name in designer.enums_by_name():
                return Ref(f"not imported.{name}")
        elif name in designer.enums_by_name():
            return Ref(f"imported with *.{name}")
        return UNKNOWN

    def _frame_of(self, scope: Scope, frame: Frame) -> Frame:
        while frame.scope is not scope and frame.parent is not None:
            frame = frame.parent
        return frame

    def _enclosing_frame(self) -> Frame:
        frame = self._frame
        while frame.scope.is_class and frame.parent is not None:
            frame = frame.parent
        return frame

    def _bind(self, name: str, value: Any) -> None:
        frame = self._frame
        if name in frame.scope.elsewhere:
            frame = self._frame_of(frame.scope.elsewhere[name], frame)
        self._journal.write(frame.cells, name, value)

    def _passed(self, value: Value, node: ast.expr) -> Value:
        """Return a value behind the expression that gives it."""
        # TOP = 5; top = TOP; run(count=top)    the 5 has passed three expressions: 5, TOP and top
        if type(value) is Known:
            if value.trace and value.trace[-1].node is node:
                return value
            return value.passing(node, self._frame.scope)
        if type(value) is Choice:
            return Choice(tuple(self._passed(option, node) for option in value.options))
        return value

    def _either(self, one: Callable[[], bool], other: Callable[[], bool]) -> bool:
        """Follow two ways of which one is taken; say whether what stands behind is reached."""
        # if fast: return 5
        # top = 7    only the way past the if comes here: it alone is what stands
        journal, running = self._journal, self._running[-1]
        mark = journal.mark()
        running.branches += 1
        first_passes = one()
        first = journal.since(mark)
        journal.undo(mark)
        second_passes = other()
        running.branches -= 1
        if not first_passes:
            return second_passes
        second = journal.since(mark)
        journal.undo(mark)
        journal.merge(mark, [first, second] if second_passes else [first])
        return True

    def _loop(self, turn: Callable[[], bool], orelse: list[ast.stmt], is_endless: bool = False) -> bool:
        # for row in rows:
        #     top = params    followed until a turn sees nothing new, or so often that what it changes is given up
        journal, running = self._journal, self._running[-1]
        start = journal.mark()
        loop = Loop(start, [], [])
        self._loops.append(loop)
        running.branches += 1
        for number in range(MOST_PASSES + 2):
            loop.breaks.clear()
            loop.continues.clear()
            mark, escaped = journal.mark(), len(self._births_of_escaped)
            passes = turn()
            branches = [*loop.continues, journal.since(mark)] if passes else list(loop.continues)
            journal.undo(mark)
            if not self._settled(mark, [{}, *branches], number) and not self._has_escaped(mark, escaped):
                break
        running.branches -= 1
        self._loops.pop()
        passes = not is_endless and self._block(orelse)
        if loop.breaks:
            behind = [journal.since(start)] if passes else []
            journal.undo(start)
            journal.merge(start, [*behind, *loop.breaks])
            return True
        return passes

    def _settled(self, mark: Mark, branches: list[Changes], number: int) -> bool:
        """Join what a turn of a loop may have changed; say whether another turn would see anything new."""
        if number < MOST_PASSES - 1:
            return self._journal.merge(mark, branches)
        return self._journal.widen(mark, {cell: change for branch in branches for cell, change in branch.items()})

    def _has_escaped(self, mark: Mark, before: int) -> bool:
        """Say whether a dict or object that was there at a mark has escaped since: another turn sees it so."""
        return any(born <= mark.clock for born in self._births_of_escaped[before:])

    def _apply(self, called: Value, given: Given | None, node: ast.AST) -> Value:
        """Follow a call of something of the script's own; without ``given`` nothing is known of the arguments."""
        raise NotImplementedError

    def _block(self, statements: list[Any]) -> bool:
        """Follow statements; say whether the last one is passed."""
        raise NotImplementedError

    def _value(self, node: ast.expr) -> Value:
        """Follow an expression, and return what it stands for."""
        raise NotImplementedError

    def _joined(self, one: Any, other: Any) -> Any:
        """Return what stands for either of two values, or of two slots of a dict."""
        raise NotImplementedError

    def _given_up(self, value: Any) -> Any:
        """Return what stands in the place of a value that is lost track of."""
        raise NotImplementedError
