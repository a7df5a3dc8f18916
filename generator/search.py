"""Which files a command is to look at: those named, and the Python files in the folders named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from generator.files import read_bytes
from generator.record import Record

_LEFT_OUT = {".git", "node_modules", "__pycache__"}
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe keeps nobody waiting
_AT_ONCE = 1 << 16
_GIT_LOCATION = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX")


class Target(Record):
    """A file to look at, and whether the user named it rather than a folder around it."""

    path: str
    named: bool


def search(paths: Iterable[str]) -> tuple[list[Target], list[OSError]]:
    """Return the files to look at, each once, and why folders cannot be listed.

    What is no folder is taken as a named file, whether it is there or not. The files of a folder are sorted.
    """
    found: dict[str, Target] = {}
    unlisted: list[OSError] = []
    for path in paths:
        if not os.path.isdir(path):
            key = os.path.abspath(path)
            if key not in found or not found[key].named:
                found[key] = Target(path, named=True)
            continue
        root, shown = _prefix(os.path.abspath(path)), _prefix(os.path.normpath(path))
        for name in _python_files(path, unlisted):
            found.setdefault(root + name, Target(shown + name, named=False))
    return list(found.values()), unlisted


def read_found(path: str) -> bytes | None:
    """Return a found file's bytes at the least cost; None where there is no file after all. Raises FileError.

    Git lists what is deleted, and symbolic links that lead nowhere.
    """
    try:
        handle = os.open(path, _READING)
        try:
            content = os.read(handle, _AT_ONCE)
            while more := os.read(handle, _AT_ONCE):
                content += more
            return content
        finally:
            os.close(handle)
    except OSError:
        return read_bytes(path) if os.path.isfile(path) else None


def _prefix(folder: str) -> str:
    return "" if folder == os.curdir else os.path.join(folder, "")


def _python_files(folder: str, unlisted: list[OSError]) -> list[str]:
    """Return a folder's Python files, relative to it and sorted, without virtual environments and what git ignores."""
    listed = _listed_by_git(folder)
    return sorted(_walked(folder, unlisted) if listed is None else listed)


def _listed_by_git(folder: str) -> set[str] | None:
    """Return the files that git knows or would add; None where git, or its work tree, is missing.

    A folder that git ignores was named all the same: None for that too. Files that are deleted can be among them.
    """
    listed = _git(folder, "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", "*.py")
    if listed is None or (not listed and _git(folder, "check-ignore", "--quiet", ".") is not None):
        return None
    names = {os.fsdecode(name).replace("/", os.sep) for name in listed.split(b"\0") if name}
    environments: dict[str, bool] = {"": False}  # the folder itself was named
    return {name for name in names if not _in_environment(folder, name.rpartition(os.sep)[0], environments)}


def _git(folder: str, *arguments: str) -> bytes | None:
    """Return what git prints; None if it fails. Where the folder is decides the repository, not a hook that calls."""
    import subprocess

    environment = {name: value for name, value in os.environ.items() if name not in _GIT_LOCATION}
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def _in_environment(root: str, folder: str, known: dict[str, bool]) -> bool:
    """Say whether a folder below the root is in a virtual environment; ``known`` is filled for the next."""
    if folder not in known:
        inside = _in_environment(root, folder.rpartition(os.sep)[0], known)
        known[folder] = inside or os.path.exists(os.path.join(root, folder, "pyvenv.cfg"))
    return known[folder]


def _walked(root: str, unlisted: list[OSError]) -> Iterator[str]:
    """Yield the Python files below a folder, relative to it, without following symbolic links to folders."""
    stack = [""]
    while stack:
        folder = stack.pop()
        try:
            with os.scandir(os.path.join(root, folder)) as listing:
                entries = list(listing)
        except OSError as error:
            unlisted.append(error)
            continue
        if folder and any(entry.name == "pyvenv.cfg" for entry in entries):
            continue
        for entry in entries:
            name = os.path.join(folder, entry.name)
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _LEFT_OUT:
                    stack.append(name)
            elif entry.name.endswith(".py") and entry.is_file():
                yield name
