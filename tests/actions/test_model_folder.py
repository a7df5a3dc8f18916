"""The model folder beside a file: found, read, and held against the conda file there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.actions.check_yaml import conda_file
from generator.actions.model_folder import model_folder_at, model_folder_of, read_model, scikit_learn_beside
from generator.cli.main import main
from generator.config.parse import parse_config
from generator.facts.modules import tables_by_key
from generator.findings import ConfigError
from generator.model.names import LARGEST_MODEL, MODEL_FOLDER
from generator.model.schema import Column
from tests.support.model_folders import leave_model

MODEL, SVD, WIDE = (
    tables_by_key()[name] for name in ("score_model", "score_svd_recommender", "score_wide_and_deep_recommender")
)


def test_a_folder_is_found_by_its_name_or_its_files(tmp_path: Path) -> None:
    folder = leave_model(tmp_path, MODEL)
    assert model_folder_at(tmp_path) == model_folder_at(folder) == folder
    other = folder.rename(tmp_path / "churn")
    assert model_folder_at(other) == other
    assert model_folder_at(tmp_path) is None


def test_a_config_names_it_or_has_it_beside_itself_or_its_script(tmp_path: Path) -> None:
    folder = leave_model(tmp_path / "churn", MODEL)
    config = tmp_path / "scoregen.yaml"

    def found(**said: str) -> Path | None:
        return model_folder_of(config, parse_config({"module": "Score Model", **said}).scripts[0])

    assert found() is None
    assert found(output="churn/score.py") == folder
    assert found(model="churn") == found(model=f"churn/{MODEL_FOLDER}") == folder
    assert (
        model_folder_of(tmp_path / "churn" / "x.scoregen.yaml", parse_config({"module": "Score Model"}).scripts[0])
        == folder
    )
    assert found(model="nowhere") is None  # as in a repository that has no models
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(
        ConfigError, match="'elsewhere' is not a model folder: name the trained_model_outputs of the model"
    ):
        found(model="elsewhere")


def test_what_a_folder_tells(tmp_path: Path) -> None:
    model = read_model(leave_model(tmp_path, MODEL, scikit_learn="1.5.0"))
    assert model.columns == (
        Column("x1", "float64"),
        Column("city", "str"),
        Column("label", "int64"),
    )
    assert model.samples == [{"x1": 0.5, "city": "Oslo", "label": 1}]
    assert model.scikit_learn == ("1.5.0",)
    assert model.unread == {}


def test_what_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    folder = leave_model(tmp_path, MODEL)
    (folder / "_schema.json").write_text("{")
    (folder / "_data.pkl").write_bytes(b"\x80\x04.")
    model = read_model(folder)
    assert (model.columns, model.learner) == ((), None)
    assert list(model.unread) == ["_schema.json", "_data.pkl"]
    assert model.unread["_schema.json"].startswith("it is not JSON")


@pytest.mark.parametrize(("table", "versions"), [(MODEL, ("1.5.0",)), (WIDE, ())])
def test_the_scikit_learn_beside_a_file(table: object, versions: tuple[str, ...], tmp_path: Path) -> None:
    folder = leave_model(tmp_path, table, scikit_learn="1.5.0")  # type: ignore[arg-type]
    assert scikit_learn_beside(folder / "conda_env.yaml") == versions
    assert scikit_learn_beside(tmp_path / "conda_env.yaml") == versions


def test_an_svd_model_names_none(tmp_path: Path) -> None:
    assert scikit_learn_beside(leave_model(tmp_path, SVD, scikit_learn="") / "conda_env.yaml") == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_pipe_in_place_of_the_model_keeps_nobody_waiting(tmp_path: Path) -> None:
    folder = leave_model(tmp_path, MODEL)
    (folder / "_data.pkl").unlink()
    os.mkfifo(folder / "_data.pkl")
    assert scikit_learn_beside(folder / "conda_env.yaml") == ()


def test_check_says_that_the_file_beside_a_model_cannot_load_it_and_fixes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = leave_model(tmp_path, MODEL, scikit_learn="1.5.0")
    assert main(["check", str(tmp_path)]) == 1
    assert (
        "SG212 azureml-designer-classic-modules: the model was trained with scikit-learn 1.5.0"
        in capsys.readouterr().out
    )
    assert main(["check", "--fix", str(tmp_path)]) == 0
    assert (folder / "conda_env.yaml").read_text() == (
        "name: project_environment\nchannels:\n- conda-forge\ndependencies:\n- python=3.9.18\n- pip=20.2\n- pip:\n"
        "  - azureml-defaults==1.54.0\n  - azureml-designer-classic-modules==0.0.195\n"
        "  - azureml-designer-core==0.0.86\n  - azureml-designer-serving==0.0.13\n"
    )


def test_the_release_that_trained_it_is_kept(tmp_path: Path) -> None:
    folder = leave_model(tmp_path, MODEL, release="0.0.179")
    path = folder / "conda_env.yaml"
    file = conda_file(str(path), path.read_bytes())
    assert file
    assert [finding.code for finding in file.findings()] == ["SG207", "SG210"]
    fixed = file.fixed()
    assert fixed
    assert "azureml-designer-classic-modules==0.0.179" in fixed.text


def test_a_model_that_is_too_large_to_read_is_described_and_begun_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = leave_model(tmp_path, MODEL, scikit_learn="1.5.0")
    os.truncate(folder / "_data.pkl", LARGEST_MODEL + 1)
    for command, said in (
        ("describe .", "note: trained_model_outputs/_data.pkl cannot be read: it has more than 100 MB"),
        ("describe .", "note: it cannot be converted: _data.pkl: it has more than 100 MB"),
        ("init .", "trained_model_outputs/_data.pkl: it has more than 100 MB"),
        ("generate scoregen.yaml", "conda_env.yaml: written"),
        ("check score.py conda_env.yaml scoregen.yaml", ""),
    ):
        assert main(command.split()) == 0
        assert said in "".join(capsys.readouterr())
    assert "azureml-designer-classic-modules==0.0.195" in Path("conda_env.yaml").read_text()  # as scikit-learn asks
    assert main(["convert", ".", "-o", "new"]) == 1
    assert capsys.readouterr().err == "trained_model_outputs/_data.pkl: it has more than 100 MB\n"
    assert not Path("new").exists()
