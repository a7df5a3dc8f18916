"""A config's ``conda`` block: what it may hold, what is wrong with one, and the requirements that it stands for."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.conda.judge import judge
from generator.conda.releases import core_of, fitting
from generator.conda.requirements import Manager, Requirement, normal, pinned, read_requirement
from generator.conda.versions import series
from generator.facts.codes import load_codes
from generator.facts.conda import load_facts
from generator.facts.modules import Table, load_tables
from generator.findings import Finding
from generator.text.wording import show, suggestion

_VERSION = r"[0-9]+(?:\.[0-9]+)*(?:[._-]?[a-z]+[0-9]*)?"
_NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*"
_LISTS: dict[str, Manager] = {"packages": "pip", "conda_packages": "conda"}
_EXAMPLES: dict[Manager, str] = {"pip": "shap==0.39.0", "conda": "libgomp"}
_NAME_IN_WORDS = "write letters, digits, and what of - _ . you like"


class CondaSettings(NamedTuple):
    """What a conda file holds beyond what its module needs.

    ``name`` is the environment's. ``packages`` are requirements of pip's, ``conda_packages`` of conda's, and ``pins``
    has other versions of packages that the file holds anyway.
    """

    name: str
    packages: tuple[str, ...]
    conda_packages: tuple[str, ...]
    pins: Mapping[str, str]


def conda_schema() -> dict[str, Any]:
    """Return the JSON Schema of a block, for whichever module; ``conda_faults`` knows what one module allows."""
    facts = load_facts()
    empty = {package.name: package.empty for package in facts.packages}
    empty |= {package.name: package.empty for package in (facts.serving, facts.core)}
    names = dict.fromkeys(name for table in load_tables() for name in pinnable(table))
    return {
        "type": ["boolean", "object"],
        "description": "Whether a conda file goes with the script, and what it holds besides what the module needs.",
        "properties": {
            "name": {
                "description": "The environment's name.",
                "type": "string",
                "pattern": rf"^{_NAME}$(?!\n)",
                "patternErrorMessage": _NAME_IN_WORDS,
                "default": facts.name,
            },
            "packages": _list("More packages from PyPI, as pip writes them: shap==0.39.0."),
            "conda_packages": _list("More packages from conda's channels, as conda writes them: libgomp."),
            "pins": {
                "description": "Other versions of packages that the file holds anyway.",
                "type": "object",
                "properties": {name: _version(empty.get(name, ())) for name in names},
                "additionalProperties": False,
            },
        },
        "additionalProperties": False,
    }


def _list(description: str) -> dict[str, Any]:
    return {"description": description, "type": "array", "items": {"type": "string"}}


def _version(empty: tuple[str, ...]) -> dict[str, Any]:
    schema = {"type": "string", "pattern": rf"^{_VERSION}$(?!\n)", "patternErrorMessage": "A version, as 1.54.0."}
    return schema | ({"not": {"enum": list(empty)}} if empty else {})


def conda_faults(table: Table, data: Any) -> list[Finding]:
    """Return all that is wrong with a module's block, as the user wrote it; without errors it fits ``conda_schema``."""
    if isinstance(data, bool):
        return []
    if not isinstance(data, Mapping):
        message = f"{show(data)} is not allowed here: write `conda: true` or `conda: {{packages: [shap==0.39.0]}}`"
        return [Finding(message, path=())]
    if not load_facts().package(table):
        return [Finding(f"nothing is known of {table.package}: leave `conda` out", path=())]
    parts = (_misnamed(data), _wrong_name(data), _wrong_packages(table, data), _wrong_pins(table, data))
    return [*(fault for part in parts for fault in part), *_judged(table, data)]


def complete_conda(data: bool | Mapping[str, Any]) -> CondaSettings | None:
    """Return a block without errors as settings; None where no conda file is wanted."""
    if data is False:
        return None
    given = data if isinstance(data, Mapping) else {}
    lists = {key: tuple(given.get(key, ())) for key in _LISTS}
    return CondaSettings(given.get("name", load_facts().name), **lists, pins=dict(given.get("pins", {})))


def requirements_of(table: Table, conda: CondaSettings) -> list[Requirement]:
    """Return the requirements of a module's conda file in their order: conda's, then pip's.

    Raises KeyError where nothing is known of the module's package.
    """
    own = _own(table, conda.pins)
    return [
        *(read_requirement("conda", text) for text in (*own["conda"], *conda.conda_packages)),
        *(read_requirement("pip", text) for text in (*own["pip"], *conda.packages)),
    ]


def _own(table: Table, pins: Mapping[str, str]) -> dict[Manager, list[str]]:
    """Return the requirements of what a module's file holds anyway.

    What no pin sets follows the release: its Python, and for that Python the releases of the others::

        the designer's package: 0.0.195   ->   python=3.9.18, azureml-defaults==1.54.0, ...
    """
    facts = load_facts()
    package = facts.package(table)
    if package is None:
        raise KeyError(table.package)
    asked = series(pins.get(facts.python.name, ""))
    release = pins.get(package.name, package.set_for(asked).release)
    row = fitting(package, release) or fitting(package, package.version)
    assert row  # the release that is written by default is known
    python = facts.python_of(asked if asked in row.fit else row.fit[0])
    assert python  # each that fits a release is known
    versions: dict[Manager, dict[str, str | None]] = {
        "conda": {
            facts.python.name: python.version,
            facts.pip.name: facts.pip.version,
            **{extra.name: extra.version for extra in table.conda},
        },
        "pip": {
            facts.defaults.name: python.defaults,
            facts.core.name: None if package.names_core or not python.takes_empty else core_of(package, release),
            package.name: release,
            facts.serving.name: package.set_for(python.series).serving,
        },
    }
    return {
        manager: [
            pinned(manager, name, version)
            for name, default in by_name.items()
            if (version := pins.get(name, default)) is not None
        ]
        for manager, by_name in versions.items()
    }


@functools.cache
def pinnable(table: Table) -> list[str]:
    """Return the names of the packages whose versions a block may set."""
    facts = load_facts()
    if not facts.package(table):
        return []
    extras = [extra.name for extra in table.conda]
    shared = (facts.defaults.name, facts.core.name, table.package, facts.serving.name)
    return [facts.python.name, facts.pip.name, *extras, *shared]


@functools.cache
def _normal_names(table: Table) -> frozenset[str]:
    return frozenset(map(normal, pinnable(table)))


def _misnamed(data: Mapping[str, Any]) -> Iterator[Finding]:
    known = ("name", *_LISTS, "pins")
    for word in data:
        if word not in known:
            yield Finding(f"unknown key{suggestion(word, known)} (known: {', '.join(known)})", path=(word,))


def _wrong_name(data: Mapping[str, Any]) -> Iterator[Finding]:
    name = data.get("name", "")
    if "name" in data and not (isinstance(name, str) and re.fullmatch(_NAME, name)):
        yield Finding(f"{show(name)} is no name of an environment: {_NAME_IN_WORDS}", path=("name",))


def _wrong_packages(table: Table, data: Mapping[str, Any]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for word, manager in _LISTS.items():
        texts = data.get(word, [])
        if not isinstance(texts, list):
            yield Finding(f"{show(texts)} is not a list: write `{word}: [{_EXAMPLES[manager]}]`", path=(word,))
            continue
        for index, text in enumerate(texts):
            fault = _wrong_package(table, manager, text, seen)
            if fault:
                yield Finding(fault, path=(word, index))


def _wrong_package(table: Table, manager: Manager, text: Any, seen: dict[str, str]) -> str | None:
    """Say what is wrong with a further package; ``seen`` has those before by name, and is given this one."""
    if not isinstance(text, str):
        return f"{show(text)} is not text: write a package as {_EXAMPLES[manager]}"
    requirement = read_requirement(manager, text)
    if not text.isprintable() or requirement.wrong:
        remedy = f": write {requirement.meant}" if requirement.meant else f": write one as {_EXAMPLES[manager]}"
        return f"{show(text)} {requirement.wrong or 'holds what cannot be printed'}{remedy}"
    if requirement.leads_elsewhere and "://" not in text:
        return f"{show(text)} names a file, which the environment is made without: name its packages"
    name = requirement.name
    if name in _normal_names(table):
        return f"{name} is in the file anyway: for another version write `pins: {{{name}: VERSION}}`"
    if name and name in seen and not requirement.is_conditional:
        return f"{name} is given twice, as {show(seen[name])} too: keep one of the two"
    seen.setdefault(name, text)
    return None


def _wrong_pins(table: Table, data: Mapping[str, Any]) -> Iterator[Finding]:
    pins, names = data.get("pins", {}), pinnable(table)
    if not isinstance(pins, Mapping):
        example = f"{{{load_facts().defaults.name}: 1.54.0}}"
        yield Finding(f"{show(pins)} is not a mapping: write `pins: {example}`", path=("pins",))
        return
    for name, version in pins.items():
        if name not in names:
            message = f"is not in the file anyway{suggestion(name, names)} (known: {', '.join(names)})"
            yield Finding(message, path=("pins", name))
        elif not isinstance(version, str):
            remedy = "put it in quotes" if isinstance(version, (int, float)) else "write one as '1.54.0'"
            yield Finding(f"{show(version)} is not the text of a version: {remedy}", path=("pins", name))
        elif not re.fullmatch(_VERSION, version):
            yield Finding(f"{show(version)} is not a version: write one as 1.54.0", path=("pins", name))


def _judged(table: Table, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what the rules for conda files have against the versions that are set."""
    given = data.get("pins")
    known = pinnable(table)
    pins = {
        name: version
        for name, version in (given.items() if isinstance(given, Mapping) else ())
        if name in known and isinstance(version, str) and re.fullmatch(_VERSION, version)
    }
    for finding in judge(requirements_of(table, CondaSettings("", (), (), pins)), table):
        cause = finding.package if finding.package in pins else table.package
        subject = "" if finding.package == cause else f"{finding.package} "
        severity: Any = finding.severity or load_codes()[finding.code].severity
        severity = "error" if severity == "info" else severity  # a file of which nothing is known is not written
        yield Finding(f"{subject}{finding.wrong}: leave it out, or take another version", severity, ("pins", cause))
