"""The build script, with stand-ins for Python 3.8 and uv: what it builds, keeps, and says when it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .runtimes import KIT, NO_PYTHON, build

UV = """#!/bin/sh
echo "$*" >>"$CALLS"
if [ "$1" = venv ]; then
  for folder; do :; done
  mkdir -p "$folder/bin"
  cp "$PYTHON" "$folder/bin/python"
elif [ -n "$NO_PACKAGES" ]; then
  echo "no such package" >&2
  exit 1
fi
"""
PYTHON = """#!/bin/sh
[ "$1" != -c ] && [ "$1" != --version ] || exit 0
[ -z "$NO_TRAINING" ] || { echo "cannot train"; exit 1; }
mkdir -p model
"""


class Workshop:
    """A cache folder of its own, a copy of the kit, and the stand-ins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / "cache"
        self.kit = folder / "kit"
        shutil.copytree(KIT, self.kit)
        self._install("uv", UV)
        self._install("python3.8", PYTHON)

    def _install(self, name: str, script: str) -> None:
        path = self.folder / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(script)
        path.chmod(0o755)

    def build(self, *kinds: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Build, and return how it went."""
        own = {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYENV_ROOT": str(self.folder),
            "CALLS": str(self.folder / "calls"),
            "PYTHON": str(self.folder / "bin" / "python3.8"),
        }
        return build(self.cache, *kinds, kit=self.kit, environment={**os.environ, **own, **environment})

    @property
    def calls(self) -> int:
        """How often uv was called."""
        return len((self.folder / "calls").read_text().splitlines())

    def break_python(self) -> None:
        """Leave a python3.8 that does not run, as a pyenv shim of a version that is not switched on."""
        self._install("python3.8", "#!/bin/sh\nexit 127\n")


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def test_what_is_built_is_kept(workshop: Workshop) -> None:
    for _ in range(2):
        assert workshop.build("classic", "vowpal_wabbit").returncode == 0
        assert (
            workshop.calls == 4 + 2
        )  # an environment and its packages each, and two packages that go in by themselves
    assert (workshop.cache / "classic" / "models" / "model").is_dir()
    workshop.break_python()
    assert workshop.build("classic").returncode == 0


@pytest.mark.parametrize("name", ["build.sh", "requirements/classic.txt", "overrides/classic.txt", "train_classic.py"])
def test_another_recipe_is_built_anew(workshop: Workshop, name: str) -> None:
    workshop.build("classic")
    leftover = workshop.cache / "classic" / "leftover"
    leftover.touch()
    with (workshop.kit / name).open("a") as file:
        file.write("# changed\n")
    assert workshop.build("classic").returncode == 0
    assert workshop.calls == 8
    assert not leftover.exists()


@pytest.mark.parametrize(
    ("trouble", "message"),
    [
        ("NO_PACKAGES", "no such package\ncould not install the packages of classic\n"),
        ("NO_TRAINING", "cannot train\ncould not train the models of classic: see {}/classic/train.log\n"),
    ],
)
def test_a_build_that_fails_starts_over(workshop: Workshop, trouble: str, message: str) -> None:
    done = workshop.build("classic", **{trouble: "yes"})
    assert (done.returncode, done.stderr) == (1, message.format(workshop.cache))
    calls = workshop.calls
    assert workshop.build("classic").returncode == 0
    assert workshop.calls == calls + 4


def test_an_environment_that_does_not_run_is_built_anew(workshop: Workshop) -> None:
    workshop.build("classic")
    (workshop.cache / "classic" / "env" / "bin" / "python").unlink()
    assert workshop.build("classic").returncode == 0
    assert workshop.calls == 8


def test_without_python(workshop: Workshop) -> None:
    workshop.break_python()
    done = workshop.build("classic")
    assert (done.returncode, done.stderr) == (3, f"{NO_PYTHON}\n")
    assert not (workshop.cache / "classic").exists()


def test_an_unknown_kind(workshop: Workshop) -> None:
    done = workshop.build("classic", "modern")
    assert (done.returncode, done.stderr) == (2, "unknown kind: modern\n")
    assert not (workshop.cache / "classic").exists()
