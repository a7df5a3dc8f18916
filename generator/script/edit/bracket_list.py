"""A bracketed series in a script, arguments or imported names, taken apart so that one item can be put in or out.

libcst reads it; every piece is kept as text, so that what is not edited stays as it is to the byte.
"""

from __future__ import annotations

import ast
import re
from typing import Any, NamedTuple

import libcst as cst

from generator.script.parse import parse
from generator.text.spans import UnreadableError
from generator.translations.language import say

_NEWLINE = re.compile(r"\r\n|\r|\n")
_BROKEN_LINE = re.compile(r"(?<![ \t\f])[ \t\f]*\\(?:\r\n|\r|\n)")
_COMMENT = re.compile(r"(?<![ \t\f])[ \t\f]*#[^\r\n]*")
_BLANK_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t\f]*(?=[\r\n])")
_COMMA = re.compile(r"[ \t\f]*,")
_COMMA_AT_END = re.compile(r",[ \t\f]*\Z")
_DEEPEST = 500  # levels: thousands take libcst a minute, or it falls
_LONGEST = 50_000  # characters: libcst takes a thousand times as much memory


class Gap(NamedTuple):
    """What stands between two items, the comma included, or between the last and the closing bracket.

    ``tail`` is the rest of the first item's line, its comment too; ``lead`` leads to what follows.
    """

    # run(a=1,  # one      tail: ",  # one"
    #     b=2)             lead: "\n    "
    tail: str
    lead: str

    @property
    def has_comma_in_lead(self) -> bool:
        """Whether the comma stands before the item that follows, on its line."""
        return _COMMA_AT_END.search(self.lead) is not None


class Series:
    """The items of a call, a dict display or an import, and the text around them.

    ``comment`` is the last item's where that stands behind the closing bracket, on the item's line;
    ``may_move_comment`` says whether one may stand there.
    """

    def __init__(self, opening: str, lead: str, items: list[str], gaps: list[Gap], end: Gap, closing: str) -> None:
        """Put the pieces together; see ``read_series``. ``end`` follows the last item."""
        self.opening = opening
        self.items = items
        self.closing = closing
        self.comment = ""
        self.may_move_comment = False
        self._lead = lead
        self._gaps = gaps
        self._end = end
        self._has_last_comma = end.tail.lstrip().startswith(",") or end.has_comma_in_lead

    def code(self) -> str:
        """Return the source of the whole."""
        gaps = [*self._gaps, self._end] if self.items else [self._end]
        parts = [item + "".join(gap) for item, gap in zip(self.items or [""], gaps, strict=True)]
        return self.opening + self._lead + "".join(parts) + self.closing

    def offsets(self) -> list[int]:
        """Return where each item begins in the source."""
        found, position = [], len(self.opening) + len(self._lead)
        for item, gap in zip(self.items, [*self._gaps, self._end], strict=False):
            found.append(position)
            position += len(item) + len("".join(gap))
        return found

    @property
    def has_bracket_behind_last(self) -> bool:
        """Whether the items have lines of their own, and the closing bracket stands on the last one's."""
        leads = [self._lead, *(gap.lead for gap in self._gaps)]
        return bool(self.items) and _breaks(leads[-1]) and not _breaks(self._end.lead)

    def insert(self, index: int, item: str) -> None:
        """Put an item in before ``index``, on a line of its own where its neighbours are."""
        if not self.items:
            self._fill(item)
        elif index == len(self.items):
            self._append(item)
        else:
            self.items.insert(index, item)
            if index:  # run(a, c) -> run(a, b, c), and "a\n  , c" -> "a\n  , b\n  , c"
                gap = self._gaps[index - 1]
                after = Gap("", gap.lead) if gap.has_comma_in_lead else Gap(self._comma(), gap.lead)
                self._gaps[index - 1 : index] = [Gap(gap.tail, _plain(gap.lead)), after]
            else:
                self._gaps.insert(0, self._gap_behind_first())

    def remove(self, index: int) -> None:
        """Take an item out, with the comment behind it and those on the lines above it."""
        del self.items[index]
        if not self.items:
            self._empty()
        elif index == 0:
            self._lead = self._lead_without_first(self._gaps.pop(0))
        elif index == len(self.items):  # run(a, b) -> run(a), and with a comma behind b: run(a,)
            self._end = self._end_after(self._gaps.pop())
        else:  # run(a, b, c) -> run(a, c): of the two gaps the comment behind a stays, and one comma
            before, after = self._gaps[index - 1], self._gaps.pop(index)
            lead = _plain(before.lead) if _breaks(before.lead) and not _breaks(after.lead) else after.lead
            gap = Gap(before.tail, lead)
            if "," in _COMMENT.sub("", before.tail) and gap.has_comma_in_lead:
                gap = Gap(before.tail, _without_comma(lead))
            elif "," not in _COMMENT.sub("", before.tail) and not gap.has_comma_in_lead:
                gap = Gap("," + before.tail, lead)
            self._gaps[index - 1] = gap

    def _fill(self, item: str) -> None:
        """Put an item into an empty series; where there are lines in it, on one of its own."""
        self.items = [item]
        newlines = list(_NEWLINE.finditer(self._lead))
        if newlines:  # run(\n) -> run(\n    a,\n), else run() -> run(a)
            last = newlines[-1]
            indentation = self._lead[last.end() :]
            self._end = Gap(",", last[0] + indentation)
            self._lead = self._lead[: last.start()] + last[0] + indentation + ("\t" if "\t" in indentation else "    ")
            self._has_last_comma = True

    def _append(self, item: str) -> None:
        tail, lead = self._end
        separator = self._separator()
        if _breaks(separator):
            tail, self.comment = tail + self.comment, ""
        if "#" in tail and not _breaks(separator):  # run(a  # one\n): b needs a line below the comment
            separator = _plain(lead) + "    "
        if _COMMA_AT_END.search(separator) or self._has_last_comma:
            self._gaps.append(Gap(tail, separator))
        else:
            self._gaps.append(Gap(self._comma() + tail, separator))
        self.items.append(item)
        self._end = Gap("," if self._has_last_comma and not self._end.has_comma_in_lead else "", lead)

    def _separator(self) -> str:
        """Return what stands before an item behind the last: what stands before its neighbours."""
        leads = [_plain(gap.lead) for gap in self._gaps]
        broken = [lead for lead in leads if _breaks(lead)]
        if not leads:
            return _plain(_split(self._lead)[1]) if _breaks(self._lead) else " "
        if 0 < len(broken) < len(leads):  # several on a line: a new one unless two are full and the last is not
            # "a, b,\n c, d,\n e" -> "a, b,\n c, d,\n e, f", but "a, b,\n c, d" -> "a, b,\n c, d,\n e"
            lines = [1]
            for lead in leads:
                lines = [*lines, 1] if _breaks(lead) else [*lines[:-1], lines[-1] + 1]
            return " " if len(lines) > 2 and lines[-1] < min(lines[:-1]) else broken[-1]
        return leads[-1]

    def _comma(self) -> str:
        """Return a comma, with a space before it where the others have one."""
        match = _COMMA.match(self._gaps[-1].tail) if self._gaps else None
        return match[0] if match else ","

    def _gap_behind_first(self) -> Gap:
        """Return what is to stand between a new first item and the one that was first, whose comments stay above it."""
        if _breaks(self._lead):  # run(  # head\n    # of b\n    b) -> run(  # head\n    a,\n    # of b\n    b)
            head, rest = _split(self._lead)
            self._lead = head + _plain(rest)
            return Gap(",", rest)
        first = self._gaps[0] if self._gaps else Gap(",", " ")
        return Gap("" if first.has_comma_in_lead else ",", _plain(first.lead))

    def _lead_without_first(self, gap: Gap) -> str:
        lead = _without_comma(gap.lead)
        if _breaks(self._lead):
            head, rest = _split(self._lead)
            return head + (lead if _breaks(lead) else _plain(rest))
        return lead if "#" in lead else self._lead

    def _end_after(self, gap: Gap) -> Gap:
        """Return what follows the last item when what stood behind ``gap`` is gone."""
        is_behind_bracket = self.has_bracket_behind_last or self.comment
        self.comment = ""
        in_lead = gap.has_comma_in_lead or self._end.has_comma_in_lead
        tail = gap.tail if self._has_last_comma or in_lead else gap.tail.replace(",", "", 1)
        if gap.has_comma_in_lead and self._has_last_comma and not self._end.has_comma_in_lead:
            tail = "," + tail
        lead = self._end.lead
        if "#" in tail and not _breaks(lead):
            if is_behind_bracket and self.may_move_comment:
                self.comment = tail[len(_COMMENT.sub("", tail)) :]
                return Gap(_COMMENT.sub("", tail), lead)
            lead = _without_comma(_plain(gap.lead))
        return Gap(tail, lead)

    def _empty(self) -> None:
        """Leave nothing between the brackets but comments that were not the last item's."""
        self.comment = ""
        head, rest = _split(self._lead)
        lead = self._end.lead
        if "#" in head or "#" in lead:
            self._lead = (head if "#" in head else "") + (lead if _breaks(lead) else _plain(rest))
        else:
            self._lead = ""
        self._gaps, self._end, self._has_last_comma = [], Gap("", ""), False


def read_series(source: str, is_import: bool = False) -> Series:
    """Take the source of a call or a dict display, or that of an import, apart. Raises UnreadableError."""
    if len(source) > _LONGEST:
        raise UnreadableError(say("it takes more than {longest:,} characters", longest=_LONGEST))
    try:
        if not is_import and _is_too_deep(source):
            raise RecursionError
        return _taken_apart(source, is_import)
    except cst.ParserSyntaxError as error:
        raise UnreadableError(str(error.message)) from None
    except RecursionError:
        raise UnreadableError(say("it is nested too deeply")) from None


def _is_too_deep(source: str) -> bool:
    level: list[ast.AST] = [parse(f"({source})")]
    for _ in range(_DEEPEST):
        level = [inner for node in level for inner in ast.iter_child_nodes(node)]
    return bool(level)


def _taken_apart(source: str, is_import: bool) -> Series:
    newline = _NEWLINE.search(source)
    code = cst.Module([], default_newline=newline[0] if newline else "\n").code_for_node
    node = _parsed(source, is_import)
    if isinstance(node, cst.Call):
        series = _series(code(node.whitespace_before_args), list(node.args), "", ")", code)
    elif isinstance(node, cst.Dict):
        end = code(node.rbrace.whitespace_before)
        series = _series(code(node.lbrace.whitespace_after), list(node.elements), end, "}", code)
    elif isinstance(node, cst.ImportFrom) and not isinstance(node.names, cst.ImportStar):
        inside = code(node.lpar.whitespace_after) if node.lpar else ""
        end = code(node.rpar.whitespace_before) if node.rpar else ""
        series = _series(inside, list(node.names), end, ")" if node.rpar else "", code)
    else:
        raise UnreadableError(say("it is written in an unusual way"))
    rest = series.code()
    if not source.endswith(rest):
        raise UnreadableError(say("it is written in an unusual way"))
    series.opening = source[: len(source) - len(rest)]
    return series


def _parsed(source: str, is_import: bool) -> Any:
    if not is_import:
        return cst.parse_expression(f"({source})")  # in parentheses: lines may be broken anywhere in it
    line = cst.parse_statement(source)
    return line.body[0] if isinstance(line, cst.SimpleStatementLine) else line


def _series(lead: str, nodes: list[Any], end: str, closing: str, code: Any) -> Series:
    items, around = [], []
    for node in nodes:
        comma = node.comma if isinstance(node.comma, cst.Comma) else None
        after = code(node.whitespace_after_arg) if isinstance(node, cst.Arg) else ""
        whole = code(node.with_changes(comma=cst.MaybeSentinel.DEFAULT))
        items.append(whole[: len(whole) - len(after)])
        before = code(comma.whitespace_before) if comma else ""
        around.append((before, "," if comma else "", (code(comma.whitespace_after) if comma else "") + after))
    if not nodes:
        return Series("", lead, [], [], Gap("", end), closing)
    before, comma_code, after = around.pop()
    return Series("", lead, items, [_gap(*parts) for parts in around], _gap(before, comma_code, after + end), closing)


def _gap(before: str, comma: str, after: str) -> Gap:
    """Split what stands behind an item where its line ends."""
    tail, lead = _split(before)
    if lead:
        return Gap(tail, lead + comma + after)
    if not comma:
        tail, lead = _split(after)
        return Gap(tail, lead) if lead else Gap("", after)
    tail, lead = _split(after)
    return Gap(before + comma + tail, lead) if lead else Gap(before + comma, after)


def _split(text: str) -> tuple[str, str]:
    """Return what stands before the first line break, and that with all behind it; nothing behind if there is none."""
    # ",  # one\n    " -> ",  # one" and "\n    ";  " \\\n    " -> "" and the whole
    newline = _NEWLINE.search(text) if "#" in text else _BROKEN_LINE.search(text) or _NEWLINE.search(text)
    return (text[: newline.start()], text[newline.start() :]) if newline else (text, "")


def _plain(lead: str) -> str:
    """Return the way to an item without comments and blank lines."""
    # "\n    # about b\n\n    " -> "\n    "
    return _BLANK_LINE.sub("", _COMMENT.sub("", lead))


def _without_comma(lead: str) -> str:
    return _COMMA_AT_END.sub("", lead)


def _breaks(text: str) -> bool:
    return "\n" in text or "\r" in text
