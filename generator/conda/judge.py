"""What is wrong with the requirements of an endpoint's environment, and how it is put right."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.conda.releases import Trained, core_of, fitting, known_releases, loads, trained_by
from generator.conda.requirements import Manager, Requirement, pinned
from generator.conda.versions import ANY, admits, exact, key, newest_python, stays_below
from generator.facts.conda import Facts, Package, Python, Pythons, Shared, load_facts
from generator.facts.modules import CondaPackage, Table, load_tables
from generator.text.wording import either, show

if TYPE_CHECKING:
    from generator.findings import Severity


class Cure(NamedTuple):
    """What puts something right: a requirement to write in another's place, or to add to those of its manager."""

    manager: Manager
    text: str


class Verdict(NamedTuple):
    """What a rule has to say: its code, the package, what is wrong, what to do, and the requirement that it is about.

    ``requirement`` is None if one is missing, ``cure`` where it is not sure what is meant, and ``severity`` where it is
    the code's own.
    """

    code: str
    package: str
    wrong: str
    remedy: str
    requirement: Requirement | None = None
    cure: Cure | None = None
    severity: Severity | None = None


def judge(
    requirements: Sequence[Requirement], table: Table | None, scikit_learn: Sequence[str] = ()
) -> Iterator[Verdict]:
    """Yield what is wrong with the requirements of conda and pip, in their order, for a script that calls a module.

    Without a table the module is told from the packages. ``scikit_learn`` has the versions that the model names.
    Nothing is said of what only a file elsewhere can tell.
    """
    yield from _unreadable(requirements)
    requirements = [requirement for requirement in requirements if not requirement.is_absent]
    yield from _repeated(requirements)
    facts = load_facts()
    package = facts.package(table) if table else _only_package(requirements, facts)
    if package:
        yield from _Environment(requirements, table or _only_table(package), package, facts, scikit_learn).findings()


def _unreadable(requirements: Sequence[Requirement]) -> Iterator[Verdict]:
    for requirement in requirements:
        if requirement.wrong:
            manager, meant = requirement.manager, requirement.meant
            wrong = f"{show(requirement.text)} {requirement.wrong}"
            remedy = f"write {meant or pinned(manager, 'name', 'version')}"
            cure = Cure(manager, meant) if meant else None
            yield Verdict("SG201", requirement.name, wrong, remedy, requirement, cure)


def _repeated(requirements: Sequence[Requirement]) -> Iterator[Verdict]:
    """Find what an old pip refuses, and what a new one may not be able to fulfil."""
    known: dict[tuple[str, str], Requirement] = {}
    for requirement in requirements:
        if requirement.manager == "conda" or requirement.spec is None or requirement.is_conditional:
            continue
        first = known.setdefault((requirement.name, requirement.extras), requirement)
        if sorted(first.spec or ANY) != sorted(requirement.spec):
            wrong = f"is given twice, as {first.text.strip()} too, which pip refuses"
            yield Verdict("SG202", requirement.name, wrong, "keep one of the two", requirement)


def _only_package(requirements: Sequence[Requirement], facts: Facts) -> Package | None:
    names = {requirement.name for requirement in requirements}
    packages = [package for package in facts.packages if {package.name, package.formerly} & names]
    return packages[0] if len(packages) == 1 else None


def _only_table(package: Package) -> Table | None:
    tables = [table for table in load_tables() if table.package == package.name]
    return tables[0] if len(tables) == 1 else None


class _Environment:
    """The requirements of an endpoint whose script calls a package's module; without a table, any of its modules."""

    def __init__(
        self,
        requirements: Sequence[Requirement],
        table: Table | None,
        package: Package,
        facts: Facts,
        scikit_learn: Sequence[str],
    ) -> None:
        self.requirements = requirements
        self.table = table
        self.package = package
        self.facts = facts
        self.scikit_learn = scikit_learn
        self.given = {
            (requirement.manager, requirement.name): requirement
            for requirement in reversed(requirements)
            if requirement.name and not requirement.wrong
        }
        self.is_open = any(requirement.leads_elsewhere for requirement in requirements)

    def findings(self) -> Iterator[Verdict]:
        if ("pip", self.package.formerly) in self.given:  # of whose releases nothing is known: pip tells no two apart
            python = self.facts.python_of(self.python)
            yield from self._defaults(python) if python else ()
            return
        yield from self._designers(self.package.name, self.release, self._empty(self.package.empty))
        if not self.fit:
            yield from self._unknown_release()
            return
        yield from self._model()
        python = self._used_python(self.fit)
        serving = self.package.set_for(python.series).serving
        yield from self._designers(self.facts.serving.name, serving, self._empty(self.facts.serving.empty))
        yield from self._core()
        yield from self._pip()
        yield from self._python(self.fit)
        yield from self._defaults(python)
        for extra in self.table.conda if self.table else ():
            yield from self._extra(extra)

    @functools.cached_property
    def release(self) -> str:
        """The release by which all else is judged: the one that loads the model, where the file's does not."""
        return self.trained.known.release if self.trained and self.cannot_load else self.installed

    @functools.cached_property
    def installed(self) -> str:
        """The release of the package, or what it is to be where that is not told."""
        holder = self.given.get(("pip", self.package.name))
        release = exact(holder.spec) if holder and holder.spec else None
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
        return fitting(self.package, self.release)

    @functools.cached_property
    def python(self) -> str | None:
        """The Python version that conda takes, as 3.8; None if it is none of those there are."""
        requirement = self.given.get(("conda", self.facts.python.name))
        return newest_python(requirement.spec or ANY if requirement else ANY)

    def _used_python(self, fit: Pythons) -> Python:
        """Return the Python that conda takes if it fits the release or may fit it, else the first that does."""
        taken = self.facts.python_of(self.python) if self.python in fit.fit or fit.may_fit_others else None
        python = taken or self.facts.python_of(fit.fit[0])
        assert python  # each that fits a release is known
        return python

    def _empty(self, releases: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of the empty releases that pip may take on the file's Python."""
        python = self.facts.python_of(self.python)
        return () if python and not python.takes_empty else releases

    @functools.cached_property
    def has_old_pip(self) -> bool:
        """Whether pip takes the first release that it is asked for, whatever else is asked for later."""
        requirement = self.given.get(("conda", self.facts.pip.name))
        return bool(requirement and requirement.spec and stays_below(requirement.spec, self.facts.pip.below))

    def _designers(self, name: str, version: str, empty: tuple[str, ...]) -> Iterator[Verdict]:
        """Look at a package that the script imports from."""
        requirement = self.given.get(("pip", name))
        if requirement is None:
            yield from self._missing(name, version)
        elif not requirement.spec:
            return
        elif exact(requirement.spec):
            if any(admits(requirement.spec, release) for release in empty):
                wrong = f"{exact(requirement.spec)} is an empty release, so the script cannot start"
                yield _other_version("SG206", requirement, wrong, version)
        elif not self.is_open and not requirement.is_conditional:
            admitted = [release for release in empty if admits(requirement.spec, release)]
            because = f"its release {admitted[-1]} is empty" if admitted else "another may not load the model"
            wrong = f"is not pinned to one release, and {because}"
            yield _other_version("SG205", requirement, wrong, version, None if admitted else "warning")

    def _missing(self, name: str, version: str) -> Iterator[Verdict]:
        wanted = pinned("pip", name, version)
        of_conda, other = self.given.get(("conda", name)), self._other_package()
        if of_conda:
            yield Verdict("SG203", name, "is not to be had from conda", f"write {wanted} under pip:", of_conda)
        elif other and name == self.package.name:
            assert self.table  # without one, the package is one of those that are there
            wrong = f"does not hold {self.table.name}, which the script calls"
            yield Verdict("SG204", other.name, wrong, f"write {wanted}", other, Cure("pip", wanted))
        elif not self.is_open:
            yield _lacking("SG203", "pip", name, version, "the script imports from it")

    def _other_package(self) -> Requirement | None:
        """Return the requirement of a package that holds other modules."""
        others = (self.given.get(("pip", package.name)) for package in self.facts.packages)
        return next((other for other in others if other and other.name != self.package.name), None)

    def _unknown_release(self) -> Iterator[Verdict]:
        """Say that nothing is known of a release so old, rather than judge it by a later one's needs."""
        name, holder = self.package.name, self.given.get(("pip", self.package.name))
        wrong = f"nothing is known of release {self.release}, so this file is not judged"
        yield Verdict("SG213", name, wrong, f"known is {known_releases(self.package)}", holder)

    def _model(self) -> Iterator[Verdict]:
        """Hold what the model tells of the release that trained it against the release of the file."""
        name, holder = self.package.name, self.given.get(("pip", self.package.name))
        if not self.scikit_learn or holder is None or not (holder.spec and exact(holder.spec)):
            return
        row = fitting(self.package, self.installed)
        if self.trained is None:
            wrong = f"the model was trained with scikit-learn {either(self.scikit_learn)}, of which nothing is known"
            yield Verdict("SG212", name, wrong, "try the model with this file first", holder, None, "warning")
        elif self.cannot_load and row:
            wrong = f"the model was trained with {self.trained}: this file installs {row.scikit_learn}"
            yield _other_version("SG212", holder, wrong, self.release)

    def _core(self) -> Iterator[Verdict]:
        core, version = self.facts.core, core_of(self.package, self.release)
        if not version or not self._empty(core.empty):
            return
        given = self.given.get(("pip", core.name))
        if given is None:
            if self._leaves_core_to_chance():
                because = f"without it pip installs {core.empty[-1]}, an empty release"
                yield _lacking("SG207", "pip", core.name, version, because)
            return
        only = exact(given.spec) if given.spec else None
        if given.spec and any(admits(given.spec, release) for release in core.empty):
            if given.is_conditional and not only:
                return
            what = only or f"is not pinned, so pip installs {core.empty[-1]}, which"
            wrong = f"{what} is an empty release, so the script cannot start"
            yield _other_version("SG206" if only else "SG207", given, wrong, version)
        elif only and self.has_old_pip and key(only) != key(version):
            wrong = f"is pinned to {only}, and {self.package.name} {self.release} asks for {version}"
            yield _other_version("SG214", given, wrong, version)

    def _leaves_core_to_chance(self) -> bool:
        """Say whether pip is asked for any release of the core before it is asked for one."""
        holder = self.given.get(("pip", self.package.name))
        serving = self.given.get(("pip", self.facts.serving.name))
        if not holder or not serving or not self.has_old_pip or self.is_open:
            return False
        if serving.spec and exact(serving.spec) in self.facts.serving.names_core:
            return False
        return not self.package.names_core or self.requirements.index(holder) > self.requirements.index(serving)

    def _pip(self) -> Iterator[Verdict]:
        pip = self.facts.pip
        if not self.has_old_pip:
            because = f"from {pip.below} on it refuses packages whose requirements contradict each other"
            is_sure = self.package.contradicts and key(self.release) <= key(self.package.version)
            severity: Severity | None = None if is_sure else "warning"
            yield self._shared("SG209", "conda", pip, pip.version, f"below {pip.below}", because, severity)

    def _python(self, fit: Pythons) -> Iterator[Verdict]:
        if self.python not in fit.fit:
            what, versions = f"{self.package.name} {self.release}", either(fit.fit)
            because: str = f"{what} needs Python {versions}"
            severity: Severity | None = None
            if fit.may_fit_others:
                because, severity = f"{what} is known on Python {versions} alone", "warning"
            version = self._used_python(fit._replace(may_fit_others=False)).version
            yield self._shared("SG208", "conda", self.facts.python, version, f"to {versions}", because, severity)

    def _defaults(self, python: Python) -> Iterator[Verdict]:
        defaults, serving = self.facts.defaults, self.given.get(("pip", self.facts.serving.name))
        requirement = self.given.get(("pip", defaults.name))
        if self.is_open:
            return
        if requirement is None:
            release = exact(serving.spec) if serving and serving.spec else None
            if not release or key(release) < key(self.facts.serving.names_defaults):
                because = "other packages ask for whichever release"
                yield self._shared("SG210", "pip", defaults, python.defaults, "", because, "warning")
        elif requirement.spec and key(exact(requirement.spec) or python.below) <= key(python.gone_until):
            wrong = f"{exact(requirement.spec)} asks for packages that are no longer to be had"
            yield _other_version("SG210", requirement, wrong, python.defaults)
        elif requirement.spec and not requirement.is_conditional and not stays_below(requirement.spec, python.below):
            because = python.because
            is_sure = (self.has_old_pip or exact(requirement.spec)) and (
                not python.seen_with or self.package.name in python.seen_with
            )
            severity: Severity | None = None if is_sure else "warning"
            yield self._shared("SG210", "pip", defaults, python.defaults, f"below {python.below}", because, severity)

    def _extra(self, extra: CondaPackage) -> Iterator[Verdict]:
        """Look at a package that the module needs besides."""
        given = self.given.get(("conda", extra.name)) or self.given.get(("pip", extra.on_pypi or extra.name))
        if given is None:
            if extra.required and not self.is_open:
                yield _lacking("SG211", "conda", extra.name, extra.version, "the module imports it")
        elif given.spec == ANY and not given.is_conditional and not (given.manager == "pip" and self.is_open):
            wrong = "is not pinned, and another release may not load the model"
            yield _other_version("SG211", given, wrong, extra.version, "warning")

    def _shared(
        self,
        code: str,
        manager: Manager,
        of: Shared,
        version: str,
        kept: str,
        because: str,
        severity: Severity | None = None,
    ) -> Verdict:
        """Return a finding about a package of every environment, which is missing or not kept to some versions."""
        requirement = self.given.get((manager, of.name))
        if requirement is None:
            return _lacking(code, manager, of.name, version, because, severity)
        return _other_version(code, requirement, f"is not kept {kept}, and {because}", version, severity)


def _lacking(
    code: str, manager: Manager, name: str, version: str, because: str, severity: Severity | None = None
) -> Verdict:
    """Return a finding about a requirement that is missing."""
    wanted = pinned(manager, name, version)
    remedy = f"write {wanted} under {'pip' if manager == 'pip' else 'dependencies'}:"
    return Verdict(code, name, f"is missing, and {because}", remedy, None, Cure(manager, wanted), severity)


def _other_version(
    code: str, requirement: Requirement, wrong: str, version: str, severity: Severity | None = None
) -> Verdict:
    """Return a finding about a requirement that another version puts right."""
    remedy = f"write {pinned(requirement.manager, requirement.name, version)}"
    is_hashed = "--hash" in requirement.text
    cure = None if is_hashed else Cure(requirement.manager, requirement.at(version))
    return Verdict(code, requirement.name, wrong, remedy, requirement, cure, severity)
