"""The pipelines that the page on continuous integration shows: they fail when something is wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.cli.main import main
from tests.report.test_reports import PAGE, ROOT, results


def pipelines() -> dict[str, str]:
    """The pipelines that the page about them shows, those that check."""
    page = PAGE.read_text(encoding="utf-8")
    shown = dict(re.findall(r"^<!-- file: (\S+) -->\n```yaml\n(.*?)^```$", page, re.M | re.S))
    return {name: text for name, text in shown.items() if "scoregen check" in text}


def commands(pipeline: str) -> list[str]:
    """What a pipeline has scoregen do."""
    content = yaml.safe_load(pipeline)
    job = (
        content["jobs"]["scoregen"] if "jobs" in content else content.get("scoregen", content)
    )  # GitHub, GitLab, Azure
    written = job.get("script") or [step.get("run", step.get("script", "")) for step in job["steps"]]
    return [command for command in written if command.startswith("scoregen ")]


@pytest.mark.parametrize("name", pipelines())
def test_a_pipeline_of_the_page_fails_when_something_is_wrong(name: str, folder: Path) -> None:
    programs = folder.parent / "bin"
    programs.mkdir()
    (programs / "scoregen").write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m generator "$@"\n')
    (programs / "scoregen").chmod(0o755)
    environment = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}"}

    def outcomes() -> list[int]:
        return [
            subprocess.run(["sh", "-c", command], env=environment, capture_output=True, check=False).returncode
            for command in commands(pipelines()[name])
        ]

    example = ROOT / "examples/classify/scoregen.yaml"
    shutil.copy(example, folder)
    main(["generate", "scoregen.yaml"])
    assert outcomes()
    assert set(outcomes()) == {0}
    script = folder / "score.py"
    script.write_text(script.read_text().replace("append_or_result_only", "append_or_result"))
    assert set(outcomes()) == {1}
    if "--format sarif" in pipelines()[name]:
        assert results(json.loads((folder / "scoregen.sarif").read_text()))
