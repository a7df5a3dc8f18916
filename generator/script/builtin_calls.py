"""Functions of Python's own that make, copy or read what is followed."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, ClassVar

from generator.script import designer, effects
from generator.script.function_calls import Calls
from generator.script.journal import MISSING
from generator.script.kinds import converted, copied, from_elsewhere, lineage, referred
from generator.script.objects import (
    UNKNOWN,
    Class,
    Instance,
    Known,
    Mapping,
    Module,
    Partial,
    Ref,
    Scored,
    Slot,
    Spot,
    Super,
    Value,
)
from generator.script.trace import OTHER


class BuiltinCalls(Calls):
    """Follows calls of ``dict``, ``functools.partial``, ``getattr``, ``exec`` and the like."""

    def _make_dict(self, node: ast.Call) -> Value:
        # dict(count=5, **params), dict([("count", 5)]), dict(params)
        made = Mapping(node, self._journal.clock)
        given = self._given(node)
        for value in given.positional:
            self._update(made, value, node.args[0])
        if given.more:
            self._scatter(made, from_elsewhere(UNKNOWN, node))
        if given.rest is not None:
            self._scatter(made, given.rest)
        for name, slot in given.slots.items():
            made.slots[name] = slot
        return made

    def _make_copy(self, node: ast.Call) -> Value:
        # copy.copy(params)    a dict of its own; copy.deepcopy(params)    so are the dicts in it
        values = self._arguments(node)
        if len(values) == 1 and isinstance(values[0], Mapping) and values[0].escaped is None:
            return copied(values[0], node, self._journal.clock, deep="deep" in ast.unparse(node.func))
        for value in values:
            self._glance(value) if "deep" in ast.unparse(node.func) else self._lose(value)
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
        # partial(module.run, count=5)(learner=model)    given both
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

    def _make_field(self, node: ast.Call) -> Value:
        """Follow ``dataclasses.field(default=5)``."""
        value: Value = UNKNOWN
        for keyword in node.keywords:
            given = self._value(keyword.value)
            if keyword.arg == "default":
                value = given
            else:
                self._escape(given)
        return value

    def _run_coroutine(self, node: ast.Call) -> Value:
        """Follow ``asyncio.run(score(table))``."""
        self._run_at_once.update(map(id, node.args[:1]))
        values = self._arguments(node)
        for value in values[1:]:
            self._escape(value)
        return values[0] if values else UNKNOWN

    def _wait_for(self, node: ast.Call) -> Value:
        """Follow ``await asyncio.wait_for(score(table), 5)``."""
        if id(node) in self._run_at_once:
            return self._run_coroutine(node)
        for value in self._arguments(node):
            self._escape(value)
        return UNKNOWN

    def _import_module(self, node: ast.Call) -> Value:
        """Follow ``importlib.import_module("package.module")``."""
        values = self._arguments(node)
        self._consume(values[0] if values else UNKNOWN, OTHER)
        path = values[0].value if len(values) == 1 and isinstance(values[0], Known) else None
        if not isinstance(path, str) or path in effects.OWN_NAMES:
            self._hide(node)
            return UNKNOWN
        return referred(path)

    def _get_attribute(self, node: ast.Call) -> Value:
        # getattr(settings, "top"), getattr(Kind, "Rating"), getattr(module, "run", None)
        values = self._arguments(node)
        self._consume(values[1] if len(values) > 1 else UNKNOWN, OTHER)
        if len(values) >= 2 and isinstance(values[1], Known) and isinstance(values[1].value, str):
            if len(values) > 2:
                self._escape(values[2])
                if not isinstance(values[0], (Module, Class)):
                    return UNKNOWN
            return self._attribute_of(values[0], values[1].value, node)
        for value in values:
            self._escape(value)
        return UNKNOWN

    def _set_attribute(self, node: ast.Call) -> Value:
        values = self._arguments(node)
        self._consume(values[1] if len(values) > 1 else UNKNOWN, OTHER)
        owner = values[0] if values else UNKNOWN
        if isinstance(owner, Instance) and len(values) == 3 and isinstance(values[1], Known):
            self._store_attribute(owner, str(values[1].value), values[2], node)
            return Known(None, ())
        if isinstance(owner, Class):
            for each in lineage(owner):
                for name in list(each.attributes):
                    self._journal.write(owner.attributes, name, UNKNOWN)
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
        """Follow ``vars()``, ``locals()`` and ``vars(thing)``."""
        values = self._arguments(node)
        for value in list(self._frame.cells.values()) if not values else ():
            self._lose(value)
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
            result = converted(kind, values[0].value)
            return UNKNOWN if result is MISSING else Known(result, (Spot(node, self._frame.scope),))
        return UNKNOWN

    def _call_super(self, node: ast.Call) -> Value:
        # super().__init__(top) in a method    the object, looked at from behind the class of that method
        owner, around = self._frame.cells.get("self"), self._frame.scope.parent
        if not node.args and isinstance(owner, Instance) and owner.of and around and around.is_class:
            behind = [each for each in lineage(owner.of) if each.node is around.node]
            if behind:
                return Super(owner, behind[0])
        for value in self._arguments(node):
            self._escape(value)
        if isinstance(owner, Instance):
            self._escape(owner)
        return UNKNOWN

    special: ClassVar[dict[str, Callable[[Any, ast.Call], Value]]] = {
        "builtins.dict": _make_dict,
        "collections.OrderedDict": _make_dict,
        "copy.copy": _make_copy,
        "copy.deepcopy": _make_copy,
        "types.MappingProxyType": _same_dict,
        "types.SimpleNamespace": _make_namespace,
        "argparse.Namespace": _make_namespace,
        "functools.partial": _make_partial,
        "dataclasses.asdict": _make_fields_dict,
        "dataclasses.field": _make_field,
        "asyncio.run": _run_coroutine,
        "asyncio.get_event_loop().run_until_complete": _run_coroutine,
        "asyncio.new_event_loop().run_until_complete": _run_coroutine,
        "asyncio.wait_for": _wait_for,
        "importlib.import_module": _import_module,
        "builtins.getattr": _get_attribute,
        "builtins.setattr": _set_attribute,
        "builtins.delattr": _set_attribute,
        "builtins.exec": _run_code,
        "builtins.eval": _run_code,
        "importlib.reload": _run_code,
        "builtins.globals": _all_globals,
        "builtins.vars": _own_names,
        "builtins.locals": _own_names,
        "builtins.type": _type_of,
        "builtins.int": _convert,
        "builtins.str": _convert,
        "builtins.bool": _convert,
        "builtins.float": _convert,
        "builtins.super": _call_super,
    }
