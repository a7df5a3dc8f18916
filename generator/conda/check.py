"""Whether the environment that a conda file describes will run the entry script beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.conda.environment_file import Environment, read_environment
from generator.conda.judge import judge
from generator.conda.verdict import Verdict
from generator.facts.codes import is_ignored, load_codes
from generator.facts.conda import mentions_a_package
from generator.facts.modules import Table
from generator.findings import Finding, Place
from generator.text.spans import Span, Text
from generator.text.yaml_reader import read_document
from generator.translations.language import say


def check_conda(source: bytes | str, table: Table | None, scikit_learn: Sequence[str] = ()) -> list[Finding]:
    """Return what is to be said about a conda file, in the order of its lines.

    ``table`` is the module that the script beside it calls. Without it the module is told from the packages: nothing is
    said of a file that names no package of the designer's, and no package that only some modules need is missed.
    ``scikit_learn`` has the versions that the model beside it names.
    """
    content = source.encode(errors="replace") if isinstance(source, str) else source
    if table is None and not mentions_a_package(content):
        return []
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source.removeprefix("\ufeff")
    except UnicodeDecodeError:
        return _unusable(read_document(source).mistakes[:1])
    environment = read_environment(text)
    if environment.wrong:
        return _unusable(environment.wrong)
    return list(dict.fromkeys(located.finding for located in locate(text, environment, table, scikit_learn)))


class Located(NamedTuple):
    """What a rule says, and where in the file that is found."""

    finding: Finding
    verdict: Verdict


def locate(text: str, environment: Environment, table: Table | None, scikit_learn: Sequence[str]) -> list[Located]:
    """Return the findings that no comment silences, in the order of their lines; the file must be a conda file."""
    source = Text(text)
    spans = {id(entry.requirement): entry.span for entry in environment.entries}
    found = []
    for verdict in judge(environment.requirements, table, scikit_learn):
        span = spans[id(verdict.requirement)] if verdict.requirement else _place_of_missing(environment, verdict)
        finding = _finding(verdict, *source.places(span))
        if not is_ignored(finding, source.lines):
            found.append(Located(finding, verdict))
    return sorted(found, key=lambda located: located.finding.order)


def _place_of_missing(environment: Environment, verdict: Verdict) -> Span:
    """Return the name of the list that lacks a requirement."""
    is_pip = verdict.cure and verdict.cure.manager == "pip"
    listing = environment.pip if is_pip and environment.pip else environment.dependencies
    assert listing  # else the file is no conda file
    return listing.name


def _finding(verdict: Verdict, place: Place, end: Place) -> Finding:
    return Finding(
        say("{wrong}: {remedy}", wrong=verdict.wrong, remedy=verdict.remedy),
        verdict.severity or load_codes()[verdict.code].severity,
        (verdict.package,) if verdict.package else (),
        place,
        end,
        verdict.code,
        suggestion=verdict.cure.text if verdict.cure and verdict.requirement else None,
    )


def _unusable(mistakes: Sequence[Finding]) -> list[Finding]:
    return [mistake._replace(path=(), code="SG200") for mistake in mistakes]
