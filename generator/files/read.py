"""Reading files, with the words for what goes wrong."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from typing import TYPE_CHECKING

from generator.files.windows import why
from generator.findings import FileError
from generator.text.similar import same_file
from generator.text.terminal import visible_name
from generator.text.verbosity import detail, is_verbose
from generator.translations.language import mark, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class NoFileError(OSError):
    """What has the name is a folder, a pipe, a socket or a device: it is not opened."""


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
    with as_file_error(path, mark("read")):
        return no_more(head(path, most), path, most)


def head(path: Path | str, most: int = LARGEST, folder: int | None = None) -> bytes:
    """Return what a file holds, of one that is too large only the head; ``folder`` is a handle on where its name is.

    Raises OSError, NoFileError.
    """
    handle = opened(path, folder)
    try:
        content = bytearray()  # bytes would be copied whole for each part
        while len(content) <= most and (part := os.read(handle, _AT_ONCE)):
            content += part
        return bytes(content)
    finally:
        os.close(handle)


def opened(path: Path | str, folder: int | None = None, flags: int = 0) -> int:
    """Open a regular file for reading; to open a device or a pipe would do something to it already.

    Raises OSError, NoFileError.
    """
    _refuse_others(os.stat(path, dir_fd=folder), path)
    handle = os.open(path, _READING | flags, dir_fd=folder)
    if is_verbose():
        detail(say("{path}: read", path=shown(path)))
    try:
        _refuse_others(os.fstat(handle), path)  # what has taken the place of the file since
    except BaseException:
        os.close(handle)
        raise
    return handle


def _refuse_others(found: os.stat_result, path: Path | str) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise NoFileError(errno.EINVAL, say("it is a folder, and a file is asked for"), str(path))
    if not stat.S_ISREG(found.st_mode):
        raise NoFileError(errno.EINVAL, say("it is not a regular file"), str(path))


def parts(path: Path | str, at_once: int, flags: int = 0) -> Iterator[bytes]:
    """Yield what a regular file holds, part by part. Raises OSError, NoFileError."""
    handle = opened(path, flags=flags)
    try:
        while part := os.read(handle, at_once):
            yield part
    finally:
        os.close(handle)


def has_same_content(path: Path | str, other: Path | str) -> bool:
    """Say whether two regular files hold the same. Raises OSError, NoFileError."""
    handles: list[int] = []
    try:
        handles = [opened(path)]
        handles.append(opened(other))
        if os.fstat(handles[0]).st_size != os.fstat(handles[1]).st_size:
            return False
        while (part := os.read(handles[0], _AT_ONCE)) == os.read(handles[1], _AT_ONCE):
            if not part:
                return True
        return False
    finally:
        for handle in handles:
            os.close(handle)


def read_standard_input() -> bytes:
    """Return the bytes of standard input. Raises FileError, also for more than the largest size."""
    if sys.stdin is None:
        raise FileError(say("<stdin>: cannot be read: it is closed"))
    return no_more(sys.stdin.buffer.read(LARGEST + 1), "<stdin>")


def no_more(content: bytes, path: Path | str, most: int = LARGEST) -> bytes:
    """Return a file's bytes if they are no more than ``most``. Raises FileError."""
    if len(content) > most:
        raise FileError(
            say("{path}: cannot be read: it has more than {most} MB", path=shown(path), most=most // 1_000_000)
        )
    return content


def from_folder(path: Path | str, folder: Path | str = os.curdir) -> str:
    """Return a path as it is seen from a folder; the whole path where that is on another drive of Windows."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return os.path.abspath(path)


def shortest(path: Path) -> str:
    """Return a path as it is, or as it is seen from the current folder, if that is no longer."""
    return min(from_folder(path), str(path), key=len)


def is_there(path: Path | str) -> bool:
    """Say whether there is a file or folder at a path; a name that no file can have, one too long say, nothing has.

    Raises FileError where that cannot be told.
    """
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        if error.errno in (errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL):
            return False
        raise failure(path, mark("read"), error) from error
    return True


def as_on_the_disk(folder: Path, name: str) -> str | None:
    """Return the path of what is there, from a folder, with the capitals and small letters that it has on the disk.

    Linux tells them apart, and the endpoint with it; Windows and macOS do not. Where nothing has the very name, that is
    what has it but for them; None where nothing does. Raises FileError where that cannot be told.
    """
    if sys.platform == "linux" and is_there(folder / name):
        return name
    found: list[str] = []
    for part in name.split("/"):
        if part not in ("", os.curdir, os.pardir):
            try:
                there = sorted(os.listdir(folder.joinpath(*found)))
            except (FileNotFoundError, NotADirectoryError):
                return None
            except OSError as error:
                raise failure(folder.joinpath(*found), mark("read"), error) from error
            if part not in there:
                others = [other for other in there if same_file(other) == same_file(part)]
                if not others:
                    return None
                part = others[0]
        found.append(part)
    return "/".join(found)


def changed_at(path: Path | str) -> int | None:
    """Return when a file was changed last, in nanoseconds; None where that cannot be told."""
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return None


def is_folder(path: Path | str) -> bool:
    """Say whether a path is that of a folder. Raises FileError where that cannot be told."""
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise failure(path, mark("read"), error) from error


def is_taken(path: Path) -> bool:
    """Say whether anything has a name, be it a link that leads nowhere. Raises FileError where that cannot be told."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as error:
        raise failure(path, mark("looked up"), error) from error
    return True


def read_bytes_if_there(path: Path) -> bytes | None:
    """Return a regular file's bytes, None where there is no file. Raises FileError."""
    with as_file_error(path, mark("read")):
        if not path.exists():
            return None
    return read_bytes(path)


@contextlib.contextmanager
def as_file_error(path: Path | str, done: str) -> Iterator[None]:
    """Turn an OSError or ValueError of the block into a FileError: the path cannot be ``done``, see ``failure``."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise failure(path, done, error) from error


def failure(path: Path | str, done: str, error: OSError | ValueError) -> FileError:
    """Return the error for a path that cannot be ``done``: read, written, looked up."""
    reason = why(str(path), error) if isinstance(error, OSError) else str(error)
    return FileError(say("{path}: cannot be {done}: {reason}", path=shown(path), done=say(done), reason=reason))
