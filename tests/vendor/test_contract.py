"""Many models behind Azure's own server: eight clients at once send what is wrong and what is right.

The models are those of the kit and of ``kit/train_convert.py``. SCOREGEN_MODELS may name a folder of more, each with its
``trained_model_outputs``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from generator import Table, generate, load_tables
from generator.rendering.client import render_client
from generator.rules.settings import complete

from .runtimes import KIT, MODULES, Model, Models, quiet_environment
from .serving import served
from .wrong_requests import MANY, wrong_requests

TABLES = {table.id: table for table in load_tables()}
CLIENTS = 8
TRAINED = [
    *("two_lr", "two_bdt", "two_forest", "two_nn", "many_lr", "many_bdt", "many_nn", "all_lr", "one_bdt"),
    *("value_linear", "value_bayes", "value_bdt", "value_quantile", "value_numbers"),
    *("label_number", "label_boolean", "label_category", "label_date", "dates"),
    *("clusters", "clusters_numbers", "ratings", "ratings_numbers"),
]
IN_KIT = [*MODULES, "with_features", "digit_ids", "without a schema"]
MORE = sorted(path.parent for path in Path(os.environ.get("SCOREGEN_MODELS") or "-").glob("*/trained_model_outputs"))


@pytest.fixture(scope="session")
def trained(models: Models, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of small models of many algorithms, on columns of every type."""
    runtime, folder = models.runtime("classic"), tmp_path_factory.mktemp("trained")
    command = [str(runtime.python), str(KIT / "train_convert.py"), str(folder), *TRAINED]
    done = subprocess.run(command, capture_output=True, env=quiet_environment(), check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return folder


@pytest.mark.parametrize("name", TRAINED)
def test_a_model_of_the_classic_modules(models: Models, trained: Path, name: str, tmp_path: Path) -> None:
    keeps_its_contract(models, trained / name, tmp_path)


@pytest.mark.parametrize("name", IN_KIT)
def test_a_model_of_the_kit(models: Models, name: str, tmp_path: Path) -> None:
    if name == "without a schema":
        folder = tmp_path / "model"
        shutil.copytree(models("score_vowpal_wabbit_model").folder, folder)
        (folder / "trained_model_outputs" / "_schema.json").unlink()
    else:
        module = {"with_features": "score_wide_and_deep_recommender", "digit_ids": "score_svd_recommender"}.get(name)
        folder = models(module or name, name).folder
    keeps_its_contract(models, folder, tmp_path)


@pytest.mark.skipif(not MORE, reason="SCOREGEN_MODELS names no folder of other models")
@pytest.mark.parametrize("folder", MORE, ids=lambda folder: str(folder.name))
def test_a_model_of_your_own(models: Models, folder: Path, tmp_path: Path) -> None:
    keeps_its_contract(models, folder, tmp_path)


def keeps_its_contract(models: Models, folder: Path, scratch: Path) -> None:
    """Serve the default script with a model: wrong requests are answered 400, right ones as the downloaded script does."""
    table, outputs = table_of(folder), folder / "trained_model_outputs"
    model = Model(models(table.id).runtime, folder, lambda: scratch)
    row = model.rows[0]
    schema = json.loads((outputs / "_schema.json").read_bytes()) if (outputs / "_schema.json").exists() else None
    ids = complete(table, {}, {}).reading.ids or 0
    wrong = wrong_requests(schema, row, ids)
    right = right_requests(schema, model.rows, ids)
    first, again = (model.score_all(with_dates(model.downloaded), right) for _ in range(2))
    script = scratch / "served" / "score.py"
    script.parent.mkdir()
    script.write_text(generate({"module": table.id}), encoding="utf-8")
    log = scratch / "log"
    with served(model, script, log) as address, ThreadPoolExecutor(CLIENTS) as pool:
        bodies = [request.body for request in wrong] + right * 2
        answers = list(pool.map(lambda body: post(f"{address}/score", body), bodies))
        (scratch / "consume.py").write_text(render_client(complete(table, {}, {})), encoding="utf-8")
        told = consumed(scratch, outputs, f"{address}/score")
    assert len(wrong) == MANY
    for request, (status, text) in zip(wrong, answers, strict=False):
        assert status == 400, (request, text, log.read_text(errors="replace")[-1000:])
        message = json.loads(text)["message"]
        assert all(word in message for word in request.words), (request, message)
    compared = 0
    for place, (status, text) in enumerate(answers[MANY:]):
        expected = first[place % len(right)]
        if expected.error:  # the code of Create Python Model may take no NaN
            assert status == 500, (right[place % len(right)], expected)
            continue
        assert status == 200, (right[place % len(right)], text)
        if expected == again[place % len(right)]:  # some forests vary from call to call
            assert json.loads(text) == expected.response
            compared += 1
    assert compared or first != again
    assert told == json.loads(json.loads(answers[MANY][1]), parse_constant=lambda _: None)


def table_of(folder: Path) -> Table:
    """Return the table of the module whose downloaded script stands beside a model."""
    source = (folder / "trained_model_outputs" / "score.py").read_text(encoding="utf-8")
    return next(table for table in TABLES.values() if table.class_name in source)


def with_dates(downloaded: str) -> str:
    """Return a downloaded script that can give back dates and numpy's values, at which it fails otherwise."""
    known = 'None if str(value) in ("NaT", "<NA>") else getattr(value, "tolist", value.__str__)()'
    return downloaded.replace("json.dumps(", f"json.dumps(default=lambda value: {known}, obj=")


def right_requests(schema: dict[str, Any] | None, rows: list[dict[str, Any]], ids: int) -> list[str]:
    """Return requests that are right: the samples as they are, alone, turned around, many times, and with a number missing."""
    columns = schema["columnAttributes"] if schema else []
    floats = [c["name"] for c in columns if c["elementType"]["typeName"] == "float64"]
    made: list[list[dict[str, Any]]] = [rows, *([row] for row in rows)]
    if not ids:
        made.append(rows * 20)
        made.append([dict(reversed(row.items())) for row in rows])
    if floats and not ids:
        made.append([{**rows[0], floats[0]: None}, *rows[1:]])
    return [json.dumps(request) for request in made]


def post(url: str, body: str) -> tuple[int, str]:
    """Return the status and the body of the answer to a request."""
    request = urllib.request.Request(url, body.encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def consumed(folder: Path, outputs: Path, url: str) -> Any:
    """Return what the generated client prints for the samples."""
    for name in ("_schema.json", "_samples.json"):
        if (outputs / name).exists():
            shutil.copy(outputs / name, folder)
    command = [sys.executable, str(folder / "consume.py"), "--url", url]
    done = subprocess.run(command, capture_output=True, text=True, env=quiet_environment(), check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
