"""Calls uv, which finds a Python, resolves requirements and installs packages."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sysconfig
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

from generator.conda.versions import key
from generator.findings import ScoregenError
from generator.translations.language import say
from generator.trial.guarded_process import end, start

_KEPT = 60  # lines of what it has said last
_QUICK = 60  # seconds
_PAUSE = 0.3  # seconds, after which a Ctrl-C is heard on Windows


class UvError(ScoregenError):
    """uv is not there, or has failed. ``output`` is what it has said last."""

    def __init__(self, message: str, output: str = "") -> None:
        """Remember what it has said."""
        super().__init__(message)
        self.output = output


def uv_program() -> str:
    """Return the path of uv: the one that is installed beside scoregen, or that of the search path. Raises UvError."""
    beside = Path(sysconfig.get_path("scripts"), "uv.exe" if os.name == "nt" else "uv")
    found = str(beside) if beside.exists() else shutil.which("uv")
    if found is None:
        raise UvError(say("there is no uv, which makes runtimes: `pip install uv` brings it"))
    return found


def find_python(version: str) -> str:
    """Return a Python of that version, as ``3.8``, for uv: the path of one on this machine, or the version.

    For the version alone, uv fetches one. Raises UvError.
    """
    command = [uv_program(), "python", "find", "--system", "--no-python-downloads", version]
    found = subprocess.run(command, capture_output=True, text=True, timeout=_QUICK, check=False)
    if found.returncode == 0:
        return found.stdout.strip()
    # The shims of pyenv stand on the search path for every version, and fail for all but the chosen one.
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    installed = (pyenv / "versions").glob(f"{version}.*/bin/python")
    newest = max(installed, key=lambda python: key(python.parent.parent.name), default=version)
    return str(newest)


def run_uv(arguments: Sequence[str], folder: Path, tell: Callable[[str], object], keep: Sequence[int] = ()) -> None:
    """Run uv in a folder, whose ``uv.toml`` counts; each line that it prints goes to ``tell``.

    It ends with this process; ``keep`` are open files that it holds until then. Raises UvError, OSError.
    """
    process = start([uv_program(), "--color", "never", *arguments], folder, os.environ, keep)
    last: list[str] = []
    try:
        assert process.stdout
        for line in _lines(process.stdout):
            text = line.decode("utf-8", "backslashreplace").rstrip()
            last = [*last[1 - _KEPT :], text]
            tell(text)
        code = process.wait()
    finally:
        end(process)
    if code:
        raise UvError(say("uv {arguments} has failed", arguments=" ".join(arguments[:2])), "\n".join(last))


def _lines(pipe: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a pipe; on Windows, whoever reads one himself hears no Ctrl-C until a line comes."""
    read: queue.Queue[bytes] = queue.Queue()

    def pump() -> None:
        try:
            while line := pipe.readline():
                read.put(line)
        finally:
            read.put(b"")

    threading.Thread(target=pump, daemon=True).start()
    line = None
    while line != b"":
        try:
            line = read.get(timeout=_PAUSE)
        except queue.Empty:
            continue
        if line:
            yield line
