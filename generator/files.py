"""Reading and replacing files: the only place that touches them."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator, Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


class FileError(Exception):
    """A file cannot be read or written; the message names it and says why."""


def shown(path: Path | str) -> str:
    """Return a path as a message names it: on one line, whatever characters it has."""
    text = str(path)
    return text if text.isprintable() else ascii(text)


LARGEST = 2_000_000
"""How many bytes a config or a script may have: to parse more takes too much time and memory."""


def read_bytes(path: Path | str) -> bytes:
    """Return a regular file's bytes. Raises FileError, also for more than the largest size."""
    with _said(path, "read"):
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise FileError(f"{shown(path)}: cannot be read: it is not a regular file")
        with open(path, "rb") as file:
            return no_more(file.read(LARGEST + 1), path)


def read_standard_input() -> bytes:
    """Return the bytes of standard input. Raises FileError for more than the largest size."""
    return no_more(sys.stdin.buffer.read(LARGEST + 1), "<stdin>")


def no_more(content: bytes, path: Path | str) -> bytes:
    """Return a file's bytes if they are no more than the largest size. Raises FileError."""
    if len(content) > LARGEST:
        raise FileError(f"{shown(path)}: cannot be read: it has more than {LARGEST // 1_000_000} MB")
    return content


def read_bytes_if_there(path: Path) -> bytes | None:
    """Return a regular file's bytes, None where there is no file. Raises FileError."""
    with _said(path, "read"):
        if not path.exists():
            return None
    return read_bytes(path)


def writable(path: Path) -> Path:
    """Return where a file would be written once symbolic links are followed. Raises FileError where it cannot be."""
    with _said(path, "written"):
        with contextlib.suppress(FileNotFoundError):
            os.stat(path)  # links that lead in a circle are an error here, and to resolve() only in some Pythons
        target = path.resolve(strict=False)
        if not target.parent.is_dir():
            raise FileError(f"{shown(path)}: cannot be written: the folder {shown(path.parent)} does not exist")
        if target.exists() and not target.is_file():
            raise FileError(f"{shown(path)}: cannot be written: it is not a regular file")
        return target


def replace_all(contents: Mapping[Path, bytes], known: Mapping[Path, bytes | None] | None = None) -> None:
    """Replace the content of files, each as a whole; unless all can be staged, none is replaced.

    ``known`` says what files held (None: there was none) when the new content was made of it: what holds something
    else by now is not replaced. A file's mode and owner are kept, and a symbolic link is followed. Raises FileError.
    """
    staged: dict[Path, tuple[Path, str]] = {}
    try:
        for path, content in contents.items():
            with _said(path, "written"):
                target = writable(path)
                staged[path] = target, _stage(target, content)
        for path, old in (known or {}).items():
            if path in staged and read_bytes_if_there(path) not in (old, contents[path]):
                raise FileError(
                    f"{shown(path)}: was changed by another program meanwhile: nothing is written, run again"
                )
        for path, (target, temporary) in staged.items():
            with _said(path, "written"):
                os.replace(temporary, target)
    finally:
        for _, temporary in staged.values():
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def create(path: Path, content: bytes) -> None:
    """Write a file as a whole where nothing has its name. Raises FileError."""
    with _said(path, "written"):
        temporary = _stage(path, content)
        try:
            os.link(temporary, path)  # unlike a rename, it replaces nothing that appears meanwhile
        except FileExistsError:
            raise FileError(f"{shown(path)}: is there already: change it, or move it away first") from None
        finally:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _stage(target: Path, content: bytes) -> str:
    """Write the content beside the target, with its mode and owner, and return the temporary file's name."""
    import tempfile

    old = target.stat() if target.exists() else None
    handle, temporary = tempfile.mkstemp(prefix=".scoregen.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        if old and hasattr(os, "chown"):
            with contextlib.suppress(PermissionError):  # who may not give files away keeps the new one
                os.chown(temporary, old.st_uid, old.st_gid)
        os.chmod(temporary, stat.S_IMODE(old.st_mode) if old else 0o666 & ~_umask())
    except BaseException:
        os.unlink(temporary)
        raise
    return temporary


@contextlib.contextmanager
def _said(path: Path | str, done: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise FileError(f"{shown(path)}: cannot be {done}: {reason}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
