"""What is said of files that are written, or that would be."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator.files.read import shown
from generator.report.diff import as_diff
from generator.report.problems import as_lines
from generator.text.diff import unified_diff

if TYPE_CHECKING:
    from pathlib import Path

    from generator.actions.generate import Output
    from generator.actions.overwrite import State, Written


def say_what_happened(states: Mapping[Path, State], backups: Mapping[Path, Path]) -> None:
    """Print a line for each file: written, replaced or unchanged, and where the old content is kept."""
    for path, state in states.items():
        backup = backups.get(path)
        kept = f", the old file is {shown(backup.name)}" if backup else ""
        print(f"{shown(path)}: {state}{kept}")


def say_what_was_put(path: Path, written: Written) -> None:
    """Print what became of the file that ``-o`` names."""
    say_what_happened({path: written.state}, {path: written.backup} if written.backup else {})


def say_notes(found: Iterable[Output]) -> None:
    """Print on standard error what scripts were given beyond what their configs say."""
    for output in found:
        for note in output.notes if output.is_outdated else ():
            print(f"{shown(output.path)}: {note}", file=sys.stderr)


def show_differences(config: Path, found: Iterable[Output]) -> None:
    """Print how the files differ from what they are to hold, and on standard error why any would be kept."""
    for output in found:
        if output.is_outdated:
            diff = unified_diff(output.old, output.new, shown(output.path))
            print(as_diff(diff, sys.stdout.isatty(), os.environ), end="")
            sys.stderr.write(as_lines(shown(config), [output.kept] if output.kept else []))
