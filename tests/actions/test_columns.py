"""The columns of the model beside a script are held against what the script gives back."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import generate
from generator.cli.main import main
from generator.facts.modules import tables_by_key
from tests.support.model_folders import leave_model

MODEL = tables_by_key()["score_model"]
DEFAULT = generate({"module": "Score Model"})
DATES = {"born": "datetime64", "x": "float64"}


def codes(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    main(["check", str(folder / "score.py")])
    return [line.split()[1].rstrip(":") for line in capsys.readouterr().out.splitlines() if ": SG" in line]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (DEFAULT, ["SG130"]),
        (generate({"module": "Score Model", "parameters": {"append_or_result_only": False}}), []),
        (generate({"module": "Score Model", "response": {"strict_json": True}}), []),
        (generate({"module": "Score Model", "response": {"body": "records"}}), []),
        (generate({"module": "Score Model", "endpoint": "batch"}), []),
        (DEFAULT.replace("result.data_frame.values", "result.data_frame.astype(str).values"), []),
        (DEFAULT.replace("result.data_frame.values", 'result.data_frame[["x"]].values'), []),
        (DEFAULT.replace(".tolist()})", ".tolist()}, default=str)"), []),
        (DEFAULT.replace("append_or_result_only=True", "append_or_result_only=FLAG"), ["SG114"]),
    ],
)
def test_dates_in_the_response(
    source: str, found: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leave_model(tmp_path, MODEL, columns=DATES)
    for folder in (tmp_path, tmp_path / "trained_model_outputs"):
        (folder / "score.py").write_text(source)
        assert [code for code in codes(folder, capsys) if code != "SG118"] == found


def test_without_dates_or_without_a_model_nothing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "score.py").write_text(DEFAULT)
    assert codes(tmp_path, capsys) == []
    leave_model(tmp_path, MODEL)
    assert codes(tmp_path, capsys) == []


@pytest.mark.parametrize("content", ["{", "", "[]"])
def test_columns_that_cannot_be_read_are_none(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = leave_model(tmp_path, MODEL, columns=DATES)
    (folder / "_schema.json").write_text(content)
    assert codes(folder, capsys) == []


@pytest.mark.parametrize(
    ("more", "is_said"),
    [
        ("", True),
        ("parameters: {append_or_result_only: false}", False),
        ("response: {strict_json: true}", False),
        ("response: {body: rows}", False),
        ("endpoint: batch", False),
    ],
)
def test_a_config_whose_script_would_fail_is_told_so(
    more: str, is_said: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leave_model(tmp_path, MODEL, columns=DATES)
    config = tmp_path / "scoregen.yaml"
    config.write_text(f"module: Score Model\n{more}\n")
    assert main(["generate", str(config)]) == 0
    said = capsys.readouterr().err
    assert said == (
        f"{tmp_path / 'score.py'}: fails at every request, since the model has dates in 'born': "
        "add `response: {strict_json: true}` to the config\n"
        if is_said
        else ""
    )
