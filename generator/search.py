"""Which files a command is to look at: those named, and the Python files or the configs in the folders named."""

from __future__ import annotations

import os

from generator.files import head, read_bytes
from generator.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Target(Record):
    """A file to look at, and whether the user named it rather than a folder around it."""

    path: str
    named: bool


def search(paths: Iterable[str], marks: Collection[str] = ()) -> tuple[list[Target], list[OSError]]:
    """Return the files to look at, each once, and why folders cannot be listed.

    What is no folder is taken as a named file, whether it is there or not. The files of a folder are sorted; those
    that hold none of the ``marks`` may be left out.
    """
    found: dict[str, Target] = {}
    unlisted: list[OSError] = []
    for path in paths:
        if not os.path.isdir(path):
            key = os.path.abspath(path)
            if key not in found or not found[key].named:
                found[key] = Target(path, named=True)
            continue
        from generator.listing import can_be_checked, files_of

        root, shown = _prefix(os.path.abspath(path)), _prefix(os.path.normpath(path))
        for name in files_of(path, can_be_checked, unlisted, marks):
            found.setdefault(root + name, Target(shown + name, named=False))
    return list(found.values()), unlisted


def configs_below(folder: str) -> tuple[list[str], list[OSError]]:
    """Return the configs in a folder and those below it, sorted, and why folders cannot be listed."""
    from generator.listing import files_of, is_config

    unlisted: list[OSError] = []
    prefix, root = _prefix(os.path.normpath(folder)), os.path.realpath(folder)
    names = files_of(folder, is_config, unlisted)
    return [prefix + name for name in names if _is_file_in(root, name)], unlisted


def read_found(path: str) -> bytes | None:
    """Return a found file's bytes at the least cost; None where there is no file after all. Raises FileError.

    Git lists what is deleted, and symbolic links that lead nowhere. Of a file that is too large, the head is returned.
    """
    try:
        return head(path)
    except OSError:
        return read_bytes(path) if os.path.isfile(path) else None


def _prefix(folder: str) -> str:
    return "" if folder == os.curdir else os.path.join(folder, "")


def _is_file_in(root: str, name: str) -> bool:
    """Say whether a file is there without a link to a folder in its way, which git may not know of yet."""
    path = os.path.join(root, name)
    return os.path.isfile(path) and os.path.realpath(os.path.dirname(path)) == os.path.dirname(path)
