"""A bracketed series in a script, arguments or imported names, taken apart so that one item can be put in or out.

libcst reads it; every piece is kept as text, so that what is not edited stays as it is to the byte.
"""

from __future__ import annotations

import re
from typing import Any

import libcst as cst

_NEWLINE = re.compile(r"\r\n|\r|\n")


class Series:
    """The items of a call, a dict display or an import, and the text around them.

    ``gaps`` stand between the items, commas included; ``end`` reaches from the last item to the closing bracket.
    """

    def __init__(self, opening: str, lead: str, items: list[str], gaps: list[str], end: str, closing: str) -> None:
        """Put the pieces together; see ``read_series``."""
        self.opening = opening
        self.lead = lead
        self.items = items
        self.gaps = gaps
        self.end = end
        self.closing = closing

    def code(self) -> str:
        """Return the source of the whole."""
        between = [*self.gaps, self.end] if self.items else [self.end]
        parts = [item + gap for item, gap in zip(self.items, between, strict=True)] if self.items else between
        return self.opening + self.lead + "".join(parts) + self.closing

    def insert(self, index: int, item: str) -> None:
        """Put an item in before ``index``, on a line of its own where its neighbours are."""
        if not self.items:
            self.items = [item]
        elif index == len(self.items):
            self._append(item)
        elif index == 0:
            self.items.insert(0, item)
            self.gaps.insert(0, "," + self._separator(1))
            own_line = _newline_in(self.lead)
            if own_line:  # a comment above the first item stays above it
                self.lead, comments = _plain(self.lead), self.lead
                self.gaps[0] = "," + comments
        else:
            comma, tail, lead = _split(self.gaps[index - 1])
            self.items.insert(index, item)
            self.gaps[index - 1 : index] = [comma + tail + _plain(lead), "," + lead]

    def remove(self, index: int) -> None:
        """Take an item out, with the comment behind it and those on the lines above it."""
        del self.items[index]
        if not self.items:
            self.lead = self.end = ""
            self.gaps = []
        elif index == 0:
            _, _, lead = _split(self.gaps.pop(0))
            self.lead = (lead if _newline_in(lead) else _plain(self.lead)) if _newline_in(self.lead) else ""
        elif index == len(self.items):
            _, tail, lead = _split(self.gaps.pop())
            comma, _, rest = _split_end(self.end)
            self.end = comma + tail + (rest if _newline_in(rest) or "#" not in tail else _plain(lead))
        else:
            _, _, lead = _split(self.gaps.pop(index))
            comma, tail, _ = _split(self.gaps[index - 1])
            self.gaps[index - 1] = comma + tail + lead

    def _append(self, item: str) -> None:
        comma, tail, rest = _split_end(self.end)
        separator = self._separator(len(self.items))
        if "#" in tail and not _newline_in(separator):
            separator = _plain(rest) + "    "
        self.items.append(item)
        self.gaps.append((comma or ",") + tail + separator)
        self.end = ("," if comma else "") + rest

    def _separator(self, index: int) -> str:
        """Return what stands before an item of that index: what stands before its neighbours."""
        for gap in (self.gaps[index - 2 : index - 1] if index > 1 else []) + self.gaps[:1]:
            return _plain(_split(gap)[2])
        return _plain(self.lead) if _newline_in(self.lead) else " "


def read_series(node: cst.Call | cst.Dict | cst.ImportFrom, code: Any) -> Series:
    """Take a parsed call, dict display or import apart; ``code`` turns a node into its source."""
    if isinstance(node, cst.Call):
        opening = code(node.func) + code(node.whitespace_after_func) + "("
        return _series(opening, code(node.whitespace_before_args), list(node.args), "", ")", code)
    if isinstance(node, cst.Dict):
        closing = code(node.rbrace.whitespace_before)
        return _series("{", code(node.lbrace.whitespace_after), list(node.elements), closing, "}", code)
    names = list(node.names) if not isinstance(node.names, cst.ImportStar) else []
    opening = code(node.with_changes(names=[cst.ImportAlias(cst.Name("x"))], lpar=None, rpar=None))[:-1]
    if node.lpar and node.rpar:
        opening += "("
        return _series(opening, code(node.lpar.whitespace_after), names, code(node.rpar.whitespace_before), ")", code)
    return _series(opening, "", names, "", "", code)


def _series(opening: str, lead: str, nodes: list[Any], end: str, closing: str, code: Any) -> Series:
    items, gaps = [], []
    for node in nodes:
        comma = "" if isinstance(node.comma, cst.MaybeSentinel) else code(node.comma)
        after = code(node.whitespace_after_arg) if isinstance(node, cst.Arg) else ""
        whole = code(node.with_changes(comma=cst.MaybeSentinel.DEFAULT))
        items.append(whole[: len(whole) - len(after)])
        gaps.append(after + comma)
    if gaps:
        end = gaps.pop() + end
    return Series(opening, lead, items, gaps, end, closing)


def _split(gap: str) -> tuple[str, str, str]:
    """Return a gap's comma, the rest of its line (a comment of the item before), and what leads to the next item."""
    before, comma, after = gap.partition(",") if "#" not in gap.partition(",")[0] else ("", "", gap)
    newline = _NEWLINE.search(after)
    if not newline:
        return before + comma, "", after
    return before + comma, after[: newline.start()], after[newline.start() :]


def _split_end(end: str) -> tuple[str, str, str]:
    comma, tail, rest = _split(end) if end.lstrip().startswith(",") else ("", *_split("," + end)[1:])
    return comma, tail, rest


def _plain(lead: str) -> str:
    """Return a line break and the indentation of the last line, without the comments between them."""
    newlines = list(_NEWLINE.finditer(lead))
    return newlines[-1][0] + lead[newlines[-1].end() :] if newlines else lead


def _newline_in(text: str) -> bool:
    return "\n" in text or "\r" in text
