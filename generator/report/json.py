"""Findings as a JSON list of objects."""

from __future__ import annotations

from collections.abc import Iterable

from generator.report import Checked


def as_json(scripts: Iterable[Checked]) -> str:
    """Return one object for each finding, in ASCII, so that it is valid JSON wherever it is printed."""
    import json

    records = [{"path": script.path, **finding._asdict()} for script in scripts for finding in script.findings]
    return json.dumps(records, indent=2) + "\n"
