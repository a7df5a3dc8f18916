"""What rewriting costs: of one script, of many different ones, and of many copies of one."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpus, peers
from benchmarks.size import Size
from benchmarks.timing import Row, Side, WrongResultError, compare, run

VALUES = (7, 9)  # one round sets this, the next that


def rows(folder: Path, size: Size) -> Iterator[Row]:
    """Yield the comparisons."""
    yield _one(folder, size)
    kinds = [
        ("different scripts", 1.5, corpus.sources(size.scripts)),
        ("copies of one script", 1.0, itertools.repeat(corpus.downloaded(), size.scripts)),
    ]
    for kind, goal, sources in kinds:
        originals = corpus.write(folder / f"originals, {kind}", sources)
        yield compare(
            f"rewrite {size.scripts:,} {kind}", "ast-grep, one fixed text", goal,
            rewritten(folder, originals), _replaced(folder, originals), size.rounds,
        )  # fmt: skip


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


def _one(folder: Path, size: Size) -> Row:
    originals = corpus.write(folder / "original", corpus.sources(1))
    copies = folder / "theirs"
    script = str(copies / "team_0000" / "score_0.py")
    codemod = Side(
        lambda number: run(peers.codemod(script, _value(number))),
        lambda number: copy(originals, copies),
        lambda number: _assert_set(copies, number),
    )
    return compare("rewrite one script", "libcst codemod", 0.5, rewritten(folder, originals), codemod, size.starts)


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
