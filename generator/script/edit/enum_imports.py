"""How a script reaches the Enum classes of its Score module, and how it comes to reach one that it lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from generator.script.calls import ScoringCall
from generator.script.scopes import Binding, Names, Scope, Trail
from generator.text.spans import Text


class Enums:
    """The Enum classes of a script's module: by which names, and which must still be imported."""

    def __init__(self, names: Names, text: Text, call: ScoringCall) -> None:
        """Look through the script's imports."""
        self._names = names
        self._text = text
        self._call = call
        self._asked: list[Scope] = [call.scope]
        self.missing: list[str] = []
        self.used: set[str] = set()

    def spelled(self, enum: str, scope: Scope | None = None) -> str:
        """Return the source that names an Enum class in a scope; one that is not imported is noted as missing."""
        scope = scope or self._call.scope
        self.used.add(enum)
        paths = self._call.table.import_paths
        imports = list(_imports(scope))
        for name, binding in imports:
            if binding.target in [f"{path}.{enum}" for path in paths]:  # from PATH import Kind as K: K
                return name
        for name, binding in imports:
            if binding.target in paths:  # import PATH as module: module.Kind
                return f"{name}.{enum}"
        if any(path in outer.stars for outer in _outwards(scope) for path in paths):  # from PATH import *: Kind
            return enum
        owner = self._class_owner()
        if owner:  # a.b.Module(): a.b.Kind
            return f"{owner}.{enum}"
        self._asked.append(scope)
        if enum not in self.missing:
            self.missing.append(enum)
        return enum

    def statement(self) -> ast.ImportFrom | None:
        """Return the import that brings the module's class or an Enum class, to which a missing one is added.

        None where it would not be seen wherever the Enum is used: then the module needs an import of its own.
        """
        classes = [f"{path}.{self._call.table.class_name}" for path in self._call.table.import_paths]
        enums = [binding.target for _, binding in self.imports()]
        for targets in (classes, enums):
            for _, binding in _imports(self._call.scope):
                seen = all(binding.scope in _outwards(scope) for scope in self._asked)
                if binding.target in targets and isinstance(binding.node, ast.ImportFrom) and seen:
                    return binding.node
        return None

    def imports(self) -> list[tuple[str, Binding]]:
        """Return the imports that bring an Enum class by name, and the names."""
        enums = {parameter.enum for parameter in self._call.table.parameters if parameter.enum}
        targets = [f"{path}.{enum}" for path in self._call.table.import_paths for enum in enums]
        return [
            (name, binding)
            for scope in dict.fromkeys([self._names.module, *_outwards(self._call.scope)])
            for name, bindings in scope.bindings.items()
            for binding in bindings
            if binding.target in targets
        ]

    def _class_owner(self) -> str | None:
        """Return the source of the module through which the class is reached: ``a.b`` of ``a.b.Class()``."""
        for scope in self._names.scopes:
            for uses in scope.uses.values():
                for use in uses:
                    trail = use.trail
                    while trail and isinstance(trail.node, ast.Attribute):
                        if trail.node.attr == self._call.table.class_name:
                            return ast.unparse(trail.node.value)
                        trail = trail.rest
        return None


def _imports(scope: Scope) -> Iterator[tuple[str, Binding]]:
    """Yield the imports that can be used in a scope when the script runs."""
    for outer in _outwards(scope):
        for name, bindings in outer.bindings.items():
            for binding in bindings:
                if binding.target and not _is_for_types_only(binding.trail):
                    yield name, binding


def _outwards(scope: Scope | None) -> Iterator[Scope]:
    while scope:
        yield scope
        scope = scope.parent


def _is_for_types_only(trail: Trail | None) -> bool:
    while trail:
        if isinstance(trail.node, ast.If) and ast.unparse(trail.node.test).endswith("TYPE_CHECKING"):
            return True
        trail = trail.rest
    return False
