"""What many scripts cost, and few among many other files."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpus, peers
from benchmarks.size import Size
from benchmarks.timing import Comparison, Side, WrongResultError, program, run

AST_GREP = "ast-grep, one argument"
FOLDERS = 300


def comparisons(folder: Path, size: Size) -> Iterator[Comparison]:
    """Yield what is compared."""
    scripts = corpus.write(folder / "scripts", corpus.sources(size.scripts))
    _assert_looked_at(folder)
    work = f"check {size.scripts:,} scripts that differ anywhere"
    yield Comparison(work, AST_GREP, 3.0, _checked(scripts), _found(folder, scripts, size.scripts), size.rounds)
    yield _folders(folder, size)
    tree = corpus.write(folder / "tree", corpus.unrelated(size.tree), "module")
    corpus.write(tree / "endpoints", corpus.sources(100, seed=2))
    work = f"check a tree of {size.tree:,} other files and 100 scripts"
    found = _found(folder, tree, 100)
    yield Comparison(work, AST_GREP, 1.0, _checked(tree), found, size.rounds)
    for arguments in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *arguments], cwd=tree, check=True, capture_output=True)
    yield Comparison(f"{work}, in git", AST_GREP, 1.0, _checked(tree), found, size.rounds)


def _folders(folder: Path, size: Size) -> Comparison:
    """Return the check of a repository of model folders beside that of the scripts in them, alone."""
    alone, whole = folder / "alone", folder / "folders"
    for number, source in enumerate(corpus.sources(FOLDERS, seed=3)):
        for home in (alone / f"model{number}", whole / f"model{number}" / "trained_model_outputs"):
            home.mkdir(parents=True)
            (home / "score.py").write_text(source, encoding="utf-8")
        corpus.model_folder(home, comment=f"model {number}")
    work = f"check {FOLDERS} model folders, with all that is in them"
    return Comparison(work, "their scripts alone", 3.0, _checked(whole), _checked(alone), size.rounds)


def _checked(scripts: Path) -> Side:
    """Return the check of clean scripts, which prints nothing."""
    return program([peers.path("scoregen"), "check", "--strict", str(scripts)])


def _found(folder: Path, target: Path, number: int) -> Side:
    command = peers.find(folder, str(target))
    said: list[str] = []

    def verify(_: int) -> None:
        found = said.pop().count("\n")
        if found != number:
            raise WrongResultError(f"ast-grep found the argument {found} times, and it is there {number} times")

    return Side(lambda _: said.append(run(command)), verify=verify)


def _assert_looked_at(folder: Path) -> None:
    """See that clean scripts are silent because they are clean: with a wrong value, each of them is reported."""
    number = 100
    wrong = (source.replace(f"{peers.ARGUMENT}=5", f"{peers.ARGUMENT}=0") for source in corpus.sources(number))
    command = [peers.path("scoregen"), "check", "--format", "json", str(corpus.write(folder / "wrong", wrong))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    if len({finding["path"] for finding in found}) != number:
        raise WrongResultError(f"scoregen reports {len(found)} findings in {number} wrong scripts")
