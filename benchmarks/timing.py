"""Timing two pieces of work in turn, round by round, so that a machine's moods fall on both."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

LONGEST = 30  # seconds of rounds for one row, unless a single round takes longer
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Cost(NamedTuple):
    """What a piece of work took: seconds on the clock, and seconds of all processors."""

    wall: float
    cpu: float


class Side(NamedTuple):
    """One of two that are compared. Each takes the number of the round; only ``work`` is timed."""

    work: Callable[[int], Any]
    prepare: Callable[[int], None] = lambda number: None
    verify: Callable[[int], None] = lambda number: None


class Comparison(NamedTuple):
    """What is to be compared; ``shares`` says into how many parts each side's time goes.

    Without a goal it is there to be fair, and the small form leaves it out.
    """

    work: str
    peer: str
    goal: float | None
    ours: Side
    theirs: Side
    rounds: int
    shares: tuple[int, int] = (1, 1)


class Row(NamedTuple):
    """What came of it: medians of both sides and of the ratios, and the most that the ratio should be, if any."""

    work: str
    peer: str
    ours: float
    theirs: float
    ratio: float
    cpu_ratio: float
    goal: float | None
    rounds: int

    @property
    def is_met(self) -> bool:
        """Whether the ratio is as it should be."""
        return self.goal is None or self.ratio <= self.goal


class WrongResultError(Exception):
    """A side did not do its work, so that its time says nothing."""


def compare(asked: Comparison) -> Row:
    """Time both sides in turn, after a round that does not count."""
    sides = (asked.ours, asked.theirs)
    longest = sum(_cost(side, 0).wall for side in sides)
    pairs: list[list[Cost]] = []
    while len(pairs) < asked.rounds and (not pairs or longest * (len(pairs) + 1) < LONGEST):
        costs = [_cost(side, len(pairs) + 1) for side in sides]
        pairs.append(
            [Cost(cost.wall / parts, cost.cpu / parts) for cost, parts in zip(costs, asked.shares, strict=True)]
        )
    ratio, cpu_ratio = (
        statistics.median(getattr(one, of) / max(getattr(other, of), 1e-9) for one, other in pairs)
        for of in Cost._fields
    )
    mine, others = (statistics.median(pair[side].wall for pair in pairs) for side in (0, 1))
    return Row(asked.work, asked.peer, mine, others, ratio, cpu_ratio, asked.goal, len(pairs))


def _cost(side: Side, number: int) -> Cost:
    side.prepare(number)
    before = time.perf_counter(), _processors()
    side.work(number)
    cost = Cost(time.perf_counter() - before[0], _processors() - before[1])
    side.verify(number)
    return cost


def _processors() -> float:
    """Return the seconds of all processors that this process and the ended ones of its children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def run(command: Sequence[str], folder: Path | None = None) -> str:
    """Run a command in a folder and return what it prints. Raises WrongResultError where it fails."""
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as failed:
        done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, stdout=said, stderr=failed, check=False)
        said.seek(0)
        failed.seek(0)
        if done.returncode:
            raise WrongResultError(
                f"{' '.join(command)[:200]} ended with {done.returncode}: {said.read(300)}{failed.read()[-300:]}"
            )
        return said.read()


def program(command: Sequence[str], folder: Path | None = None) -> Side:
    """Return a command as a side."""
    return Side(lambda number: run(command, folder))
