"""``python -m tests.fuzz``: coverage-guided fuzzing of every target in turn, for as long as you like."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS

_LONGEST_INPUT = 20_000
_SLOWEST_INPUT = 25  # seconds
_MOST_MEMORY = 2_000  # MB
_LONGEST_ERROR = 3_000


def main(argv: list[str]) -> int:
    """Fuzz the targets; 1 if any crashed."""
    parser = argparse.ArgumentParser("python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=120, help="for all targets together")
    parser.add_argument("--target", choices=TARGETS, help="fuzz this one alone")
    parser.add_argument("--crashes", type=Path, default=Path(tempfile.gettempdir()), help="where to put what crashes")
    given = parser.parse_args(argv)
    targets = [given.target] if given.target else list(TARGETS)
    crashed = [target for target in targets if not _fuzz(target, max(1, given.seconds // len(targets)), given.crashes)]
    return int(bool(crashed))


def _fuzz(target: str, seconds: int, crashes: Path) -> bool:
    """Fuzz one target, say how that went, and return whether all was well."""
    before, start = set(crashes.iterdir()), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds(target)):
            (Path(folder) / f"seed{number:03}").write_bytes(seed)
        options = {
            "max_total_time": seconds,
            "max_len": _LONGEST_INPUT,
            "timeout": _SLOWEST_INPUT,
            "rss_limit_mb": _MOST_MEMORY,
            "artifact_prefix": f"{crashes / target}-",
            "print_final_stats": 1,
        }
        command = [sys.executable, "-m", "tests.fuzz.engine", target, folder]
        command += [f"-{name}={value}" for name, value in options.items()]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    runs = re.findall(r"number_of_executed_units: +(\d+)", done.stderr)
    said = f"{runs[0] if runs else 'no'} runs in {time.monotonic() - start:.0f} seconds"
    print(f"{target}: {said}{', crashed' if done.returncode else ''}", flush=True)
    if done.returncode:
        print(done.stdout[-_LONGEST_ERROR:], done.stderr[-_LONGEST_ERROR:], sep="\n")
        for path in sorted(set(crashes.iterdir()) - before):
            print(f"{target}: the input is in {path}", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
