"""How time and memory grow with the number of files."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus, peers, rewriting
from benchmarks.size import Size
from benchmarks.timing import Row, peak

EXPONENT = 1.1  # 1 is linear
MEMORY = 1.2  # 1 is flat
_ENOUGH = 20  # seconds that the rounds of one point may take, unless a single round takes longer
_LONGEST = 150  # seconds that one point may be expected to take
_FLAT_FROM = 1000  # files, from which on memory is not to grow: several processes work on them


class Point(NamedTuple):
    """What so many files took: seconds, and MB at the peak of the largest process, as medians of so many rounds.

    With no rounds it was left out, and the seconds are what it was expected to take.
    """

    files: int
    seconds: float
    peak: float
    rounds: int


def points(folder: Path, size: Size) -> dict[str, list[Point]]:
    """Return the points of each command."""
    return {
        "check": list(_points(folder, size.growth, size.rounds, _checking)),
        "rewrite": list(_points(folder, size.rewriting_growth, size.rounds, _rewriting)),
    }


def rows(found: Mapping[str, Sequence[Point]]) -> Iterator[Row]:
    """Yield what the points say: the exponent of the line through them, and how far the memory grows."""
    for name, every in found.items():
        measured = [point for point in every if point.rounds]
        first, last = measured[0], measured[-1]
        base = next((point for point in measured if point.files >= _FLAT_FROM), first)
        power, grown = exponent(measured), last.peak / base.peak
        span = f"{name} {first.files:,} to {last.files:,} different scripts: time"
        ends = "first and last; the ratio is the exponent"
        yield Row(span, ends, first.seconds, last.seconds, power, power, EXPONENT, last.rounds)
        span = f"{name} {base.files:,} to {last.files:,} different scripts: peak memory"
        ends = "first and last; the ratio is last over first"
        yield Row(span, ends, base.peak, last.peak, grown, grown, MEMORY, last.rounds, "MB")


def exponent(measured: Sequence[Point]) -> float:
    """Return the slope of the line through the points, both axes being logarithms."""
    files, seconds = ([math.log(point[of]) for point in measured] for of in (0, 1))
    return statistics.linear_regression(files, seconds).slope


def _points(
    folder: Path, numbers: Sequence[int], rounds: int, measure: Callable[[Path, Path], tuple[float, float]]
) -> Iterator[Point]:
    each = 0.0
    for number in numbers:
        if each * number > _LONGEST:
            yield Point(number, each * number, 0, 0)
            continue
        scripts = corpus.different(folder, number)
        costs = [measure(folder, scripts)]
        while len(costs) < rounds and costs[0][0] * (len(costs) + 1) < _ENOUGH:
            costs.append(measure(folder, scripts))
        seconds, most = (statistics.median(cost[of] for cost in costs) for of in (0, 1))
        each = seconds / number
        yield Point(number, seconds, most, len(costs))


def _checking(_: Path, scripts: Path) -> tuple[float, float]:
    return _taken([peers.path("scoregen"), "check", "--strict", str(scripts)])


def _rewriting(folder: Path, scripts: Path) -> tuple[float, float]:
    copies = folder / "ours"
    rewriting.copy(scripts, copies)
    return _taken(rewriting.command(scripts, rewriting.VALUES[0]), copies)


def _taken(command: Sequence[str], folder: Path | None = None) -> tuple[float, float]:
    start = time.perf_counter()
    most = peak(command, folder)
    return time.perf_counter() - start, most
