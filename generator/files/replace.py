"""Replacing files: each as a whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.files.leftovers import remove_leftovers, temporary_name
from generator.files.read import as_file_error, head, parts, shown
from generator.files.windows import keeps, patiently
from generator.findings import FileError
from generator.translations.language import mark, say

MANY = 200
"""Of so many files nobody waits until the disk has each: that takes milliseconds."""

_ACL = "system.posix_acl_access"
_AT_ONCE = 1 << 20
_SAME_FILE = getattr(os, "O_NOFOLLOW", 0)
_AGAIN = mark("nothing is written, run again")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Source(NamedTuple):
    """A file whose content another is to have: its path, and how many bytes it has."""

    path: Path
    size: int


def writable(path: Path) -> Path:
    """Return where a file would be written once symbolic links are followed. Raises FileError where it cannot be."""
    with as_file_error(path, mark("written")):
        if keeps(path.name):
            raise FileError(
                say("{path}: cannot be written: Windows keeps this name for itself: give it another", path=shown(path))
            )
        try:
            is_file = stat.S_ISREG(os.stat(path).st_mode)
        except FileNotFoundError:
            is_file = None
        target = Path(os.path.realpath(path))
        if is_file is None and not target.parent.is_dir():
            message = say(
                "{path}: cannot be written: the folder {parent} does not exist",
                path=shown(path),
                parent=shown(path.parent),
            )
            raise FileError(message)
        if is_file is False:
            raise FileError(say("{path}: cannot be written: it is not a regular file", path=shown(path)))
        return target


def replace_all(
    contents: Mapping[Path, bytes | Source],
    known: Mapping[Path, bytes | None] | None = None,
    places: Mapping[Path, Path] | None = None,
    folder: Folder | None = None,
    likes: Mapping[Path, Path] | None = None,
) -> None:
    """Replace the content of files, each as a whole; unless all can be staged, none is replaced.

    ``known`` says what files held (None: there was none) when the new content was made of it: what holds something
    else by now is not replaced. ``places`` says where symbolic links led when that was judged: what leads elsewhere by
    now is not written. A file's mode, owner and access list are kept, and a symbolic link is followed; ``likes`` says
    of a new file which it is to be like in that. Who replaces one file after the other hands over a ``folder``.
    Raises FileError.
    """
    staged: dict[Path, _Spot] = {}
    with contextlib.nullcontext(folder) if folder else Folder(wait=len(contents) < MANY) as folder:
        try:
            for path, content in contents.items():
                with as_file_error(path, mark("written")):
                    target = writable(path)
                    if places and target != places.get(path, target):
                        raise FileError(
                            say("{path}: leads elsewhere by now: {again}", path=shown(path), again=say(_AGAIN))
                        )
                    staged[path] = _spot(target)
                    _stage(folder, staged[path], content, (likes or {}).get(path))
            for path, old in (known or {}).items():
                new = contents.get(path)
                if isinstance(new, bytes) and not _holds(folder, path, staged[path], old, new):
                    message = say(
                        "{path}: was changed by another program meanwhile: {again}", path=shown(path), again=say(_AGAIN)
                    )
                    raise FileError(message)
            for path in list(staged):
                with as_file_error(path, mark("written")):
                    _rename(folder, staged[path])
                    del staged[path]
        finally:
            for spot in staged.values():
                _remove(folder, spot)


def create(path: Path, content: bytes) -> None:
    """Write a file as a whole where nothing has its name. Raises FileError."""
    with as_file_error(path, mark("written")), Folder() as folder:
        target = path.parent.resolve(strict=True) / path.name
        spot = _spot(target)
        try:
            if os.path.lexists(target):
                raise FileExistsError
            _stage(folder, spot, content)
            _name(folder, spot)
        except FileExistsError:
            raise FileError(
                say("{path}: is there already: change it, or move it away first", path=shown(path))
            ) from None
        finally:
            _remove(folder, spot)


class Folder:
    """Holds the folder of the last file open by its real path, so that a link put in its way leads nobody elsewhere.

    ``wait`` says whether the disk is to have each file's content before it takes its name: then not even a loss of
    power leaves less than the old one.
    """

    def __init__(self, wait: bool = True) -> None:
        """Hold none yet."""
        self.wait = wait
        self._path = ""
        self._handle: int | None = None
        self._known: set[str] = set()

    def __enter__(self) -> Folder:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the folder."""
        handle, self._path, self._handle = self._handle, "", None  # an interrupt may follow the system call at once
        if handle is not None:
            os.close(handle)

    def of(self, path: str) -> int | None:
        """Return a handle on a folder; None where the system has none, and files go by their whole path.

        What a killed run has left in the folder is removed.
        """
        if path not in self._known:
            self._known.add(path)
            remove_leftovers(path)
        if os.open in os.supports_dir_fd and path != self._path:
            self.__exit__()
            self._handle, self._path = _opened(path), path
        return self._handle


class _Spot(NamedTuple):
    """Where a file goes: the real path of its folder, its name there, and that of the temporary file."""

    folder: str
    name: str
    temporary: str


def _spot(target: Path) -> _Spot:
    folder, name = os.path.split(target)
    return _Spot(folder, name, temporary_name())


def _stage(folder: Folder, spot: _Spot, content: bytes | Source, like: Path | None = None) -> None:
    """Write into the temporary file, and give it what the target has of mode and owner, or what ``like`` has."""
    held = folder.of(spot.folder)
    target = _in(held, spot, spot.name)
    try:
        old = os.stat(target, dir_fd=held, follow_symlinks=False)
    except FileNotFoundError:
        old = None
    if old and not os.access(target, os.W_OK, dir_fd=held):
        raise PermissionError(errno.EACCES, say("it is read-only"))
    model = os.path.join(spot.folder, spot.name) if old else like
    old = old or (os.stat(like, follow_symlinks=False) if like else None)
    temporary = _in(held, spot, spot.temporary)
    handle = os.open(temporary, _NEW, 0o600 if old else 0o666, dir_fd=held)
    try:
        if isinstance(content, bytes):
            _write(handle, content)
        else:
            _copy(handle, content)
        if old and model:
            _take_over(handle, temporary, old, _access_list(model))
        if folder.wait:
            os.fsync(handle)
    finally:
        os.close(handle)


def _write(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


def _copy(handle: int, source: Source) -> None:
    """Write what a file holds, which is as much as was counted. Raises OSError, FileError."""
    copied = 0
    for part in parts(source.path, _AT_ONCE, _SAME_FILE):
        copied += len(part)
        if copied > source.size:
            break
        _write(handle, part)
    if copied != source.size:
        raise FileError(
            say("{path}: was changed by another program meanwhile: {again}", path=shown(source.path), again=say(_AGAIN))
        )


def _holds(folder: Folder, path: Path, spot: _Spot, *contents: bytes | None) -> bool:
    """Say whether a file, or that there is none (None), is one of some contents."""
    with as_file_error(path, mark("written")):
        held = folder.of(spot.folder)
        longest = max(len(content or b"") for content in contents)
        try:
            return head(_in(held, spot, spot.name), longest, held) in contents
        except FileNotFoundError:
            return None in contents


def _rename(folder: Folder, spot: _Spot) -> None:
    held = folder.of(spot.folder)
    temporary, target = _in(held, spot, spot.temporary), _in(held, spot, spot.name)
    patiently(lambda: os.replace(temporary, target, src_dir_fd=held, dst_dir_fd=held))


def _name(folder: Folder, spot: _Spot) -> None:
    """Give a file its name, unless something has it. Raises FileExistsError."""
    held = folder.of(spot.folder)
    temporary, target = _in(held, spot, spot.temporary), _in(held, spot, spot.name)
    try:
        os.link(temporary, target, src_dir_fd=held, dst_dir_fd=held)
    except FileExistsError:
        raise
    except OSError:  # some network shares have no hard links: there an empty file takes the name first
        os.close(os.open(target, _NEW, 0o666, dir_fd=held))
        _rename(folder, spot)
    else:
        os.unlink(temporary, dir_fd=held)


def _access_list(path: Path | str) -> bytes | None:
    """Return a file's extended access list, as Linux keeps it; None where it has none."""
    if sys.platform == "linux":
        try:
            return os.getxattr(path, _ACL, follow_symlinks=False)
        except OSError as error:
            if error.errno not in (errno.ENODATA, errno.ENOTSUP):
                raise
    return None


def _take_over(handle: int, path: str, old: os.stat_result, access: bytes | None) -> None:
    """Give a file the owner, the group and the mode of another; where the system forbids it, owner or group stay.

    With an access list the group's bits of the mode are the most that anybody in the list has.
    """
    file = handle if os.chmod in os.supports_fd else path
    new = os.fstat(handle)
    if hasattr(os, "chown") and (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
            with contextlib.suppress(OSError):
                os.chown(file, owner, group)
    if access is None:
        os.chmod(file, stat.S_IMODE(old.st_mode))
    elif sys.platform == "linux":
        os.chmod(file, stat.S_IMODE(old.st_mode) & ~stat.S_IRWXG)
        os.setxattr(handle, _ACL, access)


def _remove(folder: Folder, spot: _Spot) -> None:
    with contextlib.suppress(OSError):
        held = folder.of(spot.folder)
        os.unlink(_in(held, spot, spot.temporary), dir_fd=held)


def _opened(folder: str) -> int:
    """Open a folder by its real path, one folder after the other."""
    handle = os.open(os.sep, _FOLDER)
    for name in folder.split(os.sep):
        above = handle
        if name:
            try:
                handle = os.open(name, _FOLDER, dir_fd=above)
            finally:
                os.close(above)
    return handle


def _in(held: int | None, spot: _Spot, name: str) -> str:
    return name if held is not None else os.path.join(spot.folder, name)


def replace_at(path: str, new: bytes, old: bytes) -> None:
    """Replace the content of one file, as ``replace_all`` does. Raises FileError."""
    place = Path(path)
    replace_all({place: new}, {place: old})
