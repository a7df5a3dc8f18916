"""What is wrong with the requirements of an endpoint's environment: one rule for each code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from generator.conda.installation import Installation
from generator.conda.releases import fitting, known_releases
from generator.conda.requirements import Manager, Requirement, pinned
from generator.conda.verdict import Cure, Verdict, lacking, other_version
from generator.conda.versions import ANY, admits, exact, key, stays_below
from generator.facts.codes import Register
from generator.facts.conda import Package, Shared, load_facts
from generator.facts.modules import Table, load_tables
from generator.findings import Severity
from generator.text.wording import either, show
from generator.translations.language import say

Rule: TypeAlias = "Callable[[Installation], Iterator[Verdict]]"

rule: Register[Rule] = Register()
"""Registers a function as the rule of a code about what an environment installs: ``@rule("SG205")``."""


def judge(
    requirements: Sequence[Requirement], table: Table | None, scikit_learn: Sequence[str] = ()
) -> Iterator[Verdict]:
    """Yield what is wrong with the requirements of conda and pip, for a script that calls a module.

    Without a table the module is told from the packages. ``scikit_learn`` has the versions that the model names.
    Nothing is said of what only a file elsewhere can tell.
    """
    yield from (verdict._replace(code="SG201") for verdict in _unreadable(requirements))
    requirements = [requirement for requirement in requirements if not requirement.is_absent]
    yield from (verdict._replace(code="SG202") for verdict in _repeated(requirements))
    package = load_facts().package(table) if table else _only_package(requirements)
    if package:
        found = Installation(requirements, table or _only_table(package), package, scikit_learn)
        for code, says in rule.items():
            yield from (verdict._replace(code=code) for verdict in says(found))


def _only_package(requirements: Sequence[Requirement]) -> Package | None:
    names = {requirement.name for requirement in requirements}
    packages = [package for package in load_facts().packages if {package.name, package.formerly} & names]
    return packages[0] if len(packages) == 1 else None


def _only_table(package: Package) -> Table | None:
    tables = [table for table in load_tables() if table.package == package.name]
    return tables[0] if len(tables) == 1 else None


def _unreadable(requirements: Sequence[Requirement]) -> Iterator[Verdict]:
    """Find what is no requirement; this is so whatever the script is."""
    for requirement in requirements:
        if requirement.wrong:
            manager, meant = requirement.manager, requirement.meant
            wrong = f"{show(requirement.text)} {requirement.wrong}"
            remedy = say("write {meant}", meant=meant or pinned(manager, "name", "version"))
            cure = Cure(manager, meant) if meant else None
            yield Verdict(requirement.name, wrong, remedy, requirement, cure)


def _repeated(requirements: Sequence[Requirement]) -> Iterator[Verdict]:
    """Find what an old pip refuses, and what a new one may not be able to fulfil, whatever the script is."""
    known: dict[tuple[str, str], Requirement] = {}
    for requirement in requirements:
        if requirement.manager == "conda" or requirement.spec is None or requirement.is_conditional:
            continue
        first = known.setdefault((requirement.name, requirement.extras), requirement)
        if sorted(first.spec or ANY) != sorted(requirement.spec):
            wrong = say("is given twice, as {other} too, which pip refuses", other=first.text.strip())
            yield Verdict(requirement.name, wrong, say("keep one of the two"), requirement)


@rule("SG203")
def missing(found: Installation) -> Iterator[Verdict]:
    """Find packages that the script imports from and pip is not asked for."""
    for name, version, _ in found.imported:
        if found.given("pip", name):
            continue
        if of_conda := found.given("conda", name):
            remedy = say("write {pinned} under pip:", pinned=pinned("pip", name, version))
            yield Verdict(name, say("is not to be had from conda"), remedy, of_conda)
        elif not found.is_open and not (name == found.package.name and _other_package(found)):
            yield lacking("pip", name, version, say("the script imports from it"))


@rule("SG204")
def package_of_other_modules(found: Installation) -> Iterator[Verdict]:
    """Find a package of the designer's that stands where the module's should."""
    for name, version, _ in found.imported[:1]:
        other = None if found.given("pip", name) or found.given("conda", name) else _other_package(found)
        if other:
            assert found.table  # without one, the package is one of those that are there
            wanted = pinned("pip", name, version)
            wrong = say("does not hold {name}, which the script calls", name=found.table.name)
            yield Verdict(other.name, wrong, say("write {wanted}", wanted=wanted), other, Cure("pip", wanted))


def _other_package(found: Installation) -> Requirement | None:
    """Return the requirement of a package that holds other modules."""
    others = (found.given("pip", package.name) for package in found.facts.packages)
    return next((other for other in others if other and other.name != found.package.name), None)


@rule("SG205")
def not_pinned(found: Installation) -> Iterator[Verdict]:
    """Find packages of the designer's of which pip may take another release than the one that is needed."""
    for name, version, empty in found.imported:
        given = found.given("pip", name)
        if not given or not given.spec or exact(given.spec) or found.is_open or given.is_conditional:
            continue
        admitted = [release for release in empty if admits(given.spec, release)]
        because = say("another may not load the model")
        if admitted:
            because = say("its release {admitted} is empty", admitted=admitted[-1])
        wrong = say("is not pinned to one release, and {because}", because=because)
        yield other_version(given, wrong, version, None if admitted else "warning")


@rule("SG206")
def empty_release(found: Installation) -> Iterator[Verdict]:
    """Find pins to releases that hold no module."""
    for name, version, empty in [*found.imported, *([found.core] if found.core else [])]:
        given = found.given("pip", name)
        if given and exact(given.spec) and any(admits(given.spec, release) for release in empty):
            yield other_version(
                given, say("{exact} is an empty release, so the script cannot start", exact=exact(given.spec)), version
            )


@rule("SG212")
def other_release_trained_it(found: Installation) -> Iterator[Verdict]:
    """Hold what the model tells of the release that trained it against the release of the file."""
    holder = found.holder
    if not found.fit or not found.scikit_learn or not holder or not exact(holder.spec):
        return
    row = fitting(found.package, found.installed)
    if found.trained is None:
        versions = either(found.scikit_learn)
        wrong = say("the model was trained with scikit-learn {versions}, of which nothing is known", versions=versions)
        yield Verdict(holder.name, wrong, say("try the model with this file first"), holder, None, "warning")
    elif found.cannot_load and row:
        wrong = say(
            "the model was trained with {trained}: this file installs {scikit_learn}",
            trained=found.trained,
            scikit_learn=row.scikit_learn,
        )
        yield other_version(holder, wrong, found.release)


@rule("SG213")
def unknown_release(found: Installation) -> Iterator[Verdict]:
    """Say that nothing is known of a release so old, rather than judge it by a later one's needs."""
    if not found.fit and not found.is_former:
        wrong = say("nothing is known of release {release}, so this file is not judged", release=found.release)
        known = say("known is {known_releases}", known_releases=known_releases(found.package))
        yield Verdict(found.package.name, wrong, known, found.holder)


@rule("SG207")
def core_left_open(found: Installation) -> Iterator[Verdict]:
    """Find an environment in which pip takes an empty release of the designer's core."""
    if not found.core or not found.core.empty:
        return
    name, version, empty = found.core
    given = found.given("pip", name)
    if given is None and found.leaves_core_to_chance:
        yield lacking("pip", name, version, say("without it pip installs {empty}, an empty release", empty=empty[-1]))
    if not given or not given.spec or exact(given.spec) or given.is_conditional:
        return
    if any(admits(given.spec, release) for release in empty):
        what = say("is not pinned, so pip installs {empty}, which", empty=empty[-1])
        yield other_version(given, say("{what} is an empty release, so the script cannot start", what=what), version)


@rule("SG214")
def other_core(found: Installation) -> Iterator[Verdict]:
    """Find a core of another release than the module's package asks for, which an old pip installs all the same."""
    if not found.core or not found.core.empty or not found.has_old_pip:
        return
    name, version, empty = found.core
    given = found.given("pip", name)
    only = exact(given.spec) if given else None
    if not given or not only or any(admits(given.spec, release) for release in empty):
        return
    if key(only) != key(version):
        wrong = say(
            "is pinned to {only}, and {name} {release} asks for {version}",
            only=only,
            name=found.package.name,
            release=found.release,
            version=version,
        )
        yield other_version(given, wrong, version)


@rule("SG209")
def new_pip(found: Installation) -> Iterator[Verdict]:
    """Find a pip that may refuse the designer's packages."""
    pip = found.facts.pip
    if found.fit and not found.has_old_pip:
        because = say("from {below} on it refuses packages whose requirements contradict each other", below=pip.below)
        is_sure = found.package.contradicts and key(found.release) <= key(found.package.version)
        severity: Severity | None = None if is_sure else "warning"
        yield _shared(found, "conda", pip, pip.version, say("below {below}", below=pip.below), because, severity)


@rule("SG208")
def other_python(found: Installation) -> Iterator[Verdict]:
    """Find a Python that the release is not for."""
    fit = found.fit
    if fit and found.python not in fit.fit:
        what, versions = f"{found.package.name} {found.release}", either(fit.fit)
        because = say("{what} needs Python {versions}", what=what, versions=versions)
        if fit.may_fit_others:
            because = say("{what} is known on Python {versions} alone", what=what, versions=versions)
        severity: Severity | None = "warning" if fit.may_fit_others else None
        version = found.fitting_python(fit._replace(may_fit_others=False)).version
        kept = say("to {versions}", versions=versions)
        yield _shared(found, "conda", found.facts.python, version, kept, because, severity)


@rule("SG210")
def defaults_left_open(found: Installation) -> Iterator[Verdict]:
    """Find releases of azureml-defaults that the environment cannot be made with, or that do not start."""
    python, defaults = found.used_python, found.facts.defaults
    if python is None or found.is_open:
        return
    given, serving = found.given("pip", defaults.name), found.given("pip", found.facts.serving.name)
    if given is None:
        release = exact(serving.spec) if serving else None
        if not release or key(release) < key(found.facts.serving.names_defaults):
            because = say("other packages ask for whichever release")
            yield lacking("pip", defaults.name, python.defaults, because, "warning")
    elif given.spec and key(exact(given.spec) or python.below) <= key(python.gone_until):
        wrong = say("{exact} asks for packages that can no longer be installed", exact=exact(given.spec))
        yield other_version(given, wrong, python.defaults)
    elif given.spec and not given.is_conditional and not stays_below(given.spec, python.below):
        is_sure = (found.has_old_pip or exact(given.spec)) and (
            not python.seen_with or found.package.name in python.seen_with
        )
        severity: Severity | None = None if is_sure else "warning"
        kept = say("below {below}", below=python.below)
        yield _shared(found, "pip", defaults, python.defaults, kept, say(python.because), severity)


@rule("SG211")
def needed_besides(found: Installation) -> Iterator[Verdict]:
    """Find what the module needs besides the designer's packages."""
    for extra in found.table.conda if found.table and found.fit else ():
        given = found.given("conda", extra.name) or found.given("pip", extra.on_pypi or extra.name)
        if given is None:
            if extra.required and not found.is_open:
                yield lacking("conda", extra.name, extra.version, say("the module imports it"))
        elif given.spec == ANY and not given.is_conditional and not (given.manager == "pip" and found.is_open):
            wrong = say("is not pinned, and another release may not load the model")
            yield other_version(given, wrong, extra.version, "warning")


def _shared(
    found: Installation,
    manager: Manager,
    of: Shared,
    version: str,
    kept: str,
    because: str,
    severity: Severity | None = None,
) -> Verdict:
    """Return a verdict on a package of every environment, which is missing or not kept to some versions."""
    given = found.given(manager, of.name)
    if given is None:
        return lacking(manager, of.name, version, because, severity)
    return other_version(given, say("is not kept {kept}, and {because}", kept=kept, because=because), version, severity)
