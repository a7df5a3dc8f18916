"""Findings as workflow commands, which GitHub Actions turns into annotations of the lines of a pull request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    properties = ",".join(f"{name}={_escaped(value)}" for name, value in _properties(path, finding).items())
    data = line_of(path, finding).translate(_IN_DATA)
    return f"::{_COMMANDS[finding.severity]} {properties}::{data}"


def _properties(path: str, finding: Finding) -> Mapping[str, str | int]:
    title = f"{finding.code} {say(load_codes()[finding.code].title)}"
    lines = {"line": finding.line, "endLine": finding.behind.line}
    on_one_line = finding.line == finding.behind.line
    columns = {"col": finding.column, "endColumn": finding.behind.column}
    columns = columns if on_one_line else {}  # GitHub takes no others
    return {"file": PurePath(path).as_posix(), **lines, **columns, "title": title}


def _escaped(value: str | int) -> str:
    return str(value).translate(_IN_PROPERTIES)
