"""What each version of Python took up, as typed objects; it stands in ``python.yaml`` and ``python_names.yaml``."""

import functools
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from generator.facts.compiled import DATA

Version: TypeAlias = tuple[int, int]
"""A version of Python, as (3, 8)."""

DEFAULT: Version = (3, 8)
"""The Python of an endpoint whose conda file is not at hand: the one that the designer wrote last."""


class Construct(NamedTuple):
    """A piece of syntax. ``python.yaml`` describes each field."""

    name: str
    since: Version
    what: str
    mark: str
    nodes: tuple[str, ...]


class Library(NamedTuple):
    """What a version of Python lacks, each with the version that has it.

    ``modules`` by name, ``names`` and ``subscripted`` by dotted name (``builtins.`` for builtins), ``methods`` by the
    dotted name of the type and then by their own, ``arguments`` by that of the function. ``gone`` are modules that it
    no longer has, with the version that took them out. ``packages``, ``imported``, ``builtins`` and
    ``methods_and_functions`` are the names of which anything is said: of what is in a package, and of its import.
    """

    modules: Mapping[str, Version]
    gone: Mapping[str, Version]
    names: Mapping[str, Version]
    methods: Mapping[str, Mapping[str, Version]]
    arguments: Mapping[str, Mapping[str, Version]]
    subscripted: Mapping[str, Version]
    bare_decorators: Mapping[str, Version]
    packages: frozenset[str]
    imported: frozenset[str]
    builtins: frozenset[str]
    methods_and_functions: frozenset[str]
    dict_union: Version | None
    type_union: Version | None


def version_of(text: str) -> Version:
    """Return the version that a text of the form ``3.8`` or ``3.8.10`` names."""
    major, minor = text.split(".")[:2]
    return int(major), int(minor)


def shown(version: Version) -> str:
    """Return a version as a message names it."""
    return ".".join(map(str, version))


@functools.cache
def load_syntax() -> tuple[Construct, ...]:
    """Return all syntax that some version from 3.6 on lacks."""
    return tuple(Construct(**row | {"since": version_of(row["since"])}) for row in DATA["python"]["syntax"])


@functools.cache
def telling_methods() -> frozenset[str]:
    """Return the methods whose names tell the type that they are of."""
    return frozenset(DATA["python"]["telling_methods"])


@functools.cache
def library_of(python: Version) -> Library:
    """Return what a version of Python lacks."""
    said, measured = DATA["python"], DATA["python_names"]

    def later(of: Mapping[str, Any]) -> Iterator[tuple[Version, Any]]:
        yield from ((version_of(text), found) for text, found in of.items() if version_of(text) > python)

    def by_owner(*sources: Mapping[str, Any]) -> dict[str, dict[str, Version]]:
        found: dict[str, dict[str, Version]] = {}
        for source in sources:
            for since, owners in later(source):
                for owner, words in owners.items():
                    found.setdefault(owner, {}).update(dict.fromkeys(words, since))
        return found

    names = {
        f"{module}.{name}": since
        for module, words in by_owner(measured["names"]).items()
        for name, since in words.items()
    }
    methods = by_owner(measured["methods"])
    arguments = by_owner(measured["arguments"], said["arguments"])
    modules = {
        name: since for of in (measured["modules"], said["modules"]) for since, found in later(of) for name in found
    }
    gone = {
        name: version_of(text)
        for text, found in measured["modules_gone"].items()
        if version_of(text) <= python
        for name in found
    }
    subscripted = {path: since for since, found in later(said["subscripted"]) for path in found}
    bare = {path: since for since, found in later(said["bare_decorators"]) for path in found}
    unions = [
        version if version > python else None for version in map(version_of, (said["dict_union"], said["type_union"]))
    ]
    paths = [path.split(".") for path in (*names, *methods, *arguments, *subscripted, *bare)]
    packages = frozenset(package for package, *_ in paths if package != "builtins")
    imported = frozenset(path.partition(".")[0] for path in (*names, *modules, *gone))
    own = frozenset(path[1] for path in paths if path[0] == "builtins")
    called = frozenset(word for words in methods.values() for word in words)
    called |= frozenset(path.rpartition(".")[2] for path in arguments)
    return Library(
        modules, gone, names, methods, arguments, subscripted, bare, packages, imported, own, called, *unions
    )
