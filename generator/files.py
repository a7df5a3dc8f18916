"""Reading and replacing files: the only place that touches them."""

from __future__ import annotations

import contextlib
import errno
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

_AGAIN = "nothing is written, run again"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


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


def replace_all(
    contents: Mapping[Path, bytes],
    known: Mapping[Path, bytes | None] | None = None,
    places: Mapping[Path, Path] | None = None,
) -> None:
    """Replace the content of files, each as a whole; unless all can be staged, none is replaced.

    ``known`` says what files held (None: there was none) when the new content was made of it: what holds something
    else by now is not replaced. ``places`` says where symbolic links led when that was judged: what leads elsewhere by
    now is not written. A file's mode and owner are kept, and a symbolic link is followed. Raises FileError.
    """
    staged: dict[Path, tuple[Path, Path]] = {}
    try:
        for path, content in contents.items():
            with _said(path, "written"):
                target = writable(path)
                if places and target != places.get(path, target):
                    raise FileError(f"{shown(path)}: leads elsewhere by now: {_AGAIN}")
                staged[path] = target, _beside(target)
                _stage(*staged[path], content)
        for path, old in (known or {}).items():
            if path in staged and read_bytes_if_there(path) not in (old, contents[path]):
                raise FileError(f"{shown(path)}: was changed by another program meanwhile: {_AGAIN}")
        for path, (target, temporary) in staged.items():
            with _said(path, "written"):
                _rename(temporary, target)
    finally:
        for _, temporary in staged.values():
            _remove(temporary)


def create(path: Path, content: bytes) -> None:
    """Write a file as a whole where nothing has its name. Raises FileError."""
    with _said(path, "written"):
        target = path.parent.resolve(strict=True) / path.name
        temporary = _beside(target)
        try:
            if os.path.lexists(target):
                raise FileExistsError
            _stage(target, temporary, content)
            _name(temporary, target)
        except FileExistsError:
            raise FileError(f"{shown(path)}: is there already: change it, or move it away first") from None
        finally:
            _remove(temporary)


def _beside(target: Path) -> Path:
    """Return a name for a temporary file in the same folder, short enough for every file system."""
    return target.with_name(f".scoregen.{os.urandom(8).hex()}")


def _stage(target: Path, temporary: Path, content: bytes) -> None:
    """Write into the temporary file, and give it the mode and the owner of the target."""
    with _held(target.parent) as folder:
        try:
            old = os.stat(_in(folder, target), dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            old = None
        if old and not os.access(_in(folder, target), os.W_OK, dir_fd=folder):
            raise PermissionError(errno.EACCES, "it is read-only")
        handle = os.open(_in(folder, temporary), _NEW, 0o600 if old else 0o666, dir_fd=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if old:
                _take_over(handle if os.chmod in os.supports_fd else temporary, old)
            os.fsync(handle)


def _rename(temporary: Path, target: Path) -> None:
    with _held(target.parent) as folder:
        os.replace(_in(folder, temporary), _in(folder, target), src_dir_fd=folder, dst_dir_fd=folder)


def _name(temporary: Path, target: Path) -> None:
    """Give a file its name, unless something has it. Raises FileExistsError."""
    with _held(target.parent) as folder:
        try:
            os.link(_in(folder, temporary), _in(folder, target), src_dir_fd=folder, dst_dir_fd=folder)
        except FileExistsError:
            raise
        except OSError:  # some network shares have no hard links: there an empty file takes the name first
            os.close(os.open(_in(folder, target), _NEW, 0o666, dir_fd=folder))
            _rename(temporary, target)
        else:
            os.unlink(_in(folder, temporary), dir_fd=folder)


def _take_over(file: int | Path, old: os.stat_result) -> None:
    """Give a file the owner, the group and the mode of another; who may not give files away keeps what is his own."""
    if hasattr(os, "chown"):
        for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
            with contextlib.suppress(OSError):
                os.chown(file, owner, group)
    os.chmod(file, stat.S_IMODE(old.st_mode))


def _remove(temporary: Path) -> None:
    with contextlib.suppress(OSError), _held(temporary.parent) as folder:
        os.unlink(_in(folder, temporary), dir_fd=folder)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[int | None]:
    """Hold a folder open by its real path; who puts a link in its way meanwhile leads nobody elsewhere.

    None where the system has no such handles: then its files go by their whole path.
    """
    if os.open not in os.supports_dir_fd:
        yield None
        return
    handle = os.open(folder.anchor, _FOLDER)
    try:
        for name in folder.parts[1:]:
            above, handle = handle, os.open(name, _FOLDER, dir_fd=handle)
            os.close(above)
        yield handle
    finally:
        os.close(handle)


def _in(folder: int | None, path: Path) -> Path:
    return path if folder is None else path.relative_to(path.parent)


@contextlib.contextmanager
def _said(path: Path | str, done: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise FileError(f"{shown(path)}: cannot be {done}: {reason}") from error
