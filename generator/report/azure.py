"""Findings as logging commands of Azure Pipelines, which shows them on the page of a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from generator.findings import Finding
from generator.report import Checked
from generator.report.text import line_of, summary

_TYPES = {"error": "error", "warning": "warning"}
_IN_DATA = str.maketrans({"%": "%AZP25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = str.maketrans({"%": "%AZP25", "\r": "%0D", "\n": "%0A", "]": "%5D", ";": "%3B"})


def as_azure(scripts: Sequence[Checked], clean: int = 0) -> str:
    """Return a command for each error and warning, a line of the log for each information, and a count.

    ``clean`` is the number of files without any. Paths are taken as relative to the root of the repository.
    """
    lines = [_line(script.path, finding) for script in scripts for finding in script.findings]
    return "".join(f"{line}\n" for line in [*lines, summary(scripts, clean)])


def _line(path: str, finding: Finding) -> str:
    """Return what is said of a finding; its data has the place too, because the log shows nothing else."""
    if finding.severity not in _TYPES:
        return line_of(path, finding)
    properties = {
        "type": _TYPES[finding.severity],
        "sourcepath": PurePath(path).as_posix(),
        "linenumber": finding.line,
        "columnnumber": finding.column,
        "code": finding.code,
    }
    told = "".join(f"{name}={str(value).translate(_IN_PROPERTIES)};" for name, value in properties.items())
    return f"##vso[task.logissue {told}]{line_of(path, finding).translate(_IN_DATA)}"
