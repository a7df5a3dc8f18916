"""How a script reaches the Enum classes of its Score module, and how it comes to reach one that it lacks."""

from __future__ import annotations

import ast

from generator.script.calls import ScoringCall
from generator.script.names import Binding, Names
from generator.script.text import Text


class Enums:
    """The Enum classes of a script's module: by which names, and which must still be imported."""

    def __init__(self, names: Names, text: Text, call: ScoringCall) -> None:
        """Look through the script's imports."""
        self._names = names
        self._text = text
        self._call = call
        self.missing: list[str] = []

    def spelled(self, enum: str) -> str:
        """Return the source that names an Enum class here; one that is not imported is noted as missing."""
        paths = self._call.table.import_paths
        for name, binding in self._imports():
            if binding.target in [f"{path}.{enum}" for path in paths]:
                return name
        for name, binding in self._imports():
            if binding.target in paths:
                return f"{name}.{enum}"
        if any(path in scope.stars for scope in self._names.scopes for path in paths):
            return enum
        owner = self._class_owner()
        if owner:
            return f"{owner}.{enum}"
        if enum not in self.missing:
            self.missing.append(enum)
        return enum

    def statements(self) -> list[ast.ImportFrom]:
        """Return the import statements that bring the module's class, to which a missing Enum class is added."""
        targets = [f"{path}.{self._call.table.class_name}" for path in self._call.table.import_paths]
        found = [self._statement(binding) for _, binding in self._imports() if binding.target in targets]
        return [statement for statement in found if statement]

    def binding(self, enum: str) -> Binding | None:
        """Return the import that brings an Enum class by name, if there is one."""
        targets = [f"{path}.{enum}" for path in self._call.table.import_paths]
        return next((binding for _, binding in self._imports() if binding.target in targets), None)

    def _imports(self) -> list[tuple[str, Binding]]:
        return [
            (name, binding)
            for scope in (self._names.module, self._call.use.scope)
            for name, bindings in scope.bindings.items()
            for binding in bindings
            if binding.target
        ]

    def _class_owner(self) -> str | None:
        """Return the source of the module through which the class is reached: ``a.b`` of ``a.b.Class()``."""
        for scope in self._names.scopes:
            for uses in scope.uses.values():
                for use in uses:
                    trail = use.trail
                    while trail and isinstance(trail.node, ast.Attribute):
                        if trail.node.attr == self._call.table.class_name:
                            return self._text.of(trail.node.value)
                        trail = trail.rest
        return None

    @staticmethod
    def _statement(binding: Binding) -> ast.ImportFrom | None:
        return binding.node if isinstance(binding.node, ast.ImportFrom) else None
