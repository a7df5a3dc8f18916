"""The module by the project's name: what it hands on, and what it says where another package has the name of ours."""

from __future__ import annotations

import doctest
import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import generator
import generator.api
import scoregen
from generator.facts.modules import tables_by_key
from tests.support.model_folders import leave_downloaded

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
    offered = [getattr(generator, name) for name in generator.__all__]
    functions = [value for value in offered if getattr(value, "__module__", "") == "generator.api"]
    assert len(functions) == 9
    for function in functions:
        assert ">>> " in (function.__doc__ or "")
        assert inspect.signature(function).return_annotation


def test_a_folder_is_judged_as_the_command_judges_it(tmp_path: Path) -> None:
    model = leave_downloaded(tmp_path, tables_by_key()["score_svd_recommender"])
    (tmp_path / "scoregen.yaml").write_text("module: svd\nparameters: {prediction kind: All}\n")
    (tmp_path / "other.py").write_text("import os\n")
    (tmp_path / "broken.py").write_bytes((model / "score.py").read_bytes() + b"# \xff\n")
    (tmp_path / "wide.py").write_bytes((model / "score.py").read_text().encode("utf-16"))
    (tmp_path / "link.py").symlink_to(Path(__file__))
    judged = generator.check_folder(tmp_path)
    done = run("-m", "scoregen", "check", "--format", "json", str(tmp_path), folder=ROOT)
    said = sorted((one["path"], one["code"], one["line"], one["message"]) for one in json.loads(done.stdout))
    assert {code for _, code, *_ in said} >= {"SG100", "SG207"}
    found = ((path, one.code, one.place.line, one.message) for path, all_ in judged.items() for one in all_)
    assert sorted(found) == said
    assert [one.code for one in judged[str(tmp_path / "wide.py")]] == ["SG100"]
    with (model / "score.py").open("ab") as script:
        script.write(b"#" * 8_000_000)
    with pytest.raises(generator.FileError, match=r"score\.py: cannot be read: it has more than"):
        generator.check_folder(tmp_path)
    (described,) = generator.describe(model)
    assert [column.name for column in described.columns] == ["user", "item", "rating"]


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
