"""What rewriting costs: of one script, of many different ones, and of many copies of one."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpus, peers
from benchmarks.size import Size
from benchmarks.timing import Comparison, Side, WrongResultError, run

VALUES = (7, 9)  # one round sets this, the next that


def comparisons(folder: Path, size: Size) -> Iterator[Comparison]:
    """Yield what is compared."""
    yield _one(folder, size)
    copies = itertools.repeat(corpus.downloaded(), size.scripts)
    for work, goal, originals in (
        (f"rewrite {size.scripts:,} different scripts", 1.5, corpus.different(folder, size.scripts)),
        (f"rewrite {size.scripts:,} copies of one script", 1.0, corpus.write(folder / "copies", copies)),
        (f"rewrite {size.apart:,} scripts whose run() differs too", None, folder / "apart"),
    ):
        ours, theirs = rewritten(folder, originals), _replaced(folder, originals)
        yield Comparison(work, "ast-grep, one fixed text", goal, ours, theirs, size.rounds)


def rewritten(folder: Path, originals: Path) -> Side:
    """Return the rewriting of fresh copies of scripts, which are named on the command line."""
    copies = folder / "ours"
    commands = [command(originals, value) for value in VALUES]
    return Side(
        lambda number: run(commands[number % len(VALUES)], copies),
        lambda number: copy(originals, copies),
        lambda number: _assert_set(copies, number),
    )


def command(originals: Path, value: int) -> list[str]:
    """Return scoregen's command for a copy of the scripts, to be run in its folder."""
    names = sorted(str(path.relative_to(originals)) for path in originals.rglob("*.py"))
    return [peers.path("scoregen"), "rewrite", "--set", f"{peers.ARGUMENT}={value}", *names]


def _replaced(folder: Path, originals: Path) -> Side:
    copies = folder / "theirs"
    return Side(
        lambda number: run(peers.replace(folder, str(copies), _value(number))),
        lambda number: copy(originals, copies),
        lambda number: _assert_set(copies, number),
    )


def _one(folder: Path, size: Size) -> Comparison:
    originals = corpus.write(folder / "original", corpus.sources(1))
    copies = folder / "theirs"
    script = str(copies / "team_0000" / "score_0.py")
    codemod = Side(
        lambda number: run(peers.codemod(script, _value(number))),
        lambda number: copy(originals, copies),
        lambda number: _assert_set(copies, number),
    )
    return Comparison("rewrite one script", "libcst codemod", 0.5, rewritten(folder, originals), codemod, size.starts)


def _value(number: int) -> int:
    return VALUES[number % len(VALUES)]


def copy(originals: Path, copies: Path) -> None:
    """Copy the originals, and have the disk finish with that before the time begins."""
    shutil.rmtree(copies, ignore_errors=True)
    shutil.copytree(originals, copies)
    os.sync()


def _assert_set(copies: Path, number: int) -> None:
    wanted = f"{peers.ARGUMENT}={_value(number)}"
    for path in copies.rglob("*.py"):
        if wanted not in path.read_text(encoding="utf-8"):
            raise WrongResultError(f"{path} was not rewritten")
