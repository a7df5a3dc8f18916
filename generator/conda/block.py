"""A config's ``conda`` block: what is wrong with one, and the requirements that it stands for."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from generator.conda.block_schema import (
    LISTS,
    NAME_IN_WORDS,
    REQUIREMENTS,
    conda_schema,
    definitions,
    module_conda_schema,
    own_names,
    pinnable,
)
from generator.conda.judge import judge
from generator.conda.markers import settled
from generator.conda.releases import core_of, fitting
from generator.conda.requirements import Manager, Requirement, pinned, read_requirement
from generator.conda.versions import series
from generator.facts.codes import load_codes
from generator.facts.conda import load_facts
from generator.facts.modules import Table
from generator.findings import Finding, Path
from generator.rules.validator import Invalid, validator
from generator.text.wording import show, suggestion
from generator.translations.language import mark, say, spoken

_EXAMPLES: dict[Manager, str] = {"pip": "shap==0.39.0", "conda": "libgomp"}
_OTHER_PIN = mark("leave it out, or take another version")
_KEYS = ("name", *LISTS, "pins")


class CondaSettings(NamedTuple):
    """What a conda file holds beyond what its module needs.

    ``name`` is the environment's. ``packages`` are requirements of pip's, ``conda_packages`` of conda's, and ``pins``
    has other versions of packages that the file holds anyway.
    """

    name: str
    packages: tuple[str, ...]
    conda_packages: tuple[str, ...]
    pins: Mapping[str, str]


def conda_faults(table: Table, data: Any) -> list[Finding]:
    """Return all that is wrong with a module's block, as the user wrote it."""
    found = list[Finding]()
    for invalid in _validator(table)(data):
        found += explain_conda(invalid.keyword, invalid.value, invalid.path, table)
    return list(dict.fromkeys([*found, *doubts_of_conda(table, data, {finding.path for finding in found})]))


@functools.cache
def _validator(table: Table) -> Callable[[Any], Iterator[Invalid]]:
    return validator({"allOf": [conda_schema(), module_conda_schema(table)], "$defs": definitions()})


def explain_conda(keyword: str, value: Any, path: Path, table: Table) -> Iterator[Finding]:
    """Yield what a keyword of the schema has against a value in a block, at a path within it, in our words."""
    section, *inside = path or ("",)
    if not load_facts().package(table):
        return
    if keyword == "additionalProperties" and section:
        names = pinnable(table)
        for name in value:
            if name not in names:
                message = say(
                    "is not in the file anyway{hint} (known: {names})",
                    hint=suggestion(name, names),
                    names=", ".join(names),
                )
                yield Finding(message, path=("pins", name))
    elif keyword == "additionalProperties":
        for word in value:
            if word not in _KEYS:
                yield Finding(
                    say("unknown key{hint} (known: {keys})", hint=suggestion(word, _KEYS), keys=", ".join(_KEYS)),
                    path=(word,),
                )
    elif keyword != "type" and (section in LISTS or (section == "pins" and not inside)):
        return  # the rules for requirements have the words
    elif section == "pins" and inside and inside[0] not in pinnable(table):
        return  # the name is wrong
    elif section == "pins" and keyword == "not":
        yield Finding(
            say(
                "{value} is an empty release, so the script cannot start: {other_pin}",
                value=value,
                other_pin=say(_OTHER_PIN),
            ),
            path=path,
        )
    else:
        yield Finding(f"{show(value)} {_unfit(value, section, bool(inside))}", path=path)


def _unfit(value: Any, section: str | int, is_inside: bool) -> str:
    """Say what is wrong with a value that has not the form of its section."""
    if not section:
        return say("is not allowed here: write `conda: true` or `conda: {packages: [shap==0.39.0]}`")
    if section == "name":
        return say("is not a name for an environment: {name_in_words}", name_in_words=say(NAME_IN_WORDS))
    if section in LISTS:
        example = _EXAMPLES[LISTS[str(section)]]
        if is_inside:
            return say("is not text: write a package as {example}", example=example)
        return say("is not a list: write `{section}: [{example}]`", section=section, example=example)
    if not is_inside:
        return say("is not a mapping: write `pins: {{{name}: 1.54.0}}`", name=load_facts().defaults.name)
    if isinstance(value, str):
        return say("is not a version: write one as 1.54.0")
    remedy = say("put it in quotes") if isinstance(value, (int, float)) else say("write one as '1.54.0'")
    return say("is not the text of a version: {remedy}", remedy=remedy)


def doubts_of_conda(table: Table, data: Any, unfit: Collection[Path]) -> Iterator[Finding]:
    """Yield what is wrong with a module's block that no schema can say, but for the paths that are ``unfit`` already.

    These are packages that pip and conda cannot read, or that are there twice, and versions that will not work.
    """
    if not isinstance(data, Mapping):
        return
    if not load_facts().package(table):
        yield Finding(say("nothing is known of {package}: leave `conda` out", package=table.package))
        return
    pins = {} if ("pins",) in unfit else data.get("pins", {})
    known = {name: pins[name] for name in pins if name in pinnable(table) and ("pins", name) not in unfit}
    yield from _wrong_packages(table, data, known, unfit)
    yield from _against(table, tuple(known.items()), spoken())


def complete_conda(data: bool | Mapping[str, Any]) -> CondaSettings | None:
    """Return a block without errors as settings; None where no conda file is wanted."""
    if data is False:
        return None
    given = data if isinstance(data, Mapping) else {}
    lists = {key: tuple(given.get(key, ())) for key in LISTS}
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


def _wrong_packages(
    table: Table, data: Mapping[str, Any], pins: Mapping[str, str], unfit: Collection[Path]
) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for word, manager in LISTS.items():
        for index, text in enumerate([] if (word,) in unfit else data.get(word, [])):
            fault = None if (word, index) in unfit else _wrong_package(table, manager, text, pins, seen)
            if fault:
                yield Finding(fault, path=(word, index))


def _wrong_package(
    table: Table, manager: Manager, text: str, pins: Mapping[str, str], seen: dict[str, str]
) -> str | None:
    """Say what is wrong with a further package; ``seen`` has those before by name, and is given this one."""
    requirement = read_requirement(manager, text)
    if not text.isprintable() or requirement.wrong:
        remedy = (
            say(": write {meant}", meant=requirement.meant)
            if requirement.meant
            else say(": write one as {examples}", examples=_EXAMPLES[manager])
        )
        return f"{show(text)} {requirement.wrong or say('holds what cannot be printed')}{remedy}"
    if requirement.leads_elsewhere and "://" not in text:
        return say("{text} names a file, which the environment is made without: name its packages", text=show(text))
    if not re.search(REQUIREMENTS[manager], text):
        return say(
            "{text} is not written as a config takes it: write one as {examples}",
            text=show(text),
            examples=_EXAMPLES[manager],
        )
    for name in (name for naming, name in own_names(manager, table).items() if re.search(naming, text)):
        return say("{name} is in the file anyway: for another version write `pins: {{{name}: VERSION}}`", name=name)
    if requirement.marker:  # the file's Python decides whether it counts
        *_, requirement = settled([*requirements_of(table, CondaSettings("", (), (), pins)), requirement])
    name = requirement.name
    if name and name in seen and not (requirement.is_conditional or requirement.is_absent):
        return say("{name} is given twice, as {seen} too: keep one of the two", name=name, seen=show(seen[name]))
    if not requirement.is_absent:
        seen.setdefault(name, text)
    return None


@functools.lru_cache
def _against(table: Table, versions: tuple[tuple[str, str], ...], _: str) -> tuple[Finding, ...]:
    """Return what the rules for conda files have against the versions that are set; many scripts set the same.

    It is remembered for each language in which it was said.
    """
    pins, found = dict(versions), list[Finding]()
    for finding in judge(requirements_of(table, CondaSettings("", (), (), pins)), table):
        cause = finding.package if finding.package in pins else table.package
        subject = "" if finding.package == cause else f"{finding.package} "
        severity: Any = finding.severity or load_codes()[finding.code].severity
        severity = "error" if severity == "info" else severity  # a file of which nothing is known is not written
        message = subject + say("{wrong}: {remedy}", wrong=finding.wrong, remedy=say(_OTHER_PIN))
        found.append(Finding(message, severity, ("pins", cause)))
    return tuple(found)
