"""What checking costs: of one script, of many, and of few among many other files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpus, peers
from benchmarks.size import Size
from benchmarks.timing import Comparison, Side, WrongResultError, program, run

AST_GREP, SEMGREP = "ast-grep, one argument", "semgrep, one argument"


def comparisons(folder: Path, size: Size) -> Iterator[Comparison]:
    """Yield what is compared."""
    yield from _one(folder, size)
    _assert_looked_at(folder)
    scripts = corpus.different(folder, size.scripts)
    apart = corpus.write(folder / "apart", corpus.apart(size.apart))
    some = corpus.different(folder, size.semgrep)
    found, found_apart = _found(folder, scripts, size.scripts), _found(folder, apart, size.apart)
    by_semgrep = _found_by_semgrep(folder, some, size.semgrep)
    for work, peer, goal, target, theirs, rounds in (
        (f"check {size.scripts:,} different scripts", AST_GREP, 1.0, scripts, found, size.rounds),
        (f"check {size.apart:,} scripts whose run() differs too", AST_GREP, None, apart, found_apart, 1),
        (f"check {size.semgrep:,} different scripts", SEMGREP, None, some, by_semgrep, 1),
    ):
        yield Comparison(work, peer, goal, checked(target), theirs, rounds)
    yield from _tree(folder, size)


def checked(scripts: Path) -> Side:
    """Return the check of clean scripts, which prints nothing."""
    return program([peers.path("scoregen"), "check", "--strict", str(scripts)])


def _one(folder: Path, size: Size) -> Iterator[Comparison]:
    script = folder / "score.py"
    script.write_text(corpus.downloaded(), encoding="utf-8")
    for peer, goal, theirs, rounds in (
        ("python -c pass", 2.0, program([sys.executable, "-c", "pass"]), size.starts),
        ("pyupgrade", 1.0, program([peers.path("pyupgrade"), str(script)]), size.starts),
        (AST_GREP, None, _found(folder, script, 1), size.starts),
        (SEMGREP, None, _found_by_semgrep(folder, script, 1), 2),
    ):
        yield Comparison("check one script", peer, goal, checked(script), theirs, rounds)


def _tree(folder: Path, size: Size) -> Iterator[Comparison]:
    tree = corpus.write(folder / "tree", corpus.unrelated(size.tree), "module")
    corpus.write(tree / "endpoints", corpus.sources(100, seed=2))
    work = f"check a tree of {size.tree:,} other files and 100 scripts"
    found = _found(folder, tree, 100)
    yield Comparison(work, AST_GREP, 1.0, checked(tree), found, size.rounds)
    for arguments in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *arguments], cwd=tree, check=True, capture_output=True)
    yield Comparison(f"{work}, in git", AST_GREP, 1.0, checked(tree), found, size.rounds)


def _found(folder: Path, target: Path, number: int) -> Side:
    command = peers.find(folder, str(target))
    said: list[str] = []

    def verify(_: int) -> None:
        _assert_count("ast-grep", said.pop().count("\n"), number)

    return Side(lambda _: said.append(run(command)), verify=verify)


def _found_by_semgrep(folder: Path, target: Path, number: int) -> Side:
    command = peers.semgrep(folder, str(target))
    said: list[str] = []

    def verify(_: int) -> None:
        _assert_count("semgrep", len(json.loads(said.pop())["results"]), number)

    return Side(lambda _: said.append(run(command)), verify=verify)


def _assert_count(who: str, found: int, number: int) -> None:
    if found != number:
        raise WrongResultError(f"{who} found the argument {found} times, and it is there {number} times")


def _assert_looked_at(folder: Path) -> None:
    """See that clean scripts are silent because they are clean: with a wrong value, each of them is reported."""
    number = 100
    wrong = (source.replace(f"{peers.ARGUMENT}=5", f"{peers.ARGUMENT}=0") for source in corpus.sources(number))
    command = [peers.path("scoregen"), "check", "--format", "json", str(corpus.write(folder / "wrong", wrong))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    if len({finding["path"] for finding in found}) != number:
        raise WrongResultError(f"scoregen reports {len(found)} findings in {number} wrong scripts")
