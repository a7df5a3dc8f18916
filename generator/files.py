"""Reading and replacing files: the only place that touches them."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path


class FileError(Exception):
    """A file cannot be read or written; the message names it and says why."""


def read_bytes(path: Path) -> bytes:
    """Return a regular file's bytes. Raises FileError."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileError(f"{path}: cannot be read: it is not a regular file")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise FileError(f"{path}: cannot be read: {_reason(error)}") from error


def read_bytes_if_there(path: Path) -> bytes | None:
    """Return a regular file's bytes, None where there is no file. Raises FileError."""
    return read_bytes(path) if path.exists() else None


def is_inside(path: Path, folder: Path) -> bool:
    """Say whether a file lies within a folder once symbolic links are followed."""
    return path.resolve().is_relative_to(folder.resolve())


def replace(path: Path, content: bytes) -> None:
    """Replace a file's content as a whole or not at all, keeping its mode; a symbolic link is followed.

    Raises FileError.
    """
    target = path.resolve()
    try:
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(temporary, mode)  # noqa: PTH101 (mkstemp gives text)
            os.replace(temporary, target)  # noqa: PTH105
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108
            raise
    except (OSError, ValueError) as error:
        raise FileError(f"{path}: cannot be written: {_reason(error)}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
