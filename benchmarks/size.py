"""How much is done: the whole form, and the small one that takes a minute."""

from __future__ import annotations

from typing import NamedTuple


class Size(NamedTuple):
    """How many files and rounds there are."""

    scripts: int
    tree: int
    generated: int
    starts: int
    rounds: int


WHOLE = Size(scripts=2000, tree=50_000, generated=3_500, starts=25, rounds=5)
SMALL = Size(scripts=200, tree=1000, generated=1000, starts=7, rounds=3)
