"""``_samples.json`` of a model folder: rows of the training data, as a request holds them."""

from __future__ import annotations

from typing import Any

from generator.model.error import ModelError
from generator.model.schema import parse_json
from generator.translations.language import say


def parse_samples(content: bytes) -> list[dict[str, Any]]:
    """Return the sample rows: values by column name, ``{"isNan": true}`` for a NaN. Raises ModelError."""
    rows = parse_json(content)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ModelError(say("it holds no list of row objects"))
    return rows
