"""What an expression is worth, as far as that can be told without running the script."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple

from generator.facts.modules import Table
from generator.rules.coercion import Member
from generator.script import designer
from generator.script.scopes import Scope, assigned_once, qualified


class Dynamic(NamedTuple):
    """A value that only the running script knows."""


DYNAMIC = Dynamic()


def evaluate(node: ast.expr, scope: Scope, table: Table) -> Any:
    """Return the value of an expression in a scoring call of a module: a Python value, a Member or DYNAMIC."""
    node, scope = source_of(node, scope)
    if isinstance(node, (ast.Attribute, ast.Subscript)):
        return member(node, scope, table) or DYNAMIC
    return DYNAMIC if isinstance(node, ast.Name) else _literal(node)


def source_of(node: ast.expr, scope: Scope) -> tuple[ast.expr, Scope]:
    """Return the expression that a value comes from, through names assigned once, and where its names belong."""
    # TOP = 5; top = TOP; run(count=top)    top -> TOP -> 5
    for _ in range(20):
        if isinstance(node, ast.NamedExpr):
            node = node.value
            continue
        binding = assigned_once(node.id, scope) if isinstance(node, ast.Name) else None
        if binding is None or binding.value is None:
            break
        node, scope = binding.value, binding.scope
    return node, scope


def _literal(node: ast.expr) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.JoinedStr) and all(isinstance(part, ast.Constant) for part in node.values):
        return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _joined(node)
    if not _can_be_literal(node):
        return DYNAMIC
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return DYNAMIC


def _can_be_literal(node: ast.expr) -> bool:
    """Say, without an import, whether it is worth asking for a literal's value: an empty set is a call."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "set"
    return isinstance(node, (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.UnaryOp, ast.BinOp))


def _joined(node: ast.expr) -> Any:
    """Return the text of texts that are added up, from left to right."""
    parts: list[str] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        if not isinstance(node.right, ast.Constant) or not isinstance(node.right.value, str):
            return DYNAMIC
        parts.append(node.right.value)
        node = node.left
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return DYNAMIC
    return "".join([node.value, *reversed(parts)])


def member(node: ast.Attribute | ast.Subscript, scope: Scope, table: Table) -> Member | None:
    """Return the member of a module's Enum class that an expression stands for, if it is one."""
    # Kind.Rating, Kind["Rating"], module.Kind.Rating
    if isinstance(node, ast.Attribute):
        name = node.attr
    elif isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        name = node.slice.value
    else:
        return None
    path = qualified(node.value, scope)
    if path:
        return Member(path.rpartition(".")[2], name) if path in designer.enums() else None
    if isinstance(node.value, ast.Name) and not scope.home(node.value.id).bindings.get(node.value.id):
        enum = node.value.id
        if any(enum == parameter.enum for parameter in table.parameters):
            return Member(enum, name, imported=_by_star(scope, table))
    return None


def _by_star(scope: Scope, table: Table) -> bool:
    while scope.parent:
        scope = scope.parent
    return any(path in scope.stars for path in table.import_paths)
