"""Reading YAML, the one way for all files: the values, where each stands, and what is wrong with the text.

Built on PyYAML's events: its nodes would all be made before the first could be counted (300 bytes each, and an alias of
an alias repeats them), and no longer tell where an alias stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from generator.findings import START, Finding, Path, Place
from generator.text.encodings import not_utf8
from generator.text.spans import Span, Text
from generator.text.wording import show_key, without_blank
from generator.translations.language import mark, say

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 50
_LONGEST_NUMBER = 10_000  # bits: Python converts no longer ones to text
_LONGEST_WRITTEN = 2_500  # characters of a number, which are no more bits than that, whatever its base
_MOST_VALUES = 75_000  # counted as often as aliases repeat them: enough for 4,500 scripts of seven lines
_LONGEST_TEXT = 2_000_000
_NEAR = 3  # lines: so far above the place that YAML names the mistake may stand
_LONG = 100  # characters: a text counts as a value for each
_MOST_ITEMS = 10_000  # of one list
_MOST_KEYS = 1_000  # of one mapping, in which each is compared with each that is known
_MOST_MISTAKES = 1_000
_MOST_DIRECTIVES = 1_000
_LONGEST_SHOWN = 40
_LONGEST_REASON = 200
_DIRECTIVE = re.compile("^%", re.MULTILINE)
_TEXT_TAG = "tag:yaml.org,2002:str"
_LIST_TAG = "tag:yaml.org,2002:seq"
_MAPPING_TAG = "tag:yaml.org,2002:map"
_NUMBER_TAGS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_MERGE_TAG = "tag:yaml.org,2002:merge"
_VALUE_TAG = "tag:yaml.org,2002:value"  # a lone equals sign
_ODD_BREAK = re.compile("[\x85\u2028\u2029]")  # what ends a line for YAML alone
_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


SECOND_DOCUMENT = mark("a second document begins here: keep one")


class Node(NamedTuple):
    """A value as it stands in the text, for those who edit it.

    ``span`` begins with its anchor or tag, where it has one, and ends with its last character. ``style`` is, of a text,
    its quotes, ``|`` or ``>``, of a list or mapping its bracket, ``[`` or ``{``, and empty where there is none of them.
    ``items`` are those of a list, ``pairs`` the keys and values of a mapping but for merges (``<<``).

    An alias has the node that it repeats, which stands elsewhere.
    """

    value: Any
    span: Span
    style: str = ""
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()


class Document(NamedTuple):
    """A YAML document: its value, and what is wrong with its text.

    ``places`` says where keys and items stand, ``origins`` which other path an alias or a merge repeats at a path.
    ``root`` is the value as it stands in the text; None where nothing stands there, or it cannot be read.
    """

    value: Any
    places: dict[Path, Place]
    origins: dict[Path, Path]
    mistakes: tuple[Finding, ...]
    root: Node | None = None

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
        return Document(None, {}, {}, (Finding(not_utf8(error), place=place),))
    reader = _Reader(text, most_values)
    try:
        _refuse_many_directives(text)
        root = reader.document()
    except _UnreadableError as error:
        return Document(None, {}, {}, (*reader.mistakes, error.args[0]))
    except yaml.MarkedYAMLError as error:
        reason = ", ".join(filter(None, (error.context, error.problem)))[:_LONGEST_REASON]
        if error.problem_mark and text.startswith("\t", error.problem_mark.index):
            reason = say("a tab stands here, and YAML indents with spaces")
        place = reader.place(error.problem_mark) if error.problem_mark else START
        mistake = _without_blank(text, place) or Finding(say("not valid YAML: {reason}", reason=reason), place=place)
        return Document(None, {}, {}, (*reader.mistakes, mistake))
    except (yaml.reader.ReaderError, UnicodeError):
        return Document(None, {}, {}, (*reader.mistakes, _unprintable(text)))
    return Document(root and root.value, reader.places, reader.origins, tuple(reader.mistakes), root)


def _without_blank(text: str, place: Place) -> Finding | None:
    """Return the mistake of the nearest line at or above a place that lacks the blank behind its colon, if one does."""
    lines = Text(text).lines[: place.line]
    for number in range(len(lines), max(len(lines) - _NEAR, 0), -1):
        line = lines[number - 1]
        if what := without_blank(line):
            return Finding(what, place=Place(number, line.index(":") + 1))
    return None


def _refuse_many_directives(text: str) -> None:
    """Refuse a text in which more lines begin as directives do than anyone writes: libyaml compares each with all."""
    for number, match in enumerate(_DIRECTIVE.finditer(text), start=1):
        if number > _MOST_DIRECTIVES:
            place = Text(text).place_at(match.start())
            raise _UnreadableError(
                Finding(
                    say(
                        "more than {most_directives:,} lines that begin with % are too many",
                        most_directives=_MOST_DIRECTIVES,
                    ),
                    place=place,
                )
            )


def as_document(value: Any) -> Document:
    """Return a value from Python as a document without places. Keys that are not text are mistakes, and left out."""
    mistakes: list[Finding] = []

    def copied(value: Any, depth: int) -> Any:
        if depth > _DEEPEST:
            mistakes.append(Finding(_too_deep(), place=START))
            return None
        if isinstance(value, Mapping):
            mistakes.extend(Finding(_not_a_key(key), place=START) for key in value if not isinstance(key, str))
            return {key: copied(item, depth + 1) for key, item in value.items() if isinstance(key, str)}
        if isinstance(value, (list, tuple)):
            return [copied(item, depth + 1) for item in value]
        if isinstance(value, int) and value.bit_length() > _LONGEST_NUMBER:
            mistakes.append(Finding(say("a number is too long to be read"), place=START))
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
    """What an anchor stands for: the node, the path to it, and how many values it holds."""

    node: Node
    path: Path
    size: int


class _UnreadableError(Exception):
    """Carries the mistake that ends the reading."""


class _Reader:
    def __init__(self, text: str, most_values: int) -> None:
        self._source = Text(text)
        self._has_odd_breaks = bool(_ODD_BREAK.search(text))
        self._most_values = most_values
        self._end = 0  # of what was read last, an alias included
        self.places: dict[Path, Place] = {}
        self.origins: dict[Path, Path] = {}
        self.mistakes: list[Finding] = []
        self._anchors: dict[str, _Anchored] = {}
        self._values = 0

    def document(self) -> Node | None:
        self._events = _Loader(self._source.source)
        self._events.get_event()
        if self._events.check_event(yaml.StreamEndEvent):
            return None
        self._events.get_event()
        root = self._node((), self._events.get_event())
        self._events.get_event()
        if not self._events.check_event(yaml.StreamEndEvent):
            self._mistake(self._events.get_event(), say(SECOND_DOCUMENT))
        return root

    def place(self, mark: Any) -> Place:
        """Return the line and the column of a mark of PyYAML's, which has more line breaks than editors."""
        return self._source.place_at(mark.index) if self._has_odd_breaks else Place(mark.line + 1, mark.column + 1)

    def _node(self, path: Path, event: Any) -> Node:
        if len(path) > _DEEPEST:
            raise _UnreadableError(Finding(_too_deep(), place=self.place(event.start_mark)))
        start, self._end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.AliasEvent):
            return self._repeated(path, event)
        before = self._values
        self._count(event, 1)
        if isinstance(event, yaml.ScalarEvent):
            self._limit(event, len(event.value), _LONGEST_TEXT, mark("characters in one text"))
            self._count(event, len(event.value) // _LONG)
            node = Node(self._scalar(path, event), (start, self._end), event.style or "")
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._sequence(path, event)
        else:
            node = self._mapping(path, event)
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(node, path, self._values - before)
        return node

    def _repeated(self, path: Path, event: Any) -> Node:
        anchored = self._anchors.get(event.anchor)
        if anchored is None:
            message = say("'*{anchor}' has no finished anchor before it", anchor=event.anchor[:_LONGEST_SHOWN])
            raise _UnreadableError(Finding(message, place=self.place(event.start_mark)))
        self._count(event, anchored.size)
        self.origins[path] = anchored.path
        return anchored.node

    def _count(self, event: Any, number: int) -> None:
        self._values += number
        self._limit(event, self._values, self._most_values, mark("values (those that aliases repeat included)"))

    def _limit(self, event: Any, number: int, most: int, what: str) -> None:
        if number > most:
            message = say("more than {most:,} {what} are too many", most=most, what=say(what))
            raise _UnreadableError(Finding(message, place=self.place(event.start_mark)))

    def _sequence(self, path: Path, start: Any) -> Node:
        self._check_tag(path, start, _LIST_TAG)
        items: list[Node] = []
        while not isinstance(event := self._events.get_event(), yaml.SequenceEndEvent):
            item = (*path, len(items))
            self.places[item] = self.place(event.start_mark)
            items.append(self._node(item, event))
            self._limit(event, len(items), _MOST_ITEMS, mark("items in one list"))
        value = [node.value for node in items]
        return Node(value, self._span(start, event), "[" if start.flow_style else "", items=tuple(items))

    def _span(self, start: Any, end: Any) -> Span:
        """Return where a list or mapping stands: one in lines ends with the last thing in it."""
        if start.flow_style:
            self._end = end.end_mark.index
        return start.start_mark.index, self._end

    def _mapping(self, path: Path, start: Any) -> Node:
        self._check_tag(path, start, _MAPPING_TAG)
        pairs: list[tuple[Node, Node]] = []
        entries: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        while not isinstance(event := self._events.get_event(), yaml.MappingEndEvent):
            if isinstance(event, yaml.ScalarEvent) and self._tag(event) == _MERGE_TAG:
                merged = self._merged(path, event) | merged
                continue
            key = self._node((*path, "?"), event)
            usable = self._usable_key(path, event, key.value, entries)
            item = (*path, key.value if usable else "?")
            if usable:
                self.places[item] = self.place(event.start_mark)
            value = self._node(item, self._events.get_event())
            if usable:
                pairs.append((key, value))
                entries[key.value] = value.value
                self._limit(event, len(entries), _MOST_KEYS, mark("keys in one mapping"))
        return Node(merged | entries, self._span(start, event), "{" if start.flow_style else "", pairs=tuple(pairs))

    def _usable_key(self, path: Path, event: Any, key: Any, entries: dict[str, Any]) -> bool:
        if not isinstance(key, str):
            self._mistake(event, _not_a_key(key), path)
        elif key in entries:
            self._mistake(event, say("given twice: keep one of them"), (*path, key))
        else:
            return True
        return False

    def _merged(self, path: Path, event: Any) -> dict[str, Any]:
        """Return what ``<<`` merges, the first of several mappings first, and remember where it comes from."""
        source = (*path, "<<")
        value = self._node(source, self._events.get_event()).value
        merged: dict[str, Any] = {}
        listed = [((*source, index), item) for index, item in enumerate(value)] if isinstance(value, list) else []
        for place, mapping in listed or [(source, value)]:
            if not isinstance(mapping, dict):
                self._mistake(event, say("merges no mapping: give it one, or a list of mappings"), source)
                continue
            for key in mapping:
                if key not in merged:
                    self.origins[(*path, key)] = (*place, key)
            merged = mapping | merged
            self._limit(event, len(merged), _MOST_KEYS, mark("keys in one mapping"))
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
            self._mistake(
                event,
                say(
                    "{value!r} cannot be read as {kind}",
                    value=event.value[:_LONGEST_SHOWN],
                    kind=tag.rpartition(":")[2],
                ),
                path,
            )
            return event.value

    def _tag(self, event: Any) -> str:
        if event.tag is not None and event.tag != "!":
            return str(event.tag)
        return str(self._events.resolve(yaml.ScalarNode, event.value, event.implicit))

    def _check_tag(self, path: Path, event: Any, usual: str) -> None:
        if event.tag not in (None, "!", usual):
            self._mistake(event, say("the tag {tag} has no meaning here: leave it out", tag=show_key(event.tag)), path)

    def _mistake(self, event: Any, message: str, path: Path = ()) -> None:
        if len(self.mistakes) >= _MOST_MISTAKES:
            message = say(
                "more than {most_mistakes:,} mistakes: put those above right first", most_mistakes=_MOST_MISTAKES
            )
            raise _UnreadableError(Finding(message, place=self.place(event.start_mark)))
        self.mistakes.append(Finding(message, place=self.place(event.start_mark), path=path))


def _unprintable(text: str) -> Finding:
    """Return the mistake for the first character that YAML does not allow."""
    match = _NOT_ALLOWED.search(text)
    place = Text(text).place_at(match.start() if match else 0)
    said = ascii(match[0]) if match else ""
    return Finding(say("not valid YAML: the character {said} is not allowed in it", said=said), place=place)


def _not_a_key(key: Any) -> str:
    return say("{key} cannot be a key here: keys are text", key="this" if isinstance(key, (list, dict)) else key)


def _too_deep() -> str:
    return say("nested deeper than {deepest} levels", deepest=_DEEPEST)
