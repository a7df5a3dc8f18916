"""Temporary files and folders: their names, and the removal of what a killed run has left behind.

A name tells the machine and the process that made it, and when that was started, since a process that has ended leaves
its number to another one. So the next run knows what nobody will come back for.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import itertools
import os
import re
import sys
import time
from pathlib import Path

_PREFIX = ".scoregen."
_NAME = re.compile(r"\.?scoregen\.([0-9a-f]{12})\.([0-9a-f]{6,})\.([0-9a-f]{8,})\.[0-9a-f]{6}")
_UNKNOWN = "0" * 12
_LONGEST_STAT = 4_096
_ENDED = ("Z", "X")  # states of a process that has ended, and that its parent has not taken note of
_DAY = 86_400  # seconds, after which a name from anywhere is a leftover
_numbers = itertools.count(int.from_bytes(os.urandom(3), "big"))  # a file of another user may have one of them


def temporary_name(prefix: str = _PREFIX) -> str:
    """Return a name for a temporary file that no other process takes; short enough for every file system."""
    process = os.getpid()
    return f"{prefix}{_machine()}.{process:06x}.{_start_of(process):08x}.{next(_numbers) % 0x1000000:06x}"


def remove_leftovers(folder: str) -> None:
    """Remove what runs that were killed have left in a folder, as far as that can be told and done."""
    with contextlib.suppress(OSError), os.scandir(folder) as listing:
        for entry in [entry for entry in listing if _NAME.fullmatch(entry.name)]:
            with contextlib.suppress(OSError):
                if _is_left(entry):
                    _remove(Path(entry.path))


def _is_left(entry: os.DirEntry[str]) -> bool:
    """Say whether nobody will come back for a temporary file: its process is gone, or it is a day old."""
    found = entry.stat(follow_symlinks=False)
    if sys.platform != "win32" and found.st_uid not in (os.getuid(), os.geteuid()):
        return False
    match = _NAME.fullmatch(entry.name)
    assert match
    here = match[1] == _machine() != _UNKNOWN
    process, started = int(match[2], 16), int(match[3], 16)
    return (here and not _runs(process, started)) or time.time() - found.st_mtime > _DAY


def _remove(path: Path) -> None:
    if path.is_symlink() or not path.is_dir():
        path.unlink()
        return
    for inner in path.iterdir():
        _remove(inner)
    path.rmdir()


def _runs(process: int, started: int) -> bool:
    """Say whether a process runs that was started then; one that has ended may wait long to be taken note of."""
    state, its_start = _status(process)
    if state in _ENDED or (started > 0 and its_start not in (0, started)):
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _status(process: int) -> tuple[str, int]:
    """Return a process's state, and when it was started, counted from the start of the machine.

    Where nothing tells them they are empty and 0. Source: proc_pid_stat(5), fields 3 and 22.
    """
    with contextlib.suppress(OSError, IndexError):
        file = os.open(f"/proc/{process}/stat", os.O_RDONLY)
        try:
            said = os.read(file, _LONGEST_STAT)
        finally:
            os.close(file)
        fields = said.decode(errors="replace").rpartition(")")[2].split()
        return fields[0], int(fields[19])
    return "", 0


@functools.cache  # of this process, and of each that it is doubled to
def _start_of(process: int) -> int:
    return _status(process)[1]


@functools.cache
def _machine() -> str:
    """Return what tells this machine since its start, and the container, from others; zeros where nothing does.

    On Windows nothing tells either whether a process runs, without ending it.
    """
    if sys.platform == "win32":
        return _UNKNOWN
    said = os.uname().nodename
    with contextlib.suppress(OSError):
        said += Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
        said += str(Path("/proc/self/ns/pid").readlink())
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()[:12]
