"""Reading YAML with the place of every key: the values, where each stands, and what is wrong with the text.

Built on PyYAML's events, since its composer recurses in C and so falls on deeply nested text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from generator.findings import START, Finding, Path, Place
from generator.text.spans import Text
from generator.text.wording import show_key

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 50
_LONGEST_NUMBER = 10_000  # bits: Python converts no longer ones to text
_LONGEST_WRITTEN = 2_500  # characters of a number, which are no more bits than that, whatever its base
_MOST_VALUES = 300_000  # counted as often as aliases repeat them: enough for 10,000 scripts
_LONGEST_TEXT = 2_000_000
_LONG = 100  # characters: a text counts as a value for each
_MOST_ITEMS = 10_000  # of one list
_MOST_KEYS = 1_000  # of one mapping, in which each is compared with each that is known
_MOST_MISTAKES = 1_000
_MOST_DIRECTIVES = 1_000
_LONGEST_SHOWN = 40
_LONGEST_REASON = 200
_DIRECTIVE = re.compile("^%", re.MULTILINE)
_TOO_DEEP = f"nested deeper than {_DEEPEST} levels"
_TEXT_TAG = "tag:yaml.org,2002:str"
_LIST_TAG = "tag:yaml.org,2002:seq"
_MAPPING_TAG = "tag:yaml.org,2002:map"
_NUMBER_TAGS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_MERGE_TAG = "tag:yaml.org,2002:merge"
_VALUE_TAG = "tag:yaml.org,2002:value"  # a lone equals sign
_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Document(NamedTuple):
    """A YAML document: its value, and what is wrong with its text.

    ``places`` says where keys and items stand, ``origins`` which other path an alias or a merge repeats at a path.
    """

    value: Any
    places: dict[Path, Place]
    origins: dict[Path, Path]
    mistakes: tuple[Finding, ...]

    def place(self, path: Path) -> Place:
        """Return where the value at ``path`` stands, or the nearest thing around it that has a place."""
        while path and path not in self.places:
            shorter = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in self.origins), None)
            path = (*self.origins[shorter], *path[len(shorter) :]) if shorter else path[:-1]
        return self.places.get(path, START)

    def is_merged(self, path: Path) -> bool:
        """Say whether a key comes from a merge (``<<``), so that another may take its place."""
        return path in self.origins and path not in self.places


def read_document(source: bytes | str, most_values: int = _MOST_VALUES) -> Document:
    """Read one YAML document, merge keys and aliases included; bytes must be UTF-8. Never raises for what it holds.

    More than ``most_values`` are a mistake, those that aliases repeat included.
    """
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8-sig", "replace")
        place = Text(before).place_at(len(before))
        return Document(None, {}, {}, (Finding(f"not UTF-8: byte 0x{error.object[error.start]:02x}", place=place),))
    reader = _Reader(most_values)
    try:
        _refuse_many_directives(text)
        value = reader.document(text)
    except _UnreadableError as error:
        return Document(None, {}, {}, (*reader.mistakes, error.args[0]))
    except yaml.MarkedYAMLError as error:
        reason = ", ".join(filter(None, (error.context, error.problem)))[:_LONGEST_REASON]
        if error.problem_mark and _char_at(text, error.problem_mark) == "\t":
            reason = "a tab stands here, and YAML indents with spaces"
        mistake = Finding(f"not valid YAML: {reason}", place=_place(error.problem_mark))
        return Document(None, {}, {}, (*reader.mistakes, mistake))
    except (yaml.reader.ReaderError, UnicodeError):
        return Document(None, {}, {}, (*reader.mistakes, _unprintable(text)))
    return Document(value, reader.places, reader.origins, tuple(reader.mistakes))


def _refuse_many_directives(text: str) -> None:
    """Refuse a text in which more lines begin as directives do than anyone writes: libyaml compares each with all."""
    for number, match in enumerate(_DIRECTIVE.finditer(text), start=1):
        if number > _MOST_DIRECTIVES:
            place = Text(text).place_at(match.start())
            raise _UnreadableError(
                Finding(f"more than {_MOST_DIRECTIVES:,} lines that begin with % are too many", place=place)
            )


def as_document(value: Any) -> Document:
    """Return a value from Python as a document without places. Keys that are not text are mistakes, and left out."""
    mistakes: list[Finding] = []

    def copied(value: Any, depth: int) -> Any:
        if depth > _DEEPEST:
            mistakes.append(Finding(_TOO_DEEP, place=START))
            return None
        if isinstance(value, Mapping):
            mistakes.extend(Finding(_not_a_key(key), place=START) for key in value if not isinstance(key, str))
            return {key: copied(item, depth + 1) for key, item in value.items() if isinstance(key, str)}
        if isinstance(value, (list, tuple)):
            return [copied(item, depth + 1) for item in value]
        if isinstance(value, int) and value.bit_length() > _LONGEST_NUMBER:
            mistakes.append(Finding("a number is too long to be read", place=START))
            return None
        return _plain(value)

    return Document(copied(value, 0), {}, {}, tuple(mistakes))


def _plain(value: Any) -> Any:
    """Return a value of a subclass as what it is at heart: an IntEnum's member, say, is a number."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int.__int__(value)
    return str.__str__(value) if isinstance(value, str) else value


class _Anchored(NamedTuple):
    """What an anchor stands for: the value, the path to it, and how many values it holds."""

    value: Any
    path: Path
    size: int


class _UnreadableError(Exception):
    """Carries the mistake that ends the reading."""


class _Reader:
    def __init__(self, most_values: int) -> None:
        self._most_values = most_values
        self.places: dict[Path, Place] = {}
        self.origins: dict[Path, Path] = {}
        self.mistakes: list[Finding] = []
        self._anchors: dict[str, _Anchored] = {}
        self._values = 0

    def document(self, text: str) -> Any:
        self._events = _Loader(text)
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
            raise _UnreadableError(Finding(_TOO_DEEP, place=_place(event.start_mark)))
        if isinstance(event, yaml.AliasEvent):
            return self._repeated(path, event)
        before = self._values
        self._count(event, 1)
        if isinstance(event, yaml.ScalarEvent):
            self._limit(event, len(event.value), _LONGEST_TEXT, "characters in one text")
            self._count(event, len(event.value) // _LONG)
            value = self._scalar(path, event)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(path, event)
        else:
            value = self._mapping(path, event)
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(value, path, self._values - before)
        return value

    def _repeated(self, path: Path, event: Any) -> Any:
        anchored = self._anchors.get(event.anchor)
        if anchored is None:
            message = f"'*{event.anchor[:_LONGEST_SHOWN]}' has no finished anchor before it"
            raise _UnreadableError(Finding(message, place=_place(event.start_mark)))
        self._count(event, anchored.size)
        self.origins[path] = anchored.path
        return anchored.value

    def _count(self, event: Any, number: int) -> None:
        self._values += number
        self._limit(event, self._values, self._most_values, "values (those that aliases repeat included)")

    def _limit(self, event: Any, number: int, most: int, what: str) -> None:
        if number > most:
            message = f"more than {most:,} {what} are too many"
            raise _UnreadableError(Finding(message, place=_place(event.start_mark)))

    def _sequence(self, path: Path, start: Any) -> list[Any]:
        self._check_tag(path, start, _LIST_TAG)
        items: list[Any] = []
        while not isinstance(event := self._events.get_event(), yaml.SequenceEndEvent):
            item = (*path, len(items))
            self.places[item] = _place(event.start_mark)
            items.append(self._value(item, event))
            self._limit(event, len(items), _MOST_ITEMS, "items in one list")
        return items

    def _mapping(self, path: Path, start: Any) -> dict[str, Any]:
        self._check_tag(path, start, _MAPPING_TAG)
        entries: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        while not isinstance(event := self._events.get_event(), yaml.MappingEndEvent):
            if isinstance(event, yaml.ScalarEvent) and self._tag(event) == _MERGE_TAG:
                merged = self._merged(path, event) | merged
                continue
            key = self._value((*path, "?"), event)
            usable = self._usable_key(path, event, key, entries)
            item = (*path, key if usable else "?")
            if usable:
                self.places[item] = _place(event.start_mark)
            value = self._value(item, self._events.get_event())
            if usable:
                entries[key] = value
                self._limit(event, len(entries), _MOST_KEYS, "keys in one mapping")
        return merged | entries

    def _usable_key(self, path: Path, event: Any, key: Any, entries: dict[str, Any]) -> bool:
        if not isinstance(key, str):
            self._mistake(event, _not_a_key(key), path)
        elif key in entries:
            self._mistake(event, "given twice: keep one of them", (*path, key))
        else:
            return True
        return False

    def _merged(self, path: Path, event: Any) -> dict[str, Any]:
        """Return what ``<<`` merges, the first of several mappings first, and remember where it comes from."""
        source = (*path, "<<")
        value = self._value(source, self._events.get_event())
        merged: dict[str, Any] = {}
        listed = [((*source, index), item) for index, item in enumerate(value)] if isinstance(value, list) else []
        for place, mapping in listed or [(source, value)]:
            if not isinstance(mapping, dict):
                self._mistake(event, "merges no mapping: give it one, or a list of mappings", source)
                continue
            for key in mapping:
                if key not in merged:
                    self.origins[(*path, key)] = (*place, key)
            merged = mapping | merged
            self._limit(event, len(merged), _MOST_KEYS, "keys in one mapping")
        return merged

    def _scalar(self, path: Path, event: Any) -> Any:
        tag = self._tag(event)
        if tag in (_TEXT_TAG, _MERGE_TAG, _VALUE_TAG):
            return event.value
        node = yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark)
        try:
            if tag in _NUMBER_TAGS and len(event.value) > _LONGEST_WRITTEN:
                raise ValueError
            return self._events.construct_object(node)
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError):  # a date that is none, say
            self._mistake(event, f"{event.value[:_LONGEST_SHOWN]!r} cannot be read as {tag.rpartition(':')[2]}", path)
            return event.value

    def _tag(self, event: Any) -> str:
        if event.tag is not None and event.tag != "!":
            return str(event.tag)
        return str(self._events.resolve(yaml.ScalarNode, event.value, event.implicit))

    def _check_tag(self, path: Path, event: Any, usual: str) -> None:
        if event.tag not in (None, "!", usual):
            self._mistake(event, f"the tag {show_key(event.tag)} has no meaning here: leave it out", path)

    def _mistake(self, event: Any, message: str, path: Path = ()) -> None:
        if len(self.mistakes) >= _MOST_MISTAKES:
            message = f"more than {_MOST_MISTAKES:,} mistakes: put those above right first"
            raise _UnreadableError(Finding(message, place=_place(event.start_mark)))
        self.mistakes.append(Finding(message, place=_place(event.start_mark), path=path))


def _unprintable(text: str) -> Finding:
    """Return the mistake for the first character that YAML does not allow."""
    match = _NOT_ALLOWED.search(text)
    place = Text(text).place_at(match.start() if match else 0)
    said = ascii(match[0]) if match else ""
    return Finding(f"not valid YAML: the character {said} is not allowed in it", place=place)


def _char_at(text: str, mark: Any) -> str:
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    return line[mark.column : mark.column + 1]


def _not_a_key(key: Any) -> str:
    return f"{'this' if isinstance(key, (list, dict)) else key} cannot be a key here: keys are text"


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else START
