"""Score Vowpal Wabbit Model: both file types, several arguments, and the extra columns in every combination."""

from __future__ import annotations

import itertools
import json
import math
import shutil
from pathlib import Path

import pytest

from generator import generate

from .edits import edit
from .runtimes import Answer, Models

MODULE = "score_vowpal_wabbit_model"
REQUESTS = {
    "VW": json.dumps([{"example": "1 | a:0.758 b:0.421"}, {"example": "-1 | a:0.2 b:0.9"}, {"example": "| c"}]),
    "SVMLight": json.dumps([{"example": "1 1:0.758 2:0.421"}, {"example": "-1 1:0.2 2:0.9"}]),
}
ARGUMENTS = [None, "", "--link logistic", "--link=logistic", "-q ::", "--min_prediction 1"]


def script(arguments: str | None, file_type: str = "VW", labels: bool = True, raw_scores: bool = True) -> str:
    """Return the generated script."""
    parameters = {
        "vw_arguments": arguments,
        "specify_file_type": file_type,
        "include_an_extra_column_containing_labels": labels,
        "include_an_extra_column_containing_raw_scores": raw_scores,
    }
    return generate({"module": MODULE, "parameters": parameters})


@pytest.mark.parametrize("arguments", ARGUMENTS)
@pytest.mark.parametrize("file_type", REQUESTS)
@pytest.mark.parametrize(("labels", "raw_scores"), list(itertools.product([True, False], repeat=2)))
def test_every_mode(models: Models, arguments: str | None, file_type: str, labels: bool, raw_scores: bool) -> None:
    model = models(MODULE)
    replacements = {
        "vw_arguments='--link logistic'": f"vw_arguments={arguments!r}",
        'specify_file_type="VW"': f'specify_file_type="{file_type}"',
        "_containing_labels=True": f"_containing_labels={labels}",
        "_containing_raw_scores=True": f"_containing_raw_scores={raw_scores}",
    }
    request = REQUESTS[file_type]
    answer = model.score(script(arguments, file_type, labels, raw_scores), request)
    assert list(answer.body) == ["Results"] + ["Labels"] * labels + ["Raw Scores"] * raw_scores
    assert {len(values) for values in answer.body.values()} == {len(json.loads(request))}
    assert answer == model.score(edit(model.downloaded, replacements), request)


def test_the_arguments_have_their_effect(models: Models) -> None:
    results = {arguments: _results(models(MODULE).score(script(arguments))) for arguments in ARGUMENTS}
    raw = [float(score) for score in models(MODULE).score(script(None)).body["Raw Scores"]]
    assert results[None] == results[""] == pytest.approx(raw, abs=1e-6)
    assert results["--link logistic"] == pytest.approx([1 / (1 + math.exp(-score)) for score in raw], abs=1e-6)
    assert results["--link=logistic"] == results["--link logistic"]
    assert results["--min_prediction 1"] == [1.0] * len(raw)
    assert len(results["-q ::"]) == len(raw)


def test_the_file_types_are_read_as_such(models: Models) -> None:
    """The same example in both formats has the same result; its label is what stands first."""
    model = models(MODULE)
    as_vw = model.score(script(None, "VW"), json.dumps([{"example": "1 | 1:0.758 2:0.421"}]))
    as_svm_light = model.score(script(None, "SVMLight"), json.dumps([{"example": "1 1:0.758 2:0.421"}]))
    assert as_vw.body == as_svm_light.body
    assert as_vw.body["Labels"] == [1.0]


def test_a_model_without_a_schema(models: Models, tmp_path: Path) -> None:
    """A model that was trained on a plain file has none: here the file is taken away."""
    model = models(MODULE)
    shutil.copytree(model.outputs, tmp_path / model.outputs.name)
    (tmp_path / model.outputs.name / "_schema.json").unlink()
    answer = model.score(generate({"module": MODULE}), model=tmp_path)
    assert answer.body
    assert answer == model.score(model.downloaded, model=tmp_path)


def _results(answer: Answer) -> list[float]:
    results: list[float] = answer.body["Results"]
    return results
