"""Following a script as Python would run it: the module, then init(), then run() for one request after another.

Nothing of the script is run. Each statement is followed for what it does to the names and dicts that a scoring call may
be given: where branches meet, a value is known only if it is the same in each; what is handed to code that cannot be
seen is given up, and so is everything that such code may change.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from typing import Any, NamedTuple

from generator.facts.modules import Table
from generator.rules.as_written import Member
from generator.script import designer, effects
from generator.script.journal import MISSING, Changes, Journal, Mark
from generator.script.objects import (
    UNKNOWN,
    Choice,
    Class,
    Frame,
    Function,
    Instance,
    Known,
    Mapping,
    Method,
    Module,
    Partial,
    Ref,
    Scored,
    Sequence,
    Slot,
    Spot,
    Unknown,
    Value,
    View,
)
from generator.script.scopes import Names, Scope

OTHER = "other"
"""Stands for any use of a value but that as one argument of one scoring call, and the look-up of an item."""

READ = "read"
"""Stands, with the key, for looking up an item of a dict and using that."""

_MOST_STEPS = 50_000
_DEEPEST = 40  # calls within calls
_MOST_ESCAPED = 60
_MOST_PASSES = 4  # of a loop, before what it changes is given up
_LONGEST_TEXT = 10_000
_BUILTINS = frozenset(dir(builtins))
_PLAIN_METHODS = {
    "__init__",
    "__post_init__",
    "__call__",
    "__enter__",
    "__exit__",
    "__aenter__",
    "__aexit__",
    "__repr__",
}
_PLAIN_METHODS |= {"__str__", "__doc__", "__slots__", "__annotations__", "__module__", "__qualname__", "__match_args__"}
_SPECIAL = {"__file__", "__name__", "__doc__", "__spec__", "__package__", "__builtins__", "__loader__", "__path__"}


class TooLongError(Exception):
    """A script does more than is worth following."""


class Reached(NamedTuple):
    """A scoring call as it is reached: its module, what it is given by name and by position, and what is not known."""

    table: Table
    node: ast.Call
    scope: Scope
    slots: dict[str, Slot]
    order: list[tuple[str, Slot]]
    positional: list[Value]
    rest: Unknown | None


class _Running:
    """A function that is being followed: where it began, and what it has returned so far."""

    def __init__(self, node: ast.AST | None, mark: Mark) -> None:
        self.node = node
        self.mark = mark
        self.branches = 0
        self.returned: list[tuple[Value, Changes | None]] = []


class _Loop(NamedTuple):
    """A loop that is being followed: where it began, and how its ``break`` and ``continue`` leave the state."""

    mark: Mark
    breaks: list[Changes]
    continues: list[Changes]


class _Given(NamedTuple):
    """What a function is given: by position, by name, and whether more may come with ``*`` or ``**``."""

    positional: list[Value]
    slots: dict[str, Slot]
    more: bool
    rest: Unknown | None


class Execution:
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
        self._names = names
        self._scopes = {id(scope.node): scope for scope in names.scopes}
        self._journal = Journal(self._joined, self._given_up, _matters)
        self._module = Frame(names.module, None, 0)
        self._frame = self._module
        self._running = [_Running(None, Mark(0, 0))]
        self._loops: list[_Loop | None] = [None]
        self._steps = 0
        self._is_start = True
        self._escaped: list[Function | Method] = []
        self._escaped_ids: dict[tuple[int, int], object] = {}
        self._entered: set[int] = set()
        self._unknown_stars = False
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
        self._follow()

    # The whole script: the module, init(), then run() and what else may be called, again and again.

    def _follow(self) -> None:
        self._block(self._names.module.node.body)
        self._is_start = False
        cells = self._module.cells
        if not isinstance(cells.get("run"), (Function, Method, Partial, Instance)) and not any(
            isinstance(each, Function) and _name_of(each) == "run" for each in self._escaped
        ):
            for value in list(cells.values()):  # no entry script: any of its functions may be called
                if isinstance(value, (Function, Class)) and id(value.node) not in self._entered:
                    self._escape(value)
        entry = cells.get("run")
        if isinstance(entry, Method) and isinstance(entry.function, Function):
            entry = entry.function
        hidden = [each for each in self._escaped if isinstance(each, Function) and _name_of(each) == "run"]
        entry = entry if isinstance(entry, Function) else hidden[0] if hidden else None
        self.entry = entry.scope if entry else None
        init = cells.get("init")
        if isinstance(init, (Function, Method, Partial)):
            self._apply(init, None, self._names.module.node)
        for number in range(_MOST_PASSES + 2):
            mark = self._journal.mark()
            branches: list[Changes] = [{}]
            self._running[-1].branches += 1
            for each in [cells.get("run"), *self._escaped]:
                if isinstance(each, (Function, Method, Partial, Instance)):
                    self._apply(each, None, self._names.module.node)
                    branches.append(self._journal.since(mark))
                    self._journal.undo(mark)
            self._running[-1].branches -= 1
            if not self._settled(mark, branches, number):
                break

    def _settled(self, mark: Mark, branches: list[Changes], number: int) -> bool:
        """Join what a turn of a loop may have changed; say whether another turn would see anything new."""
        if number < _MOST_PASSES - 1:
            return self._journal.merge(mark, branches)
        return self._journal.widen(mark, {cell: change for branch in branches for cell, change in branch.items()})

    def _block(self, statements: list[Any]) -> bool:
        """Follow statements; say whether the last one is passed."""
        methods = _STATEMENTS
        for statement in statements:
            self._steps += 1
            method = methods.get(type(statement))
            if method is not None and not method(self, statement):
                return False
        if self._steps > _MOST_STEPS:
            raise TooLongError
        return True

    # How values meet, and how they are lost.

    def _either_of(self, one: Value, other: Value) -> Value:
        """Return what stands for one of two values."""
        value: Value = self._joined(one, other)
        return value

    def _joined(self, one: Any, other: Any) -> Any:
        """Return what stands for either of two values; a Slot for either of two slots, or one that may be missing."""
        if one is other:
            return one
        if isinstance(one, Slot) or isinstance(other, Slot):
            return self._joined_slots(one, other)
        if one is MISSING or other is MISSING:
            return other if one is MISSING else one  # a name without a value ends the request
        same = _same(one, other)
        if same is not None:
            return same
        if isinstance(one, Mapping) and isinstance(other, Mapping) and _alike(one, other):
            one.is_any = True
            return one
        options = [*_options(one)]
        for option in _options(other):
            if not any(_same(known, option) is not None for known in options):
                options.append(option)
        if any(isinstance(option, Unknown) for option in options):
            for option in options:
                self._lose(option)
            return next(option for option in options if isinstance(option, Unknown))
        if isinstance(one, Choice) and len(options) == len(one.options):
            return one
        return Choice(tuple(options))

    def _joined_slots(self, one: Any, other: Any) -> Slot:
        slot: Slot = other if one is MISSING else one
        if one is MISSING or other is MISSING:
            return slot if slot.maybe else slot._replace(maybe=True)
        value = self._joined(one.value, other.value)
        maybe = one.maybe or other.maybe
        if one.expression is other.expression and one.key is other.key:
            return slot if value is one.value and maybe == one.maybe else slot._replace(value=value, maybe=maybe)
        places = dict.fromkeys([*_places(one), *_places(other)])
        if one.others and list(places) == list(_places(one)) and value is one.value and maybe == one.maybe:
            return slot
        return Slot(value, None, one.key or other.key, None, one.scope, maybe, tuple(places))

    def _given_up(self, value: Any) -> Any:
        """Return what stands in the place of a value that is lost track of."""
        if isinstance(value, Slot):
            self._lose(value.value)
            if isinstance(value.value, Unknown):
                return value
            return value._replace(value=UNKNOWN, expression=None, maybe=True)
        if isinstance(value, (Unknown, Function, Class, Module, Ref, Scored)):
            return value
        self._lose(value)
        return UNKNOWN

    def _lose(self, value: Value) -> None:
        """Give up what can be changed by a name that is no longer followed."""
        if isinstance(value, (Mapping, Instance, Method, Partial)):
            self._escape(value)
        elif isinstance(value, (Choice, Sequence)):
            for each in value.options if isinstance(value, Choice) else value.items:
                self._lose(each)
        elif isinstance(value, View):
            self._lose_items(value.mapping)

    def _lose_items(self, mapping: Mapping) -> None:
        for slot in mapping.slots.values():
            self._lose(slot.value)

    def _consume(self, value: Value, by: Any) -> None:
        """Note what uses a value."""
        if type(value) is Known:
            consumers = self.consumers
            for spot in reversed(value.trace):
                key = id(spot.node)
                if key in consumers:
                    consumers[key].add(by)
                else:
                    consumers[key] = {by}
                if by == OTHER and (name := _key_read(spot.node)):
                    by = (READ, name)  # what comes before is looked up by a name: settings["top"]
        elif isinstance(value, Choice):
            for option in value.options:
                self._consume(option, by)
        elif isinstance(value, Sequence):
            for option in value.items:
                self._consume(option, by)

    def _use(self, node: ast.expr) -> Value:
        """Follow an expression whose value is looked at, and return the value."""
        value = self._value(node)
        self._consume(value, OTHER)
        return value

    def _glance(self, value: Value) -> None:
        """Note that a function reads a value and leaves it as it is; a function that it is given is called."""
        if isinstance(value, (Function, Method, Partial, Class)):
            self._escape(value)
        elif isinstance(value, (Mapping, View)):
            mapping = value if isinstance(value, Mapping) else value.mapping
            for name, slot in mapping.slots.items():
                self._consume(slot.value, (READ, name))
                if isinstance(slot.value, (Function, Method, Partial)):
                    self._escape(slot.value)
        elif isinstance(value, Choice):
            for option in value.options:
                self._glance(option)
        elif isinstance(value, Sequence):
            for option in value.items:
                self._glance(option)
        elif isinstance(value, Ref):
            if value.path == "globals()":
                self._escape(value)
        else:
            self._consume(value, OTHER)

    def _escape(self, value: Value) -> None:
        """Give up a value that is handed to code that cannot be seen, and all that such code can reach by it."""
        if isinstance(value, Known):
            self._consume(value, OTHER)
        elif isinstance(value, (Mapping, Instance)):
            if value.escaped is None:
                value.escaped = Unknown("may be changed by code that cannot be followed")
                inside = value.slots.values() if isinstance(value, Mapping) else value.attributes.values()
                for each in list(inside):
                    self._escape(each.value if isinstance(each, Slot) else each)
                if isinstance(value, Instance) and value.of:
                    self._escape(value.of)
        elif isinstance(value, (Choice, Sequence)):
            for each in value.options if isinstance(value, Choice) else value.items:
                self._escape(each)
        elif isinstance(value, Function):
            self._escape_function(value)
        elif isinstance(value, Method):
            self._escape(value.owner)
            if isinstance(value.function, Function):
                self._escape_function(value.function)
        elif isinstance(value, Class):
            for each in value.attributes.values():
                if isinstance(each, (Function, Mapping, Instance)):
                    self._escape(each)
        elif isinstance(value, Partial):
            self._escape(value.given)
            self._escape(value.function)
            for each in value.positional:
                self._escape(each)
        elif isinstance(value, View):
            self._lose_items(value.mapping)
            self._glance(value)
        elif isinstance(value, Ref) and value.path == "globals()":
            self._hide(self._names.module.node)

    def _escape_function(self, function: Function) -> None:
        """Follow a function that may be called at any time: what it changes is not known from then on."""
        key = (id(function.node), id(function.frame))
        if key in self._escaped_ids:
            return
        self._escaped_ids[key] = function
        if len(self._escaped) >= _MOST_ESCAPED:
            raise TooLongError
        self._escaped.append(function)
        if function.frame is self._module:
            if self._is_start:
                return  # it is followed with the requests, when the whole module is there
        else:
            self._free_names_escape(function)
        mark = self._journal.mark()
        self._running[-1].branches += 1
        self._apply(function, None, function.node)
        self._running[-1].branches -= 1
        changes = self._journal.since(mark)
        self._journal.undo(mark)
        for cell, (container, _, _) in changes.items():
            self._journal.volatile[cell] = container
        self._journal.widen(mark, changes)

    def _free_names_escape(self, function: Function) -> None:
        """Give up names of the functions around that may stand for something else by the time this one is called."""
        frame: Frame | None = function.frame
        while frame is not None and frame is not self._module:
            for name, bindings in frame.scope.bindings.items():
                value = frame.cells.get(name, MISSING)
                if (len(bindings) > 1 or value is MISSING) and _reads(function.scope, name, frame.scope):
                    self._journal.volatile[(id(frame.cells), name)] = frame.cells
                    if value is not MISSING:
                        self._journal.write(frame.cells, name, UNKNOWN)
                        self._lose(value)
            frame = frame.parent

    def _hide(self, node: ast.AST) -> None:
        """Give up the names of the module: code that cannot be seen may change any of them."""
        self.opaque = self.opaque or node
        frame: Frame | None = self._frame
        while frame is not None:
            for value in list(frame.cells.values()):
                self._lose(value)
            frame = frame.parent
        for value in list(self._module.cells.values()):
            self._lose(value)

    # Names.

    def _look_up(self, name: str, node: ast.Name) -> Value:
        frame: Frame | None = self._frame
        while frame is not None:
            scope = frame.scope
            if frame is self._frame or not scope.is_class:
                if name in scope.elsewhere:
                    frame = self._frame_of(scope.elsewhere[name], frame)
                    scope = frame.scope
                value: Value | None = frame.cells.get(name)
                if value is not None:
                    if frame is self._module and self.opaque and not _is_fixed(value):
                        return Unknown("may be changed by code that cannot be followed", self.opaque)
                    return value
                if frame is self._module:
                    break
                if name in scope.bindings and not scope.is_class:
                    return UNKNOWN
            frame = frame.parent
        return self._not_bound(name, node)

    def _not_bound(self, name: str, node: ast.Name) -> Value:
        if name in self._names.module.bindings or name in _SPECIAL:
            return Ref(name) if name in _SPECIAL else UNKNOWN
        if name in _BUILTINS:
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

    def _bind(self, name: str, value: Any) -> None:
        frame = self._frame
        if name in frame.scope.elsewhere:
            frame = self._frame_of(frame.scope.elsewhere[name], frame)
        self._journal.write(frame.cells, name, value)

    def _store(self, target: ast.expr, value: Value, statement: ast.stmt | None, source: ast.expr | None) -> None:
        """Follow an assignment to a target; ``source`` is where the value is written, if for the target alone."""
        kind = type(target)
        if kind is ast.Name:
            self._bind(target.id, value)  # type: ignore[attr-defined]
        elif isinstance(target, (ast.Tuple, ast.List)):
            self._unpack(target.elts, value, source)
        elif isinstance(target, ast.Subscript):
            self._store_item(target, value, statement, source)
        elif isinstance(target, ast.Attribute):
            self._store_attribute(self._value(target.value), target.attr, value, target)
        elif isinstance(target, ast.Starred):
            self._escape(value)
            self._store(target.value, UNKNOWN, None, None)

    def _unpack(self, targets: list[ast.expr], value: Value, source: ast.expr | None) -> None:
        items: list[Value] = [UNKNOWN] * len(targets)
        sources: list[ast.expr | None] = [None] * len(targets)
        starred = any(isinstance(target, ast.Starred) for target in targets)
        if isinstance(value, Sequence) and len(value.items) == len(targets) and not starred:
            items = list(value.items)
            if isinstance(source, (ast.Tuple, ast.List)):
                sources = list(source.elts)
        elif isinstance(value, Scored) and value.kind == "results" and len(targets) == 1 and not starred:
            items = [Scored(value.call, "result")]
        else:
            self._escape(value)
        for target, item, place in zip(targets, items, sources, strict=True):
            self._store(target, item, None, place)

    def _store_item(
        self, target: ast.Subscript, value: Value, statement: ast.stmt | None, source: ast.expr | None
    ) -> None:
        owner = self._value(target.value)
        key = self._use(target.slice)
        name = key.value if isinstance(key, Known) else None
        if isinstance(owner, Mapping) and owner.escaped is None:
            if isinstance(name, str):
                holder = statement if isinstance(statement, ast.Assign) and len(statement.targets) == 1 else None
                self._put(owner, name, Slot(value, source, target, holder, self._frame.scope))
            else:
                self._escape(value)
                self._scatter(owner, Unknown("is set under a name that is only known when the script runs", target))
        elif isinstance(owner, Ref) and owner.path == "globals()":
            if isinstance(name, str):
                self._journal.write(self._module.cells, name, value)
            else:
                self._hide(target)
        else:
            self._escape(owner)
            self._escape(value)

    def _put(self, mapping: Mapping, name: str, slot: Slot) -> None:
        if mapping.is_any:
            self._escape(mapping)
            self._escape(slot.value)
            return
        old = mapping.slots.get(name)
        if old is not None and old.key is not slot.key:
            slot = slot._replace(before=old)
        self._journal.write(mapping.slots, name, slot)

    def _scatter(self, mapping: Mapping, why: Unknown) -> None:
        """Follow a change of a dict under keys that are not known: all may be others now, and more may be there."""
        if mapping.is_any:
            self._escape(mapping)
        for name, slot in list(mapping.slots.items()):
            if not isinstance(slot.value, Unknown):
                self._lose(slot.value)
                self._journal.write(mapping.slots, name, slot._replace(value=why, expression=None))
        self._journal.write(mapping.slots, None, Slot(why, None, None, None, self._frame.scope))

    def _store_attribute(self, owner: Value, name: str, value: Value, node: ast.AST) -> None:
        of_its_own = isinstance(owner, Instance) and owner.escaped is None and _is_data(_in_class(owner.of, name))
        if isinstance(owner, Class) or (of_its_own and isinstance(owner, Instance)):
            self._journal.write(owner.attributes, name, value)
        else:
            self._escape(value)
            if isinstance(owner, Module) or (isinstance(owner, Ref) and owner.path == "builtins"):
                raise TooLongError  # what is called is no longer what its name says
            if isinstance(owner, Ref) and owner.path.startswith("sys.modules"):
                self._hide(node)
            elif isinstance(owner, (Choice, Instance, Sequence, Mapping, Function)):
                self._escape(owner)

    # Statements. Each method says whether the statement behind is reached.

    def _expression_statement(self, node: ast.Expr) -> bool:
        if type(node.value) is not ast.Constant:
            self._value(node.value)
        return True

    def _assign(self, node: ast.Assign) -> bool:
        value = self._value(node.value)
        for target in node.targets:
            self._store(target, value, node, node.value)
        return True

    def _annotated(self, node: ast.AnnAssign) -> bool:
        if node.value is not None:
            self._store(node.target, self._value(node.value), node, node.value)
        return True

    def _augmented(self, node: ast.AugAssign) -> bool:
        target = node.target
        loaded: Any = ast.copy_location(
            type(target)(**{field: getattr(target, field) for field in target._fields}), target
        )
        loaded.ctx = ast.Load()
        if isinstance(target, ast.Name):
            self.visited.add(id(target))
        old = self._value(loaded)
        new = self._value(node.value)
        if isinstance(old, Mapping) and isinstance(node.op, ast.BitOr):
            self._update(old, new, node)
            return True
        self._consume(old, OTHER)
        self._consume(new, OTHER)
        value: Value = UNKNOWN
        if isinstance(old, Known) and isinstance(new, Known) and isinstance(target, ast.Name):
            result = _computed(node.op, old.value, new.value)
            value = UNKNOWN if result is MISSING else Known(result, ())
        else:
            self._escape(old)
            self._escape(new)
        self._store(target, value, None, None)
        return True

    def _return(self, node: ast.Return) -> bool:
        value = self._value(node.value) if node.value is not None else Known(None, ())
        running = self._running[-1]
        changes = self._journal.since(running.mark) if running.branches else None
        running.returned.append((value, changes))
        return False

    def _if(self, node: ast.If) -> bool:
        truth = self._truth(self._use(node.test))
        if truth is not None:
            return self._block(node.body if truth else node.orelse)
        return self._either(lambda: self._block(node.body), lambda: self._block(node.orelse))

    def _either(self, one: Callable[[], bool], other: Callable[[], bool]) -> bool:
        """Follow two ways of which one is taken; say whether what stands behind is reached."""
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

    def _for(self, node: Any) -> bool:
        self._iterate(self._value(node.iter), node.iter)

        def turn() -> bool:
            self._store(node.target, UNKNOWN, None, None)
            return self._block(node.body)

        return self._loop(turn, node.orelse)

    def _while(self, node: ast.While) -> bool:
        truth = self._truth(self._use(node.test))
        if truth is False:
            return self._block(node.orelse)

        def turn() -> bool:
            passes = self._block(node.body)
            if passes:
                self._use(node.test)
            return passes

        return self._loop(turn, node.orelse, is_endless=isinstance(node.test, ast.Constant) and truth is True)

    def _loop(self, turn: Callable[[], bool], orelse: list[ast.stmt], is_endless: bool = False) -> bool:
        journal, running = self._journal, self._running[-1]
        start = journal.mark()
        loop = _Loop(start, [], [])
        self._loops.append(loop)
        running.branches += 1
        for number in range(_MOST_PASSES + 2):
            loop.breaks.clear()
            loop.continues.clear()
            mark = journal.mark()
            passes = turn()
            branches = [*loop.continues, journal.since(mark)] if passes else list(loop.continues)
            journal.undo(mark)
            if not self._settled(mark, [{}, *branches], number):
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

    def _iterate(self, value: Value, node: ast.expr) -> None:
        """Follow what a loop takes from a value."""
        if isinstance(value, (Mapping, View)):
            self._read_all(value if isinstance(value, Mapping) else value.mapping, node)
        else:
            self._consume(value, OTHER)
            self._lose(value)

    def _read_all(self, mapping: Mapping, node: ast.AST) -> None:
        for name, slot in mapping.slots.items():
            self._lose(slot.value)
            self._consume(slot.value, (READ, name))
            for place in _places(slot):
                self.key_reads.setdefault(id(place), []).append(node)

    def _break(self, node: ast.Break) -> bool:
        loop = self._loops[-1]
        if loop:
            loop.breaks.append(self._journal.since(loop.mark))
        return False

    def _continue(self, node: ast.Continue) -> bool:
        loop = self._loops[-1]
        if loop:
            loop.continues.append(self._journal.since(loop.mark))
        return False

    def _with(self, node: Any) -> bool:
        is_plain = True
        for item in node.items:
            context = self._value(item.context_expr)
            is_plain &= _passes_exceptions(context)
            self._lose(context) if not isinstance(context, Instance) else None
            if item.optional_vars is not None:
                self._store(item.optional_vars, context if isinstance(context, Ref) else UNKNOWN, None, None)
            if isinstance(context, Instance):
                self._escape(context)
        if is_plain:
            return self._block(node.body)
        return self._protected(node.body, [], [[]], [])

    def _try(self, node: Any) -> bool:
        bodies = []
        for handler in node.handlers:
            bodies.append((handler, handler.body))
        return self._protected(node.body, node.orelse, bodies, node.finalbody)

    def _protected(self, body: list[Any], orelse: list[Any], handlers: list[Any], final: list[Any]) -> bool:
        """Follow statements of which any may end in an exception, what handles that, and what is done in any case."""
        journal, running = self._journal, self._running[-1]
        mark, returned = journal.mark(), len(running.returned)
        outer, journal.touched = journal.touched, []
        running.branches += 1
        passes = self._block(body)
        touched, journal.touched = journal.touched, outer
        if outer is not None:
            outer.extend(touched)
        passes = passes and self._block(orelse)
        branches = [journal.since(mark)] if passes else []
        journal.undo(mark)
        for handler in handlers:
            journal.merge_touched(mark, touched)
            if isinstance(handler, tuple):
                if handler[0].name:
                    self._bind(handler[0].name, UNKNOWN)
                handler = handler[1]
            if self._block(handler):
                branches.append(journal.since(mark))
            journal.undo(mark)
        if branches:
            journal.merge(mark, branches)
        elif final:
            journal.merge_touched(mark, touched)
        running.branches -= 1
        if not final:
            return bool(branches)
        mark = journal.mark()
        reached = self._block(final)
        done = journal.since(mark)
        for number, (value, changes) in enumerate(running.returned[returned:], returned):
            running.returned[number] = (value, changes | done if changes is not None else None)
        return reached and bool(branches)

    def _raise(self, node: ast.Raise) -> bool:
        for each in (node.exc, node.cause):
            if each is not None:
                self._value(each)
        return False

    def _assert(self, node: ast.Assert) -> bool:
        self._use(node.test)
        if node.msg is not None:
            self._use(node.msg)
        return True

    def _match(self, node: Any) -> bool:
        self._lose(self._use(node.subject))
        return self._cases(node.cases)

    def _cases(self, cases: list[Any]) -> bool:
        if not cases:
            return True

        def first() -> bool:
            for inner in ast.walk(cases[0].pattern):
                name = getattr(inner, "name", None) or getattr(inner, "rest", None)
                if isinstance(name, str):
                    self._bind(name, UNKNOWN)
            if cases[0].guard is not None:
                self._use(cases[0].guard)
            return self._block(cases[0].body)

        return self._either(first, lambda: self._cases(cases[1:]))

    def _import(self, node: ast.Import) -> bool:
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            self._bind(name, _referred(alias.name if alias.asname else name))
        return True

    def _import_from(self, node: ast.ImportFrom) -> bool:
        package = f"{'.' * node.level}{node.module or ''}"
        for alias in node.names:
            if alias.name == "*":
                self._import_all(package)
            else:
                self._bind(alias.asname or alias.name, _referred(f"{package}.{alias.name}"))
        return True

    def _import_all(self, package: str) -> None:
        table = designer.by_path().get(package)
        if table:
            enums = [parameter.enum for parameter in table.parameters if parameter.enum]
            for name in dict.fromkeys([table.class_name, *enums]):
                self._bind(name, _referred(f"{package}.{name}"))
            return
        if package.partition(".")[0] in designer.packages():
            self._unknown_stars = True
            return
        self._unknown_stars = True
        for name, value in list(self._frame.cells.items()):
            self._journal.write(self._frame.cells, name, self._given_up(value))

    def _define(self, node: Any) -> bool:
        scope = self._scopes[id(node)]
        value: Value = Function(node, scope, self._enclosing_frame(), self._defaults(node.args))
        for decorator in reversed(node.decorator_list):
            value = self._decorated(value, self._value(decorator), decorator)
        self._bind(node.name, value)
        return True

    def _enclosing_frame(self) -> Frame:
        frame = self._frame
        while frame.scope.is_class and frame.parent is not None:
            frame = frame.parent
        return frame

    def _defaults(self, arguments: ast.arguments) -> dict[str, Value]:
        defaults: dict[str, Value] = {}
        positional = [*arguments.posonlyargs, *arguments.args]
        if arguments.defaults:
            for argument, default in zip(positional[-len(arguments.defaults) :], arguments.defaults, strict=True):
                defaults[argument.arg] = self._value(default)
        for argument, keyword_default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            if keyword_default is not None:
                defaults[argument.arg] = self._value(keyword_default)
        return defaults

    def _decorated(self, value: Value, decorator: Value, node: ast.expr) -> Value:
        if isinstance(decorator, Ref) and isinstance(value, Function):
            name = decorator.path.rpartition(".")[2]
            if decorator.path in ("builtins.staticmethod", "builtins.classmethod", "builtins.property"):
                value.kind = name
                return value
            if decorator.path in effects.MAKES_FUNCTIONS_AGAIN:
                return value
            if decorator.path in effects.CACHES:
                value.is_cached = True
                return value
        if isinstance(decorator, (Function, Method, Partial)):
            return self._apply(decorator, _Given([value], {}, False, None), node)
        self._escape(value)
        return UNKNOWN

    def _define_class(self, node: ast.ClassDef) -> bool:
        made = Class(node, self._journal.clock)
        for base in node.bases:
            of = self._value(base)
            if isinstance(of, Class):
                made.bases.append(of)
                made.is_open |= of.is_open
                made.fields = list(of.fields) if of.fields is not None else made.fields
            elif isinstance(of, Ref) and of.path == "typing.NamedTuple":
                made.fields = []
            elif not (isinstance(of, Ref) and of.path in ("builtins.object", "abc.ABC", "typing.Protocol")):
                made.is_open = True
        made.is_open |= bool(node.keywords)
        for keyword in node.keywords:
            self._escape(self._value(keyword.value))
        frame = Frame(self._scopes[id(node)], self._frame, self._journal.clock)
        outer, self._frame = self._frame, frame
        self._running.append(_Running(node, self._journal.mark()))
        self._block(node.body)
        self._running.pop()
        self._frame = outer
        made.attributes.update(frame.cells)
        special = {name for name in made.attributes if name.startswith("__") and name.endswith("__")}
        made.is_open |= bool(special - _PLAIN_METHODS)  # operators, attributes, items: not followed
        value: Value = made
        for decorator in reversed(node.decorator_list):
            of = self._value(decorator)
            if isinstance(of, Ref) and of.path in ("dataclasses.dataclass", "dataclasses.dataclass()"):
                made.fields = made.fields or []
            elif isinstance(of, (Function, Method, Partial)):
                value = self._apply(of, _Given([value], {}, False, None), decorator)
            else:
                self._escape(value)
                made.is_open = True
        if made.fields is not None:
            names = [
                statement.target.id
                for statement in node.body
                if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
            ]
            made.fields = list(dict.fromkeys([*made.fields, *names]))
        if made.is_open:
            self._escape(made)
        self._bind(node.name, value)
        return True

    def _delete(self, node: ast.Delete) -> bool:
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._bind(target.id, MISSING)
            elif isinstance(target, ast.Subscript):
                owner, key = self._value(target.value), self._use(target.slice)
                if isinstance(owner, Mapping) and owner.escaped is None:
                    self._take_out(owner, key, target)
                elif isinstance(owner, Ref) and owner.path == "globals()":
                    self._hide(target)
                else:
                    self._escape(owner)
            elif isinstance(target, ast.Attribute):
                self._store_attribute(self._value(target.value), target.attr, UNKNOWN, target)
            elif isinstance(target, (ast.Tuple, ast.List)):
                self._delete(ast.Delete(targets=target.elts))
        return True

    def _take_out(self, mapping: Mapping, key: Value, node: ast.AST) -> Value:
        """Take an item out of a dict, and return it."""
        if mapping.is_any:
            self._escape(mapping)
        if not isinstance(key, Known) or not isinstance(key.value, str):
            self._scatter(mapping, Unknown("may be taken out of its dict", node))
            return UNKNOWN
        slot = mapping.slots.get(key.value)
        if slot is None:
            return UNKNOWN
        self._read(slot, node)
        self._journal.write(mapping.slots, key.value, MISSING)
        return UNKNOWN if slot.maybe else slot.value

    def _read(self, slot: Slot, node: ast.AST) -> None:
        for place in _places(slot):
            self.key_reads.setdefault(id(place), []).append(node)

    # Expressions.

    def _value(self, node: ast.expr) -> Value:
        method = _EXPRESSIONS.get(type(node))
        if method is None:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    self._lose(self._use(child))
            return UNKNOWN
        value = method(self, node)
        if type(value) is Scored:
            self.scored[id(node)] = value
        return value

    def _constant(self, node: ast.Constant) -> Value:
        return Known(node.value, (Spot(node, self._frame.scope),))

    def _name(self, node: ast.Name) -> Value:
        self.visited.add(id(node))
        return self._passed(self._look_up(node.id, node), node)

    def _passed(self, value: Value, node: ast.expr) -> Value:
        """Return a value behind the expression that gives it."""
        if type(value) is Known:
            if value.trace and value.trace[-1].node is node:
                return value
            return value.passing(node, self._frame.scope)
        if type(value) is Choice:
            return Choice(tuple(self._passed(option, node) for option in value.options))
        return value

    def _attribute(self, node: ast.Attribute) -> Value:
        return self._passed(self._attribute_of(self._value(node.value), node.attr, node), node)

    def _attribute_of(self, owner: Value, name: str, node: ast.expr) -> Value:
        owner = _but_none(owner)
        if isinstance(owner, Ref):
            return self._attribute_of_ref(owner, name, node)
        if isinstance(owner, Unknown):
            return owner
        if isinstance(owner, Mapping):
            return Method(owner, name)
        if isinstance(owner, Instance):
            return self._attribute_of_instance(owner, name, node)
        if isinstance(owner, Class):
            value = _in_class(owner, name)
            if isinstance(value, Function) and value.kind == "classmethod":
                return Method(owner, value)
            return UNKNOWN if value is None or (owner.is_open and isinstance(value, Known)) else value
        if isinstance(owner, Module):
            return Method(owner, name)
        if isinstance(owner, Scored):
            return self._attribute_of_scored(owner, name, node)
        if isinstance(owner, Known):
            self._consume(owner, OTHER)
            if isinstance(owner.value, Member):
                return self._attribute_of_member(owner.value, name, node)
            return UNKNOWN if isinstance(owner.value, list) else Ref(f"a constant.{name}")
        if isinstance(owner, Partial) and name in ("func", "args", "keywords"):
            self._escape(owner)
        if isinstance(owner, Choice):
            self._escape(owner)
        return UNKNOWN

    def _attribute_of_ref(self, owner: Ref, name: str, node: ast.expr) -> Value:
        path = owner.path
        if path in _ENUM_PATHS or path.startswith(("not imported.", "imported with *.")):
            if name in ("__members__", "mro"):
                return UNKNOWN
            imported = not path.startswith("not imported.")
            member = Member(path.rpartition(".")[2], name, imported)
            if all(option.member != name for option in designer.enums_by_name()[member.enum].options):
                self.wrong_members[id(node)] = (node, member)
            return Known(member, (Spot(node, self._frame.scope),))
        if path == "globals()":
            return Method(owner, name)
        if path == "sys" and name in ("modules", "_getframe"):
            self._hide(node)
        if name in ("f_globals", "f_locals", "__globals__"):
            self._hide(node)
        if path == "typing" and name == "TYPE_CHECKING":
            return Known(False, ())
        return _referred(f"{path}.{name}")

    def _attribute_of_member(self, value: Member, name: str, node: ast.expr) -> Value:
        parameter = designer.enums_by_name()[value.enum]
        members = [option.member for option in parameter.options]
        if value.name in members and name in ("name", "value"):  # the packages number their members from 1
            found: str | int = value.name if name == "name" else members.index(value.name) + 1
            return Known(found, (Spot(node, self._frame.scope),))
        return UNKNOWN

    def _attribute_of_instance(self, owner: Instance, name: str, node: ast.expr) -> Value:
        value = owner.attributes.get(name)
        if value is not None:
            return value if owner.escaped is None or _is_fixed(value) else UNKNOWN
        if name == "__dict__":
            self._escape(owner)
            return UNKNOWN
        if name == "__class__" and owner.of:
            return owner.of
        found = _in_class(owner.of, name) if owner.of else None
        if isinstance(found, Function):
            if found.kind == "property":
                return self._apply(found, _Given([owner], {}, False, None), node)
            if found.kind == "staticmethod":
                return found
            return Method(owner.of if found.kind == "classmethod" and owner.of else owner, found)
        if found is not None:
            return found if owner.escaped is None or _is_fixed(found) else UNKNOWN
        if owner.of and owner.of.fields is not None and name in ("_asdict", "_replace"):
            return Method(owner, name)
        return UNKNOWN

    def _attribute_of_scored(self, owner: Scored, name: str, node: ast.expr) -> Value:
        reached = self.calls.get(id(owner.call))
        if owner.kind == "results":
            if name not in ("count", "index"):
                self.wrong_attributes[id(node)] = (node, owner)
            return UNKNOWN
        if owner.kind == "result":
            if reached and name == reached.table.result.attribute:
                return Scored(owner.call, "frame")
            if name in ("data", "data_frame"):
                self.wrong_attributes[id(node)] = (node, owner)
        return UNKNOWN

    def _subscript(self, node: ast.Subscript) -> Value:
        owner = self._value(node.value)
        key = self._use(node.slice)
        return self._passed(self._item(owner, key, node), node)

    def _item(self, owner: Value, key: Value, node: ast.expr) -> Value:
        owner = _but_none(owner)
        name = key.value if isinstance(key, Known) else MISSING
        if isinstance(owner, Mapping):
            return self._item_of_mapping(owner, name, node)
        if isinstance(owner, Sequence):
            if type(name) is int and -len(owner.items) <= name < len(owner.items):
                return owner.items[name]
            self._escape(owner)
            return UNKNOWN
        if isinstance(owner, Scored):
            if owner.kind == "results" and type(name) is int and name in (0, -1):
                return Scored(owner.call, "result")
            return UNKNOWN
        if isinstance(owner, Ref):
            if owner.path == "globals()" and isinstance(name, str):
                value = self._module.cells.get(name)
                return value if value is not None and not self.opaque else UNKNOWN
            if isinstance(name, str) and (owner.path in _ENUM_PATHS or "imported" in owner.path.partition(".")[0]):
                return self._attribute_of_ref(owner, name, node)
            return Ref(f"{owner.path}[]")
        if isinstance(owner, (Known, Choice, Instance)):
            self._consume(owner, OTHER)
            self._lose(owner)
        return owner if isinstance(owner, Unknown) else UNKNOWN

    def _item_of_mapping(self, mapping: Mapping, name: Any, node: ast.expr) -> Value:
        if mapping.escaped is not None:
            return mapping.escaped
        if not isinstance(name, str):
            self._read_all(mapping, node)
            return UNKNOWN
        slot: Slot | None = mapping.slots.get(name)
        if slot is None:
            rest: Slot | None = mapping.slots.get(None)
            return rest.value if rest else UNKNOWN
        self._read(slot, node)
        return slot.value

    def _dict(self, node: ast.Dict) -> Value:
        made = Mapping(node, self._journal.clock)
        for key, value_node in zip(node.keys, node.values, strict=True):
            if key is None:
                self._update(made, self._value(value_node), node)
                continue
            name = self._use(key)
            value = self._value(value_node)
            if isinstance(name, Known) and isinstance(name.value, str):
                made.slots[name.value] = Slot(value, value_node, key, node, self._frame.scope)
            elif isinstance(name, Known):
                self._lose(value)
            else:
                self._escape(value)
                self._scatter(made, Unknown("is set under a name that is only known when the script runs", key))
        return made

    def _update(self, mapping: Mapping, given: Value, node: ast.AST) -> None:
        """Follow what ``mapping.update(given)`` does, or ``**given`` in a dict."""
        if mapping.escaped is not None:
            self._escape(given)
        elif isinstance(given, Mapping) and given.escaped is None:
            for name, slot in list(given.slots.items()):
                if name is None:
                    self._scatter(mapping, slot.value if isinstance(slot.value, Unknown) else UNKNOWN)
                elif slot.maybe and name in mapping.slots:
                    self._journal.write(mapping.slots, name, self._joined_slots(mapping.slots[name], slot))
                elif slot.maybe:
                    self._journal.write(mapping.slots, name, slot)
                else:
                    self._put(mapping, name, slot)
        elif isinstance(given, View) and given.kind == "items":
            self._update(mapping, given.mapping, node)
        elif isinstance(given, Sequence) and all(map(_is_pair, given.items)):
            for pair in given.items:
                assert isinstance(pair, Sequence) and isinstance(pair.items[0], Known)
                name, value = pair.items[0], pair.items[1]
                self._put(mapping, name.value, Slot(value, None, None, None, self._frame.scope))
        elif isinstance(given, Known) and given.value is None:
            pass
        else:
            self._escape(given)
            self._scatter(mapping, _from_elsewhere(given, node))

    def _tuple(self, node: ast.Tuple) -> Value:
        if any(isinstance(item, ast.Starred) for item in node.elts):
            for item in node.elts:
                self._escape(self._value(item))
            return UNKNOWN
        return Sequence(tuple([self._value(item) for item in node.elts]))

    def _list(self, node: Any) -> Value:
        items = [self._value(item) for item in node.elts]
        if all(isinstance(item, Known) for item in items):
            for item in items:
                self._consume(item, OTHER)
            values = [item.value for item in items if isinstance(item, Known)]
            return Known(values, (Spot(node, self._frame.scope),)) if isinstance(node, ast.List) else UNKNOWN
        if isinstance(node, ast.List) and items and all(map(_is_pair, items)):
            return Sequence(tuple(items))
        for item in items:
            self._escape(item)
        return UNKNOWN

    def _starred(self, node: ast.Starred) -> Value:
        self._escape(self._value(node.value))
        return UNKNOWN

    def _binary(self, node: ast.BinOp) -> Value:
        left, right = self._value(node.left), self._value(node.right)
        if isinstance(node.op, ast.BitOr) and (isinstance(left, Mapping) or isinstance(right, Mapping)):
            made = Mapping(node, self._journal.clock)
            self._update(made, left, node.left)
            self._update(made, right, node.right)
            return made
        self._consume(left, OTHER)
        self._consume(right, OTHER)
        if isinstance(left, Known) and isinstance(right, Known):
            result = _computed(node.op, left.value, right.value)
            if result is not MISSING:
                return Known(result, (Spot(node, self._frame.scope),))
        if isinstance(left, Ref) and isinstance(node.op, ast.Div):
            return Ref("pathlib.Path()")
        if not isinstance(node.op, ast.Mod):
            self._lose(left)
            self._lose(right)
        return UNKNOWN

    def _boolean(self, node: ast.BoolOp) -> Value:
        return self._any_of(node.values, isinstance(node.op, ast.Or))

    def _any_of(self, nodes: list[ast.expr], until: bool) -> Value:
        value = self._value(nodes[0])
        if len(nodes) == 1:
            return value
        self._consume(value, OTHER)
        truth = self._truth(value)
        if truth is not None:
            return value if truth is until else self._any_of(nodes[1:], until)
        found: list[Value] = [value]

        def rest() -> bool:
            found.append(self._any_of(nodes[1:], until))
            return True

        self._either(rest, lambda: True)
        return self._either_of(found[0], found[1])

    def _unary(self, node: ast.UnaryOp) -> Value:
        value = self._use(node.operand)
        if isinstance(node.op, ast.Not):
            truth = self._truth(value)
            return UNKNOWN if truth is None else Known(not truth, (Spot(node, self._frame.scope),))
        if isinstance(node.op, ast.USub) and isinstance(value, Known) and type(value.value) in (int, float, bool):
            return Known(-value.value, (Spot(node, self._frame.scope),))
        return UNKNOWN

    def _compare(self, node: ast.Compare) -> Value:
        left = self._use(node.left)
        rights = [self._value(each) for each in node.comparators]
        for right in rights:
            if not isinstance(right, Mapping):
                self._consume(right, OTHER)
        result: bool | None = None
        if len(rights) == 1:
            result = self._compared(left, node.ops[0], rights[0], node)
        if result is None:
            return UNKNOWN
        return Known(result, (Spot(node, self._frame.scope),))

    def _compared(self, left: Value, op: ast.cmpop, right: Value, node: ast.Compare) -> bool | None:
        positive = isinstance(op, (ast.Eq, ast.Is, ast.In))
        if isinstance(op, (ast.In, ast.NotIn)):
            if isinstance(right, Mapping):
                found = self._holds(right, left, node)
                return found if found is None or positive else not found
            if isinstance(right, Ref) and right.path == "globals()":
                name = left.value if isinstance(left, Known) else None
                known = isinstance(name, str) and name in self._module.cells
                return positive if known else None
            return None
        if isinstance(left, Ref) and left.path == "__name__" and isinstance(right, Known) and right.value == "__main__":
            return not positive
        if not isinstance(op, (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)):
            return None
        if isinstance(left, Known) and isinstance(right, Known):
            if type(left.value) in _COMPARED and type(right.value) in _COMPARED:
                same = left.value == right.value
                return same if positive else not same
            return None
        if isinstance(right, Known) and right.value is None and isinstance(left, _NEVER_NONE):
            return not positive
        return None

    def _holds(self, mapping: Mapping, key: Value, node: ast.AST) -> bool | None:
        """Say whether a dict has a key; None where that is not known."""
        if mapping.escaped is not None or not isinstance(key, Known) or not isinstance(key.value, str):
            self._read_all(mapping, node)
            return None
        slot = mapping.slots.get(key.value)
        if slot is None:
            return None if None in mapping.slots else False
        self._read(slot, node)
        return None if slot.maybe else True

    def _conditional(self, node: ast.IfExp) -> Value:
        truth = self._truth(self._use(node.test))
        if truth is not None:
            return self._value(node.body if truth else node.orelse)
        found: list[Value] = []

        def way(expression: ast.expr) -> bool:
            found.append(self._value(expression))
            return True

        self._either(lambda: way(node.body), lambda: way(node.orelse))
        return self._either_of(found[0], found[1])

    def _formatted(self, node: ast.JoinedStr) -> Value:
        parts: list[str] | None = []
        for part in node.values:
            if isinstance(part, ast.Constant):
                parts = None if parts is None else [*parts, str(part.value)]
                continue
            value = self._use(part.value) if isinstance(part, ast.FormattedValue) else self._use(part)
            if isinstance(part, ast.FormattedValue) and part.format_spec is not None:
                self._use(part.format_spec)
                parts = None
            plain = (
                isinstance(value, Known) and type(value.value) in (str, int) and getattr(part, "conversion", -1) == -1
            )
            parts = [*parts, str(value.value)] if parts is not None and plain and isinstance(value, Known) else None
        return UNKNOWN if parts is None else Known("".join(parts), (Spot(node, self._frame.scope),))

    def _walrus(self, node: ast.NamedExpr) -> Value:
        value = self._value(node.value)
        frame = self._frame
        while frame.scope.is_comprehension and frame.parent is not None:
            frame = frame.parent
        outer, self._frame = self._frame, frame
        self._bind(node.target.id, value)
        self._frame = outer
        return value

    def _lambda(self, node: ast.Lambda) -> Value:
        return Function(node, self._scopes[id(node)], self._enclosing_frame(), self._defaults(node.args))

    def _await(self, node: ast.Await) -> Value:
        return self._value(node.value)

    def _yield(self, node: Any) -> Value:
        if node.value is not None:
            self._escape(self._value(node.value))
        return UNKNOWN

    def _comprehension(self, node: Any) -> Value:
        first, *others = node.generators
        source = self._value(first.iter)
        copied = self._filtered(node, source) if isinstance(node, ast.DictComp) else None
        if copied is not None:
            return copied
        self._iterate(source, first.iter)
        outer, self._frame = self._frame, Frame(self._scopes[id(node)], self._frame, self._journal.clock)
        kept: list[Value] = []

        def turn() -> bool:
            self._store(first.target, UNKNOWN, None, None)
            for test in first.ifs:
                self._use(test)
            for generator in others:
                self._iterate(self._value(generator.iter), generator.iter)
                self._store(generator.target, UNKNOWN, None, None)
                for test in generator.ifs:
                    self._use(test)
            parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
            kept[:] = [self._value(part) for part in parts]
            for value in kept:
                self._escape(value)
            return True

        self._loop(turn, [])
        self._frame = outer
        if isinstance(node, ast.DictComp):
            return Unknown("is built in a loop", node)
        return UNKNOWN

    def _filtered(self, node: ast.DictComp, source: Value) -> Mapping | None:
        """Return what ``{k: v for k, v in params.items() if v is not None}`` makes of a dict that is known."""
        generator = node.generators[0]
        if not (isinstance(source, View) and source.kind == "items" and len(node.generators) == 1):
            return None
        slots = source.mapping.slots
        if source.mapping.escaped is not None or None in slots or not isinstance(generator.target, ast.Tuple):
            return None
        made = Mapping(node, self._journal.clock)
        outer, self._frame = self._frame, Frame(self._scopes[id(node)], self._frame, self._journal.clock)
        for name, slot in list(slots.items()):
            looked_at = Known(slot.value.value, ()) if isinstance(slot.value, Known) else slot.value
            self._unpack(generator.target.elts, Sequence((Known(name, ()), looked_at)), None)
            truths = [self._truth(self._use(test)) for test in generator.ifs]
            self._unpack(generator.target.elts, Sequence((Known(name, ()), slot.value)), None)
            key, value = self._use(node.key), self._value(node.value)
            if not isinstance(key, Known) or not isinstance(key.value, str):
                self._escape(value)
                self._scatter(made, Unknown("is set under a name that is only known when the script runs", node))
            elif False not in truths:
                kept = slot if key.value == name and _same_origin(value, slot.value) else None
                new = kept or Slot(value, None, None, None, self._frame.scope)
                made.slots[key.value] = new._replace(maybe=slot.maybe or None in truths)
        self._frame = outer
        return made

    # Calls.

    def _call(self, node: ast.Call) -> Value:
        self._steps += 1
        function = node.func
        if isinstance(function, ast.Attribute):
            called = self._attribute_of(self._value(function.value), function.attr, function)
        else:
            called = self._value(function)
        return self._passed(self._called(called, node), node)

    def _called(self, called: Value, node: ast.Call) -> Value:
        called = _but_none(called)
        if isinstance(called, Ref):
            return self._call_ref(called.path, node)
        if isinstance(called, Method) and isinstance(called.owner, Mapping) and isinstance(called.function, str):
            return self._call_of_mapping(called.owner, called.function, node)
        if isinstance(called, Method) and isinstance(called.owner, Module):
            return self._call_of_module(called.owner, called.function, node, self._given(node))
        if isinstance(called, Method) and isinstance(called.owner, Ref):
            return self._call_of_globals(called.function, node)
        if isinstance(called, (Function, Method, Class, Partial, Instance)):
            return self._apply(called, self._given(node), node)
        if isinstance(called, Module) and called.is_class:
            for value in self._arguments(node):
                self._escape(value)
            return Module(called.table, False)
        self._escape(called)
        for value in self._arguments(node):
            self._escape(value)
        return UNKNOWN

    def _arguments(self, node: ast.Call) -> list[Value]:
        """Follow the arguments of a call whose function cannot be followed."""
        values = [
            self._value(argument.value if isinstance(argument, ast.Starred) else argument) for argument in node.args
        ]
        return [*values, *[self._value(keyword.value) for keyword in node.keywords]]

    def _given(self, node: ast.Call) -> _Given:
        positional: list[Value] = []
        more = False
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                value = self._value(argument.value)
                if isinstance(value, Sequence) and not more:
                    positional += value.items
                else:
                    self._escape(value)
                    more = True
            else:
                positional.append(self._value(argument))
        slots: dict[str, Slot] = {}
        rest: Unknown | None = None
        for keyword in node.keywords:
            value = self._value(keyword.value)
            if keyword.arg is None:
                rest = self._spread(value, slots, keyword.value) or rest
            else:
                slot = Slot(value, keyword.value, keyword, node, self._frame.scope)
                slots[keyword.arg] = _again(slot, slots.get(keyword.arg))
        return _Given(positional, slots, more, rest)

    def _spread(self, value: Value, slots: dict[str, Slot], node: ast.expr) -> Unknown | None:
        """Take ``**value`` among the arguments of a call; return why more may come with it.

        Python refuses a name that comes twice, so what the call says itself is not replaced.
        """
        if not isinstance(value, Mapping) or value.escaped is not None:
            self._escape(value)
            return value.escaped if isinstance(value, Mapping) else _from_elsewhere(value, node)
        for name, slot in value.slots.items():
            if name is not None and not (slot.maybe and name in slots):
                slots[name] = _again(slot, slots.get(name))
        rest = value.slots.get(None)
        return (rest.value if isinstance(rest.value, Unknown) else UNKNOWN) if rest else None

    def _call_ref(self, path: str, node: ast.Call) -> Value:
        name = path.rpartition(".")[2]
        special = _SPECIAL_CALLS.get(path)
        if special is not None:
            return special(self, node)
        if path in _ENUM_PATHS and len(node.args) == 1:
            return self._member_by_value(path, node)
        reads = (
            (path.startswith("builtins.") and name in effects.READING_BUILTINS)
            or path in effects.READING_FUNCTIONS
            or path.startswith(effects.READING_MODULES)
            or path.startswith("a constant.")
        )
        for value in self._arguments(node):
            if reads:
                self._glance(value)
                if name in ("max", "min") or not isinstance(value, (Mapping, Instance)):
                    self._lose(value)  # what is returned may be that, or hold what is in it
            else:
                self._escape(value)
        if path.startswith(("a constant.", "builtins.")) and name != "open":
            return UNKNOWN
        return _referred(f"{path}()") if len(path) < 500 else UNKNOWN

    def _member_by_value(self, path: str, node: ast.Call) -> Value:
        value = self._use(node.args[0])
        if isinstance(value, Known) and isinstance(value.value, Member):
            return Known(value.value, (Spot(node, self._frame.scope),))
        if isinstance(value, Known) and type(value.value) is int:
            options = designer.enums()[path].options
            if 0 < value.value <= len(options):
                member = Member(path.rpartition(".")[2], options[value.value - 1].member)
                return Known(member, (Spot(node, self._frame.scope),))
        return UNKNOWN

    def _call_of_globals(self, name: Any, node: ast.Call) -> Value:
        if name in ("get", "keys", "items", "values", "copy"):
            values = self._arguments(node)
            for value in values:
                self._glance(value)
            if name == "get" and values and isinstance(values[0], Known) and isinstance(values[0].value, str):
                found = self._module.cells.get(values[0].value)
                return UNKNOWN if found is None or self.opaque else found
            if name in ("items", "values", "copy"):
                self._hide(node)
            return UNKNOWN
        for value in self._arguments(node):
            self._escape(value)
        self._hide(node)
        return UNKNOWN

    def _call_of_mapping(self, mapping: Mapping, name: str, node: ast.Call) -> Value:
        if mapping.escaped is not None:
            for value in self._arguments(node):
                self._escape(value)
            return mapping.escaped
        if name == "update" and len(node.args) <= 1:
            given = self._given(node)
            for value in given.positional:
                self._update(mapping, value, node.args[0])
            if given.more:
                self._scatter(mapping, Unknown("comes from elsewhere", node))
            if given.rest:
                self._scatter(mapping, given.rest)
            for key, slot in given.slots.items():
                self._put(mapping, key, slot)
            return Known(None, ())
        values = self._arguments(node)
        plain = not node.keywords and not any(isinstance(argument, ast.Starred) for argument in node.args)
        if name in ("get", "setdefault", "pop") and plain and 1 <= len(values) <= 2:
            return self._get(mapping, name, values, node)
        if name in ("items", "keys", "values") and not values:
            return View(mapping, name)
        if name == "copy" and not values:
            return _copied(mapping, node, self._journal.clock)
        if name == "clear" and not values and not mapping.is_any:
            for key in list(mapping.slots):
                self._journal.write(mapping.slots, key, MISSING)
            return Known(None, ())
        if name in ("__contains__", "__len__", "__eq__", "__repr__", "__str__"):
            return UNKNOWN
        for value in values:
            self._escape(value)
        self._escape(mapping)
        return UNKNOWN

    def _get(self, mapping: Mapping, name: str, values: list[Value], node: ast.Call) -> Value:
        key = values[0]
        default: Value = values[1] if len(values) > 1 else Known(None, ())
        self._consume(key, OTHER)
        if not isinstance(key, Known) or not isinstance(key.value, str):
            self._escape(default)
            self._read_all(mapping, node)
            if name != "get":
                self._scatter(mapping, Unknown("is set under a name that is only known when the script runs", node))
            return UNKNOWN
        slot = mapping.slots.get(key.value)
        rest = mapping.slots.get(None)
        if slot is not None:
            self._read(slot, node)
        if mapping.is_any and name != "get":
            self._escape(mapping)
            return UNKNOWN
        if name == "setdefault" and len(values) > 1:
            new = Slot(default, node.args[1], node.args[0], None, self._frame.scope)
            if slot is None and rest is None:
                self._put(mapping, key.value, new)
            elif slot is None:
                self._put(mapping, key.value, new._replace(value=UNKNOWN, expression=None))
            elif slot.maybe:
                self._put(mapping, key.value, self._joined_slots(slot._replace(maybe=False), new))
            kept: Slot = mapping.slots[key.value]
            return kept.value
        if name == "pop" and slot is not None:
            self._journal.write(mapping.slots, key.value, MISSING)
        elif name == "pop" and rest is not None:
            self._put(mapping, key.value, Slot(UNKNOWN, None, None, None, self._frame.scope, True))
            self._journal.write(mapping.slots, key.value, MISSING)
        if slot is None:
            return default if rest is None else UNKNOWN
        return self._either_of(slot.value, default) if slot.maybe else slot.value

    def _call_of_module(self, module: Module, name: Any, node: ast.AST, given: _Given | None) -> Value:
        if name != "run" or given is None or not isinstance(node, ast.Call):
            if given is not None:
                for value in [*given.positional, *(slot.value for slot in given.slots.values())]:
                    self._escape(value)
            return UNKNOWN
        order = list(given.slots.items())
        slots = dict(order)
        reached = Reached(
            module.table, node, self._frame.scope, slots, order, given.positional,
            given.rest or (Unknown("comes from elsewhere", node) if given.more else None),
        )  # fmt: skip
        for name, slot in slots.items():
            self._consume(slot.value, (id(node), name))
            self._lose(slot.value)
        for value in given.positional:
            self._escape(value)
        before = self.calls.get(id(node))
        self.calls[id(node)] = self._reached_again(before, reached) if before else reached
        return Scored(node, "results")

    def _reached_again(self, one: Reached, other: Reached) -> Reached:
        names = dict.fromkeys([*one.slots, *other.slots])
        slots = {name: self._joined(one.slots.get(name, MISSING), other.slots.get(name, MISSING)) for name in names}
        positional = one.positional
        if len(one.positional) == len(other.positional):
            positional = [self._joined(a, b) for a, b in zip(one.positional, other.positional, strict=True)]
        return Reached(one.table, one.node, one.scope, slots, list(slots.items()), positional, one.rest or other.rest)

    def _apply(self, called: Value, given: _Given | None, node: ast.AST) -> Value:
        """Follow a call of something of the script's own; without ``given`` nothing is known of the arguments."""
        if isinstance(called, Function):
            return self._run_function(called, given, node)
        if isinstance(called, Method):
            if isinstance(called.owner, Module):
                return self._call_of_module(called.owner, called.function, node, given)
            if isinstance(called.function, Function):
                owner = called.owner
                with_owner = (
                    _Given([owner], {}, True, UNKNOWN)
                    if given is None
                    else given._replace(positional=[owner, *given.positional])
                )
                return self._run_function(called.function, with_owner, node)
            if isinstance(called.owner, Instance) and called.function == "_asdict":
                return self._as_dict(called.owner, node)
            if isinstance(called.owner, Mapping) and isinstance(node, ast.Call) and given is not None:
                self._escape(called.owner)
        if isinstance(called, Partial):
            if given is None:
                given = _Given([], {}, True, UNKNOWN)
            slots = {**called.given.slots, **given.slots}
            given = _Given([*called.positional, *given.positional], slots, given.more, given.rest)
            if isinstance(called.function, Ref) or not isinstance(node, ast.Call):
                self._escape_given(given)
                return UNKNOWN
            return self._apply(called.function, given, node)
        if isinstance(called, Class):
            return self._made(called, given, node)
        if isinstance(called, Instance) and called.of:
            method = _in_class(called.of, "__call__")
            if isinstance(method, Function):
                return self._apply(Method(called, method), given, node)
        if isinstance(called, Module) and called.is_class:
            return Module(called.table, False)
        self._escape(called)
        self._escape_given(given)
        return UNKNOWN

    def _escape_given(self, given: _Given | None) -> None:
        if given is not None:
            for value in [*given.positional, *(slot.value for slot in given.slots.values())]:
                self._escape(value)

    def _made(self, of: Class, given: _Given | None, node: ast.AST) -> Value:
        if of.is_open:
            self._escape_given(given)
            self._escape(of)
            return UNKNOWN
        made = Instance(of, self._journal.clock)
        start = _in_class(of, "__init__")
        if isinstance(start, Function):
            self._apply(Method(made, start), given, node)
            return made
        if of.fields is not None and given is not None and not given.more and given.rest is None:
            for number, name in enumerate(of.fields):
                slot = given.slots.get(name)
                value = (
                    given.positional[number]
                    if number < len(given.positional)
                    else slot.value
                    if slot
                    else _in_class(of, name) or UNKNOWN
                )
                self._journal.write(made.attributes, name, value)
            after = _in_class(of, "__post_init__")
            if isinstance(after, Function):
                self._apply(Method(made, after), _Given([], {}, False, None), node)
            return made
        self._escape_given(given)
        if of.fields is not None:
            made.escaped = UNKNOWN
        return made

    def _as_dict(self, instance: Instance, node: ast.AST) -> Value:
        made = Mapping(node, self._journal.clock)
        if instance.escaped is not None or instance.of is None or instance.of.fields is None:
            self._escape(instance)
            made.slots[None] = Slot(UNKNOWN, None, None, None, self._frame.scope)
            return made
        for name in instance.of.fields:
            value = instance.attributes.get(name, UNKNOWN)
            if isinstance(value, (Mapping, Instance, Sequence)):
                self._escape(value)
                value = UNKNOWN
            made.slots[name] = Slot(value, None, None, None, self._frame.scope)
        return made

    def _run_function(self, function: Function, given: _Given | None, node: ast.AST) -> Value:
        if function.is_cached and function.once is not None:
            self._escape_given(given)
            return function.once
        if any(running.node is function.node for running in self._running) or len(self._running) > _DEEPEST:
            self._escape_given(given)  # it calls itself: what it does then is not followed
            self._hide(function.node)
            return UNKNOWN
        self._entered.add(id(function.node))
        if isinstance(node, ast.Call):
            self.called[id(node)] = function.scope
        frame = Frame(function.scope, function.frame, self._journal.clock)
        self._take_arguments(function, given, frame)
        if function.scope.is_generator and not isinstance(function.node, ast.Lambda):
            self._escape_given(given)
            if (id(function.node), id(function.frame)) not in self._escaped_ids:
                self._escape_function(function)
                return UNKNOWN
        outer, self._frame = self._frame, frame
        running = _Running(function.node, self._journal.mark())
        self._running.append(running)
        self._loops.append(None)
        if isinstance(function.node, ast.Lambda):
            value = self._value(function.node.body)
        else:
            value = self._returned(running, self._block(function.node.body))
        self._loops.pop()
        self._running.pop()
        self._frame = outer
        if function.is_cached:
            self._lose(value)  # whoever gets it may change it for all
            if given is None or not (given.positional or given.slots):
                function.once = value
        return value

    def _returned(self, running: _Running, passes: bool) -> Value:
        journal = self._journal
        ways = running.returned
        if len(ways) == 1 and not passes and ways[0][1] is None:
            return ways[0][0]
        if not ways:
            return Known(None, ()) if passes else UNKNOWN
        values = [value for value, _ in ways]
        changes = [journal.since(running.mark) if each is None else each for _, each in ways]
        if passes:
            values.append(Known(None, ()))
            changes.append(journal.since(running.mark))
        journal.undo(running.mark)
        journal.merge(running.mark, changes)
        result: Any = values[0]
        for value in values[1:]:
            result = self._joined(result, value)
        return result  # type: ignore[no-any-return]

    def _take_arguments(self, function: Function, given: _Given | None, frame: Frame) -> None:
        arguments = function.node.args
        positional = [*arguments.posonlyargs, *arguments.args]
        if given is None:
            given = _Given([], {}, True, UNKNOWN)
        unknown = given.more or given.rest is not None
        slots = dict(given.slots)
        for number, argument in enumerate(positional):
            if number < len(given.positional):
                frame.cells[argument.arg] = given.positional[number]
            else:
                frame.cells[argument.arg] = self._argument(function, argument.arg, slots, unknown)
        for argument in arguments.kwonlyargs:
            frame.cells[argument.arg] = self._argument(function, argument.arg, slots, unknown)
        extra = given.positional[len(positional) :]
        if arguments.vararg:
            if given.more:
                self._escape(Sequence(tuple(extra)))
            frame.cells[arguments.vararg.arg] = UNKNOWN if given.more else Sequence(tuple(extra))
        if arguments.kwarg:
            rest = Mapping(function.node, self._journal.clock)
            rest.slots.update(slots)
            if given.rest is not None:
                self._scatter(rest, given.rest)
            frame.cells[arguments.kwarg.arg] = rest
        else:
            for slot in slots.values():
                self._escape(slot.value)

    def _argument(self, function: Function, name: str, slots: dict[str, Slot], unknown: bool) -> Value:
        slot = slots.pop(name, None)
        if slot is not None:
            default = function.defaults.get(name)
            return self._either_of(slot.value, default) if slot.maybe and default is not None else slot.value
        if unknown:
            return UNKNOWN
        return function.defaults.get(name, UNKNOWN)

    # Calls of functions of Python's own that make or read what is followed.

    def _make_dict(self, node: ast.Call) -> Value:
        made = Mapping(node, self._journal.clock)
        given = self._given(node)
        for value in given.positional:
            self._update(made, value, node.args[0])
        if given.more:
            self._scatter(made, Unknown("comes from elsewhere", node))
        if given.rest is not None:
            self._scatter(made, given.rest)
        for name, slot in given.slots.items():
            made.slots[name] = slot
        return made

    def _make_copy(self, node: ast.Call) -> Value:
        values = self._arguments(node)
        if len(values) == 1 and isinstance(values[0], Mapping) and values[0].escaped is None:
            return _copied(values[0], node, self._journal.clock, deep="deep" in ast.unparse(node.func))
        for value in values:
            self._glance(value)
        return values[0] if len(values) == 1 and isinstance(values[0], (Known, Ref, Module)) else UNKNOWN

    def _same_dict(self, node: ast.Call) -> Value:
        values = self._arguments(node)
        return values[0] if len(values) == 1 else UNKNOWN

    def _make_namespace(self, node: ast.Call) -> Value:
        given = self._given(node)
        made = Instance(None, self._journal.clock)
        for name, slot in given.slots.items():
            self._journal.write(made.attributes, name, slot.value)
        if given.rest is not None or given.positional or given.more:
            self._escape_given(given)
            made.escaped = UNKNOWN
        return made

    def _make_partial(self, node: ast.Call) -> Value:
        given = self._given(node)
        if not given.positional or given.more or given.rest is not None:
            self._escape_given(given)
            return UNKNOWN
        named = Mapping(node, self._journal.clock)
        named.slots.update(given.slots)
        return Partial(given.positional[0], given.positional[1:], named, node)

    def _make_fields_dict(self, node: ast.Call) -> Value:
        values = self._arguments(node)
        if len(values) == 1 and isinstance(values[0], Instance):
            return self._as_dict(values[0], node)
        for value in values:
            self._escape(value)
        return UNKNOWN

    def _get_attribute(self, node: ast.Call) -> Value:
        values = self._arguments(node)
        if len(values) >= 2 and isinstance(values[1], Known) and isinstance(values[1].value, str):
            if len(values) > 2:
                self._escape(values[2])
                return (
                    UNKNOWN
                    if not isinstance(values[0], (Module, Class))
                    else self._attribute_of(values[0], values[1].value, node)
                )
            return self._attribute_of(values[0], values[1].value, node)
        for value in values:
            self._escape(value)
        return UNKNOWN

    def _set_attribute(self, node: ast.Call) -> Value:
        values = self._arguments(node)
        owner = values[0] if values else UNKNOWN
        if isinstance(owner, Instance) and len(values) == 3 and isinstance(values[1], Known):
            self._store_attribute(owner, str(values[1].value), values[2], node)
            return Known(None, ())
        for value in values:
            self._escape(value)
        is_foreign = isinstance(owner, Ref) and owner.path.partition(".")[0] in designer.packages()
        if not isinstance(owner, Instance) and not is_foreign:
            self._hide(node)
        return UNKNOWN

    def _run_code(self, node: ast.Call) -> Value:
        for value in self._arguments(node):
            self._escape(value)
        self._hide(node)
        return UNKNOWN

    def _all_globals(self, node: ast.Call) -> Value:
        return Ref("globals()")

    def _own_names(self, node: ast.Call) -> Value:
        """Follow ``vars()`` and ``vars(thing)``."""
        values = self._arguments(node)
        if len(values) == 1 and isinstance(values[0], Instance) and values[0].of is None:
            made = Mapping(node, self._journal.clock)
            for name, value in values[0].attributes.items():
                made.slots[name] = Slot(value, None, None, None, self._frame.scope)
            if values[0].escaped is None:
                self._escape(values[0])
                return made
        for value in values:
            self._escape(value)
        if self._frame is self._module or (values and not isinstance(values[0], (Instance, Scored))):
            self._hide(node)
        return UNKNOWN

    def _type_of(self, node: ast.Call) -> Value:
        """Follow ``type(thing)``."""
        values = self._arguments(node)
        if len(values) == 1 and isinstance(values[0], Instance) and values[0].of:
            return values[0].of
        for value in values:
            self._escape(value) if len(values) > 1 else self._glance(value)
        return UNKNOWN

    def _convert(self, node: ast.Call) -> Value:
        """Follow ``int(x)``, ``str(x)``, ``bool(x)``, ``float(x)``."""
        values = self._arguments(node)
        for value in values:
            self._glance(value)
        kind = {"int": int, "str": str, "bool": bool, "float": float}.get(ast.unparse(node.func))
        if kind and len(values) == 1 and not node.keywords and isinstance(values[0], Known):
            result = _converted(kind, values[0].value)
            return UNKNOWN if result is MISSING else Known(result, (Spot(node, self._frame.scope),))
        return UNKNOWN

    def _call_super(self, node: ast.Call) -> Value:
        for running in reversed(self._running):
            owner = self._frame.cells.get("self")
            if running.node is not None and isinstance(owner, Instance) and owner.of and owner.of.bases:
                for value in self._arguments(node):
                    self._escape(value)
                base = Instance(owner.of.bases[0], self._journal.clock)
                base.attributes = owner.attributes
                base.escaped = owner.escaped
                return base
        for value in self._arguments(node):
            self._escape(value)
        owner = self._frame.cells.get("self")
        return UNKNOWN

    def _truth(self, value: Value) -> bool | None:
        if isinstance(value, Known):
            return True if isinstance(value.value, Member) else bool(value.value)
        if isinstance(value, Mapping):
            if value.escaped is None and any(name is not None and not slot.maybe for name, slot in value.slots.items()):
                return True
            return False if value.escaped is None and not value.slots else None
        if isinstance(value, (Function, Class, Module, Method, Partial)):
            return True
        return None


_ENUM_PATHS = designer.enums()
_CLASSES = designer.classes()
_MOST_DIGITS = 300
_COMPARED = (str, int, bool, float, type(None), Member)
_NEVER_NONE = (Mapping, Function, Class, Module, Method, Partial, Instance, Sequence, Scored)
_STATEMENTS: dict[type[ast.AST], Callable[[Execution, Any], bool]] = {
    ast.Expr: Execution._expression_statement,
    ast.Assign: Execution._assign,
    ast.AnnAssign: Execution._annotated,
    ast.AugAssign: Execution._augmented,
    ast.Return: Execution._return,
    ast.If: Execution._if,
    ast.For: Execution._for,
    ast.AsyncFor: Execution._for,
    ast.While: Execution._while,
    ast.With: Execution._with,
    ast.AsyncWith: Execution._with,
    ast.Try: Execution._try,
    ast.Raise: Execution._raise,
    ast.Assert: Execution._assert,
    ast.Break: Execution._break,
    ast.Continue: Execution._continue,
    ast.Import: Execution._import,
    ast.ImportFrom: Execution._import_from,
    ast.FunctionDef: Execution._define,
    ast.AsyncFunctionDef: Execution._define,
    ast.ClassDef: Execution._define_class,
    ast.Delete: Execution._delete,
    ast.Match: Execution._match,
}
if hasattr(ast, "TryStar"):
    _STATEMENTS[ast.TryStar] = Execution._try
_EXPRESSIONS: dict[type[ast.AST], Callable[[Execution, Any], Value]] = {
    ast.Name: Execution._name,
    ast.Constant: Execution._constant,
    ast.Attribute: Execution._attribute,
    ast.Subscript: Execution._subscript,
    ast.Call: Execution._call,
    ast.Dict: Execution._dict,
    ast.Tuple: Execution._tuple,
    ast.List: Execution._list,
    ast.Set: Execution._list,
    ast.BinOp: Execution._binary,
    ast.BoolOp: Execution._boolean,
    ast.UnaryOp: Execution._unary,
    ast.Compare: Execution._compare,
    ast.IfExp: Execution._conditional,
    ast.JoinedStr: Execution._formatted,
    ast.NamedExpr: Execution._walrus,
    ast.Lambda: Execution._lambda,
    ast.ListComp: Execution._comprehension,
    ast.SetComp: Execution._comprehension,
    ast.GeneratorExp: Execution._comprehension,
    ast.DictComp: Execution._comprehension,
    ast.Await: Execution._await,
    ast.Yield: Execution._yield,
    ast.YieldFrom: Execution._yield,
    ast.Starred: Execution._starred,
}
_SPECIAL_CALLS: dict[str, Callable[[Execution, ast.Call], Value]] = {
    "builtins.dict": Execution._make_dict,
    "collections.OrderedDict": Execution._make_dict,
    "copy.copy": Execution._make_copy,
    "copy.deepcopy": Execution._make_copy,
    "types.MappingProxyType": Execution._same_dict,
    "types.SimpleNamespace": Execution._make_namespace,
    "argparse.Namespace": Execution._make_namespace,
    "functools.partial": Execution._make_partial,
    "dataclasses.asdict": Execution._make_fields_dict,
    "builtins.getattr": Execution._get_attribute,
    "builtins.setattr": Execution._set_attribute,
    "builtins.delattr": Execution._set_attribute,
    "builtins.exec": Execution._run_code,
    "builtins.eval": Execution._run_code,
    "importlib.reload": Execution._run_code,
    "builtins.globals": Execution._all_globals,
    "builtins.vars": Execution._own_names,
    "builtins.type": Execution._type_of,
    "builtins.int": Execution._convert,
    "builtins.str": Execution._convert,
    "builtins.bool": Execution._convert,
    "builtins.float": Execution._convert,
    "builtins.super": Execution._call_super,
}


def _name_of(function: Function) -> str:
    return getattr(function.node, "name", "")


def _matters(value: Any) -> bool:
    """Say whether it makes a difference that a name has a value where it had none."""
    return not isinstance(value, (Unknown, Ref, Scored))


def _referred(path: str) -> Value:
    """Return what a dotted name of an import stands for."""
    table = _CLASSES.get(path)
    return Module(table, True) if table else Ref(path)


def _options(value: Value) -> tuple[Value, ...]:
    return value.options if isinstance(value, Choice) else (value,)


def _same(one: Value, other: Value) -> Value | None:
    """Return the first of two values that are the same, for all that can be told; else None."""
    if one is other:
        return one
    if type(one) is not type(other):
        return None
    if isinstance(one, Known) and isinstance(other, Known):
        equal = type(one.value) is type(other.value) and one.value == other.value
        return one if equal and _nodes(one) == _nodes(other) else None
    if isinstance(one, Unknown):
        return one
    if isinstance(one, Ref) and isinstance(other, Ref):
        in_enums = one.path in _ENUM_PATHS and other.path in _ENUM_PATHS
        same_enum = in_enums and one.path.rpartition(".")[2] == other.path.rpartition(".")[2]
        return one if one.path == other.path or same_enum else None
    if isinstance(one, Module) and isinstance(other, Module):
        return one if one.table is other.table and one.is_class == other.is_class else None
    if isinstance(one, Scored) and isinstance(other, Scored):
        return one if one.call is other.call and one.kind == other.kind else None
    if isinstance(one, Function) and isinstance(other, Function):
        return one if one.node is other.node and one.frame is other.frame else None
    if isinstance(one, Method) and isinstance(other, Method):
        same_function = one.function == other.function
        return one if same_function and _same(one.owner, other.owner) is not None else None
    if isinstance(one, Choice) and isinstance(other, Choice) and len(one.options) == len(other.options):
        pairs = zip(one.options, other.options, strict=True)
        return one if all(_same(*pair) is not None for pair in pairs) else None
    if isinstance(one, Sequence) and isinstance(other, Sequence) and len(one.items) == len(other.items):
        pairs = zip(one.items, other.items, strict=True)
        return one if all(_same(*pair) is not None for pair in pairs) else None
    return None


def _from_elsewhere(value: Value, node: ast.AST) -> Unknown:
    """Return why it is not known what a value holds that is none of the script's dicts."""
    return value if isinstance(value, Unknown) and value.node is not None else Unknown("comes from elsewhere", node)


def _again(slot: Slot, before: Slot | None) -> Slot:
    """Return an argument that a call is given, which it must not be given a second time."""
    return slot if before is None else slot._replace(repeated=True, before=before)


def _alike(one: Mapping, other: Mapping) -> bool:
    """Say whether two dicts are made by one expression, in two turns of a loop, and hold the same."""
    if one.node is not other.node or one.escaped or other.escaped or one.slots.keys() != other.slots.keys():
        return False
    for name, slot in one.slots.items():
        twin = other.slots[name]
        if slot.key is not twin.key or slot.maybe != twin.maybe or _same(slot.value, twin.value) is None:
            return False
    return True


def _same_origin(value: Value, of: Value) -> bool:
    """Say whether a value is another one that has been given a name."""
    if isinstance(value, Known) and isinstance(of, Known):
        return _nodes(value)[: len(of.trace)] == _nodes(of)
    return value is of


def _but_none(value: Value) -> Value:
    """Return what a value is where it is not None, by which a request would end."""
    if isinstance(value, Choice):
        rest = [option for option in value.options if not (isinstance(option, Known) and option.value is None)]
        if len(rest) == 1:
            return rest[0]
    return value


def _nodes(value: Known) -> list[ast.expr]:
    return [spot.node for spot in value.trace]


def _places(slot: Slot) -> tuple[ast.AST, ...]:
    """Return the nodes that name an item, of all the places that may have put it in."""
    return slot.others or ((slot.key,) if slot.key is not None else ())


def _is_fixed(value: Value) -> bool:
    """Say whether what a name stands for is nothing that code elsewhere is likely to replace: no data."""
    return isinstance(value, (Function, Class, Module, Ref, Unknown, Scored))


def _is_data(value: Value | None) -> bool:
    """Say whether an attribute of a class is plain data, or none, so that an object gets one of its own."""
    return value is None or isinstance(value, (Known, Mapping, Sequence, Instance, Choice, Ref, Module, Scored))


def _is_pair(value: Value) -> bool:
    return (
        isinstance(value, Sequence)
        and len(value.items) == 2
        and isinstance(value.items[0], Known)
        and isinstance(value.items[0].value, str)
    )


def _in_class(of: Class | None, name: str, depth: int = 0) -> Value | None:
    """Return what a class has under a name, itself or from those it inherits from."""
    if of is None or depth > _DEEPEST:
        return None
    value: Value | None = of.attributes.get(name)
    if value is not None:
        return value
    for base in of.bases:
        found = _in_class(base, name, depth + 1)
        if found is not None:
            return found
    return None


def _copied(mapping: Mapping, node: ast.AST, born: int, deep: bool = False) -> Mapping:
    made = Mapping(node, born)
    for name, slot in mapping.slots.items():
        inner = slot.value
        if deep and isinstance(inner, Mapping) and inner.escaped is None:
            slot = slot._replace(value=_copied(inner, node, born, deep))
        made.slots[name] = slot
    return made


def _key_read(node: ast.expr) -> str | None:
    """Return the key by which an expression looks up an item of a dict, if it does: ``d["key"]``, ``d.get("key")``."""
    key: ast.expr | None = node.slice if isinstance(node, ast.Subscript) else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        key = node.args[0] if node.func.attr in ("get", "setdefault") else None
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None


def _reads(scope: Scope, name: str, home: Scope) -> bool:
    """Say whether a function, or one in it, reads a name of a function around it."""
    if name in scope.uses and scope.home(name) is home:
        return True
    return any(_reads(inner, name, home) for inner in scope.inner)


def _passes_exceptions(context: Value) -> bool:
    """Say whether every exception within a ``with`` passes on."""
    return isinstance(context, Ref) and context.path.startswith(effects.PLAIN_CONTEXTS)


def _converted(kind: type, value: Any) -> Any:
    """Return what a type makes of a constant, MISSING where that is not computed."""
    try:
        if type(value) in (bool, float) or (type(value) in (int, str) and len(str(value)) < _MOST_DIGITS):
            return kind(value)
    except (ValueError, OverflowError):
        pass
    return MISSING


def _computed(op: ast.operator, left: Any, right: Any) -> Any:
    """Return the result of a sum, MISSING where that is not computed."""
    if isinstance(op, ast.Add) and type(left) is str and type(right) is str and len(left) + len(right) < _LONGEST_TEXT:
        return left + right
    if type(left) is int and type(right) is int and abs(left) < 10**9 and abs(right) < 10**9:
        if isinstance(op, ast.Add):
            return left + right
        if isinstance(op, ast.Sub):
            return left - right
        if isinstance(op, ast.Mult):
            return left * right
    return MISSING
