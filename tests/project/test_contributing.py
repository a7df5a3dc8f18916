"""What the contributor's pages and the workflow say is there."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
import yaml

from generator import __version__

ROOT = Path(__file__).parents[2]
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yaml").read_bytes())
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def steps() -> list[str]:
    (listed,) = re.findall(r"^steps='(.*)'$", CI, re.M)
    return str(listed).split()


def test_each_step_is_a_function() -> None:
    functions = re.findall(r"^(\w+)\(\) \{$", CI, re.M)
    assert [name for name in functions if name not in ("readme_command", "install")] == steps()


def test_the_workflow_runs_every_step_once() -> None:
    matrix = WORKFLOW["jobs"]["ci"]["strategy"]["matrix"]["steps"]
    assert sorted(" ".join(matrix).split()) == sorted(steps())


def test_the_workflow_has_every_python_of_the_project() -> None:
    (setup,) = (step for step in WORKFLOW["jobs"]["ci"]["steps"] if "setup-python" in step.get("uses", ""))
    supported = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert setup["with"]["python-version"].split() == ["3.8", *supported]  # 3.8 runs the scripts


def test_each_action_is_named_by_the_digest_of_a_commit() -> None:
    """By the same one everywhere; a tag can be moved to other code."""
    places = [*(ROOT / ".github").rglob("*.yaml"), *(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]
    used = [line for path in places for line in re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))]
    assert [line for line in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []
    assert len({line.partition("@")[0] for line in used}) == len(set(used))


@pytest.mark.parametrize("path", sorted(set(re.findall(r"(?:tests|generator|docs|golden)/[\w/.]*", CONTRIBUTING))))
def test_a_path_that_the_page_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("names", re.findall(r"`\.ci/run ([\w ]+)`", CONTRIBUTING))
def test_a_step_that_the_page_names_is_there(names: str) -> None:
    assert set(names.split()) <= set(steps())


def test_the_version_stands_in_one_place() -> None:
    assert metadata.version("scoregen") == __version__
    assert f'"{__version__}"' not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
