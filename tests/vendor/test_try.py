"""``scoregen try`` on the designer's own runtimes: the response of every module, and what is behind each failure."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from generator import generate, load_tables
from generator.actions.check import check
from generator.actions.endpoint_beside import endpoint_beside
from generator.cli.main import main
from generator.report import Checked
from generator.report.text import as_text
from generator.trial.failures import explained, facts_of
from generator.trial.process import Outcome, Raised, Trial, attempt
from generator.trial.response import table_of
from generator.trial.table import table_lines

from .edits import default_with, edit
from .runtimes import MODULES, Model, Models, quiet_environment

TABLES = {table.id: table for table in load_tables()}
SVD, WIDE, IMAGE = "score_svd_recommender", "score_wide_and_deep_recommender", "score_image_model"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in quiet_environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Said:
    """What the command prints when it tries a script with a model."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, model: Model, script: str, *arguments: str) -> tuple[int, list[str], list[str]]:
        Path("score.py").write_text(script, encoding="utf-8")
        where = ["--python", str(model.runtime.python), "--model-dir", str(model.folder)]
        code = main(["try", "score.py", *where, *arguments])
        out, err = self._capsys.readouterr()
        return code, out.splitlines(), err.splitlines()


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


@pytest.mark.parametrize("module", MODULES)
def test_a_default_script_answers(models: Models, said: Said, module: str) -> None:
    model, source = models(module), generate({"module": module})
    code, out, err = said(model, source)
    table = table_of(model.score(source).body)
    assert table is not None
    assert len(table.rows) == len(model.rows)
    assert (code, out[:-2], err) == (0, table_lines(table), [])
    assert out[-2].startswith(f"score.py: {len(model.rows)} rows in ")


MISTAKES = {
    SVD: {"prediction_kind": "RecommenderPredictionKind.ItemRecommendation"},
    WIDE: {"recommender_prediction_kind": "'rating prediction'"},
    "score_vowpal_wabbit_model": {
        "vw_arguments": "'--nonsense 3'",
        "include_an_extra_column_containing_labels": "True",
        "include_an_extra_column_containing_raw_scores": "True",
        "specify_file_type": "'VW'",
    },
    "score_model": {"append_or_result_only": "'True'"},
}


@pytest.mark.parametrize("module", MISTAKES)
def test_a_mistake_is_explained_in_the_words_of_a_check(models: Models, said: Said, module: str) -> None:
    model, script = models(module), default_with(TABLES[module], MISTAKES[module])
    answer = model.score(script)
    code, out, err = said(model, script)
    assert (code, out) == (1, [])
    line = script.partition(f"{TABLES[module].class_name}().run(")[0].count("\n") + 1
    assert err[0] == f"score.py:{line}: {answer.error} in run(): {answer.message.splitlines()[0]}"
    errors = [finding for finding in check(script) if finding.severity == "error"]
    assert [line for line in err if ": SG1" in line] == as_text([Checked("score.py", script, errors)]).splitlines()[:-1]
    assert errors


def test_nan_is_named(models: Models, said: Said) -> None:
    rows = [{**row, "x1": None} for row in models("score_model").rows]
    Path("rows.json").write_text(json.dumps(rows))
    code, out, _ = said(models("score_model"), generate("module: Score Model"), "--samples", "rows.json")
    assert code == 0
    assert out[0].split()[0] == "NaN"
    assert out[-1].startswith("score.py: the response has NaN, which JSON does not have")


def test_a_batch_script_is_handed_files(models: Models, said: Said) -> None:
    Path("ratings.csv").write_text("user,item,rating\nu1,m1,1\nu2,m2,1\n")
    code, out, err = said(models(SVD), generate({"module": SVD, "endpoint": "batch"}), "--samples", "ratings.csv")
    assert (code, err) == (0, [])
    assert [line.split()[:2] for line in out[:1] + out[2:4]] == [["User", "Item"], ["u1", "m1"], ["u2", "m2"]]
    assert all(line.endswith("ratings.csv") for line in out[2:4])


def behind(model: Model, script: str, request: Any = None, folder: Path | None = None) -> str:
    """Return what is behind the failure of a script, with the request's JSON or the samples, and a model's folder."""
    request = model.rows if request is None else request
    answer = model.score(script, json.dumps(request), model=folder or model.folder)
    assert answer.error
    raised = Raised(answer.error, answer.message, [], "")
    schema = json.loads((model.outputs / "_schema.json").read_text(encoding="utf-8"))
    facts = {"python": "PYTHON", "model": "MODEL", "samples": "SAMPLES"} | facts_of(request, schema)
    return explained(Outcome("run", {}, None, raised, False, 0, None, b""), facts) or str(answer)


@pytest.mark.parametrize(("module", "elsewhere"), [(SVD, WIDE), (WIDE, SVD), (IMAGE, SVD)])
def test_another_environment(models: Models, module: str, elsewhere: str) -> None:
    assert behind(models(elsewhere), generate({"module": module})).startswith("PYTHON lacks azureml.")


@pytest.mark.parametrize("script", ["downloaded", "generated"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("_schema.json", "MODEL is not complete: take all"),
        ("_meta.yaml", "a folder that the script loads has no _meta.yaml"),
        ("_data.pkl", "the model in MODEL is not complete, or is not of the module"),
    ],
)
def test_a_model_that_is_not_complete(models: Models, script: str, name: str, words: str, folder: Path) -> None:
    model = models(SVD)
    shutil.copytree(model.folder, folder / "model")
    (folder / "model" / "trained_model_outputs" / name).unlink()
    source = model.downloaded if script == "downloaded" else generate({"module": SVD})
    said = behind(model, source, folder=folder / "model")
    assert words in said or (script == "generated" and "cannot be loaded" in said)  # which init() says by itself


@pytest.mark.parametrize(
    ("module", "its"),
    [
        ("score_model", SVD),
        (SVD, "score_model"),
        ("assign_data_to_clusters", "score_model"),
        (WIDE, SVD),
        ("score_vowpal_wabbit_model", SVD),
        (IMAGE, "score_model"),
    ],
)
def test_the_model_of_another_module(models: Models, module: str, its: str) -> None:
    script = generate({"module": module})
    words = behind(models(module), script, models(its).rows, models(its).folder)
    assert any(reason in words for reason in ("is not of the module", "is not one of images", "cannot be loaded"))
    for scored, codes in ((module, ["SG132"]), (its, [])):
        endpoint = endpoint_beside(str(models(its).folder / "score.py"))
        found = check(generate({"module": scored}), endpoint)
        assert [finding.code for finding in found if finding.severity == "error"] == codes


ROW = {"user": "u1", "item": "m1", "rating": 1}


@pytest.mark.parametrize("script", ["downloaded", "generated"])
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (ROW, "SAMPLES holds one object, where"),
        ("[]", "SAMPLES holds a single value, where"),
        ([], "SAMPLES holds an empty list, where"),
        ([1], "SAMPLES holds a list of something else than objects, where"),
        ([{"user": "u1", "item": "m1"}], "the rows of SAMPLES lack 'rating', which"),
        ([{**ROW, "more": 1, "again": 2}], "the rows of SAMPLES have 'more', 'again', which"),
        ([{**ROW, "rating": "many"}], "a value in SAMPLES is of another type than its column"),
    ],
    ids=str,
)
def test_a_request_that_cannot_be_scored(models: Models, script: str, rows: Any, words: str) -> None:
    model = models(SVD)
    if script == "generated":  # says by itself what is wrong
        answer = model.score(generate({"module": SVD}), json.dumps(rows))
        assert answer.error == "400"
        assert answer.message.startswith(("the request must be ", "row 1"))
    else:
        assert words in behind(model, model.downloaded, rows)


@pytest.mark.parametrize("script", ["downloaded", "generated"])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"image": "abc"}, "SAMPLES must hold each image as a text"),
        ({"image": None}, "the rows of SAMPLES lack 'image', which"),
        ({"id": None}, "the rows of SAMPLES lack 'id', which"),
    ],
    ids=["no base64", "no image", "no id"],
)
def test_images_that_cannot_be_read(models: Models, script: str, change: dict[str, Any], words: str) -> None:
    model = models(IMAGE)
    rows = [{name: cell for name, cell in {**row, **change}.items() if cell is not None} for row in model.rows]
    if script == "downloaded":
        assert words in behind(model, model.downloaded, rows)
        return
    answer = model.score(generate({"module": IMAGE}), json.dumps(rows))  # says by itself what is wrong
    assert answer.error == "400"
    assert answer.message.startswith("row 1")


def test_rows_without_a_value_to_compute_with(models: Models) -> None:
    model = models("assign_data_to_clusters")
    rows = [{**row, "x1": None} for row in model.rows]
    assert "no row of SAMPLES has a value in every column" in behind(model, model.downloaded, rows)


@pytest.mark.parametrize(
    ("path", "words"),
    [("none.csv", "must be deployed with it"), ("none", "a dataset that the script loads is not there")],
)
def test_a_dataset_that_is_missing(models: Models, path: str, words: str) -> None:
    parameters = {"prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromUnratedItems"}
    config = {"module": SVD, "parameters": parameters, "datasets": {"training_data": {"path": path}}}
    assert words in behind(models(SVD), generate(config))


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("return json.dumps(result_df)", "JSON knows no DataFrame"),
        ("return json.dumps(result_df['Scored Rating'].round().astype(int)[0])", "JSON knows no int64"),
        ("import pandas\n    pandas.read_csv('none.csv')", "look for none.csv from os.path.dirname(__file__)"),
        ("return json.dumps(float('nan'), allow_nan=False)", "the result has NaN or Infinity"),
        ("return json.dumps(no_model)", "global no_model"),
    ],
)
def test_a_mistake_in_the_script_itself(models: Models, new: str, words: str) -> None:
    script = edit(models(SVD).downloaded, {'return json.dumps(result_df.to_dict("list"))': new})
    assert words in behind(models(SVD), script)


def test_a_call_that_lacks_an_argument(models: Models) -> None:
    assert "the scoring call lacks" in behind(models(SVD), default_with(TABLES[SVD], {}))


PROBE = """
def init():
    pass


def run(data):
    return {"text": data, "kind": str(type(data)), "name": __name__, "none": [None, float("nan"), "\\xe9\\ud83d"]}
"""


@pytest.mark.parametrize("script", ["generated", "probe", "none"])
def test_the_response_is_what_the_server_sends(models: Models, script: str, folder: Path) -> None:
    """The server that runs on an endpoint, started here, gives back the same body to the byte."""
    model = models(SVD)
    sources = {"generated": generate({"module": SVD}), "probe": PROBE, "none": PROBE.replace("return {", "data = {")}
    Path("score.py").write_text(sources[script], encoding="utf-8")
    request = json.dumps(model.rows, indent=1).replace("\n", "\r\n") + " "
    path = str(folder / "score.py")
    (outcome,) = attempt(Trial(path, str(model.runtime.python), str(model.folder), [request], 120))
    assert outcome.response == _served(path, model, request)


def _served(script: str, model: Model, request: str) -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(model.runtime.python.with_name("azmlinfsrv")), "--entry_script", script]
    command += ["--model_dir", str(model.folder), "--port", str(port)]
    posted = urllib.request.Request(
        f"http://127.0.0.1:{port}/score", request.encode(), {"Content-Type": "application/json"}
    )
    with Path("server.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        while server.poll() is None:
            try:
                with urllib.request.urlopen(posted, timeout=60) as response:
                    return str(response.read(), "utf-8")
            except (ConnectionError, urllib.error.URLError) as error:
                if isinstance(error, urllib.error.HTTPError):
                    break
                time.sleep(0.1)
        raise AssertionError(Path("server.log").read_text(errors="replace"))
    finally:
        server.terminate()
        server.wait()
