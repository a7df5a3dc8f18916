"""Calls: of scoring modules, of functions and classes of the script, of dicts, and of what cannot be seen."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, ClassVar

from generator.rules.coercion import Member
from generator.script import designer, effects
from generator.script.expressions import Expressions
from generator.script.journal import MISSING
from generator.script.kinds import (
    ENUM_PATHS,
    again,
    but_none,
    copied,
    from_elsewhere,
    in_class,
    lineage,
    referred,
    under_unknown_name,
)
from generator.script.objects import (
    UNKNOWN,
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
from generator.script.trace import DEEPEST, OTHER, Given, Reached, Running
from generator.translations.language import say


class Calls(Expressions):
    """Follows calls; ``special`` gives the method for functions of Python's own that make or read what is followed."""

    special: ClassVar[dict[str, Callable[[Any, ast.Call], Value]]] = {}

    def _call(self, node: ast.Call) -> Value:
        self._steps += 1
        function = node.func
        called = self._attribute_named(function) if isinstance(function, ast.Attribute) else self._value(function)
        return self._passed(self._called(called, node), node)

    def _called(self, called: Value, node: ast.Call) -> Value:
        # json.dumps(...), params.get(...), module.run(...), globals().get(...), mine(...): each in its own way
        called = but_none(called)
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

    def _given(self, node: ast.Call) -> Given:
        # f(*rows, count=5, **params)    rows are more by position; count comes first, then what params holds
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
                slots[keyword.arg] = again(slot, slots.get(keyword.arg))
        return Given(positional, slots, more, rest)

    def _spread(self, value: Value, slots: dict[str, Slot], node: ast.expr) -> Unknown | None:
        """Take ``**value`` among the arguments of a call; return why more may come with it.

        Python refuses a name that comes twice, so what the call says itself is not replaced.
        """
        if not isinstance(value, Mapping) or value.escaped is not None:
            self._escape(value)
            return value.escaped if isinstance(value, Mapping) else from_elsewhere(value, node)
        for name, slot in value.slots.items():
            if name is not None and not (slot.maybe and name in slots):
                slots[name] = again(slot, slots.get(name))
        rest = value.slots.get(None)
        return (rest.value if isinstance(rest.value, Unknown) else UNKNOWN) if rest else None

    def _call_ref(self, path: str, node: ast.Call) -> Value:
        name = path.rpartition(".")[2]
        if path in effects.CONSUMING:
            self._run_at_once.update(map(id, node.args))
        special = self.special.get(path)
        if special is not None:
            return special(self, node)
        if path in ENUM_PATHS and len(node.args) == 1:
            return self._member_by_value(path, node)
        reads = effects.reads(path)
        for value in self._arguments(node):
            if reads:
                self._glance(value)
                if name in ("max", "min") or not isinstance(value, (Mapping, Instance)):
                    self._lose(value)  # what is returned may be that, or hold what is in it
            else:
                self._escape(value)
        if path.startswith(("a constant.", "builtins.")) and name != "open":
            return UNKNOWN
        return referred(f"{path}()") if len(path) < 500 else UNKNOWN

    def _member_by_value(self, path: str, node: ast.Call) -> Value:
        # Kind(1)    the first member: the packages number them from 1
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
                self._scatter(mapping, from_elsewhere(UNKNOWN, node))
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
            return copied(mapping, node, self._journal.clock)
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
            if name == "pop":
                self._take_out(mapping, key, node)
            elif name == "setdefault":
                self._scatter(mapping, under_unknown_name(node))
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
        if name == "pop" and len(values) == 1:
            self._lacks(mapping, key, node)
        if name == "pop" and slot is not None:
            self._journal.write(mapping.slots, key.value, MISSING)
        elif name == "pop" and rest is not None:
            self._put(mapping, key.value, Slot(UNKNOWN, None, None, None, self._frame.scope, True))
            self._journal.write(mapping.slots, key.value, MISSING)
        if slot is None:
            return default if rest is None else UNKNOWN
        return self._either_of(slot.value, default) if slot.maybe else slot.value

    def _call_of_module(self, module: Module, name: Any, node: ast.AST, given: Given | None) -> Value:
        # ScoreModule().run(count=5)    what all this is for: the call is noted with what it is given
        if name != "run" or given is None or not isinstance(node, ast.Call):
            self._escape_given(given)
            return UNKNOWN
        if self._is_later:
            given = _as_known_later(given, node)
        order = list(given.slots.items())
        slots = dict(order)
        reached = Reached(
            module.table, node, self._frame.scope, slots, order, given.positional,
            given.rest or (from_elsewhere(UNKNOWN, node) if given.more else None),
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
        # for top in (5, 7): score(top)    one call, reached twice: count is a Choice of both
        names = dict.fromkeys([*one.slots, *other.slots])
        slots = {name: self._joined(one.slots.get(name, MISSING), other.slots.get(name, MISSING)) for name in names}
        positional = one.positional
        if len(one.positional) == len(other.positional):
            positional = [self._joined(a, b) for a, b in zip(one.positional, other.positional, strict=True)]
        return Reached(one.table, one.node, one.scope, slots, list(slots.items()), positional, one.rest or other.rest)

    def _apply(self, called: Value, given: Given | None, node: ast.AST) -> Value:
        """Follow a call of something of the script's own; without ``given`` nothing is known of the arguments."""
        if isinstance(called, Function):
            return self._run_function(called, given, node)
        if isinstance(called, Method):
            if isinstance(called.owner, Module):
                return self._call_of_module(called.owner, called.function, node, given)
            if isinstance(called.function, Function):
                owner = called.owner
                with_owner = (
                    Given([owner], {}, True, UNKNOWN)
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
                given = Given([], {}, True, UNKNOWN)
            rest = given.rest or called.given.escaped
            slots = {**({} if called.given.escaped else called.given.slots), **given.slots}
            given = Given([*called.positional, *given.positional], slots, given.more, rest)
            if isinstance(called.function, Ref) or not isinstance(node, ast.Call):
                self._escape_given(given)
                return UNKNOWN
            return self._apply(called.function, given, node)
        if isinstance(called, Class):
            return self._made(called, given, node)
        if isinstance(called, Instance) and called.of:
            method = in_class(called.of, "__call__")
            if isinstance(method, Function):
                return self._apply(Method(called, method), given, node)
        if isinstance(called, Module) and called.is_class:
            return Module(called.table, False)
        self._escape(called)
        self._escape_given(given)
        return UNKNOWN

    def _escape_given(self, given: Given | None) -> None:
        if given is not None:
            for value in [*given.positional, *(slot.value for slot in given.slots.values())]:
                self._escape(value)

    def _made(self, of: Class, given: Given | None, node: ast.AST) -> Value:
        # Settings(5)    runs __init__(), or fills the fields of a dataclass in their order
        if of.is_open:
            self._escape_given(given)
            self._escape(of)
            return UNKNOWN
        made = Instance(of, self._journal.clock)
        start = _init_of(of)
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
                    else of.defaults.get(name, UNKNOWN)
                )
                self._journal.write(made.attributes, name, value)
            after = in_class(of, "__post_init__")
            if isinstance(after, Function):
                self._apply(Method(made, after), Given([], {}, False, None), node)
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

    def _run_function(self, function: Function, given: Given | None, node: ast.AST) -> Value:
        if function.is_cached and function.once is not None:
            self._escape_given(given)
            return function.once
        if any(running.node is function.node for running in self._running) or len(self._running) > DEEPEST:
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
        if isinstance(function.node, ast.AsyncFunctionDef) and self._is_awaited_later(node):
            self._escape_given(given)
            self._escape_function(function)
            return UNKNOWN
        outer, self._frame = self._frame, frame
        running = Running(function.node, self._journal.mark())
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
            else:
                function.kept = value if function.kept is None else self._either_of(function.kept, value)
                return function.kept
        return value

    def _is_awaited_later(self, node: ast.AST) -> bool:
        """Say whether a call of an ``async def`` only makes a coroutine, which runs when that is awaited."""
        return isinstance(node, ast.Call) and id(node) not in self._run_at_once

    def _returned(self, running: Running, passes: bool) -> Value:
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

    def _take_arguments(self, function: Function, given: Given | None, frame: Frame) -> None:
        # def score(top, *rest, kind="x", **params)    called as score(5, 6, size=7): rest is (6,), params {"size": 7}
        arguments = function.node.args
        positional = [*arguments.posonlyargs, *arguments.args]
        if given is None:
            given = Given([], {}, True, UNKNOWN)
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


def _init_of(of: Class) -> Value | None:
    """Return the ``__init__()`` that a class has written out; None where it has none, or is given one."""
    for each in lineage(of):
        if "__init__" in each.attributes or each.makes_init:
            return each.attributes.get("__init__")
    return None


def _as_known_later(given: Given, node: ast.Call) -> Given:
    """Return what a call is given that runs when the names in it may stand for something else."""
    here = {name: slot._replace(value=UNKNOWN) for name, slot in given.slots.items() if slot.holder is node}
    spread = any(keyword.arg is None for keyword in node.keywords)
    return Given(given.positional, here, given.more, Unknown(say("is looked up later"), node) if spread else given.rest)
