"""An environment file of conda's: what it requires, and where in the text that stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from generator.conda.requirements import Manager, Requirement, Span, read_requirement
from generator.findings import Place
from generator.text.yaml_reader import read_document

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_VALUES = 20_000
_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


class Wrong(NamedTuple):
    """Why the text is no conda file, and where."""

    span: Span
    message: str


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
    wrong: tuple[Wrong, ...] = ()

    @property
    def requirements(self) -> list[Requirement]:
        """The requirements in their order."""
        return [entry.requirement for entry in self.entries]


def read_environment(text: str) -> Environment:
    """Return what a conda file says. Never raises for what it holds."""
    document = read_document(text, _MOST_VALUES)
    if document.mistakes:
        starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]
        wrong = (Wrong(_at(text, starts, mistake.place), mistake.message) for mistake in document.mistakes)
        return Environment(wrong=tuple(wrong))
    root = yaml.compose(text, _Loader)
    if not isinstance(root, yaml.MappingNode):
        return Environment(wrong=(Wrong((0, 0), "is not a conda file: it is a mapping with the key dependencies"),))
    found = next((pair for pair in root.value if pair[0].value == "dependencies"), None)
    if found is None:
        return Environment(wrong=(Wrong((0, 0), "is not a conda file: the key dependencies is missing"),))
    return _environment(text, *found)


def _environment(text: str, key: Any, dependencies: Any) -> Environment:
    if not isinstance(dependencies, yaml.SequenceNode):
        return Environment(wrong=(Wrong(_span(key), "dependencies is not a list: begin each line with -"),))
    entries: list[Entry] = []
    wrong: list[Wrong] = []
    pip = None
    for item in dependencies.value:
        if not isinstance(item, yaml.MappingNode):
            entries += _entries(text, "conda", [item], wrong)
            continue
        for name, value in item.value:
            if name.value == "pip" and isinstance(value, yaml.SequenceNode):
                entries += _entries(text, "pip", value.value, wrong)
                pip = pip or _listing(name, value)
            elif name.value == "pip":
                wrong.append(Wrong(_span(name), "pip: is not a list: begin each line below with -, or take it out"))
            else:
                message = "is a mapping, where conda takes a text: write name=version, without a colon"
                wrong.append(Wrong(_span(name), message))
    return Environment(tuple(entries), _listing(key, dependencies), pip, tuple(wrong))


def _entries(text: str, manager: Manager, items: list[Any], wrong: list[Wrong]) -> Iterator[Entry]:
    for item in items:
        if isinstance(item, yaml.ScalarNode) and item.tag == "tag:yaml.org,2002:str":
            start, end = _span(item)
            quotes = item.style or ""
            is_itself = text[start:end] == f"{quotes}{item.value}{quotes}"
            yield Entry(read_requirement(manager, item.value), (start, end), quotes if is_itself else None)
        else:
            wrong.append(Wrong(_span(item), "is not the text of a requirement: write name=version"))


def _listing(key: Any, node: Any) -> Listing:
    return Listing(_span(key), _span(node), tuple(_span(item) for item in node.value), bool(node.flow_style))


def _at(text: str, starts: list[int], place: Place) -> Span:
    """Return a place of YAML's, which knows more line breaks than others, as an empty part of the text.

    ``starts`` says where its lines begin to YAML.
    """
    index = min(starts[min(place.line, len(starts)) - 1] + place.column - 1, len(text))
    return index, index


def _span(node: Any) -> Span:
    return node.start_mark.index, node.end_mark.index
