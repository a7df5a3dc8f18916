"""Scripts for open models take and give every form that a config offers; the cells are those of the plain script."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from generator.config.parse import parse_config
from generator.convert.request_forms import bodies
from tests.support.open_scripts import loaded, opened, rendered
from tests.support.recorded import RECORDED

FOLDERS = {folder.name: folder for folder in RECORDED}
FILES = {name: opened(FOLDERS[name]) for name in ("label_category", "ratings")}
LABEL = "label"

Run = Callable[[Mapping[str, Any], Any], Any]


class Table:
    """As much of a DataFrame as a script for a batch endpoint asks for."""

    def __init__(self, columns: Mapping[str, list[Any]] | None = None, dtype: type = object) -> None:
        self.held = dict(columns or {})
        self.index = range(len(next(iter(self.held.values()), [])))

    def __contains__(self, name: str) -> bool:
        return name in self.held

    def __getitem__(self, names: list[str]) -> Table:
        return Table({name: self.held[name] for name in names})

    def __setitem__(self, name: str, values: list[Any]) -> None:
        self.held[name] = values

    def rename(self, columns: Mapping[str, str]) -> Table:
        return Table({columns.get(name, name): values for name, values in self.held.items()})

    def assign(self, **columns: str) -> Table:
        return Table({**self.held, **{name: [value] * len(self.index) for name, value in columns.items()}})


def concat(tables: list[Table], ignore_index: bool) -> Table:
    (table,) = tables
    return table


PANDAS = SimpleNamespace(DataFrame=Table, Series=lambda values, index, dtype: values, concat=concat)


def described(*names: Any, **more: Any) -> Callable[[Any], Any]:
    """Return a decorator of inference-schema's, which leaves a function as it is."""
    return lambda function: function


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ModuleType]:
    """Return what loads the script of a recorded model for a config, with what it imports besides numpy stood in for."""
    modules = {
        "pandas": PANDAS,
        "inference_schema": SimpleNamespace(),
        "inference_schema.parameter_types": SimpleNamespace(),
        "inference_schema.parameter_types.standard_py_parameter_type": SimpleNamespace(
            StandardPythonParameterType=lambda sample: sample
        ),
        "inference_schema.schema_decorators": SimpleNamespace(input_schema=described, output_schema=described),
    }
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)

    def load(name: str, config: Mapping[str, Any]) -> ModuleType:
        samples = {"_samples.json": json.dumps(rows(name)).encode()}
        for file, content in {**FILES[name], **samples}.items():  # which the description of a request needs
            (tmp_path / "open_model").mkdir(exist_ok=True)
            (tmp_path / "open_model" / file).write_bytes(content)
        monkeypatch.setenv("AZUREML_MODEL_DIR", str(tmp_path))
        return loaded(rendered(config, FILES[name]), {**FILES[name], **samples}, tmp_path, monkeypatch)

    return load


def rows(name: str) -> list[dict[str, Any]]:
    """Return three rows that a recorded model was asked for."""
    found: list[dict[str, Any]] = json.loads(
        json.loads((FOLDERS[name] / "proof.json").read_bytes())["cases"][0]["request"]
    )
    return found[:3]


def records(answer: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(answer)["result"]
    return found


def plain(
    script: Callable[..., ModuleType], name: str, config: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Return the rows that the script without any form gives back, NaN as null."""
    module = script(name, {**(config or {}), "response": {"body": "records", "strict_json": True}})
    return records(module.run(json.dumps(rows(name))))


RATINGS = {"parameters": {"prediction_kind": "RatingPrediction"}}


def test_one_object_is_answered_by_one(script: Callable[..., ModuleType]) -> None:
    expected = plain(script, "label_category")[0]
    module = script("label_category", {"request": {"body": "row", "keep": ["id"]}})
    assert module.run(json.dumps({**rows("label_category")[0], "id": 7})) == {**expected, "id": 7}


def test_an_envelope_is_answered_in_one(script: Callable[..., ModuleType]) -> None:
    expected = plain(script, "label_category")
    module = script("label_category", {"request": {"body": "designer"}})
    body = {"Inputs": {"input1": rows("label_category")}, "GlobalParameters": {}}
    assert module.run(json.dumps(body)) == {"Results": {"WebServiceOutput0": expected}}


@pytest.mark.parametrize("swagger", [True, "samples"])
def test_a_described_request_is_answered_in_an_envelope(script: Callable[..., ModuleType], swagger: Any) -> None:
    expected = plain(script, "label_category")
    module = script("label_category", {"request": {"swagger": swagger}})
    assert module.run(rows("label_category")) == {"Results": expected}
    (shown, *_) = module.sample_rows()
    assert shown.keys() == rows("label_category")[0].keys()


def test_a_request_may_set_a_parameter(script: Callable[..., ModuleType]) -> None:
    module = script("label_category", {"request": {"swagger": True, "parameters": ["append_or_result_only"]}})
    whole, alone = (
        module.run(rows("label_category"), {"append_or_result_only": appends})["Results"] for appends in (True, False)
    )
    assert [list(row) for row in alone] == [["Scored Labels", "Scored Probabilities", LABEL]] * 3
    assert alone == [{name: row[name] for name in alone[0]} for row in whole]
    with pytest.raises(ValueError, match="GlobalParameters: append_or_result_only must be in"):
        module.run(rows("label_category"), {"append_or_result_only": 0})


def test_a_request_may_set_how_many_items_are_recommended(script: Callable[..., ModuleType]) -> None:
    parameters = {"prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromAllItems"}
    request = {"body": "designer", "parameters": ["max_recommended_item_count", "return_ratings"]}
    module = script("ratings", {"parameters": parameters, "request": request})
    given = {"max_recommended_item_count": 2, "return_ratings": True}
    body = {"Inputs": {"input1": rows("ratings")}, "GlobalParameters": given}
    (first, *_) = module.run(json.dumps(body))["Results"]["WebServiceOutput0"]
    names = ["User", "Recommended Item 1", "Predicted Rating 1", "Recommended Item 2", "Predicted Rating 2"]
    assert list(first) == names


def test_columns_that_do_not_count_may_be_left_out(script: Callable[..., ModuleType]) -> None:
    expected = [{name: cell for name, cell in row.items() if name != LABEL} for row in plain(script, "label_category")]
    for optional in ("auto", [LABEL]):
        module = script("label_category", {"request": {"optional": optional}, "response": {"body": "records", "strict_json": True}})  # fmt: skip
        asked = [{name: cell for name, cell in row.items() if name != LABEL} for row in rows("label_category")]
        assert records(module.run(json.dumps(asked))) == expected
        with pytest.raises(ValueError, match="row 1 and the model differ in the columns"):
            module.run(json.dumps([{LABEL: 1}]))


def test_a_rating_may_be_left_out(script: Callable[..., ModuleType]) -> None:
    expected = plain(script, "ratings", RATINGS)
    module = script("ratings", {**RATINGS, "request": {"optional": "auto"}, "response": {"body": "records"}})
    asked = [{name: row[name] for name in list(row)[:2]} for row in rows("ratings")]
    assert records(module.run(json.dumps(asked))) == expected


@pytest.mark.parametrize("body", ["records", "columns", "rows", "default"])
def test_columns_are_renamed_chosen_and_kept(script: Callable[..., ModuleType], body: str) -> None:
    scored = [row["Scored Labels"] for row in plain(script, "label_category")]
    response = {"body": body, "names": {"found": "Scored Labels"}, "columns": ["found"]}
    module = script("label_category", {"request": {"keep": ["id"]}, "response": response})
    answer = json.loads(module.run(json.dumps([{**row, "id": n} for n, row in enumerate(rows("label_category"))])))
    cells = [[label, number] for number, label in enumerate(scored)]
    assert (
        answer
        == {
            "records": {"result": [dict(zip(("found", "id"), row, strict=True)) for row in cells]},
            "columns": {"found": scored, "id": [0, 1, 2]},
            "rows": {"columns": ["found", "id"], "result": cells},
            "default": {"result": cells},
        }[body]
    )


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl"])
def test_files_are_scored_for_a_batch_endpoint(script: Callable[..., ModuleType], tmp_path: Path, kind: str) -> None:
    asked = rows("label_category")
    expected = plain(script, "label_category")
    names = list(asked[0])
    text = {
        "csv": "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in [names, *(row.values() for row in asked)]),
        "json": json.dumps(asked),
        "jsonl": "\n".join(map(json.dumps, asked)),
    }[kind]  # fmt: skip
    (tmp_path / f"rows.{kind}").write_text(text, encoding="utf-8")
    response = {"names": {"found": "Scored Labels"}, "columns": ["found"]}
    module = script("label_category", {"endpoint": "batch", "response": response})
    table = module.run([str(tmp_path / f"rows.{kind}")])
    assert table.held == {"found": [row["Scored Labels"] for row in expected], "file": [f"rows.{kind}"] * 3}


def test_a_file_that_cannot_be_scored_has_no_rows(script: Callable[..., ModuleType], tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text("[{}]", encoding="utf-8")
    assert script("label_category", {"endpoint": "batch"}).run([str(tmp_path / "odd.json")]).held == {}


def test_requests_of_a_proof_have_the_form_of_the_config() -> None:
    request = {"body": "designer", "keep": ["id"], "optional": "auto", "parameters": ["append_or_result_only"]}
    (one,) = parse_config({"module": "Score Model", "request": request}).scripts
    groups = [[{"x": 1, "y": 2}], [{"x": 3, "y": 4}], [{"x": 5, "y": 6}]]
    found = [json.loads(body) for body in bodies(one.settings, groups, {"y"})]
    assert [set(body["Inputs"]["WebServiceInput0"][0]) for body in found] == [
        {"x", "y", "id"},
        {"x", "id"},
        {"x", "y", "id"},
    ]
    parameters = [body["GlobalParameters"] for body in found]
    assert parameters == [{}, {"append_or_result_only": False}, {"append_or_result_only": True}]
