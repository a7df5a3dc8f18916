"""``python -m benchmarks``: what scoregen costs beside its peers, on the same files, in one run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import generating, many_scripts, one_script, peers, report
from benchmarks.size import SMALL, WHOLE
from benchmarks.timing import Row, WrongResultError, compare

RESULTS = Path(__file__).with_name("results.md")
_TOO_MUCH = 6  # times the goal, in processor time: the machines of continuous integration have other work as well


def main() -> int:
    """Measure, print the table, and write it with the plot; the small form writes nothing, and fails far off a goal."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--small", action="store_true", help="takes a minute; exits with 1 far off a goal")
    is_small = parser.parse_args().small
    try:
        rows = _measured(is_small)
    except (peers.MissingError, WrongResultError) as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2
    if is_small:
        return int(any(row.goal is not None and row.cpu_ratio > _TOO_MUCH * row.goal for row in rows))
    RESULTS.write_text(report.markdown(rows), encoding="utf-8")
    return 0


def _measured(is_small: bool) -> list[Row]:
    size = SMALL if is_small else WHOLE
    with TemporaryDirectory() as name:
        print(report.HEAD, flush=True)
        parts = (one_script, many_scripts, generating)
        return [row for part in parts for row in _shown(map(compare, part.comparisons(Path(name), size)))]


def _shown(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        print(report.line(row), flush=True)
        yield row


if __name__ == "__main__":
    sys.exit(main())
