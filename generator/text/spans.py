"""Lines, columns, places and edits of a text, and where the nodes of a syntax tree stand in it."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from typing import Any, NamedTuple, TypeAlias

from generator.findings import Place, ScoregenError
from generator.translations.language import say

NEWLINE = re.compile(r"\r\n|\r|\n")
"""What ends a line for Python and for editors."""

Span: TypeAlias = tuple[int, int]
"""A part of the text: the index of its first character, and the index behind its last."""


class Edit(NamedTuple):
    """A part of the text and what is to stand there instead."""

    span: Span
    text: str


class OverlapError(ScoregenError):
    """Two edits change the same part of a text."""


class UnreadableError(ScoregenError):
    """A part of a text cannot be taken apart."""


class Text:
    """The source of a script, or of another file that is edited.

    An index counts characters from the beginning of the text, a column those of its line, from 1. Only ``ast`` counts
    otherwise: its columns are offsets in bytes of UTF-8, so in the line ``é = 1`` the number has offset 5 and column 5.
    """

    def __init__(self, source: str) -> None:
        """Keep the source; its lines are found when they are wanted."""
        self.source = source
        self._offsets: dict[int, list[int]] = {}

    @functools.cached_property
    def lines(self) -> list[str]:
        """The lines, without what ends them."""
        return NEWLINE.split(self.source)

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in NEWLINE.finditer(self.source))]

    @property
    def newline(self) -> str:
        """What ends the first line; a line feed where there is only one line."""
        match = NEWLINE.search(self.source)
        return match[0] if match else "\n"

    def place_at(self, index: int) -> Place:
        """Return the line and the column of an index."""
        line = bisect.bisect(self._starts, index)
        return Place(line, index - self._starts[line - 1] + 1)

    def places(self, span: Span) -> tuple[Place, Place]:
        """Return where a part of the text begins, and the place behind it."""
        return self.place_at(span[0]), self.place_at(span[1])

    def line_start(self, index: int) -> int:
        """Return where the line of an index begins."""
        return max(self.source.rfind("\n", 0, index), self.source.rfind("\r", 0, index)) + 1

    def line_end(self, index: int) -> int:
        """Return where the line of an index ends, before its line break."""
        match = NEWLINE.search(self.source, index)
        return match.start() if match else len(self.source)

    def next_line(self, index: int) -> int:
        """Return where the next line begins; the end of the text where there is none."""
        match = NEWLINE.search(self.source, index)
        return match.end() if match else len(self.source)

    def column(self, line: int, offset: int) -> int:
        """Return the column of an offset in bytes, from 0, which is how ``ast`` counts."""
        text = self.lines[line - 1]
        if text.isascii():
            return offset + 1
        if line not in self._offsets:
            self._offsets[line] = list(itertools.accumulate(len(char.encode()) for char in text))
        return bisect.bisect_right(self._offsets[line], offset) + 1

    def place(self, node: Any) -> Place:
        """Return where a node begins, by line and column."""
        return Place(node.lineno, self.column(node.lineno, node.col_offset))

    def span(self, node: Any) -> Span:
        """Return where a node stands."""
        return (
            self._starts[node.lineno - 1] + self.column(node.lineno, node.col_offset) - 1,
            self._starts[node.end_lineno - 1] + self.column(node.end_lineno, node.end_col_offset) - 1,
        )

    def of(self, node: Any) -> str:
        """Return a node's source."""
        start, end = self.span(node)
        return self.source[start:end]

    def edited(self, edits: list[Edit]) -> str:
        """Return the source with the edits made; those at one place in the order in which they are given.

        Raises OverlapError.
        """
        parts, position = [], 0
        for (start, end), text in sorted(edits, key=lambda edit: edit.span):
            if start < position:
                raise OverlapError(say("two changes overlap: make one at a time"))
            parts += [self.source[position:start], text]
            position = end
        return "".join([*parts, self.source[position:]])


def start_of(node: Any) -> tuple[int, int]:
    """Return what the nodes of a text are sorted by: the line and the offset in bytes at which one begins."""
    return node.lineno, node.col_offset


def end_of(node: Any) -> tuple[int, int]:
    """Return the line and the offset in bytes behind a node."""
    return node.end_lineno, node.end_col_offset


def place_of_error(error: SyntaxError | ValueError) -> Place:
    """Return where Python has found what it cannot parse; the beginning, where it does not say."""
    return Place(getattr(error, "lineno", None) or 1, getattr(error, "offset", None) or 1)


def within(inner: Span, outer: Span) -> bool:
    """Say whether a part of the text lies in another."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]
