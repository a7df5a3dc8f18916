"""``_schema.json`` of a model folder: the columns that the model was trained on, in order."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NamedTuple

from generator.model.error import ModelError
from generator.translations.language import say

LARGEST_JSON = 8_000_000
"""How many bytes a JSON file of a model folder may have."""


class Column(NamedTuple):
    """A column: its name, and its type as the designer calls it (``float64``, ``str``, ...)."""

    name: str
    type: str

    @property
    def is_date(self) -> bool:
        """Whether it holds dates, of which json.dumps knows no form."""
        return self.type.startswith("datetime")


def parse_schema(content: bytes) -> tuple[Column, ...]:
    """Return the columns of a ``_schema.json``. Raises ModelError."""
    match parse_json(content):
        case {"columnAttributes": list(attributes)} if attributes:
            columns = tuple(map(_column, attributes))
            for name, number in Counter(column.name for column in columns).items():
                if number > 1:
                    raise ModelError(say("it has the column {repeated!r} twice", repeated=name))
            return columns
    raise ModelError(say("it is not a schema: a list under columnAttributes is missing"))


def _column(attribute: Any) -> Column:
    match attribute:
        case {"name": str(name), "elementType": {"typeName": str(kind)}}:
            return Column(name, kind)
    raise ModelError(say("it is not a schema: a column has no name or no type"))


def parse_json(content: bytes) -> Any:
    """Return what a JSON file of a model folder says. Raises ModelError."""
    if len(content) > LARGEST_JSON:
        raise ModelError(say("it has more than {number} MB", number=LARGEST_JSON // 1000000))
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ModelError(say("it is not JSON: {error}", error=error)) from error
