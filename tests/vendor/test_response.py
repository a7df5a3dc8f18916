"""The response in every form, of every module, from the generated script and from the downloaded one as rewritten.

What a form is to hold is told by another: the names of the columns and the rows, which lose nothing.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import math
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import Response, generate, load_tables, rewrite
from generator.rendering.score import render_shaping
from generator.rules.settings import BODIES, ENCODINGS, Encoding, Request, complete_response

from .runtimes import KINDS, MODULES, Model, Models, quiet_environment

TABLES = {table.id: table for table in load_tables()}
FORMS = [Response(*form) for form in itertools.product(BODIES, (False, True), ENCODINGS)]
LONGEST_START = 120

FROM_RATED = {
    "score_svd_recommender": {
        "prediction_kind": "ItemRecommendation",
        "max_recommended_item_count": 9,
        "min_recommendation_pool_size": 1,
        "return_ratings": True,
    },
    "score_wide_and_deep_recommender": {
        "recommender_prediction_kind": "Item Recommendation",
        "maximum_number_of_items_to_recommend_to_a_user": 9,
        "minimum_size_of_the_recommendation_pool_for_a_single_user": 1,
        "whether_to_return_the_predicted_ratings_of_the_items_along_with_the_labels": True,
    },
}
"""Parameters with which the recommenders fill up short lists."""

REQUESTS = {
    "score_model": [{"x1": 0.5, "x2": None, "y": "yes"}, {"x1": 0.7, "x2": 0.3, "y": None}],
    "assign_data_to_clusters": [{"x1": 0.5, "x2": None}, {"x1": 0.7, "x2": 0.3}],
    "score_vowpal_wabbit_model": [{"example": "| c"}, {"example": "1 | a:0.758 b:0.421"}],
}
"""Requests with a cell that is not known."""


def parameters(module: str) -> dict[str, Any]:
    return FROM_RATED.get(module, {})


def request(model: Model, module: str) -> str:
    return json.dumps(REQUESTS[module]) if module in REQUESTS else model.samples


def strictly(text: str) -> Any:
    """Return what a JSON text says, as a parser reads it that knows nothing but JSON."""

    def refuse(name: str) -> Any:
        raise AssertionError(f"{name} is no JSON")

    return json.loads(text, parse_constant=refuse)


def instead_of_nan(value: Any, instead: Any) -> Any:
    """Return a value with something in place of NaN and infinities, to be compared."""
    if isinstance(value, dict):
        return {key: instead_of_nan(item, instead) for key, item in value.items()}
    if isinstance(value, list):
        return [instead_of_nan(item, instead) for item in value]
    return instead if isinstance(value, float) and not math.isfinite(value) else value


def shaped(module: str, body: str, names: list[str], rows: list[list[Any]]) -> Any:
    """Return the names and rows in the form of a body."""
    if body == "default":
        body = "columns" if TABLES[module].result.body == "columns" else "no names"
    return {
        "records": {"result": [dict(zip(names, row, strict=True)) for row in rows]},
        "columns": {name: [row[place] for row in rows] for place, name in enumerate(names)},
        "rows": {"columns": names, "result": rows},
        "no names": {"result": rows},
    }[body]


@pytest.mark.parametrize("module", MODULES)
def test_every_form_from_the_generated_and_from_the_rewritten_script(models: Models, module: str) -> None:
    model = models(module)
    config = {"module": module, "parameters": parameters(module)}
    body = request(model, module)
    whole = json.loads(model.score(generate(config | {"response": {"body": "rows"}}), body).response)
    names, rows = whole["columns"], whole["result"]
    assert names and rows
    for form in FORMS:
        generated = model.score(generate(config | {"response": form.named}), body)
        rewritten = model.score(rewrite(model.downloaded, parameters(module), response=form), body)
        assert json.dumps(generated) == json.dumps(rewritten)
        assert generated.error is None
        assert isinstance(generated.response, str) == (form.encoding == "string")
        text = generated.response if form.encoding == "string" else json.dumps(generated.response)
        expected = shaped(module, str(form.body), names, rows)
        if form.strict_json:
            assert strictly(text) == instead_of_nan(expected, None)
        else:
            assert instead_of_nan(json.loads(text), "NaN") == instead_of_nan(expected, "NaN")


@pytest.mark.parametrize("module", ["score_model", "assign_data_to_clusters", "score_svd_recommender"])
def test_there_are_cells_that_are_no_json(models: Models, module: str) -> None:
    """Without which the test above would show little."""
    model = models(module)
    text = model.score(generate({"module": module, "parameters": parameters(module)}), request(model, module)).response
    with pytest.raises(AssertionError, match="NaN is no JSON"):
        strictly(text)


@pytest.mark.parametrize("module", MODULES)
def test_the_designers_response_is_that_of_the_downloaded_script(models: Models, module: str) -> None:
    model = models(module)
    config = {"module": module, "response": {"strict_json": True, "encoding": "object"}}
    assert model.score(generate(config)).response == model.score(model.downloaded).body
    there = rewrite(model.downloaded, {}, response=Response("rows", True, "object"))
    assert rewrite(there, {}, response=Response("default", False, "string")) == model.downloaded


def test_times_fail_in_the_downloaded_script_only(models: Models, tmp_path: Path) -> None:
    """The module hands a column of times through, which the designer's script cannot encode."""
    model = models("assign_data_to_clusters")
    shutil.copytree(model.outputs, tmp_path / model.outputs.name)
    path = tmp_path / model.outputs.name / "_schema.json"
    schema = json.loads(path.read_text())
    kind = {"type": "DateTime", "isFeature": True, "elementType": {"typeName": "datetime64", "isNullable": False}}
    schema["columnAttributes"].append({"name": "when", **kind})
    path.write_text(json.dumps(schema))
    body = json.dumps([{"x1": 0.1, "x2": 0.2, "when": "2020-01-31 10:30:00"}, {"x1": 0.1, "x2": 0.2, "when": None}])
    assert model.score(model.downloaded, body, model=tmp_path).error == "TypeError"
    for form in FORMS:
        script = generate({"module": "assign_data_to_clusters", "response": form.named})
        response = model.score(script, body, model=tmp_path).response
        text = response if isinstance(response, str) else json.dumps(response)
        assert '"2020-01-31 10:30:00"' in text
        assert "NaT" not in text


FRAME = """\
import datetime
import decimal
import json

import numpy as np
import pandas as pd

frame = pd.DataFrame({
    "numpy": [np.float64("nan"), np.int64(7), np.bool_(True), np.float32(0.5), np.str_("é"), np.array([1.5, np.inf])],
    "nested": [[1, float("nan")], {"a": [np.nan, np.int64(2)]}, (np.inf, 1), [None], "NaN", -np.inf],
    "object": [b"bytes", decimal.Decimal("1.5"), datetime.date(2020, 1, 31), pd.Timestamp(0), pd.NaT, pd.Timedelta("1h")],
    "whole": [12345678901234567, 1, 2, 3, 4, 5],
    "category": pd.Categorical(["a", "b", None, "a", "a", "b"]),
    "times": pd.to_datetime(["2020-01-31", None, "2020-01-31", None, None, None]),
    "real": [0.1 + 0.2, 1e300, 5e-324, -0.0, float("inf"), float("nan")],
}, dtype=object if OBJECTS else None)


def init():
    pass


def run(data):
    return json.dumps(body_of(frame))


"""


@pytest.mark.parametrize("objects", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_difficult_cells(models: Models, kind: str, objects: bool) -> None:
    module = next(module for module in MODULES if MODULES[module] == kind)
    model = models(module)
    source = FRAME.replace("OBJECTS", str(objects))
    response = complete_response(TABLES["score_model"], Response("columns", True, "object"))
    answer = model.score(source + render_shaping(TABLES["score_model"], response, Request()))
    assert strictly(answer.response) == {
        "numpy": [None, 7, True, 0.5, "é", [1.5, None]],
        "nested": [[1, None], {"a": [None, 2]}, [None, 1], [None], "NaN", None],
        "object": ["b'bytes'", "1.5", "2020-01-31", "1970-01-01 00:00:00", None, "0 days 01:00:00"],
        "whole": [12345678901234567, 1, 2, 3, 4, 5],
        "category": ["a", "b", None, "a", "a", "b"],
        "times": ["2020-01-31 00:00:00", None, "2020-01-31 00:00:00", *[None] * 3],
        "real": [0.1 + 0.2, 1e300, 5e-324, -0.0, None, None],
    }


@contextlib.contextmanager
def served(model: Model, script: str, folder: Path) -> Iterator[str]:
    """Have Azure's inference server serve a script on this machine alone, and yield where."""
    (folder / "score.py").write_text(script, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(model.runtime.python.with_name("azmlinfsrv")), "--entry_script", str(folder / "score.py")]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [*command, "--model_dir", str(model.folder), "--port", str(port)],
            stdout=log,
            stderr=log,
            cwd=folder,
            env=quiet_environment() | {"TMPDIR": str(folder)},
            start_new_session=True,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(LONGEST_START):
            with contextlib.suppress(OSError):  # while it starts
                urllib.request.urlopen(address, timeout=LONGEST_START).close()
                break
            assert server.poll() is None, (folder / "server.log").read_text()[-2000:]
            time.sleep(1)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_through_the_inference_server(models: Models, tmp_path: Path, kind: str, encoding: Encoding) -> None:
    module = next(module for module in MODULES if MODULES[module] == kind)
    model = models(module)
    form = Response("records", True, encoding)
    script = generate({"module": module, "response": form.named})
    with served(model, script, tmp_path) as address:
        data = request(model, module).encode()
        post = urllib.request.Request(f"{address}/score", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(post, timeout=120) as response:
            body = strictly(response.read().decode())
    direct = model.score(script, request(model, module)).response
    assert body == direct
    assert isinstance(body, str) == (encoding == "string")
    assert (strictly(body) if isinstance(body, str) else body)["result"][0].keys()
