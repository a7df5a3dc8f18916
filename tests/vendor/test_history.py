"""What pip 20.2 makes of conda files of 2019 to 2025, on their Pythons. Each takes minutes: it downloads all packages."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.conda.versions import series
from tests.support.history import FILES, HistoricFile

from .runtimes import cache_folder, quiet_environment

_ALONE = {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}  # pip as Azure has it: with PyPI and nothing else
_LONGEST = 1_800
_OF = 4


def python_of(version: str) -> str:
    """Return an interpreter of a Python; skips the test where there is none."""
    found = shutil.which(f"python{series(version)}") or ""
    pyenv = sorted(
        Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions").glob(f"{series(version)}.*/bin/python")
    )
    candidates = [str(path) for path in pyenv] or [found]
    if not candidates[0]:
        pytest.skip(f"no Python {series(version)} found, for which the file is")
    return candidates[0]


def old_pip(version: str) -> str:
    """Return an interpreter of a Python that has pip 20.2, made when it is first wanted."""
    home = cache_folder() / "pip-20.2" / series(version)
    python = home / "bin" / "python"
    if not python.exists():
        run(python_of(version), "-m", "venv", str(home))
        # numpy and cython: of what some packages need to be asked for what they require, and do not say
        needs = ("pip==20.2", "setuptools<58", "wheel", "numpy<1.24", "cython<3")
        done = run(str(python), "-m", "pip", "install", "-q", *needs)
        assert done.returncode == 0, done.stdout + done.stderr
    return str(python)


def run(*command: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = quiet_environment() | _ALONE
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=_LONGEST, check=False
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_pip_says_what_is_written_down(file: HistoricFile, tmp_path: Path) -> None:
    if FILES.index(file) % _OF and not os.environ.get("SCOREGEN_HISTORY"):
        pytest.skip(f"one file in {_OF} is tried: SCOREGEN_HISTORY=1 tries all")
    python = old_pip(file.python)
    done = run(python, "-m", "pip", "download", "-d", str(tmp_path), *file.requirements)
    assert file.end in done.stdout + done.stderr
    assert (done.returncode == 0) == (
        file.works or "Successfully" in file.end or ".whl" in file.end or "core-0" in file.end
    )
