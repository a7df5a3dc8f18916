"""Findings as a JSON list of objects."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.findings import Finding
from generator.report import Checked


def as_json(scripts: Iterable[Checked]) -> str:
    """Return one object for each finding, in ASCII, so that it is valid JSON wherever it is printed."""
    records = [_record(script.path, finding) for script in scripts for finding in script.findings]
    return in_json(records)


def in_json(value: Any) -> str:
    """Return a value as JSON, in ASCII, in which no text is a command to a service that reads it as a log."""
    return json.dumps(value, indent=2).replace("##", "#\\u0023") + "\n"


def _record(path: str, finding: Finding) -> dict[str, Any]:
    end_line, end_column = finding.behind
    return {
        "path": path,
        "line": finding.line,
        "column": finding.column,
        "end_line": end_line,
        "end_column": end_column,
        "code": finding.code,
        "severity": finding.severity,
        "parameter": finding.about or None,
        "message": finding.message,
        "allowed": finding.allowed,
        "suggestion": finding.suggestion,
    }
