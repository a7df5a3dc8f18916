"""What is said when something stands in the way, and the exit code that this brings."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from generator.files.read import shown
from generator.findings import ScoregenError
from generator.text.terminal import visible
from generator.translations.language import say

if TYPE_CHECKING:
    from pathlib import Path  # to import it takes longer than a check of a script


def fail(error: ScoregenError, path: Path | str = "") -> int:
    """Say on standard error what is wrong, with the file at ``path`` as it is shown, and return the exit code."""
    for line in failure_lines(error, str(path)):
        print(line, file=sys.stderr)
    return error.exit_code


def fail_of_system(error: OSError, command: str) -> int:
    """Say what the system refused, of a file or, where it names none, of a command; return the exit code."""
    name = error.filename
    what = command if name is None else say("{filename}: cannot be used", filename=shown(name))
    print(f"{what}: {error.strerror}", file=sys.stderr)
    return 2


def failure_lines(error: ScoregenError, path: str) -> list[str]:
    """Return what is said of an error: nothing in it can disturb a terminal."""
    return [visible(part) for line in error.lines(path) for part in line.split("\n")]


def code_of(path: Path | str, work: Callable[[], int]) -> int:
    """Do the work on the file at ``path``; return its exit code, or say under that name what stands in the way."""
    try:
        return work()
    except ScoregenError as error:
        return fail(error, shown(path))
