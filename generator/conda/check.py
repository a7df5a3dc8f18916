"""Whether the environment that a conda file describes will run the entry script beside it."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING, NamedTuple

from generator.conda.environment_file import Environment, read_environment
from generator.conda.judge import Verdict, judge
from generator.facts.codes import load_codes
from generator.facts.conda import mentions_a_package
from generator.facts.modules import Table
from generator.findings import Finding, Place, is_ignored
from generator.text.yaml_reader import read_document

if TYPE_CHECKING:
    from generator.text.spans import Span

_NEWLINE = re.compile(r"\r\n|\r|\n")


def check_conda(source: bytes | str, table: Table | None) -> list[Finding]:
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
        mistake, *_ = read_document(source).mistakes
        return [_unusable(mistake.message, mistake.place)]
    environment = read_environment(text)
    if environment.wrong:
        places = _Places(text)
        return [_unusable(wrong.message, *places.spot(wrong.span)) for wrong in environment.wrong]
    return list(dict.fromkeys(located.finding for located in locate(text, environment, table)))


class Located(NamedTuple):
    """What a rule says, and where in the file that is found."""

    finding: Finding
    verdict: Verdict


def locate(text: str, environment: Environment, table: Table | None) -> list[Located]:
    """Return the findings that no comment silences, in the order of their lines; the file must be a conda file."""
    places = _Places(text)
    spans = {id(entry.requirement): entry.span for entry in environment.entries}
    found = []
    for verdict in judge(environment.requirements, table):
        span = spans[id(verdict.requirement)] if verdict.requirement else _place_of_missing(environment, verdict)
        finding = _finding(verdict, *places.spot(span))
        if not is_ignored(finding, places.lines):
            found.append(Located(finding, verdict))
    return sorted(found, key=lambda located: located.finding.order)


class _Places:
    """Where the characters of a text stand, by line and column."""

    def __init__(self, text: str) -> None:
        self.lines = _NEWLINE.split(text)
        self._starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]

    def spot(self, span: Span) -> tuple[Place, Place]:
        """Return the places where a span begins and ends."""
        return self._place(span[0]), self._place(span[1])

    def _place(self, index: int) -> Place:
        line = bisect.bisect(self._starts, index)
        return Place(line, index - self._starts[line - 1] + 1)


def _place_of_missing(environment: Environment, verdict: Verdict) -> Span:
    """Return the name of the list that lacks a requirement."""
    is_pip = verdict.cure and verdict.cure.manager == "pip"
    listing = environment.pip if is_pip and environment.pip else environment.dependencies
    assert listing  # else the file is no conda file
    return listing.name


def _finding(verdict: Verdict, place: Place, end: Place) -> Finding:
    return Finding(
        f"{verdict.wrong}: {verdict.remedy}",
        verdict.severity or load_codes()[verdict.code].severity,
        (verdict.package,) if verdict.package else (),
        place,
        end,
        verdict.code,
        suggestion=verdict.cure.text if verdict.cure and verdict.requirement else None,
    )


def _unusable(message: str, place: Place, end: Place | None = None) -> Finding:
    return Finding(message, place=place, end=end, code="SG200")
