"""The answers of a script to many requests: from a process of its own, and from an endpoint."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from generator.trial.answers import NoAnswersError, answers_of_script

SCRIPT = """\
import json
import os


class AMLResponse:
    def __init__(self, text, status_code):
        self.text, self.status_code = text, status_code

    def get_data(self, as_text):
        return self.text


def init():
    global folder
    folder = os.environ["AZUREML_MODEL_DIR"]


def run(data):
    given = json.loads(data)
    if given == "fail":
        raise KeyError("absent")
    if given == "refuse":
        return AMLResponse("the column is missing", 400)
    if given == "end":
        print("the end of it", flush=True)
        os._exit(3)
    return [given, folder]
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "score.py"
    path.write_text(SCRIPT)
    return path


def bodies(*given: object) -> list[str]:
    return [json.dumps(each) for each in given]


def test_a_script_answers_in_the_order_of_the_requests(script: Path, tmp_path: Path) -> None:
    found = answers_of_script(script, sys.executable, tmp_path, bodies(1, "fail", "refuse", "é"), 20)
    assert [(answer.body, answer.error) for answer in found] == [
        (json.dumps([1, str(tmp_path)]), None),
        (None, ("KeyError", "'absent'")),
        (None, ("refused", "the column is missing")),
        (json.dumps(["é", str(tmp_path)]), None),
    ]
    assert all(answer.seconds > 0 for answer in found)


def test_all_answers_together_have_a_bound(script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.trial.answers.MOST_IN_ALL", 1000)
    with pytest.raises(NoAnswersError, match=r"score\.py: its answers have more than 0 MB"):
        answers_of_script(script, sys.executable, tmp_path, bodies(*["x" * 400] * 3), 20)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise ValueError('no model')", "score.py stopped after 0 of 2 requests: ValueError: no model"),
        ("def init(): pass", "score.py stopped after 0 of 2 requests: there is no function run()"),
        (SCRIPT, "score.py stopped after 1 of 2 requests: the end of it"),
    ],
)
def test_a_script_that_stops(script: Path, tmp_path: Path, source: str, said: str) -> None:
    script.write_text(source)
    with pytest.raises(NoAnswersError) as caught:
        answers_of_script(script, sys.executable, tmp_path, bodies(1, "end"), 20)
    assert said in str(caught.value)


def test_a_script_that_takes_too_long(script: Path, tmp_path: Path) -> None:
    script.write_text("import time\ntime.sleep(60)\n")
    with pytest.raises(NoAnswersError, match="after 0 of 1 requests: it was not ready after 0 seconds"):
        answers_of_script(script, sys.executable, tmp_path, bodies(1), 0.3)


def test_an_interpreter_that_is_not_there_or_none(script: Path, tmp_path: Path) -> None:
    with pytest.raises(NoAnswersError, match="is not a program that can be started"):
        answers_of_script(script, str(tmp_path / "python"), tmp_path, bodies(1), 20)
    (tmp_path / "python").write_bytes(b"\x7fELF")
    (tmp_path / "python").chmod(0o755)
    said = "is not a program that can be started" if os.name == "nt" else "cannot be started: Exec format error"
    with pytest.raises(NoAnswersError, match=said):
        answers_of_script(script, str(tmp_path / "python"), tmp_path, bodies(1), 20)
