"""Findings as a code quality report, which GitLab shows beside the lines of a merge request."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from generator.report import Checked
from generator.report.fingerprint import line_hashes
from generator.report.json import in_json

_SEVERITIES = {"error": "critical", "warning": "minor", "info": "info"}


def as_gitlab(scripts: Sequence[Checked]) -> str:
    """Return one object for each finding, in ASCII. Paths are taken as relative to the root of the repository."""
    return in_json([record for script in scripts for record in _records(script)])


def _records(script: Checked) -> Iterator[dict[str, Any]]:
    hashes = line_hashes(script.source.removeprefix("\ufeff")) if script.source else []
    seen: Counter[str] = Counter()
    path = PurePath(script.path).as_posix()
    for finding in script.findings:
        line = hashes[finding.line - 1] if finding.line <= len(hashes) else str(finding.line)
        # by this GitLab knows a finding again: it stays when lines above it move
        key = "\0".join((path, finding.code, line, finding.about))
        seen[key] += 1
        yield {
            "description": finding.said,
            "check_name": finding.code,
            "fingerprint": hashlib.sha256(f"{key}\0{seen[key]}".encode(errors="surrogatepass")).hexdigest(),
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": path,
                "positions": {
                    "begin": {"line": finding.line, "column": finding.column},
                    "end": {"line": finding.behind.line, "column": finding.behind.column},
                },
            },
        }
