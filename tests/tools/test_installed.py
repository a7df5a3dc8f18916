"""scoregen as it is installed: from a wheel, a folder or git, in a virtual environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator import generate
from generator.pre_commit.hooks import IN_THE_CONFIG, Source, entry
from tests.actions.test_init import checkout, folder, git

__all__ = ["checkout", "folder"]  # fixtures

ROOT = Path(__file__).parents[2]


def uv(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "uv", "--quiet", "--no-config", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty virtual environment with nothing but the wheel, built through the source distribution."""
    folder = tmp_path_factory.mktemp("wheel")
    uv("build", "--out-dir", folder / "dist", ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    uv("venv", "--python", sys.executable, folder / "venv")
    uv("pip", "install", "--python", folder / "venv", wheel)
    return folder / "venv"


def test_an_installed_scoregen_generates_from_elsewhere(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "scoregen.yaml").write_text("module: Train PyTorch Model\n")
    command = [str(environment / "bin" / "scoregen"), "generate", "scoregen.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "score.py: written\n", "")
    assert (tmp_path / "score.py").read_text() == generate("module: Score Image Model", origin="scoregen.yaml")


def test_an_installed_scoregen_is_typed_and_holds_its_data(environment: Path) -> None:
    code = "import generator; print(generator.__file__, len(generator.load_tables()))"
    command = [str(environment / "bin" / "python"), "-I", "-c", code]
    home, tables = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert (Path(home).is_relative_to(environment), tables) == (True, "6")
    assert (Path(home).parent / "py.typed").exists()


def test_an_installed_scoregen_is_imported_by_its_name(environment: Path) -> None:
    code = "import scoregen; print(scoregen.__file__, len(scoregen.load_tables()))"
    command = [str(environment / "bin" / "python"), "-I", "-c", code]
    home, tables = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert (Path(home).is_relative_to(environment), tables) == (True, "6")
    assert (Path(home).parent / "py.typed").exists()


def test_another_generator_in_the_way_is_named(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "generator.py").touch()
    command = [str(environment / "bin" / "scoregen"), "modules"]
    there = {"PYTHONPATH": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(command, env=there, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"another `generator` is in the way, '{tmp_path}/generator.py'" in done.stderr


@pytest.mark.parametrize("kind", ["wheel", "folder", "git"])
def test_an_installed_scoregen_knows_where_it_came_from(kind: str, checkout: Path, folder: Path) -> None:
    for name in ("generator", "scoregen", "templates", "pyproject.toml", "README.md", "LICENSE"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, checkout / name)
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message", "all")
    origin = {"wheel": str(checkout), "folder": str(checkout), "git": f"git+{checkout.as_uri()}"}[kind]
    uv = [sys.executable, "-m", "uv", "--quiet", "--no-config"]
    if kind == "wheel":
        subprocess.run([*uv, "build", "--wheel", "--out-dir", "dist", origin], check=True)
        (origin,) = map(str, Path("dist").glob("*.whl"))
    subprocess.run([*uv, "venv", "--python", sys.executable, "venv"], check=True)
    subprocess.run([*uv, "pip", "install", "--python", "venv", origin], check=True)
    git(folder, "init", "--quiet")
    subprocess.run([folder / "venv" / "bin" / "scoregen", "init", "--pre-commit"], check=True, cwd=folder)
    commit = git(checkout, "rev-parse", "HEAD")
    sources = {
        "wheel": IN_THE_CONFIG,
        "folder": Source(str(checkout), commit),
        "git": Source(checkout.as_uri(), commit),
    }
    assert yaml.safe_load(Path(".pre-commit-config.yaml").read_bytes()) == {"repos": [entry(sources[kind])]}
