"""What the tests with other tools share: this project as a repository that they can install."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IDENTITY = ("-c", "user.name=tester", "-c", "user.email=tester@example.org")


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder and return what it prints."""
    command = ["git", *IDENTITY, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository that holds the project as it is now, with the tag v1.0.0."""
    folder = tmp_path_factory.mktemp("released")
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "all")
    git(folder, "tag", "v1.0.0")
    return folder


@pytest.fixture(scope="session")
def fetched(request: pytest.FixtureRequest) -> Callable[[str], Path]:
    """Return a function that fetches a package of npm in a version, once, and returns the folder around it."""

    def fetch(package: str) -> Path:
        cache = getattr(request.config, "cache", None)
        if cache is None or not (npm := shutil.which("npm")):
            pytest.skip(f"there is no npm to fetch {package}")
        folder = Path(cache.mkdir(package.strip("@").replace("/", "-").replace("@", "-")))
        whole = folder / "whole"
        if not whole.exists():
            command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), package]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.skip(f"{package} cannot be fetched: {done.stderr.strip()[-200:]}")
            whole.touch()
        return folder / "node_modules"

    return fetch


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a function that runs a command in a folder, with a cache of hooks that all tests share."""
    caches = tmp_path_factory.mktemp("caches")
    environment = os.environ | {"PRE_COMMIT_HOME": str(caches / "pre-commit"), "PREK_HOME": str(caches / "prek")}

    def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    return run
