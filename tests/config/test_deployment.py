"""The deployment block: what it may hold, what is said of one that is wrong, and the definitions that come of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator import ConfigError, generate
from generator.config.deployment import Deployment, complete_deployment, deployment_faults, deployment_schema
from generator.config.schema import config_schema
from generator.facts.modules import load_tables
from generator.rendering.azure_yaml import render_deployment, render_endpoint
from generator.rules.settings import ENDPOINTS
from tests.support.definitions import cases, read, rendered

TABLES = {table.id: table for table in load_tables()}
LEAST: dict[str, dict[str, Any]] = {
    "online": {"endpoint": "my-endpoint", "model": "azureml:my-model:1"},
    "kubernetes": {"endpoint": "my-endpoint", "model": "azureml:my-model:1", "compute": "my-cluster"},
    "batch": {"endpoint": "my-endpoint", "model": "azureml:my-model:1", "compute": "my-cluster"},
}

kinds = pytest.mark.parametrize("kind", ENDPOINTS)


def faults(kind: str, **changes: Any) -> list[str]:
    """Return what is said of the least block with other values in it."""
    return [
        f"{fault.severity}: {'.'.join(map(str, fault.path))}: {fault.message}"
        for fault in deployment_faults(LEAST[kind] | changes, kind)
    ]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_golden_definitions(case: Path) -> None:
    for name, text in rendered(read(case)).items():
        assert text == (case / name).read_text(encoding="utf-8")


def test_each_kind_has_a_golden_case_with_every_key() -> None:
    for kind in ENDPOINTS:
        given = {key for case in map(read, cases()) if case.kind == kind for key in case.block}
        assert given == set(deployment_schema(kind)["properties"])


@kinds
def test_the_least_that_a_block_needs_is_enough(kind: str) -> None:
    assert deployment_faults(LEAST[kind], kind) == []
    assert sorted(deployment_schema(kind)["required"]) == sorted(LEAST[kind])


@kinds
def test_what_is_left_out_has_the_default_of_the_schema(kind: str) -> None:
    completed = complete_deployment(LEAST[kind], kind)._asdict()
    for key, schema in deployment_schema(kind)["properties"].items():
        assert completed.pop(key) == LEAST[kind].get(key, schema.get("default"))
    assert set(completed.values()) <= {None}


@pytest.mark.parametrize("name", ["abc", "My-Endpoint-2", "a1b", "null", "x" * 32, "a-b-c"])
@pytest.mark.parametrize("key", ["endpoint", "name"])
def test_a_name_that_azure_takes(key: str, name: str) -> None:
    assert faults("online", **{key: name}) == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ab",
        "x" * 33,
        "1abc",
        "-abc",
        "abc-",
        "a--b",
        "my_endpoint",
        "my.endpoint",
        "my endpoint",
        "\u00e9t\u00e9s",
        "abc\n",
    ],
)
@pytest.mark.parametrize("key", ["endpoint", "name"])
def test_a_name_that_azure_refuses(key: str, name: str) -> None:
    (said,) = faults("online", **{key: name})
    assert said.startswith(f"error: {key}: ")
    assert said.endswith(
        "is not a name that Azure takes: 3 to 32 letters, digits and single hyphens, a letter first and no hyphen last"
    )


def test_kubernetes_counts_both_names_together() -> None:
    assert faults("kubernetes", endpoint="e" * 32, name="b" * 30) == []
    assert faults("kubernetes", endpoint="e" * 32, name="b" * 31) == [
        "error: name: 63 letters with the endpoint's name: Kubernetes takes 62 in all, so shorten one"
    ]
    assert faults("online", endpoint="e" * 32, name="b" * 32) == []


@pytest.mark.parametrize(
    "model",
    [
        "azureml:my-model:1",
        "azureml:my_model.v2:2024-01",
        "azureml:my-model@latest",
        "trained_model_outputs",
        "../trained_model_outputs/",
        "/data/my models/trained_model_outputs",
        "C:/models/trained_model_outputs",
    ],
)
def test_a_model_is_registered_or_the_designers_folder(model: str) -> None:
    assert faults("online", model=model) == []


@pytest.mark.parametrize(
    "model",
    [
        "my-model",
        "azureml:my-model",
        "azureml:",
        "model.pkl",
        "models",
        "a\\trained_model_outputs",
        "a\n/trained_model_outputs",
    ],
)
def test_any_other_model_would_not_be_found(model: str) -> None:
    (said,) = faults("online", model=model)
    assert said.endswith(
        "is not a registered model, azureml:NAME:VERSION, nor a folder trained_model_outputs, "
        "in which the script looks for it"
    )


@pytest.mark.parametrize(
    ("kind", "changes", "message"),
    [
        ("online", {"request_timeout_seconds": 181}, "request_timeout_seconds: 181 is not a whole number from 1 to 180"),
        ("kubernetes", {"request_timeout_seconds": 301}, "request_timeout_seconds: 301 is not a whole number from 1 to 300"),
        ("online", {"request_timeout_seconds": 0}, "request_timeout_seconds: 0 is not a whole number from 1 to 180"),
        ("online", {"instance_count": 0}, "instance_count: 0 is not a whole number, 1 or more"),
        ("online", {"instance_count": True}, "instance_count: true is not a whole number, 1 or more"),
        ("online", {"instance_count": 2.0}, "instance_count: 2.0 is not a whole number, 1 or more"),
        ("online", {"instance_count": "3"}, "instance_count: '3' is not a whole number, 1 or more"),
        ("batch", {"error_threshold": -2}, "error_threshold: -2 is not a whole number, -1 or more"),
        ("online", {"name": None}, "name: an empty value is not a name that Azure takes: 3 to 32 letters, digits and single hyphens, a letter first and no hyphen last"),
        ("online", {"instance_type": "DS3_v2"}, "instance_type: 'DS3_v2' is not one of Azure's machine sizes, such as Standard_DS3_v2"),
        ("kubernetes", {"instance_type": "Large"}, "instance_type: 'Large' is not an instance type of a cluster: lower-case letters, digits, hyphens and dots"),
        ("kubernetes", {"cpu": 2}, "cpu: 2 is not a number of cores, '2' or '500m': put it in quotes"),
        ("kubernetes", {"cpu": "two"}, "cpu: 'two' is not a number of cores, '2' or '500m'"),
        ("kubernetes", {"memory": "4GB"}, "memory: '4GB' is not an amount such as 4Gi or 512Mi"),
        ("batch", {"compute": "my cluster"}, "compute: 'my cluster' is not the name of a compute: letters, digits and hyphens"),
        ("batch", {"output_file_name": "../a.csv"}, "output_file_name: '../a.csv' is not the name of a .csv file: letters, digits, hyphens and underscores"),
        ("online", {"cpu": "1"}, "cpu: counts only with `endpoint: kubernetes`, and here it is online: leave it out"),
        ("online", {"compute": "a-b"}, "compute: counts only with `endpoint: kubernetes` or `endpoint: batch`, and here it is online: leave it out"),
        ("online", {"instance_typ": "x"}, "instance_typ: unknown key; did you mean 'instance_type'? (known: endpoint, name, model, instance_count, instance_type, request_timeout_seconds)"),
    ],
)  # fmt: skip
def test_what_is_said(kind: str, changes: dict[str, Any], message: str) -> None:
    assert faults(kind, **changes) == [f"error: {message}"]


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        (
            {},
            [
                "`endpoint` is missing: write `endpoint: my-endpoint`",
                "`model` is missing: write `model: azureml:my-model:1`, or name the folder trained_model_outputs",
                "`compute` is missing: write `compute: my-cluster`",
            ],
        ),
        (None, ["an empty value is not a mapping: write `deployment: {endpoint: my-endpoint, model: azureml:my-model:1, compute: my-cluster}`"]),
        (["a"], ["a list is not a mapping: write `deployment: {endpoint: my-endpoint, model: azureml:my-model:1, compute: my-cluster}`"]),
    ],
)  # fmt: skip
def test_what_is_missing(data: Any, messages: list[str]) -> None:
    assert [(fault.path, fault.message) for fault in deployment_faults(data, "batch")] == [((), m) for m in messages]


@pytest.mark.parametrize("name", ["Standard_DS1_v2", "STANDARD_F2S_V2"])
def test_a_small_machine_is_a_warning(name: str) -> None:
    assert faults("online", instance_type=name) == [
        f"warning: instance_type: '{name}' may be too small to start the designer's packages: Standard_DS3_v2 is the default"
    ]


@kinds
def test_the_schema_is_a_schema_for_editors(kind: str) -> None:
    schema = deployment_schema(kind)
    Draft202012Validator.check_schema(schema)
    for key, said in schema["properties"].items():
        assert key in Deployment._fields
        assert said["description"].endswith(".")
        assert "default" not in said or Draft202012Validator(said).is_valid(said["default"])


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 400),
    st.text(),
    st.lists(st.integers(), max_size=1),
    st.from_regex(r"\A[A-Za-z1-]{0,40}\Z"),
    st.sampled_from(
        ["azureml:m:1", "a/trained_model_outputs", "Standard_D2", "500m", "4Gi", "a-b", "a.csv", "1.5", "abc\n"]
    ),
)


@settings(deadline=None)
@given(st.sampled_from(ENDPOINTS), st.data())
def test_what_has_no_error_is_what_the_schema_takes(kind: str, data: st.DataObject) -> None:
    keys = st.sampled_from([*Deployment._fields, "other"])
    block = data.draw(
        st.one_of(st.dictionaries(keys, VALUES), st.dictionaries(keys, VALUES).map(lambda d: LEAST[kind] | d))
    )
    errors = [fault for fault in deployment_faults(block, kind) if fault.severity == "error"]
    if not any("Kubernetes takes" in error.message for error in errors):
        assert (not errors) == Draft202012Validator(deployment_schema(kind)).is_valid(block)
    if not errors:
        deployment = complete_deployment(block, kind)
        assert yaml.safe_load(render_endpoint(deployment, kind))["name"] == block["endpoint"]
        assert render_deployment(TABLES["score_model"], deployment, kind, "score.py")


@settings(deadline=None)
@given(
    st.sampled_from(ENDPOINTS),
    st.from_regex(r"\A[^\\\x00-\x1f\x7f\ud800-\udfff]*/trained_model_outputs\Z"),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
)
def test_any_text_arrives_as_it_is(kind: str, folder: str, script: str) -> None:
    assert faults(kind, model=folder) == []
    deployment = complete_deployment(LEAST[kind] | {"model": folder}, kind)
    text = render_deployment(TABLES["score_image_model"], deployment, kind, script, origin=script)
    said = yaml.safe_load(text.encode())
    assert text.replace("\n", "").isprintable()
    assert said["model"] == {"path": folder, "type": "custom_model"}
    assert said["code_configuration"] == {"code": ".", "scoring_script": script}
    assert len(said) == len(yaml.safe_load(render_deployment(TABLES["score_model"], deployment, kind, "score.py")))


def test_the_page_has_every_key_and_its_default() -> None:
    page = (Path(__file__).parents[2] / "docs" / "deployment.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([a-z, ]+) \| (.*?) \|", page, re.M)
    said = {
        (kind, key): default for key, of, default in rows for kind in (ENDPOINTS if of == "all" else of.split(", "))
    }
    for kind in ENDPOINTS:
        schema = deployment_schema(kind)
        for key, allowed in schema["properties"].items():
            default = said.pop((kind, key)).strip("`")
            if "default" in allowed:
                assert yaml.safe_load(default) == allowed["default"]
            else:
                assert default == ("needed" if key in schema["required"] else "the cluster's default")
    assert not said


@kinds
def test_only_image_models_come_with_the_notes_on_pictures(kind: str) -> None:
    deployment = complete_deployment(LEAST[kind], kind)
    for table in TABLES.values():
        text = render_deployment(table, deployment, kind, "score.py")
        assert ("ResNet" in text) == (table.id == "score_image_model")
        assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize("said", [{}, *({"endpoint": kind} for kind in ENDPOINTS)], ids=str)
def test_an_editor_takes_what_fits_the_kind_of_endpoint_and_nothing_else(said: dict[str, str]) -> None:
    validator = Draft202012Validator(config_schema())
    kind = said.get("endpoint", ENDPOINTS[0])
    for other, block in LEAST.items():
        deployment = block | {"request_timeout_seconds" if other != "batch" else "error_threshold": 5}
        is_taken = validator.is_valid({"module": "score_model", "deployment": deployment} | said)
        assert is_taken == (deployment_faults(deployment, kind) == [])
        assert is_taken or other != kind


@pytest.mark.parametrize("block", [None, [], 5, "x"])
def test_a_block_for_kubernetes_that_is_not_a_mapping_is_told(block: object) -> None:
    with pytest.raises(ConfigError, match="is not a mapping"):
        generate({"module": "Score Model", "endpoint": "kubernetes", "deployment": block})
