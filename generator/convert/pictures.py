"""Pictures that are sent to prove an image model: noise in PNG files of every kind, the same each time."""

from __future__ import annotations

import base64
import random
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SIDE = 64


class _Kind(NamedTuple):
    """A kind of PNG: its color type, its bits for each number, and how many numbers a pixel has."""

    color: int
    depth: int
    numbers: int


_RGB = _Kind(2, 8, 3)
_KINDS = (_Kind(0, 8, 1), _Kind(0, 1, 1), _Kind(4, 8, 2), _Kind(6, 8, 4), _Kind(3, 8, 1))
"""Gray, black and white, gray and RGB with transparency, and numbers of a palette's colors."""
_SIZES = ((33, 47), (100, 32), (224, 224))


def alike(number: int) -> list[str]:
    """Return so many pictures of one size, in base64, each of a color and a noise of its own."""
    chance = random.Random(0)
    return [_picture(chance, _RGB, _SIDE, _SIDE) for _ in range(number)]


def odd() -> Iterator[str]:
    """Yield pictures of other sizes and kinds, one that is cut off, and one as browsers write it."""
    chance = random.Random(1)
    for width, height in _SIZES:
        yield _picture(chance, _RGB, width, height)
    for kind in _KINDS:
        yield _picture(chance, kind, _SIDE, _SIDE)
    whole = _picture(chance, _RGB, _SIDE, _SIDE)
    yield base64.b64encode(base64.b64decode(whole)[:-3000]).decode()
    yield f"data:image/png;base64,{whole}"


def _picture(chance: random.Random, kind: _Kind, width: int, height: int) -> str:
    """Return a PNG file in base64."""
    # The PNG specification: 8 bytes, then chunks, each with its length, its name, its data, and a checksum of both.
    head = struct.pack(">IIBBBBB", width, height, kind.depth, kind.color, 0, 0, 0)
    length = -(-width * kind.numbers * kind.depth // 8)
    shade = chance.randrange(0, 200)
    rows = [  # each begins with the number of its filter: none
        b"\0" + bytes(shade + value % 56 if kind == _RGB else value for value in chance.randbytes(length))
        for _ in range(height)
    ]
    palette = [(b"PLTE", chance.randbytes(768))] if kind.color == 3 else []
    chunks = [(b"IHDR", head), *palette, (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b"")]
    written = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return base64.b64encode(_SIGNATURE + written).decode()
