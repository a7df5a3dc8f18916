"""Batch scripts on the runtimes: files of every format, and bad ones among them, scored as the online script does."""

from __future__ import annotations

import base64
import csv
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator import Response, generate, load_tables
from generator.rendering.score import render_shaping
from generator.rules.settings import Request, complete_response
from tests.vendor.runtimes import place_dataset

from .runtimes import MODULES, Model, Models

TABLES = {table.id: table for table in load_tables()}
TABULAR = [module for module in MODULES if module != "score_image_model"]
ROWS = Response("rows", True, "object")

BY_THE_ENDPOINT = '''

scored, messages = run, []


class Messages(logging.Handler):
    def emit(self, record):
        messages.append(f"{record.getMessage()}: {record.exc_info[0].__name__}: {record.exc_info[1]}")


def run(data):
    """Do what the endpoint does, and tell what comes of it."""
    logging.getLogger(__name__).addHandler(Messages())
    frame = scored(json.loads(data))
    assert isinstance(frame, pd.DataFrame)
    return json.dumps({"frame": body_of(frame), "index": list(frame.index), "messages": messages})


'''
PARQUET = '''
import json
import pandas as pd


def init():
    pass


def run(data):
    """Write rows as Parquet files: as they are, and as what is left of more rows by a condition."""
    job = json.loads(data)
    frame = pd.DataFrame(job["rows"])
    frame.to_parquet(job["path"])
    more = pd.concat([frame.iloc[:1], frame], ignore_index=True)
    more[more.index > 0].to_parquet(job["filtered"])
    return "{}"
'''


class Scored(NamedTuple):
    """What came of a mini-batch: the columns, the rows by the name of their file, and what was logged."""

    columns: list[str]
    rows: dict[str, list[list[Any]]]
    messages: list[str]


def scored(
    model: Model, config: dict[str, Any], paths: Iterable[Path], where: Path | None = None, folder: Path | None = None
) -> Scored:
    """Return what a batch script makes of files; it lies in a folder, if one is named."""
    table = TABLES[config["module"]]
    made = render_shaping(table, complete_response(table, ROWS), Request())
    script = generate(config | {"endpoint": "batch"}) + BY_THE_ENDPOINT + made
    files = json.dumps([str(path) for path in paths])
    answer = model.score(script, files, model=where or model.folder, folder=folder)
    frame, index, messages = (answer.body[key] for key in ("frame", "index", "messages"))
    assert index == list(range(len(frame["result"])))
    rows: dict[str, list[list[Any]]] = {}
    for *row, name in frame["result"]:
        rows.setdefault(name, []).append(row)
    return Scored(frame["columns"], rows, messages)


def online(
    model: Model,
    config: dict[str, Any],
    rows: list[dict[str, Any]],
    where: Path | None = None,
    folder: Path | None = None,
) -> Any:
    """Return the names of the columns and the rows that the online script gives back."""
    script = generate(config | {"response": ROWS.named})
    response = model.score(script, json.dumps(rows), model=where or model.folder, folder=folder).response
    return response["columns"], response["result"]


def write_csv(path: Path, rows: list[dict[str, Any]], dialect: str = "excel", encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, list(rows[0]), dialect=dialect)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_all(model: Model, folder: Path, rows: list[dict[str, Any]]) -> list[Path]:
    """Write the rows in every format and in several ways."""
    turned = [dict(reversed(row.items())) for row in rows]
    paths = [
        write_csv(folder / "a.csv", rows),
        write_csv(folder / "turned, \u00e9.CSV", turned, "unix", "utf-8-sig"),
        folder / "list.json",
        folder / "lines.jsonl",
        folder / "lines.json",
        folder / "a.parquet",
        folder / "filtered.parquet",
    ]
    paths[2].write_text(json.dumps(turned, indent=2), encoding="utf-8")
    paths[3].write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    paths[4].write_text("\r\n".join(json.dumps(row, ensure_ascii=False) for row in turned), encoding="utf-8-sig")
    job = {"rows": rows, "path": str(paths[5]), "filtered": str(paths[6])}
    assert model.score(PARQUET, json.dumps(job)).body == {}
    return paths


def write_bad(folder: Path, rows: list[dict[str, Any]], good: list[Path]) -> dict[Path, str]:
    """Write files that cannot be scored, and return what is said of each."""
    first, *others = rows
    name = next(iter(first))
    less = [{key: cell for key, cell in row.items() if key != name} for row in rows]
    contents: dict[str, tuple[bytes, str]] = {
        "empty.csv": (b"", "ValueError: the file has no rows"),
        "header.csv": (",".join(first).encode(), "ValueError: the file has no rows"),
        "latin.csv": ("\u00e9\n1\n".encode("latin-1"), "UnicodeDecodeError"),
        "quote.csv": (",".join(first).encode() + b'\n"open', "Error: unexpected end of data"),
        "twice.csv": (b"a,a\n1,2\n", "has a column twice"),
        "ragged.csv": (",".join(first).encode() + b"\n1,2,3,4,5,6,7", "row 1 has 7 cells"),
        "more.csv": (b"nobody\n1\n", "differ in the columns"),
        "empty.json": (b"", "the file has no rows"),
        "object.json": (json.dumps(first, indent=2).encode(), "JSONDecodeError"),
        "cut.jsonl": (json.dumps(first)[:-3].encode(), "JSONDecodeError"),
        "number.json": (b"[1]", "row 1 of 1 is not a JSON object"),
        "rows.json": (
            json.dumps([*others, less[0] | {"more": 1}]).encode(),
            "row 3 and the model differ in the columns",
        ),
        "cut.parquet": (good[5].read_bytes()[:-20], "Arrow"),
        "table.txt": (good[0].read_bytes(), "must end in .csv, .parquet, .json or .jsonl"),
        "_SUCCESS": (b"", "must end in .csv, .parquet, .json or .jsonl"),
    }
    for file, (content, _) in contents.items():
        (folder / file).write_bytes(content)
    said = {folder / file: words for file, (_, words) in contents.items()}
    (folder / "folder.csv").mkdir()
    said |= {folder / "folder.csv": "IsADirectoryError", folder / "gone.json": "FileNotFoundError"}
    if less[0]:
        said[write_csv(folder / "less.csv", less)] = f"and the model differ in the columns [{name!r}]"
    return said


@pytest.mark.parametrize("module", TABULAR)
def test_files_are_scored_as_requests_are(models: Models, tmp_path: Path, module: str) -> None:
    model = models(module)
    rows = model.rows
    good = write_all(model, tmp_path, rows)
    bad = write_bad(tmp_path, rows, good)
    mixed = [*list(bad)[:8], *good[:3], *list(bad)[8:], *good[3:]]
    found = scored(model, {"module": module}, mixed)
    names, expected = online(model, {"module": module}, rows)
    assert found.columns == [*names, "file"]
    assert found.rows == dict.fromkeys([path.name for path in good], expected)
    assert len(found.messages) == len(bad)
    for path, words in bad.items():
        (message,) = (
            message for message in found.messages if message.startswith(f"Error processing input file {path}: ")
        )
        assert words in message


@pytest.mark.parametrize("module", MODULES)
def test_a_mini_batch_of_bad_files_alone_has_no_rows(models: Models, tmp_path: Path, module: str) -> None:
    found = scored(models(module), {"module": module}, [tmp_path / "a.csv", tmp_path / "b.png"])
    assert (found.columns, found.rows, len(found.messages)) == ([], {}, 2)


@pytest.mark.parametrize("module", ["score_svd_recommender", "score_wide_and_deep_recommender"])
def test_digits_are_ids(models: Models, tmp_path: Path, module: str) -> None:
    """007 is another user than 7."""
    model = models(module, "digit_ids")
    rows = model.rows
    assert all(row["user"].isdigit() and row["user"].startswith("0") for row in rows)
    found = scored(model, {"module": module}, [write_csv(tmp_path / "a.csv", rows)])
    assert found.rows["a.csv"] == online(model, {"module": module}, rows)[1]
    assert [row[0] for row in found.rows["a.csv"]] == [row["user"] for row in rows]


def test_recommendations(models: Models, tmp_path: Path) -> None:
    model = models("score_svd_recommender")
    config = {
        "module": "score_svd_recommender",
        "parameters": {"prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromUnratedItems"},
        "datasets": {"training_data": {"path": "ratings.csv"}},
    }
    folder = tmp_path / "script"
    place_dataset(model, "ratings.csv", folder)
    good = write_all(model, tmp_path, model.rows)
    names, expected = online(model, config, model.rows, folder=folder)
    found = scored(model, config, good, folder=folder)
    assert found == ([*names, "file"], dict.fromkeys([path.name for path in good], expected), [])


def with_columns(model: Model, folder: Path, columns: list[dict[str, Any]]) -> Path:
    """Return the folder of a copy of a model whose schema has more columns."""
    shutil.copytree(model.outputs, folder / model.outputs.name)
    path = folder / model.outputs.name / "_schema.json"
    schema = json.loads(path.read_text())
    schema["columnAttributes"] += columns
    path.write_text(json.dumps(schema))
    return folder


def column(name: str, kind: str, stored: str, **more: Any) -> dict[str, Any]:
    element = {"typeName": stored, "isNullable": True}
    return {"name": name, "type": kind, "isFeature": True, "elementType": element, **more}


def test_cells_are_of_the_types_of_the_schema(models: Models, tmp_path: Path) -> None:
    """The clusters' module hands through what it does not know."""
    model = models("assign_data_to_clusters")
    columns = [
        column("text", "String", "str"),
        column("whole", "Numeric", "int64"),
        column("flag", "Binary", "bool"),
        column("when", "DateTime", "datetime64"),
        column("kind", "Categorical", "category", underlyingElementType="str"),
        column("rank", "Categorical", "category", underlyingElementType="int64"),
        column("file", "String", "str"),
    ]
    folder = with_columns(model, tmp_path / "model", columns)
    texts = ["007", "NA", "null", " 1 ", 'a,\n"b"', None]
    rows = [
        {"x1": 0.1 + 0.2, "x2": 1e-7, "text": text, "whole": 12345678901234567, "flag": flag, "when": "2020-01-31"}
        | {"kind": "01", "rank": 1, "file": "x.csv"}
        for text, flag in zip(texts, [True, False] * 3, strict=True)
    ]
    config = {"module": "assign_data_to_clusters"}
    files = write_all(model, tmp_path, rows)
    names, expected = online(model, config, rows, folder)
    found = scored(model, config, files, folder)
    assert found.messages == []
    assert found.columns == [*names, "file_"]
    assert found.rows == dict.fromkeys([path.name for path in files], expected)
    place = names.index("text")
    assert [row[place] for row in found.rows["a.csv"]] == texts
    assert found.rows["a.csv"][0][names.index("whole")] == 12345678901234567


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1_000", "row 1, column 'x1': \"1_000\" is not a number or null"),
        ("1,5", "row 1, column 'x1': \"1,5\" is not a number or null"),
        ("abc", "row 1, column 'x1': \"abc\" is not a number or null"),
        ("NA", "row 1, column 'x1': \"NA\" is not a number or null"),
    ],
)
def test_what_is_no_number_is_named(models: Models, tmp_path: Path, cell: str, words: str) -> None:
    path = write_csv(tmp_path / "a.csv", [{"x1": cell, "x2": 1}])
    found = scored(models("assign_data_to_clusters"), {"module": "assign_data_to_clusters"}, [path])
    (message,) = found.messages
    assert words in message


@pytest.mark.parametrize("cell", ["", "nan", "1e-3", "-7", "+.5", "1E5", " 2 "])
def test_what_is_a_number(models: Models, tmp_path: Path, cell: str) -> None:
    model, config = models("assign_data_to_clusters"), {"module": "assign_data_to_clusters"}
    found = scored(model, config, [write_csv(tmp_path / "a.csv", [{"x1": cell, "x2": 0.5}, {"x1": 0.1, "x2": 0.5}])])
    number = None if cell in ("", "nan") else float(cell)
    assert found.rows["a.csv"] == online(model, config, [{"x1": number, "x2": 0.5}, {"x1": 0.1, "x2": 0.5}])[1]


def test_a_model_without_a_schema(models: Models, tmp_path: Path) -> None:
    module = "score_vowpal_wabbit_model"
    model = models(module)
    shutil.copytree(model.outputs, tmp_path / model.outputs.name)
    (tmp_path / model.outputs.name / "_schema.json").unlink()
    files = write_all(model, tmp_path, model.rows)
    names, expected = online(model, {"module": module}, model.rows, tmp_path)
    found = scored(model, {"module": module}, files, tmp_path)
    assert found == ([*names, "file"], dict.fromkeys([path.name for path in files], expected), [])


def test_images(models: Models, tmp_path: Path) -> None:
    model = models("score_image_model")
    names, expected = online(model, {"module": "score_image_model"}, model.rows)
    paths = [tmp_path / f"\u00e9 {row['id']}.png" for row in model.rows]
    for path, row in zip(paths, model.rows, strict=True):
        path.write_bytes(base64.b64decode(row["image"]))
    bad = [tmp_path / "text.png", tmp_path / "empty.jpg", tmp_path / "gone.png"]
    bad[0].write_text("no image")
    bad[1].write_bytes(b"")
    found = scored(model, {"module": "score_image_model"}, [bad[0], *paths, *bad[1:]])
    known = [place for place, name in enumerate(names) if name not in ("id", "category")]
    assert found.columns == [*(names[place] for place in known), "file"]
    scores = {path.name: [[row[place] for place in known]] for path, row in zip(paths, expected, strict=True)}
    assert found.rows == {name: [pytest.approx(row) for row in rows] for name, rows in scores.items()}
    assert len(found.messages) == len(bad)
