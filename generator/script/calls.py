"""Finding the scoring calls of a script, by what its imports make of the names."""

from __future__ import annotations

import ast
import functools
from typing import NamedTuple

from generator.script.names import Names, Scope, Use, assigned_once, qualified
from generator.table import Table, load_tables

_METHOD = "run"


class ScoringCall(NamedTuple):
    """A call of a Score module's ``run``."""

    table: Table
    node: ast.Call
    use: Use


def scoring_calls(names: Names) -> list[ScoringCall]:
    """Return the scoring calls of a script, in the order in which they stand."""
    found = []
    for use in names.method_calls:
        function = use.node.func
        table = _module_of(function.value, use.scope) if function.attr == _METHOD else None
        if table:
            found.append(ScoringCall(table, use.node, use))
    return found


def imported_modules(names: Names) -> set[Table]:
    """Return the Score modules that a script imports, or imports something of."""
    targets = {
        binding.target
        for scope in names.scopes
        for bindings in scope.bindings.values()
        for binding in bindings
        if binding.target
    }
    stars = {path for scope in names.scopes for path in scope.stars}
    return {
        table for path, table in _by_path().items() if targets & {path, f"{path}.{table.class_name}"} or path in stars
    }


def _module_of(node: ast.expr, scope: Scope) -> Table | None:
    """Return the module whose class, or whose instance, an expression is."""
    for _ in range(20):
        if isinstance(node, ast.Call):
            return _class(node.func, scope)
        table = _class(node, scope)
        if table or not isinstance(node, ast.Name):
            return table
        binding = assigned_once(node.id, scope)
        if binding is None or binding.value is None:
            return None
        node, scope = binding.value, binding.scope
    return None


def _class(node: ast.expr, scope: Scope) -> Table | None:
    path = qualified(node, scope)
    if path:
        return _classes().get(path)
    if isinstance(node, ast.Name) and node.id not in scope.home(node.id).bindings:
        module = scope
        while module.parent:
            module = module.parent
        return next(
            (_classes()[f"{star}.{node.id}"] for star in module.stars if f"{star}.{node.id}" in _classes()), None
        )
    return None


@functools.cache
def _classes() -> dict[str, Table]:
    return {f"{path}.{table.class_name}": table for path, table in _by_path().items()}


@functools.cache
def _by_path() -> dict[str, Table]:
    return {path: table for table in load_tables() for path in table.import_paths}
