"""How an expression shapes a scored frame for JSON: as a generated script does, a downloaded one, or people by hand."""

from __future__ import annotations

import ast
import functools
from typing import Any, NamedTuple

from generator.facts.modules import Table
from generator.rules.settings import BODIES, Body

MADE_BY = "body_of"
"""The function that makes the shape in a generated script whose response is not the designer's."""

PLAIN = "plain"
"""The function that tells json.dumps() what it does not know, where the response is as the designer's script has it."""

READ_BY = "read_frame"
"""The function that reads a request in a generated script."""

_SHAPES = {
    "columns": ("FRAME.to_dict('list')", "FRAME.to_dict(orient='list')"),
    "records": (
        "{'result': FRAME.to_dict('records')}",
        "{'result': FRAME.to_dict(orient='records')}",
        "dict(result=FRAME.to_dict('records'))",
        "dict(result=FRAME.to_dict(orient='records'))",
    ),
    "rows": (
        "{'columns': list(FRAME), 'result': FRAME.to_dict('split')['data']}",
        "{'columns': list(FRAME), 'result': FRAME.values.tolist()}",
        "{'columns': list(FRAME.columns), 'result': FRAME.values.tolist()}",
        "{'columns': FRAME.columns.tolist(), 'result': FRAME.values.tolist()}",
    ),
    "values": ("{'result': FRAME.values.tolist()}",),
}
_OTHER_METHODS = ("to_dict", "to_json")


class Shape(NamedTuple):
    """A frame that is shaped, and how: by the name that a config has for it, None where it has none."""

    body: Body | None
    frame: ast.expr


def shape_of(node: ast.expr, table: Table) -> Shape | None:
    """Return how an expression shapes a frame; None if it does something else, or more than that."""
    for name, pattern in _patterns():
        found: list[ast.expr] = []
        if _matches(node, pattern, found) and len({ast.dump(frame) for frame in found}) == 1:
            return Shape(_in_config(name, table), found[0])
    return None


def other_shape_of(node: ast.expr) -> ast.expr | None:
    """Return the frame that an expression shapes in a way that no config names, by pandas' means alone."""
    if isinstance(node, ast.Dict):
        return other_shape_of(node.values[0]) if len(node.values) == 1 and _is_constant(node.keys[0]) else None
    if isinstance(node, ast.Subscript):
        return other_shape_of(node.value) if _is_constant(node.slice) else None
    if not isinstance(node, ast.Call):
        return None
    values = [*node.args, *(keyword.value for keyword in node.keywords)]
    if ast.unparse(node.func) in ("json.loads", "loads") and len(values) == 1:
        return other_shape_of(values[0])
    if not isinstance(node.func, ast.Attribute) or not all(map(_is_constant, values)):
        return None
    owner = node.func.value
    if node.func.attr in _OTHER_METHODS:
        return owner
    inner = owner.func if isinstance(owner, ast.Call) and not owner.args else owner
    is_all = isinstance(inner, ast.Attribute) and inner.attr in ("values", "to_numpy")
    return inner.value if node.func.attr == "tolist" and isinstance(inner, ast.Attribute) and is_all else None


def _in_config(name: str, table: Table) -> Body | None:
    if name == table.result.body == "columns" or (name, table.result.body) == ("values", "rows"):
        return BODIES[0]
    return next((body for body in BODIES if body == name), None)


@functools.cache
def _patterns() -> tuple[tuple[str, ast.expr], ...]:
    return tuple((name, ast.parse(text, mode="eval").body) for name, texts in _SHAPES.items() for text in texts)


def _matches(node: Any, pattern: Any, found: list[ast.expr]) -> bool:
    """Say whether a node is as a pattern has it, and gather what stands for its frame."""
    if isinstance(pattern, ast.Name) and pattern.id == "FRAME":
        found.append(node)
        return isinstance(node, ast.expr)
    if isinstance(pattern, list):
        pairs = zip(node, pattern, strict=False)
        return isinstance(node, list) and len(node) == len(pattern) and all(_matches(*pair, found) for pair in pairs)
    if not isinstance(pattern, ast.AST):
        return type(node) is type(pattern) and bool(node == pattern)
    fields = (field for field in pattern._fields if field not in ("ctx", "kind"))
    return type(node) is type(pattern) and all(
        _matches(getattr(node, field), getattr(pattern, field), found) for field in fields
    )


def _is_constant(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant)
