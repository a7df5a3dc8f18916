"""rewrite on the runtimes: the downloaded script, set to each mode, answers as the generated script of that mode."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator import Dataset, generate, load_tables, rewrite
from generator.facts.modules import Table
from tests.vendor.runtimes import place_dataset

from .runtimes import Models

ALL, RATED, UNRATED = "FromAllItems", "FromRatedItems", "FromUnratedItems"


def recommender_modes(table: Table) -> list[dict[str, Any]]:
    """Return the modes of a recommender: ratings, and items of each selection, with and without their ratings."""
    kind, selection, most, least, ratings = (parameter.name for parameter in table.parameters)
    items = {kind: "ItemRecommendation", most: 3}
    return [
        {kind: "RatingPrediction"},
        items | {selection: ALL, ratings: True},
        items | {selection: RATED, least: 1, ratings: False},
        items | {selection: UNRATED, ratings: True},
    ]


def modes() -> list[Any]:
    found = []
    for table in load_tables():
        if table.datasets:
            wanted = recommender_modes(table)
        elif table.parameters:
            flags = [parameter for parameter in table.parameters if parameter.type == "boolean"]
            wanted = [{parameter.name: flag} for parameter in flags for flag in (True, False)]
            wanted += [{one.name: option.member} for one in table.parameters for option in one.options]
        else:
            continue
        found += [pytest.param(table, mode, id=f"{table.id}: {mode}"[:90]) for mode in wanted]
    return found


@pytest.mark.parametrize(("table", "mode"), modes())
def test_there_and_back_again(models: Models, table: Table, mode: dict[str, Any], tmp_path: Path) -> None:
    model = models(table.id)
    config: dict[str, Any] = {"module": table.id, "parameters": mode}
    datasets = {}
    if UNRATED in mode.values():
        place_dataset(model, "ratings.csv", tmp_path)
        datasets = {"training_data": Dataset("ratings.csv")}
        config["datasets"] = {"training_data": {"path": "ratings.csv"}}
    there = rewrite(model.downloaded, mode, datasets=datasets)
    assert model.score(there, folder=tmp_path).body == model.score(generate(config), folder=tmp_path).body
    first = {parameter.name: parameter.in_script for parameter in table.parameters if parameter.in_script is not None}
    back = rewrite(there, first, prune=True, unset=list(datasets))
    assert back == model.downloaded
