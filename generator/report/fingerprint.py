"""The hash by which GitHub recognises a line that has moved, as its own upload action computes it."""

from __future__ import annotations

import itertools
import re
import sys
from array import array
from collections import Counter

from generator.text.spans import NEWLINE

_NEWLINE_UNIT = ord("\n")
_BLANKS = re.compile(r"[ \t]+")
_LENGTH = 100
_FACTOR = 37
_LIMIT = 1 << 64
_SHIFT = pow(_FACTOR, _LENGTH, _LIMIT)
_AS_IN_MEMORY = f"utf-16-{sys.byteorder[0]}e"  # JavaScript counts a text's characters as units of UTF-16
_END = "\uffff"


def line_hashes(source: str) -> list[str]:
    """Return a hash of each line with what follows, and behind a colon how many lines up to there have the same.

    Blanks do not count, nor which line endings there are. The hash is that of code scanning's
    ``primaryLocationLineHash``, so that findings stay the same ones whoever computes it.
    """
    text = _BLANKS.sub("", NEWLINE.sub("\n", source)) + _END
    units = memoryview(text.encode(_AS_IN_MEMORY, "surrogatepass")).cast("H")
    ahead = array("Q", itertools.accumulate(itertools.chain(units, bytes(_LENGTH)), _taken_in, initial=0))
    starts = itertools.chain([0], (place for place, unit in enumerate(units, start=1) if unit == _NEWLINE_UNIT))
    seen: Counter[int] = Counter()
    hashes = []
    for start in starts:
        number = (ahead[start + _LENGTH] - ahead[start] * _SHIFT) % _LIMIT
        seen[number] += 1
        hashes.append(f"{number:x}:{seen[number]}")
    return hashes


def _taken_in(number: int, unit: int) -> int:
    return (number * _FACTOR + unit) % _LIMIT
