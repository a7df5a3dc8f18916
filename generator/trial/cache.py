"""The cache of runtimes: a folder for each, outside of every project, named by a digest of what went in.

A runtime is whole if its folder holds ``runtime.json``, which is written last. Whoever makes or removes one holds its
lock, which the system lets go when the process ends, however it ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_FILE = "requirements.lock"
_WHOLE = "runtime.json"
_PAUSE = 0.2  # seconds between two tries to hold what another process holds


class Runtime(NamedTuple):
    """A runtime of the cache: its name, and its folder. ``size`` is in bytes, ``seconds`` is how long it was made."""

    name: str
    folder: Path
    size: int = 0
    seconds: float = 0
    made: str = ""

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def lock(self) -> Path:
        """The file with the version of every package, and its hashes."""
        return self.folder / LOCK_FILE

    @property
    def is_whole(self) -> bool:
        """Whether it was made to the end, and the Python that it was made of is still there."""
        return (self.folder / _WHOLE).exists() and self.python.exists()


def cache_folder() -> Path:
    """Return where runtimes are kept: where the system has its caches."""
    if os.environ.get("XDG_CACHE_HOME"):
        cache = Path(os.environ["XDG_CACHE_HOME"])
    elif os.name == "nt":
        cache = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        cache = Path.home() / "Library" / "Caches"
    else:
        cache = Path.home() / ".cache"
    return cache.absolute() / "scoregen" / "runtimes"


def runtime_of(name: str) -> Runtime:
    """Return the runtime of that name, whether it is there or not."""
    folder = cache_folder() / name
    try:
        said: dict[str, Any] = json.loads((folder / _WHOLE).read_text(encoding="utf-8"))
        return Runtime(name, folder, int(said["size"]), float(said["seconds"]), str(said["made"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Runtime(name, folder)


def runtimes() -> list[Runtime]:
    """Return all that are there, those that were broken off too, by name."""
    try:
        names = sorted(path.name for path in cache_folder().iterdir() if path.is_dir())
    except OSError:
        return []
    return [runtime_of(name) for name in names]


@contextlib.contextmanager
def held(name: str, wait: Callable[[], object]) -> Iterator[int]:
    """Hold a runtime, and yield the open file that does; ``wait`` is called once if another process holds it.

    Raises OSError.
    """
    cache_folder().mkdir(parents=True, exist_ok=True)
    with (cache_folder() / f"{name}.lock").open("ab") as file:
        if not _try_to_hold(file):
            wait()
            while not _try_to_hold(file):
                time.sleep(_PAUSE)
        yield file.fileno()


def _try_to_hold(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def complete(runtime: Runtime, seconds: float) -> Runtime:
    """Say that a runtime is whole. Raises OSError."""
    whole = runtime._replace(size=_size(runtime.folder), seconds=seconds, made=time.strftime("%Y-%m-%d %H:%M"))
    said = {"size": whole.size, "seconds": round(seconds, 1), "made": whole.made}
    new = runtime.folder / f"{_WHOLE}.new"
    with new.open("w", encoding="utf-8") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(runtime.folder / _WHOLE)
    return whole


def remove(runtime: Runtime) -> None:
    """Remove what is there of a runtime; what says that it is whole goes first. Raises OSError."""
    (runtime.folder / _WHOLE).unlink(missing_ok=True)
    if runtime.folder.exists():
        shutil.rmtree(runtime.folder)


def _size(folder: Path) -> int:
    """Return how many bytes the files of a folder have; links are not followed."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += Path(parent, name).lstat().st_size
    return total
