"""Findings as lines of text; on a terminal each with the source that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.files.read import shown
from generator.findings import Finding
from generator.report import Checked
from generator.text.invisible import is_visible
from generator.text.spans import Text
from generator.text.terminal import columns, visible
from generator.text.verbosity import is_quiet
from generator.translations.language import mark_number, say, say_number

_INDENT = "    "
_TAB = 4
_CUT = "..."
_LEAST_WIDTH = 30
_AROUND = 4  # times the width of the terminal
_COLOURS = {"error": "31", "warning": "33", "info": "36"}
_COUNTED = {
    "error": mark_number("{number} error", "{number} errors"),
    "warning": mark_number("{number} warning", "{number} warnings"),
    "info": mark_number("{number} info", "{number} infos"),
}


class Style(NamedTuple):
    """How the text is shown: with source lines and a closing word even on good scripts, coloured, how wide.

    ``page_of`` gives the address of a code's page, to which the code is then a link.
    """

    on_terminal: bool = False
    coloured: bool = False
    width: int = 80
    page_of: Callable[[str], str] = lambda _: ""


PLAIN = Style()


def wants_colour(is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Say whether to print in colour: NO_COLOR and FORCE_COLOR (the former first) go before what the terminal is."""
    if environment.get("NO_COLOR"):
        return False
    return bool(environment.get("FORCE_COLOR")) or (is_terminal and environment.get("TERM") != "dumb")


def as_text(scripts: Sequence[Checked], style: Style = PLAIN, clean: int = 0) -> str:
    """Return a line for each finding and a count; nothing where there is none, unless it is for a terminal.

    ``clean`` is the number of scripts besides, of which there is nothing to be said.
    """
    lines: list[str] = []
    for script in scripts:
        source = Text(script.source).lines if style.on_terminal and script.findings else []
        for finding in script.findings:
            lines.append(line_of(script.path, finding, style))
            if finding.line <= len(source):
                lines += _excerpt(source[finding.line - 1], finding, style)
    if (lines or style.on_terminal) and not is_quiet():
        lines.append(summary(scripts, clean))
    return "".join(f"{line}\n" for line in lines)


def line_of(path: str, finding: Finding, style: Style = PLAIN) -> str:
    """Return what is said about a finding, with its place, on one line."""
    severity = "" if finding.severity == "error" else f" {finding.severity}"
    about = f" {finding.about}" if finding.about else ""
    code = _linked(_paint(finding.code + severity, _COLOURS[finding.severity], style), style.page_of(finding.code))
    place = _paint(f"{shown(path)}:{finding.line}:{finding.column}:", "1", style)
    return f"{place} {code}{visible(f'{about}: {finding.message}')}"


def summary(scripts: Sequence[Checked], clean: int = 0) -> str:
    """Return how many findings of each kind there are, and in how many files."""
    counts = Counter[str](finding.severity for script in scripts for finding in script.findings)
    if counts:
        found = ", ".join(
            say_number(counts[severity], *_COUNTED[severity]) for severity in _COLOURS if counts[severity]
        )
        return say("{found} in {number}", found=found, number=_files(sum(bool(script.findings) for script in scripts)))
    clean += len(scripts)
    return say("nothing to report in {number}", number=_files(clean)) if clean else say("nothing of the designer found")


def _files(number: int) -> str:
    return say_number(number, "{number} file", "{number} files")


def _excerpt(line: str, finding: Finding, style: Style) -> Iterator[str]:
    """Yield the source line and, under the finding's part of it, carets; of a long line, the part around them."""
    width = max(style.width, _LEAST_WIDTH) - len(_INDENT)
    column = min(finding.column - 1, len(line))
    skipped = max(0, column - _AROUND * width)
    piece = line[skipped : column + _AROUND * width]  # more than is shown: a line may have two million characters
    cells = _cells(piece)
    first = next((index for index, cell in enumerate(cells) if not cell.isspace()), len(cells))
    start = column - skipped
    end = finding.behind.column - 1 - skipped if finding.behind.line == finding.line else len(cells)
    left, right = _window(cells, min(first, start), start, width)
    before = (_CUT if left > first or skipped else "") + "".join(cells[left:start])
    marked = "".join(cells[start : max(start, min(end, right))])
    after = "".join(cells[start:right]) + (_CUT if right < len(cells) or skipped + len(piece) < len(line) else "")
    yield (_INDENT + before + after).rstrip()
    carets = _paint("^" * max(1, columns(marked)), _COLOURS[finding.severity], style)
    yield _INDENT + " " * columns(before) + carets


def _cells(line: str) -> list[str]:
    """Return what is shown for each character: spaces for a tab, and a mark for what would disturb a terminal."""
    cells: list[str] = []
    column = 0
    for char in line:
        cell = " " * (_TAB - column % _TAB) if char == "\t" else char if is_visible(char) else "\ufffd"
        cells.append(cell)
        column += columns(cell)
    return cells


def _window(cells: list[str], left: int, start: int, width: int) -> tuple[int, int]:
    """Return from where to where the cells are shown, so that those from ``start`` on are in sight."""
    widths = [columns(cell) for cell in cells]
    if sum(widths[left:]) <= width:
        return left, len(cells)
    if sum(widths[left:start]) > width // 2:
        room = width // 3
        left = start
        while left and room >= widths[left - 1]:
            left -= 1
            room -= widths[left]
        width -= len(_CUT)
    right = len(cells)
    if sum(widths[left:]) > width:
        room, right = width - len(_CUT), left
        while right < len(cells) and room >= widths[right]:
            room -= widths[right]
            right += 1
    return left, right


def _linked(text: str, address: str) -> str:
    """Return a text as a link of the terminal (OSC 8); as it is without an address."""
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if address else text


def _paint(text: str, colour: str, style: Style) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if style.coloured else text
