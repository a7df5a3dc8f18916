"""Writing a folder of files: as a whole, or into a folder that is there; and copying files into it."""

from __future__ import annotations

import contextlib
import filecmp
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.files.leftovers import remove_leftovers, temporary_name
from generator.files.read import failure, shown
from generator.files.replace import replace_all
from generator.findings import FileError, RefusedError

_AT_ONCE = 1 << 20
_DIGITS = 16


class Copy(NamedTuple):
    """A file that is copied into a folder: its path from there, where it comes from, and what is there already.

    ``is_same`` is None where nothing is. ``is_ours`` if what is there is as it was copied, and so nobody's own.
    """

    name: str
    source: Path
    is_same: bool | None
    is_ours: bool = False

    @property
    def is_of_a_user(self) -> bool:
        """Whether what is there differs, and may be somebody's own."""
        return self.is_same is False and not self.is_ours


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder for this run among the system's temporary files, and remove it in the end. Raises OSError."""
    above = os.path.realpath(tempfile.gettempdir())
    remove_leftovers(above)
    folder = Path(above, temporary_name("scoregen."))
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_empty(folder: Path) -> bool:
    """Say whether a folder is not there, or holds nothing. Raises FileError where it is no folder."""
    try:
        if not folder.exists():
            return True
        if not folder.is_dir():
            raise FileError(f"{shown(folder)}: is not a folder")
        return not any(folder.iterdir())
    except (OSError, ValueError) as error:
        raise failure(folder, "read", error) from error


def copies(folder: Path, sources: Mapping[str, Path]) -> list[Copy]:
    """Return the files that are to be copied into a folder, those of folders one by one, sorted.

    ``sources`` are files and folders by their paths in the folder. Raises RefusedError for a link, and for what is
    neither file nor folder; FileError for what cannot be read.
    """
    found = []
    for name, source in sources.items():
        try:
            for inner, path in _files_in(source):
                target = folder / name / inner
                is_same = filecmp.cmp(path, target, shallow=False) if os.path.lexists(target) else None
                found.append(Copy(f"{name}/{inner}" if inner else name, path, is_same))
        except (OSError, ValueError) as error:
            raise failure(source, "read", error) from error
    return sorted(found)


def digest_of(path: Path) -> str:
    """Return by what a file is known again: the start of its SHA-256. Raises FileError."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while part := file.read(_AT_ONCE):
                found.update(part)
    except OSError as error:
        raise failure(path, "read", error) from error
    return found.hexdigest()[:_DIGITS]


def _files_in(source: Path, inner: str = "") -> Iterator[tuple[str, Path]]:
    mode = source.lstat().st_mode
    if stat.S_ISDIR(mode):
        for path in sorted(source.iterdir()):
            yield from _files_in(path, f"{inner}/{path.name}" if inner else path.name)
    elif stat.S_ISREG(mode):
        yield inner, source
    else:
        kind = "a link" if stat.S_ISLNK(mode) else "neither a file nor a folder"
        raise RefusedError(f"is {kind}, which is not copied: put the file itself there").in_file(shown(source))


def write_new_folder(folder: Path, files: Mapping[str, bytes], copied: Iterable[Copy]) -> None:
    """Make a folder that is not there, or empty, with files and copies in it, as a whole. Raises FileError."""
    with _said(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=".scoregen.", dir=folder.parent))
        try:
            staged.chmod(0o777 & ~_umask())
            for copy in copied:
                write_copy(staged, copy)
            make_folders(staged, files)
            replace_all({staged / name: content for name, content in files.items()})
            staged.replace(folder)  # takes the place of an empty folder too
        finally:
            shutil.rmtree(staged, ignore_errors=True)


def make_folders(folder: Path, names: Iterable[str]) -> None:
    """Make the folders for files by their paths in a folder. Raises FileError."""
    with _said(folder):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)


def write_copy(folder: Path, copy: Copy, backup: Path | None = None) -> None:
    """Copy a file into a folder, as a whole; what is there goes to ``backup``, if that is named. Raises FileError."""
    target = folder / copy.name
    with _said(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".scoregen.", dir=target.parent)
        os.close(handle)
        staged = Path(name)
        try:
            shutil.copyfile(copy.source, staged, follow_symlinks=False)
            staged.chmod(0o666 & ~_umask())
            if backup:
                shutil.copy2(target, backup)
            staged.replace(target)
        finally:
            staged.unlink(missing_ok=True)


@contextlib.contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, shutil.Error) as error:
        raise failure(path, "written", error if isinstance(error, OSError) else ValueError(str(error))) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
