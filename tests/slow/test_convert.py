"""The commands convert and prove, and configs whose model is an open one."""

from __future__ import annotations

import http.server
import json
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from generator.cli.main import main
from generator.config.parse import parse_config

RATINGS = Path(__file__).parents[1] / "convert" / "recorded" / "ratings"
EXAMPLE = Path(__file__).parents[2] / "examples" / "convert"


@pytest.fixture
def deploy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return the folder that the example is converted to; the current one is that above it."""
    monkeypatch.chdir(tmp_path)
    assert main(["convert", str(EXAMPLE), "-o", "deploy"]) == 0
    capsys.readouterr()
    return tmp_path / "deploy"


def test_the_same_model_gives_the_same_files(deploy: Path) -> None:
    assert main(["convert", str(EXAMPLE / "trained_model_outputs"), "-o", "again"]) == 0
    files = {path.name: path.read_bytes() for path in (deploy / "open_model").iterdir()}
    assert files == {path.name: path.read_bytes() for path in (deploy.parent / "again" / "open_model").iterdir()}
    assert main(["generate", "--check", "deploy/scoregen.yaml"]) == 0


def test_a_folder_that_is_not_empty_is_left_alone(deploy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", str(EXAMPLE), "-o", "deploy"]) == 2
    assert "deploy is not empty: name a folder that is not there yet" in capsys.readouterr().err


def test_what_the_old_script_sets_is_set_in_the_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLE, "old")
    Path("old.yaml").write_text(
        "module: Score Model\nparameters: {append_or_result_only: false}\nresponse: {body: records}\n"
        "output: old/trained_model_outputs/score.py\n"
    )
    assert main(["generate", "old.yaml"]) == 0
    assert main(["convert", "old", "-o", "new"]) == 0
    config = Path("new/scoregen.yaml").read_text()
    assert "append_or_result_only: false" in config
    assert "body: records" in config


def test_what_a_config_says_is_said_in_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLE, "old")
    Path("old/scoregen.yaml").write_text(
        "scripts:\n- module: Score Model\n  parameters: {Append score columns to output: false}\n"
        "  request: {optional: auto, keep: [id]}\n  response: {body: records, names: {answer: Scored Labels}}\n"
    )
    assert main(["convert", "old/scoregen.yaml", "-o", "new"]) == 0
    assert main(["check", "new/scoregen.yaml"]) == 0
    (script,) = parse_config(Path("new/scoregen.yaml").read_bytes()).scripts
    (old,) = parse_config(Path("old/scoregen.yaml").read_bytes()).scripts
    assert script.is_open
    assert script.settings == old.settings
    capsys.readouterr()
    assert main(["convert", "new/scoregen.yaml", "-o", "newer"]) == 2
    assert "new/scoregen.yaml: its model is converted already" in capsys.readouterr().err


def test_files_for_a_batch_endpoint_are_those_of_the_new_config(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLE, "old")
    Path("old/scoregen.yaml").write_text("module: Score Model\nendpoint: batch\n")
    assert main(["convert", "old/scoregen.yaml", "-o", "new"]) == 0
    assert main(["generate", "--check", "new/scoregen.yaml"]) == 0


@pytest.mark.parametrize(
    ("config", "code", "message"),
    [
        ("module: Score Model\n", 2, "a.yaml: names no model that is there: add `model:` and the path of its"),
        ("scripts: [{module: Score Model}, {module: Score Model, output: b.py}]\n", 2, "it has 2 scripts"),
        ("module: Score Model\nmode: rewrite\n", 2, "its script has code of its own"),
        ("module: Score\n", 1, "a.yaml:1:1: module: "),
    ],
)
def test_a_config_that_cannot_be_converted(
    config: str, code: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(config)
    assert main(["convert", "a.yaml", "-o", "new"]) == code
    assert message in capsys.readouterr().err
    assert not Path("new").exists()


@pytest.mark.parametrize(
    ("files", "code", "message"),
    [
        ({}, 2, "has none of _data.pkl, model/_model.vw, model/_model.pkl, model_spec.yaml: name the folder that"),
        ({"_data.pkl": b"N."}, 1, "old/_schema.json: it is not there, and tells the columns of the model"),
        ({"_data.pkl": b"N.", "_schema.json": b"[]"}, 1, "_schema.json: it is not a schema"),
        ({"model/_model.vw": b"\x06\0\0\x009.1.0\0"}, 1, "it is not of Vowpal Wabbit 8.8.1"),
    ],
)
def test_a_model_that_cannot_be_converted_is_named(
    files: dict[str, bytes],
    code: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in files.items():
        Path("old", name).parent.mkdir(parents=True, exist_ok=True)
        Path("old", name).write_bytes(content)
    Path("old").mkdir(exist_ok=True)
    assert main(["convert", "old", "-o", "new"]) == code
    assert message in capsys.readouterr().err
    assert not Path("new").exists()


def test_a_model_of_a_release_that_was_not_measured_is_taken_for_one_on_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLE, "old")
    pickled = Path("old/trained_model_outputs/_data.pkl")
    pickled.write_bytes(pickled.read_bytes().replace(b"\x060.22.2", b"\x060.23.0"))
    assert main(["convert", "old", "-o", "new"]) == 1
    assert "it was saved by scikit-learn 0.23.0" in capsys.readouterr().err
    assert main(["convert", "old", "-o", "new", "--assume", "0.0.185"]) == 0
    assert json.loads(Path("new/open_model/model.json").read_text())["scikit-learn"] == "0.22.2"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("module: Assign Data to Clusters", "module: 'open_model' is a model for score_model: name that module"),
        ("mode: rewrite", "mode: 'open_model' is an open model, for which the whole script is made"),
        ("request: {optional: [x1]}", "request.optional[0]: the model scores by 'x1', which no request can leave out"),
        (
            "request: {optional: [X1]}",
            "the model has no column 'X1'; did you mean 'x1'? (it has x1, x2, y)",
        ),
        ("convert: {trees: lightgbm}", "convert.trees: 'open_model' has no boosted trees, it is of the kind logistic"),
        ("response: {columns: [x3]}", "response.columns[0]: the answer has no column 'x3'"),
        ("response: {names: {p: Label}}", "response.names.p: the answer has no column 'Label'"),
        ("response: {names: {x1: Scored Labels}}", "response.names.x1: the answer has a column 'x1' already"),
    ],
)
def test_what_no_script_for_an_open_model_can_do_is_refused(
    deploy: Path, more: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    module = "" if more.startswith("module") else "module: Score Model\n"
    (deploy / "scoregen.yaml").write_text(f"{module}model: open_model\n{more}\n")
    assert main(["generate", "deploy/scoregen.yaml"]) == 1
    assert message in capsys.readouterr().err


def test_what_is_refused_is_shown_in_its_place(deploy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        "module: Score Model",
        "model: open_model",
        "request:",
        "  optional: [y, nothing]",
        "response: {columns: [x3]}",
    ]
    (deploy / "scoregen.yaml").write_text("\n".join(lines))
    assert main(["generate", "deploy/scoregen.yaml"]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("deploy/scoregen.yaml:4:17: request.optional[1]: the model has no column 'nothing'")
    assert second.startswith("deploy/scoregen.yaml:5:22: response.columns[0]: the answer has no column 'x3'")


def test_a_model_that_is_not_there_is_named(deploy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(deploy / "open_model")
    assert main(["generate", "deploy/scoregen.yaml"]) == 2
    assert "model.json: cannot be read" in capsys.readouterr().err


def test_an_open_model_of_another_format_is_refused(deploy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = deploy / "open_model" / "model.json"
    facts.write_text(facts.read_text().replace('"format": 1', '"format": 2'))
    assert main(["generate", "deploy/scoregen.yaml"]) == 1
    assert "it is of format 2, and this scoregen knows 1: convert the model again" in capsys.readouterr().err


def test_the_kept_answers_are_compared(deploy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(EXAMPLE / "proof.json", deploy)
    assert main(["prove", "deploy"]) == 0
    proof = json.loads((deploy / "proof.json").read_text())
    proof["cases"][0]["answer"] = proof["cases"][0]["answer"].replace("yes", "no")
    (deploy / "proof.json").write_text(json.dumps(proof))
    capsys.readouterr()
    assert main(["prove", "deploy"]) == 1
    assert "request 0.result[0][2]: old 'no', new 'yes'" in capsys.readouterr().err


def test_a_python_without_the_packages_of_the_script_is_named(deploy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(EXAMPLE / "proof.json", deploy)
    script = deploy / "score.py"
    script.write_text(script.read_text().replace("import json", "import json, a_package_that_is_not_there", 1))
    assert main(["prove", "deploy"]) == 1
    expected = "'a_package_that_is_not_there'; name a Python that has the packages of conda_env.yaml with --python"
    assert expected in capsys.readouterr().err


NOT_PROVEN = "Not proven yet to answer as the designer's script"


def test_a_script_says_that_it_is_not_proven_until_it_is(
    deploy: Path, endpoint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert NOT_PROVEN in (deploy / "score.py").read_text()
    assert main(["prove", "deploy", "--against", endpoint, "--rows", "20"]) == 0
    assert NOT_PROVEN not in (deploy / "score.py").read_text()
    assert main(["generate", "--check", "deploy/scoregen.yaml"]) == 0
    assert main(["prove", "deploy"]) == 0
    facts = deploy / "open_model" / "model.json"
    facts.write_text(facts.read_text().replace("\n", "\n\n", 1))
    assert main(["generate", "--check", "deploy/scoregen.yaml"]) == 1  # another model, of which nothing is proven
    assert main(["prove", "deploy"]) == 0
    assert main(["generate", "--check", "deploy/scoregen.yaml"]) == 0
    with (deploy / "scoregen.yaml").open("a") as config:
        config.write("response: {body: records}\n")
    assert main(["generate", "deploy/scoregen.yaml"]) == 0
    assert NOT_PROVEN in (deploy / "score.py").read_text()
    assert main(["prove", "deploy"]) == 2
    assert "proof.json is of another config than this one" in capsys.readouterr().err


def test_an_edited_script_stays_as_it_is(deploy: Path, endpoint: str) -> None:
    with (deploy / "score.py").open("a") as script:
        script.write("# mine\n")
    content = (deploy / "score.py").read_bytes()
    assert main(["prove", "deploy", "--against", endpoint, "--rows", "20"]) == 0
    assert (deploy / "score.py").read_bytes() == content


def test_a_bundle_says_whether_its_script_is_proven(deploy: Path, endpoint: str) -> None:
    assert main(["bundle", "deploy/scoregen.yaml", "-d", "one"]) == 0
    assert "**Not proven yet**" in Path("one/README.md").read_text()
    assert "  path: ../deploy/open_model\n" in Path("one/deployment.yml").read_text()
    assert "designer's packages" not in Path("one/deployment.yml").read_text()
    assert Path("one/_samples.json").read_bytes() == Path("deploy/open_model/_samples.json").read_bytes()
    assert main(["prove", "deploy", "--against", endpoint, "--rows", "20"]) == 0
    assert main(["bundle", "deploy/scoregen.yaml", "-d", "two"]) == 0
    readme = Path("two/README.md").read_text()
    assert "`scoregen prove` has found that both answer the same" in readme
    assert "Not proven" not in readme


def test_a_bundle_without_its_open_model_says_what_belongs_there(
    deploy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    block = "deployment: {endpoint: my-endpoint, model: ../elsewhere/open_model}\n"
    with (deploy / "scoregen.yaml").open("a") as config:
        config.write(block)
    assert main(["bundle", "deploy/scoregen.yaml", "-d", "one"]) == 0
    expected = "elsewhere/open_model: was not found: put the folder that `scoregen convert` has written there"
    assert expected in capsys.readouterr().err


def test_the_old_model_is_found_near_by_what_it_holds(
    deploy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "a" / "trained_model_outputs"
    shutil.copytree(EXAMPLE / "trained_model_outputs", other)
    (other / "_data.pkl").write_bytes(b"N.")
    command = ["prove", "deploy", "--against", sys.executable, "--rows", "20"]
    assert main(command) == 2
    assert main([*command, "--model-dir", "a"]) == 2
    assert "holds another model than the one that was converted: name that" in capsys.readouterr().err
    shutil.copytree(EXAMPLE / "trained_model_outputs", tmp_path / "b" / "trained_model_outputs")
    assert main(command) == 1
    assert "No module named 'pandas'" in capsys.readouterr().err


def test_a_proof_of_another_model_is_said_to_be_one(deploy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(EXAMPLE / "proof.json", deploy)
    assert main(["prove", "deploy"]) == 0
    capsys.readouterr()
    proof = json.loads((deploy / "proof.json").read_text())
    proof["cases"][0]["answer"] = proof["cases"][0]["answer"].replace("yes", "no")
    for model in (proof["model"], "0" * 64):
        (deploy / "proof.json").write_text(json.dumps({**proof, "model": model}))
        assert main(["prove", "deploy"]) == 1
        said = capsys.readouterr().err
        assert ("proof.json was made with another open model than this one" in said) == (model == "0" * 64)


def test_what_of_a_config_is_not_in_the_new_one_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(RATINGS, "old/trained_model_outputs")
    Path("old/ratings.csv").write_text("user,item,rating\n")
    Path("old/scoregen.yaml").write_text(
        "module: svd\nparameters: {prediction kind: item recommendation, recommended item selection: unrated}\n"
        "datasets: {training_data: ratings.csv}\ndeployment: {endpoint: my-endpoint, model: trained_model_outputs}\ncontainer: true\n"
        "response: {body: records, names: {person: User}}\n"
    )
    assert main(["check", "--strict", "old/scoregen.yaml"]) == 0
    assert main(["convert", "old/scoregen.yaml", "-o", "new"]) == 0
    first, second = capsys.readouterr().err.splitlines()
    assert (
        first == "old/scoregen.yaml: deployment, container: not carried over; add to the new config what you still need"
    )
    assert "datasets.training_data.path: 'ratings.csv' is not there: put the data there" in second
    shutil.copy("old/ratings.csv", "new")
    assert main(["check", "--strict", "new"]) == 0


def test_what_stands_in_the_way_of_a_folder_is_named(deploy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for named in ("deploy", "deploy/open_model"):
        assert main(["convert", named, "-o", "new"]) == 2
        assert capsys.readouterr().err == f"{named}: its model is converted already\n"
    assert main(["convert", "nowhere", "-o", "new"]) == 2
    assert capsys.readouterr().err == "nowhere: cannot be read: there is no such folder\n"
    assert main(["convert", "deploy/score.py", "-o", "new"]) == 2
    message = "deploy/score.py: is neither a folder nor a config: name the folder, deploy\n"
    assert capsys.readouterr().err == message
    with (deploy / "scoregen.yaml").open("a") as config:
        config.write("paramters: {}\n")
    assert main(["prove", "deploy"]) == 1
    assert capsys.readouterr().err.startswith("deploy/scoregen.yaml:")
    (deploy / "scoregen.yaml").write_text("scripts: [{module: Score Model}, {module: Score Model, output: b.py}]\n")
    assert main(["prove", "deploy"]) == 2
    assert capsys.readouterr().err == "deploy/scoregen.yaml: has 2 scripts: prove takes one\n"


def test_a_script_whose_settings_are_not_told_has_a_way_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLE, "old")
    Path("old/trained_model_outputs/score.py").write_text("def run(data):\n    return 1\n")
    assert main(["convert", "old", "-o", "new"]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("old/trained_model_outputs/score.py:1:1: no designer module is used here")
    assert "name a config with `module:` and `model:` instead" in second
    Path("a.yaml").write_text("module: Score Model\nmodel: old\n")
    assert main(["convert", "a.yaml", "-o", "new"]) == 0


def test_a_link_to_an_empty_folder_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("link").symlink_to("empty")
    assert main(["convert", str(EXAMPLE), "-o", "link"]) == 0
    assert Path("link").is_symlink()
    assert Path("empty/score.py").is_file()


def test_an_edited_script_is_kept_with_ways_on_that_there_are(deploy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (deploy / "score.py").open("a") as script:
        script.write("# mine\n")
    assert main(["sync", "deploy"]) == 1
    said = capsys.readouterr().err
    assert "was edited since scoregen wrote it, and is not replaced: name another `output`, or use --force" in said


@pytest.mark.parametrize("rows", ["0", "-1", "1.5", "1000000", "9" * 5000])
def test_a_number_of_rows_is_one(deploy: Path, rows: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["prove", "deploy", f"--rows={rows}"])
    assert "is not a number of rows from 1 to 100000" in capsys.readouterr().err


def test_a_converted_script_is_tried_with_the_python_that_is_there(
    deploy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["try", "deploy"]) == 0
    assert "deploy/score.py: 3 rows in " in capsys.readouterr().out


class _Old(http.server.BaseHTTPRequestHandler):
    """An endpoint that answers as the recorded model did."""

    answers: ClassVar[dict[str, Any]] = {}
    statuses: ClassVar[list[int]] = []
    """Those of the next answers; 200 when there are no more."""
    keys: ClassVar[list[str | None]] = []

    def do_POST(self) -> None:
        self.keys.append(self.headers["Authorization"])
        request = self.rfile.read(int(self.headers["Content-Length"])).decode()
        body = self.answers[request].encode()
        self.send_response(self.statuses.pop(0) if self.statuses else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def endpoint() -> Iterator[str]:
    cases = json.loads((EXAMPLE / "proof.json").read_text())["cases"]
    _Old.answers = {case["request"]: case["answer"] for case in cases}
    _Old.keys, _Old.statuses = [], []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Old) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/score"
        server.shutdown()


def test_an_endpoint_answers_for_the_old_model(deploy: Path, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZUREML_ENDPOINT_KEY", "a-key")
    assert main(["prove", "deploy", "--against", endpoint, "--rows", "20"]) == 0
    assert set(_Old.keys) == {"Bearer a-key"}
    assert json.loads((deploy / "proof.json").read_text())["summary"]["different"] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "proof.json is not there: name what answers for the old model with --against, to make it"),
        (
            ["--against", "python-that-is-not-there", "--model-dir", str(EXAMPLE)],
            1,
            "is not a program that can be started",
        ),
        (
            ["--against", sys.executable],
            2,
            "the old model is needed, and is not near: name its folder with --model-dir",
        ),
        (["--against", "http://127.0.0.1:9/score"], 1, "cannot be reached"),
        (
            ["--against", sys.executable, "--model-dir", str(EXAMPLE)],
            1,
            "stopped after 0 of 28 requests: ModuleNotFoundError: No module named 'pandas'",
        ),
    ],
)
def test_what_cannot_be_asked_is_named(
    deploy: Path, arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prove", "deploy", *arguments, *(["--rows", "20"] if arguments else [])]) == code
    assert message in capsys.readouterr().err
    assert not (deploy / "proof.json").exists()


def test_an_endpoint_that_is_busy_is_asked_again(
    deploy: Path, endpoint: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("generator.trial.endpoint._PAUSES", (0.01, 0.01))
    _Old.statuses = [429, 503, 200, 502]
    assert main(["prove", "deploy", "--against", endpoint, "--rows", "20"]) == 0
    _Old.statuses = [503] * 3
    (deploy / "proof.json").unlink()
    assert main(["prove", "deploy", "--against", endpoint, "--rows", "20"]) == 1
    assert "answers HTTP 503, again and again: prove it later" in capsys.readouterr().err
    assert not (deploy / "proof.json").exists()


def test_why_an_old_script_did_not_answer_is_said(
    deploy: Path, endpoint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _Old.answers = dict.fromkeys(_Old.answers, "An unexpected\nerror occurred")
    _Old.statuses = [500] * 100
    assert main(["prove", "deploy", "--against", endpoint, "--rows", "20"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "answered by the new script alone, where the old one says: HTTP 500: An unexpected\\nerror occurred",
        "nothing could be compared",
    ]
    _Old.answers, _Old.statuses = dict.fromkeys(_Old.answers, "<html>Sign in</html>"), []
    assert main(["prove", "deploy", "--against", endpoint, "--rows", "20"]) == 1
    assert "request 0: an answer is not JSON that can be compared: <html>Sign in</html>" in capsys.readouterr().err


@pytest.mark.parametrize("answer", [3, [], {"a": 1}, True])
def test_a_proof_that_was_changed_by_hand_is_no_fault(deploy: Path, answer: Any) -> None:
    proof = json.loads((EXAMPLE / "proof.json").read_text())
    proof["cases"][0]["answer"] = answer
    (deploy / "proof.json").write_text(json.dumps(proof))
    assert main(["prove", "deploy"]) == 1
