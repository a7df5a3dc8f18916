"""The hooks under the programs that run them, in real repositories, installed from a clone as users do."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from .conftest import IDENTITY, Run, git

HOOKS = """\
repos:
  - repo: {repository}
    rev: v1.0.0
    hooks:
      - id: scoregen-check
      - id: scoregen-sync
"""
CONFIG = """\
module: Score SVD Recommender
parameters:
  prediction_kind: ItemRecommendation
  recommended_item_selection: FromAllItems
  max_recommended_item_count: 5
"""


def program(name: str) -> str:
    """Return the path of a program beside the interpreter that runs the tests."""
    path = shutil.which(name, path=str(Path(sys.executable).parent))
    if path is None:
        pytest.fail(f"{name} is not installed: pip install -e '.[tools]'")
    return path


@pytest.fixture(scope="module", params=["pre-commit", "prek"])
def runner(request: pytest.FixtureRequest) -> str:
    return program(request.param)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, released: Path, run: Run, runner: str) -> Path:
    """Return a repository whose commits run the hooks, with a config and its script committed."""
    folder = tmp_path_factory.mktemp("first") / "a répository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    (folder / ".pre-commit-config.yaml").write_text(HOOKS.format(repository=released))
    (folder / "README.md").write_text("text\n")
    add(folder, "model", CONFIG)
    assert run(folder, runner, "install").returncode == 0
    git(folder, "add", "--all")
    assert commit(run, folder) == (1, "written")
    git(folder, "add", "--all")
    assert commit(run, folder) == (0, "")
    return folder


@pytest.fixture
def repository(tmp_path: Path, first: Path) -> Path:
    """Return a copy of that repository, to change."""
    return shutil.copytree(first, tmp_path / first.name, symlinks=True)


def add(folder: Path, name: str, config: str) -> Path:
    """Write a config into a folder of its own."""
    path = folder / name / "scoregen.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(config)
    return path


def commit(run: Run, folder: Path) -> tuple[int, str]:
    """Commit what is staged; return the exit code, and what the output says of a file."""
    done = run(folder, "git", *IDENTITY, "commit", "--message", "change")
    print(done.stdout)
    words = (
        word for word in ("written", "replaced", "is not replaced") if re.search(rf"(: |, and ){word}\b", done.stdout)
    )
    return done.returncode, next(words, "")


def test_a_wrong_value_stops_the_commit(repository: Path, run: Run) -> None:
    script = repository / "other" / "score.py"
    script.parent.mkdir()
    good = (repository / "model" / "score.py").read_text()
    script.write_text(good.replace("FromAllItems,", "FromUndatedItems,"))
    git(repository, "add", "--all")
    done = run(repository, "git", *IDENTITY, "commit", "--message", "wrong")
    assert done.returncode == 1
    assert "other/score.py:" in done.stdout
    assert "SG102 recommended_item_selection: RecommendedItemSelection has no member FromUndatedItems" in done.stdout
    script.write_text(good)
    git(repository, "add", "--all")
    assert commit(run, repository) == (0, "")


def test_sync_writes_and_the_second_try_passes(repository: Path, run: Run) -> None:
    add(repository, "model", CONFIG.replace("count: 5", "count: 50"))
    git(repository, "add", "--all")
    assert commit(run, repository) == (1, "replaced")
    assert "max_recommended_item_count=50" in (repository / "model" / "score.py").read_text()
    git(repository, "add", "--all")
    assert commit(run, repository) == (0, "")


def test_a_script_that_was_edited_by_hand_stops_the_commit_and_stays(repository: Path, run: Run) -> None:
    script = repository / "model" / "score.py"
    mine = script.read_bytes() + b"# mine\n"
    script.write_bytes(mine)
    git(repository, "add", "--all")
    assert commit(run, repository) == (1, "is not replaced")
    assert script.read_bytes() == mine
    add(repository, "model", CONFIG + "mode: rewrite\n")
    git(repository, "add", "--all")
    assert commit(run, repository) == (0, "")
    assert script.read_bytes() == mine


def test_all_files(repository: Path, run: Run, runner: str) -> None:
    assert run(repository, runner, "run", "--all-files").returncode == 0
    add(repository, "model", CONFIG.replace("count: 5", "count: 50"))
    git(repository, "add", "--all")
    assert run(repository, runner, "run", "--all-files").returncode == 1
    assert run(repository, runner, "run", "--all-files").returncode == 0


def test_nothing_runs_for_a_commit_of_other_files(repository: Path, run: Run, runner: str) -> None:
    (repository / "README.md").write_text("other text\n")
    git(repository, "add", "--all")
    done = run(repository, runner, "run")
    assert done.returncode == 0
    assert done.stdout.count("Skipped") == 2


def test_only_what_is_staged_counts(repository: Path, run: Run) -> None:
    add(repository, "model", CONFIG.replace("count: 5", "count: 50"))
    (repository / "README.md").write_text("other text\n")
    git(repository, "add", "README.md")
    assert commit(run, repository) == (0, "")
    script = repository / "model" / "score.py"
    script.write_text(script.read_text() + "\n")
    git(repository, "add", "model/score.py")
    assert commit(run, repository) == (1, "is not replaced")
    assert "count: 50" in (repository / "model" / "scoregen.yaml").read_text()


def test_names_that_change_and_names_that_are_odd(repository: Path, run: Run) -> None:
    git(repository, "mv", "model", "mödel with spaces")
    assert commit(run, repository) == (0, "")
    git(repository, "rm", "--quiet", "mödel with spaces/score.py")
    add(repository, "mödel with spaces", CONFIG.replace("count: 5", "count: 7"))
    git(repository, "add", "--all")
    assert commit(run, repository) == (1, "written")
    git(repository, "rm", "--quiet", "--cached", "-r", "mödel with spaces")
    shutil.rmtree(repository / "mödel with spaces")
    assert commit(run, repository) == (0, "")


def test_many_configs_are_split_over_processes(repository: Path, run: Run, runner: str) -> None:
    for number in range(60):
        text = "".join(f"- module: Score Model\n  output: {name}.py\n" for name in ("a", "b", "c"))
        add(repository, f"team {number}", f"scripts:\n{text}")
    git(repository, "add", "--all")
    assert run(repository, runner, "run", "--all-files").returncode == 1
    scripts = sorted(repository.glob("team */*.py"))
    assert len(scripts) == 180
    assert len({script.read_bytes() for script in scripts}) == 1
    git(repository, "add", "--all")
    assert run(repository, runner, "run", "--all-files").returncode == 0
    for script in scripts[::2]:
        script.unlink()
    assert run(repository, runner, "run", "--all-files").returncode == 1
    assert len({script.read_bytes() for script in scripts}) == 1
    assert len(scripts) == len([script for script in scripts if script.exists()])


def test_hand_written_code_survives(repository: Path, run: Run) -> None:
    script = repository / "model" / "score.py"
    own = script.read_text().replace("def run(data):", "def own():\n    return 1\n\n\ndef run(data):")
    script.write_text(own)
    add(repository, "model", CONFIG.replace("count: 5", "count: 9") + "mode: rewrite\n")
    git(repository, "add", "--all")
    assert commit(run, repository) == (1, "replaced")
    assert script.read_text() == own.replace("item_count=5", "item_count=9")
    git(repository, "add", "--all")
    assert commit(run, repository) == (0, "")
