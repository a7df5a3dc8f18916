"""A picture of a terminal, as SVG: commands, and what they print."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from html import escape

_WIDTH = 100  # columns
_LINE, _COLUMN, _MARGIN, _SIZE = 20, 8.43, 16, 14  # pixels


def terminal_picture(session: Iterable[tuple[str, str]], title: str) -> str:
    """Return the picture of a session, pairs of a command and what it prints; ``title`` is for those who do not see it."""
    shown: list[tuple[str, str]] = []
    for command, printed in session:
        for kind, line in [("command", f"$ {command}"), *(("printed", line) for line in printed.splitlines())]:
            rows = textwrap.wrap(line, _WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
            shown += [(kind, row) for row in rows]
    height = 2 * _MARGIN + _LINE * len(shown)
    rows_of_text = "\n".join(
        f'<text x="{_MARGIN}" y="{_MARGIN + _LINE * number - 5}" class="{kind}">{escape(row, quote=False)}</text>'
        for number, (kind, row) in enumerate(shown, start=1)
    )
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {2 * _MARGIN + _WIDTH * _COLUMN:.0f} {height}">
<title>{escape(title, quote=False)}</title>
<style>text {{ font: {_SIZE}px monospace; white-space: pre }} .command {{ fill: #7ee787 }} .printed {{ fill: #e6edf3 }}</style>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
{rows_of_text}
</svg>
"""
