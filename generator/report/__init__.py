"""Findings as text for people and for programs. Pure functions: each takes what was found and returns a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.findings import Finding
from generator.text.spans import Edit


class Checked(NamedTuple):
    """A script that was checked: its path, its text where there is one, and what is to be said about it.

    ``edits`` put right the finding that they belong to, where they are wanted and it is sure what was meant.
    """

    path: str
    source: str
    findings: list[Finding]
    edits: Mapping[Finding, list[Edit]] = {}
