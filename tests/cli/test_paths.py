"""Arguments that name a file or a folder: a variable of the shell that is not set names none."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

import pytest

from generator.cli.commands import SUMMARIES
from generator.cli.main import main
from generator.cli.parser import parser_of

NAMES_A_PATH = {"CONFIG", "DIR", "FILE", "FOLDER", "OLD", "PATH", "PYTHON", "SCRIPT", "TARGET"}


def arguments_of(command: str) -> list[argparse.Action]:
    module = importlib.import_module(f"generator.cli.commands.{command}")
    return [action for action in parser_of(command, module)._actions if action.metavar in NAMES_A_PATH]


CASES = [(command, action) for command in SUMMARIES for action in arguments_of(command)]


@pytest.mark.parametrize(("command", "action"), CASES, ids=[f"{name}-{action.dest}" for name, action in CASES])
def test_an_empty_path_is_not_this_folder(
    command: str,
    action: argparse.Action,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main([command, *action.option_strings[:1], ""])
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.err.endswith(": it is empty: name a file or a folder\n")
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []


def test_most_commands_take_one() -> None:
    assert len({command for command, _ in CASES}) > len(SUMMARIES) / 2
