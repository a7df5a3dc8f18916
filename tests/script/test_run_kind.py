"""For which kind of endpoint a run() is made: by what it does with its argument, whatever that is called."""

from __future__ import annotations

import textwrap

import pytest

from generator import generate
from generator.facts.modules import Table, load_tables
from generator.script.parse import parse
from generator.script.scopes import scan
from generator.script.understand.run_kind import find_run

HEAD = """\
import json
import os
import pandas as pd
from pathlib import Path
from PIL import Image
"""


def kind(body: str) -> str | None:
    run = find_run(scan(parse(HEAD + textwrap.dedent(body))))
    assert run
    return run.kind


@pytest.mark.parametrize("table", load_tables(), ids=lambda table: table.id)
@pytest.mark.parametrize("endpoint", ["online", "batch"])
def test_generated_scripts(table: Table, endpoint: str) -> None:
    run = find_run(scan(parse(generate({"module": table.name, "endpoint": endpoint}))))
    assert run
    assert run.kind == endpoint


@pytest.mark.parametrize(
    "body",
    [
        "def run(mini_batch):\n    rows = json.loads(mini_batch)",
        "def run(raw):\n    text = raw\n    return json.loads(text)['data']",
        "def run(data):\n    return pd.read_json(data)",
        "def run(request):\n    return request.get_data()",
        "def run(data):\n    return score(data)\ndef score(text):\n    return json.loads(text)",
        "def run(data):\n    return data['rows']",
        "from inference_schema.schema_decorators import input_schema\n@input_schema('data', x)\ndef run(data):\n    return 1",
        "from azureml.contrib.services.aml_request import rawhttp\n@rawhttp\ndef run(request):\n    return 1",
        "def run(data):\n    for row in json.loads(data):\n        print(row)",
        "def run(rows):\n    for row in rows:\n        print(row['x'])",
        "async def run(data):\n    return json.loads(data)",
        "def run(*, data):\n    pass\ndef run(data):\n    return json.loads(data)",
    ],
)
def test_a_request(body: str) -> None:
    assert kind(body) == "online"


@pytest.mark.parametrize(
    "body",
    [
        "def run(data):\n    return pd.concat(pd.read_csv(path) for path in data)",
        "def run(data):\n    return pd.concat(map(pd.read_csv, data))",
        "def run(files):\n    for file in sorted(files):\n        with open(file) as opened: pass",
        "def run(data):\n    for number, file in enumerate(data):\n        Image.open(file)",
        "def run(batch):\n    for path in batch:\n        score(path)\ndef score(name):\n    return pd.read_parquet(name)",
        "def run(batch):\n    return score_all(batch)\ndef score_all(paths):\n    return [pd.read_csv(p) for p in paths]",
        "def run(batch):\n    return [os.path.basename(path) for path in batch]",
        "def run(batch):\n    names = list(batch)\n    return [Path(name).stem for name in names[:10]]",
        "def run(batch):\n    for path in batch:\n        if path.endswith('.csv'): pass",
        "def run(batch):\n    return pool.map(one, batch)\ndef one(path):\n    return pd.read_csv(path)",
    ],
)
def test_files(body: str) -> None:
    assert kind(body) == "batch"


@pytest.mark.parametrize(
    "body",
    [
        "def run(data):\n    return model.predict(data)",
        "def run():\n    return 1",
        "run = make()",
        "def run(data):\n    return run(data)",
        "def run(data):\n    return one(data)\ndef one(x):\n    return two(x)\ndef two(x):\n    return one(x)",
        "def run(data):\n    if isinstance(data, list):\n        return [open(x) for x in data]\n    return json.loads(data)",
        "def run(data):\n    return [print(x) for x in data]",
        "def run(data):\n    path = 'x.csv'\n    return pd.read_csv(path)",
    ],
)
def test_what_cannot_be_told(body: str) -> None:
    assert kind(body) is None


def test_the_entry_script_of_a_pipeline() -> None:
    source = "from azureml.designer.serving.dagengine.score_implementation import init, run\n"
    run = find_run(scan(parse(source)))
    assert run
    assert run.kind == "online"


def test_a_script_without_run() -> None:
    assert find_run(scan(parse("x = 1"))) is None


@pytest.mark.parametrize(
    "body",
    [
        "def run(data):\n    x = data" + "[:]" * 500,
        "def run(data):\n    helper(" + ", ".join(["data"] * 1_000) + ")\n"
        "def helper(" + ", ".join(f"a{number}" for number in range(1_000)) + "):\n    pass",
        "\n".join(f"def f{number}(x):\n    return f{number + 1}(x)" for number in range(1_000)) + "\nrun = f0",
    ],
)
def test_what_nobody_writes_is_no_stumbling_block(body: str) -> None:
    try:
        tree = parse(body)
    except (RecursionError, SyntaxError, MemoryError):
        pytest.skip("too deep for this Python's own parser")
    find_run(scan(tree))
