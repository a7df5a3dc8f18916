"""Texts on a terminal: how much room they take, and what of them can be shown."""

from __future__ import annotations

_CUT = "..."


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def visible(text: str) -> str:
    """Return a text on one line, with an escape for every character that would disturb a terminal."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


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
    import unicodedata  # only for texts that are not ASCII

    if unicodedata.category(char) in ("Mn", "Me", "Cf"):  # it joins the character before
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
