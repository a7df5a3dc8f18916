"""``scoregen try`` of folders, configs, several requests and kept answers; with stand-ins for models and runtimes."""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest

from generator import generate
from generator.trial.expected import Kept, differences
from generator.trial.process import Outcome
from generator.trial.requests import Request
from generator.trial.response import Table
from generator.trial.table import table_lines
from generator.trial.verdict import judge
from tests.support.commands import Said, said_by

ECHO = "import json\n\n\ndef init():\n    pass\n\n\ndef run(data):\n    return json.loads(data)\n"


class Desk:
    """A folder with a model folder that holds a script, and the command to try it."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.outputs = Path("model/trained_model_outputs")
        self.outputs.mkdir(parents=True)
        (self.outputs / "_samples.json").write_text('[{"x": 1}, {"x": 2}]')
        self.script = self.outputs / "score.py"
        self.script.write_text(ECHO)

    def __call__(self, *arguments: str) -> Said:
        return said_by(self._capsys, "try", *arguments)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Desk(capsys)


@pytest.mark.parametrize(
    "named", ["model", "model/", "model/trained_model_outputs", "model/trained_model_outputs/score.py"]
)
def test_the_model_folder_is_enough(desk: Desk, named: str) -> None:
    said = desk(named)
    assert (said.code, said.out[:4], said.err) == (0, ["x", "-", "1", "2"], [])
    assert said.out[4].startswith("model/trained_model_outputs/score.py: 2 rows in ")


def test_a_script_beside_the_model_folder(desk: Desk) -> None:
    Path("model/other.py").write_text(ECHO)
    assert desk("model/other.py").code == 0
    Path("other.py").write_text(ECHO)
    said = desk("other.py")
    assert said.code == 2
    assert (
        "there is no folder trained_model_outputs beside it: name the one that holds it with --model-dir" in said.err[0]
    )
    assert desk("other.py", "--model-dir", "model").code == 0


def test_a_config_stands_for_its_script(desk: Desk) -> None:
    Path("scoregen.yaml").write_text("module: Score Model\n")
    said = desk("scoregen.yaml", "--model-dir", "model")
    assert said == (2, [], ["score.py: is not there: `scoregen generate scoregen.yaml` writes it"])
    Path("score.py").write_text(ECHO)
    said = desk("scoregen.yaml", "--model-dir", "model")
    assert said.code == 0
    assert said.err == [
        "score.py: is not what scoregen.yaml describes, and is run as it is: "
        "`scoregen generate scoregen.yaml` brings it up to date"
    ]


def test_a_config_with_several_scripts(desk: Desk) -> None:
    Path("scoregen.yaml").write_text(
        "scripts:\n- {module: Score Model, output: a.py}\n- {module: Score Model, output: b.py}\n"
    )
    assert desk("scoregen.yaml").err == [
        "scoregen.yaml: has several scripts, of which one can be run: name one of a.py, b.py"
    ]
    Path("scoregen.yaml").write_text("modul: Score Model\n")
    assert desk("scoregen.yaml").code == 1


def test_a_conda_file_is_no_script(desk: Desk) -> None:
    Path("conda_env.yaml").write_text("dependencies: []\n")
    assert desk("conda_env.yaml").err == ["conda_env.yaml: is a conda file: name a model folder, a script or a config"]


def test_a_script_of_the_designer_needs_a_runtime(desk: Desk) -> None:
    desk.script.write_text(generate("module: Score Vowpal Wabbit Model"))
    said = desk("model")
    assert (said.code, said.out) == (2, [])
    assert "--runtime makes an environment" in said.err[0]


def test_several_requests_start_the_script_once(desk: Desk) -> None:
    desk.script.write_text(
        "import json\ncount = 0\n\n\ndef init(): pass\n\n\n"
        "def run(data):\n    global count\n    count += 1\n    return [[count] for row in json.loads(data)]\n"
    )
    Path("one.json").write_text("[1]")
    Path("two.json").write_text("[1, 2]")
    said = desk("model", "--samples", "one.json", "--samples", "two.json")
    assert said.code == 0
    assert [line for line in said.out if "rows in" not in line and "row in" not in line] == [
        "one.json:", "1", "two.json:", "2", "2"
    ]  # fmt: skip


def test_a_request_that_fails_does_not_stop_the_next(desk: Desk) -> None:
    Path("bad.json").write_text("{}")
    desk.script.write_text(ECHO.replace("return json.loads(data)", "return [[row['x']] for row in json.loads(data)]"))
    Path("no.json").write_text('[{"y": 1}]')
    said = desk("model", "--samples", "no.json", "--samples", str(desk.outputs / "_samples.json"))
    assert said.code == 1
    assert said.err[0].startswith("model/trained_model_outputs/score.py:9: KeyError in run(): 'x'")
    assert said.out[2:4] == ["1", "2"]


def test_requests_behind_the_end_of_the_process_are_named(desk: Desk) -> None:
    desk.script.write_text(ECHO.replace("return json", "import os; os._exit(3); json"))
    Path("a.json").write_text("[]")
    said = desk("model", "--samples", "a.json", "--samples", "a.json")
    assert said.code == 1
    assert said.err[-1] == "model/trained_model_outputs/score.py: 1 of 2 requests were not sent any more"


def test_a_folder_means_a_batch_whatever_the_parameter_is_called(desk: Desk) -> None:
    desk.script.write_text("def init(): pass\n\n\ndef run(data):\n    return [path[-5:] for path in data]\n")
    Path("files").mkdir()
    for name in ("a.csv", "b.csv"):
        Path("files", name).touch()
    assert desk("model", "--samples", "files").out[2:4] == ["a.csv", "b.csv"]


def test_what_run_does_with_its_argument_tells_whether_it_takes_files(desk: Desk) -> None:
    desk.script.write_text("def init(): pass\n\n\ndef run(batch):\n    return [open(path).read() for path in batch]\n")
    Path("a.csv").write_text("content of a")
    said = desk("model", "--samples", "a.csv")
    assert "content of a" in said.out
    desk.script.write_text(ECHO.replace("data", "mini_batch"))
    assert desk("model").code == 0


def test_a_failure_of_a_model_of_another_release_is_explained_by_the_conda_file(desk: Desk) -> None:
    (desk.outputs / "_data.pkl").write_bytes(pickle.dumps({"_sklearn_version": "1.5.0"}, protocol=4))
    Path("model/score.py").write_text("def init(): pass\n\n\ndef run(data): raise AttributeError('sparse')\n")
    pins = ["azureml-defaults==1.54.0", "azureml-designer-classic-modules==0.0.185", "azureml-designer-serving==0.0.13"]
    given = ["python=3.8.10", "pip=20.2", {"pip": [*pins, "azureml-designer-core==0.0.80"]}]
    Path("model/conda_env.yaml").write_text(json.dumps({"dependencies": given}))
    said = desk("model/score.py")
    assert said.code == 1
    words = "the model was trained with scikit-learn 1.5.0, so by release 0.0.191 or later, on Python 3.9"
    assert any(line.startswith("model/conda_env.yaml:1:") and words in line for line in said.err)


AMLRESPONSE = """
class Answer:
    status_code = 400

    def get_data(self, as_text):
        return '{"message": "row 1: x is missing"}'


def init(): pass


def run(data):
    return Answer()
"""


def test_an_answer_with_a_status_says_that_the_request_is_wrong(desk: Desk) -> None:
    desk.script.write_text(AMLRESPONSE)
    said = desk("model")
    assert said.code == 1
    assert said.out[:3] == ["{", '  "message": "row 1: x is missing"', "}"]
    assert said.out[3].startswith("model/trained_model_outputs/score.py: status 400, answered in ")


def test_answers_are_kept_and_compared(desk: Desk) -> None:
    assert desk("model", "--expect", "answers.json").err == [
        "answers.json: cannot be read: No such file or directory: --update writes the answers into it"
    ]
    assert desk("model", "--expect", "answers.json", "--update").out == ["answers.json: written, 1 answer"]
    said = desk("model", "--expect", "answers.json")
    assert (said.code, said.out[-1]) == (0, "model/trained_model_outputs/score.py: as expected")
    desk.script.write_text(ECHO.replace("loads(data)", "loads(data.replace('2', '3'))"))
    said = desk("model", "--expect", "answers.json")
    assert said.code == 1
    assert said.err == ["model/trained_model_outputs/score.py: not as expected: [1].x: 3 instead of 2"]


def test_a_refusal_can_be_expected(desk: Desk) -> None:
    desk.script.write_text(AMLRESPONSE)
    Path("wrong.json").write_text("[]")
    assert desk("model", "--samples", "wrong.json", "--expect", "answers.json", "--update").code == 0
    assert json.loads(Path("answers.json").read_text()) == {
        "wrong.json": {"status": 400, "answer": {"message": "row 1: x is missing"}}
    }
    assert desk("model", "--samples", "wrong.json", "--expect", "answers.json").code == 0
    assert desk("model", "--expect", "answers.json").code == 1  # there is no answer for the samples


def test_nothing_is_kept_of_a_script_that_does_not_start(desk: Desk) -> None:
    desk.script.write_text("import nothing_of_that_name\n")
    said = desk("model", "--expect", "answers.json", "--update")
    assert (said.code, said.err[-1]) == (1, "answers.json: not written: there is no answer to keep")
    assert not Path("answers.json").exists()


@pytest.mark.parametrize("content", ["[]", "{", '{"a": 1}', '{"a": {"status": 200}}'])
def test_a_file_that_holds_no_answers(desk: Desk, content: str) -> None:
    Path("answers.json").write_text(content)
    said = desk("model", "--expect", "answers.json")
    assert said.code == 2
    assert said.err[0].startswith("answers.json: holds no answers that `scoregen try --update` has kept: ")
    said = desk("model", "--expect", "answers.json", "--update")
    assert (said.code, said.err[-1].endswith(": name another file, or move this one away")) == (2, True)
    assert Path("answers.json").read_text() == content


def test_update_needs_a_file(desk: Desk) -> None:
    assert desk("model", "--update").err == [
        "scoregen try: --update needs --expect FILE, the file that is to hold the answers"
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([1, 2], [1, 2], []),
        ([0.1 + 0.2], [0.3], []),
        ([1], [1.0], []),
        ([float("nan")], [float("nan")], []),
        ([0.3], [0.3001], ["[0]: 0.3001 instead of 0.3"]),
        ([1], [True], ["[0]: true instead of 1"]),
        ([10**400], [10**400], []),
        ([None], [0], ["[0]: 0 instead of null"]),
        ({"a": [1]}, {"a": [1, 2]}, ["a: 2 items instead of 1"]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
        ([{"a": 1}], [{"b": 1}], None),
        ("x", "y", ['the answer: "y" instead of "x"']),
    ],
    ids=str,
)
def test_what_differs_is_named(old: Any, new: Any, found: list[str] | None) -> None:
    said = differences(Kept(200, old), Kept(200, new))
    if found is None:
        assert sorted(said) == ["[0].a is missing", "[0].b is new"]
    else:
        assert said == found
    assert differences(Kept(200, old), Kept(400, new)) == ["status 400 instead of 200"]


def test_of_many_differences_the_first_are_named() -> None:
    said = differences(Kept(200, list(range(1, 100))), Kept(200, [0] * 99))
    assert (len(said), said[0], said[-1]) == (21, "[0]: 0 instead of 1", "... and more")


def test_json_tells_all(desk: Desk) -> None:
    said = desk("model", "--format", "json")
    assert (said.code, said.err) == (0, [])
    told = json.loads("\n".join(said.out))
    assert (told["script"], told["python"]) == ("model/trained_model_outputs/score.py", sys.executable)
    (request,) = told["requests"]
    assert request["request"] == "model/trained_model_outputs/_samples.json"
    assert (request["fine"], request["status"], request["rows"], request["columns"]) == (True, 200, 2, ["x"])
    assert request["answer"] == [{"x": 1}, {"x": 2}]
    assert set(request["seconds"]) == {"import", "init", "run", "response"}
    desk.script.write_text("def init(): pass\ndef run(data): return 1 / 0\n")
    (request,) = json.loads("\n".join(desk("model", "--format", "json").out))["requests"]
    assert (request["fine"], request["status"], request["answer"]) == (False, 500, None)
    assert request["error"] == {"type": "ZeroDivisionError", "message": "division by zero", "line": 2}


ROWS = [{"user": "a", "item": "x"}, {"user": "a", "item": "y"}, {"user": "b", "item": "x"}]


@pytest.mark.parametrize(
    ("answer", "lacks"),
    [
        ({"User": ["a", "b"], "Recommended Item 1": ["x", "y"]}, False),
        ({"result": [["a", "x"], ["b", "y"]]}, False),
        ({"User": ["a", "b"], "Item": ["x", "y"], "Scored Rating": [1, 2]}, True),
        ({"result": [["a", 1]]}, True),
        ({"result": []}, True),
        ({"message": "no table"}, False),
        ({"User": ["a", "a", "b"]}, False),
    ],
    ids=str,
)
def test_rows_that_did_not_come_back_are_counted(answer: Any, lacks: bool) -> None:
    outcome = Outcome("response", {}, json.dumps(answer), None, False, 0, None, b"")
    verdict = judge(Request("r", json.dumps(ROWS)), outcome, None)
    assert bool(verdict.unscored) == lacks
    assert verdict.is_fine == (not lacks)


def test_all_columns_are_shown_in_blocks_where_the_terminal_is_narrow() -> None:
    table = Table([f"column {number}" for number in range(7)], [[number] * 7 for number in range(30)])
    lines = table_lines(table, 30)
    heads = [line for line in lines if line.endswith(" of 7:")]
    assert heads == ["columns 1 to 3 of 7:", "columns 4 to 6 of 7:", "column 7 of 7:"]
    names = [name for line in lines for name in line.split("  ") if line not in heads and name.startswith("column ")]
    assert names == table.names
    assert lines[-1] == "... and 24 more rows"
    assert max(map(len, lines)) <= 30
    assert len(table_lines(Table(None, [list(range(100_000))]), 80)) < 300
