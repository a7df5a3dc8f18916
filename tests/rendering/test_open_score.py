"""The scripts for open models hold what their kind of model needs, and nothing else."""

from __future__ import annotations

import ast
import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.findings import ConfigError
from generator.model.error import ModelError
from generator.model.names import FACTS_FILE
from generator.rendering.score import templates_folder
from tests.support.open_scripts import loaded, opened, rendered
from tests.support.recorded import RECORDED

PARAMETERS: dict[str, list[dict[str, Any]]] = {
    "ratings": [
        {"prediction_kind": "RatingPrediction"},
        {"prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromAllItems", "return_ratings": True},
        {"prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromRatedItems"},
    ],
    "wide_and_deep": [
        {"recommender_prediction_kind": "RatingPrediction"},
        {"recommender_prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromAllItems"},
        {"recommender_prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromRatedItems"},
    ],
}
NETS = Path(__file__).parents[1] / "convert" / "nets"
FOLDERS = {folder.name: folder for folder in RECORDED}
KINDS = ("images", "two_classes", "classes", "value", "quantiles", "clusters", "anomalies")
RESPONSES: list[dict[str, Any]] = [
    {},
    {"body": "records"},
    {"body": "columns", "strict_json": True},
    {"body": "rows", "encoding": "object"},
]
FORMS: list[dict[str, Any]] = [
    {"request": {"body": "row", "optional": "auto"}, "response": {"columns": ["Scored Labels"]}},
    {"request": {"body": "designer", "keep": ["id"], "parameters": ["append_or_result_only"]}},
    {"request": {"swagger": "samples", "parameters": ["append_or_result_only"]}},
    {"request": {"swagger": True, "keep": ["id"]}, "response": {"body": "rows", "names": {"p": "Scored Labels"}}},
    {"request": {"keep": ["id"]}, "response": {"columns": ["age", "Scored Labels"]}},
    {"request": {"optional": ["label"]}, "response": {"body": "columns", "names": {"p": "Scored Labels"}}},
    {"endpoint": "batch", "request": {"keep": ["id"]}, "response": {"names": {"p": "age"}, "columns": ["p"]}},
]
LIGHTGBM = {"model": "open_model", "convert": {"trees": "lightgbm"}}
VOWPAL_WABBIT = {"format": 1, "module": "score_vowpal_wabbit_model", "task": "examples", "columns": []}


def configs() -> dict[str, tuple[Mapping[str, Any], str]]:
    """Return a config for each recorded model and for Vowpal Wabbit, with each response, and the model it is for."""
    found: dict[str, tuple[Mapping[str, Any], str]] = {}
    for name in (folder.name for folder in RECORDED):
        for number, parameters in enumerate(PARAMETERS.get(name, [{}])):
            found[f"{name}_{number}"] = {"parameters": parameters}, name
        if "bdt" in name:
            found[f"{name}_lightgbm"] = {**LIGHTGBM, "endpoint": "batch"}, name
    alone = {"append_or_result_only": False}
    for number, response in enumerate(RESPONSES):
        found[f"response_{number}"] = {"response": response}, "dates"
        found[f"alone_{number}"] = {"response": response, "parameters": alone}, "dates"
    for number, form in enumerate(FORMS):
        found[f"form_{number}"] = form, "dates"
    for number, more in enumerate(
        ({}, {"specify_file_type": "SVMLight", "include_an_extra_column_containing_labels": False})
    ):
        found[f"vowpal_wabbit_{number}"] = {"parameters": more}, "vowpal_wabbit"
    flags = [f"include_an_extra_column_containing_{what}" for what in ("labels", "raw_scores")]
    settable = {"body": "designer", "keep": ["id"], "parameters": [*flags, "specify_file_type"]}
    found["vowpal_wabbit_form"] = {"request": settable}, "vowpal_wabbit"
    found["vowpal_wabbit_batch"] = {"endpoint": "batch"}, "vowpal_wabbit"
    image_forms: list[dict[str, Any]] = [
        *({"response": response} for response in RESPONSES),
        {"endpoint": "batch"},
        {"request": {"swagger": True, "keep": ["id"]}},
        {"request": {"body": "row", "optional": "auto"}},
        {"request": {"body": "designer", "optional": ["id"]}},
    ]
    for number, form in enumerate(image_forms):
        found[f"image_{number}"] = form, "resnet18"
    items = {"prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromRatedItems"}
    numbers = ["max_recommended_item_count", "min_recommendation_pool_size", "return_ratings"]
    form = {"swagger": True, "optional": "auto", "parameters": numbers}
    found["ratings_form"] = {"parameters": items, "request": form}, "ratings"
    return found


CONFIGS = configs()


@functools.cache
def files_of(model: str) -> Mapping[str, bytes]:
    if model == "vowpal_wabbit":
        return {FACTS_FILE: json.dumps({**VOWPAL_WABBIT, "learner": {"kind": model}}).encode()}
    return opened(NETS / model if model == "resnet18" else FOLDERS[model])


@functools.cache
def script_of(name: str) -> str:
    config, model = CONFIGS[name]
    return rendered(config, files_of(model))


SHARED = "".join((templates_folder() / f"{name}.j2").read_text(encoding="utf-8") for name in ("request", "batch"))
"""What scripts for open models and for the designer's have in common."""


@pytest.mark.parametrize("name", CONFIGS)
def test_a_script_has_what_it_needs_alone(name: str) -> None:
    source = script_of(name)
    assert max(map(len, source.splitlines())) < 100
    tree = ast.parse(source)
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    imported = {
        (alias.asname or alias.name)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    assert functions - read == {"init", "run"}
    assert imported <= read
    assert all(ast.get_docstring(node) for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_part_is_in_a_script() -> None:
    parts = {path.name.removesuffix(".py.j2") for path in (templates_folder() / "open/parts").iterdir()}
    named = {f"scores_of_{name}" for name in KINDS}
    defined = {
        node.name
        for source in map(script_of, CONFIGS)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
    }
    assert parts - named - {"read_rated"} <= defined
    assert all(f"def {name}(" in SHARED for name in defined - parts - {"init", "run", "scores", "score"})


def request(folder: Path, **changes: Any) -> str:
    rows = json.loads((folder / "proof.json").read_bytes())["cases"][0]["request"]
    return json.dumps([{**json.loads(rows)[0], **changes}])


FOLDER = FOLDERS["dates"]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    files = opened(FOLDER)
    return loaded(
        rendered({"response": {"body": "records", "encoding": "object"}}, files), files, tmp_path, monkeypatch
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"age": 7.9}, "row 1, column 'age': 7.9 is not a whole number of 64 bits"),
        ({"age": None}, "row 1, column 'age': null is not a whole number of 64 bits"),
        ({"age": 10**19}, "row 1, column 'age': 10000000000000000000 is not a whole number of 64 bits"),
        ({"member": "False"}, "row 1, column 'member': \"False\" is not true or false"),
        ({"income": "much"}, "row 1, column 'income': \"much\" is not a number or null"),
        ({"joined": 5}, "row 1, column 'joined': 5 is not a date in ISO 8601 or null"),
        ({"other": 1}, "row 1 and the model differ in the columns ['other']"),
    ],
)
def test_a_request_that_does_not_fit_is_refused(script: Any, changes: Mapping[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as caught:
        script.run(request(FOLDER, **changes))
    assert str(caught.value) == message


def test_dates_come_back_as_iso_8601(script: Any) -> None:
    (row,) = script.run(request(FOLDER, joined="2020-01-01 00:30:00"))["result"]
    assert row["joined"] == "2020-01-01T00:30:00"


@pytest.mark.parametrize("body", ["", "{}", "[]", "[1]", "null"])
def test_what_is_no_request_is_refused(script: Any, body: str) -> None:
    with pytest.raises(ValueError):
        script.run(body)


def test_a_script_refuses_the_model_of_another_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = FOLDERS["two_bdt"]
    with pytest.raises(ValueError, match=r"this script is not for models of the kind .*: generate it again"):
        loaded(rendered({}, opened(FOLDER)), opened(other), tmp_path, monkeypatch)


def test_a_config_is_still_a_config() -> None:
    with pytest.raises(ConfigError):
        rendered({"parameters": {"unknown": 1}}, opened(FOLDER))


def test_items_that_a_user_has_rated_are_not_recommended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = FOLDERS["ratings"]
    files = opened(folder)
    users, items = (json.loads(files[FACTS_FILE])["learner"][kind] for kind in ("users", "items"))
    rated = "".join(f"{users[0]},{item},3\n" for item in items[1:])
    (tmp_path / "rated.csv").write_text(f"user,item,rating\n{rated}\n{users[1]},{items[0]},4\n", encoding="utf-8")
    parameters = {
        "prediction_kind": "ItemRecommendation",
        "recommended_item_selection": "FromUnratedItems",
        "max_recommended_item_count": 2,
    }
    config = {"parameters": parameters, "datasets": {"training_data": {"path": "rated.csv"}}}
    script = loaded(rendered(config, files), files, tmp_path, monkeypatch)
    request = json.dumps([{"user": user, "item": items[0], "rating": 3} for user in users[:2]])
    found = json.loads(script.run(request))
    assert found["User"] == users[:2]
    assert found["Recommended Item 1"][0] == items[0]
    assert found["Recommended Item 2"][0] != found["Recommended Item 2"][0]  # NaN: nothing else is left
    assert items[0] not in (found["Recommended Item 1"][1], found["Recommended Item 2"][1])


@pytest.mark.parametrize("place", [("task",), ("learner", "kind"), ("learner", "of")])
@pytest.mark.parametrize("word", ['", print("code"), "', "print", "{{ task }}", "strict", ["linear"], None])
def test_a_word_of_a_model_is_no_code(place: tuple[str, ...], word: Any) -> None:
    """What a model.json names is called by the script: no name but a known one may stand there."""
    files = opened(next(folder for folder in RECORDED if "bdt" not in folder.name))
    facts = json.loads(files[FACTS_FILE])
    inner = facts
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = word
    with pytest.raises(ModelError, match="it is not an open model"):
        rendered({}, {**files, FACTS_FILE: json.dumps(facts).encode()})
