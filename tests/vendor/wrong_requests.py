"""Requests that people get wrong, made for any model from its schema and a row of its samples."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

MANY = 40
"""The wrong requests of a model."""

_NOT_ROWS = ("", "nonsense", "{", "[{}", "7", "null", "true", '"text"', "[]", "{}", "[" * 100_000)
_CELLS: dict[str, list[Any]] = {
    "bool": ["False", "true", "0", "no", 0, 1, 1.0, None, {"isNan": True}, []],
    "int64": [7.9, "7", "", None, True, 1e300, 10**19, -(2**63), {"isNan": True}, [7], {}],
    "float64": ["7", "", "nan", True, 10**400, [1.0], {}, {"isNan": False}],
    "datetime64": ["01/02/2020", "2020-02-30", "", "now", 5, "1600-01-01", "2020-01-31T10:30:00+02:00", True, []],
    "str": [0.5, False, ["a"], {"a": 1}, "half \ud83d of a character", "\udc00"],
    "id": [0.5, False, ["a"], {"a": 1}, None, "\ud83d", {"isNan": True}],
    "line": [7, None, True, "", "  ", "1 | a:1\n1 | a:2", ["| a:1"], {}, "| \ud83d", 0.5, False, "\n"],
}
_LITERALS = {"float64": ("Infinity", "-Infinity", "1e999"), "int64": ("NaN", "Infinity")}


class Wrong(NamedTuple):
    """A request, and the words that its refusal holds."""

    body: str
    words: tuple[str, ...]


def wrong_requests(schema: dict[str, Any] | None, row: dict[str, Any], ids: int = 0) -> list[Wrong]:
    """Return wrong requests, of every kind and for every column as far as there is room.

    ``ids`` is the number of columns at the front that hold ids; without a schema there is one column, of lines.
    """
    kinds = {}
    for place, column in enumerate(schema["columnAttributes"] if schema else []):
        stored = column["elementType"]["typeName"]
        kind = column.get("underlyingElementType") or stored
        kinds[column["name"]] = "id" if place < ids and kind == "str" else kind
    if len(row) == 1:  # Vowpal Wabbit's
        kinds = dict.fromkeys(row, "line")
    made = [*_shapes(row), *_cells(kinds, row)]
    return made[:MANY]


def _shapes(row: dict[str, Any]) -> Iterator[Wrong]:
    for text in _NOT_ROWS:
        yield Wrong(text, ())
    name = next(iter(row))
    for other in (7, "text", None, [row]):
        yield Wrong(json.dumps([row, other]), ("row 2",))
    yield Wrong(json.dumps([row, {**row, "more": 1}]), ("row 2", "'more'"))
    yield Wrong(json.dumps([row, {key: row[key] for key in row if key != name}]), ("row 2", repr(name)))
    yield Wrong(json.dumps({"data": [row]}), ())
    yield Wrong(json.dumps({"Inputs": {"WebServiceInput0": [row]}, "GlobalParameters": {}}), ())


def _cells(kinds: dict[str, str], row: dict[str, Any]) -> Iterator[Wrong]:
    """Yield a wrong cell of one column after the other, then the next of each."""
    of = [list(_column(name, kind, row)) for name, kind in kinds.items()]
    for wrongs in itertools.zip_longest(*of):
        yield from filter(None, wrongs)


def _column(name: str, kind: str, row: dict[str, Any]) -> Iterator[Wrong]:
    """Yield a wrong cell after the other, each in the first row and below a right one."""
    literals = _LITERALS.get(kind, ())
    for value in [*_CELLS.get(kind, []), *literals]:
        for number in (1, 2):
            rows = [*[row] * (number - 1), {**row, name: "this cell"}]
            cell = value if value in literals else json.dumps(value)
            yield Wrong(json.dumps(rows).replace('"this cell"', cell), (f"row {number}", repr(name)))
