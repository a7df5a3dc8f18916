"""What an endpoint's environment installs, and what the module of its script needs there."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

from generator.conda.releases import Trained, core_of, fitting, loads, trained_by
from generator.conda.requirements import Manager, Requirement
from generator.conda.versions import ANY, exact, newest_python, stays_below
from generator.facts.conda import Package, Python, Pythons, load_facts
from generator.facts.modules import Table


class Imported(NamedTuple):
    """A package of the designer's that the script imports from: the version to pin, and the releases that are empty."""

    name: str
    version: str
    empty: tuple[str, ...]


class Installation:
    """The requirements of an endpoint whose script calls a package's module; without a table, any of its modules.

    ``scikit_learn`` has the versions that the model names.
    """

    def __init__(
        self, requirements: Sequence[Requirement], table: Table | None, package: Package, scikit_learn: Sequence[str]
    ) -> None:
        """Take the requirements in their order, of which the first of a name counts."""
        self.requirements = requirements
        self.table = table
        self.package = package
        self.facts = load_facts()
        self.scikit_learn = scikit_learn
        self._given = {
            (requirement.manager, requirement.name): requirement
            for requirement in reversed(requirements)
            if requirement.name and not requirement.wrong
        }
        self.is_open = any(requirement.leads_elsewhere for requirement in requirements)

    def given(self, manager: Manager, name: str) -> Requirement | None:
        """Return the requirement of a package, if there is one."""
        return self._given.get((manager, name))

    @property
    def holder(self) -> Requirement | None:
        """The requirement of the package that holds the module."""
        return self.given("pip", self.package.name)

    @property
    def is_former(self) -> bool:
        """Whether the package has its former name, of whose releases nothing is known: pip tells no two apart."""
        return ("pip", self.package.formerly) in self._given

    @functools.cached_property
    def release(self) -> str:
        """The release by which all else is judged: the one that loads the model, where the file's does not."""
        return self.trained.known.release if self.trained and self.cannot_load else self.installed

    @functools.cached_property
    def installed(self) -> str:
        """The release of the package, or what it is to be where that is not told."""
        release = exact(self.holder.spec) if self.holder else None
        return release if release and release not in self.package.empty else self.package.version

    @functools.cached_property
    def trained(self) -> Trained | None:
        """What the model tells of the release that trained it; None where it tells nothing that is known."""
        return trained_by(self.package, self.scikit_learn)

    @property
    def cannot_load(self) -> bool:
        """Whether it is known that the file's release does not load the model."""
        return self.trained is not None and loads(self.package, self.installed, self.trained.scikit_learn) is False

    @functools.cached_property
    def fit(self) -> Pythons | None:
        """The Python versions that fit the release; None where nothing is known of it."""
        return None if self.is_former else fitting(self.package, self.release)

    @functools.cached_property
    def python(self) -> str | None:
        """The Python version that conda takes, as 3.8; None if it is none of those there are."""
        requirement = self.given("conda", self.facts.python.name)
        return newest_python(requirement.spec or ANY if requirement else ANY)

    @property
    def used_python(self) -> Python | None:
        """What is known of the Python that is used, as far as the release lets that be told."""
        if self.is_former:
            return self.facts.python_of(self.python)
        return self.fitting_python(self.fit) if self.fit else None

    def fitting_python(self, fit: Pythons) -> Python:
        """Return the Python that conda takes if it fits the release or may fit it, else the first that does."""
        taken = self.facts.python_of(self.python) if self.python in fit.fit or fit.may_fit_others else None
        python = taken or self.facts.python_of(fit.fit[0])
        assert python  # each that fits a release is known
        return python

    @functools.cached_property
    def imported(self) -> tuple[Imported, ...]:
        """The packages that the script imports from: the module's, and the one that serves it."""
        if self.is_former:
            return ()
        own = Imported(self.package.name, self.release, self._taken(self.package.empty))
        if not self.used_python:
            return (own,)
        serving = self.facts.serving
        version = self.package.set_for(self.used_python.series).serving
        return own, Imported(serving.name, version, self._taken(serving.empty))

    @functools.cached_property
    def core(self) -> Imported | None:
        """The core of the designer's packages, which they import from; None where it is not known which they need."""
        version = core_of(self.package, self.release) if self.fit else None
        core = self.facts.core
        return Imported(core.name, version, self._taken(core.empty)) if version else None

    def _taken(self, empty: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of the empty releases that pip may take on the file's Python."""
        python = self.facts.python_of(self.python)
        return () if python and not python.takes_empty else empty

    @functools.cached_property
    def has_old_pip(self) -> bool:
        """Whether pip takes the first release that it is asked for, whatever else is asked for later."""
        requirement = self.given("conda", self.facts.pip.name)
        return bool(requirement and requirement.spec and stays_below(requirement.spec, self.facts.pip.below))

    @property
    def leaves_core_to_chance(self) -> bool:
        """Whether pip is asked for any release of the core before it is asked for one."""
        serving = self.given("pip", self.facts.serving.name)
        if not self.holder or not serving or not self.has_old_pip or self.is_open:
            return False
        if exact(serving.spec) in self.facts.serving.names_core:
            return False
        return not self.package.names_core or self.requirements.index(self.holder) > self.requirements.index(serving)
