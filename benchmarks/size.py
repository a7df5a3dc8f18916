"""How much is done: the whole form, and the small one that takes a minute."""

from __future__ import annotations

from typing import NamedTuple


class Size(NamedTuple):
    """How many files and rounds there are."""

    scripts: int
    tree: int
    configs: int  # of a thousand scripts each, which is near the most that one config may have
    copied: int
    semgrep: int
    starts: int
    rounds: int
    growth: tuple[int, ...]
    rewriting_growth: tuple[int, ...]


WHOLE = Size(10_000, 50_000, 10, 20, 200, 25, 5, (100, 1000, 10_000, 100_000), (100, 1000, 10_000))
SMALL = Size(200, 1000, 1, 2, 10, 5, 2, (100, 400, 1600), (50, 200))
