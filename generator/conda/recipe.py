"""What a conda file asks for becomes a recipe: what to install, and with which Python, for what an endpoint would have.

On an endpoint pip 20.2 installs the packages, which contradict each other: it takes the requirement that it meets
first, so that the file's own pins always count. uv refuses contradictions, unless an override decides. So a file's pins
become overrides, and those of ``runtimes.yaml`` decide the rest::

    azureml-defaults                   ->  azureml-defaults==1.54.0     by runtimes.yaml
    azureml-designer-serving==0.0.13   ->  the same, as an override too
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.conda.releases import fitting
from generator.conda.requirements import Requirement, read_requirement
from generator.conda.versions import admits, exact, key, pin, series
from generator.facts.conda import Package, load_facts
from generator.facts.modules import load_tables
from generator.facts.runtimes import RuntimeSet, load_runtimes
from generator.findings import ScoregenError
from generator.text.wording import either, show
from generator.translations.language import say

_NEVER = 'python_version < "3.0"'  # of what is left out
_SHORT = re.compile(r"azureml-designer-(.*)-modules")
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", re.MULTILINE)
_FORMAT = 1  # of what a runtime's folder holds: one of another format is made anew


class NoRuntimeError(ScoregenError):
    """Nothing is known of how to make such an environment; the message says why, and what is known."""


class Recipe(NamedTuple):
    """What is to be installed: a Python as ``3.8``, requirements as pip writes them, and what decides between them.

    ``title`` names package and release, as ``classic-0.0.185``. ``build`` has what packages need to be compiled.
    ``notes`` say what the environment lacks that the conda file names.
    """

    title: str
    python: str
    requirements: tuple[str, ...]
    overrides: tuple[str, ...]
    build: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...] = ()

    def name(self, machine: str, lock: str = "") -> str:
        """Return the name of a runtime of this recipe: title, Python, and a digest of all that goes in.

        ``machine`` is what a runtime is tied to, such as ``linux-x86_64``; ``lock`` the text that holds every version.
        """
        asked = [self.requirements, self.overrides, sorted(self.build.items())]
        parts = [_FORMAT, self.python, machine, lock or asked]  # what is locked is the same, however it was asked for
        digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
        return f"{self.title}-py{self.python.replace('.', '')}-{digest[:12]}"


def recipe_of(requirements: Sequence[Requirement]) -> Recipe:
    """Return the recipe for the environment that a conda file asks for. Raises NoRuntimeError."""
    wrong = next((requirement for requirement in requirements if requirement.wrong), None)
    if wrong:
        raise NoRuntimeError(f"{show(wrong.text)} {wrong.wrong}")
    by_pip, notes = _of_pip(requirements)
    python = _python(requirements)
    found = _package(requirements)
    if found is None:  # that of a model in an open form, say, which nothing has to be known of
        if python is None:
            raise NoRuntimeError(say("it pins no Python: add one to its dependencies, as python=3.12"))
        return Recipe("plain", python, tuple(item.text for item in by_pip), (), {}, tuple(notes))
    package, release = found
    known = _set(package, release, python)
    pins = {
        requirement.name: requirement.text for requirement in by_pip if pin(requirement.spec) and not requirement.extras
    }
    decided = {read_requirement("pip", text).name: text for text in known.overrides} | pins
    dropped = [f"{name} ; {_NEVER}" for name in (*known.without, *known.instead) if name not in pins]
    short = _SHORT.fullmatch(package.name)
    return Recipe(
        title=f"{short[1] if short else package.name}-{release}",
        python=known.python,
        requirements=(*(item.text for item in by_pip), *known.instead.values(), *load_runtimes().base),
        overrides=(*decided.values(), *dropped),
        build={name: needs for name, needs in known.build.items() if name in {item.name for item in by_pip}},
        notes=tuple(notes),
    )


def locked_versions(lock: str) -> dict[str, str]:
    """Return the version of each package that a lock holds."""
    return dict(_LOCKED.findall(lock))


def fulfils(lock: str, python: str, recipe: Recipe) -> bool:
    """Say whether a lock, made for a Python, holds all that a recipe asks for, in the versions that it asks for."""
    if python != recipe.python:
        return False
    versions = locked_versions(lock)
    for text in recipe.requirements:
        asked = read_requirement("pip", text)
        version = versions.get(asked.name)
        if asked.is_conditional or version is None or not admits(asked.spec, version):
            return False
    return True


def _package(requirements: Sequence[Requirement]) -> tuple[Package, str] | None:
    """Return the designer's package that holds the module, and its release; None where the file names none."""
    facts = load_facts()
    given = {requirement.name: requirement for requirement in requirements if requirement.manager == "pip"}
    packages = [package for package in facts.packages if package.name in given]
    if not packages:
        return None
    package = packages[0]
    release = exact(given[package.name].spec)
    if release is None:
        raise NoRuntimeError(
            say("{name} is not pinned: write {name}=={version}", name=package.name, version=package.version)
        )
    if release in package.empty:
        message = say(
            "{name} {release} is an empty release: write {name}=={version}",
            name=package.name,
            release=release,
            version=package.version,
        )
        raise NoRuntimeError(message)
    return package, release


def _python(requirements: Sequence[Requirement]) -> str | None:
    """Return the first two numbers of the Python that a file pins."""
    name = load_facts().python.name
    given = next((item for item in requirements if (item.manager, item.name) == ("conda", name)), None)
    versions = [clause.version for clauses in (given.spec if given and given.spec else ()) for clause in clauses]
    return series(versions[0]) if versions else None


def _set(package: Package, release: str, python: str | None) -> RuntimeSet:
    """Return what is known of a release on a Python, or on any where the file pins none."""
    sets = [entry for entry in load_runtimes().sets if entry.package == package.name]
    row = fitting(package, release)
    for entry in reversed(sets):
        if row and entry.python in row.fit and python in (None, entry.python) and key(entry.since) <= key(release):
            return entry
    known = either(
        [say("{since} or later on Python {python}", since=entry.since, python=entry.python) for entry in sets]
    )
    on = say(" on Python {python}", python=python) if python else ""
    message = say(
        "nothing is known of {name} {release}{on}; known is {known}. Make the environment with conda, "
        "and name its interpreter with --python",
        name=package.name,
        release=release,
        on=on,
        known=known,
    )
    raise NoRuntimeError(message)


def _of_pip(requirements: Sequence[Requirement]) -> tuple[list[Requirement], list[str]]:
    """Return the requirements for pip, conda's by their name on PyPI, and notes on what is left out."""
    facts = load_facts()
    on_pypi = {extra.name: extra for table in load_tables() for extra in table.conda}
    found, notes = [], []
    for requirement in requirements:
        if requirement.leads_elsewhere and "://" not in requirement.text:
            raise NoRuntimeError(
                say("{text} names a file: write down the packages that it names", text=show(requirement.text))
            )
        if requirement.manager == "pip":
            found.append(requirement._replace(text=requirement.text.split(" #")[0].strip()))
            continue
        if requirement.name in (facts.python.name, facts.pip.name):
            continue
        extra = on_pypi.get(requirement.name)
        version = exact(requirement.spec)
        if extra and extra.required:
            found.append(read_requirement("pip", f"{extra.on_pypi or extra.name}=={version or extra.version}"))
        elif not extra:
            notes.append(
                say("{name} is left out: it comes from conda, a runtime's packages from PyPI", name=requirement.name)
            )
    return found, notes
