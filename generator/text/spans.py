"""The text of a script, and where the nodes of its syntax tree stand in it."""

from __future__ import annotations

import functools
import re
from typing import Any, NamedTuple, TypeAlias

from generator.findings import Place, ScoregenError

_NEWLINE = r"\r\n|\r|\n"

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
    """A script's source: ast counts columns in bytes of UTF-8, people and Python's strings in characters."""

    def __init__(self, source: str) -> None:
        """Keep the source; its lines are found when they are wanted."""
        self.source = source
        self._offsets: dict[int, list[int]] = {}

    @functools.cached_property
    def lines(self) -> list[str]:
        """The lines as Python splits them."""
        return re.split(_NEWLINE, self.source)

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(_NEWLINE, self.source))]

    @property
    def newline(self) -> str:
        """The script's line ending: that of its first line."""
        match = re.search(_NEWLINE, self.source)
        return match[0] if match else "\n"

    def column(self, line: int, offset: int) -> int:
        """Return the column, from 1, of an offset in bytes."""
        text = self.lines[line - 1]
        if text.isascii():
            return offset + 1
        import bisect
        import itertools

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
                raise OverlapError("two changes overlap: make one at a time")
            parts += [self.source[position:start], text]
            position = end
        return "".join([*parts, self.source[position:]])


def within(inner: Span, outer: Span) -> bool:
    """Say whether a part of the text lies in another."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]
