"""describe: what a model is, told by its folder, as text, JSON and Markdown."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.actions.describe import Description, describe
from generator.cli.main import main
from generator.facts.modules import tables_by_key
from generator.files.read import LARGEST
from tests.support.model_folders import leave_model
from tests.support.recorded import RECORDED

MODEL, SVD, WIDE = (
    tables_by_key()[name] for name in ("score_model", "score_svd_recommender", "score_wide_and_deep_recommender")
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def only(path: str) -> Description:
    (found,) = describe(Path(path))
    return found


def test_a_folder_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    leave_model(
        Path(), MODEL, scikit_learn="1.5.0", columns={"x1": "float64", "city": "str", "n": "int64", "label": "int64"}
    )
    assert main(["describe", "."]) == 0
    assert (
        capsys.readouterr().out
        == """\
Score Model: trained_model_outputs
  model: LogisticRegressionBiClassifier
  endpoint: python 3.9.18, azureml-defaults 1.54.0, azureml-designer-core 0.0.86, azureml-designer-classic-modules 0.0.195, azureml-designer-serving 0.0.13
  request: a JSON list of row objects, each with these columns
    x1     float64: a number
    city   str: text
    n      int64: a whole number, never null; not used
    label  int64: a whole number, never null; the label: any value of its type will do
  example: [{"x1": 0.5, "city": "text", "n": 1, "label": 1}]
  response: a list of values for each row, without the columns' names
    {"result": [[VALUE, ...], ...]}
  note: azureml-designer-classic-modules 0.0.195, since the model was trained with scikit-learn 1.5.0, so by release 0.0.191 or later, on Python 3.9; trained_model_outputs/conda_env.yaml pins 0.0.185
  note: it cannot be converted: _data.pkl: azureml.studio.modules.ml.initialize_models.binary_classifier.LogisticRegressionBiClassifier has no open form
"""
    )


def test_the_example_is_a_sample_where_there_is_one() -> None:
    leave_model(Path(), MODEL)
    assert only(".").example == [{"x1": 0.5, "city": "Oslo", "label": 1}]


def test_a_picture_is_cut_where_people_read(capsys: pytest.CaptureFixture[str]) -> None:
    columns, picture = {"image": "bytes", "id": "int64"}, "iVBORw0KGgo" * 1000
    table = tables_by_key()["score_image_model"]
    leave_model(Path(), table, release="0.0.70", columns=columns, samples=[{"image": picture, "id": 0}])
    for style in ("text", "markdown"):
        assert main(["describe", ".", "--format", style]) == 0
        said = capsys.readouterr().out
        assert len(max(said.splitlines(), key=len)) < 300
        assert f'[{{"image": "{picture[:60]}...", "id": 0}}]' in said
        assert "an image file, as a text in base64" in said
    assert main(["describe", ".", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["example"] == [{"image": picture, "id": 0}]


def test_the_formats_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    leave_model(Path(), SVD, scikit_learn="", columns={"user|id": "str", "item": "str", "rating": "int64"})
    assert main(["describe", "trained_model_outputs", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["module"] == "Score SVD Recommender"
    assert [column["name"] for column in found["columns"]] == ["user|id", "item", "rating"]
    assert found["versions"]["azureml-designer-classic-modules"] == "0.0.185"
    assert main(["describe", ".", "--format", "markdown"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("# Score SVD Recommender: trained_model_outputs\n")
    assert "| `user\\|id` | str: text" in page
    assert "\n## Response\n\nA list of values for each column\n" in page
    assert "the model itself tells no release" in page


def test_a_config_decides_what_is_answered() -> None:
    leave_model(Path(), MODEL, columns={"born": "datetime64", "x": "float64"})
    assert only(".").response.startswith("none: the designer's response has no form for dates, which born")
    config = Path("scoregen.yaml")
    for response, shape in (
        ("{}", '{"result": [[VALUE, ...], ...]}'),
        ("{body: records}", '{"result": [{"COLUMN": VALUE, ...}, ...]}'),
        ("{body: columns}", '{"COLUMN": [VALUE, ...], ...}'),
        ("{body: rows}", '{"columns": ["COLUMN", ...], "result": [[VALUE, ...], ...]}'),
    ):
        config.write_text(f"module: Score Model\nresponse: {response}\n")
        assert only("scoregen.yaml").shape == shape


def test_a_config_decides_what_is_asked() -> None:
    leave_model(Path(), MODEL)
    row = {"x1": 0.5, "city": "Oslo", "label": 1}
    Path("scoregen.yaml").write_text("module: Score Model\nrequest: {body: row, optional: [label]}\n")
    found = only("scoregen.yaml")
    assert (found.request, found.example, found.shape) == (
        "one JSON object with these columns",
        row,
        '{"COLUMN": VALUE, ...}',
    )
    assert [column.role for column in found.columns] == ["used", "used", "may be left out"]
    Path("scoregen.yaml").write_text("module: Score Model\nrequest: {body: designer, optional: auto}\n")
    found = only("scoregen.yaml")
    assert found.example == {"Inputs": {"WebServiceInput0": [row]}, "GlobalParameters": {}}
    assert [column.role for column in found.columns] == ["used", "used", "may be left out"]


def test_a_config_decides_the_release() -> None:
    leave_model(Path(), MODEL)
    Path("scoregen.yaml").write_text(
        "module: Score Model\nconda: {pins: {azureml-designer-classic-modules: 0.0.179}}\n"
    )
    assert only("scoregen.yaml").versions["azureml-designer-classic-modules"] == "0.0.179"


def test_several_scripts_are_described_each(capsys: pytest.CaptureFixture[str]) -> None:
    leave_model(Path(), MODEL)
    Path("scoregen.yaml").write_text("scripts:\n- module: Score Model\n- module: Score Model\n  output: other.py\n")
    assert main(["describe", "scoregen.yaml"]) == 0
    assert capsys.readouterr().out.count("Score Model: trained_model_outputs\n") == 2


def test_the_module_is_told_by_the_conda_file_where_no_script_is() -> None:
    (leave_model(Path(), WIDE) / "score.py").unlink()
    assert only(".").module == "Score Wide and Deep Recommender"


@pytest.mark.parametrize(
    ("path", "left", "message"),
    [
        ("empty", [], "empty: has no folder trained_model_outputs: name the one that holds it, or a config\n"),
        ("nothing", [], "nothing: cannot be read: No such file or directory\n"),
        (
            "trained_model_outputs",
            ["score.py", "_data.pkl"],
            "trained_model_outputs: its module is not told by the model, a score.py or conda_env.yaml: "
            "write a config with `module:` beside the folder, and name that\n",
        ),
    ],
)
def test_what_cannot_be_described_has_a_next_step(
    path: str, left: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("empty").mkdir()
    folder = leave_model(Path(), MODEL)
    for name in left:
        (folder / name).unlink()
    assert main(["describe", path]) == 2
    assert capsys.readouterr() == ("", message)


def test_a_conda_file_that_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    folder = leave_model(Path(), WIDE)
    (folder / "score.py").unlink()
    os.truncate(folder / "conda_env.yaml", LARGEST + 1)
    assert main(["describe", "."]) == 2
    assert capsys.readouterr().err.startswith("trained_model_outputs/conda_env.yaml: cannot be read: ")


def test_a_config_without_a_model_has_a_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    Path("scoregen.yaml").write_text("module: Score Model\n")
    assert main(["describe", "scoregen.yaml"]) == 2
    assert "add `model:` and the path of its trained_model_outputs" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "content"), [("_schema.json", "{"), ("_data.pkl", "x"), ("_samples.json", "1")])
def test_what_cannot_be_read_is_said(name: str, content: str) -> None:
    (leave_model(Path(), MODEL) / name).write_text(content)
    assert any(f"{name} cannot be read: " in note for note in only(".").notes)


def test_a_model_without_a_schema() -> None:
    (leave_model(Path(), WIDE) / "_schema.json").unlink()
    found: Any = only(".")
    assert (found.columns, found.example) == ((), None)
    assert found.notes[-2].startswith("there is no _schema.json: the columns are not told")


def test_whether_it_can_be_converted_is_said() -> None:
    folder = next(folder for folder in RECORDED if folder.name == "two_lr")
    shutil.copytree(folder, "trained_model_outputs")
    Path("scoregen.yaml").write_text("module: Score Model\n")
    expected = "it can be converted to a Python of today: `scoregen convert trained_model_outputs -o DIR`"
    assert only("scoregen.yaml").notes[-1] == expected
    assert main(["convert", "trained_model_outputs", "-o", "DIR"]) == 0
    (Path("trained_model_outputs") / "_data.pkl").unlink()
    assert only("scoregen.yaml").notes[-1].startswith("it cannot be converted: it has none of _data.pkl, ")
