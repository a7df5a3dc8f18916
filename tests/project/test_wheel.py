"""The wheel holds all that the checkout has: installed alone, it generates from anywhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator import generate

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
