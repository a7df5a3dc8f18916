"""Scripts for batch endpoints: what a config may say of them, what they read of files, and what becomes of them."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import ConfigError, Response, check, extract, generate, load_tables, rewrite
from generator.actions.extract import extract as extract_all
from generator.config.parse import parse_config
from generator.facts.modules import Table
from generator.findings import RefusedError
from generator.rules.settings import Dataset
from tests.support import runtime
from tests.support.runtime import schema_of
from tests.support.strategies import configs

TABLES = load_tables()
tables = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
ITEMS = {"prediction_kind": "Item Recommendation", "recommended_item_selection": "From All Items"}


def functions(schema: dict[str, Any] | None) -> dict[str, Any]:
    """Return the functions with which a batch script reads files; a model without a schema is Vowpal Wabbit's."""
    module = "score_model" if schema else "score_vowpal_wabbit_model"
    return runtime.functions({"module": module, "endpoint": "batch"}, schema)


@tables
def test_it_takes_files_and_gives_back_frames(table: Table) -> None:
    source = generate({"module": table.id, "endpoint": "batch"})
    ast.parse(source, feature_version=(3, 8))
    run = next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == "run")
    assert [argument.arg for argument in run.args.args] == ["mini_batch"]
    assert [finding for finding in check(source) if finding.severity != "info"] == []
    assert extract(source).get("endpoint") == "batch"


@given(configs())
@settings(deadline=None)
def test_the_call_is_that_of_the_online_script(config: dict[str, Any]) -> None:
    config.pop("response", None)
    batch, online = (generate(config | {"endpoint": kind}) for kind in ("batch", "online"))
    assert _call(batch) == _call(online)
    assert (
        batch.partition("def init")[2]
        .partition("def run")[0]
        .replace("file needs", "request needs")
        .replace("the job starts", "the endpoint starts")
        == online.partition("def init")[2].partition("def run")[0]
    )


def _call(source: str) -> str:
    return source[source.index("    (result,) = ") :].partition("\n    scored = ")[0].partition("\n    return ")[0]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("endpoint: batches", "endpoint: 'batches' is not allowed here: use one of 'online', 'kubernetes', 'batch'; did you mean 'batch'?"),
        ("endpoint: batch\nresponse: {body: records}", "response.body: a batch endpoint hands its script files and sends no response: leave it out"),
        ("endpoint: batch\nmode: rewrite", "mode: a script for a batch endpoint is generated as a whole: leave `mode` out"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(lines: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(f"module: Score Model\n{lines}\n")
    assert [f"{problem.about}: {problem.message}" for problem in caught.value.findings] == [message]


def test_what_goes_together() -> None:
    for lines in ("endpoint: batch\nresponse:\nmode: generate", "endpoint: kubernetes\nmode: rewrite\nresponse: {}"):
        assert parse_config(f"module: Score Model\n{lines}\n").warnings == ()


def test_parameters_and_datasets_are_set_in_one() -> None:
    source = generate({"module": "score_svd_recommender", "endpoint": "batch"})
    generated = generate({"module": "score_svd_recommender", "endpoint": "batch", "parameters": ITEMS})
    assert ast.dump(ast.parse(rewrite(source, ITEMS))) == ast.dump(ast.parse(generated))
    unrated = ITEMS | {"recommended_item_selection": "FromUnratedItems"}
    there = rewrite(source, unrated, datasets={"training_data": Dataset("ratings.csv")})
    extracted = extract_all(there)
    assert extracted.left == ()
    assert extracted.config["endpoint"] == "batch"
    assert extracted.config["datasets"] == {"training_data": {"path": "ratings.csv", "relative_to": "script"}}
    first = {"prediction_kind": "Rating Prediction"}
    assert rewrite(there, first, prune=True, unset=["training_data"]) == source


def test_code_of_its_own_is_named() -> None:
    source = generate({"module": "score_model", "endpoint": "batch"})
    (left,) = extract_all(source.replace('if kind == ".csv":', 'if kind == ".tsv":')).left
    assert "read_file() has code of its own" in left.message
    (left,) = extract_all(source.replace("scored = result.data_frame\n", "scored = result.data_frame.round(2)\n")).left
    assert "score() has code of its own" in left.message


def test_it_has_no_response_to_rewrite() -> None:
    with pytest.raises(RefusedError, match="a script for a batch endpoint sends no response"):
        rewrite(generate({"module": "score_model", "endpoint": "batch"}), {}, response=Response("records"))


cells = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=5), st.sampled_from(["excel", "unix"]))
def test_text_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, rows: Any, dialect: str) -> None:
    path = tmp_path_factory.getbasetemp() / "texts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, dialect=dialect).writerows([["a", "b"], *rows])
    columns = functions(schema_of(b="str", a="category"))["read_file"](str(path))
    assert list(columns) == ["b", "a"]
    assert columns == {"a": [row[0] or None for row in rows], "b": [row[1] or None for row in rows]}


MOST = 2**63 - 1


@given(st.lists(st.one_of(st.integers(-MOST, MOST), st.floats(allow_nan=False, allow_infinity=False)), min_size=1))
def test_numbers_are_read_as_they_were_written(tmp_path_factory: pytest.TempPathFactory, numbers: list[Any]) -> None:
    path = tmp_path_factory.getbasetemp() / "numbers.csv"
    whole = [number if isinstance(number, int) else 7.0 for number in numbers]
    lines = zip(numbers, whole, strict=True)
    path.write_text("a,b,c\n" + "".join(f"{number},{other},1\n" for number, other in lines), encoding="utf-8")
    columns = functions(schema_of(a="float64", b="int64", c="str"))["read_file"](str(path))
    assert columns == {"a": numbers, "b": whole, "c": ["1"] * len(numbers)}
    assert set(map(type, columns["b"])) == {int}


@pytest.mark.parametrize(
    ("kind", "text", "cell"),
    [
        ("str", "007", "007"),
        ("str", "NA", "NA"),
        ("str", "true", "true"),
        ("datetime64", "2020-01-31", "2020-01-31"),
        ("int64", "007", 7),
        ("int64", "-7", -7),
        ("int64", "7.0", 7.0),
        ("int64", "9007199254740993", 9007199254740993),
        ("float64", "0.1", 0.1),
        ("float64", " .5 ", 0.5),
        ("float64", "-Inf", float("-inf")),
        ("bool", "TRUE", True),
        ("bool", "false", False),
        ("bool", "1", "1"),
        ("int64", "1_000", "1_000"),
        ("float64", "1,5", "1,5"),
        ("float64", "NA", "NA"),
        *((kind, "", None) for kind in ("str", "int64", "float64", "bool", "datetime64")),
    ],
)
def test_a_cell_is_of_the_type_of_its_column(kind: str, text: str, cell: Any) -> None:
    found = functions(None)["read_cell"](text, kind)
    assert (type(found), found) == (type(cell), cell)


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("int64", "1_000", '"1_000"'),
        ("int64", "7.9", "7.9"),
        ("int64", "", "null"),
        ("float64", '"1,5"', '"1,5"'),
        ("float64", "NA", '"NA"'),
        ("float64", "-inf", "-Infinity"),
        ("bool", "yes", '"yes"'),
        ("bool", "1", '"1"'),
        ("datetime64", "01/02/2020", '"01/02/2020"'),
    ],
)
def test_a_cell_of_another_type_is_refused(tmp_path: Path, kind: str, text: str, shown: str) -> None:
    (tmp_path / "a.csv").write_text(f"a,b\n{text},x\n", encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(f"row 1, column 'a': {shown} is not ")):
        functions(schema_of(a=kind, b="str"))["read_file"](str(tmp_path / "a.csv"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "the file has no rows"),
        ("a.csv", b"a,b\n\n\n", "the file has no rows"),
        ("a.csv", b"a,b\n1,2\n1\n", "row 2 has 1 cells, not 2"),
        ("a.csv", b"a,b\n1,2,3\n", "row 1 has 3 cells, not 2"),
        ("a.csv", b"a,b,a\n1,2,3\n", "its header ['a', 'b', 'a'] has a column twice"),
        ("a.csv", b"a,c\n1,2\n", "row 1 and the model differ in the columns ['b', 'c']"),
        ("a.csv", b"a\n1\n", "row 1 and the model differ in the columns ['b']"),
        ("a.json", b"[]", "the file has no rows"),
        ("a.json", b'[{"a": 1, "b": 2}, {"a": 1}]', "row 2 and the model differ in the columns ['b']"),
        ("a.jsonl", b'{"a": 1, "b": 2}\n7\n', "row 2 of 2 is not a JSON object"),
        ("a.json", b'[{"a": 1}]', "row 1 and the model differ in the columns ['b']"),
        ("a.tsv", b"a\tb\n1\t2\n", "its name must end in .csv, .parquet, .json or .jsonl"),
        ("csv", b"a,b\n1,2\n", "its name must end in .csv, .parquet, .json or .jsonl"),
    ],
)
def test_a_file_that_is_not_scored(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ValueError) as caught:
        functions(schema_of(a="float64", b="float64"))["read_file"](str(path))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '[{"b": 2, "a": "\u2028"}]'),
        ("a.json", '\ufeff \n[\n{"a": "\u2028",\n"b": 2}]\n'),
        ("a.JSONL", '{"a": "\u2028", "b": 2}'),
        ("a.jsonl", '\n{"b": 2, "a": "\u2028"}\r\n\r\n'),
        ("a.CSV", "\ufeffa,b\r\n\u2028,2\r\n"),
        ("a.csv", '"b","a"\n\n2,"\u2028"'),
    ],
)
def test_the_same_in_several_ways(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode())
    columns = functions(schema_of(a="str", b="int64"))["read_file"](str(path))
    assert list(columns.items()) == [("a", ["\u2028"]), ("b", [2])]
