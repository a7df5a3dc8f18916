"""What an endpoint's response says: its rows, if it has any, and what a client has to know about it."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

_BRACKET = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{\]}]', re.DOTALL)
_MOST_LEVELS = 100
_MOST_CELLS = 2_000_000


class Table(NamedTuple):
    """The rows of a response, and the names of their columns where it has them."""

    names: list[str] | None
    rows: list[list[Any]]


class Response(NamedTuple):
    """A response as a client reads it.

    ``body`` is what it says; ``is_text``: it is a JSON text, which the endpoint has encoded once more, and ``is_json``:
    which holds JSON itself. ``strays`` are the words in it that are no JSON: NaN, Infinity and -Infinity.
    """

    body: Any
    is_text: bool
    is_json: bool
    strays: list[str]


def read_response(encoded: str) -> Response:
    """Return what the body of a response says; one with brackets too deep for a table to be made is left a text."""
    if _is_deep(encoded):
        return Response(encoded, False, False, [])
    body, strays = _decoded(encoded)
    if not isinstance(body, str):
        return Response(body, False, True, strays)
    if _is_deep(body):
        return Response(body, True, False, [])
    try:
        inner, strays = _decoded(body)
    except ValueError:
        return Response(body, True, False, [])
    return Response(inner, True, True, strays)


def _is_deep(text: str) -> bool:
    """Say whether a JSON text has more levels than can be written again."""
    if text.count("[") + text.count("{") <= _MOST_LEVELS:
        return False
    depth = 0
    for match in _BRACKET.finditer(text):
        if match[0][0] == '"':
            continue
        depth += 1 if match[0] in "[{" else -1
        if depth > _MOST_LEVELS:
            return True
    return False


def _decoded(text: str) -> tuple[Any, list[str]]:
    strays: dict[str, None] = {}

    def number(word: str) -> float:
        strays[word] = None
        return float(word)

    return json.loads(text, parse_constant=number), list(strays)


def table_of(body: Any) -> Table | None:
    """Return the rows of a response; None where it has another shape.

    It may be a list of rows, each an object or a list; an object of columns; or an object with either under ``result``,
    beside which the names can stand under ``columns``.
    """
    if isinstance(body, list):
        return _rows(body, None)
    if not isinstance(body, dict):
        return None
    if body.keys() == {"result"} and isinstance(body["result"], (list, dict)):
        return table_of(body["result"])
    if body.keys() == {"result", "columns"} and isinstance(body["result"], list):
        return _rows(body["result"], body["columns"])
    return _columns(body)


def _rows(rows: list[Any], names: Any) -> Table | None:
    if names is not None and not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
        return None
    if rows and names is None and all(isinstance(row, dict) for row in rows):
        names = list(dict.fromkeys(name for row in rows for name in row))
        if len(names) * len(rows) > _MOST_CELLS:  # rows that have hardly a name in common
            return None
        return Table(names, [[row.get(name) for name in names] for row in rows])
    widths = {len(row) if isinstance(row, list) else -1 for row in rows}
    if names is not None:
        widths.add(len(names))
    return Table(names, rows) if len(widths) <= 1 and -1 not in widths else None


def _columns(columns: dict[str, Any]) -> Table | None:
    if not columns or not all(isinstance(values, list) for values in columns.values()):
        return None
    if len({len(values) for values in columns.values()}) > 1:
        return None
    return Table(list(columns), [list(row) for row in zip(*columns.values(), strict=True)])
