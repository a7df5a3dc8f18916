"""What is said of ``--link logistic``, which is right for some Vowpal Wabbit models alone: wherever it is written."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from generator import generate, load_tables
from generator.actions.check import check
from generator.actions.endpoint_beside import endpoint_beside
from generator.actions.first_config import begin, script_at
from generator.actions.generate import contents
from generator.actions.init import start_of_module
from generator.actions.rewrite import rewrite
from generator.cli.main import main
from generator.config.parse import parse_config
from generator.model.vowpal_wabbit import predictions_of

MODULE = "Score Vowpal Wabbit Model"
SCRIPT = generate({"module": MODULE})


def model(least: float, greatest: float) -> bytes:
    """Return how the file of a model begins."""
    return struct.pack("<I6sI1scff", 6, b"8.8.1", 1, b"", b"m", least, greatest) + b"weights"


def test_generate_says_it(tmp_path: Path) -> None:
    plain = {"module": MODULE, "parameters": {"vw_arguments": ""}}
    for config, number in (({"module": MODULE}, 1), (plain, 0)):
        _, notes = contents(tmp_path / "scoregen.yaml", parse_config(config, check_outputs=False).scripts[0])
        assert [note[:41] for note in notes] == ["vw_arguments: --link logistic squeezes eve"[:41]] * number


def test_init_says_it() -> None:
    (table,) = (table for table in load_tables() if table.name == MODULE)
    assert any("--link logistic squeezes" in note for note in start_of_module(table).notes)


def test_rewrite_says_it_of_what_it_sets() -> None:
    without = rewrite(SCRIPT, {"vw_arguments": "--link identity"})
    assert without.notes == ()
    again = rewrite(without.source, {"vw_arguments": "--link logistic"})
    assert [note for note in again.notes if "--link logistic squeezes" in note] != []
    assert rewrite(SCRIPT, {"include_an_extra_column_containing_labels": False}).notes == ()


@pytest.mark.parametrize(
    ("least", "greatest", "severities"), [(-50, 50, []), (0, 9, ["warning"]), (-1, 1, ["warning"]), (None, 0, ["info"])]
)
@pytest.mark.parametrize("inner", ["", "trained_model_outputs"])
def test_check_asks_the_model_beside(
    tmp_path: Path, inner: str, least: float | None, greatest: float, severities: list[str]
) -> None:
    if least is not None:
        (tmp_path / inner / "model").mkdir(parents=True)
        (tmp_path / inner / "model/_model.vw").write_bytes(model(least, greatest))
    found = check(SCRIPT, endpoint_beside(str(tmp_path / "score.py")))
    assert [each.severity for each in found if each.code == "SG125"] == severities


@pytest.mark.parametrize(
    ("least", "greatest", "starts"), [(-50, 50, []), (0, 9, ["warning: vw_arguments: --link logistic squeeze"])]
)
def test_generate_init_and_rewrite_ask_the_model_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], least: float, greatest: float, starts: list[str]
) -> None:
    (tmp_path / "trained_model_outputs/model").mkdir(parents=True)
    (tmp_path / "trained_model_outputs/model/_model.vw").write_bytes(model(least, greatest))
    _, notes = contents(tmp_path / "scoregen.yaml", parse_config({"module": MODULE}).scripts[0])
    assert [note[:46] for note in notes] == starts
    script = tmp_path / "score.py"
    script.write_text(SCRIPT)
    begun = begin(*script_at(script))
    assert [note[:46] for note in begun.start.notes if "--link" in note] == starts
    script.write_text(rewrite(SCRIPT, {"vw_arguments": ""}).source)
    assert main(["rewrite", str(script), "--set", "vw_arguments=--link logistic"]) == 0
    said = [line.partition(": ")[2][:46] for line in capsys.readouterr().err.splitlines()]
    assert said == starts


@pytest.mark.parametrize("content", [b"", b"\xff" * 20, model(0, 1)[:15], b"PK" + model(0, 1)])
def test_a_file_that_begins_in_another_way_says_nothing(content: bytes) -> None:
    assert predictions_of(content) == ()
