"""Running the command as a process of its own, and what that took."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, NamedTuple

LONGEST_SECONDS = 10
MOST_MEGABYTES = 500
_STOPPED_AFTER = 60  # seconds: what only waits takes no time of a processor's
_ROOT = Path(__file__).parent.parent.parent


class Outcome(NamedTuple):
    """The exit code (below 0: the signal), what was printed, and what it took: time, and memory at its peak.

    The time is that of processors, its own and its children's, which does not depend on what else is running.
    """

    code: int
    printed: str
    seconds: float
    megabytes: float


def run(arguments: list[str], folder: Path, stdin: IO[bytes] | None = None) -> Outcome:
    """Run the command in a folder."""
    environment = os.environ | {"PYTHONPATH": str(_ROOT), "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", *arguments],
            cwd=folder,
            env=environment,
            stdin=stdin or subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        timer = threading.Timer(_STOPPED_AFTER, os.kill, (process.pid, signal.SIGKILL))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        said = printed.read().decode("utf-8", "replace")
    return Outcome(process.returncode, said, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def assert_bounded(outcome: Outcome) -> None:
    """Fail unless the command came to an end as it should, in time and with little memory."""
    start = outcome.printed[:2000]
    assert "Traceback" not in outcome.printed, start
    assert "please report this" not in outcome.printed, start
    assert outcome.code in (0, 1, 2), f"{outcome.code} after {outcome.seconds:.1f} s: {start}"
    assert outcome.seconds <= LONGEST_SECONDS, f"{outcome.seconds:.1f} s: {start}"
    assert outcome.megabytes <= MOST_MEGABYTES, f"{outcome.megabytes:.0f} MB: {start}"
