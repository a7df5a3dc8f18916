"""What is said of files that are written, or that would be."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator.files.read import shown
from generator.rendering.stamp import same_line_ends
from generator.report.diff import as_diff
from generator.text import verbosity
from generator.text.diff import unified_diff
from generator.text.terminal import visible
from generator.text.verbosity import report
from generator.translations.language import say

if TYPE_CHECKING:
    from pathlib import Path

    from generator.actions.generate import Output
    from generator.actions.ownership import State
    from generator.findings import Finding


def say_what_happened(states: Mapping[Path, State], backups: Mapping[Path, Path]) -> None:
    """Print a line for each file: written, replaced or unchanged, and where the old content is kept."""
    for path, state in states.items():
        report(what_was_put(path, state, backups.get(path)))


def what_was_put(path: Path, state: State, backup: Path | None = None) -> str:
    """Return what became of a file, in a line, and where its old content is kept, if that was a user's."""
    kept = say(", the old file is {name}", name=shown(backup.name)) if backup else ""
    return f"{shown(path)}: {say(state)}{kept}"


def say_findings(path: Path, findings: Iterable[Finding]) -> None:
    """Print on standard error what is found in a file that is none the less used, unless only errors are wanted."""
    sys.stderr.write("" if verbosity.is_quiet() else lines_of(shown(path), findings))


def lines_of(path: str, findings: Iterable[Finding]) -> str:
    """Return a line for each finding of the file at a path, which is as it is shown."""
    return "".join(f"{visible(f'{path}:{finding}')}\n" for finding in findings)


def say_notes(found: Iterable[Output]) -> None:
    """Print on standard error what scripts were given beyond what their configs say."""
    for output in found:
        for note in output.notes if output.is_outdated else ():
            verbosity.note(f"{shown(output.path)}: {note}")


def show_differences(config: Path, found: Iterable[Output]) -> None:
    """Print how the files differ from what they are to hold, and on standard error why any would be kept."""
    for output in found:
        if output.is_outdated:
            has_own_ends = b"\r" in output.new  # else the ends of lines do not count: they would make every line differ
            old = output.old if has_own_ends or output.old is None else same_line_ends(output.old)
            diff = unified_diff(old, output.new, shown(output.path))
            print(as_diff(diff, sys.stdout.isatty(), os.environ), end="")
            sys.stderr.write(lines_of(shown(config), [output.kept] if output.kept else []))
