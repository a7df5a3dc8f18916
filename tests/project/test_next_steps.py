"""The next steps that messages name: each command line is one that scoregen takes, and leads on where it is tried."""

from __future__ import annotations

import argparse
import functools
import importlib
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from generator import generate
from generator.cli.commands import SUMMARIES
from generator.cli.main import main
from generator.cli.parser import parser_of

ROOT = Path(__file__).parents[2]
PLACES = [
    *sorted((ROOT / "generator").rglob("*.py")),
    *sorted((ROOT / "generator").rglob("*.yaml")),
    *sorted((ROOT / "templates").glob("*.j2")),
]
Captured = pytest.CaptureFixture[str]


def named() -> Iterator[str]:
    """Yield the command lines of scoregen that stand between backticks in its messages, help and docstrings."""
    for path in PLACES:
        if path.name != "compiled.py":
            yield from re.findall(r"`(scoregen [a-z][^`\n]*)`", path.read_text(encoding="utf-8"))


def words_of(line: str) -> list[str]:
    """Return the words of a command line, with what a message puts in its place replaced by a word."""
    return shlex.split(re.sub(r"\{[^{}]*(?:\([^)]*\))*[^{}]*\}", "x", line))[1:]


def test_there_are_many() -> None:
    assert len(set(named())) > 20


@pytest.mark.parametrize("line", sorted(set(named())))
def test_a_command_line_of_a_message_is_one(line: str) -> None:
    command, *rest = words_of(line)
    assert command in SUMMARIES
    parser = parser_of(command, importlib.import_module(f"generator.cli.commands.{command}"))
    known = {option for action in all_actions(parser) for option in action.option_strings}
    assert {word.partition("=")[0] for word in rest if word.startswith("-")} <= known


def all_actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from all_actions(inner)


# What a message says in these words is done, and the command that said it passes.

UNRATED = ["--set", "prediction_kind=ItemRecommendation", "--set", "recommended_item_selection=FromUnratedItems"]
MODEL = "module: Score Model\n"
DEEP = "module: Score Wide and Deep Recommender\ndatasets:\n  user_features: {path: users.csv}\n"


Step: TypeAlias = Callable[[], int]


def write(name: str, text: str) -> Step:
    def step() -> int:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
        return 0

    return step


def run(*arguments: str) -> Step:
    return functools.partial(main, list(arguments))


STEPS: dict[str, tuple[list[Step], list[str], str, list[Step]]] = {
    "--dataset where a rewrite needs one": (
        [write("score.py", generate("module: Score SVD Recommender")), write("data.csv", "user\n")],
        ["rewrite", "score.py", *UNRATED],
        "load one with `--dataset training_data=data.csv`",
        [run("rewrite", "score.py", *UNRATED, "--dataset", "training_data=data.csv")],
    ),
    "init where there is no config": (
        [write("score.py", generate(MODEL))],
        ["sync"],
        "`scoregen init SCRIPT` writes one",
        [run("init", "score.py"), run("sync", "--force")],
    ),
    "the script for init": (
        [write("score.py", generate(MODEL))],
        ["init"],
        "`scoregen init score.py` writes its config",
        [run("init", "score.py")],
    ),
    "the data that is not there": (
        [write("scoregen.yaml", DEEP)],
        ["bundle", "scoregen.yaml", "-d", "out"],
        "put the data there before you deploy",
        [write("users.csv", "user\n")],
    ),
    "a dataset of another kind": (
        [write("scoregen.yaml", DEEP.replace("users.csv", "users.xlsx")), write("users.csv", "user\n")],
        ["generate", "scoregen.yaml"],
        "save the data as one of them",
        [write("scoregen.yaml", DEEP)],
    ),
    "a dataset outside": (
        [write("scoregen.yaml", DEEP.replace("users.csv", "../users.csv"))],
        ["generate", "scoregen.yaml"],
        "put the data in it, and leave .. out",
        [write("users.csv", "user\n"), write("scoregen.yaml", DEEP)],
    ),
    "another folder for a bundle": (
        [write("scoregen.yaml", MODEL), write("out/mine.txt", "mine")],
        ["bundle", "scoregen.yaml", "-d", "out"],
        "name another folder with -d, or use --force",
        [run("bundle", "scoregen.yaml", "-d", "out", "--force")],
    ),
    "without --check": (
        [write("scoregen.yaml", MODEL)],
        ["sync", "--check", "--format", "github"],
        "run the command without --check",
        [run("sync")],
    ),
    "what check fixes": (
        [write("score.py", generate(MODEL).replace("result_only=True", "result_only='True'"))],
        ["check", "score.py"],
        "write True",
        [run("check", "--fix", "score.py")],
    ),
}
NOT_AGAIN = {"the script for init", "--dataset where a rewrite needs one"}  # their step is the other command itself


@pytest.mark.parametrize("name", STEPS)
def test_what_a_message_proposes_leads_on(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    before, command, said, steps = STEPS[name]
    for step in before:
        step()
    capsys.readouterr()
    first = main(command)
    printed = "".join(capsys.readouterr())
    assert said in printed, printed
    assert first != 0 or name == "init where there is no config"
    done = [step() for step in steps]
    assert max(done) <= ("sync" in command), "sync ends with 1 where it has written"
    if name not in NOT_AGAIN:
        assert main(command) == 0, "".join(capsys.readouterr())
