"""What the modules make of single parameters, measured again: ``outcomes.json``.

Each case is a default script whose call has the case's parameters, as Python source. It works or it fails, and
``because`` names the error's type, with a piece of its message, or what comes out silently.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import load_tables

from .edits import default_with
from .runtimes import Answer, Models

TABLES = {table.id: table for table in load_tables()}


def _cases() -> Iterator[Any]:
    outcomes = json.loads(Path(__file__).with_name("outcomes.json").read_text(encoding="utf-8"))
    for module, cases in outcomes.items():
        for case in cases:
            shown = ", ".join(f"{name[:30]}={source}" for name, source in case["params"].items())
            yield pytest.param(module, case["params"], case["works"], case.get("because", ""), id=f"{module}: {shown}")


@pytest.mark.parametrize(("module", "parameters", "works", "because"), list(_cases()))
def test_outcome(models: Models, module: str, parameters: dict[str, str], works: bool, because: str) -> None:
    answer = score(models, module, parameters)
    if not works:
        error, _, message = because.partition(": ")
        assert answer.error == error
        assert message in answer.message
    elif because == "silent: an empty result":
        assert answer.body and not any(answer.body.values())
    else:
        assert because in ("", "silent: the unknown keyword is dropped")  # which is a test of its own
        assert answer.body and all(answer.body.values())


def test_an_unknown_keyword_is_dropped(models: Models) -> None:
    """Without a word, and without an effect."""
    module, parameters = "score_wide_and_deep_recommender", {"recommender_prediction_kind": "'Rating Prediction'"}
    answer = score(models, module, parameters | {"foo": "1"})
    assert answer.body
    assert answer == score(models, module, parameters)


def score(models: Models, module: str, parameters: dict[str, str]) -> Answer:
    """Return what a default script with just these parameters gives back."""
    return models(module).score(default_with(TABLES[module], parameters))
