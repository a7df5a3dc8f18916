"""Settings and an open model become the source of an entry script that holds only what its kind of model needs."""

from __future__ import annotations

import ast
from typing import Any

from generator.facts.open_form import parameter_of, recommender_of
from generator.model.open_model import OpenModel
from generator.rendering.open_answer import answered, features_of, optional_columns, reals_of
from generator.rendering.score import RenderError, template, templates_folder
from generator.rendering.stamp import stamped
from generator.rules.literals import literal
from generator.rules.settings import AUTO, BATCH, BODIES, ENCODINGS, LIGHTGBM, Settings, complete_response
from generator.text.spans import start_of

_PARTS = "open/parts"
_CONVERTERS = {
    "float64": "as_numbers",
    "str": "as_texts",
    "category": "as_categories",
    "datetime64": "as_dates",
}
"""The parts that take columns of those types of the designer's that pandas does not keep as they are."""
_FAMILIES = {"vowpal_wabbit": "vowpal_wabbit", "image_net": "images"}
"""The templates of learners that numpy does not score, by their kinds."""
_DECISIONS = ("decision", "one_against_one")
"""The kinds of learners that say how far ahead a class is, not how probable it is."""
_STANDARD = {
    "base64": "import base64",
    "csv": "import csv",
    "datetime": "from datetime import datetime",
    "hashlib": "import hashlib",
    "io": "import io",
    "json": "import json",
    "logging": "import logging",
    "math": "import math",
    "os": "import os",
    "OrderedDict": "from collections import OrderedDict",
    "re": "import re",
    "tempfile": "import tempfile",
}
"""The imports of the standard library, by the name that needs each."""
_OTHERS = {
    "lightgbm": "import lightgbm",
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "onnxruntime": "import onnxruntime",
    "vowpalwabbit": "import vowpalwabbit",
    "Image": "from PIL import Image",
    "StandardPythonParameterType": (
        "from inference_schema.parameter_types.standard_py_parameter_type import (\n    StandardPythonParameterType,\n)"
    ),
    "input_schema": "from inference_schema.schema_decorators import input_schema, output_schema",
}


def render_open(settings: Settings, model: OpenModel, origin: str = "", *, is_proven: bool = False) -> str:
    """Return the source of the script for the settings and an open model; the same ones give the same text.

    ``origin`` is the config's file name, for the first line. A script that is not proven says so. Raises RenderError.
    """
    main = template(f"open/{_FAMILIES.get(model.facts['learner']['kind'], 'score')}.py.j2")
    context = {**_context(settings, model), "is_proven": is_proven}
    context |= {} if model.facts["learner"]["kind"] in _FAMILIES else _learned(settings, model)
    body = main.render(**context, imports="")
    parts = _parts(body, context)
    head = main.render(**context, imports=_imports("\n\n\n".join([body, *parts]))).strip("\n")
    source = "\n\n\n".join([head, *parts]) + "\n"
    try:  # it holds no word of a user's but as a literal; this finds a template that is broken
        ast.parse(source)
    except SyntaxError as error:
        raise RenderError(f"the script for an open model is no Python: {error}") from error
    return stamped(source, origin)


def _imports(source: str) -> str:
    """Return the imports that a source needs: those of the standard library, then the others, each in order."""
    names = set(_names(source))
    groups = (
        sorted(
            (line for name, line in known.items() if name in names), key=lambda line: (line.startswith("from"), line)
        )
        for known in (_STANDARD, _OTHERS)
    )
    return "\n\n".join("\n".join(group) for group in groups)


def _context(settings: Settings, model: OpenModel) -> dict[str, Any]:
    """Return what every template is given."""
    facts, request, reading = model.facts, settings.request, settings.reading
    response = complete_response(settings.table, settings.response)
    designers = "columns" if settings.table.result.body == "columns" else "rows of the designer"
    shape = str(designers if response.body == BODIES[0] else response.body)
    types = {column.type for column in model.columns}
    old_names = dict(response.names or ())
    return {
        "table": settings.table,
        "parameters": settings.parameters,
        "setting": lambda name: _setting(settings, name),
        "roles": recommender_of(settings.table.id),
        "datasets": settings.datasets,
        "request": request,
        "reading": reading,
        "response": response,
        "old_name": lambda name: old_names.get(name, name),
        "shape": shape,
        "returned": _returned(settings, shape),
        "is_batch": settings.endpoint == BATCH,
        "model": facts,
        "task": facts["task"],
        "of": [] if reading.ids else [kind for kind in ("bool", "datetime64") if kind in types],
        "globals": _globals(settings, model),
        "reals": reals_of(settings, model),
        "answered": answered(settings, model),
    }


def _setting(settings: Settings, name: str) -> str:
    """Return the source of a parameter's value: as the request sets it, if it may, else as the config does."""
    settable = name in settings.request.parameters
    return f"parameters[{literal(name)}]" if settable else literal(settings.parameters[name])


def _globals(settings: Settings, model: OpenModel) -> list[str]:
    """Return the names that init() sets."""
    if model.facts["task"] == "examples":
        flag = parameter_of("raw_scores")
        has_raw_scores = settings.parameters.get(flag) or flag in settings.request.parameters
        return ["schema", "workspace", *(["raw_scores"] if has_raw_scores else [])]
    if model.facts["task"] == "images":
        return ["schema", "model", "session", *(["optional"] if settings.request.optional == AUTO else [])]
    optional = ["optional"] if settings.request.optional == AUTO else []
    ids = ["users", "items"] if model.facts["task"] == "ratings" else []
    learned = "boosters" if settings.trees == LIGHTGBM else "arrays"
    return ["schema", "model", learned, *optional, *ids, *settings.datasets]


def _learned(settings: Settings, model: OpenModel) -> dict[str, Any]:
    """Return what the templates are given of a model that numpy scores."""
    facts = model.facts
    learner = facts["learner"]
    inner = learner["members"][0] if "members" in learner else learner
    types = {column.name: column.type for column in model.columns}
    used = {types[name] for name in features_of(model)}
    label = str(facts.get("label"))
    return {
        "learner": learner,
        "inner": inner,
        "trees": settings.trees,
        "answer": "decisions" if learner["kind"] in _DECISIONS or learner.get("of") == "decision" else "probabilities",
        "dates": "datetime64" in used,
        "numbers": bool(used & {"int64", "float64"}),
        "converters": {kind: name for kind, name in _CONVERTERS.items() if kind in types.values()},
        "gives_label": label in types and ("where sent" if label in optional_columns(settings, model) else "always"),
    }


def _returned(settings: Settings, shape: str) -> str:
    """Return the source of what run() gives back."""
    request, response = settings.request, complete_response(settings.table, settings.response)
    if response.names or response.columns or request.keep or request.is_enveloped or shape in ("row", "rows"):
        made = f"body_of(table{', kept' if request.keep else ''})"
    elif shape == "records":
        made = '{"result": [dict(zip(table, row)) for row in zip(*table.values())]}'
    else:
        made = "table" if shape == "columns" else '{"result": rows_of(table)}'
    if response.strict_json:
        made = f"strict({made})"
    return f"json.dumps({made})" if response.encoding == ENCODINGS[0] else made


def _parts(source: str, context: dict[str, Any]) -> list[str]:
    """Return the functions that a source calls, and those that they call, in the order in which they are first met."""
    files = {path.name.removesuffix(".py.j2") for path in (templates_folder() / _PARTS).iterdir()}
    waiting, found = [source], {}
    while waiting:
        for name in _names(waiting.pop(0)):
            part = f"scores_of_{context['task']}" if name == "scores" else name
            if part in files and part not in found:
                found[part] = template(f"{_PARTS}/{part}.py.j2").render(**context).strip("\n")
                waiting.append(found[part])
    return list(found.values())


def _names(source: str) -> list[str]:
    """Return the names that a source reads, in order."""
    nodes = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    ]
    return [node.id for node in sorted(nodes, key=start_of)]
