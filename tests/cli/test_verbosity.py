"""How much is said: with -q errors and the result, with -v also what was read, taken and decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import generate
from generator.cli.commands import QUIET, VERBOSE
from generator.facts.modules import tables_by_key
from tests.support.commands import said_by
from tests.support.model_folders import leave_downloaded, leave_model

SVD = tables_by_key()["Score SVD Recommender"]
MODEL = tables_by_key()["Score Model"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scoregen.yaml").write_text("module: svd\nparameters: {max recommended item count: 3}\n")
    return tmp_path


@pytest.mark.parametrize("line", [["generate", "scoregen.yaml"], ["sync"], ["init", "--module", "svd"]])
def test_quiet_commands_that_write_say_nothing(
    line: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if line[0] == "init":
        (folder / "scoregen.yaml").unlink()
    loud = said_by(capsys, *line)
    for path in folder.iterdir():
        if path.name != "scoregen.yaml" or line[0] == "init":
            path.unlink()
    quiet = said_by(capsys, *line, "-q")
    assert loud.out
    assert (quiet.out, quiet.err) == ([], [])
    assert quiet.code == loud.code
    assert [path.name for path in folder.iterdir() if path.name != "scoregen.yaml" or line[0] == "init"]


def test_quiet_is_about_warnings_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert "warning" in said_by(capsys, "generate", "scoregen.yaml").err[0]
    assert said_by(capsys, "generate", "-q", "scoregen.yaml").err == []


def test_errors_are_said_all_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "scoregen.yaml").write_text("module: nonsense\n")
    for line in (["generate", "scoregen.yaml"], ["sync"], ["check", "nowhere.py"], ["explain", "nonsense"]):
        loud, quiet = said_by(capsys, *line), said_by(capsys, "--quiet", *line)
        assert quiet.code == loud.code > 0
        assert quiet.err == loud.err != []


def test_what_a_command_is_to_print_is_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "score.py").write_text(generate("module: svd"))
    for line in (["extract", "score.py"], ["modules"], ["generate", "--check", "scoregen.yaml"], ["explain", "SG102"]):
        loud, quiet = said_by(capsys, *line), said_by(capsys, *line, "-q")
        assert quiet.out == loud.out != []


def test_findings_are_a_result_and_their_number_is_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leave_downloaded(folder, SVD)
    loud, quiet = (said_by(capsys, "check", "trained_model_outputs", *more) for more in ([], ["-q"]))
    assert quiet.out == loud.out[:-1] != []
    assert loud.out[-1] == "2 errors, 1 info in 2 files"
    assert quiet.code == loud.code == 1


def test_a_rewrite_is_quiet_and_its_difference_is_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "score.py").write_text(generate("module: svd"))
    line = ["rewrite", "score.py", "--set", "prediction kind=item recommendation", "-q"]
    assert said_by(capsys, *line, "--diff").out[0] == "--- score.py"
    assert said_by(capsys, *line) == (0, [], [])
    assert "ItemRecommendation" in (folder / "score.py").read_text()


@pytest.mark.parametrize("word", [*VERBOSE, "-v"])
def test_verbose_says_what_was_read(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    loud, said = said_by(capsys, "generate", "scoregen.yaml"), said_by(capsys, word, "sync")
    assert said.err[0].startswith("scoregen 0.")
    assert "scoregen.yaml: read" in said.err
    assert said.err.count("scoregen.yaml: read") == 1
    assert "score.py: unchanged" in said.err
    assert said.code == loud.code == 0


def test_verbose_says_which_model_and_release_are_taken_and_why(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leave_model(folder, MODEL, scikit_learn="1.5.0")
    (folder / "scoregen.yaml").write_text("module: train model\nconda: true\nmodel: trained_model_outputs\n")
    said = said_by(capsys, "sync", "-v").err
    assert "trained_model_outputs: taken as the folder of the model" in said
    assert "trained_model_outputs/_data.pkl: read" in said
    assert any("azureml-designer-classic-modules 0.0.195, since the model was trained with" in line for line in said)


def test_verbose_says_by_what_a_script_is_judged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leave_downloaded(folder, SVD)
    said = said_by(capsys, "check", "-v", "trained_model_outputs").err
    assert "trained_model_outputs/score.py: calls Score SVD Recommender" in said
    assert "trained_model_outputs: judged for Python 3.8 (conda_env.yaml)" in said


def test_verbose_changes_no_output(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leave_downloaded(folder, SVD)
    plain, verbose = (said_by(capsys, "check", "trained_model_outputs", *more) for more in ([], ["-v"]))
    assert (verbose.code, verbose.out) == (plain.code, plain.out)
    assert len(verbose.err) > len(plain.err)


def test_the_last_word_counts_and_behind_two_hyphens_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said_by(capsys, "-v", "generate", "scoregen.yaml", "-q").err == []
    assert said_by(capsys, "generate", "--", QUIET[0]).err == ["-q: cannot be read: No such file or directory"]


@pytest.mark.parametrize("line", [["bundle", "scoregen.yaml", "-d", "out"], ["init", "--module", "svd", "--set", "{}"]])
def test_what_cannot_be_seen_is_escaped_in_notes_too(
    line: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = "##vso[task.x]\x1b]0;\u202e\u3164"
    (folder / "scoregen.yaml").write_text(f"module: train model\nmodel: {json.dumps(odd)}\n")
    said = said_by(capsys, *(odd if word == "{}" else word for word in line)).err
    assert any("#\\x23vso[task.x]\\x1b]0;\\u202e\\u3164" in part for part in said)
    assert all(part.isprintable() and "\u3164" not in part for part in said)
