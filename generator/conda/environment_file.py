"""An environment file of conda's: what it requires, and where in the text that stands."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.conda.markers import settled
from generator.conda.requirements import Manager, Requirement, read_requirement
from generator.conda.versions import newest_python
from generator.facts.conda import load_facts
from generator.findings import START, Finding
from generator.text.spans import Span, Text
from generator.text.yaml_reader import Node, read_document
from generator.translations.language import say, spoken

_MOST_VALUES = 20_000
_KEY = "dependencies"
_KEPT = 8  # of the files that were read last: the one beside a script is read for both, and many say the same


class Entry(NamedTuple):
    """A requirement, where it stands, and in which quotes ('' if in none, None if it cannot be written anew)."""

    requirement: Requirement
    span: Span
    quotes: str | None


class Listing(NamedTuple):
    """A list of the text: where what it is called stands, where it begins, and where each of its items stands."""

    name: Span
    span: Span
    items: tuple[Span, ...]
    is_flow: bool


class Environment(NamedTuple):
    """What a conda file says: its requirements, conda's list of them and pip's, and what is wrong with the text."""

    entries: tuple[Entry, ...] = ()
    dependencies: Listing | None = None
    pip: Listing | None = None
    wrong: tuple[Finding, ...] = ()

    @property
    def requirements(self) -> list[Requirement]:
        """The requirements in their order."""
        return [entry.requirement for entry in self.entries]

    @property
    def python(self) -> str | None:
        """The Python that conda takes, as 3.8; None where the file does not say."""
        name = load_facts().python.name
        specs = (item.spec for item in self.requirements if (item.manager, item.name) == ("conda", name))
        return next((newest_python(spec) for spec in specs if spec), None)


def read_environment(text: str) -> Environment:
    """Return what a conda file says. Never raises for what it holds."""
    return _read(text, spoken())


@functools.lru_cache(_KEPT)
def _read(text: str, _: str) -> Environment:
    """Return the same, remembered for each language in which it was said what is wrong."""
    document = read_document(text, _MOST_VALUES)
    if document.mistakes:
        return Environment(wrong=document.mistakes)
    root = document.root
    if root is None or not isinstance(root.value, dict):
        return Environment(
            wrong=(Finding(say("is not a conda file: it is a mapping with the key {key}", key=_KEY), end=START),)
        )
    found = next((pair for pair in root.pairs if pair[0].value == _KEY), None)
    if found is None:
        return Environment(wrong=(Finding(say("is not a conda file: the key {key} is missing", key=_KEY), end=START),))
    return _environment(Text(text), *found)


def _environment(text: Text, key: Node, dependencies: Node) -> Environment:
    if not isinstance(dependencies.value, list):
        return Environment(wrong=(_wrong(text, key, say("{key} is not a list: begin each line with -", key=_KEY)),))
    entries: list[Entry] = []
    wrong: list[Finding] = []
    pip = None
    for item in dependencies.items:
        if not isinstance(item.value, dict):
            entries += _entries(text, "conda", [item], wrong)
            continue
        for name, value in item.pairs:
            if name.value == "pip" and isinstance(value.value, list):
                entries += _entries(text, "pip", value.items, wrong)
                pip = pip or _listing(name, value)
            elif name.value == "pip":
                message = say("pip: is not a list: begin each line below with -, or take it out")
                wrong.append(_wrong(text, name, message))
            else:
                message = say("is a mapping, where conda takes a text: write name=version, without a colon")
                wrong.append(_wrong(text, name, message))
    judged = zip(entries, settled([entry.requirement for entry in entries]), strict=True)
    entries = [entry._replace(requirement=requirement) for entry, requirement in judged]
    return Environment(tuple(entries), _listing(key, dependencies), pip, tuple(wrong))


def _entries(text: Text, manager: Manager, items: Iterable[Node], wrong: list[Finding]) -> Iterator[Entry]:
    for item in items:
        if isinstance(item.value, str):
            is_itself = text.source[slice(*item.span)] == f"{item.style}{item.value}{item.style}"
            yield Entry(read_requirement(manager, item.value), item.span, item.style if is_itself else None)
        else:
            wrong.append(_wrong(text, item, say("is not the text of a requirement: write name=version")))


def _listing(key: Node, node: Node) -> Listing:
    return Listing(key.span, node.span, tuple(item.span for item in node.items), bool(node.style))


def _wrong(text: Text, node: Node, message: str) -> Finding:
    place, end = text.places(node.span)
    return Finding(message, place=place, end=end)
