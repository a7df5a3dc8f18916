"""The parameter tables, proven against the classes' own signatures and annotations."""

from __future__ import annotations

import re
from typing import Any

import pytest

from generator import Table, load_tables
from generator.facts.modules import Parameter

from .runtimes import MODULES, Models

TABLES = {table.id: table for table in load_tables()}
TYPES = {"bool": "boolean", "Boolean": "boolean", "int": "integer", "str": "text"}
UNLIKE_THE_DESIGNER = "score_vowpal_wabbit_model"
"""The module whose run() has its keywords in another order than the designer shows them."""

ALL = pytest.mark.parametrize("module", MODULES)
classic = pytest.mark.parametrize("module", [module for module, kind in MODULES.items() if kind == "classic"])

Described = dict[str, dict[str, Any]]


def describe(models: Models, table: Table) -> Described:
    """Return what the runtime says of each keyword of the module's run()."""
    runtime = models.runtime(MODULES[table.id])
    described = runtime.ask("describe", path=table.import_paths[0], class_name=table.class_name)
    return {keyword["name"]: keyword for keyword in described}


def _parameters(described: Described, table: Table) -> list[tuple[Parameter, dict[str, Any]]]:
    return [(parameter, described[parameter.name]) for parameter in table.parameters]


@ALL
def test_the_keywords_are_those_of_run(models: Models, module: str) -> None:
    table = TABLES[module]
    ports, parameters = [port.name for port in table.ports], [parameter.name for parameter in table.parameters]
    keywords = list(describe(models, table))
    if module == UNLIKE_THE_DESIGNER:
        keywords[len(ports) :], parameters = sorted(keywords[len(ports) :]), sorted([*parameters, *table.outputs])
        assert keywords == ports + parameters
    else:
        assert keywords == [*ports, *parameters, *table.outputs]


@ALL
def test_types_and_options(models: Models, module: str) -> None:
    table = TABLES[module]
    for parameter, keyword in _parameters(describe(models, table), table):
        options = {option.member: option.name for option in parameter.options}
        assert options == (keyword["options"] or {})
        assert parameter.type == ("option" if options else TYPES[keyword["type"]])
        assert parameter.enum == (keyword["type"] if "member" in parameter.written_as else None)


@classic
def test_labels_defaults_and_minima(models: Models, module: str) -> None:
    table = TABLES[module]
    for parameter, keyword in _parameters(describe(models, table), table):
        assert parameter.labels[0] == ("en", keyword["label"])
        assert (parameter.default, parameter.minimum) == (keyword["default"], keyword["minimum"])


@classic
def test_conditions(models: Models, module: str) -> None:
    table = TABLES[module]
    labels = {parameter.name: parameter.labels[0].text for parameter in table.parameters}
    for parameter, keyword in _parameters(describe(models, table), table):
        condition = parameter.only_with
        said = (labels[condition.parameter], list(condition.options)) if condition else (None, None)
        assert said == (keyword["parent"], keyword["parent_values"])


@classic
def test_datasets_are_the_optional_ports(models: Models, module: str) -> None:
    table = TABLES[module]
    described = describe(models, table)
    optional = [port.name for port in table.ports if described[port.name]["optional"]]
    assert optional == [port.name for port in table.datasets]


@pytest.mark.parametrize("module", ["score_wide_and_deep_recommender", "score_vowpal_wabbit_model"])
def test_keywords_are_made_of_the_labels(models: Models, module: str) -> None:
    """These modules hold no labels, but the designer makes the keyword of the label."""
    table = TABLES[module]
    for parameter, keyword in _parameters(describe(models, table), table):
        assert re.sub(r"\W+", "_", parameter.labels[0].text.lower()) == keyword["name"]
