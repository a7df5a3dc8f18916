"""Characters that cannot be seen: files and messages have them escaped, so that nobody overlooks one."""

from __future__ import annotations

_UNSEEN = {
    *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2800, 0x3164, *range(0xFE00, 0xFE10)),
    *(0xFFA0, 0x1D159, *range(0xE0100, 0xE01F0)),
}
"""What takes no room or shows nothing, and is printable to Python: fillers, variation selectors, blanks."""


def is_visible(char: str) -> bool:
    """Say whether a character can be seen where it stands, and changes nothing of how its neighbours look."""
    return char.isprintable() and ord(char) not in _UNSEEN


def can_be_seen(text: str) -> bool:
    """Say whether every character of a text can be seen."""
    return text.isprintable() and (text.isascii() or all(map(is_visible, text)))


def escaped(text: str) -> str:
    """Return a text with an escape for each character that cannot be seen."""
    if can_be_seen(text):
        return text
    return "".join(char if is_visible(char) else ascii(char)[1:-1] for char in text)
