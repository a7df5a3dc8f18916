"""What checking and rewriting existing scripts cost beside what their parsers alone cost, and what starting costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import libcst

from benchmarks.timing import Row, compare
from generator import check, generate, rewrite

CONFIGS: list[dict[str, Any]] = [
    {"module": "score_model"},
    {"module": "score_svd_recommender", "parameters": {"prediction_kind": "ItemRecommendation"}},
    {"module": "score_vowpal_wabbit_model"},
    {"module": "score_wide_and_deep_recommender"},
]
CHANGES: list[dict[str, Any]] = [
    {"append_or_result_only": False},
    {"max_recommended_item_count": 7},
    {"vw_arguments": "-t"},
    {"recommender_prediction_kind": "ItemRecommendation"},
]


def rows() -> list[Row]:
    """Return the comparisons."""
    clean = [generate(CONFIGS[number % len(CONFIGS)], origin=f"{number}.yaml") for number in range(2000)]
    return [
        compare(
            "check of 2,000 clean scripts / ast.parse of each",
            3,
            lambda: each(check, clean),
            lambda: each(ast.parse, clean),
        ),
        compare(
            "rewrite of one script / libcst.parse_module(source).code",
            2,
            rewritten,
            lambda: each(_round_trip, _sources()),
        ),
        *_starts(),
    ]


def each(work: Callable[[str], Any], sources: list[str]) -> None:
    """Do the work on each source, and keep nothing."""
    for source in sources:
        work(source)


def rewritten() -> None:
    """Rewrite each of the scripts a number of times."""
    for number, source in enumerate(_sources()):
        rewrite(source, CHANGES[number % len(CHANGES)])


def _sources() -> list[str]:
    return [generate(config) for config in CONFIGS] * 25


def _round_trip(source: str) -> str:
    return libcst.parse_module(source).code


def _starts() -> list[Row]:
    with TemporaryDirectory() as folder:
        script = Path(folder) / "score.py"
        script.write_text(generate(CONFIGS[1]), encoding="utf-8")
        command = [sys.executable, "-m", "generator", "check", str(script)]
        nothing = [sys.executable, "-c", "pass"]
        return [
            compare(
                "check of one script, whole process / python -c pass",
                3,
                lambda: _run(command),
                lambda: _run(nothing),
                rounds=25,
            )
        ]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
