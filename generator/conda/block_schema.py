"""The JSON Schema of a config's ``conda`` block: what it may hold, for whichever module and for one."""

from __future__ import annotations

import functools
from typing import Any

from generator.conda.pin_rules import pin_rules
from generator.conda.ranges import END, VERSION, equal
from generator.conda.requirements import CONDA_NAME, CONDA_VERSION, LONGEST, PIP_NAME, PIP_VERSION, Manager, normal
from generator.facts.conda import load_facts
from generator.facts.modules import Table, load_tables
from generator.text.meaning import in_any_case
from generator.translations.language import mark

LISTS: dict[str, Manager] = {"packages": "pip", "conda_packages": "conda"}
"""The keys with further packages, and what installs those."""
NAME_IN_WORDS = mark("write letters, digits, and what of - _ . you like")

_PLAIN_CONDA_VERSION = r"[0-9]+(?:\.[0-9]+)*(?:[._-]?[a-z]+[0-9]*)?"

_COMMENT = "(?: +#[ -~]*)? *"
_CLAUSE = rf" *(?:===?|!=|<=|>=|~=|<|>) *{PIP_VERSION}(?:\.\*)? *"
_CLAUSES = f"{_CLAUSE}(?:,{_CLAUSE})*"
_ADDRESS = "(?:(?!(?:^| )#)[ -~])*://[ -~]*"
_OPTION = r"-(?![rce]|-(?:requirement|constraint|editable)\b)[ -~]*"
_ARCHIVE = rf"[ -~]*\.(?:whl|zip|tar\.gz){_COMMENT}{END}"
_PLAIN = rf"{PIP_NAME} *(?:\[[^\[\]]*\])? *(?:(?:{_CLAUSES}|\({_CLAUSES}\))(?: --?[a-z][ -~]*)?)?(?:;[ -~]*)?{_COMMENT}"
_PIP = rf"^(?:{_ADDRESS}|{_OPTION}|(?!{_ARCHIVE}) *{_PLAIN}){END}"

_CONDA_WORD = rf"{CONDA_VERSION}(?:\.?\*)?"
_CONDA_CLAUSE = rf" *(?:===?|!=|<=|>=|~=|=|<|>)? *(?:{_CONDA_WORD}|\.?\*) *"
_CONDA_CLAUSES = rf"{_CONDA_CLAUSE}(?:[,|]{_CONDA_CLAUSE})*"
_BUILD = "[A-Za-z0-9_.+-]+"
_CHANNEL = "(?:[A-Za-z0-9_./-]+::)?"
_CONDA_VERSIONS = "|".join(
    (
        f"(?=[ =<>!~]){_CONDA_CLAUSES}",
        f" *==?{_CONDA_WORD}={_BUILD}",
        f" +{_CONDA_WORD} +{_BUILD}",
        rf""" *\[version *= *(?:'{_CONDA_CLAUSES}'|"{_CONDA_CLAUSES}")\]""",
    )
)
_CONDA = rf"^ *{_CHANNEL}{CONDA_NAME}(?:{_CONDA_VERSIONS})?{_COMMENT}{END}"

REQUIREMENTS: dict[Manager, str] = {"pip": _PIP, "conda": _CONDA}
"""What a further package may look like, for pip and for conda: no more than ``read_requirement`` takes."""


def conda_schema() -> dict[str, Any]:
    """Return the JSON Schema of a block, for whichever module."""
    facts = load_facts()
    names = dict.fromkeys(name for table in load_tables() for name in pinnable(table))
    return {
        "type": ["boolean", "object"],
        "description": "Whether a conda file goes with the script, and what it holds besides what the module needs.",
        "properties": {
            "name": {
                "description": "The environment's name.",
                "type": "string",
                "pattern": f"^{CONDA_NAME}{END}",
                "patternErrorMessage": NAME_IN_WORDS,
                "default": facts.name,
            },
            "packages": _list("pip", "More packages from PyPI, as pip writes them: shap==0.39.0."),
            "conda_packages": _list("conda", "More packages from conda's channels, as conda writes them: libgomp."),
            "pins": {
                "description": "Other versions of packages that the file holds anyway.",
                "type": "object",
                "properties": {name: _version(name) for name in names},
                "additionalProperties": False,
            },
        },
        "additionalProperties": False,
    }


def module_conda_schema(table: Table) -> dict[str, Any]:
    """Return what the schema of a block has besides for one module: what it may pin, and need not name."""
    package = load_facts().package(table)
    pins = {"properties": dict.fromkeys(pinnable(table), True), "additionalProperties": False}
    rules = {"allOf": [{"$ref": f"#/$defs/{package.name}"}]} if package else {}
    lists = {
        key: {"items": {"not": {"pattern": "|".join(own_names(manager, table))}}}
        for key, manager in LISTS.items()
        if package
    }
    return {"properties": {"pins": pins | rules} | lists}


def definitions() -> dict[str, Any]:
    """Return what ``module_conda_schema`` refers to: which pins go together, by the package of the module."""
    return {package.name: {"allOf": pin_rules(package)} for package in load_facts().packages}


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
def own_names(manager: Manager, table: Table) -> dict[str, str]:
    """Return the packages that the file holds anyway, by patterns of the requirements that name them."""
    return {_naming(manager, name): name for name in pinnable(table)}


@functools.cache
def empty_releases(name: str) -> tuple[str, ...]:
    """Return the releases of a package that hold nothing."""
    facts = load_facts()
    empty = {package.name: package.empty for package in facts.packages}
    return (empty | {shared.name: shared.empty for shared in (facts.serving, facts.core)}).get(name, ())


def _naming(manager: Manager, name: str) -> str:
    """Return the pattern of a requirement of a package, however its name is spelt."""
    spelt = "[-_.]+".join(map(in_any_case, normal(name).split("-")))
    if manager == "conda":
        return rf"^ *{_CHANNEL}{spelt}(?![A-Za-z0-9._-])"
    of_address = rf"^(?=[ -~]*://)[ -~]*(?:[ /=]{spelt}-[0-9]|[#&]egg={spelt}(?![A-Za-z0-9._-]))"
    return rf"^ *{spelt}(?![A-Za-z0-9._-])|{of_address}"


def _list(manager: Manager, description: str) -> dict[str, Any]:
    items = {"type": "string", "pattern": REQUIREMENTS[manager], "maxLength": LONGEST}
    return {"description": description, "type": "array", "items": items}


def _version(name: str) -> dict[str, Any]:
    extras = {extra.name for table in load_tables() for extra in table.conda}
    pattern = rf"^{_PLAIN_CONDA_VERSION}{END}" if name in extras else VERSION
    schema = {
        "description": f"The version of {name}.",
        "type": "string",
        "pattern": pattern,
        "patternErrorMessage": "A version, as 1.54.0.",
    }
    empty = [equal(release) for release in empty_releases(name)]
    return schema | ({"not": {"pattern": "|".join(empty)}} if empty else {})
