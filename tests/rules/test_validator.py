"""The validator says what jsonschema says: the same keywords against the same values, in the same order."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError, validators

from generator.conda.block_schema import conda_schema, definitions, module_conda_schema
from generator.config.deployment import deployment_schema
from generator.config.schema import config_schema, schema_by_name
from generator.facts.modules import load_tables
from generator.rules.settings import ENDPOINTS
from generator.rules.validator import validator
from tests.support.strategies import anything, configs

SCHEMAS: dict[str, Mapping[str, Any]] = {
    "config": config_schema(),
    "config by name": schema_by_name(),
    **{f"{kind} deployment": deployment_schema(kind) for kind in ENDPOINTS},
    **{
        f"conda of {table.id}": {"allOf": [conda_schema(), module_conda_schema(table)], "$defs": definitions()}
        for table in load_tables()
    },
}
SMALL: list[tuple[str, dict[str, Any], list[Any], list[Any]]] = [
    ("type", {"type": "integer"}, [1, 10**40], [True, 1.0, "1", None]),
    ("several types", {"type": ["number", "null"]}, [1, 1.5, None], [False, "1", []]),
    ("booleans too", {"type": ["boolean", "integer"]}, [True, 1], [1.5, "true"]),
    ("enum", {"enum": [1, "a", True, [1, {"b": False}]]}, [1, 1.0, "a", True, [1.0, {"b": False}]], [[1, {"b": 0}], 2]),
    ("const", {"const": 0}, [0, 0.0], [False, "0", None]),
    ("limits", {"minimum": 1, "maximum": 2}, [1, 2, 1.5, "5", True], [0, 3, 2.5]),
    ("lengths", {"minLength": 1, "maxLength": 2}, ["a", "ab", 7, []], ["", "abc"]),
    ("pattern", {"pattern": "^a"}, ["a", "ab", 1], ["b", ""]),
    ("items", {"items": {"type": "string"}, "minItems": 1}, [["a"], "a"], [[], [1], ["a", 1, 2]]),
    ("sizes", {"maxItems": 1, "minProperties": 1, "maxProperties": 1}, [[1], {"a": 1}], [[1, 2], {}, {"a": 1, "b": 2}]),
    ("unique", {"uniqueItems": True}, [[1, True, "1"], [[1], [2]], {}], [[1, 1.0], [{"a": [1]}, {"a": [1.0]}]]),
    ("required", {"required": ["a"]}, [{"a": None}, []], [{}, {"b": 1}]),
    ("no other", {"properties": {"a": True}, "additionalProperties": False}, [{}, {"a": 1}, 1], [{"b": 1}]),
    (
        "others",
        {"patternProperties": {"^x": {"type": "null"}}, "additionalProperties": {"type": "string"}},
        [{"a": "b"}, {"x1": None}],
        [{"a": 1, "b": ""}, {"x1": 1}],
    ),
    ("names", {"propertyNames": {"maxLength": 1}}, [{"a": 1}, 1], [{"ab": 1}]),
    ("dependent", {"dependentSchemas": {"a": {"required": ["b"]}}}, [{}, {"a": 1, "b": 1}], [{"a": 1}]),
    ("any", {"anyOf": [{"type": "string"}, {"minimum": 3}]}, ["a", 3], [1]),
    ("not", {"not": {"type": "string"}}, [1], ["a"]),
    ("all", {"allOf": [{"minimum": 1}, {"minimum": 2}]}, [2], [0, 1]),
    (
        "if",
        {"if": {"minimum": 5}, "then": {"type": "integer"}, "else": {"type": "number", "maximum": 2}},
        [5, 2, 1.5],
        [5.5, 3],
    ),
    ("deprecated", {"properties": {"a": {"deprecated": True}}}, [{}], [{"a": 1}]),
    ("reference", {"$ref": "#/$defs/b", "minimum": 2, "$defs": {"b": {"type": "integer"}}}, [2], [1, 2.5, 1.5]),
    (
        "reference to itself",
        {"$ref": "#/$defs/b", "$defs": {"b": {"type": ["array", "integer"], "items": {"$ref": "#/$defs/b"}}}},
        [[[1], [[]]]],
        [[["a"], [[None]]]],
    ),
]


def reference(schema: Mapping[str, Any]) -> Any:
    """Return jsonschema's validator, with ``deprecated``, and to which 5.0 is no integer."""

    def deprecated(_: Any, value: bool, __: Any, ___: Any) -> Iterator[ValidationError]:
        if value:
            yield ValidationError("deprecated")

    def integer(_: Any, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", integer)
    extend: Any = validators.extend
    return extend(Draft202012Validator, {"deprecated": deprecated}, type_checker=checker)(schema)


PAIRS = {name: (validator(schema), reference(schema)) for name, schema in SCHEMAS.items()}


def assert_same(name: str, value: Any) -> None:
    ours, theirs = PAIRS[name]
    assert said(ours(value)) == told(theirs, value)


def said(found: Iterator[Any]) -> list[tuple[Any, ...]]:
    return [tuple(invalid) for invalid in found]


def told(theirs: Any, value: Any) -> list[tuple[Any, ...]]:
    """Return what jsonschema says, which names what is required once for each key that is missing."""
    found: list[tuple[Any, ...]] = []
    for error in theirs.iter_errors(value):
        known = () if isinstance(error.schema, bool) else tuple(error.schema.get("properties", ()))
        wanted = False if error.schema is False else error.validator_value
        told = (error.validator or "", wanted, error.instance, known, tuple(error.absolute_path))
        if error.validator != "required" or told not in found:
            found.append(told)
    return found


@pytest.mark.parametrize(("schema", "right", "wrong"), [row[1:] for row in SMALL], ids=[row[0] for row in SMALL])
def test_a_keyword(schema: dict[str, Any], right: list[Any], wrong: list[Any]) -> None:
    ours, theirs = validator(schema), reference(schema)
    for values, is_right in ((right, True), (wrong, False)):
        for value in values:
            assert said(ours(value)) == told(theirs, value)
            assert (next(ours(value), None) is None) == is_right


def test_what_never_fits() -> None:
    """Here jsonschema loses the path."""
    ours = validator({"properties": {"a": False}})
    assert said(ours({"b": 1})) == []
    assert said(ours({"a": 1})) == [("", False, 1, (), ("a",))]


def test_a_keyword_that_is_not_known() -> None:
    with pytest.raises(ValueError, match=r"contains: \{\} is not known here"):
        validator({"properties": {"a": {"contains": {}}}})


@given(configs(), st.data())
@pytest.mark.parametrize("name", ["config", "config by name"])
def test_configs(name: str, config: dict[str, Any], data: st.DataObject) -> None:
    damaged = copy.deepcopy(config)
    place = data.draw(st.sampled_from([damaged, damaged["parameters"], damaged["datasets"]]))
    place[data.draw(st.sampled_from([*place, "nonsense", "conda", "deployment", "response"]))] = data.draw(anything)
    for value in (config, damaged, {"scripts": [config, damaged]}, {"scripts": [damaged, 1], "a": 1}):
        assert_same(name, value)


@given(st.data())
@pytest.mark.parametrize("name", [name for name in SCHEMAS if not name.startswith("config")])
def test_blocks(name: str, data: st.DataObject) -> None:
    keys = data.draw(
        st.sampled_from([["endpoint", "model", "name", "instance_type", "tags"], ["packages", "pins", "name"]])
    )
    assert_same(name, data.draw(st.one_of(anything, st.dictionaries(st.sampled_from(keys), anything))))
