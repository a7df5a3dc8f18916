"""The published JSON Schema: any validator and any editor comes to the verdict of scoregen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator import ConfigError, Table, config_schema, load_tables
from generator.config.parse import parse_config
from generator.config.published_schema import published_schema
from generator.facts.modules import Parameter
from generator.rules.command_line import advice
from generator.rules.settings import fault, whole
from tests.support.strategies import anything, arguments, configs, spellings

PUBLISHED = json.loads(json.dumps(config_schema()))
VALIDATOR = Draft202012Validator(PUBLISHED)
PARAMETERS = [(table, parameter) for table in load_tables() for parameter in table.parameters]


def is_valid(config: Any) -> bool:
    try:
        parse_config(config, check_outputs=False)
    except ConfigError:
        return False
    return True


@given(configs())
def test_a_valid_config_is_valid_everywhere(config: dict[str, Any]) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(config)] == []
    assert is_valid({"scripts": [config]})


@given(configs(), st.data())
def test_the_verdicts_agree_on_damaged_configs(config: dict[str, Any], data: st.DataObject) -> None:
    config["parameters"][data.draw(st.sampled_from([*config["parameters"], "nonsense"]))] = data.draw(anything)
    if data.draw(st.booleans()):
        config["datasets"].pop("training_data", None)
    config |= data.draw(
        st.sampled_from([{}, {"output": ""}, {"outputs": "a"}, {"module": "Score"}, {"datasets": None}])
    )
    whole_floats = [value for value in config["parameters"].values() if isinstance(value, float) and value.is_integer()]
    if not whole_floats:  # 5.0 is 5 to JSON Schema, and a float to a script
        assert is_valid(config) == VALIDATOR.is_valid(config)


@given(st.data())
@pytest.mark.parametrize(
    ("table", "parameter"), PARAMETERS, ids=lambda item: item.id if isinstance(item, Table) else item.name
)
def test_the_schema_and_the_rules_agree_on_every_value(table: Table, parameter: Parameter, data: st.DataObject) -> None:
    words = [arguments(parameter)] if parameter.command_line else []
    value = data.draw(st.one_of(anything, spellings(parameter), *words))
    datasets = {port.name: {"path": "a.csv"} for port in table.datasets}  # some mode may need each
    assert (fault(parameter, whole(value)) is None) == is_valid(
        {"module": table.id, "parameters": {parameter.name: value}, "datasets": datasets}
    )


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "  -t  ",
            "-",
            "--",
            "-0.5",
            "-.5",
            "-5",
            "--link=logistic",
            "--link=",
            "--lin",
            "-b18",
            "-i",
            "-ix",
        ),
        *("word -i", "-t\n", "\n", "\t", "--link\u00a0logistic", "--examples", "--examples=2", "--examplesx", "-q::"),
        *("--q:", "--q: a", "--q:=a", "--l 0.5", "--l1", "--l1=", "--l1= 1", "--l1 a", "--l1 -1", "-l -.5e3", "-l=1"),
        *("--link", "--link sigmoid", '--link "logistic"', "-link logistic", "--link logistic x", "--id", "--id -t"),
        *("--id -", "-q a", "-q ab", "-qab", "-q", "-ta", "-t=1", "-testonly", "--f x", "-fx", "-f", "--oaa 0", "-b x"),
        *("--", "-- x", "--noop", "--ring_size 10001", "--passes 2", "--keep --link", "x " * 500 + "--nonsense"),
    ],
)
def test_the_pattern_of_a_command_line_is_its_rule(text: str) -> None:
    table = next(table for table in load_tables() for parameter in table.parameters if parameter.command_line)
    parameter = next(parameter for parameter in table.parameters if parameter.command_line)
    config = {"module": table.id, "parameters": {parameter.name: text}}
    assert VALIDATOR.is_valid(config) == is_valid(config) == (fault(parameter, text) is None)
    if is_valid(config):
        assert bool(parse_config(config).warnings) == bool(advice(parameter, text))


def test_an_editor_is_told_the_parameters_and_their_values() -> None:
    """What an editor offers stands in `properties` and `enum` of the module's definition."""
    for table in load_tables():
        offered = PUBLISHED["$defs"][table.id]["properties"]["parameters"]["properties"]
        for parameter in table.parameters:
            for key in parameter.keys:
                value = PUBLISHED["$defs"][offered[key]["$ref"].rpartition("/")[2]]
                assert value["description"].startswith(parameter.labels[0].text)
                if parameter.type == "option":
                    assert value["anyOf"][0]["enum"][: len(parameter.options)] == [
                        option.name for option in parameter.options
                    ]


def test_everything_that_can_be_set_is_described() -> None:
    """A catalogue of schemas wants it, and an editor shows it, with the default."""
    definitions = PUBLISHED["$defs"]

    def described(schema: Any, path: str) -> Iterator[tuple[str, str]]:
        while "$ref" in schema and "description" not in schema:
            schema = definitions[schema["$ref"].rpartition("/")[2]]
        if path:
            yield path, schema.get("description", "")
        for part in (schema, schema.get("then", {}), schema.get("else", {})):
            for name, value in part.get("properties", {}).items():
                if value is not True:
                    yield from described(value, f"{path}/{name}")

    blocks = ["script", *(name for name in definitions if name.endswith("_deployment"))]
    parameters = [name for table in load_tables() for name in definitions if name.startswith(f"{table.id}.")]
    said = dict(item for name in blocks for item in described(definitions[name], f"/{name}") if item[0] != f"/{name}")
    said |= {name: definitions[name]["description"] for name in parameters if "default" in definitions[name]}
    assert len(said) > 60
    assert [path for path, text in said.items() if not text] == []
    assert said["/script/response/body"].endswith(". Default: default.")
    assert said["/script/container"].endswith(". Default: false.")


def test_it_has_an_address_only_where_the_project_has_one() -> None:
    assert "$id" not in published_schema()
    schema = published_schema("https://example.org/scoregen.json")
    assert list(schema)[:2] == ["$schema", "$id"]
    Draft202012Validator(schema).validate({"module": "svd"})


@pytest.mark.parametrize(
    "key",
    [
        "RECOMMENDED ITEM SELECTION",
        "S\u00e9lection d'\u00e9l\u00e9ment recommand\u00e9",
        "selection d\u2019element RECOMMANDE",
    ],
)
def test_a_label_is_known_to_an_editor_in_any_spelling(key: str) -> None:
    config = {
        "module": "score_svd_recommender",
        "parameters": {"prediction_kind": "ItemRecommendation", key: "From All Items"},
    }
    assert VALIDATOR.is_valid(config)
    assert is_valid(config)
    config["parameters"][key] = "From Some Items"  # type: ignore[index]
    assert not VALIDATOR.is_valid(config)
    assert not is_valid(config)


@pytest.mark.parametrize("kind", ["prediction_kind", "Recommender prediction kind"])
@pytest.mark.parametrize("selection", ["FromUnratedItems", "From Unrated Items (to suggest new items to users)"])
def test_a_missing_dataset_is_known_to_an_editor(kind: str, selection: str) -> None:
    parameters = {kind: "ItemRecommendation", "Recommended item selection": selection}
    config = {"module": "Train SVD Recommender", "parameters": parameters}
    assert not VALIDATOR.is_valid(config)
    assert VALIDATOR.is_valid(config | {"datasets": {"training_data": {"path": "a.csv"}}})
