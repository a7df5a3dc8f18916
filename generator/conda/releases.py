"""What is known of a release of the designer's packages: its Pythons, its core, the models that it loads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.conda.versions import key
from generator.facts.conda import Package, PackageSet, Pythons
from generator.text.wording import either
from generator.translations.language import say


class Trained(NamedTuple):
    """What a model tells of the environment that trained it: a scikit-learn, and the releases that bring it.

    ``since`` is the first of them and ``until`` the last that is known; ``known`` is the set that is written for them.
    """

    scikit_learn: str
    since: str
    until: str
    known: PackageSet

    def __str__(self) -> str:
        """Say what the model tells: ``scikit-learn 1.5.0, so by release 0.0.191 or later, on Python 3.9``."""
        which = say("{until} or earlier", until=self.until) if self.until else say("{since} or later", since=self.since)
        return say(
            "scikit-learn {scikit_learn}, so by release {which}, on Python {python}",
            scikit_learn=self.scikit_learn,
            which=which,
            python=self.known.python,
        )


def fitting(package: Package, release: str) -> Pythons | None:
    """Return the Pythons that a release fits; None where nothing is known of one so old."""
    return next((row for row in reversed(package.pythons) if key(row.since) <= key(release)), None)


def core_of(package: Package, release: str) -> str | None:
    """Return the release of the core that a release asks for; None where that is not known."""
    return next((row.version for row in reversed(package.core) if key(row.since) <= key(release)), None)


def known_releases(package: Package) -> str:
    """Return what is known of a package, for a message: ``0.0.140 or later on Python 3.6, ... ``."""
    return either(
        [say("{since} or later on Python {fit}", since=row.since, fit=either(row.fit)) for row in package.pythons]
    )


def trained_by(package: Package, scikit_learn: Sequence[str]) -> Trained | None:
    """Return what a model tells that names these versions of scikit-learn; None where nothing is known of them."""
    (version,) = scikit_learn if len(scikit_learn) == 1 else ("",)
    rows = [row for row in package.pythons if row.scikit_learn == version]
    sets = [known for known in package.sets if known.release and loads(package, known.release, version)]
    if not version or not rows or not sets:
        return None
    after = next((row.since for row in package.pythons if key(row.since) > key(rows[-1].since)), "")
    last_written = next((known for known in sets if known.release == package.version), sets[-1])
    return Trained(version, rows[0].since, _before(after), last_written)


def loads(package: Package, release: str, scikit_learn: str) -> bool | None:
    """Say whether a release loads a model that names a version of scikit-learn; None where that is not known.

    A post-release loads what its release has saved, and the other way round: 0.22.2.post1 counts as 0.22.2.
    """
    row = fitting(package, release)
    return _base(row.scikit_learn) == _base(scikit_learn) if row and row.scikit_learn else None


def _base(version: str) -> str:
    return version.partition(".post")[0]


def _before(release: str) -> str:
    """Return the release before another: 0.0.190 of 0.0.191; empty where there is none."""
    head, _, last = release.rpartition(".")
    return f"{head}.{int(last) - 1}" if release else ""
