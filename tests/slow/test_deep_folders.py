"""Folders that are deeper than a path can say: none of them keeps the rest from being checked."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli.main import main
from tests.files.test_odd_entries import BAD, git_or_not, repository

__all__ = ["git_or_not", "repository"]  # fixtures


@pytest.fixture
def deep() -> Iterator[None]:
    """A folder 2,000 levels deep; pytest cannot take one away."""
    for _ in range(2000):
        Path("abc").mkdir()
        os.chdir("abc")
    Path("deep.py").write_text(BAD)
    os.chdir("/".join([".."] * 1000))
    os.chdir("/".join([".."] * 1000))
    yield
    subprocess.run(["rm", "-r", "abc"], check=True)


@pytest.mark.usefixtures("deep")
def test_a_folder_that_is_very_deep_stops_nothing(git_or_not: bool, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "."]) in (1, 2)
    said = capsys.readouterr()
    assert "\nown.py:" in f"\n{said.out}"
    assert "deep.py" in said.out or "cannot be read" in said.err or git_or_not
    assert "fault" not in said.err
