"""Requests that tell an open model from the designer's, if anything does: samples, plausible rows, and hostile ones."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

from generator.convert.pictures import alike, odd
from generator.convert.request_forms import Row
from generator.model.open_model import OpenModel

_SINGLE = 20
_MANY = 200
"""Examples of Vowpal Wabbit's in a request, so many that its script scores them by files."""
_EXTREMES = (-1e300, 1e300, 1e39, -0.0, 5e-324, 0.1 + 0.2)
_UNKNOWN = ("never seen", "", "NaN", "7", "#NAN", "東京")
_EXAMPLES = (
    "| a:0.5 b:0.25",
    "1 | a:0.5",
    "|f never seen:3",
    "1 'tag|f a:1e3 b",
    "1 |",
    "  | a:0.5  ",
    "",
    "1 1:0.5 7:2",
)
_EMPTY: tuple[Any, ...] = (None, {"isNan": True})


def proof_rows(model: OpenModel, samples: Sequence[Row], rows: int) -> list[list[Row]]:
    """Return the rows of each request; the same model gives the same.

    First the samples, then so many rows in one request, then the first of these one by one, then rows with numbers that
    are hardly to be expected, one by one too, since one that is refused would take all others with it.
    """
    if model.facts["task"] == "examples":
        return _examples(model, samples)
    if model.facts["task"] == "images":
        many, extreme = _pictures(model, samples, rows)
    else:
        maker = _Rows(model)
        many = [maker.row() for _ in range(rows)]
        extreme = [maker.extreme(number) for number in _EXTREMES]
    if model.facts["task"] == "ratings":
        many = _pairs(model, many)
        samples, extreme = _pairs(model, samples), []
    groups = [list(samples), many, *([row] for row in (*many[:_SINGLE], *extreme))]
    return [group for group in groups if group]


def _examples(model: OpenModel, samples: Sequence[Row]) -> list[list[Row]]:
    """Return requests of Vowpal Wabbit's examples: the samples, changed ones, and some that fit any model."""
    name = model.columns[0].name if model.columns else "example"
    given = [str(row[name]) for row in samples if name in row]
    changed = [text.replace(":0.", ":1.") for text in given] + [f"{text} never_seen:3" for text in given]
    texts = [*given, *changed, *_EXAMPLES]
    many = (given + changed) * (_MANY // max(len(given + changed), 1) + 1)
    groups = [given, texts, many, *([text] for text in texts)]
    return [[{name: text} for text in group] for group in groups if group]


def _pictures(model: OpenModel, samples: Sequence[Row], rows: int) -> tuple[list[Row], list[Row]]:
    """Return rows with pictures of one size, which the designer's script takes together, and some with odd ones."""
    column = model.facts["learner"]["column"]
    cells = {"int64": 7, "float64": 0.5, "str": "a text", "bool": True}
    plain: dict[str, Any] = samples[0] if samples else {each.name: cells.get(each.type) for each in model.columns}
    return [plain | {column: picture} for picture in alike(rows)], [plain | {column: picture} for picture in odd()]


def _pairs(model: OpenModel, rows: Sequence[Row]) -> list[Row]:
    """Return the rows that have a user and an item, each pair once: a recommender's script takes no others."""
    names = [column.name for column in model.columns[:2]]
    known: dict[str, dict[str, Any]] = {}
    for row in rows:
        pair = tuple(row[name] for name in names)
        if None not in pair and {"isNan": True} not in pair:
            known.setdefault(str(pair), row)
    return list(known.values())


class _Rows:
    """Makes rows by the columns of a model, the ranges of its numbers, and the texts that it knows."""

    def __init__(self, model: OpenModel) -> None:
        self.random = random.Random(0)
        self.columns = model.columns
        facts = model.facts
        features = facts.get("features", {"numbers": [], "texts": []})
        self.ranges = {number["name"]: _range(number) for number in features["numbers"]}
        self.known = {text["name"]: text["categories"] for text in features["texts"]}
        if facts.get("classes"):
            self.known[facts["label"]] = facts["classes"]
        if facts["task"] == "ratings":
            for column, ids in zip(model.columns, ("users", "items"), strict=False):
                self.known[column.name] = facts["learner"][ids]

    def row(self) -> dict[str, Any]:
        """Return a plausible row: some cells empty, some texts unknown."""
        return {column.name: self._cell(column.name, column.type) for column in self.columns}

    def extreme(self, number: float) -> dict[str, Any]:
        """Return a row in which every real number is the same, an odd one."""
        reals = {column.name: number for column in self.columns if column.type == "float64"}
        return self.row() | reals

    def _cell(self, name: str, kind: str) -> Any:
        low, high = self.ranges.get(name, (0.0, 10.0))
        if name in self.known and kind not in ("bool", "datetime64"):
            return self._known(name, kind)
        if kind == "int64":
            return self.random.randint(math.floor(low) - 10, math.ceil(high) + 10)
        if kind == "bool":
            return self.random.random() < 0.5
        if kind == "datetime64":
            year, month, day = (self.random.randint(*limits) for limits in ((2010, 2030), (1, 12), (1, 28)))
            return f"{year}-{month:02}-{day:02}T{self.random.randint(0, 23):02}:30:00"
        if kind == "float64":
            if self.random.random() < 0.1:
                return self.random.choice(_EMPTY)
            return self.random.uniform(low - 1, high + (high - low) * 0.2)
        return self.random.choice((*_UNKNOWN, *_EMPTY))

    def _known(self, name: str, kind: str) -> Any:
        """Return a text or number that the model knows, and sometimes one that it does not, or none."""
        if kind == "int64" or all(type(value) is int for value in self.known[name]):
            known = self.random.choice(self.known[name])
            return int(known) if self.random.random() < 0.85 else self.random.randint(10**6, 10**7)
        if self.random.random() < 0.75:
            return self.random.choice(self.known[name])
        return self.random.choice((*_UNKNOWN, *_EMPTY) if kind in ("str", "category") else _EMPTY)


def _range(number: dict[str, Any]) -> tuple[float, float]:
    """Return the least and the largest value that a column had in training, which were scaled to 0 and 1."""
    if not number["scale"]:
        return 0.0, 10.0
    low, high = sorted((bound - number["min"]) / number["scale"] for bound in (0.0, 1.0))
    return (low, high) if max(abs(low), abs(high)) < 1e18 else (0.0, 10.0)
