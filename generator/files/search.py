"""Which files a command is to look at: those named, and the Python files or the configs in the folders named."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from generator.files.listing import can_be_checked, files_of, is_config
from generator.files.read import LARGEST, NoFileError, failure, head
from generator.translations.language import mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


class Target(NamedTuple):
    """A file to look at, whether the user named it rather than a folder around it, and which folder that is."""

    path: str
    named: bool
    within: str = ""

    @property
    def leads_out(self) -> bool:
        """Whether it was found in a folder, and is a link that leads out of that."""
        if not (self.within and os.path.islink(self.path)):
            return False
        return not is_within(os.path.realpath(self.path), os.path.realpath(self.within))


def search(paths: Sequence[str], marks: Collection[bytes] = ()) -> tuple[Iterator[Target], list[OSError]]:
    """Return the files to look at, each once, and why folders cannot be listed, which is known behind the last file.

    What is no folder is taken as a named file, whether it is there or not. The files of a folder are sorted; those
    that hold none of the ``marks`` may be left out.
    """
    unlisted: list[OSError] = []
    return _found(paths, marks, unlisted), unlisted


def _found(paths: Sequence[str], marks: Collection[bytes], unlisted: list[OSError]) -> Iterator[Target]:
    folders = {path for path in paths if os.path.isdir(path)}
    named = {os.path.abspath(path): Target(path, named=True) for path in reversed(paths) if path not in folders}
    seen: set[str] = set()
    for path in paths:
        for key, target in _in(path, marks, unlisted) if path in folders else [(os.path.abspath(path), None)]:
            if len(paths) > 1:
                if key in seen:
                    continue
                seen.add(key)
            yield named.get(key) or target or Target(path, named=True)


def _in(folder: str, marks: Collection[bytes], unlisted: list[OSError]) -> Iterator[tuple[str, Target]]:
    root, shown = _prefix(os.path.abspath(folder)), _prefix(os.path.normpath(folder))
    for name in files_of(folder, can_be_checked, unlisted, marks):
        yield root + name, Target(shown + name, named=False, within=folder)


def configs_below(folder: str) -> tuple[list[str], list[OSError]]:
    """Return the configs in a folder and those below it, sorted, and why folders cannot be listed."""
    unlisted: list[OSError] = []
    prefix, root = _prefix(os.path.normpath(folder)), os.path.realpath(folder)
    names = files_of(folder, is_config, unlisted)
    return [prefix + name for name in names if _is_file_in(root, name, unlisted)], unlisted


def read_found(path: str, most: int = LARGEST) -> bytes | None:
    """Return a found file's bytes at the least cost; None where there is no file after all. Raises FileError.

    Git lists what is deleted, and symbolic links that lead nowhere. Of a file that is too large, the head is returned.
    """
    try:
        return head(path, most)
    except (FileNotFoundError, NotADirectoryError, NoFileError):
        return None
    except OSError as error:
        raise failure(path, mark("read"), error) from error


def _prefix(folder: str) -> str:
    return "" if folder == os.curdir else os.path.join(folder, "")


def is_within(path: str, folder: str) -> bool:
    """Say whether a real path is that of a folder, or below it; on Windows also where it is on another drive."""
    return path == folder or path.startswith(os.path.join(folder, ""))


def _is_file_in(root: str, name: str, unlisted: list[OSError]) -> bool:
    """Say whether a file is there without a link to a folder in its way, which git may not know of yet."""
    path = os.path.join(root, name)
    try:
        is_file = stat.S_ISREG(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        unlisted.append(error)
        return False
    return is_file and os.path.realpath(os.path.dirname(path)) == os.path.dirname(path)
