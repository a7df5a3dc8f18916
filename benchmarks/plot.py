"""The plot for the documentation: how far each ratio is from its goal, and how time and memory grow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.growth import Point
from benchmarks.growth import rows as growth_rows
from benchmarks.timing import Row

MET, MISSED = "#2a7f62", "#c8553d"
BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # no line goes through a text
COLOURS = ("#2a7f62", "#3b6ea5")


def draw(path: Path, rows: Sequence[Row], points: Mapping[str, Sequence[Point]]) -> None:
    """Write the plot."""
    import matplotlib  # type: ignore[import-not-found, unused-ignore]

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt  # type: ignore[import-not-found, unused-ignore]
    from PIL import Image

    points = {name: [point for point in every if point.rounds] for name, every in points.items()}
    figure = plt.figure(figsize=(10, 7.2), layout="constrained")
    above, below = figure.subfigures(2, 1, height_ratios=[1.6, 1])
    growth = {row.work for row in growth_rows(points)}
    _bars(above.subplots(), [row for row in rows if row.goal is not None and row.work not in growth])
    time, peak = below.subplots(1, 2)
    time.set_yscale("log")
    _lines(time, points, 1, "seconds")
    _lines(peak, points, 2, "peak memory, MB")
    peak.set_ylim(0, 1.3 * max(point.peak for measured in points.values() for point in measured))
    figure.savefig(path, dpi=90)
    plt.close(figure)
    with Image.open(path) as image:  # few colours make a small file
        image.convert("RGB").quantize(32).save(path, optimize=True)


def _bars(axes: Any, rows: Sequence[Row]) -> None:
    shares = [row.ratio / (row.goal or 1) for row in rows]
    labels = [f"{row.work}\nbeside {row.peer}" for row in rows]
    heights = range(len(rows))
    least = min(0.02, *shares) / 2
    axes.barh(
        heights, [share - least for share in shares], left=least, color=[MISSED if s > 1 else MET for s in shares]
    )
    for height, row, share in zip(heights, rows, shares, strict=True):
        axes.text(share * 1.06, height, f"{row.ratio:.2g}  (goal {row.goal:g})", va="center", fontsize=8, bbox=BEHIND)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_xlim(least, max(2.0, *shares) * 4)
    axes.axvline(1, color="black", linewidth=1)
    axes.set_yticks(heights, labels, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("ratio, divided by its goal: up to the line the goal is met")
    axes.spines[["top", "right"]].set_visible(False)


def _lines(axes: Any, points: Mapping[str, Sequence[Point]], of: int, label: str) -> None:
    for colour, (name, measured) in zip(COLOURS, points.items(), strict=True):
        files = [point.files for point in measured]
        axes.plot(files, [point[of] for point in measured], marker="o", color=colour, label=f"scoregen {name}")
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_xlabel("different scripts")
    axes.set_ylabel(label)
    axes.grid(alpha=0.3)
    axes.legend(frameon=False, fontsize=8)
    axes.spines[["top", "right"]].set_visible(False)
