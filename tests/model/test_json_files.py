"""The JSON files of a model folder."""

from __future__ import annotations

import json

import pytest

from generator.model.error import ModelError
from generator.model.samples import parse_samples
from generator.model.schema import Column, parse_schema


def schema_of(*columns: tuple[str, str]) -> bytes:
    attributes = [
        {"name": name, "type": "Numeric", "isFeature": True, "elementType": {"typeName": kind, "isNullable": False}}
        for name, kind in columns
    ]
    return json.dumps({"columnAttributes": attributes, "featureChannels": [], "labelColumns": {}}).encode()


def test_columns_come_in_order() -> None:
    assert parse_schema(schema_of(("größe (cm)", "float64"), ("a", "str"))) == (
        Column("größe (cm)", "float64"),
        Column("a", "str"),
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is not JSON: "),
        (b"\xff", "it is not JSON: "),
        (b"[" * 100_000, "it is not JSON: "),
        (b"[]", "it is not a schema: a list under columnAttributes is missing"),
        (b'{"columnAttributes": []}', "it is not a schema: a list under columnAttributes is missing"),
        (b'{"columnAttributes": [{"name": 1}]}', "it is not a schema: a column has no name or no type"),
        (schema_of(("a", "str"), ("a", "int64")), "it has the column 'a' twice"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_schema_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(ModelError) as caught:
        parse_schema(content)
    assert str(caught.value).startswith(message)


def test_samples_are_rows() -> None:
    assert parse_samples(b'[{"a": 1.5, "b": {"isNan": true}}]') == [{"a": 1.5, "b": {"isNan": True}}]
    with pytest.raises(ModelError, match="it holds no list of row objects"):
        parse_samples(b'{"a": 1}')
