"""How the script takes a request apart."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from generator.checks.context import Context
from generator.checks.registry import Remark, check
from generator.script.scopes import Scope, Use
from generator.translations.language import say


@check("SG113")
def rows_not_checked(script: Context) -> Iterator[Remark]:
    """Find columns that are collected by appending in a loop over a row's items, in a function that refuses nothing."""
    if not script.scoring_calls:
        return
    refusing: dict[Scope, bool] = {}
    for use in script.names.method_calls:
        if _collects(use.node.func) and _in_loop_over_items(use):
            if use.scope not in refusing:
                inside = ast.walk(use.scope.node)
                refusing[use.scope] = any(isinstance(node, (ast.Raise, ast.Assert)) for node in inside)
            if not refusing[use.scope]:
                message = say(
                    "a row that lacks a key takes the next row's value: refuse requests whose rows have different keys"
                )
                yield Remark(use.node, message)


def _collects(function: ast.Attribute) -> bool:
    """Say whether a method puts something into a list that is found by a key, as requests' columns are collected."""
    return function.attr == "append" and isinstance(function.value, ast.Subscript)


def _in_loop_over_items(use: Use) -> bool:
    trail, loops = use.trail, []
    while trail and not isinstance(trail.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        if isinstance(trail.node, ast.For):
            loops.append(trail.node.iter)
        trail = trail.rest
    over_items = [
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "items"
        for node in loops
    ]
    return len(loops) > 1 and any(over_items)
