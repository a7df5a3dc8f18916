"""Writing a folder of files: as a whole, or into a folder that is there; and copying files into it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.files.leftovers import remove_leftovers, temporary_name
from generator.files.read import as_file_error, has_same_content, parts, shown
from generator.files.replace import Source, replace_all
from generator.files.windows import patiently
from generator.findings import FileError, RefusedError
from generator.translations.language import mark, say

MOST_FILES = 10_000
MOST_BYTES = 10_000_000_000
MOST_LEVELS = 50
"""How much is copied into a folder at the most."""

_AT_ONCE = 1 << 20
_DIGITS = 16


class Copy(NamedTuple):
    """A file that is copied into a folder: its path from there, where it comes from, and what is there already.

    ``is_same`` is None where nothing is. ``is_ours`` if what is there is as it was copied, and so nobody's own. The
    size is that when it was found.
    """

    name: str
    source: Path
    is_same: bool | None
    size: int
    is_ours: bool = False

    @property
    def is_of_a_user(self) -> bool:
        """Whether what is there differs, and may be somebody's own."""
        return self.is_same is False and not self.is_ours

    @property
    def content(self) -> Source:
        """What is copied, for ``replace_all``."""
        return Source(self.source, self.size)


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


def folder_in(folder: Path) -> Path:
    """Make a folder of a free name within one that is this run's own. Raises OSError."""
    made = folder / temporary_name("inner.")
    made.mkdir()
    return made


def source_of(path: Path) -> Source:
    """Return a file as what is copied. Raises FileError."""
    with as_file_error(path, mark("read")):
        return Source(path, path.lstat().st_size)


def is_empty(folder: Path) -> bool:
    """Say whether a folder is not there, or holds nothing. Raises FileError where it is no folder."""
    with as_file_error(folder, mark("read")):
        if not folder.exists():
            return True
        if not folder.is_dir():
            raise FileError(say("{folder}: is not a folder", folder=shown(folder)))
        return not any(folder.iterdir())


def copies(folder: Path, sources: Mapping[str, Path], within: Path) -> list[Copy]:
    """Return the files that are to be copied into a folder, those of folders one by one, sorted.

    ``sources`` are files and folders by their paths in the folder. Raises RefusedError for a link, also for one on the
    way from ``within``, for what is neither file nor folder, and for too much; FileError for what cannot be read.
    """
    found: list[Copy] = []
    size = 0
    for name, source in sources.items():
        _refuse_links(source, within)
        with as_file_error(source, mark("read")):
            for inner, path, its in _files_in(source):
                target = folder / name / inner
                is_same = has_same_content(path, target) if os.path.lexists(target) else None
                found.append(Copy(f"{name}/{inner}" if inner else name, path, is_same, its))
                size += its
                if len(found) > MOST_FILES or size > MOST_BYTES:
                    message = say(
                        "holds more than {most_files:,} files or {gigabytes} GB",
                        most_files=MOST_FILES,
                        gigabytes=MOST_BYTES // 10**9,
                    )
                    raise _refused(source, message)
    return sorted(found)


def digest_of(path: Path) -> str:
    """Return by what a file is known again: the start of its SHA-256. Raises FileError."""
    found = hashlib.sha256()
    with as_file_error(path, mark("read")):
        for part in parts(path, _AT_ONCE):
            found.update(part)
    return found.hexdigest()[:_DIGITS]


def _refuse_links(source: Path, within: Path) -> None:
    """Raise RefusedError where a path leads through a link."""
    way = [parent for parent in source.parents if parent != within and parent.is_relative_to(within)]
    for parent in way:
        if parent.is_symlink():
            raise _refused(parent, say("is a link"))


def _files_in(source: Path, inner: str = "") -> Iterator[tuple[str, Path, int]]:
    found = source.lstat()
    if stat.S_ISDIR(found.st_mode):
        if inner.count("/") >= MOST_LEVELS:
            raise _refused(source, say("is more than {most_levels} folders deep", most_levels=MOST_LEVELS))
        for path in sorted(source.iterdir()):
            yield from _files_in(path, f"{inner}/{path.name}" if inner else path.name)
    elif stat.S_ISREG(found.st_mode):
        yield inner, source, found.st_size
    else:
        raise _refused(
            source, say("is a link") if stat.S_ISLNK(found.st_mode) else say("is neither a file nor a folder")
        )


def _refused(source: Path, what: str) -> RefusedError:
    return RefusedError(say("{what}, which is not copied: put the file itself there", what=what)).in_file(shown(source))


def write_new_folder(folder: Path, files: Mapping[str, bytes | Source]) -> None:
    """Make a folder that is not there, or empty, with files in it, as a whole. Raises FileError."""
    with as_file_error(folder, mark("written")):
        folder = Path(os.path.realpath(folder))  # a link to an empty folder stays, and leads to the new one
        folder.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(str(folder.parent))
        staged = folder.parent / temporary_name()
        staged.mkdir()
        try:
            make_folders(staged, files)
            replace_all({staged / name: content for name, content in files.items()})
            if folder.is_dir():  # an empty one, which not every system lets another take the place of
                folder.rmdir()
            patiently(lambda: staged.replace(folder))
        finally:
            shutil.rmtree(staged, ignore_errors=True)


def make_folders(folder: Path, names: Iterable[str]) -> None:
    """Make the folders for files by their paths in a folder. Raises FileError."""
    with as_file_error(folder, mark("written")):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
