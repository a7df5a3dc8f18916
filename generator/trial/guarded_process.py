"""Starts processes that end with this one, whatever ends it, and with all that they have started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_GUARD = Path(__file__).with_name("guard.py")

NOT_STARTED = 127
"""The exit code of a guard whose command cannot be started, as a shell has it; it has printed why."""

_PATIENCE = 10  # seconds, which a process that is ended may take
_running: set[subprocess.Popen[bytes]] = set()


def start(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], keep: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start a command in a folder; its output, errors too, comes by the pipe ``stdout``.

    The process is a guard, which ends as the command ends, and ends all when this process is gone. ``keep`` are open
    files that it holds until then. Raises OSError.
    """
    process = subprocess.Popen(
        [sys.executable, "-I", str(_GUARD), *command],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=0,
        start_new_session=True,
        pass_fds=tuple(keep) if os.name != "nt" else (),
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    _running.add(process)
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that ``start`` has started, with all that belongs to it, and wait until it has ended."""
    _running.discard(process)
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.stdin:  # where there are no groups of processes, the guard ends the rest
        process.stdin.close()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_all() -> None:
    """End all processes that ``start`` has started: threads that wait for them come to their ends, and tidy up."""
    for process in [*_running]:
        end(process)
