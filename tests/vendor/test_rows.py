"""The modules that respond with rows: Score Model, Assign Data to Clusters and Score Image Model."""

from __future__ import annotations

import json

import pytest

from generator import generate

from .edits import edit
from .runtimes import Models

tabular = pytest.mark.parametrize(
    ("module", "scores", "truth"),
    [
        ("score_model", 2, ["y"]),  # what is predicted and how likely it is, and behind them the true label
        ("assign_data_to_clusters", 4, []),  # the cluster and the distances to all three
    ],
)


@tabular
def test_scores_are_appended_or_alone(models: Models, module: str, scores: int, truth: list[str]) -> None:
    model = models(module)
    appended, alone = (model.score(_script(module, append)).body["result"] for append in (True, False))
    assert {len(row) for row in alone} == {scores + len(truth)}
    for number, row in enumerate(model.rows):
        assert appended[number] == [*row.values(), *alone[number][:scores]]
        assert alone[number][scores:] == [row[name] for name in truth]


@pytest.mark.parametrize("module", ["score_model", "assign_data_to_clusters"])
@pytest.mark.parametrize("append", [True, False])
def test_as_edited_by_hand(models: Models, module: str, append: bool) -> None:
    model = models(module)
    edited = edit(model.downloaded, {"append_or_result_only=True": f"append_or_result_only={append}"})
    answer = model.score(_script(module, append))
    assert answer.body["result"]
    assert answer == model.score(edited)


def _script(module: str, append: bool) -> str:
    return generate({"module": module, "parameters": {"append_or_result_only": append}})


@pytest.mark.parametrize("prefix", ["", "data:image/png;base64,"])
def test_images_are_classified(models: Models, prefix: str) -> None:
    model = models("score_image_model")
    rows = [{**row, "image": prefix + row["image"]} for row in model.rows]
    answer = model.score(generate({"module": "score_image_model"}), json.dumps(rows))
    result = answer.body["result"]
    assert [row[:2] for row in result] == [[row["category"], row["id"]] for row in rows]
    for _, _, *probabilities, label in result:
        assert sum(probabilities) == pytest.approx(1)
        assert label == ["blue", "red"][probabilities.index(max(probabilities))]
    assert answer == model.score(model.downloaded, json.dumps(rows))
