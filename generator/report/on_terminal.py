"""How findings look on a terminal: as wide as that is, with links where the project has addresses."""

from __future__ import annotations

import shutil

from generator.report.addresses import page_of
from generator.report.text import Style


def style(coloured: bool) -> Style:
    """Return the style for the terminal; codes are links where it is coloured, which it is not without escapes."""
    width = shutil.get_terminal_size().columns
    return Style(True, coloured, width, page_of) if coloured else Style(True, coloured, width)
