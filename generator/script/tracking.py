"""The state of a script that is followed: names and dicts, how values meet where branches do, and how they are lost."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from typing import Any

from generator.rules.as_written import Member
from generator.script import designer, effects
from generator.script.journal import MISSING, Changes, Journal, Mark
from generator.script.kinds import (
    alike,
    from_elsewhere,
    in_class,
    is_covered,
    is_fixed,
    is_pair,
    key_read,
    mangled,
    matters,
    options_of,
    places_of,
    reads,
    same_value,
)
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
    Super,
    Unknown,
    Value,
    View,
)
from generator.script.records import (
    MOST_ESCAPED,
    MOST_PASSES,
    OTHER,
    READ,
    Given,
    Loop,
    Reached,
    Running,
    TooLongError,
)
from generator.script.scopes import Names, Scope
from generator.translations.language import say

BUILTINS = frozenset(dir(builtins))
SPECIAL_NAMES = {"__file__", "__name__", "__doc__", "__spec__", "__package__", "__builtins__", "__loader__", "__path__"}


class Tracker:
    """What names and dicts stand for at a place of a script, and what is found out on the way."""

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

    def _settled(self, mark: Mark, branches: list[Changes], number: int) -> bool:
        """Join what a turn of a loop may have changed; say whether another turn would see anything new."""
        if number < MOST_PASSES - 1:
            return self._journal.merge(mark, branches)
        return self._journal.widen(mark, {cell: change for branch in branches for cell, change in branch.items()})

    def _has_escaped(self, mark: Mark, before: int) -> bool:
        """Say whether a dict or object that was there at a mark has escaped since: another turn sees it so."""
        return any(born <= mark.clock for born in self._births_of_escaped[before:])

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
        same = same_value(one, other)
        if same is not None:
            return same
        if isinstance(one, Mapping) and isinstance(other, Mapping) and alike(one, other):
            one.is_any = True
            return one
        options = [*options_of(one)]
        for option in options_of(other):
            if isinstance(option, Mapping) and (same := _like(option, options)):
                same.is_any |= same is not option
            elif not any(same_value(known, option) is not None for known in options):
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
        places = dict.fromkeys([*places_of(one), *places_of(other)])
        if one.others and list(places) == list(places_of(one)) and value is one.value and maybe == one.maybe:
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
        """Give up what can be changed, or called, by a name that is no longer followed."""
        if isinstance(value, (Mapping, Instance, Function, Class, Method, Partial, Super)):
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
                if by == OTHER and (name := key_read(spot.node)):
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
        elif isinstance(value, Instance):
            self._show(value)
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

    def _show(self, instance: Instance) -> None:
        """Follow what makes a text of an object, which may be done here."""
        for name in ("__format__", "__str__", "__repr__"):
            method = in_class(instance.of, name)
            if isinstance(method, Function):
                given = Given([instance], {}, True, UNKNOWN)
                self._either(lambda: bool(self._apply(method, given, method.node)) or True, lambda: True)  # noqa: B023

    def _escape(self, value: Value) -> None:
        """Give up a value that is handed to code that cannot be seen, and all that such code can reach by it."""
        if isinstance(value, Known):
            self._consume(value, OTHER)
        elif isinstance(value, (Mapping, Instance)):
            if value.escaped is None:
                value.escaped = Unknown(say("may be changed by code that cannot be followed"))
                inside = value.slots if isinstance(value, Mapping) else value.attributes
                self._births_of_escaped.append(inside.born)
                for each in list(inside.values()):
                    self._escape(each.value if isinstance(each, Slot) else each)
                if isinstance(value, Instance) and value.of:
                    self._escape(value.of)
        elif isinstance(value, (Choice, Sequence)):
            for each in value.options if isinstance(value, Choice) else value.items:
                self._escape(each)
        elif isinstance(value, Function):
            self._escape_function(value)
        elif isinstance(value, Super):
            self._escape(value.instance)
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
        if len(self._escaped) >= MOST_ESCAPED:
            raise TooLongError
        self._escaped.append(function)
        if function.frame is self._module and self._is_start:
            return  # it is followed with the requests, when the whole module is there
        self._follow_any_time(
            function.scope, function.frame, lambda: self._escape(self._apply(function, None, function.node))
        )

    def _follow_any_time(self, scope: Scope, frame: Frame, follow: Callable[[], object]) -> None:
        """Follow code that may run at any time from now on, and give up what it changes."""
        self._free_names_escape(scope, frame)
        mark = self._journal.mark()
        self._running[-1].branches += 1
        follow()
        self._running[-1].branches -= 1
        changes = self._journal.since(mark)
        self._journal.undo(mark)
        for cell, (container, _, _) in changes.items():
            self._journal.volatile[cell] = container
        self._journal.widen(mark, changes)

    def _free_names_escape(self, scope: Scope, around: Frame) -> None:
        """Give up names of the functions around that may stand for something else by the time some code runs."""
        frame: Frame | None = around
        while frame is not None and frame is not self._module:
            for name, bindings in frame.scope.bindings.items():
                value = frame.cells.get(name, MISSING)
                if isinstance(value, (Mapping, Instance)) and reads(scope, name, frame.scope):
                    self._lose(value)  # what it holds then is not known
                if (len(bindings) > 1 or value is MISSING) and reads(scope, name, frame.scope):
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
                    if frame is self._module and self.opaque and not is_fixed(value):
                        return Unknown(say("may be changed by code that cannot be followed"), self.opaque)
                    return value
                if frame is self._module:
                    break
                if name in scope.bindings and not scope.is_class:
                    return UNKNOWN
            frame = frame.parent
        return self._not_bound(name, node)

    def _home_of(self, name: str) -> Frame | None:
        """Return the frame in which a name that is read here has a value, if it has one that is followed."""
        frame: Frame | None = self._frame
        while frame is not None:
            if frame is self._frame or not frame.scope.is_class:
                if name in frame.scope.elsewhere:
                    frame = self._frame_of(frame.scope.elsewhere[name], frame)
                if name in frame.cells:
                    return frame
            frame = frame.parent
        return None

    def _not_bound(self, name: str, node: ast.Name) -> Value:
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
            name = mangled(target.attr, self._frame.scope)
            self._store_attribute(self._value(target.value), name, value, target)
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
                self._scatter(
                    owner, Unknown(say("is set under a name that is only known when the script runs"), target)
                )
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
        if name in effects.MAKES_ANOTHER:
            raise TooLongError
        of_its_own = isinstance(owner, Instance) and owner.escaped is None and is_covered(in_class(owner.of, name))
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

    def _loop(self, turn: Callable[[], bool], orelse: list[ast.stmt], is_endless: bool = False) -> bool:
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
            for place in places_of(slot):
                self.key_reads.setdefault(id(place), []).append(node)

    def _enclosing_frame(self) -> Frame:
        frame = self._frame
        while frame.scope.is_class and frame.parent is not None:
            frame = frame.parent
        return frame

    def _lacks(self, mapping: Mapping, key: Value, node: ast.AST) -> None:
        """Trust a dict no more behind a KeyError, which ends the request unless something catches it."""
        is_there = not isinstance(key, Known) or key.value in mapping.slots or None in mapping.slots
        if not is_there:
            self._scatter(mapping, Unknown(say("lacks a key that is taken out of it"), node))

    def _take_out(self, mapping: Mapping, key: Value, node: ast.AST) -> Value:
        """Take an item out of a dict, and return it."""
        if mapping.is_any:
            self._escape(mapping)
        if not isinstance(key, Known) or not isinstance(key.value, str):
            self._scatter(mapping, Unknown(say("may be taken out of its dict"), node))
            return UNKNOWN
        slot = mapping.slots.get(key.value)
        if slot is None:
            return UNKNOWN
        self._read(slot, node)
        self._journal.write(mapping.slots, key.value, MISSING)
        return UNKNOWN if slot.maybe else slot.value

    def _read(self, slot: Slot, node: ast.AST) -> None:
        for place in places_of(slot):
            self.key_reads.setdefault(id(place), []).append(node)

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
        elif isinstance(given, Sequence) and all(map(is_pair, given.items)):
            for pair in given.items:
                assert isinstance(pair, Sequence) and isinstance(pair.items[0], Known)
                name, value = pair.items[0], pair.items[1]
                self._put(mapping, name.value, Slot(value, None, None, None, self._frame.scope))
        elif isinstance(given, Known) and given.value is None:
            pass
        else:
            self._escape(given)
            self._scatter(mapping, from_elsewhere(given, node))

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

    def _passed(self, value: Value, node: ast.expr) -> Value:
        """Return a value behind the expression that gives it."""
        if type(value) is Known:
            if value.trace and value.trace[-1].node is node:
                return value
            return value.passing(node, self._frame.scope)
        if type(value) is Choice:
            return Choice(tuple(self._passed(option, node) for option in value.options))
        return value

    def _truth(self, value: Value) -> bool | None:
        if isinstance(value, Known):
            if isinstance(value.value, list):
                return None  # it may be changed
            return True if isinstance(value.value, Member) else bool(value.value)
        if isinstance(value, Mapping):
            if value.escaped is None and any(name is not None and not slot.maybe for name, slot in value.slots.items()):
                return True
            return False if value.escaped is None and not value.slots else None
        if isinstance(value, (Function, Class, Module, Method, Partial)):
            return True
        return None

    def _apply(self, called: Value, given: Given | None, node: ast.AST) -> Value:
        """Follow a call of something of the script's own; without ``given`` nothing is known of the arguments."""
        raise NotImplementedError

    def _block(self, statements: list[Any]) -> bool:
        """Follow statements; say whether the last one is passed."""
        raise NotImplementedError

    def _value(self, node: ast.expr) -> Value:
        """Follow an expression, and return what it stands for."""
        raise NotImplementedError


def _like(mapping: Mapping, options: list[Value]) -> Mapping | None:
    """Return the dict among several values that another one is like."""
    dicts = (each for each in options if isinstance(each, Mapping))
    return next((each for each in dicts if each is mapping or alike(each, mapping)), None)
