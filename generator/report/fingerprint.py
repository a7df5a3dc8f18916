"""By what GitHub knows a line again when it has moved: the hash that its own upload action gives a line."""

from __future__ import annotations

import re
import struct
from collections import Counter

from generator.script.text import Text

_BLANKS = re.compile(r"[ \t]+")
_LENGTH = 100
_FACTOR = 37
_LIMIT = 1 << 64
_END = "\uffff"


def line_hashes(source: str) -> list[str]:
    """Return a hash of each line with what follows, and behind a colon how many lines up to there have the same.

    Blanks do not count, nor which line endings there are. The hash is that of code scanning's
    ``primaryLocationLineHash``, so that findings stay the same ones whoever computes it.
    """
    lines = [_units(_BLANKS.sub("", line) + "\n") for line in Text(source).lines]
    lines[-1] = (*lines[-1][:-1], *_units(_END))
    units = [unit for line in lines for unit in line] + [0] * _LENGTH
    seen: Counter[int] = Counter()
    hashes = []
    start = 0
    for line in lines:
        number = 0
        for unit in units[start : start + _LENGTH]:
            number = (number * _FACTOR + unit) % _LIMIT
        seen[number] += 1
        hashes.append(f"{number:x}:{seen[number]}")
        start += len(line)
    return hashes


def _units(text: str) -> tuple[int, ...]:
    """Return a text as JavaScript counts its characters: as units of UTF-16."""
    content = text.encode("utf-16-le", "surrogatepass")
    return struct.unpack(f"<{len(content) // 2}H", content)
