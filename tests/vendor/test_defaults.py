"""The default script and the downloaded one are the same to whoever calls the endpoint."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from pathlib import Path

import pytest

from generator import Table, generate, load_tables

from .edits import scoring_call
from .runtimes import KIT, MODULES, Answer, Models, quiet_environment

ALL = pytest.mark.parametrize("module", MODULES)
TABLES = {table.id: table for table in load_tables()}


def test_every_module_has_a_runtime() -> None:
    assert set(TABLES) == set(MODULES)


@ALL
def test_default_script_responds_as_the_downloaded_one(models: Models, module: str) -> None:
    model = models(module)
    generated, downloaded = model.score(generate({"module": module})), model.score(model.downloaded)
    assert generated.body
    assert generated == downloaded


@ALL
def test_unusual_cells_are_treated_alike(models: Models, module: str) -> None:
    """Whatever stands in a cell, both scripts make the same of it, or the generated one says what is wrong with it."""
    model = models(module)
    cells = [None, {"isNan": True}, "", "Grüße", -1.5, True]
    first, *rest = model.rows
    requests = [json.dumps([{**first, name: cell}, *rest]) for name in first for cell in cells]
    scripts = generate({"module": module}), model.downloaded
    generated, downloaded = (map(_without_addresses, model.score_all(script, requests)) for script in scripts)
    answered = 0
    for request, ours, theirs in zip(requests, generated, downloaded, strict=True):
        if (
            ours.error == "400"
        ):  # a value that is not of its column's type, which the downloaded script converts or raises at
            assert ours.message.startswith("row 1, column"), request
        else:
            assert ours == theirs, request
            answered += ours.error is None
    assert answered


def _without_addresses(answer: Answer) -> Answer:
    return answer._replace(message=re.sub("0x[0-9a-f]+", "0x", answer.message))


@ALL
def test_default_script_sets_what_the_downloaded_one_sets(models: Models, module: str) -> None:
    model, table = models(module), TABLES[module]
    if table.parameters:
        generated = _parameters(table, generate({"module": module}))
        assert generated == _parameters(table, model.downloaded)
        assert set(generated) == {item.name for item in table.parameters if item.in_script is not None}


def _parameters(table: Table, script: str) -> dict[str | None, str]:
    names = {parameter.name for parameter in table.parameters}
    keywords = scoring_call(ast.parse(script)).keywords
    return {keyword.arg: ast.unparse(keyword.value) for keyword in keywords if keyword.arg in names}


@ALL
def test_table_knows_where_the_class_is(models: Models, module: str) -> None:
    model, table = models(module), TABLES[module]
    imports = [node for node in ast.walk(ast.parse(model.downloaded)) if isinstance(node, ast.ImportFrom)]
    (path,) = (node.module for node in imports if table.class_name in [alias.name for alias in node.names])
    assert path == table.import_paths[0]
    assert f"- {table.package}==" in (model.outputs / "conda_env.yaml").read_text(encoding="utf-8")


def test_script_runs_by_itself(models: Models, tmp_path: Path) -> None:
    """Once without the process that does the other tests' jobs: nothing but the script, the model and the samples."""
    model = models("score_model")
    script = tmp_path / "score.py"
    script.write_text(generate({"module": "score_model"}), encoding="utf-8")
    command = [model.runtime.python, KIT / "run_score.py", script, model.folder, model.outputs / "_samples.json"]
    done = subprocess.run(command, capture_output=True, text=True, env=quiet_environment(), timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{model.score(model.downloaded).response}\n"
