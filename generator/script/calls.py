"""Finding the scoring calls of a script, by what its imports make of the names."""

from __future__ import annotations

import ast
import functools
from typing import NamedTuple

from generator.facts.modules import Table, load_tables
from generator.script.scopes import Names, Scope, Use, assigned_once, qualified

MOST_CALLS = 20
"""How many scoring calls of a script are looked into: no one writes as many."""

METHOD = "run"
_MOST_IMPORTS = 10  # of one name, to try one package after another


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
        table = _module_of(function.value, use.scope) if function.attr == METHOD else None
        if table:
            found.append(ScoringCall(table, use.node, use))
    return found


def imported_modules(names: Names) -> dict[Table, ast.AST]:
    """Return the Score modules that a script imports, or whose class it imports, each with an import of it."""
    wanted = _by_path() | _classes()
    found: dict[Table, ast.AST] = {}
    for scope in names.scopes:
        for bindings in scope.bindings.values():
            for binding in bindings:
                table = wanted.get(binding.target or "")
                if table:
                    found.setdefault(table, binding.node)
        for path in scope.stars:
            if path in wanted:
                found.setdefault(wanted[path], names.module.node.body[0])
    return found


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
    if isinstance(node, ast.Name):  # one import or another, in try and except
        bindings = scope.home(node.id).bindings.get(node.id, [])
        either = {_classes().get(binding.target or "") for binding in bindings[:_MOST_IMPORTS]}
        if len(either) == 1 and len(bindings) <= _MOST_IMPORTS:
            return either.pop()
    if isinstance(node, ast.Name) and node.id not in scope.home(node.id).bindings:
        module = scope
        while module.parent:
            module = module.parent
        return next(
            (_classes()[f"{star}.{node.id}"] for star in module.stars if f"{star}.{node.id}" in _classes()), None
        )
    return None


@functools.cache
def packages() -> set[str]:
    """Return the top-level packages of the modules, one of which every designer script names."""
    return {path.partition(".")[0] for path in _by_path()}


@functools.cache
def _classes() -> dict[str, Table]:
    return {f"{path}.{table.class_name}": table for path, table in _by_path().items()}


@functools.cache
def _by_path() -> dict[str, Table]:
    return {path: table for table in load_tables() for path in table.import_paths}
