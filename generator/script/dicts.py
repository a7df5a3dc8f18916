"""Assignments, and what is done with the dicts that a scoring call is given."""

from __future__ import annotations

import ast

from generator.script import effects
from generator.script.joins import Joins
from generator.script.journal import MISSING
from generator.script.kinds import from_elsewhere, in_class, is_covered, is_pair, mangled, places_of, under_unknown_name
from generator.script.objects import (
    UNKNOWN,
    Choice,
    Class,
    Function,
    Instance,
    Known,
    Mapping,
    Module,
    Ref,
    Scored,
    Sequence,
    Slot,
    Unknown,
    Value,
    View,
)
from generator.script.trace import OTHER, READ, TooLongError
from generator.translations.language import say


class Dicts(Joins):
    """Follows assignments to names, attributes and items, and what reads or changes a dict."""

    def _store(self, target: ast.expr, value: Value, statement: ast.stmt | None, source: ast.expr | None) -> None:
        """Follow an assignment to a target; ``source`` is where the value is written, if for the target alone."""
        # top = 5; (top, kind) = (5, 6); params["count"] = 5; self.top = 5; first, *rest = 5, 6
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
        # (scored,) = module.run(...)    scored is the result; top, kind = 5, 6    each gets its own
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
                self._scatter(owner, under_unknown_name(target))
        elif isinstance(owner, Ref) and owner.path == "globals()":
            if isinstance(name, str):
                self._journal.write(self._module.cells, name, value)
            else:
                self._hide(target)
        else:
            self._escape(owner)
            self._escape(value)

    def _store_attribute(self, owner: Value, name: str, value: Value, node: ast.AST) -> None:
        # settings.top = 5    known; module.run = other    what is called is no longer what its name says
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

    def _put(self, mapping: Mapping, name: str, slot: Slot) -> None:
        # params["count"] = 5; params["count"] = 7    the slot of 7 knows what it has replaced
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
        # params = {"count": 5}; params[name] = 7    count is Unknown, and more may be there: under None
        if mapping.is_any:
            self._escape(mapping)
        for name, slot in list(mapping.slots.items()):
            if not isinstance(slot.value, Unknown):
                self._lose(slot.value)
                self._journal.write(mapping.slots, name, slot._replace(value=why, expression=None))
        self._journal.write(mapping.slots, None, Slot(why, None, None, None, self._frame.scope))

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

    def _lacks(self, mapping: Mapping, key: Value, node: ast.AST) -> None:
        """Trust a dict no more behind a KeyError that nothing expects: the request ends by it, or is answered so."""
        # try: top = params["top"]
        # except KeyError: top = 5    expected, and both ways are followed; `except Exception` expects no mistake
        is_there = not isinstance(key, Known) or key.value in mapping.slots or None in mapping.slots
        if not is_there and not self._expected_key_errors:
            self._scatter(mapping, Unknown(say("lacks a key that is read or taken out"), node))

    def _take_out(self, mapping: Mapping, key: Value, node: ast.AST) -> Value:
        """Take an item out of a dict, and return it."""
        if mapping.is_any:
            self._escape(mapping)
        if not isinstance(key, Known) or not isinstance(key.value, str):
            self._scatter(mapping, Unknown(say("may be taken out of its dict"), node))
            for name, left in list(mapping.slots.items()):  # for name in list(params): if ...: del params[name]
                self._journal.write(mapping.slots, name, left._replace(maybe=True))
            return UNKNOWN
        slot = mapping.slots.get(key.value)
        if slot is None:
            return UNKNOWN
        self._read(slot, node)
        self._journal.write(mapping.slots, key.value, MISSING)
        return UNKNOWN if slot.maybe else slot.value

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

    def _read(self, slot: Slot, node: ast.AST) -> None:
        for place in places_of(slot):
            self.key_reads.setdefault(id(place), []).append(node)
