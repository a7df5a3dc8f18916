"""A bundle as its user meets it: its script behind Azure's inference server, asked by its own client."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator import load_tables
from generator.cli.main import main

from .runtimes import MODULES, Models
from .serving import served

TABLES = {table.id: table for table in load_tables()}
FORMS = [
    {"body": "default", "encoding": "string"},
    {"body": "records", "encoding": "object"},
    {"body": "columns", "encoding": "string"},
    {"body": "rows", "encoding": "object"},
]


def strictly(text: str) -> Any:
    """Return what a text says to a parser that knows nothing but JSON."""

    def refuse(name: str) -> Any:
        raise AssertionError(f"{name} is no JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["body"])
@pytest.mark.parametrize("module", MODULES)
def test_a_bundle_answers_its_own_client(models: Models, tmp_path: Path, module: str, form: dict[str, str]) -> None:
    model = models(module)
    config = {"module": module, "response": {**form, "strict_json": True}}
    (tmp_path / "scoregen.yaml").write_text(json.dumps(config))
    (tmp_path / "_samples.json").write_text(model.samples)
    bundle = tmp_path / "bundle"
    assert main(["bundle", str(tmp_path / "scoregen.yaml"), "-d", str(bundle)]) == 0
    with served(model, bundle / "score.py", tmp_path / "server.log") as address:
        answer = asked(bundle, address, what_to_send(bundle, model.samples))
    direct = strictly(model.score((bundle / "score.py").read_text()).response) if form["encoding"] == "string" else None
    if is_of_images(module):
        lines = [strictly(line) for line in answer.splitlines()]
        assert sorted(Path(line["image"]).name for line in lines) == sorted(
            path.name for path in (tmp_path / "pictures").iterdir()
        )
        assert all(line["result"] for line in lines)
    elif direct is not None:
        assert strictly(answer) == direct
    else:
        assert len(strictly(answer)["result"]) >= 1


def is_of_images(module: str) -> bool:
    return any(port.form == "image_directory" for port in TABLES[module].ports)


def what_to_send(bundle: Path, samples: str) -> list[str]:
    """Return the client's arguments: none for rows, whose samples lie beside it; for images, a folder of them."""
    rows = strictly(samples)
    if "image" not in rows[0]:
        return []
    folder = bundle.parent / "pictures"
    folder.mkdir()
    for number, row in enumerate(rows):
        (folder / f"{number}.png").write_bytes(base64.b64decode(row["image"].rpartition(",")[2]))
    return [str(folder)]


def asked(bundle: Path, address: str, arguments: list[str]) -> str:
    """Run the bundle's client as a program and return what it prints."""
    environment = os.environ | {"AZUREML_SCORING_URI": f"{address}/score", "AZUREML_ENDPOINT_KEY": "key"}
    client = subprocess.run(
        [sys.executable, "consume.py", *arguments],
        cwd=bundle,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert client.returncode == 0, client.stderr
    return client.stdout
