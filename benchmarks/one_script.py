"""What one script costs: as a user starts it, and within one process."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import corpus, peers
from benchmarks.size import Size
from benchmarks.timing import Comparison, Side, WrongResultError, program

VALUES = (7, 9)  # one round sets this, the next that
REPEATS = 200  # of what takes less than a millisecond
LIBRARIES = "import argparse, ast, re, typing"  # no command that reads a script does without them


def comparisons(folder: Path, size: Size) -> Iterator[Comparison]:
    """Yield what is compared."""
    yield from _starts(folder, size)
    yield from _in_one_process(size)


def _starts(folder: Path, size: Size) -> Iterator[Comparison]:
    script = _alone(folder / "alone")
    python = program([sys.executable, "-c", "pass"])
    pyupgrade = program([peers.path("pyupgrade"), str(script)])
    yield Comparison(
        "check one script, alone in its folder", "python -c pass", 3.0, _check(script), python, size.starts
    )
    yield Comparison("check one script, alone in its folder", "pyupgrade", 0.5, _check(script), pyupgrade, size.starts)
    imports = program([sys.executable, "-c", LIBRARIES])
    yield Comparison(f"python -c {LIBRARIES!r}", "python -c pass", None, imports, python, size.starts)
    with_yaml = program([sys.executable, "-c", f"{LIBRARIES}, yaml"])
    yield Comparison(f"python -c '{LIBRARIES}, yaml'", "python -c pass", None, with_yaml, python, size.starts)
    beside = _alone(folder / "trained_model_outputs")
    corpus.model_folder(beside.parent)
    yield Comparison("check one script in its model folder", "python -c pass", 5.0, _check(beside), python, size.starts)
    codemod = Side(lambda number: _run(peers.codemod(str(script), VALUES[number % 2])))
    command = [peers.path("scoregen"), "rewrite", str(script), "--set"]
    ours = Side(lambda number: _run([*command, f"{peers.ARGUMENT}={VALUES[number % 2]}"]))
    yield Comparison("rewrite one script", "the smallest libcst codemod", 1.0, ours, codemod, size.starts)


def _in_one_process(size: Size) -> Iterator[Comparison]:
    import libcst

    from generator import check, rewrite

    source = corpus.downloaded()
    parsed = _repeated(lambda _: ast.parse(source))
    yield Comparison("check 50 lines", "ast.parse", 3.0, _repeated(lambda _: check(source)), parsed, size.rounds)
    sets = _repeated(lambda number: _changed(source, rewrite(source, {peers.ARGUMENT: VALUES[number % 2]})))
    yield Comparison("set a value in 50 lines", "ast.parse", 4.0, sets, parsed, size.rounds)
    adds = _repeated(lambda _: _changed(source, rewrite(source, corpus.ADDED)), REPEATS // 10)
    round_trip = _repeated(lambda _: libcst.parse_module(source).code, REPEATS // 10)
    yield Comparison("add arguments", "libcst.parse_module(source).code", 1.5, adds, round_trip, size.rounds)


def _alone(folder: Path) -> Path:
    folder.mkdir()
    script = folder / "score.py"
    script.write_text(corpus.downloaded(), encoding="utf-8")
    return script


def _check(script: Path) -> Side:
    return program([peers.path("scoregen"), "check", str(script)])


def _run(command: list[str]) -> None:
    program(command).work(0)


def _repeated(work: Callable[[int], object], times: int = REPEATS) -> Side:
    def several(_: int) -> None:
        for number in range(times):
            work(number)

    return Side(several)


def _changed(before: str, after: str) -> str:
    if before == after:
        raise WrongResultError("the script was not rewritten")
    return after
