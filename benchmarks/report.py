"""The results as Markdown."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterable

from benchmarks import peers
from benchmarks.timing import Row

_COLUMNS = ("work", "beside", "scoregen", "the other", "ratio", "of processor time", "goal", "", "rounds")
HEAD = f"| {' | '.join(_COLUMNS)} |\n|{'---|' * len(_COLUMNS)}"


def line(row: Row) -> str:
    """Return a comparison as a line of the table."""
    goal, met = ("", "") if row.goal is None else (f"{row.goal:g}", "met" if row.is_met else "missed")
    cells = [row.work, row.peer, _amount(row.ours), _amount(row.theirs)]
    return f"| {' | '.join(cells)} | {row.ratio:.3g} | {row.cpu_ratio:.3g} | {goal} | {met} | {row.rounds} |"


def markdown(rows: Iterable[Row]) -> str:
    """Return the whole page."""
    table = "\n".join([HEAD, *map(line, rows)])
    return f"""# Results

{machine()}; {peers.versions()}.

Ratios are medians of the rounds' ratios, scoregen's time over the other's; the goal is the most that they should be.

{table}
"""


def machine() -> str:
    """Return on what was measured, and when."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    system = f"{platform.system()} {platform.machine()}"
    return f"Python {platform.python_version()}, {system}, {cores} cores, {time.strftime('%Y-%m-%d')}"


def _amount(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1_000_000:.3g} us"
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"
