"""Boosted trees of converted models, scored by LightGBM: the recorded answers of the designer's runtimes, and damage."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.actions.model_folder import learned_in
from generator.cli.main import main
from generator.convert.convert import convert
from generator.convert.proof import parse_proof
from generator.model.error import ModelError
from generator.model.names import LEARNER
from tests.support.open_scripts import assert_answers_as_before, loaded, opened, rendered
from tests.support.recorded import RECORDED, RECORDS

lightgbm = pytest.importorskip("lightgbm", reason="lightgbm is not installed: `pip install -e '.[test]'` brings it")

LIGHTGBM = {"model": "open_model", "convert": {"trees": "lightgbm"}}
BOOSTED = [folder for folder in RECORDED if "bdt" in folder.name]
TWO = next(folder for folder in BOOSTED if folder.name == "two_bdt")
NOT_PROVEN = "Not proven yet"


@pytest.mark.parametrize("folder", BOOSTED, ids=lambda folder: folder.name)
def test_boosted_trees_answer_as_the_old_ones(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = opened(folder)
    script = loaded(rendered({**RECORDS, **LIGHTGBM}, files), files, tmp_path, monkeypatch)
    assert_answers_as_before(folder, files, script, 200)


def test_many_rows_are_scored_as_numpy_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From 1,000 rows on, LightGBM takes as many threads as there are."""
    files = opened(next(folder for folder in BOOSTED if folder.name == "many_bdt"))
    request = parse_proof((TWO / "proof.json").read_bytes()).requests[0]
    rows = json.dumps((json.loads(request) * 1000)[:1500])
    found: list[str] = []
    for config in (RECORDS, {**RECORDS, **LIGHTGBM}):
        place = tmp_path / str(len(found))
        place.mkdir()
        found.append(loaded(rendered(config, files), files, place, monkeypatch).run(rows))
    assert found[0] == found[1]
    assert len(json.loads(found[0])["result"]) == 1500


def test_damaged_trees_end_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = opened(TWO)
    source = rendered(LIGHTGBM, files)
    damaged: dict[str, Any] = {**files, "trees.txt": files["trees.txt"].replace(b"leaf_value=", b"leaf_value=1", 1)}
    with pytest.raises(ValueError, match=r"trees\.txt is damaged: deploy the model again"):
        loaded(source, damaged, tmp_path, monkeypatch)


_SCORES = """
import sys, lightgbm, numpy
for name in sys.argv[1:]:
    model = lightgbm.Booster(model_file=name)
    model.predict(numpy.zeros((2, model.num_feature())), num_threads=1)
"""


def test_changed_trees_are_refused_or_scored(tmp_path: Path) -> None:
    """LightGBM takes such texts as they are: it may never stop over one, nor end the process."""
    files, chance = learned_in(TWO), random.Random(0)
    start = files[LEARNER].index(b"Tree=0")
    numbers = list(re.finditer(rb"\d+", files[LEARNER][start : files[LEARNER].index(b"end of trees")]))
    accepted: list[str] = []
    for number in range(100):
        changed = bytearray(files[LEARNER])
        for found in chance.sample(numbers, chance.choice((1, 1, 3))):
            place, end = start + found.start(), start + found.end()
            changed[place:end] = bytes(chance.choices(b"0123456789-", k=end - place))
        try:
            text = convert({**files, LEARNER: bytes(changed)})["trees.txt"]
        except ModelError:
            continue
        accepted.append(str(tmp_path / f"{number}.txt"))
        Path(accepted[-1]).write_bytes(text)
    assert 10 < len(accepted) < 90
    done = subprocess.run([sys.executable, "-c", _SCORES, *accepted], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def deploy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a converted model whose trees LightGBM scores, beside the answers of the old one."""
    monkeypatch.chdir(tmp_path)
    old = tmp_path / "trained_model_outputs"
    shutil.copytree(TWO, old)
    (old / "proof.json").unlink()
    assert main(["convert", str(old), "-o", "deploy"]) == 0
    shutil.copy(TWO / "proof.json", "deploy")
    write_config("numpy")
    return tmp_path / "deploy"


def write_config(trees: str) -> None:
    Path("deploy/scoregen.yaml").write_text(
        "module: Score Model\nmodel: open_model\nconda: true\nresponse: {body: records}\n"
        f"convert: {{trees: {trees}}}\n"
    )
    assert main(["generate", "deploy/scoregen.yaml"]) == 0


def test_what_scores_is_proven_by_the_answers_that_are_kept(deploy: Path) -> None:
    assert main(["prove", "deploy"]) == 0
    assert NOT_PROVEN not in (deploy / "score.py").read_text()
    assert "lightgbm" not in (deploy / "conda_env.yaml").read_text()
    write_config("lightgbm")
    assert NOT_PROVEN in (deploy / "score.py").read_text()  # the answers are there, but not of this script
    assert "- lightgbm==" in (deploy / "conda_env.yaml").read_text()
    assert main(["prove", "deploy"]) == 0
    assert NOT_PROVEN not in (deploy / "score.py").read_text()
    assert main(["sync", "deploy", "--check"]) == 0


def test_a_container_has_lightgbm_in_its_lock(deploy: Path) -> None:
    write_config("lightgbm")
    with (deploy / "scoregen.yaml").open("a") as config:
        config.write("container: true\n")
    assert main(["bundle", "deploy/scoregen.yaml", "-d", "out"]) == 0
    assert "lightgbm==" in Path("out/requirements.lock").read_text()
    assert main(["check", "deploy"]) == 0


def test_trees_that_are_not_those_of_the_model_are_refused(deploy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_config("lightgbm")
    trees = deploy / "open_model" / "trees.txt"
    trees.write_bytes(trees.read_bytes() + b"\n")
    capsys.readouterr()
    assert main(["generate", "deploy/scoregen.yaml"]) == 1
    assert "trees.txt: these are not the trees that the model was converted to" in capsys.readouterr().err
    trees.unlink()
    assert main(["generate", "deploy/scoregen.yaml"]) == 2
    assert "trees.txt: cannot be read" in capsys.readouterr().err


def test_a_model_that_was_converted_without_its_text_is_refused(
    deploy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = deploy / "open_model" / "model.json"
    said = json.loads(facts.read_text())
    del said["learner"]["text"]
    facts.write_text(json.dumps(said))
    (deploy / "scoregen.yaml").write_text("module: Score Model\nmodel: open_model\nconvert: {trees: lightgbm}\n")
    assert main(["generate", "deploy/scoregen.yaml"]) == 1
    expected = "3:11: convert.trees: 'open_model' has no trees.txt: convert the model again, or leave this out"
    assert expected in capsys.readouterr().err
