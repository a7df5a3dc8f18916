"""What a command says while it works: a line for each step, on a terminal one line that changes."""

from __future__ import annotations

import io
import os
import re
import sys

import pytest

from generator.cli.commands import status as module
from generator.cli.commands.status import Status
from tests.support.server_desk import until


class Terminal(io.StringIO):
    """A terminal that keeps what is written."""

    def isatty(self) -> bool:
        return True

    def lines(self) -> list[str]:
        """Return what stood on the line, one after the other."""
        return re.split(r"\r\x1b\[K", self.getvalue())[1:]


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make standard error a terminal of 30 columns; in the test itself, since pytest sets it anew before that."""
    found = Terminal()
    monkeypatch.setattr(sys, "stderr", found)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((30, 24)))
    return found


def test_elsewhere_each_step_is_a_line_and_details_are_none(capsys: pytest.CaptureFixture[str]) -> None:
    with Status("score.py") as status:
        status.step("starting")
        status.detail("a detail")
        status.at("starting")
        status.at("loading")
    assert capsys.readouterr().err.splitlines() == ["score.py: starting", "score.py: loading"]


def test_a_quiet_one_says_nothing_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    with Status("score.py", quiet=True) as status:
        status.step("starting")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("quiet", [False, True])
def test_a_terminal_has_one_line_which_is_wiped(monkeypatch: pytest.MonkeyPatch, quiet: bool) -> None:
    terminal = on_terminal(monkeypatch)
    with Status("score.py", quiet) as status:
        status.step("starting")
        status.detail("half \x1b[31m")
        status.step("loading")
    assert terminal.lines() == ["starting ...", "starting ... (half \\x1b[31m)", "loading ...", ""]
    assert "\n" not in terminal.getvalue()


def test_a_line_is_no_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    with Status("score.py") as status:
        status.step("a step with a name that is too long")
    assert terminal.lines() == ["a step with a name that is...", ""]


def test_a_step_that_takes_long_is_shown_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    status = Status("score.py")
    status.step("loading")
    now[0] += 7.2
    status.detail("rows")
    assert terminal.lines() == ["loading ...", "loading ... 7 s (rows)"]


def test_the_clock_goes_on_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    monkeypatch.setattr(module, "_TICK", 0.001)
    with Status("score.py") as status:
        status.step("loading")
        until(lambda: len(terminal.lines()) >= 3)
    assert {*terminal.lines()} == {"loading ...", ""}
