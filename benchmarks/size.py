"""How much is done: the whole form, and the small one that takes a minute."""

from __future__ import annotations

from typing import NamedTuple


class Size(NamedTuple):
    """How many files and rounds there are."""

    scripts: int
    tree: int
    generated: int
    copied: int
    apart: int
    semgrep: int
    starts: int
    rounds: int
    growth: tuple[int, ...]
    rewriting_growth: tuple[int, ...]


WHOLE = Size(10_000, 50_000, 10_000, 20, 2000, 200, 25, 5, (100, 1000, 10_000, 100_000), (100, 1000, 10_000))
SMALL = Size(2000, 1000, 1000, 2, 10, 10, 7, 2, (1000, 4000), (1000, 2000))
