"""check says of a model folder that it is given whether the model can be converted, and of nothing else."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.actions.describe import describe
from generator.cli.main import main
from generator.facts.modules import tables_by_key
from generator.report.formats import FORMATS
from tests.support.model_folders import leave_downloaded, leave_model
from tests.support.recorded import RECORDED

SVD, MODEL = (tables_by_key()[name] for name in ("score_svd_recommender", "score_model"))
CAN = "it can be converted to a Python of today: `scoregen convert {folder} -o DIR`\n"
NOT = f"it cannot be converted: _data.pkl: {MODEL.model_classes[0]}.LogisticRegressionBiClassifier has no open form\n"

Said = Callable[..., tuple[int, str]]


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Return the exit code of a check and what it says on standard error; the current folder is an empty one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PRE_COMMIT", raising=False)

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["check", *arguments])
        return code, capsys.readouterr().err

    return run


def test_the_folder_or_the_one_around_it_is_named_or_the_current_one(said: Said) -> None:
    leave_downloaded(Path("a shop"), SVD)
    place = "a shop/trained_model_outputs"
    expected = f"{place}: {CAN}".replace("{folder}", f"'{place}'")
    assert said("a shop") == said(place) == said("a shop", place) == (1, expected)
    assert said("--fix", place)[1] == expected
    leave_model(Path(), MODEL)
    assert said() == said(".") == (1, f"trained_model_outputs: {NOT}")


@pytest.mark.parametrize("style", FORMATS)
def test_it_stands_beside_the_report_in_every_format(style: str, said: Said) -> None:
    leave_model(Path(), MODEL)
    assert said("--format", style, "trained_model_outputs")[1] == f"trained_model_outputs: {NOT}"


def test_what_was_not_asked_for_is_not_said(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = leave_model(Path("models/churn"), MODEL)
    assert said("models") == said("-q", str(folder)) == (1, "")
    assert said(str(folder / "score.py")) == (0, "")
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert said(str(folder)) == (1, "")


def test_a_good_folder_stays_good(said: Said) -> None:
    folder = leave_model(Path(), MODEL)
    (folder / "conda_env.yaml").unlink()
    assert said(".") == (0, f"trained_model_outputs: {NOT}") == said("--strict", ".")


def test_it_is_what_describe_says_and_what_convert_does(said: Said) -> None:
    for number, folder in enumerate(RECORDED[::5]):
        home = Path(str(number))
        shutil.copytree(folder, home / "trained_model_outputs")
        (home / "scoregen.yaml").write_text(f"module: {_module(folder)}\n")
        (found,) = describe(home / "scoregen.yaml")
        assert said(str(home)) == (0, f"{home}/trained_model_outputs: {found.notes[-1]}\n")
        assert main(["convert", str(home), "-o", f"{home}/new"]) == 0


def _module(folder: Path) -> str:
    names = {"ratings": SVD.name, "wide_and_deep": "Score Wide and Deep Recommender"}
    return names.get(folder.name, "Assign Data to Clusters" if folder.name.startswith("clusters") else MODEL.name)


@pytest.mark.parametrize("package", ["numpy", "onnx"])
def test_a_package_that_is_missing_is_named(package: str, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = leave_model(Path(), MODEL)
    if package == "onnx":
        (folder / "_data.pkl").unlink()
        (folder / "model_spec.yaml").write_text("flavor: {}\n")
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == package else found(name))
    code, err = said(".")
    assert err.startswith(f"trained_model_outputs: whether it can be converted is not known: {package} is needed")
    assert f"not installed: pip install {package}" in err
    assert code == 1
    assert main(["convert", ".", "-o", "new"]) == 2


def test_a_model_that_cannot_be_read_is_no_fault_of_the_scripts(said: Said) -> None:
    folder = leave_model(Path(), MODEL)
    (folder / "conda_env.yaml").unlink()
    (folder / "_data.pkl").unlink()
    (folder / "_data.pkl").mkdir()
    code, err = said(".")
    assert "whether it can be converted is not known: trained_model_outputs/_data.pkl: cannot be read: it is" in err
    assert code == 0


def test_a_bundle_and_an_open_model_are_no_model_folders(said: Said) -> None:
    leave_downloaded(Path(), SVD)
    Path("scoregen.yaml").write_text("module: Score SVD Recommender\n")
    assert main(["bundle", "scoregen.yaml", "-d", "bundle"]) == 0
    assert main(["convert", ".", "-o", "new"]) == 0
    assert "_samples.json" in {path.name for path in Path("bundle").iterdir()}
    for folder in ("bundle", "new", "new/open_model"):
        assert "converted" not in said(folder)[1]
    shutil.rmtree("trained_model_outputs")
    Path("trained_model_outputs").mkdir()
    assert "it cannot be converted: it has none of _data.pkl, " in said(".")[1]


def test_programs_have_it_from_describe(said: Said, capsys: pytest.CaptureFixture[str]) -> None:
    leave_model(Path(), MODEL)
    assert main(["describe", ".", "--format", "json"]) == 0
    assert NOT.rstrip() in json.loads(capsys.readouterr().out)[0]["notes"]
