"""A response as text: its rows in columns, or its JSON."""

from __future__ import annotations

import json
import math
from typing import Any

from generator.text.terminal import columns, cut, visible
from generator.translations.language import mark_number, say, say_number
from generator.trial.process import Outcome
from generator.trial.response import Response, Table

_MOST_ROWS = 20
_FEWEST_ROWS = 3
_MOST_BLOCKS = 50
_MOST_LINES = 100
_WIDEST = 40
_GAP = "  "
_ROWS = mark_number("{number} row", "{number} rows")
MORE_COLUMNS = mark_number("... and {number} more column", "... and {number} more columns")
_MORE_LINES = mark_number("... and {number} more line", "... and {number} more lines")
_MORE_ROWS = mark_number("... and {number} more row", "... and {number} more rows")


def table_lines(table: Table, width: int = 0) -> list[str]:
    """Return the names of a table's columns, if there are any, and its first rows.

    Numbers stand to the right. Where the lines are wider than the width, the columns stand in several blocks, one below
    the other, and fewer rows are shown. With a width of 0 all is one block, and nothing is cut.
    """
    blocks = _blocks(table, width)
    most = _MOST_ROWS if len(blocks) == 1 else max(_FEWEST_ROWS, _MOST_ROWS // len(blocks))
    total = len(table.names or table.rows[0]) if table.names or table.rows else 0
    lines, first = [], 1
    for block in blocks[:_MOST_BLOCKS]:
        last = first + len(block.names or block.rows[0]) - 1 if block.names or block.rows else 0
        if len(blocks) > 1:
            lines += [""] * (first > 1) + [cut(say("{span} of {total}:", span=_span(first, last), total=total), width)]
        lines += _block_lines(block, most, width)
        first = last + 1
    more_columns = _rest(total - first + 1, MORE_COLUMNS) if len(blocks) > _MOST_BLOCKS else []
    return lines + [cut(line, width) for line in more_columns + _rest(len(table.rows) - most, _MORE_ROWS)]


def _span(first: int, last: int) -> str:
    return say("columns {first} to {last}", first=first, last=last) if first < last else say("column {last}", last=last)


def _blocks(table: Table, width: int) -> list[Table]:
    """Return the columns of a table in parts, each as wide as the lines may be, if it has more than one column."""
    if not width:
        return [table]
    rows = table.rows[:_MOST_ROWS]
    cells = [[cut(_cell(value), _WIDEST) for value in row] for row in rows]
    names = [[cut(visible(name), _WIDEST) for name in table.names]] if table.names else []
    ends, used = [0], -len(_GAP)
    for index, column in enumerate(zip(*names, *cells, strict=True)):
        used += len(_GAP) + max(map(columns, column))
        if used > width and index > ends[-1]:
            ends.append(index)
            used = max(map(columns, column))
    parts = [slice(start, end) for start, end in zip(ends, [*ends[1:], None], strict=True)]
    if len(parts) == 1:
        return [table]
    return [Table(table.names and table.names[part], [row[part] for row in table.rows]) for part in parts]


def _block_lines(table: Table, most: int, width: int) -> list[str]:
    """Return the names of columns, if there are any, and the first rows below them, each line cut to the width."""
    widest = _WIDEST if width else 0
    rows = table.rows[:most]
    cells = [[cut(_cell(value), widest) for value in row] for row in rows]
    names = [] if table.names is None else [[cut(visible(name), widest) for name in table.names]]
    room = [max(map(columns, column)) for column in zip(*names, *cells, strict=True)]
    to_the_right = [all(_is_number(row[index]) for row in rows) for index in range(len(room))]
    rules = [["-" * size for size in room]] if names else []
    lines = [
        _GAP.join(_padded(*cell) for cell in zip(row, room, to_the_right, strict=True)).rstrip()
        for row in [*names, *rules, *cells]
    ]
    return [cut(line, width) for line in lines]


def text_lines(response: Response, width: int = 0) -> list[str]:
    """Return a response that has no rows as lines, of many the first."""
    body = response.body
    text = json.dumps(body, indent=2, ensure_ascii=False) if response.is_json else body
    lines = text.splitlines()
    shown = [cut(visible(line), width) for line in lines[:_MOST_LINES]]
    return shown + _rest(len(lines) - len(shown), _MORE_LINES)


def summary(table: Table | None, outcome: Outcome) -> str:
    """Return how many rows a trial gave, and how long its stages took."""
    seconds = {stage: _seconds(took) for stage, took in outcome.seconds.items()}
    what = say("answered") if table is None else say_number(len(table.rows), *_ROWS)
    return say(
        "{what} in {seconds} (import {importing}, init {starting})",
        what=what,
        seconds=seconds["run"],
        importing=seconds["import"],
        starting=seconds["init"],
    )


def notes(response: Response) -> list[str]:
    """Return what a client has to know about a response."""
    said = []
    if response.is_text:
        twice = say(", so clients decode the body twice") if response.is_json else say(", and it holds no JSON")
        said.append(say("run() returns a text, which the endpoint encodes as JSON{twice}", twice=twice))
    if response.strays:
        strays = say(" and ").join(response.strays)
        said.append(
            say(
                "the response has {strays}, which JSON does not have, so browsers and strict clients reject it: "
                "`response: {{strict_json: true}}` in the config makes it null",
                strays=strays,
            )
        )
    return said


def _seconds(took: float) -> str:
    return f"{took:.0f} s" if took >= 10 else f"{round(took, 3):.2g} s"


def _rest(number: int, what: tuple[str, str]) -> list[str]:
    return [say_number(number, *what)] if number > 0 else []


def _padded(cell: str, room: int, to_the_right: bool) -> str:
    padding = " " * (room - columns(cell))
    return padding + cell if to_the_right else cell + padding


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, float) and math.isfinite(value):
        short = f"{value:.6g}"
        return f"{value:.0f}" if "e+" in short and abs(value) < 1e15 else short
    return visible(json.dumps(value, ensure_ascii=False))
