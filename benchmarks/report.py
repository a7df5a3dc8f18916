"""The results as Markdown."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterable, Mapping

from benchmarks import peers
from benchmarks.growth import Point
from benchmarks.timing import Row

_COLUMNS = ("work", "beside", "scoregen", "the other", "ratio", "of processor time", "goal", "", "rounds")
HEAD = f"| {' | '.join(_COLUMNS)} |\n|{'---|' * len(_COLUMNS)}"


def line(row: Row) -> str:
    """Return a comparison as a line of the table."""
    goal, met = ("", "") if row.goal is None else (f"{row.goal:g}", "met" if row.is_met else "missed")
    cells = [row.work, row.peer, _amount(row.ours, row.unit), _amount(row.theirs, row.unit)]
    return f"| {' | '.join(cells)} | {row.ratio:.3g} | {row.cpu_ratio:.3g} | {goal} | {met} | {row.rounds} |"


def markdown(rows: Iterable[Row], points: Mapping[str, Iterable[Point]]) -> str:
    """Return the whole page."""
    table = "\n".join([HEAD, *map(line, rows)])
    growth = "\n".join(_point(name, point) for name, measured in points.items() for point in measured)
    return f"""# Results

{machine()}

Ratios are medians of the rounds' ratios, scoregen's time over the other's; the goal is the most that they should be.

{table}

## Growth

| command | different scripts | time | peak memory | rounds |
|---|---|---|---|---|
{growth}
"""


def _point(name: str, point: Point) -> str:
    if not point.rounds:
        return f"| {name} | {point.files:,} | left out, would take {point.seconds:.0f} s | | 0 |"
    return (
        f"| {name} | {point.files:,} | {_amount(point.seconds, 's')} | {_amount(point.peak, 'MB')} | {point.rounds} |"
    )


def machine() -> str:
    """Return what was measured with."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    system = f"{platform.system()} {platform.machine()}"
    return (
        f"Python {platform.python_version()}, {system}, {cores} cores, {time.strftime('%Y-%m-%d')}; {peers.versions()}."
    )


def _amount(value: float, unit: str) -> str:
    if unit == "s" and value < 1:
        return f"{value * 1000:.3g} ms"
    return f"{value:.3g} {unit}"
