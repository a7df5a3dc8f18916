"""Settings and an open model become the source of an entry script that holds only what its kind of model needs."""

from __future__ import annotations

import ast
from typing import Any

from generator.model.open_model import OpenModel
from generator.rendering.score import RenderError, template, templates_folder
from generator.rendering.stamp import stamped
from generator.rules.settings import Settings, complete_response

_PARTS = "open/parts"
_CONVERTERS = {
    "float64": "as_numbers",
    "str": "as_texts",
    "category": "as_categories",
    "datetime64": "as_dates",
}
"""The parts that take columns of those types of the designer's that pandas does not keep as they are."""
_DECISIONS = ("decision", "one_against_one")
"""The kinds of learners that say how far ahead a class is, not how probable it is."""
_IMPORTS = {
    "csv": "import csv",
    "datetime": "from datetime import datetime",
    "math": "import math",
    "re": "import re",
    "tempfile": "import tempfile",
}


def render_open(settings: Settings, model: OpenModel, origin: str = "") -> str:
    """Return the source of the script for the settings and an open model; the same ones give the same text.

    ``origin`` is the config's file name, for the first line. Raises RenderError.
    """
    is_vowpal_wabbit = model.facts["learner"]["kind"] == "vowpal_wabbit"
    main = template("open/vowpal_wabbit.py.j2" if is_vowpal_wabbit else "open/score.py.j2")
    context = (_vowpal_wabbit if is_vowpal_wabbit else _context)(settings, model)
    body = main.render(**context, imports="")
    parts = _parts(body, context)
    rest = "\n\n\n".join([body, *parts])
    used = [line for name, line in _IMPORTS.items() if name in _names(rest)]
    imports = "\n".join(sorted(["import json", "import os", *used], key=lambda line: (line.startswith("from"), line)))
    head = main.render(**context, imports=imports).strip("\n")
    source = "\n\n\n".join([head, *parts]) + "\n"
    try:  # it holds no word of a user's but as a literal; this finds a template that is broken
        ast.parse(source)
    except SyntaxError as error:
        raise RenderError(f"the script for an open model is no Python: {error}") from error
    return stamped(source, origin)


def _context(settings: Settings, model: OpenModel) -> dict[str, Any]:
    facts = model.facts
    learner = facts["learner"]
    inner = learner["members"][0] if "members" in learner else learner
    types = {column.name: column.type for column in model.columns}
    names = {feature["name"] for features in facts.get("features", {}).values() for feature in features}
    flags = [one.name for one in settings.table.parameters if one.type == "boolean" and not one.only_with]
    appends = all(settings.parameters.get(flag, True) for flag in flags)
    label = str(facts.get("label"))
    gives_label = label in types
    shown = list(types.values()) if appends else [types[label]] if gives_label else []
    response = complete_response(settings.table, settings.response)
    return {
        "table": settings.table,
        "parameters": settings.parameters,
        "request": settings.request,
        "reading": settings.reading,
        "of": [kind for kind in ("bool", "datetime64") if kind in types.values()],
        "model": facts,
        "task": facts["task"],
        "learner": learner,
        "inner": inner,
        "answer": "decisions" if learner["kind"] in _DECISIONS or learner.get("of") == "decision" else "probabilities",
        "dates": any(kind == "datetime64" for name, kind in types.items() if name in names),
        "numbers": any(kind in ("int64", "float64") for name, kind in types.items() if name in names),
        "converters": {kind: name for kind, name in _CONVERTERS.items() if kind in types.values()},
        "appends": appends,
        "gives_label": gives_label,
        "reals": _reals(facts, shown),
        "datasets": settings.datasets,
        "returned": _returned(response, settings.table.result.body),
    }


def _vowpal_wabbit(settings: Settings, model: OpenModel) -> dict[str, Any]:
    return {
        "table": settings.table,
        "request": settings.request,
        "reading": settings.reading,
        "model": model.facts,
        "task": model.facts["task"],
        "parameters": settings.parameters,
        "returned": _returned(complete_response(settings.table, settings.response), settings.table.result.body),
    }


def _reals(facts: dict[str, Any], types: list[str]) -> str:
    """Say whether all cells become real numbers where the scored table is taken as rows: always, never or by its cells.

    pandas does so with a table of numbers alone. A category, as the clusters are, keeps it from that in the older
    releases; in the later ones a category of numbers is one of them.
    """
    is_older = facts["scikit-learn"] == "0.22.2"
    has_category = "category" in types or facts["task"] == "clusters"
    labels = facts.get("classes", [])
    if not all(type(label) in (int, float) for label in labels) or not set(types) <= {"int64", "float64", "category"}:
        return "never"
    if is_older and has_category:
        return "never"
    return "by cells" if "category" in types else "always"


def _returned(response: Any, body: str) -> str:
    """Return the source of what run() gives back."""
    shape = response.body
    if shape == "default":
        shape = body
        made = '{"result": rows_of(table)}'
    if shape == "columns":
        made = "table"
    elif shape == "records":
        made = '{"result": [dict(zip(table, row)) for row in zip(*table.values())]}'
    elif response.body == "rows":
        made = '{"columns": list(table), "result": [list(row) for row in zip(*table.values())]}'
    if response.strict_json:
        made = f"strict({made})"
    return f"json.dumps({made})" if response.encoding == "string" else made


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
    return [node.id for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset))]
