"""Reading files, with the words for what goes wrong."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

from generator.findings import FileError
from generator.text.terminal import visible_name

if TYPE_CHECKING:
    from pathlib import Path


def shown(path: Path | str) -> str:
    """Return a path as a message names it: on one line, whatever it holds, and never a command to a service."""
    return visible_name(str(path))


_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe keeps nobody waiting
_AT_ONCE = 1 << 16
LARGEST = 2_000_000
"""How many bytes a script may have: to parse more takes too much time and memory."""
LARGEST_CONFIG = 8_000_000
"""How many bytes a config may have."""


def read_bytes(path: Path | str, most: int = LARGEST) -> bytes:
    """Return a regular file's bytes. Raises FileError, also for more than ``most``."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise FileError(f"{shown(path)}: cannot be read: it is not a regular file")
        return no_more(head(path, most), path, most)
    except (OSError, ValueError) as error:
        raise failure(path, "read", error) from error


def head(path: Path | str, most: int = LARGEST, folder: int | None = None) -> bytes:
    """Return what a file holds, of one that is too large only the head; ``folder`` is a handle on where its name is.

    Raises OSError.
    """
    handle = os.open(path, _READING, dir_fd=folder)
    try:
        content = os.read(handle, _AT_ONCE)
        while len(content) <= most and (more := os.read(handle, _AT_ONCE)):
            content += more
        return content
    finally:
        os.close(handle)


def read_standard_input() -> bytes:
    """Return the bytes of standard input. Raises FileError for more than the largest size."""
    return no_more(sys.stdin.buffer.read(LARGEST + 1), "<stdin>")


def no_more(content: bytes, path: Path | str, most: int = LARGEST) -> bytes:
    """Return a file's bytes if they are no more than ``most``. Raises FileError."""
    if len(content) > most:
        raise FileError(f"{shown(path)}: cannot be read: it has more than {most // 1_000_000} MB")
    return content


def is_there(path: Path | str) -> bool:
    """Say whether there is a file or folder at a path; a name that no file can have, one too long say, nothing has."""
    return os.path.exists(path)


def is_taken(path: Path) -> bool:
    """Say whether anything has a name, be it a link that leads nowhere. Raises FileError where that cannot be told."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as error:
        raise failure(path, "looked up", error) from error
    return True


def read_bytes_if_there(path: Path) -> bytes | None:
    """Return a regular file's bytes, None where there is no file. Raises FileError."""
    try:
        if not path.exists():
            return None
    except (OSError, ValueError) as error:
        raise failure(path, "read", error) from error
    return read_bytes(path)


def failure(path: Path | str, done: str, error: OSError | ValueError) -> FileError:
    """Return what to say of a file that cannot be read, or whatever was to be done."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return FileError(f"{shown(path)}: cannot be {done}: {reason}")
