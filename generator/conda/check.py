"""Whether the environment that a conda file describes will run the entry script beside it."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING, NamedTuple

from generator.conda.environment_file import Environment, read_environment
from generator.conda.judge import Finding, judge
from generator.diagnostic import Diagnostic, is_ignored
from generator.facts.codes import load_codes
from generator.facts.conda import mentions_a_package
from generator.facts.modules import Table
from generator.text.yaml_reader import read_document

if TYPE_CHECKING:
    from generator.facts.codes import Severity
    from generator.text.spans import Span

_NEWLINE = re.compile(r"\r\n|\r|\n")


def check_conda(source: bytes | str, table: Table | None) -> list[Diagnostic]:
    """Return what is to be said about a conda file, in the order of its lines.

    ``table`` is the module that the script beside it calls. Without it the module is told from the packages: nothing is
    said of a file that names no package of the designer's, and no package that only some modules need is missed.
    """
    content = source.encode(errors="replace") if isinstance(source, str) else source
    if table is None and not mentions_a_package(content):
        return []
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source.removeprefix("\ufeff")
    except UnicodeDecodeError:
        ((line, column), message, _), *_ = read_document(source).mistakes
        return [_unusable((line, column, line, column), message)]
    environment = read_environment(text)
    if environment.wrong:
        places = _Places(text)
        return [_unusable(places.spot(wrong.span), wrong.message) for wrong in environment.wrong]
    return list(dict.fromkeys(located.diagnostic for located in locate(text, environment, table)))


class Located(NamedTuple):
    """A finding, and what the user is told of it."""

    diagnostic: Diagnostic
    finding: Finding


def locate(text: str, environment: Environment, table: Table | None) -> list[Located]:
    """Return the findings that no comment silences, in the order of their lines; the file must be a conda file."""
    places = _Places(text)
    spans = {id(entry.requirement): entry.span for entry in environment.entries}
    found = []
    for finding in judge(environment.requirements, table):
        span = spans[id(finding.requirement)] if finding.requirement else _place_of_missing(environment, finding)
        diagnostic = _diagnostic(finding, places.spot(span))
        if not is_ignored(diagnostic, places.lines):
            found.append(Located(diagnostic, finding))
    return sorted(found, key=lambda located: located.diagnostic[:5])


class _Places:
    """Where the characters of a text stand, by line and column."""

    def __init__(self, text: str) -> None:
        self.lines = _NEWLINE.split(text)
        self._starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]

    def spot(self, span: Span) -> tuple[int, int, int, int]:
        """Return a span's lines and columns."""
        return (*self._place(span[0]), *self._place(span[1]))

    def _place(self, index: int) -> tuple[int, int]:
        line = bisect.bisect(self._starts, index)
        return line, index - self._starts[line - 1] + 1


def _place_of_missing(environment: Environment, finding: Finding) -> Span:
    """Return the name of the list that lacks a requirement."""
    is_pip = finding.cure and finding.cure.manager == "pip"
    listing = environment.pip if is_pip and environment.pip else environment.dependencies
    assert listing  # else the file is no conda file
    return listing.name


def _diagnostic(finding: Finding, spot: tuple[int, int, int, int]) -> Diagnostic:
    severity: Severity = finding.severity or load_codes()[finding.code].severity
    proposed = finding.cure.text if finding.cure and finding.requirement else None
    return Diagnostic(
        *spot, finding.code, severity, finding.package or None, f"{finding.wrong}: {finding.remedy}", None, proposed
    )


def _unusable(spot: tuple[int, int, int, int], message: str) -> Diagnostic:
    return Diagnostic(*spot, "SG200", "error", None, message)
