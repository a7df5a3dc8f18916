"""Findings as workflow commands, which GitHub Actions turns into annotations of the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from generator.facts.codes import load_codes
from generator.findings import Finding
from generator.report import Checked
from generator.report.text import line_of, summary
from generator.translations.language import say

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def as_github(scripts: Sequence[Checked], clean: int = 0) -> str:
    """Return a command for each finding, and a count; ``clean`` is the number of scripts without any.

    Paths are taken as relative to the root of the repository, or absolute.
    """
    lines = [_command(script.path, finding) for script in scripts for finding in script.findings]
    return "".join(f"{line}\n" for line in [*lines, summary(scripts, clean)])


def _command(path: str, finding: Finding) -> str:
    """Return a command; its data has the place too, because the log shows nothing else."""
    properties: dict[str, str | int] = {
        "file": PurePath(path).as_posix(),
        "line": finding.line,
        "endLine": finding.behind.line,
    }
    if finding.line == finding.behind.line:  # GitHub takes no other columns
        properties |= {"col": finding.column, "endColumn": finding.behind.column}
    properties["title"] = f"{finding.code} {say(load_codes()[finding.code].title)}"
    told = ",".join(f"{name}={str(value).translate(_IN_PROPERTIES)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {told}::{line_of(path, finding).translate(_IN_DATA)}"
