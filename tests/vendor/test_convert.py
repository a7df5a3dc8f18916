"""Converted models answer as the designer's, each algorithm on columns of every type, in the designer's own runtime."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.actions.prove import proof_requests
from generator.config.parse import parse_config
from generator.convert.compare import Answer, Comparison, compare, tolerance_of
from generator.convert.convert import convert
from generator.model.names import FACTS_FILE, LEARNER, SCHEMA, VOWPAL_WABBIT
from generator.model.open_model import parse_open_model
from generator.rendering.score import render
from tests.support.open_scripts import answers, loaded, opened, rendered

from .runtimes import KIT, Model, Models, Runtime, quiet_environment

ALGORITHMS = [
    "two_lr",
    "two_bdt",
    "two_forest",
    "two_perceptron",
    "two_svm",
    "two_nn",
    "many_lr",
    "many_bdt",
    "many_forest",
    "many_nn",
    "all_lr",
    "all_bdt",
    "all_svm",
    "one_lr",
    "one_bdt",
    "one_svm",
    "all2_perceptron",
    "one2_nn",
    "value_linear",
    "value_bayes",
    "value_bdt",
    "value_forest",
    "value_nn",
    "value_quantile",
    "value_numbers",
    "label_number",
    "label_boolean",
    "label_category",
    "label_date",
    "dates",
    "many_two_labels",
    "clusters",
    "clusters_numbers",
    "clusters_labels",
    "clusters_missing_labels",
]
SLOW = ["value_poisson", "anomalies_centered"]
"""Those that the designer's script takes a third of a second for, whatever the request."""
RESPONSES: tuple[dict[str, object], ...] = (
    {"body": "records"},
    {"body": "rows", "strict_json": True, "encoding": "object"},
    {},
)
MODES = [
    {"prediction_kind": "RatingPrediction"},
    *(
        {
            "prediction_kind": "ItemRecommendation",
            "recommended_item_selection": selection,
            "max_recommended_item_count": 4,
            "min_recommendation_pool_size": 1,
            "return_ratings": True,
        }
        for selection in ("FromAllItems", "FromRatedItems")
    ),
]


@pytest.fixture(scope="session")
def trained(models: Models, tmp_path_factory: pytest.TempPathFactory) -> tuple[Runtime, Path]:
    """Return the runtime, and the folder of a small model of each algorithm."""
    runtime, folder = models.runtime("classic"), tmp_path_factory.mktemp("trained")
    names = [*ALGORITHMS, *SLOW, "ratings", "ratings_numbers"]
    command = [str(runtime.python), str(KIT / "train_convert.py"), str(folder), *names]
    done = subprocess.run(command, capture_output=True, env=quiet_environment(), check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return runtime, folder


def compared(
    runtime: Runtime,
    folder: Path,
    config: Mapping[str, object],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    rows: int = 60,
) -> Comparison:
    """Return how a converted model compares with the one in a folder, by a config without its module."""
    outputs = folder / "trained_model_outputs"
    files = opened(outputs)
    model = parse_open_model(files[FACTS_FILE])
    (script,) = parse_config({"module": model.module, **config}).scripts
    samples = json.loads((outputs / "_samples.json").read_bytes())
    requests = proof_requests(script.settings, model, samples, rows)
    source = place / "old.py"
    source.write_text(render(script.settings), encoding="utf-8")
    told = runtime.ask("score", script=str(source), model_dir=str(folder), requests=requests, remove=[])
    old = [
        Answer(None, (answer["error"], answer["message"]), 0.0)
        if "error" in answer
        else Answer(json.dumps(answer["response"]), None, 0.0)
        for answer in told
    ]
    new = answers(loaded(rendered(config, files), files, place, monkeypatch), requests)
    return compare(old, new, tolerance_of(model.facts))


@pytest.mark.parametrize("name", ALGORITHMS)
def test_each_algorithm_answers_as_before(
    trained: tuple[Runtime, Path], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime, folder = trained
    for number, response in enumerate(RESPONSES):
        place = tmp_path / str(number)
        place.mkdir()
        result = compared(runtime, folder / name, {"response": response}, place, monkeypatch)
        assert result.differences == ()
        fails_with_dates = not response and name in ("dates", "label_date")
        assert result.cells > 200 or (fails_with_dates and len(result.failed_by_old) > 20)
        assert result.refused_by_new == ()


@pytest.mark.parametrize("name", SLOW)
def test_what_net_scores_is_answered_as_before(
    trained: tuple[Runtime, Path], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime, folder = trained
    result = compared(runtime, folder / name, {"response": RESPONSES[0]}, tmp_path, monkeypatch, rows=5)
    assert result.is_equal
    assert result.cells > 100
    assert result.refused_by_new == ()


BOOSTED = ["two_bdt", "many_bdt", "value_bdt", "all_bdt", "one_bdt", "label_boolean"]


@pytest.mark.parametrize("name", BOOSTED)
def test_boosted_trees_that_lightgbm_scores_answer_as_before(
    trained: tuple[Runtime, Path], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime, folder = trained
    config = {"model": "open_model", "convert": {"trees": "lightgbm"}, "response": RESPONSES[0]}
    result = compared(runtime, folder / name, config, tmp_path, monkeypatch)
    assert result.is_equal
    assert result.cells > 200
    assert result.refused_by_new == ()


ALONE = {"append_or_result_only": False}
FORMS: tuple[dict[str, object], ...] = (
    {"request": {"optional": "auto"}},
    {"request": {"optional": "auto"}, "parameters": ALONE},
    {"request": {"keep": ["id", "other id"]}},
    {"request": {"keep": ["id"], "optional": "auto"}, "response": {"body": "rows"}},
    {"request": {"body": "row", "keep": ["id"]}},
    {"request": {"body": "designer", "parameters": ["append_or_result_only"], "optional": "auto"}},
)


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("name", ["many_bdt", "value_quantile", "clusters_numbers", "label_category"])
def test_each_form_of_a_request_is_answered_as_before(
    trained: tuple[Runtime, Path],
    name: str,
    form: Mapping[str, object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runtime, folder = trained
    result = compared(runtime, folder / name, form, tmp_path, monkeypatch)
    assert result.is_equal
    assert result.refused_by_new == ()


SCORED = {"clusters_numbers": "Assignments", "value_quantile": "Scores for quantile :0.250"}


@pytest.mark.parametrize("body", ["default", "records", "columns", "rows"])
@pytest.mark.parametrize("name", ["many_bdt", "value_quantile", "clusters_numbers", "label_category"])
def test_named_columns_are_answered_as_before(
    trained: tuple[Runtime, Path], name: str, body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime, folder = trained
    names = {"found": SCORED.get(name, "Scored Labels")}
    for number, more in enumerate(({}, {"columns": ["found"]})):
        place = tmp_path / str(number)
        place.mkdir()
        response = {"body": body, "names": names, **more}
        assert compared(runtime, folder / name, {"response": response}, place, monkeypatch).is_equal


@pytest.mark.parametrize("name", ["two_lr", "value_linear", "clusters", "label_category"])
def test_scores_alone_are_those_of_before(
    trained: tuple[Runtime, Path], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime, folder = trained
    config = {"parameters": {"append_or_result_only": False}}
    assert compared(runtime, folder / name, config, tmp_path, monkeypatch).is_equal


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: str(mode.get("recommended_item_selection", "ratings")))
@pytest.mark.parametrize("name", ["ratings", "ratings_numbers"])
def test_recommenders_answer_as_before(
    trained: tuple[Runtime, Path],
    name: str,
    mode: Mapping[str, object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runtime, folder = trained
    assert compared(runtime, folder / name, {"parameters": mode}, tmp_path, monkeypatch).is_equal


DEEP_RATINGS: dict[str, object] = {
    "maximum_number_of_items_to_recommend_to_a_user": 4,
    "minimum_size_of_the_recommendation_pool_for_a_single_user": 1,
    "whether_to_return_the_predicted_ratings_of_the_items_along_with_the_labels": True,
}
DEEP: tuple[dict[str, object], ...] = (
    {"recommender_prediction_kind": "RatingPrediction"},
    *(
        {
            **DEEP_RATINGS,
            "recommender_prediction_kind": "ItemRecommendation",
            "recommended_item_selection": selection,
        }
        for selection in ("FromAllItems", "FromRatedItems")
    ),
)


@pytest.mark.parametrize("mode", DEEP, ids=lambda mode: str(mode.get("recommended_item_selection", "ratings")))
def test_wide_and_deep_recommenders_answer_as_before(
    models: Models, mode: Mapping[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The designer's script takes half a second for a request."""
    model: Model = models("score_wide_and_deep_recommender", "with_features")
    result = compared(model.runtime, model.folder, {"parameters": mode}, tmp_path, monkeypatch, rows=5)
    assert result.is_equal
    assert result.cells > 20
    assert result.refused_by_new == ()


def test_vowpal_wabbit_models_are_taken_as_they_are(models: Models) -> None:
    model: Model = models("score_vowpal_wabbit_model")
    names = [name for name in (VOWPAL_WABBIT, SCHEMA) if (model.outputs / name).exists()]
    files = convert({name: (model.outputs / name).read_bytes() for name in names})
    assert LEARNER not in names
    assert files["model.vw"] == (model.outputs / VOWPAL_WABBIT).read_bytes()
    compile(rendered({}, files), "score.py", "exec")


IMAGE_FORMS: tuple[dict[str, object], ...] = (
    {},
    {"response": {"body": "records", "strict_json": True}},
    {"request": {"optional": "auto", "keep": ["note"]}, "response": {"body": "rows"}},
    {"request": {"body": "designer"}},
)


@pytest.mark.parametrize("form", IMAGE_FORMS, ids=str)
def test_an_image_model_answers_as_before(
    models: Models, form: Mapping[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = models("score_image_model")
    result = compared(model.runtime, model.outputs.parent, form, tmp_path, monkeypatch, rows=6)
    assert result.is_equal
    assert result.cells > 100
    assert result.refused_by_new == ()
