"""What hypothesis draws the property tests' input from."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from generator.conda.block import conda_faults
from generator.config.deployment import deployment_schema
from generator.facts.modules import CommandOption, Parameter, Table, load_tables, tables_by_key
from generator.model.names import MODEL_FOLDER
from generator.rules.command_line import contradiction
from generator.rules.dataset_path import path_fault
from generator.rules.settings import BATCH, BODIES, ENCODINGS, ENDPOINTS

difficult_text = st.text(
    st.one_of(st.characters(), st.sampled_from("'\"\\\n\r\t\0{}%#\u202e\u2028\u200b\ud800 ")), max_size=200
)

anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.floats(allow_nan=False),
    difficult_text,
    st.lists(st.integers(), max_size=2),
)

tables = st.sampled_from(load_tables())


def spellings(parameter: Parameter) -> st.SearchStrategy[Any]:
    """Draw from the values that a config may give a parameter, in all their spellings."""
    if parameter.type == "option":
        return st.sampled_from([spelling for option in parameter.options for spelling in option.spellings])
    if parameter.type == "boolean":
        return st.sampled_from([True, False, "True", "False"])
    if parameter.type == "integer":
        return st.integers(parameter.minimum, 10**6)
    command_line = parameter.command_line
    if command_line:
        return arguments(parameter).filter(lambda line: contradiction(command_line, line) is None)
    return difficult_text


def arguments(parameter: Parameter) -> st.SearchStrategy[str]:
    """Draw command lines of accepted options and of words that are none."""
    assert parameter.command_line
    options = st.sampled_from([_with_a_value(option) for option in parameter.command_line.options])
    words = st.text(st.characters(exclude_categories=["Z", "C"]), max_size=20).filter(lambda word: word[:1] != "-")
    return st.lists(st.one_of(options, words), max_size=8).map(" ".join)


def _with_a_value(option: CommandOption) -> str:
    """Return an option as a command line gives it."""
    values = {"flag": "", "number": "0.5", "whole number": "2", "text": "a"}
    value = option.example or (option.choices[0] if option.choices else values[option.kind])
    return f"{option.name} {value}".rstrip()


@st.composite
def configs(draw: st.DrawFn) -> dict[str, Any]:
    """Draw valid configs: every module, any of its parameters by name or by label, the datasets always there."""
    table: Table = draw(tables)
    parameters = {
        draw(st.sampled_from(parameter.keys)): draw(spellings(parameter))
        for parameter in table.parameters
        if draw(st.booleans())
    }
    paths = st.text(st.characters(exclude_characters='\\<>:"|?*', exclude_categories=["Cs", "Cc"]), min_size=1).filter(
        lambda path: not path_fault(path)
    )
    datasets = {
        port.name: {"path": draw(paths), "relative_to": draw(st.sampled_from(["script", "model"]))}
        for port in table.datasets
    }
    config = {"module": draw(st.sampled_from(table.keys)), "parameters": parameters, "datasets": datasets}
    endpoint = draw(st.sampled_from([None, *ENDPOINTS]))
    config |= {"endpoint": endpoint} if endpoint else {}
    return config | ({} if endpoint == BATCH else {"response": draw(responses)})


responses: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {}, optional={"body": st.sampled_from(BODIES), "strict_json": st.booleans(), "encoding": st.sampled_from(ENCODINGS)}
)


@st.composite
def deployed_configs(draw: st.DrawFn) -> dict[str, Any]:
    """Draw valid configs that may also say how their scripts are deployed, and in which environment."""
    config = draw(configs())
    kind = config.get("endpoint", ENDPOINTS[0])
    blocks = {"conda": condas(tables_by_key()[config["module"]]), "deployment": deployments(kind)}
    return config | draw(st.fixed_dictionaries({}, optional=blocks))


@functools.cache
def condas(table: Table) -> st.SearchStrategy[Any]:
    """Draw what a config may say of a module's conda file."""
    known = {"python": ["3.8.10", "3.8.20"], "azureml-defaults": ["1.53.0", "1.60.0"], table.package: ["0.0.65"]}
    pins = {name: st.sampled_from(versions) for name, versions in known.items() if _may_pin(table, name, versions)}
    blocks = {
        "name": st.from_regex("[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}", fullmatch=True),
        "packages": _packages("p", ["", "==1.54.0", "[extra]~=1.0,<2 # why", " ; python_version < '3.9'"]),
        "conda_packages": _packages("c", ["", "=1.2", " >=1,<2", "=1=py38_0"]),
        "pins": st.fixed_dictionaries({}, optional=pins),
    }
    return st.booleans() | st.fixed_dictionaries({}, optional=blocks)


def _may_pin(table: Table, name: str, versions: list[str]) -> bool:
    return not any(conda_faults(table, {"pins": {name: version}}) for version in versions)


def _packages(first: str, versions: list[str]) -> st.SearchStrategy[list[str]]:
    names = st.from_regex(f"x{first}[a-z0-9]{{0,5}}", fullmatch=True)
    return st.dictionaries(names, st.sampled_from(versions), max_size=3).map(
        lambda drawn: [name + version for name, version in drawn.items()]
    )


@functools.cache
def deployments(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what a config may say of the deployment for a kind of endpoint."""
    schema = deployment_schema(kind)
    drawn = {
        key: _NAMED[key] if key in _NAMED else _of_schema(described) for key, described in schema["properties"].items()
    }
    required = {key: drawn.pop(key) for key in schema["required"]}
    return st.fixed_dictionaries(required, optional=drawn)


_name = st.from_regex("[A-Za-z](?:-?[A-Za-z0-9]){2,15}", fullmatch=True)
_folder = st.text(st.characters(exclude_characters="\\\x7f", exclude_categories=["Cs"], min_codepoint=32))
_NAMED = {  # what else their patterns look ahead for, hypothesis does not see
    "endpoint": _name,
    "name": _name,
    "model": st.builds("azureml:{}{}{}".format, _name, st.sampled_from(":@"), _name)
    | _folder.map(lambda folder: f"./{folder}/{MODEL_FOLDER}"),
}


def _of_schema(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if schema["type"] == "integer":
        return st.integers(schema["minimum"], schema.get("maximum", 10**6))
    return st.from_regex(schema["pattern"].removeprefix("^").removesuffix(r"$(?!\n)"), fullmatch=True)
