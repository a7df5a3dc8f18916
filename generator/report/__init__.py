"""Findings as text for people and for programs. Pure functions: each takes what was found and returns a text."""

from __future__ import annotations

from typing import NamedTuple

from generator.findings import Finding


class Checked(NamedTuple):
    """A script that was checked: its path, its text where there is one, and what is to be said about it."""

    path: str
    source: str
    findings: list[Finding]
