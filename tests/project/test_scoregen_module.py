"""The module by the project's name: what it hands on, and what it says where another package has the name of ours."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from pathlib import Path

import pytest

import generator
import generator.api
import scoregen

ROOT = Path(__file__).parents[2]


def run(*arguments: str, folder: Path, path: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_it_hands_on_all_that_the_package_offers() -> None:
    assert set(scoregen.__all__) == {*generator.__all__, "__version__"}
    assert all(getattr(scoregen, name) is getattr(generator, name) for name in scoregen.__all__)


@pytest.mark.parametrize("module", [scoregen, generator], ids=["scoregen", "generator"])
def test_what_it_offers_is_listed(module: object) -> None:
    assert dir(module) == sorted([*generator.__all__, "__version__"])


@pytest.mark.parametrize("module", [scoregen, generator], ids=["scoregen", "generator"])
def test_what_it_does_not_offer_is_an_attribute_error(module: object) -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        getattr(module, "nothing")  # noqa: B009


@pytest.mark.parametrize("module", [scoregen, generator.api], ids=["scoregen", "api"])
def test_the_examples_of_its_docstrings_hold(module: object) -> None:
    tested = doctest.testmod(module)  # type: ignore[arg-type]
    assert tested.attempted > 1
    assert tested.failed == 0


def test_every_public_function_shows_an_example() -> None:
    for function in (generator.check, generator.extract, generator.generate, generator.rewrite):
        assert ">>> " in (function.__doc__ or "")


def test_it_is_the_command(tmp_path: Path) -> None:
    done = run("-m", "scoregen", "--version", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"scoregen {generator.__version__}\n")


def test_what_lies_in_the_current_folder_is_not_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "generator.py").write_text("raise SystemExit('not ours')")
    done = run("-m", "scoregen", "--version", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_another_generator_is_named(tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "generator").mkdir(parents=True)
    (other / "generator" / "__init__.py").touch()
    paths = Path(os.pathsep.join([str(other), str(ROOT)]))
    done = run("-m", "scoregen", "check", folder=tmp_path, path=paths)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"another `generator` is in the way, '{other}/generator/__init__.py'" in done.stderr
    assert "Traceback" not in done.stderr
    done = run("-c", "import scoregen; scoregen.generate", folder=tmp_path, path=paths)
    assert "ImportError: scoregen: another `generator` is in the way" in done.stderr
