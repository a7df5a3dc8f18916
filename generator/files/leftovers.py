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
_DAY = 86_400  # seconds, after which a name from anywhere is a leftover
_numbers = itertools.count(int.from_bytes(os.urandom(3), "big"))  # a file of another user may have one of them


def temporary_name(prefix: str = _PREFIX) -> str:
    """Return a name for a temporary file that no other process takes; short enough for every file system."""
    process = os.getpid()
    return f"{prefix}{_machine()}.{process:06x}.{_started_once(process):08x}.{next(_numbers) % 0x1000000:06x}"


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
    is_another = started > 0 and _started(process) not in (0, started)
    return (here and (is_another or not _runs(process))) or time.time() - found.st_mtime > _DAY


def _remove(path: Path) -> None:
    if path.is_symlink() or not path.is_dir():
        path.unlink()
        return
    for inner in path.iterdir():
        _remove(inner)
    path.rmdir()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _started(process: int) -> int:
    """Return when a process was started, counted from the start of the machine; 0 where nothing tells it."""
    with contextlib.suppress(OSError, IndexError):
        file = os.open(f"/proc/{process}/stat", os.O_RDONLY)
        try:
            said = os.read(file, _LONGEST_STAT)
        finally:
            os.close(file)
        return int(said.rpartition(b")")[2].split()[19])
    return 0


_started_once = functools.cache(_started)  # of this process, and of each that it is doubled to


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
