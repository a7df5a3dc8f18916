"""Generated scripts without the designer's packages: what they read of requests and make of frames is Python alone."""

from __future__ import annotations

import ast
import base64
import csv
import json
import os
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from generator import generate

NAMES: dict[str, Any] = {
    "AMLResponse": None,
    "base64": base64,
    "csv": csv,
    "data_type_conversion": SimpleNamespace(convert_column_by_element_type=lambda values, _: values),
    "datetime": datetime,
    "decode_nan": lambda value: float("nan") if value == {"isNan": True} else value,
    "json": json,
    "os": os,
    "pd": SimpleNamespace(DataFrame=dict, Series=list),
}
"""What a script imports: a DataFrame is a dict of lists here, and nothing is converted."""


def schema_of(**types: str) -> dict[str, Any]:
    """Return a _schema.json whose columns have the types."""
    return {"columnAttributes": [{"name": name, "elementType": {"typeName": kind}} for name, kind in types.items()]}


def functions(config: dict[str, Any], schema: dict[str, Any] | None, **names: Any) -> dict[str, Any]:
    """Return the functions and constants of the script for a config, of which none is called at start."""
    tree = ast.parse(generate(config))
    kept: list[ast.stmt] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            node.decorator_list = []
        if isinstance(node, (ast.FunctionDef, ast.Assign)):
            kept.append(node)
    there = {**NAMES, "schema": schema, **names}
    exec(compile(ast.Module(kept, []), "score.py", "exec"), there)
    return there


def reader(config: dict[str, Any], schema: dict[str, Any] | None, **names: Any) -> Callable[[Any], Any]:
    """Return how the script for a config reads a request: a function of its text, or of its rows."""
    read: Callable[[Any], Any] = functions(config, schema, **names)["read_frame"]
    return read


class Frame:
    """As much of a DataFrame as a script asks of the scored one: columns by name, in their order."""

    def __init__(self, **columns: list[Any]) -> None:
        self._columns = columns
        self.shape = (len(next(iter(columns.values()), [])), len(columns))
        self.iloc = self
        self.values = self

    def __iter__(self) -> Any:
        return iter(self._columns)

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, list):
            return Frame(**{name: self._columns[name] for name in key})
        values = list(self._columns.values())[key[1]]
        return SimpleNamespace(tolist=lambda: list(values))

    def rename(self, columns: dict[str, str]) -> Frame:
        """Return the frame with other names."""
        return Frame(**{columns.get(name, name): values for name, values in self._columns.items()})
