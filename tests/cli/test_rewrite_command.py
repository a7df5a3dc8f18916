"""The command line of rewrite: what is written where, what is said, and the exit code."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from generator import generate
from generator.cli.commands import rewrite
from generator.cli.main import main

SET = ["--set", "append_or_result_only=false"]
SCRIPT = generate("module: Score Model")
CHANGED = SCRIPT.replace("append_or_result_only=True", "append_or_result_only=False")
SVD = generate("module: score_svd_recommender")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "score.py").write_text(SCRIPT)
    return tmp_path


def run(*arguments: str) -> int:
    try:
        return main(["rewrite", *arguments])
    except SystemExit as exit_:
        assert isinstance(exit_.code, int)
        return exit_.code


def test_a_script_is_rewritten_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("score.py", *SET) == 0
    assert Path("score.py").read_text() == CHANGED
    assert run("score.py", *SET) == 0
    assert capsys.readouterr() == ("score.py: rewritten\nscore.py: nothing to change\n", "")


@pytest.mark.parametrize(
    ("head", "newline", "tail", "encoding"),
    [
        ("", "\n", "\n", "utf-8"),
        ("", "\r\n", "\r\n", "utf-8"),
        ("\ufeff", "\r\n", "", "utf-8"),
        ("# -*- coding: latin-1 -*-\n# d\u00e9j\u00e0\n", "\n", "", "latin-1"),
        ("# \u4f60\u597d\n", "\r", "\r", "utf-8"),
    ],
    ids=["usual", "CRLF", "BOM and no newline at the end", "latin-1", "CR"],
)
def test_all_other_bytes_stay(head: str, newline: str, tail: str, encoding: str) -> None:
    before, after = (
        ((head + text.rstrip("\n")).replace("\n", newline) + tail).encode(encoding) for text in (SCRIPT, CHANGED)
    )
    Path("score.py").write_bytes(before)
    Path("score.py").chmod(0o640)
    assert run("score.py", *SET) == 0
    assert Path("score.py").read_bytes() == after
    assert Path("score.py").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "name", ["append_or_result_only", "Append score columns to output", "APPEND SCORE columns to output"]
)
@pytest.mark.parametrize("value", ["false", "False", "'False'", "no"])
def test_a_name_or_label_and_a_yaml_scalar(name: str, value: str) -> None:
    assert run("score.py", "--set", f"{name}={value}") == 0
    assert Path("score.py").read_text() == CHANGED


def test_a_text_is_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    Path("score.py").write_text(generate("module: score_vowpal_wabbit_model"))
    for value in ("--link logistic -q ::", "", "[a]", "a: b", "it's"):
        assert run("score.py", "--set", f"vw_arguments={value}") == 0
        assert f"vw_arguments={value!r}," in Path("score.py").read_text().replace('"', "'").replace("'it's'", '"it\'s"')


def test_diff_and_check_write_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("score.py", *SET, "--diff") == 0
    assert run("score.py", *SET, "--check") == 1
    assert Path("score.py").read_text() == SCRIPT
    first, second = capsys.readouterr().out.split("--- score.py\n")[1:]
    assert first == second
    assert "-        append_or_result_only=True,\n+        append_or_result_only=False,\n" in first
    assert run("score.py", "--set", "append_or_result_only=true", "--check") == 0
    assert capsys.readouterr().out == ""


def test_a_terminal_gets_colours_unless_it_wants_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    run("score.py", *SET, "--diff")
    assert "\x1b[31m-        append_or_result_only=True,\x1b[0m\n" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    run("score.py", *SET, "--diff")
    assert "\x1b" not in capsys.readouterr().out


def test_another_file_and_the_standard_streams(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run("score.py", *SET, "-o", "new.py") == 0
    assert Path("new.py").read_text() == CHANGED
    assert Path("score.py").read_text() == SCRIPT
    assert capfdbinary.readouterr().out == b"new.py: written\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SCRIPT.encode())))
    assert run("-", *SET) == 0
    assert capfdbinary.readouterr() == (CHANGED.encode(), b"")
    assert run("score.py", *SET, "-o", "-") == 0
    assert capfdbinary.readouterr().out == CHANGED.encode()


def test_what_comes_along_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("score.py").write_text(SVD)
    assert run("score.py", "--set", "prediction_kind=Item Recommendation") == 0
    assert capsys.readouterr().err.splitlines() == [
        "score.py: recommended_item_selection is set to RecommendedItemSelection.FromRatedItems, which the mode needs",
        "score.py: max_recommended_item_count is set to 5, which the mode needs",
        "score.py: min_recommendation_pool_size is set to 2, which the mode needs",
        "score.py: return_ratings is set to False, which the mode needs",
    ]


def test_there_and_back_again_with_a_dataset() -> None:
    Path("score.py").write_text(SVD)
    there = ["--set", "prediction_kind=ItemRecommendation", "--set", "recommended_item_selection=FromUnratedItems"]
    assert run("score.py", *there, "--dataset", "training_data=ratings.csv") == 0
    expected = {"prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromUnratedItems"}
    config = {
        "module": "score_svd_recommender",
        "parameters": expected,
        "datasets": {"training_data": {"path": "ratings.csv"}},
    }
    assert sorted(Path("score.py").read_text().splitlines()[1:]) == sorted(
        line for line in generate(config).splitlines()[1:] if not line.strip().startswith("# From")
    )
    assert run("score.py", "--set", "prediction_kind=RatingPrediction", "--prune", "--unset", "training_data") == 0
    assert Path("score.py").read_text() == SVD


def test_a_config_sets_what_it_has_for_the_module() -> None:
    Path("scoregen.yaml").write_text("module: Train Model\nparameters: {append_or_result_only: false}\n")
    assert run("score.py", "--config", "scoregen.yaml") == 0
    assert Path("score.py").read_text() == CHANGED
    assert run("score.py", "--config", "scoregen.yaml", "--set", "append_or_result_only=true") == 0
    assert Path("score.py").read_text() == SCRIPT


def test_a_script_that_is_refused_stops_none_of_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    Path("other.py").write_text("print('hello')\n")
    Path("broken.py").write_text("def run(:\n")
    assert run("other.py", "broken.py", "score.py", *SET) == 1
    assert Path("score.py").read_text() == CHANGED
    assert run("missing.py", "score.py", "--set", "append_or_result_only=true") == 2
    assert Path("score.py").read_text() == SCRIPT
    err = capsys.readouterr().err
    assert "other.py:1:1: no designer module is used here" in err
    assert "broken.py:1:9: not valid Python: invalid syntax" in err
    assert "missing.py: cannot be read: No such file or directory" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["score.py"],
        ["--set", "a=1"],
        ["score.py", "--set", "append_or_result_only"],
        ["score.py", "--set", "=1"],
        ["score.py", "--set", "append_or_results=true"],
        ["score.py", "--set", "append_or_result_only=perhaps"],
        ["score.py", "--unset", "nothing"],
        ["score.py", "--dataset", "training_data=a.csv"],
        ["score.py", "score.py", *SET, "-o", "a.py"],
        ["score.py", *SET, "-o", "missing/a.py"],
        ["score.py", *SET, "--diff", "--check"],
        ["score.py", "--config", "missing.yaml"],
    ],
    ids=" ".join,
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 2
    assert capsys.readouterr().err != ""
    assert Path("score.py").read_text() == SCRIPT
    assert sorted(path.name for path in Path().iterdir()) == ["score.py"]


def test_a_result_that_would_not_work_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("score.py").write_text(SVD)
    arguments = ["--set", "prediction_kind=ItemRecommendation", "--set", "recommended_item_selection=FromUnratedItems"]
    assert run("score.py", *arguments) == 1
    assert "the result would not work: SG107 training_data" in capsys.readouterr().err
    assert Path("score.py").read_text() == SVD


def test_many_scripts_show_how_far_the_work_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(rewrite, "_MANY", 60)
    assert run(*["score.py"] * 59, *SET) == 0
    assert capsys.readouterr().err == ""
    assert run(*["score.py"] * 60, *SET) == 0
    assert capsys.readouterr().err == "\r1 of 60 scripts\r51 of 60 scripts\r60 of 60 scripts\n"


def test_a_text_that_the_encoding_lacks_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    script = ("# coding: latin-1\n" + generate("module: score_vowpal_wabbit_model")).encode("latin-1")
    Path("score.py").write_bytes(script)
    assert run("score.py", "--set", "name_of_the_test_data_file=\u4f60") == 1
    assert (
        capsys.readouterr().err == "score.py:1:1: the script's encoding, latin-1, has no '\\u4f60': save it as UTF-8\n"
    )
    assert Path("score.py").read_bytes() == script
