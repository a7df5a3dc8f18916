"""The five pages that begin with what one has, followed to the letter: scoregen installed from a clone, as they say.

Each command is typed into a shell in which the clone's virtual environment is activated. What needs Azure is marked as
such on the page; Azure's own SDK reads the files that those steps hand over.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from azure.ai import ml

from tests.support.pages import ROOT, InstalledSession, blocks, follow, text

ROLES = ["for_a_script", "for_a_folder", "for_a_repository", "for_an_old_deployment", "for_a_way_out"]
WITH_DEPLOYMENTS = {"for_a_folder", "for_an_old_deployment"}
LOADED: dict[str, Callable[[Path], Any]] = {
    "endpoint": ml.load_online_endpoint,
    "deployment": ml.load_online_deployment,
    "environment": ml.load_environment,
    "model": ml.load_model,
}
"""How Azure's SDK reads the files of a bundle, by their names."""


@pytest.fixture(scope="module")
def clone(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of the project in which scoregen is set up by the command that the list of all pages has."""
    folder = tmp_path_factory.mktemp("roles") / "scoregen"
    shutil.copytree(released, folder)
    (command,) = (block.body for block in blocks(ROOT / "docs/index.md") if block.kind == "sh")
    done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_list_of_all_pages_begins_with_the_roles() -> None:
    begun = re.search(r"^## Start\n\n((?:- .*\n)+)", text(ROOT / "docs/index.md"), re.M)
    assert begun
    assert re.findall(r"\((\w+)\.md\)", begun[1])[: len(ROLES)] == ROLES


@pytest.mark.parametrize("role", ROLES)
def test_a_page_is_followed_to_the_letter(role: str, clone: Path, tmp_path: Path) -> None:
    page = ROOT / f"docs/{role}.md"
    assert "[Set up](index.md)" in text(page)
    shutil.copytree(clone / "examples", tmp_path / "examples")
    session = InstalledSession(tmp_path, clone)
    follow(page, session)
    assert session.run("command -v scoregen") == f"{clone}/.venv/bin/scoregen\n"
    written = {path.stem: path for path in tmp_path.glob("deploy/*.yml")}
    assert sorted(written) == (sorted(LOADED) if role in WITH_DEPLOYMENTS else [])
    for path in written.values():
        assert loaded(path).name
    for command in session.needing_azure:
        assert_azure_takes(command, tmp_path)


def loaded(path: Path) -> Any:
    """Return a definition as Azure's SDK reads it."""
    return LOADED[path.stem](path)


def assert_azure_takes(command: str, folder: Path) -> None:
    """Assert that a command is one that makes an endpoint or a deployment of a file that is there."""
    words = re.fullmatch(r"az ml online-(endpoint|deployment) create --file (\S+)( --all-traffic)?", command)
    assert words, shlex.split(command)
    assert Path(words[2]).stem == words[1]
    assert loaded(folder / words[2]).name
