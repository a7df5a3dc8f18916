"""Whether an entry script will work on the endpoint, as far as its text tells."""

from __future__ import annotations

from typing import NamedTuple

from generator.checks.context import DESIGNERS, Context, Endpoint, mentions_a_module, read_script
from generator.checks.registry import Remark, all_checks
from generator.facts.codes import is_ignored, load_codes
from generator.findings import Finding, Place


class Examined(NamedTuple):
    """A script as it was read, once, and what is to be said about it, in the order of its lines."""

    script: Context
    findings: list[Finding]

    @property
    def source(self) -> str:
        """The text that was read."""
        return self.script.places.source


def check(source: str, endpoint: Endpoint = DESIGNERS) -> list[Finding]:
    """Return what is to be said about a script, in the order of its lines: nothing if it scores no designer model."""
    return examine(source, endpoint).findings if mentions_a_module(source) else []


def examine(source: str, endpoint: Endpoint = DESIGNERS, is_named: bool = False) -> Examined:
    """Read a script and return what is to be said about it, without what its comments silence.

    ``is_named`` says whether the user has named the file: then it is said if there is nothing in it to check.
    """
    script = read_script(source.removeprefix("\ufeff"), endpoint, is_named)
    found = [_finding(code, remark, script) for code, check in all_checks().items() for remark in check(script)]
    heard = [finding for finding in found if not is_ignored(finding, script.places.lines)]
    return Examined(script, sorted(dict.fromkeys(heard), key=lambda finding: finding.order))


def _finding(code: str, remark: Remark, script: Context) -> Finding:
    node = remark.node
    start, end = (node, None) if isinstance(node, Place) else script.places.places(node)
    path = () if remark.about is None else (remark.about,)
    severity = remark.severity or load_codes()[code].severity
    return Finding(remark.message, severity, path, start, end, code, remark.allowed, remark.suggestion)
