"""Edited scripts in many styles, for the tests that run them: read from ``tests/differential/styles``.

Each file there holds styles for one module, one behind the other:

    === name of the style
    requests: "..." "..."        (optional: what run() is sent, else two lists of rows)
    beside NAME: text            (optional: a file beside the script)
    <the script>

In a script, these words stand for what all have in common:

    @imports    the imports, the path of the model and its schema
    @init       init() that loads the model
    @request    run()'s first lines, which make ``table`` of the request
    @ports      the ports as keyword arguments; @ports_items as items of a dict display
    @answer     the return of the frame of ``result``
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from generator.facts.modules import Table, load_tables

FOLDER = Path(__file__).parent.parent / "differential" / "styles"
_ROWS = [
    json.dumps([{"user": "u1", "item": "m1", "rating": 0}]),
    json.dumps([{"user": "u2", "item": "m2", "rating": 3}]),
]


class Style(NamedTuple):
    """A script as someone may have edited it, what it is sent, and the files beside it."""

    name: str
    table: Table
    source: str
    requests: list[str]
    beside: dict[str, str]


def styles() -> list[Style]:
    """Return all styles."""
    return [style for path in sorted(FOLDER.glob("*.txt")) for style in _read(path)]


def _read(path: Path) -> list[Style]:
    table = next(table for table in load_tables() if path.name.startswith(table.id))
    parts = re.split(r"^=== ([\w-]+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [_style(f"{table.id}-{name}", table, text) for name, text in zip(parts[::2], parts[1::2], strict=True)]


def _style(name: str, table: Table, text: str) -> Style:
    requests, beside = list(_ROWS), {}
    while match := re.match(r"requests: (.*)\n|beside (\S+): (.*)\n", text):
        if match[1]:
            requests = [str(request) for request in json.loads(match[1])]
        else:
            beside[match[2]] = match[3].replace("\\n", "\n")
        text = text[match.end() :]
    for word, meaning in _WORDS[table.id].items():
        for margin in sorted(set(re.findall(rf"^([ \t]*)@{word}$", text, flags=re.MULTILINE)), key=len):
            text = re.sub(
                rf"^{margin}@{word}$", _indented(meaning, margin).replace("\\", "\\\\"), text, flags=re.MULTILINE
            )
        text = re.sub(rf"@{word}\b", meaning, text)
    return Style(name, table, text.strip("\n") + "\n", requests, beside)


def _indented(text: str, margin: str) -> str:
    return "\n".join(margin + line if line else line for line in text.strip("\n").split("\n"))


_COMMON = """
import json
import os
from collections import defaultdict

from azureml.studio.core.io.model_directory import ModelDirectory
from azureml.designer.serving.dagengine.utils import decode_nan
from azureml.designer.serving.dagengine.converter import create_dfd_from_dict
"""
_SCHEMA = """
model_path = os.path.join(os.getenv("AZUREML_MODEL_DIR"), "trained_model_outputs")
with open(os.path.join(model_path, "_schema.json")) as fp:
    schema = json.load(fp)
"""
_REQUEST = """
rows = json.loads(data)
columns = defaultdict(list)
for row in rows:
    for key, value in row.items():
        columns[key].append(decode_nan(value))
"""
_TABLE = "from azureml.studio.common.datatable.data_table import DataTable\n"


def _init(loaded: str) -> str:
    return f"\ndef init():\n    global model\n    model = {loaded}\n"


def _words(imported: str, is_classic: bool, ports: dict[str, str], answer: str) -> dict[str, str]:
    loaded = "ModelDirectory.load(load_from_dir=model_path)" + (".model" if is_classic else "")
    frame = "create_dfd_from_dict(columns, schema)"
    table = f"table = DataTable.from_dfd({frame})" if is_classic else f"table = {frame}"
    return {
        "imports": _COMMON + (_TABLE if is_classic else "") + imported + "\n" + _SCHEMA,
        "init": _init(loaded),
        "request": _REQUEST + table,
        "ports_items": ", ".join(f'"{name}": {value}' for name, value in ports.items()),
        "ports": ", ".join(f"{name}={value}" for name, value in ports.items()),
        "answer": answer,
    }


_SVD = "azureml.studio.modules.recommendation.score_svd_recommender.score_svd_recommender"
_WIDE = "azureml.designer.modules.recommendation.dnn.wide_and_deep.score.score_wide_and_deep_recommender"
_VW = "azureml.designer.modules.vowpal_wabbit.score_vowpal_wabbit_model.score_vowpal_wabbit_model"
_CLASSIC = {"learner": "model", "test_data": "table"}
_WORDS = {
    "score_svd_recommender": _words(
        f"from {_SVD} import ScoreSVDRecommenderModule, RecommenderPredictionKind, RecommendedItemSelection",
        True,
        _CLASSIC | {"training_data": "None"},
        'return json.dumps(result.data_frame.to_dict("list"))',
    ),
    "score_model": _words(
        "from azureml.studio.modules.ml.score.score_generic_module.score_generic_module import ScoreModelModule",
        True,
        _CLASSIC,
        'return json.dumps({"result": result.data_frame.values.tolist()})',
    ),
    "score_wide_and_deep_recommender": _words(
        f"from {_WIDE} import ScoreWideAndDeepRecommenderModule",
        False,
        {
            "trained_wide_and_deep_recommendation_model": "model",
            "dataset_to_score": "table",
            "training_data": "None",
            "user_features": "None",
            "item_features": "None",
        },
        'return json.dumps(result.data.to_dict("list"))',
    ),
    "score_vowpal_wabbit_model": _words(
        f"from {_VW} import ScoreVowpalWabbitModelModule",
        False,
        {"trained_vowpal_wabbit_model": "model", "test_data": "table"},
        'return json.dumps(result.data.to_dict("list"))',
    ),
}
