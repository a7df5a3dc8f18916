"""A command of scoregen, run in this process."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from generator.cli.main import main


class Said(NamedTuple):
    """How a command ended: its exit code, and the lines that it printed."""

    code: int
    out: list[str]
    err: list[str]


def said_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> Said:
    """Run a command, and return how it ended."""
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return Said(code, out.splitlines(), err.splitlines())
