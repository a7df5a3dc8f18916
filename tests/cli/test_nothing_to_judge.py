"""Never green about nothing: what is said, and with which exit code, where a command has nothing to judge.

Each situation is tried in every format, and the report stays one that a program can read.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from generator import generate
from generator.cli.main import main
from generator.report.formats import FORMATS
from tests.support.model_folders import CONDA

GOOD = "module: Score Model\n"
SCRIPT = generate(GOOD, origin="scoregen.yaml")
NOTHING = (
    "nothing to check: no entry script, conda file or deployment of a designer model there or below, and no config"
)
NO_SCRIPT = "cannot be judged: no Score module of the designer is imported in it: name the entry script, or its folder"
NO_YAML = "cannot be judged: it is neither a config of scoregen ("
NO_CONFIG = "no scoregen.yaml or *.scoregen.yaml there or below: `scoregen init SCRIPT` writes one"
UNNAMED = "no config names it: `scoregen init SCRIPT` writes one"
IRREGULAR = "cannot be read: it is not a regular file"
A_FOLDER = "cannot be read: it is a folder, and a file is asked for"
GONE = "cannot be read: No such file or directory"
DEPLOYMENT = (
    "name: blue\nendpoint_name: e\nmodel: azureml:m:1\ncode_configuration: {code: ., scoring_script: other.py}\n"
)
HELPER = "print(1)\n"


class Situation(NamedTuple):
    """The files that are there, the command, its exit code, what begins standard error, and the codes of the report."""

    files: dict[str, str | bytes]
    command: str
    exit_code: int
    said: str
    codes: tuple[str, ...] = ()


SITUATIONS: dict[str, Situation] = {
    # check: folders
    "an empty folder": Situation({}, "check", 0, NOTHING),
    "an empty folder that is named": Situation({"a/.keep": ""}, "check a", 0, NOTHING),
    "an empty folder under --strict": Situation({}, "check --strict", 0, NOTHING),
    "an empty folder under --fix": Situation({}, "check --fix", 0, NOTHING),
    "a folder of other scripts": Situation({"other.py": HELPER}, "check", 0, NOTHING),
    "a folder of other YAML files": Situation({"a.yaml": "a: 1\n", "b.yml": "- x\n"}, "check .", 0, NOTHING),
    "a folder with another conda file": Situation({"conda_env.yaml": "dependencies: [numpy]\n"}, "check", 0, NOTHING),
    "a folder with another deployment": Situation({"d.yml": DEPLOYMENT, "other.py": HELPER}, "check", 0, NOTHING),
    "a folder with Python 2": Situation({"other.py": "print 'x'\n"}, "check", 0, NOTHING),
    "scripts in an environment": Situation({"env/pyvenv.cfg": "", "env/score.py": SCRIPT}, "check", 0, NOTHING),
    "scripts in what nobody keeps": Situation({"node_modules/score.py": SCRIPT}, "check", 0, NOTHING),
    "a good folder and an empty one": Situation(
        {"score.py": SCRIPT, "a/.keep": ""}, "check score.py a", 0, f"a: {NOTHING}"
    ),
    "two good folders": Situation({"a/score.py": SCRIPT, "b/score.py": SCRIPT}, "check a b", 0, ""),
    "a folder that is not there": Situation({}, "check gone", 2, f"gone: {GONE}"),
    # check: files
    "a script of something else": Situation({"other.py": HELPER}, "check other.py", 1, f"other.py: {NO_SCRIPT}"),
    "an empty script": Situation({"other.py": ""}, "check other.py", 1, f"other.py: {NO_SCRIPT}"),
    "a module in a comment": Situation(
        {"other.py": "# azureml.studio.modules.ml\n"}, "check other.py", 1, f"other.py: {NO_SCRIPT}"
    ),
    "a script of something else beside a good one": Situation(
        {"other.py": HELPER, "score.py": SCRIPT}, "check score.py other.py", 1, f"other.py: {NO_SCRIPT}"
    ),
    "a script that is not there": Situation({}, "check score.py", 2, f"score.py: {GONE}"),
    "a script that is a folder's child": Situation({"a": ""}, "check a/score.py", 2, "a/score.py: cannot be read: "),
    "a script that is too large": Situation(
        {"score.py": b"#" * 2_000_001}, "check score.py", 2, "score.py: cannot be read: it has more than 2 MB"
    ),
    "a pipe": Situation({"score.py": b"pipe"}, "check score.py", 2, f"score.py: {IRREGULAR}"),
    "a script that Python cannot read": Situation({"score.py": "def run(:\n"}, "check score.py", 1, "", ("SG100",)),
    "a script in UTF-16": Situation({"score.py": SCRIPT.encode("utf-16")}, "check score.py", 1, "", ("SG100",)),
    "another YAML file": Situation({"a.yaml": "a: 1\n"}, "check a.yaml", 1, f"a.yaml: {NO_YAML}"),
    "an empty YAML file": Situation({"a.yml": ""}, "check a.yml", 1, f"a.yml: {NO_YAML}"),
    "YAML that is none": Situation({"a.yaml": "a: [\n"}, "check a.yaml", 1, f"a.yaml: {NO_YAML}"),
    "another conda file": Situation(
        {"conda_env.yaml": "dependencies: [numpy]\n"}, "check conda_env.yaml", 1, f"conda_env.yaml: {NO_YAML}"
    ),
    "another deployment": Situation({"d.yml": DEPLOYMENT, "other.py": HELPER}, "check d.yml", 1, f"d.yml: {NO_YAML}"),
    "a YAML file that is not there": Situation({}, "check a.yaml", 2, f"a.yaml: {GONE}"),
    "an empty config": Situation({"scoregen.yaml": ""}, "check scoregen.yaml", 1, "", ("SG400",)),
    "an empty config in a folder": Situation({"scoregen.yaml": ""}, "check", 1, "", ("SG400",)),
    "a config without a script": Situation({"scoregen.yaml": "scripts: []\n"}, "check", 1, "", ("SG402",)),
    "a file of another kind": Situation(
        {"notes.txt": "hi\n"}, "check notes.txt", 1, "notes.txt: cannot be judged: by its name it is neither Python nor"
    ),
    # what would change
    "sync: an empty folder": Situation({}, "sync --check", 0, NO_CONFIG),
    "sync: a folder of scripts": Situation({"score.py": SCRIPT}, "sync --check .", 0, NO_CONFIG),
    "sync: a script without a config": Situation(
        {"score.py": SCRIPT}, "sync --check score.py", 1, f"score.py: {UNNAMED}"
    ),
    "sync: no script and no config": Situation({}, "sync --check gone.py", 1, f"gone.py: {UNNAMED}"),
    "sync: a conda file without a config": Situation(
        {"conda_env.yaml": CONDA}, "sync --check conda_env.yaml", 1, f"conda_env.yaml: {UNNAMED}"
    ),
    "sync: a config that is not there": Situation({}, "sync --check scoregen.yaml", 2, f"scoregen.yaml: {GONE}"),
    "sync: an empty config": Situation({"scoregen.yaml": ""}, "sync --check", 1, "", ("SG400",)),
    "sync: another YAML file": Situation({"a.yaml": "- x\n"}, "sync --check a.yaml", 1, "", ("SG400",)),
    "generate: a config that is not there": Situation({}, "generate --check a.yaml", 2, f"a.yaml: {GONE}"),
    "generate: a folder": Situation({}, "generate --check .", 2, f".: {A_FOLDER}"),
    "generate: an empty config": Situation({"a.yaml": ""}, "generate --check a.yaml", 1, "", ("SG400",)),
    "generate: a script": Situation({"score.py": HELPER}, "generate --check score.py", 1, "", ("SG400",)),
    "bundle: a script": Situation({"score.py": SCRIPT}, "bundle --check score.py -d out", 1, "", ("SG400",)),
    "generate: a good config and none": Situation(
        {"a.yaml": GOOD, "score.py": SCRIPT}, "generate --check a.yaml b.yaml", 2, f"b.yaml: {GONE}", ("SG410",)
    ),
    "bundle: a config that is not there": Situation({}, "bundle --check a.yaml -d out", 2, f"a.yaml: {GONE}"),
    "bundle: a folder": Situation({}, "bundle --check . -d out", 2, f".: {A_FOLDER}"),
    "bundle: an empty config": Situation({"a.yaml": ""}, "bundle --check a.yaml -d out", 1, "", ("SG400",)),
    "bundle: another YAML file": Situation({"a.yaml": "a\n"}, "bundle --check a.yaml -d out", 1, "", ("SG400",)),
}


def lay(files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if content == b"pipe":
            os.mkfifo(path)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def codes(printed: str, style: str) -> list[str]:
    """Return the codes of a report, which must be whole."""
    if style == "junit":
        return [one.attrib["type"] for one in ElementTree.fromstring(printed).iter("failure")]
    if style in ("github", "azure", "text"):
        return [code for code in ("SG100", "SG400", "SG402", "SG410") for _ in range(min(1, printed.count(code)))]
    data: Any = json.loads(printed)
    records = data["runs"][0]["results"] if style == "sarif" else data
    return [record[{"json": "code", "sarif": "ruleId", "gitlab": "check_name"}[style]] for record in records]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PRE_COMMIT", raising=False)
    return tmp_path


@pytest.mark.parametrize("name", SITUATIONS)
def test_where_there_is_nothing_that_is_said(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files, command, exit_code, said, expected = SITUATIONS[name]
    lay(files)
    before = sorted(folder.rglob("*"))
    for style in FORMATS:
        assert main([*command.split(), "--format", style]) == exit_code, style
        printed, errors = capsys.readouterr()
        if style == "text" and not command.startswith("check"):  # there each problem has its line on standard error
            assert said in errors
            assert errors
        else:
            assert codes(printed, style) == list(expected), style
            assert errors.startswith(said), style
            assert bool(errors) == bool(said), style
        assert sorted(folder.rglob("*")) == before


def test_a_failure_is_in_the_report_where_the_format_has_a_place_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    for style, failed in (("junit", "errors"), ("sarif", "executionSuccessful")):
        assert main(["check", "gone.py", "--format", style]) == 2
        printed = capsys.readouterr().out
        if style == "junit":
            (suite,) = ElementTree.fromstring(printed).iter("testsuite")
            assert suite.attrib[failed] == "1"
        else:
            assert json.loads(printed)["runs"][0]["invocations"][0][failed] is False


@pytest.mark.parametrize("command", [["check", "other.py"], ["sync", "--check", "other.py"], ["check", "a.yaml"]])
def test_pre_commit_names_files_of_all_kinds(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lay({"other.py": HELPER, "a.yaml": "a: 1\n"})
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert main(command) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_scripts_that_git_ignores(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay({"build/score.py": SCRIPT, ".gitignore": "build\n"})
    assert os.system("git init -q .") == 0
    assert main(["check"]) == 0
    assert capsys.readouterr().err == f"{NOTHING}\n"
    assert main(["check", "build"]) == 0
    assert capsys.readouterr().err == ""
