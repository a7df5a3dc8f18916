"""Reading YAML with the place of every key: the values, where each stands, and what is wrong with the text.

Built on PyYAML's events, since its composer recurses in C and so falls on deeply nested text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

import yaml

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands: the keys and indices that lead to it."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 50
_LONGEST_NUMBER = 10_000  # bits: Python converts no longer ones to text
_MOST_ALIASED = 1_000_000  # values, counted as often as aliases repeat them
_TOO_DEEP = f"nested deeper than {_DEEPEST} levels"
_TEXT_TAG = "tag:yaml.org,2002:str"
_MERGE_TAG = "tag:yaml.org,2002:merge"


class Place(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    column: int


class Mistake(NamedTuple):
    """Something that is wrong with the text itself."""

    place: Place
    message: str


class Document(NamedTuple):
    """A YAML document: its value, the places of its keys and items, and what is wrong with it."""

    value: Any
    places: dict[Path, Place]
    mistakes: tuple[Mistake, ...]

    def place(self, path: Path) -> Place:
        """Return where the value at ``path`` stands, or the nearest thing around it that has a place."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(1, 1))

    def is_merged(self, path: Path) -> bool:
        """Say whether a key comes from a merge (``<<``), so that another may take its place."""
        return bool(self.places) and path not in self.places


def read_document(source: bytes | str) -> Document:
    """Read one YAML document, merge keys and aliases included; bytes must be UTF-8. Never raises for what it holds."""
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8-sig", "replace")
        place = Place(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        return Document(None, {}, (Mistake(place, f"not UTF-8: byte 0x{error.object[error.start]:02x}"),))
    reader = _Reader(text)
    try:
        value = reader.document()
    except _UnreadableError as error:
        return Document(None, {}, (*reader.mistakes, error.args[0]))
    except yaml.MarkedYAMLError as error:
        reason = ", ".join(filter(None, (error.context, error.problem)))
        if error.problem_mark and _char_at(text, error.problem_mark) == "\t":
            reason = "a tab stands here, and YAML indents with spaces"
        return Document(None, {}, (*reader.mistakes, Mistake(_place(error.problem_mark), f"not valid YAML: {reason}")))
    except (yaml.YAMLError, UnicodeError) as error:
        return Document(None, {}, (*reader.mistakes, Mistake(Place(1, 1), f"not valid YAML: {_one_line(error)}")))
    return Document(value, reader.places, tuple(reader.mistakes))


def as_document(value: Any) -> Document:
    """Return a value from Python as a document without places. Keys that are not text are mistakes, and left out."""
    mistakes: list[Mistake] = []

    def copied(value: Any, depth: int) -> Any:
        if depth > _DEEPEST:
            mistakes.append(Mistake(Place(1, 1), _TOO_DEEP))
            return None
        if isinstance(value, Mapping):
            mistakes.extend(Mistake(Place(1, 1), _not_a_key(key)) for key in value if not isinstance(key, str))
            return {key: copied(item, depth + 1) for key, item in value.items() if isinstance(key, str)}
        if isinstance(value, int) and value.bit_length() > _LONGEST_NUMBER:
            mistakes.append(Mistake(Place(1, 1), "a number is too long to be read"))
            return None
        return [copied(item, depth + 1) for item in value] if isinstance(value, (list, tuple)) else value

    return Document(copied(value, 0), {}, tuple(mistakes))


class _UnreadableError(Exception):
    """Carries the mistake that ends the reading."""


class _Reader:
    def __init__(self, text: str) -> None:
        self.places: dict[Path, Place] = {}
        self.mistakes: list[Mistake] = []
        self._anchors: dict[str, tuple[Any, int]] = {}  # the value, and how many values it holds
        self._values = 0
        self._aliased = 0
        self._events = _Loader(text)

    def document(self) -> Any:
        self._events.get_event()
        if self._events.check_event(yaml.StreamEndEvent):
            return None
        self._events.get_event()
        value = self._value((), self._events.get_event())
        self._events.get_event()
        if not self._events.check_event(yaml.StreamEndEvent):
            second = self._events.get_event()
            self._mistake(second, "a second document begins here: put several scripts under one `scripts:` list")
        return value

    def _value(self, path: Path, event: Any) -> Any:
        if len(path) > _DEEPEST:
            raise _UnreadableError(Mistake(_place(event.start_mark), _TOO_DEEP))
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                message = f"'*{event.anchor}' has no finished anchor before it"
                raise _UnreadableError(Mistake(_place(event.start_mark), message))
            value, size = self._anchors[event.anchor]
            self._aliased += size
            self._values += size
            if self._aliased > _MOST_ALIASED:
                message = f"the aliases repeat more than {_MOST_ALIASED:,} values"
                raise _UnreadableError(Mistake(_place(event.start_mark), message))
            return value
        before = self._values
        self._values += 1
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(path)
        else:
            value = self._mapping(path)
        if event.anchor:
            self._anchors[event.anchor] = value, self._values - before
        return value

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._events.get_event(), yaml.SequenceEndEvent):
            item = (*path, len(items))
            self.places[item] = _place(event.start_mark)
            items.append(self._value(item, event))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        merged: list[Any] = []
        while not isinstance(event := self._events.get_event(), yaml.MappingEndEvent):
            if isinstance(event, yaml.ScalarEvent) and self._tag(event) == _MERGE_TAG:
                merged.append(self._value((*path, "<<"), self._events.get_event()))
                continue
            key = self._value((*path, "?"), event)
            usable = self._usable_key(event, key, entries)
            item = (*path, key if usable else "?")
            if usable:
                self.places[item] = _place(event.start_mark)
            value = self._value(item, self._events.get_event())
            if usable:
                entries[key] = value
        for source in merged:
            entries = self._merge(source) | entries
        return entries

    def _usable_key(self, event: Any, key: Any, entries: dict[str, Any]) -> bool:
        if not isinstance(key, str):
            self._mistake(event, _not_a_key(key))
        elif key in entries:
            self._mistake(event, f"{key!r} is given twice: keep one of them")
        else:
            return True
        return False

    @staticmethod
    def _merge(source: Any) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for mapping in source if isinstance(source, list) else [source]:
            if isinstance(mapping, dict):
                merged = mapping | merged
        return merged

    def _scalar(self, event: Any) -> Any:
        tag = self._tag(event)
        if tag in (_TEXT_TAG, _MERGE_TAG):
            return event.value
        node = yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark)
        try:
            return self._events.construct_object(node)
        except ValueError:  # a date that is none, a number too long to convert
            self._mistake(event, f"{event.value[:40]!r} cannot be read as {tag.rpartition(':')[2]}")
            return event.value

    def _tag(self, event: Any) -> str:
        if event.tag is not None and event.tag != "!":
            return str(event.tag)
        return str(self._events.resolve(yaml.ScalarNode, event.value, event.implicit))

    def _mistake(self, event: Any, message: str) -> None:
        self.mistakes.append(Mistake(_place(event.start_mark), message))


def _char_at(text: str, mark: Any) -> str:
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    return line[mark.column : mark.column + 1]


def _not_a_key(key: Any) -> str:
    return f"{'this' if isinstance(key, (list, dict)) else key} cannot be a key here: keys are text"


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
