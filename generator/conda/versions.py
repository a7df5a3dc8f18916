"""Versions, and which of them a requirement admits, as far as the numbers tell."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple, TypeAlias

_NUMBERS = re.compile(r"[vV]?(?:[0-9]+!)?([0-9]+(?:\.[0-9]+)*)")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_LAST = 30  # minor and micro version of Python, of those that are released and those to come
_BEFORE = r"(?i)[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview|dev)[-_.]?[0-9]*"

Key: TypeAlias = "tuple[tuple[int, ...], int]"
"""What versions are compared by: the numbers, and whether it comes before (-1) or after (1) the release of these."""


class Clause(NamedTuple):
    """A condition for a version: ``==``, ``!=``, ``<``, ``<=``, ``>``, ``>=``, ``~=``, or ``=*`` and ``!=*``.

    The last two compare the numbers that are given and leave open what follows: ``=*3.8`` admits 3.8.10.
    """

    operator: str
    version: str


Spec: TypeAlias = "tuple[tuple[Clause, ...], ...]"
"""Alternatives, of which one must hold; each a list of clauses, all of which must hold."""

ANY: Spec = ((),)


@functools.lru_cache(1024)
def key(version: str) -> Key:
    """Return what a version is compared by."""
    match = _NUMBERS.match(version)
    if not match:
        return (), 0
    rest = version[match.end() :].partition("+")[0]
    numbers = [int(number) for number in match[1].split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers), 0 if not rest else -1 if re.match(_BEFORE, rest) else 1


def series(version: str) -> str:
    """Return the first two numbers of a version, by which Pythons are told apart: 3.8 of 3.8.10."""
    return ".".join(version.split(".")[:2])


def admits(spec: Spec | None, version: str) -> bool:
    """Say whether a version is one of those that are meant; none is, where that cannot be told."""
    return any(all(_holds(clause, version) for clause in clauses) for clauses in spec or ())


def exact(spec: Spec | None) -> str | None:
    """Return the only version that is meant; None where several are, or it cannot be told."""
    return _first_version(spec, "==")


def pin(spec: Spec | None) -> str | None:
    """Return the version to which a package is pinned, by conda's ``=1.2`` too; None where it is not pinned."""
    return _first_version(spec, "==", "=*")


def _first_version(spec: Spec | None, *operators: str) -> str | None:
    """Return the first version with one of the operators; None where there are alternatives, too."""
    (clauses,) = spec if spec and len(spec) == 1 else ((),)
    return next((clause.version for clause in clauses if clause.operator in operators), None)


@functools.cache
def newest_python(spec: Spec) -> str | None:
    """Return the newest Python that is meant, as 3.8."""
    only = exact(spec)
    if only:
        return series(only)
    versions = ((minor, micro) for minor in range(_LAST, -1, -1) for micro in range(_LAST, -1, -1))
    return next((f"3.{minor}" for minor, micro in versions if admits(spec, f"3.{minor}.{micro}")), None)


def stays_below(spec: Spec, limit: str) -> bool:
    """Say whether all the versions that are meant come before the limit."""
    return all(any(_caps(clause, limit) for clause in clauses) for clauses in spec)


def _holds(clause: Clause, version: str) -> bool:
    if clause.operator in ("=*", "!=*"):
        return _shares(version, clause.version) == (clause.operator == "=*")
    if not (_PLAIN.fullmatch(version) and _PLAIN.fullmatch(clause.version)):
        told = _holds_to_pip(clause, version)
        if told is not None:
            return told
    mine, its = key(version), key(clause.version)
    if clause.operator == "~=":
        return mine >= its and _shares(version, clause.version.rpartition(".")[0])
    comparisons = {
        "==": mine == its,
        "!=": mine != its,
        "<": mine < its,
        "<=": mine <= its,
        ">": mine > its,
        ">=": mine >= its,
    }
    return comparisons[clause.operator]


def _holds_to_pip(clause: Clause, version: str) -> bool | None:
    """Say whether pip admits a version; None where pip knows no such version, which conda may."""
    from packaging.specifiers import SpecifierSet  # slow to import, and numbers alone need it not

    try:
        return SpecifierSet(f"{clause.operator}{clause.version}").contains(version, prereleases=True)
    except ValueError:  # neither a specifier nor a version to pip
        return None


def _shares(version: str, start: str) -> bool:
    """Say whether a version begins with the numbers of another."""
    wanted = _numbers(start)
    numbers = _numbers(version)
    return (numbers + (0,) * len(wanted))[: len(wanted)] == wanted


def _caps(clause: Clause, limit: str) -> bool:
    if clause.operator in ("==", "<="):
        return key(clause.version) < key(limit)
    if clause.operator == "<":
        return key(clause.version) <= key(limit)
    if clause.operator in ("=*", "~="):
        start = _numbers(clause.version)[: -1 if clause.operator == "~=" else None]
        return bool(start) and key(".".join(map(str, (*start[:-1], start[-1] + 1)))) <= key(limit)
    return False


def _numbers(version: str) -> tuple[int, ...]:
    match = _NUMBERS.match(version)
    return tuple(int(number) for number in match[1].split(".")) if match else ()
