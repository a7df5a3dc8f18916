"""What a rule about requirements has to say, and what puts it right."""

from __future__ import annotations

from typing import NamedTuple

from generator.conda.requirements import Manager, Requirement, pinned
from generator.findings import Severity
from generator.translations.language import say


class Cure(NamedTuple):
    """What puts something right: a requirement to write in another's place, or to add to those of its manager."""

    manager: Manager
    text: str


class Verdict(NamedTuple):
    """What a rule has to say: the package, what is wrong, what to do, and the requirement that it is about.

    ``requirement`` is None if one is missing, ``cure`` where it is not sure what is meant, ``severity`` where it is the
    code's own; ``code`` is the rule's, which ``judge`` writes in.
    """

    package: str
    wrong: str
    remedy: str
    requirement: Requirement | None = None
    cure: Cure | None = None
    severity: Severity | None = None
    code: str = ""


def lacking(manager: Manager, name: str, version: str, because: str, severity: Severity | None = None) -> Verdict:
    """Return what to say of a requirement that is missing."""
    wanted = pinned(manager, name, version)
    remedy = say("write {wanted} under {value}:", wanted=wanted, value="pip" if manager == "pip" else "dependencies")
    return Verdict(
        name, say("is missing, and {because}", because=because), remedy, None, Cure(manager, wanted), severity
    )


def other_version(requirement: Requirement, wrong: str, version: str, severity: Severity | None = None) -> Verdict:
    """Return what to say of a requirement that another version puts right."""
    remedy = say("write {pinned}", pinned=pinned(requirement.manager, requirement.name, version))
    is_hashed = "--hash" in requirement.text
    cure = None if is_hashed else Cure(requirement.manager, requirement.at(version))
    return Verdict(requirement.name, wrong, remedy, requirement, cure, severity)
