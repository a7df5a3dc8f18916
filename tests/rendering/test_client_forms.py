"""The client's side of a request: the form that the endpoint takes, and what is refused before it is sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.config.parse import parse_config
from generator.rendering.client import render_client
from tests.support.runtime import schema_of

ROWS = [{"x": 1.5, "k": 7}]


def client(folder: Path, request: dict[str, Any], **columns: str) -> dict[str, Any]:
    """Return the names of the client for a form of request, in a folder where the model's schema stands."""
    if columns:
        (folder / "_schema.json").write_text(json.dumps(schema_of(**columns)), encoding="utf-8")
    settings = parse_config({"module": "Score Model", "request": request}).scripts[0].settings
    names: dict[str, Any] = {"__name__": "consume", "__file__": str(folder / "consume.py")}
    exec(compile(render_client(settings), "consume.py", "exec"), names)
    return names


@pytest.mark.parametrize(
    ("form", "body"),
    [
        ({"body": "row"}, ROWS[0]),
        ({"body": "designer"}, {"Inputs": {"WebServiceInput0": ROWS}, "GlobalParameters": {}}),
        ({"swagger": True}, {"Inputs": ROWS, "GlobalParameters": {}}),
        ({"swagger": True, "body": "row"}, {"Inputs": ROWS[0], "GlobalParameters": {}}),
    ],
)
def test_rows_go_out_in_the_form_that_the_config_asks_for(tmp_path: Path, form: dict[str, Any], body: Any) -> None:
    assert client(tmp_path, form)["body_of"](ROWS) == body


def test_one_row_at_a_time(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one row at a time"):
        client(tmp_path, {"body": "row"})["body_of"](ROWS * 2)


@pytest.mark.parametrize("form", [{}, {"body": "row"}, {"body": "designer"}, {"swagger": True}], ids=str)
def test_wrong_rows_are_not_sent(tmp_path: Path, form: dict[str, Any]) -> None:
    score = client(tmp_path, form, x="float64", k="int64")["score"]
    url = "http://127.0.0.1:9/score"
    with pytest.raises(ValueError, match=r"row 1, column 'k': 7\.5 is not a whole number of 64 bits"):
        score([{"x": 1, "k": 7.5}], url=url)
    with pytest.raises(ValueError, match=r"row 1 and the model differ in the columns \['k'\]"):
        score([{"x": 1}], url=url)


def test_columns_that_may_be_left_out_are_for_the_endpoint_to_judge(tmp_path: Path) -> None:
    check = client(tmp_path, {"optional": "auto", "keep": ["id"]}, x="float64", k="int64")["check"]
    check([{"x": 1, "id": 1}])
    with pytest.raises(ValueError, match=r"differ in the columns \['id'\]"):
        check([{"x": 1}])


def test_without_a_schema_all_is_sent(tmp_path: Path) -> None:
    client(tmp_path, {})["check"]([{"anything": None}])
