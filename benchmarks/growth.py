"""How time and memory grow with the number of files."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus, peers, rewriting
from benchmarks.size import Size
from benchmarks.timing import Row, peak

EXPONENT = 1.1  # 1 is linear
MEMORY = 1.2  # 1 is flat
_LONGEST = 60  # seconds that one point may be expected to take
_FLAT_FROM = 400  # files, from which on memory is not to grow; the whole form has 1,000


class Point(NamedTuple):
    """What so many files took: seconds, and MB at the peak."""

    files: int
    seconds: float
    peak: float


def points(folder: Path, size: Size) -> dict[str, list[Point]]:
    """Return the points of each command; a number of files that would take too long is left out."""
    return {
        "check": list(_points(folder, size.growth, is_rewriting=False)),
        "rewrite": list(_points(folder, size.rewriting_growth, is_rewriting=True)),
    }


def rows(found: dict[str, list[Point]]) -> Iterator[Row]:
    """Yield what the points say: the exponent of the line through them, and how far the memory grows."""
    for name, measured in found.items():
        first, last = measured[0], measured[-1]
        span = f"{name} {first.files:,} to {last.files:,} different scripts: time"
        power = exponent(measured)
        yield Row(span, "exponent, 1 is linear", first.seconds, last.seconds, power, power, EXPONENT)
        base = next((point for point in measured if point.files >= _FLAT_FROM), first)
        grown = last.peak / base.peak
        span = f"{name} {base.files:,} to {last.files:,} different scripts: peak memory"
        yield Row(span, "last / first, 1 is flat", base.peak, last.peak, grown, grown, MEMORY, "MB")


def exponent(measured: Sequence[Point]) -> float:
    """Return the slope of the line through the points, both axes being logarithms."""
    files, seconds = ([math.log(point[of]) for point in measured] for of in (0, 1))
    return statistics.linear_regression(files, seconds).slope


def _points(folder: Path, numbers: Sequence[int], *, is_rewriting: bool) -> Iterator[Point]:
    expected = 0.0
    for index, number in enumerate(numbers):
        if expected > _LONGEST:
            return
        scripts = folder / f"growth_{number}"
        if not scripts.exists():
            corpus.write(scripts, corpus.sources(number))
        took, most = _rewriting(folder, scripts) if is_rewriting else _checking(scripts)
        expected = took * numbers[min(index + 1, len(numbers) - 1)] / number
        yield Point(number, took, most)


def _checking(scripts: Path) -> tuple[float, float]:
    start = time.perf_counter()
    most = peak([peers.path("scoregen"), "check", "--strict", str(scripts)])
    return time.perf_counter() - start, most


def _rewriting(folder: Path, scripts: Path) -> tuple[float, float]:
    copies = folder / "ours"
    command = rewriting.command(scripts, rewriting.VALUES[0])
    rewriting.copy(scripts, copies)
    start = time.perf_counter()
    most = peak(command, copies)
    return time.perf_counter() - start, most
