"""``python -m benchmarks.scoring PYTHON MODELS``: what a request costs, generated script over downloaded one.

PYTHON is the interpreter of a designer's runtime with the classic modules, MODELS the folder of models that
``pytest tests/vendor`` makes there: score_model and assign_data_to_clusters are measured. Another folder of it is
measured as well where ``--model`` names it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks.report import machine
from generator import generate

RESULTS = Path(__file__).with_name("scoring.md")
WORKER = Path(__file__).with_name("scoring_worker.py")
_HEAD = "| model | rows | columns | script | a request | ratio | memory | goal | |"
_FORMS: dict[str, dict[str, Any]] = {
    "default": {},
    "records, strict": {"response": {"body": "records", "strict_json": True}},
    "records, as an object": {"response": {"body": "records", "encoding": "object"}},
    "rows, strict, as an object": {"response": {"body": "rows", "strict_json": True, "encoding": "object"}},
    "columns, strict": {"response": {"body": "columns", "strict_json": True}},
    "one object": {"request": {"body": "row"}},
    "designer's envelope": {"request": {"body": "designer"}},
    "described, as an object": {"request": {"swagger": True}},
    "columns optional": {"request": {"optional": "auto"}},
    "columns optional and kept": {"request": {"optional": "auto", "keep": ["customer"]}},
}
_MOST = 500
"""The columns of the widest model."""


class Case(NamedTuple):
    """A model, the number of rows of its requests, and how often each script is asked."""

    module: str
    folder: Path
    rows: int
    rounds: int


def main() -> int:
    """Measure, print the table, and write it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scoring", description=__doc__)
    parser.add_argument("python", type=Path)
    parser.add_argument("models", type=Path)
    parser.add_argument("--model", action="append", default=[], help="another model of Score Model, by its folder")
    parser.add_argument("--no-results", action="store_true", help="print the table only")
    given = parser.parse_args()
    lines = []
    print(_HEAD, flush=True)
    with TemporaryDirectory() as name:
        for case in _cases(given.models, given.model, Path(name)):
            for line in _measured(given.python, case, Path(name)):
                print(line, flush=True)
                lines.append(line)
    if not given.no_results:
        RESULTS.write_text(_page(lines), encoding="utf-8")
    return 0


def _cases(models: Path, more: list[str], scratch: Path) -> Iterator[Case]:
    for rows, rounds in ((1, 20), (10_000, 7)):
        yield Case("score_model", models / "score_model", rows, rounds)
    for rows, rounds in ((1, 5), (500, 5)):
        yield Case("assign_data_to_clusters", _widened(models / "assign_data_to_clusters", scratch), rows, rounds)
    for name in more:
        for rows, rounds in ((1, 20), (1000, 5)):
            yield Case("score_model", models / name, rows, rounds)


def _widened(model: Path, scratch: Path) -> Path:
    """Return a model with columns that it hands through, up to the most."""
    folder = scratch / f"{_MOST} columns"
    if not folder.exists():
        shutil.copytree(model, folder)
        path = folder / "trained_model_outputs" / "_schema.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        known = schema["columnAttributes"]
        kind = {"type": "Numeric", "isFeature": True, "elementType": {"typeName": "float64", "isNullable": False}}
        known += [{"name": f"c{number}", **kind} for number in range(_MOST - len(known))]
        path.write_text(json.dumps(schema), encoding="utf-8")
    return folder


def _measured(python: Path, case: Case, scratch: Path) -> Iterator[str]:
    outputs = case.folder / "trained_model_outputs"
    columns = json.loads((outputs / "_schema.json").read_text(encoding="utf-8"))["columnAttributes"]
    sample = json.loads((outputs / "_samples.json").read_text(encoding="utf-8"))[0]
    row = {column["name"]: sample.get(column["name"], 0.123456) for column in columns}
    rows = [row] * case.rows
    bodies, scripts = [json.dumps(rows)], [outputs / "score.py"]
    forms = {name: form for name, form in _FORMS.items() if case.rows == 1 or "row" not in _asked(form).values()}
    for number, form in enumerate(forms.values()):
        scripts.append(scratch / f"score_{number}.py")
        scripts[-1].write_text(generate({"module": case.module, **form}), encoding="utf-8")
        bodies.append(json.dumps(_request(rows, _asked(form))))
    request = scratch / "request.json"
    request.write_text(json.dumps(bodies), encoding="utf-8")
    command = [str(part) for part in (python, WORKER, case.folder, request, case.rounds, *scripts)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"benchmarks: {done.stderr[-2000:]}")
    costs = json.loads(done.stdout.splitlines()[-1])
    theirs = f"{costs[0]['seconds'] * 1000:.3g} ms"
    for name, cost in zip(forms, costs[1:], strict=True):
        goal = 1.0 if name == "default" and case.rows * len(columns) > _MOST else 1.1
        met = "met" if cost["ratio"] <= goal and cost["memory"] <= 1.1 else "missed"
        ours = f"{cost['seconds'] * 1000:.3g} ms beside {theirs}"
        figures = f"{cost['ratio']:.2f} | {cost['memory']:.2f} | {goal:g} | {met}"
        yield f"| {case.folder.name} | {case.rows:,} | {len(columns)} | {name} | {ours} | {figures} |"


def _asked(form: dict[str, Any]) -> dict[str, Any]:
    asked: dict[str, Any] = form.get("request", {})
    return asked


def _request(rows: list[dict[str, Any]], asked: dict[str, Any]) -> Any:
    if "keep" in asked:
        rows = [{**row, "customer": "c7"} for row in rows]
    if asked.get("body") == "row":
        return rows[0]
    inputs = {"WebServiceInput0": rows} if asked.get("body") == "designer" else rows
    return {"Inputs": inputs, "GlobalParameters": {}} if "body" in asked or "swagger" in asked else rows


def _page(lines: list[str]) -> str:
    table = "\n".join([_HEAD, "|---|---|---|---|---|---|---|---|---|", *lines])
    return f"""# What a request costs

{machine()}. The scripts run on the designer's runtime, Python 3.8.

`score_model` is the tests' model of two classes, on two numbers and a text. `500 columns` is their clustering of two
numbers, with more columns that it hands through. The rows of a request are all the same.

Processor time of a request in `run()`, and memory at its peak, generated script over the downloaded one of the same
model: medians of the rounds' ratios, the scripts taking turns. The goals are the most that they should be; that of
memory is 1.1.

{table}
"""


if __name__ == "__main__":
    sys.exit(main())
