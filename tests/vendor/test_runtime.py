"""Runtimes as a user makes them: from the untouched model folders, in one command each, with the designer's packages."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
import yaml

from generator.cli.main import main

from .runtimes import MODULES, Models

ROOT = Path(__file__).parents[2]


class Desk:
    """Runs commands, and tells what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        code = main(list(map(str, arguments)))
        out, err = self._capsys.readouterr()
        return code, out, err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(capsys)


@pytest.mark.parametrize("module", MODULES)
def test_an_untouched_folder_is_tried_with_one_command(models: Models, run: Desk, module: str) -> None:
    model = models(module)
    code, out, err = run("try", model.folder, "--runtime", "--format", "json")
    assert code == 0, err
    (request,) = json.loads(out)["requests"]
    assert (request["fine"], request["rows"]) == (True, len(model.rows))
    code, python, _ = run("runtime", "path", model.folder)
    assert code == 0
    assert json.loads(out)["python"] == python.strip()


def test_the_workflow_of_the_docs_keeps_answers(models: Models, run: Desk) -> None:
    model = models("score_model")
    shutil.copytree(model.folder, "churn")
    page = (ROOT / "docs" / "continuous_integration.md").read_text(encoding="utf-8")
    (once,) = re.findall(r"^scoregen (try .*--update)$", page, re.MULTILINE)
    (workflow,) = re.findall(r"scoregen-answers\.yaml -->\n```yaml\n(.*?)```", page, re.DOTALL)
    steps = yaml.safe_load(workflow)["jobs"]["answers"]["steps"]
    (check,) = [step["run"].removeprefix("scoregen ") for step in steps if step.get("run", "").startswith("scoregen ")]
    assert run(*shlex.split(once))[0] == 0
    code, out, err = run(*shlex.split(check))
    assert (code, out.splitlines()[-1].endswith(": as expected")) == (0, True), err
    answers = Path("churn/answers.json")
    answers.write_text(re.sub(r"0\.\d+", "0.5", answers.read_text(), count=1))
    code, _, err = run(*shlex.split(check))
    assert code == 1
    assert "not as expected: " in err
