"""The model beside a script is held against what the script calls and gives back."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import generate
from generator.cli.main import main
from generator.facts.modules import tables_by_key
from tests.support.model_folders import leave_model

MODEL = tables_by_key()["score_model"]
DEFAULT = generate({"module": "Score Model"})
DOWNLOADED = DEFAULT.replace(", default=plain)", ")")
DATES = {"born": "datetime64", "x": "float64"}


def codes(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    main(["check", str(folder / "score.py")])
    return [line.split()[1].rstrip(":") for line in capsys.readouterr().out.splitlines() if ": SG" in line]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (DOWNLOADED, ["SG130"]),
        (DEFAULT, []),
        (generate({"module": "Score Model", "parameters": {"append_or_result_only": False}}), []),
        (generate({"module": "Score Model", "response": {"strict_json": True}}), []),
        (generate({"module": "Score Model", "response": {"body": "records"}}), []),
        (generate({"module": "Score Model", "endpoint": "batch"}), []),
        (DOWNLOADED.replace("result.data_frame.values", "result.data_frame.astype(str).values"), []),
        (DOWNLOADED.replace("result.data_frame.values", 'result.data_frame[["x"]].values'), []),
        (DOWNLOADED.replace(".tolist()})", ".tolist()}, default=str)"), []),
        (DOWNLOADED.replace("append_or_result_only=True", "append_or_result_only=FLAG"), ["SG114"]),
    ],
)
def test_dates_in_the_response(
    source: str, found: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leave_model(tmp_path, MODEL, columns=DATES)
    for folder in (tmp_path, tmp_path / "trained_model_outputs"):
        (folder / "score.py").write_text(source)
        assert [code for code in codes(folder, capsys) if code != "SG118"] == found


def test_without_dates_or_without_a_model_nothing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "score.py").write_text(DEFAULT)
    assert codes(tmp_path, capsys) == []
    leave_model(tmp_path, MODEL)
    assert codes(tmp_path, capsys) == []


@pytest.mark.parametrize("content", ["{", "", "[]"])
def test_columns_that_cannot_be_read_are_none(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = leave_model(tmp_path, MODEL, columns=DATES)
    (folder / "_schema.json").write_text(content)
    assert codes(folder, capsys) == []


def test_columns_that_the_model_lacks_cannot_be_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leave_model(tmp_path, MODEL)
    config = tmp_path / "scoregen.yaml"
    for names, code in (("[label]", 0), ("auto", 0), ("[x1, labl]", 1)):
        config.write_text(f"module: Score Model\nrequest: {{optional: {names}}}\n")
        assert main(["generate", "--force", str(config)]) == code
    expected = "request.optional[1]: the model has no column 'labl'; did you mean 'label'? (it has x1, city, label)"
    assert expected in capsys.readouterr().err


def test_what_a_generated_script_gives_back_can_hold_dates() -> None:
    assert "default=" in DEFAULT


@pytest.mark.parametrize(
    ("response", "found"),
    [
        ("{columns: [X1]}", ["'X1'"]),
        ("{columns: [x1, City, Scored Labels, anything]}", ["'City'"]),
        ("{names: {town: CITY, x: x1}, columns: [town, x]}", ["'CITY'"]),
        ("{names: {X1: x1}, columns: [X1]}", []),
        ("{columns: [x1, city]}", []),
        ("{}\nrequest: {keep: [X1, city, customer]}", ["'X1'"]),
    ],
)
def test_columns_of_the_response_in_another_spelling(
    response: str, found: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leave_model(tmp_path, MODEL)
    config = tmp_path / "scoregen.yaml"
    config.write_text(f"module: Score Model\nresponse: {response}\n")
    assert main(["check", str(config)]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if "SG413 warning" in line]
    assert [name for line in said for name in [line.partition("no column ")[2].partition(",")[0]]] == found


def test_what_does_not_fit_the_model_is_said_at_its_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leave_model(tmp_path, MODEL)
    config = tmp_path / "scoregen.yaml"
    script = "- module: Score Model\n  output: {name}.py\n  model: trained_model_outputs\n"
    first, second = (script.format(name=name) for name in "ab")
    config.write_text(
        f"scripts:\n{first}  response: {{columns: [City]}}\n{second}  request:\n    optional:\n    - x1\n    - nope\n"
    )
    assert main(["check", str(config)]) == 1
    places = [line.split(" ")[0] for line in capsys.readouterr().out.splitlines() if "SG413" in line]
    assert places == [f"{config}:5:24:", f"{config}:12:7:"]
    assert main(["generate", str(config)]) == 1
    assert capsys.readouterr().err.startswith(f"{config}:12:7: request.optional[1]: ")


CLUSTERS, SVD = (tables_by_key()[name] for name in ("assign_data_to_clusters", "score_svd_recommender"))


@pytest.mark.parametrize("place", ["score.py", "trained_model_outputs/score.py"])
def test_the_model_of_another_module(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leave_model(tmp_path, CLUSTERS)
    (tmp_path / place).write_text(generate({"module": CLUSTERS.id}))
    assert main(["check", str(tmp_path / place)]) == 0
    (tmp_path / place).write_text(DEFAULT)
    assert main(["check", str(tmp_path / place)]) == 1
    said = capsys.readouterr().out
    assert "SG132: Score Model cannot score the script's model, which by its class is one for Assign" in said
    assert "give it the model that it is written for, or call AssignDataToClustersModule\n" in said


@pytest.mark.parametrize(
    "source",
    [
        DEFAULT.replace("trained_model_outputs", "another"),  # that folder is not the one beside
        f"from {CLUSTERS.import_paths[0]} import {CLUSTERS.class_name}\n"  # this one is called too
        + DEFAULT.replace(
            "    return", f"    {CLUSTERS.class_name}().run(cluster=model, data_table=data)\n    return", 1
        ),
    ],
)
def test_a_script_that_may_score_the_model(source: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leave_model(tmp_path, CLUSTERS)
    (tmp_path / "score.py").write_text(source)
    assert "SG132" not in codes(tmp_path, capsys)


def test_a_model_that_another_script_beside_it_scores_is_that_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leave_model(tmp_path, CLUSTERS)
    (tmp_path / "score.py").write_text(DEFAULT)
    (tmp_path / "helper.py").write_text("RATE = 0.5\n")
    assert codes(tmp_path, capsys) == ["SG132"]
    (tmp_path / "clusters.py").write_text(generate({"module": CLUSTERS.id}))
    assert codes(tmp_path, capsys) == []


def test_a_model_of_an_unknown_class_is_not_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = leave_model(tmp_path, CLUSTERS)
    (folder / "_data.pkl").write_bytes(b"\x80\x03cmy.own\nModel\n.")
    (tmp_path / "score.py").write_text(DEFAULT)
    assert codes(tmp_path, capsys) == []


def test_init_refuses_a_script_of_another_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    leave_model(tmp_path, SVD)
    Path("score.py").write_text(DEFAULT)
    assert main(["init", "score.py"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("score.py:")
    assert (
        "Score Model cannot score the model in trained_model_outputs, which is one for Score SVD Recommender: " in said
    )
    assert said.endswith('begin a new script with `scoregen init --module "Score SVD Recommender"`\n')
    assert not Path("scoregen.yaml").exists()
    assert main(["init", "--module", "Score SVD Recommender"]) == 0
    assert main(["check", "scoregen.yaml"]) == 0
