"""Characters that cannot be seen: files and messages have them escaped, so that nobody overlooks one."""

from __future__ import annotations

UNSEEN = {
    code: f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    for code in (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2800, 0x3164, *range(0xFE00, 0xFE10)),
        *(0xFFA0, 0x1D159, *range(0xE0100, 0xE01F0)),
    )
}
"""Escapes for what takes no room or shows nothing, and is printable to Python: fillers, variation selectors, blanks."""


def is_visible(char: str) -> bool:
    """Say whether a character can be seen where it stands, and changes nothing of how its neighbours look."""
    return char.isprintable() and ord(char) not in UNSEEN
