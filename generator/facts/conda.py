"""What is known of the packages of an endpoint's environment, as typed, frozen objects; it stands in ``conda.yaml``."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

from generator.facts.compiled import DATA
from generator.facts.modules import Table, load_tables


class Shared(NamedTuple):
    """A package of every environment. ``conda.yaml`` describes each field."""

    name: str
    version: str = ""
    below: str = ""
    empty: tuple[str, ...] = ()
    names_core: tuple[str, ...] = ()
    names_defaults: str = ""


class Python(NamedTuple):
    """A Python that the designer's packages were made for, as ``3.8``. ``conda.yaml`` describes each field."""

    series: str
    version: str
    defaults: str
    below: str
    because: str
    note: str
    seen_with: tuple[str, ...] = ()
    takes_empty: bool = True
    gone_until: str = ""


class Pythons(NamedTuple):
    """The Python versions that a package's releases fit, from one on, and the scikit-learn that they bring."""

    since: str
    fit: tuple[str, ...]
    scikit_learn: str = ""
    may_fit_others: bool = False


class PackageSet(NamedTuple):
    """The release of a package that is written for a Python, and that of the serving package beside it."""

    release: str
    python: str
    serving: str


class Core(NamedTuple):
    """The release of the core that a package's releases ask for, from one on."""

    since: str
    version: str


class Package(NamedTuple):
    """A package that holds Score modules. ``conda.yaml`` describes each field."""

    name: str
    version: str
    serving: str
    empty: tuple[str, ...]
    contradicts: bool
    pythons: tuple[Pythons, ...]
    core: tuple[Core, ...]
    names_core: bool
    formerly: str | None = None
    sets: tuple[PackageSet, ...] = ()

    def set_for(self, python: str) -> PackageSet:
        """Return the set for a Python; where there is none, that of the release which the designer wrote last."""
        own = PackageSet(self.version, "", self.serving)
        return next((known for known in self.sets if known.python == python), own)


class Facts(NamedTuple):
    """All that ``conda.yaml`` says."""

    name: str
    channels: tuple[str, ...]
    python: Shared
    pythons: tuple[Python, ...]
    pip: Shared
    defaults: Shared
    serving: Shared
    core: Shared
    packages: tuple[Package, ...]

    def python_of(self, series: str | None) -> Python | None:
        """Return what is known of a Python, such as ``3.8``; None for one that the packages were not made for."""
        return next((python for python in self.pythons if python.series == series), None)

    def package(self, table: Table) -> Package | None:
        """Return the package that holds a module; None if nothing is known of it."""
        return next((package for package in self.packages if package.name == table.package), None)


@functools.cache
def load_facts() -> Facts:
    """Return what is known of the packages."""
    data = DATA["conda"]
    shared = {key: Shared(**data[key]) for key in ("python", "pip", "defaults", "serving", "core")}
    packages = tuple(map(_package, data["packages"]))
    pythons = tuple(Python(**row) for row in data["pythons"])
    return Facts(data["name"], data["channels"], pythons=pythons, packages=packages, **shared)


def mentions_a_package(content: bytes) -> bool:
    """Say, at little cost, whether a file can be a designer model's conda file: whether it names a designer package."""
    plain = content.lower().replace(b"_", b"-").replace(b".", b"-")
    return any(mark in plain for mark in _marks())


@functools.cache
def _marks() -> frozenset[bytes]:
    facts = load_facts()
    names = {facts.serving.name, facts.core.name, *(table.package for table in load_tables())}
    names |= {package.formerly for package in facts.packages if package.formerly}
    return frozenset(name.encode() for name in names)


def _package(data: dict[str, Any]) -> Package:
    pythons = tuple(Pythons(**row) for row in data["pythons"])
    sets = tuple(PackageSet(**row) for row in data.get("sets", ()))
    core = tuple(Core(**row) for row in data["core"])
    return Package(**data | {"pythons": pythons, "core": core, "sets": sets})
