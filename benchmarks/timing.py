"""Timing two pieces of work in turn, round by round, so that a machine's moods fall on both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple


class Row(NamedTuple):
    """One comparison: the median seconds of both, the median ratio, and the most that it should be."""

    work: str
    ours: float
    theirs: float
    ratio: float
    goal: float


def compare(work: str, goal: float, ours: Callable[[], Any], theirs: Callable[[], Any], rounds: int = 7) -> Row:
    """Time both, after a round that does not count."""
    ours()
    theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    mine, others = ([pair[side] for pair in pairs] for side in (0, 1))
    ratio = statistics.median(one / other for one, other in pairs)
    return Row(work, statistics.median(mine), statistics.median(others), ratio, goal)


def seconds(work: Callable[[], Any]) -> float:
    """Return how long the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
