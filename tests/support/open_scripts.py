"""Scripts for open models, made and run in this process."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from generator.actions.model_folder import learned_in
from generator.config.parse import parse_config
from generator.convert.compare import REFUSED, Answer, compare, tolerance_of
from generator.convert.convert import convert
from generator.convert.proof import parse_proof
from generator.model.names import FACTS_FILE
from generator.model.open_model import OpenModel, parse_open_model
from generator.rendering.open_score import render_open


def rendered(config: Mapping[str, Any], files: Mapping[str, bytes]) -> str:
    """Return the script for an open model's files, as a config without its module has it."""
    model: OpenModel = parse_open_model(files[FACTS_FILE])
    (script,) = parse_config({"module": model.module, **config}).scripts
    return render_open(script.settings, model, "scoregen.yaml")


def opened(folder: Path) -> dict[str, bytes]:
    """Return the open model's files of a model folder."""
    return convert(learned_in(folder))


def loaded(source: str, files: Mapping[str, bytes], folder: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the module of a script that has loaded an open model, which is written into a folder."""
    for name, content in files.items():
        (folder / "open_model").mkdir(exist_ok=True)
        (folder / "open_model" / name).write_bytes(content)
    path = folder / "score.py"
    path.write_text(source, encoding="utf-8")
    monkeypatch.setenv("AZUREML_MODEL_DIR", str(folder))
    module = ModuleType("score")
    module.__file__ = str(path)
    exec(compile(source, str(path), "exec"), vars(module))
    module.init()
    return module


def answers(module: ModuleType, requests: Sequence[str]) -> list[Answer]:
    """Return what a script answers, as an endpoint would send it."""
    found = []
    for request in requests:
        try:
            found.append(Answer(json.dumps(module.run(request)), None, 0.0))
        except ValueError as error:
            found.append(Answer(None, (REFUSED, str(error)), 0.0))
        except Exception as error:
            found.append(Answer(None, (type(error).__name__, str(error)), 0.0))
    return found


def assert_answers_as_before(folder: Path, files: Mapping[str, bytes], script: ModuleType, least: int) -> None:
    """Assert that a script gives the answers that were recorded for its model, more than so many cells of them."""
    proof = parse_proof((folder / "proof.json").read_bytes())
    tolerance = tolerance_of(parse_open_model(files[FACTS_FILE]).facts)
    comparison = compare(proof.answers, answers(script, proof.requests), tolerance)
    assert comparison.differences == ()
    assert comparison.cells > least
    assert comparison.refused_by_new == ()
