"""What a killed run has left is told from what a running one will come back for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.files.leftovers import remove_leftovers, temporary_name

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing tells when a process was started")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_process_that_has_ended_comes_back_for_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from generator.files.leftovers import temporary_name; print(temporary_name())"]
    other = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    own = temporary_name()
    for name in (own, other, ".scoregen.note"):
        (tmp_path / name).write_text("")
    remove_leftovers(str(tmp_path))
    assert names(tmp_path) == {own, ".scoregen.note"}


def test_the_number_of_a_process_may_be_that_of_an_earlier_one(tmp_path: Path) -> None:
    machine, process, started, number = temporary_name("").split(".")
    earlier = f".scoregen.{machine}.{process}.{int(started, 16) - 1:08x}.{number}"
    (tmp_path / earlier).write_text("")
    (tmp_path / temporary_name()).write_text("")
    remove_leftovers(str(tmp_path))
    assert earlier not in names(tmp_path)
    assert len(names(tmp_path)) == 1


def test_a_process_that_has_ended_may_wait_long_to_be_taken_note_of(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from generator.files.leftovers import temporary_name; print(temporary_name())"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        name = other.stdout.read().strip()
        os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
        (tmp_path / name).write_text("")
        remove_leftovers(str(tmp_path))
        assert other.returncode is None  # it is still there, as one that has ended
    assert names(tmp_path) == set()
