"""Converted models answer as the designer's did: real ones, whose answers were recorded in the designer's runtimes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from generator.actions.model_folder import learned_in
from generator.convert.convert import convert
from generator.model.error import ModelError
from generator.model.names import LEARNED
from tests.support.open_scripts import assert_answers_as_before, loaded, opened, rendered
from tests.support.recorded import CONFIGS, RECORDED, RECORDS

folders = pytest.mark.parametrize("folder", RECORDED, ids=lambda folder: folder.name)


@folders
def test_a_converted_model_answers_as_the_old_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = opened(folder)
    script = loaded(rendered(CONFIGS.get(folder.name, RECORDS), files), files, tmp_path, monkeypatch)
    assert_answers_as_before(folder, files, script, 50)


@pytest.mark.parametrize(
    ("row", "nearest"),
    [
        ({"x1": 1238951644244317.2, "x2": 72715522.94548346, "k": 0}, 2),
        ({"x1": 3154547812.2436023, "x2": 5674723417924832.0, "k": 0}, 1),
    ],
)
def test_of_centers_equally_far_the_same_one_is_nearest(
    row: dict[str, float], nearest: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their distances are equal, the squares of these are not: so the designer's runtime answered."""
    files = opened(next(folder for folder in RECORDED if folder.name == "clusters_numbers"))
    script = loaded(rendered(RECORDS, files), files, tmp_path, monkeypatch)
    assert json.loads(script.run(json.dumps([row])))["result"][0]["Assignments"] == nearest


@folders
def test_a_changed_pickle_is_refused_or_still_a_model(folder: Path) -> None:
    """Bytes are changed, taken out and doubled: never another error, and never a model that is not a whole one."""
    files = learned_in(folder)
    learned = next(name for name in LEARNED if name in files)
    content = files[learned]
    chance = random.Random(folder.name)
    refused = 0
    for _ in range(40):
        place = chance.randrange(len(content))
        end = min(place + chance.choice((1, 1, 1, 8, 200)), len(content))
        changed = chance.choice((bytes([chance.randrange(256)]) * (end - place), b"", content[place:end] * 2))
        try:
            opened_files = convert({**files, learned: content[:place] + changed + content[end:]})
        except ModelError:
            refused += 1
        else:
            rendered(CONFIGS.get(folder.name, RECORDS), opened_files)
    assert refused > 5
