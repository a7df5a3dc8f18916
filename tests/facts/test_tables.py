"""The parameter tables: well-formed, consistent, and typed, frozen objects once loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator import Table, load_tables
from generator.facts import compile as compiling
from generator.facts.modules import Parameter, Port, tables_by_key
from generator.rules.modes import conditions
from generator.rules.settings import fault
from generator.text.similar import fold

PACKAGE = Path(__file__).parents[2] / "generator" / "facts"
FILES = sorted((PACKAGE / "tables").glob("*.yaml"))


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_table_obeys_the_meta_schema(path: Path) -> None:
    schema = load(PACKAGE / "table.schema.yaml")
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(load(path))] == []


@pytest.mark.parametrize(
    "damage",
    [
        {"ports": [{"name": "x", "holds": "nothing", "form": "learner"}]},
        {"parameters": [{"name": "x", "labels": {"en": "X"}, "type": "option", "written_as": ["string"]}]},
        {"parameters": [{"name": "x", "labels": {"en": "X"}, "type": "integer", "written_as": ["integer"]}]},
        {"parameters": [{"name": "x", "labels": {}, "type": "text", "written_as": ["string"]}]},
        {"unknown": 1},
    ],
    ids=["port kind", "option without options", "integer without minimum", "no label", "unknown key"],
)
def test_the_meta_schema_refuses_a_damaged_table(damage: dict[str, Any]) -> None:
    schema = load(PACKAGE / "table.schema.yaml")
    assert not Draft202012Validator(schema).is_valid(load(FILES[0]) | damage)


def test_the_six_score_modules_are_there() -> None:
    assert {table.name for table in load_tables()} >= {
        "Assign Data to Clusters",
        "Score Image Model",
        "Score Model",
        "Score SVD Recommender",
        "Score Vowpal Wabbit Model",
        "Score Wide and Deep Recommender",
    }


def test_a_table_bears_the_name_of_its_file() -> None:
    assert sorted(table.id for table in load_tables()) == [path.stem for path in FILES]


def test_no_two_modules_share_a_key() -> None:
    keys = [key for table in load_tables() for key in table.keys]
    assert len(keys) == len(set(keys)) == len(tables_by_key())


@pytest.mark.parametrize("table", load_tables(), ids=lambda table: table.id)
def test_a_table_is_consistent(table: Table) -> None:
    names = [parameter.name for parameter in table.parameters]
    assert len(names) == len(set(names))
    assert [port.holds for port in table.ports].count("model") == 1
    assert [port.holds for port in table.ports].count("request") == 1
    labels: dict[str, str] = {}
    for parameter in table.parameters:
        for label in parameter.labels:
            assert labels.setdefault(fold(label.text), parameter.name) == parameter.name
            assert fold(label.text) not in {*names} - {parameter.name}
        for value in (parameter.default, parameter.in_script):
            assert value is None or fault(parameter, value) is None
        if parameter.required:
            assert parameter.in_script is not None or parameter.default is not None
    subjects: list[Parameter | Port] = [*table.parameters, *table.datasets]
    for subject in subjects:
        for condition in conditions(table, subject):
            members = {option.member for option in table.parameter(condition.parameter).options}
            assert set(condition.options) < members


def test_tables_are_frozen() -> None:
    table = load_tables()[0]
    with pytest.raises(AttributeError):
        table.name = "another"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        table.parameters[0].name = "another"  # type: ignore[misc]
    hash(load_tables())  # nothing in them can be changed


def test_an_unknown_parameter_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nonsense"):
        load_tables()[0].parameter("nonsense")


def test_the_compiled_facts_are_current() -> None:
    assert compiling.TARGET.read_text(encoding="utf-8") == compiling.compiled(), (
        "run `python -m generator.facts.compile`"
    )
