"""What the file of a Vowpal Wabbit model says at its beginning."""

from __future__ import annotations

import struct

HEADER = 200
"""How many bytes of the file are looked at."""


def predictions_of(head: bytes) -> tuple[float, ...]:
    """Return the least and the greatest prediction of a model; nothing where its file does not begin as expected.

    Version 8.8.1 writes two texts with their lengths, the version and an id, then an ``m`` and both numbers. With
    ``--loss_function logistic``, and ``poisson``, they are -50 and 50, else those of the labels: measured on it.
    """
    try:
        position = 0
        for _ in range(2):
            position += 4 + struct.unpack_from("<I", head, position)[0]
        mark, least, greatest = struct.unpack_from("<cff", head, position)
    except struct.error:
        return ()
    return (least, greatest) if mark == b"m" else ()
