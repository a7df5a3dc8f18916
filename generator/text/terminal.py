"""Texts on a terminal: how much room they take, and what of them can be shown."""

from __future__ import annotations

import re
import unicodedata

from generator.text.invisible import can_be_seen, escaped

_CUT = "..."
_COMMAND = re.compile(r"##(?=\[|vso\[)", re.IGNORECASE)  # ##vso[task.setvariable ...], ##[add-mask]...

_AT_START = re.compile(r"^(\s*)::")  # ::error::..., ::add-mask::...


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def visible(text: str) -> str:
    """Return a text on one line, with an escape for every character that would disturb a terminal.

    What Azure Pipelines and GitHub would take for a command is broken by an escape too.
    """
    return without_commands(escaped(text))


def without_commands(line: str) -> str:
    """Return a line in which an escape breaks what Azure Pipelines and GitHub take for a command.

    To the former it is one wherever it stands, to the latter behind nothing but spaces.
    """
    return _AT_START.sub(r"\1:\\x3a", _COMMAND.sub(r"#\\x23", line))


def visible_name(name: str) -> str:
    """Return the name of a file as a line may begin with it; in quotes where it is more than plain characters."""
    if can_be_seen(name) and not _COMMAND.search(name) and not name.lstrip().startswith("::"):
        return name
    return _COMMAND.sub(r"#\\x23", ascii(name))


def cut(text: str, width: int) -> str:
    """Return a text that takes no more columns than there are; as it is where the width is 0."""
    if not width or columns(text) <= width:
        return text
    room = width - len(_CUT)
    for index, char in enumerate(text):
        room -= _width(char)
        if room < 0:
            return (text[:index] + _CUT)[-width:]
    return text


def _width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):  # it joins the character before
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
