"""The exported JSON Schema and scoregen agree: a plain validator takes a config as written if, and only if, scoregen does.

What no schema can say is left out: see ``BEYOND``.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator import ConfigError, config_schema, generate
from generator.config.parse import parse_config
from generator.config.published_schema import published_schema
from generator.facts.conda import load_facts
from generator.facts.modules import Table
from tests.support.strategies import anything, tables

ROOT = Path(__file__).parents[2]
VALIDATOR = Draft202012Validator(config_schema())
BEYOND = (
    "given twice",  # two labels of one parameter in one mapping, or a key twice, which no mapping holds
    "is the output of the script in line",  # two scripts with one file
    "is not a file inside the config's folder",  # a path that climbs out after it has gone down
    "this config is for scoregen",  # another version
)
EXCHANGE = re.compile(r"(?:scripts\[\d+\]\.)?(?:request|response)\b")  # what these demand of each other and of the mode


def files() -> Iterator[tuple[str, str]]:
    """Yield the configs of the examples, the goldens and the pages, by where they stand."""
    for pattern in ("examples/*/scoregen.yaml", "golden/generate/*/*.yaml", "golden/deployment/*/scoregen.yaml"):
        for path in sorted(ROOT.glob(pattern)):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        blocks = re.findall(
            r"(?:^<!-- ([^\n]*) -->\n)?^```yaml\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S
        )
        for number, (note, text) in enumerate(blocks):
            if not note.startswith("file:") or "scoregen.yaml" in note:
                yield f"{page.name}-{number}", text


FILES = dict(files())


def complaints(config: Any) -> list[str]:
    """Return what scoregen has against a config: the errors."""
    try:
        parse_config(config)
    except ConfigError as error:
        return [f"{finding.about}: {finding.message}" for finding in error.findings if finding.severity == "error"]
    return []


def assert_agreed(config: Any, said: list[str]) -> None:
    if said and all(EXCHANGE.match(message) or any(beyond in message for beyond in BEYOND) for message in said):
        return
    against = [error.message for error in VALIDATOR.iter_errors(config)]
    assert bool(said) == bool(against), (config, said, against)


@pytest.mark.parametrize("name", FILES)
def test_every_config_of_the_project(name: str) -> None:
    text = FILES[name]
    try:
        config = yaml.safe_load(text)
    except yaml.YAMLError:
        assert complaints(text)
        return
    assert_agreed(config, complaints(text))


GOOD = [yaml.safe_load(text) for text in FILES.values() if not complaints(text)]


def test_it_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(published_schema("https://example.org/scoregen.json"))


def test_there_are_good_and_bad_ones() -> None:
    assert len(GOOD) >= 90
    assert len(FILES) - len(GOOD) >= 20


VALUES: st.SearchStrategy[Any] = st.one_of(
    anything,
    st.sampled_from([5, 5.0, 0, -1, 1.5, True, False, None, [], {}, {"path": "a.csv"}, {"body": "rows"}]),
    st.sampled_from([{"trees": "lightgbm"}, {"trees": "numpy"}, "open_model", "a/open_model/", "open_model/.."]),
    st.sampled_from(
        [
            "true",
            "False",
            "5",
            "online",
            "batch",
            "kubernetes",
            "rewrite",
            "generate",
            "records",
            "object",
            "rows",
            "FromUnratedItems",
        ]
    ),
    st.sampled_from(["", " ", "Item Recommendation", "a.csv", "../a.csv", "a/b.py", "/a.py", "Score Model"]),
    st.sampled_from(["azureml:m:1", "my-endpoint", ">=0.1", "0.1"]),
)
KEYS = st.sampled_from(
    [
        "module",
        "output",
        "mode",
        "endpoint",
        "conda",
        "convert",
        "deployment",
        "parameters",
        "datasets",
        "response",
        "scripts",
        "model",
        "required-version",
        "path",
        "body",
        "training_data",
        "relative_to",
        "prediction_kind",
        "compute",
        "pins",
        "instance_count",
        "name",
    ]
) | st.sampled_from(["a key", "Type de prédiction du générateur de recommandations", "recommender prediction KIND"])


@st.composite
def changed(draw: st.DrawFn) -> Any:
    """Draw a config of the project with up to three changes: values, keys that are added, and keys that are taken out."""
    config: Any = copy.deepcopy(draw(st.sampled_from(GOOD)))
    for _ in range(draw(st.integers(1, 3))):
        places = list(mappings(config))
        holder = draw(st.sampled_from(places)) if places else {}
        keys = list(holder)
        what = draw(st.sampled_from(["value", "add", "remove"]))
        if what == "add" or not keys:
            holder[draw(KEYS)] = copy.deepcopy(draw(VALUES))
        elif what == "value":
            holder[draw(st.sampled_from(keys))] = copy.deepcopy(draw(VALUES))
        else:
            del holder[draw(st.sampled_from(keys))]
    return config


def mappings(value: Any) -> Iterator[dict[Any, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from mappings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from mappings(inner)


@given(changed())
@settings(max_examples=400, deadline=None)
def test_any_config(config: Any) -> None:
    assert_agreed(config, complaints(config))


PYTHONS = ["2.7", "3", "3.6", "3.6.8", "3.7", "3.8", "3.8.10", "3.8.31", "3.8.0.0", "3.9", "3.9.18", "3.10", "3.08"]
DEFAULTS = ["0", "1.32.0", "1.32.0.post1", "1.33.0", "1.47.0", "1.48", "1.54.0", "1.59.0", "1.60.0", "1.61.0", "2"]
PIPS = ["9.0.1", "20", "20.2", "20.2.4", "20.3", "20.3b1", "20.3.0", "20.10", "21", "020.2", "20.2.post1"]
PACKAGES = {package.name: package for package in load_facts().packages}


def pins_of(table: Table) -> st.SearchStrategy[dict[str, Any]]:
    """Draw pins around the versions at which the rules change."""
    facts, package = load_facts(), PACKAGES[table.package]
    sinces = [row.since for row in package.pythons] + [row.since for row in package.core]
    edges = {int(text.split(".")[-1]) for text in (*sinces, package.version, *package.empty)}
    near = sorted({edge + by for edge in edges for by in (-1, 0, 1)})
    releases = st.sampled_from([f"0.0.{number}" for number in near]) | st.sampled_from(
        ["0.0.1", "0.1", "1", "0.0.185.0"]
    )
    cores = st.integers(76, 88).map("0.0.{}".format)
    return st.fixed_dictionaries(
        {},
        optional={
            facts.python.name: st.sampled_from(PYTHONS),
            facts.pip.name: st.sampled_from(PIPS),
            facts.defaults.name: st.sampled_from(DEFAULTS),
            facts.core.name: cores,
            facts.serving.name: st.sampled_from(["0.0.10", "0.0.13", "0.0.17", "0.0.18", "0.0.19"]),
            package.name: releases,
            **{extra.name: st.sampled_from([extra.version, "1", "1=", ""]) for extra in table.conda},
        },
    )


@given(tables.flatmap(lambda table: st.tuples(st.just(table), pins_of(table))))
@settings(max_examples=150, deadline=None)
def test_any_pins(drawn: tuple[Table, dict[str, Any]]) -> None:
    table, pins = drawn
    assert_agreed(
        {"module": table.name, "conda": {"pins": pins}}, complaints({"module": table.name, "conda": {"pins": pins}})
    )


PIECES = [
    *"=<>!~;@#[]()*|,./-'\" ",
    "numpy",
    "azureml-defaults",
    "AzureML_Defaults",
    "python",
    "pip",
    "1",
    "1.2.*",
    "==",
    ">=",
]
PIECES += [
    "conda-forge::",
    "https://e/",
    "azureml_designer_core-0.0.80-py3-none-any.whl",
    "x.zip",
    "-r",
    "--pre",
    "#egg=",
]
PIECES += ["build_0", "[version='1']", " # why", "python_version<'3'", "\t", "\u00e9", "==1", "=1", "numpy==1"]


@given(st.sampled_from(["packages", "conda_packages"]), st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
@settings(max_examples=200, deadline=None)
def test_any_package(key: str, text: str) -> None:
    config = {"module": "Score Model", "conda": {key: [text]}}
    assert_agreed(config, complaints(config))


NUMBERS = st.sampled_from([0, 0.0, -0.0, 1, 1.0, 3.0, 3.5, 1e300, -1e300, 2**31 - 1, 2.0**31, 10**40, True, "3", "3.0"])


@given(st.sampled_from(["parameters", "online", "batch"]), NUMBERS | st.floats(allow_nan=False) | st.integers())
@settings(deadline=None)
def test_any_number(where: str, number: Any) -> None:
    config: dict[str, Any] = {"module": "Score SVD Recommender"}
    if where == "parameters":
        config["parameters"] = {"prediction_kind": "Item Recommendation", "max_recommended_item_count": number}
    else:
        cluster = {"compute": "cpu"} if where == "batch" else {}
        names = {"endpoint": "my-endpoint", "model": "azureml:m:1"}
        config |= {"endpoint": where, "deployment": {**names, **cluster, "instance_count": number}}
    assert_agreed(config, complaints(config))


def test_a_number_without_a_fraction_is_a_whole_one() -> None:
    config = "module: Score SVD Recommender\nparameters: {Maximum number of items to recommend to a user: 3.0}"
    (script,) = parse_config(config).scripts
    assert script.settings.parameters["max_recommended_item_count"] == 3
    assert "max_recommended_item_count=3,\n" in generate(config)
    assert "max_recommended_item_count=3," in generate(
        config.replace("parameters: {", "parameters: {prediction_kind: Item Recommendation, ")
    )


HOSTILE = [
    "module: score model",
    'module: "Score Model "',
    "module: SCORE MODEL",
    "module: 5",
    "module: [Score Model]",
    "module: null",
    "{}",
    "[]",
    "module: Score Model\nconda: null",
    'module: Score Model\nconda: {name: ""}',
    'module: Score Model\nconda: {name: "a b"}',
    "module: Score Model\nconda: {pins: {python: 3.8}}",
    'module: Score Model\nconda: {pins: {numpy: "1"}}',
    'module: Score Model\nconda: {packages: ["numpy==1;"]}',
    "module: Score Model\noutput: ../x.py",
    "module: Score Model\noutput: a\\b.py",
    "module: Score Model\noutput: con.py",
    'module: Score Model\noutput: "a.py "',
    "module: Score Model\noutput: score.PY",
    "module: Score Model\noutput: a/./b.py",
    'module: Score Model\noutput: "é.py"',
    "module: Score Model\nmodel: /abs",
    'module: Score Model\nmodel: ""',
    "module: Score Model\nmodel: azureml:x:1",
    "module: Score Model\nconvert: {trees: lightgbm}",
    "module: Score Model\nconvert: {}",
    "module: Score Model\nconvert: null\nmodel: open_model",
    "module: Score Model\nconvert: {trees: numpy}\nmodel: trained_model_outputs",
    *(
        f"module: Score Model\nconvert: {{trees: numpy}}\nmodel: {model}"
        for model in (
            *("open_model", "open_model/", "./open_model/./", "a//open_model//", "../open_model", "open_model/."),
            *("my_open_model", "open_model.zip", "open_model/..", "open_model/a", "Open_Model", "null", "5", '""'),
            *('"open_model\\n"', r'"a\\open_model"', "/open_model", "[open_model]"),
        )
    ),
    'module: Score Model\nrequired-version: ">=0.0.1"',
    "module: Score Model\nrequired-version: nonsense",
    "module: Score Model\nrequired-version: 1",
    "module: Score SVD Recommender\nparameters: {max_recommended_item_count: 0}",
    'module: Score SVD Recommender\nparameters: {max_recommended_item_count: "3"}',
    'module: Score SVD Recommender\nparameters: {return_ratings: "True"}',
    "module: Score SVD Recommender\nparameters: {return_ratings: 1}",
    'module: Score Wide and Deep Recommender\nparameters: {Maximum number of items to recommend to a user: "5"}',
    "module: Score Vowpal Wabbit Model\nparameters: {vw_arguments: null}",
    'module: Score Vowpal Wabbit Model\nparameters: {vw_arguments: "-d x"}',
    "module: Score Vowpal Wabbit Model\nparameters: {vw_arguments: 5}",
    "module: Score SVD Recommender\ndatasets: {training_data: ratings.csv}",
    'module: Score SVD Recommender\ndatasets: {training_data: {path: "C:/x.csv"}}',
    'module: Score SVD Recommender\ndatasets: {training_data: {path: "~/x.csv"}}',
    'module: Score SVD Recommender\ndatasets: {training_data: {path: "x.CSV"}}',
    'module: Score SVD Recommender\ndatasets: {training_data: {path: "a//b.csv"}}',
    'module: Score SVD Recommender\ndatasets: {training_data: {path: "nul/x.csv"}}',
    'module: Score SVD Recommender\ndatasets: {training_data: {path: "x.parquet"}}',
    "module: Score SVD Recommender\ndatasets: {training_data: {path: x.csv, relative_to: elsewhere}}",
    'module: Score Model\ndeployment: {endpoint: "A_b"}',
    "module: Score Model\ndeployment: {endpoint: ab}",
    *(
        f"module: Score Model\nendpoint: kubernetes\n"
        f"deployment: {{endpoint: {'e' * one}, name: {'n' * other}, model: 'azureml:m:1', compute: cluster}}"
        for one in (30, 31, 32)
        for other in (30, 31, 32)
    ),
    "module: Score Model\ndeployment: {instance_type: 5}",
    "module: Score Model\ndeployment: {kind: aci}",
    "module: Score Model\nendpoint: Batch",
    "module: Score Model\nendpoint: batch\nresponse: {body: row}",
    "module: Score Model\nmode: rewrite\nendpoint: batch",
    "module: Score Model\nmode: rewrite\nrequest: {body: row}",
    "module: Score Model\ncontainer: {base: alpine}",
    "module: Score Model\ncontainer: 1",
    "module: Score Image Model\nclient: {transforms: [{resize: 256}, {center_crop: 224}, {pad: 0}]}",
    "module: Score Image Model\nclient: {transforms: [{resize: 256.0}]}",
    "module: Score Image Model\nclient: {transforms: [{}]}",
    "module: Score Image Model\nclient: {transforms: [{resize: 256, pad: 1}]}",
    "module: Score Image Model\nclient: {transforms: [{random_crop: 224}]}",
    "module: Score Image Model\nclient: {transforms: [{resize: 0}, {pad: 10001}]}",
    "module: Score Image Model\nendpoint: batch\nclient: {transforms: []}",
    "module: Score Model\nclient: {transforms: []}",
    "module: Score Model\nclient: null",
    'module: Score Model\n"": 1',
    "module: Score Model\n1: 2",
    "scripts: []",
    "scripts: [{module: Score Model}, {module: Score Model, output: b.py}]\nmodule: Score Model",
    "scripts: {a: {module: Score Model}}",
    'module: Score Image Model\nconda: {pins: {azureml-designer-pytorch-modules: "0.0.80"}}',
    "module: Score Model\nconda: true\nparameters: null",
    "module: Score Model\nparameters: []",
    "module: Score Model\nparameters: {append_or_result_only: yes}",
    'module: Score Model\nparameters: {Append score columns to output: "no"}',
    "module: Score Model\nmodel: m\nconda: {pins: {}}",
    'module: Score Model\nconda: {pins: {python: "3.7"}}',
    "module: Score Model\nconda: {pins: {azureml-designer-classic-modules: 0.0.1}}",
    'module: Score Model\nconda: {packages: ["numpy=1"]}',
    'module: Score Model\nconda: {conda_packages: ["numpy=1"]}',
    "module: Score SVD Recommender\nparameters: {max_recommended_item_count: 3.0}",
    "module: Score SVD Recommender\nparameters: {max_recommended_item_count: 1.0e+300}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_configs_made_to_tell_them_apart(text: str) -> None:
    assert_agreed(yaml.safe_load(text), complaints(text))
