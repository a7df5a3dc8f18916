"""Which files a command is to look at: those named, and the Python files or the configs in the folders named."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator

from generator.conda.facts import CONDA_FILE
from generator.files import LARGEST, read_bytes
from generator.record import Record

_LEFT_OUT = {".git", "node_modules", "__pycache__"}
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe keeps nobody waiting
_CONDA_NAMES = (CONDA_FILE, CONDA_FILE.replace(".yaml", ".yml"))
_AT_ONCE = 1 << 16
_KNOWN = re.compile(rb"\t([^\0]*)")
_UNREAD = re.compile(rb"(?:^|\0)(?!H 100)[^\t\0]*\t([^\0]*)")  # what git grep passes by, or does not read from the disk
_GREP = (
    *("-c", "grep.fullName=false", "grep", "--untracked", "--no-recurse-submodules", "--no-color"),
    *("--files-with-matches", "--text", "--fixed-strings"),
)


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
        root, shown = _prefix(os.path.abspath(path)), _prefix(os.path.normpath(path))
        for name in _files(path, can_be_checked, unlisted, marks):
            found.setdefault(root + name, Target(shown + name, named=False))
    return list(found.values()), unlisted


def configs_below(folder: str) -> tuple[list[str], list[OSError]]:
    """Return the configs in a folder and those below it, sorted, and why folders cannot be listed."""
    unlisted: list[OSError] = []
    prefix, root = _prefix(os.path.normpath(folder)), os.path.realpath(folder)
    names = _files(folder, is_config, unlisted)
    return [prefix + name for name in names if _is_file_in(root, name)], unlisted


def can_be_checked(name: str) -> bool:
    """Say whether a file's name is that of a Python file or of a conda file beside one."""
    return is_python(name) or is_conda(name)


def is_conda(name: str) -> bool:
    """Say whether a file's name is the one that the designer gives a conda file."""
    return os.path.basename(name) in _CONDA_NAMES


def is_python(name: str) -> bool:
    """Say whether a file's name is that of a Python file."""
    return name.endswith(".py")


def is_config(name: str) -> bool:
    """Say whether a file's name is one by which configs are found: ``scoregen.yaml`` or ``*.scoregen.yaml``."""
    return f".{os.path.basename(name)}".endswith((".scoregen.yaml", ".scoregen.yml"))


def read_found(path: str) -> bytes | None:
    """Return a found file's bytes at the least cost; None where there is no file after all. Raises FileError.

    Git lists what is deleted, and symbolic links that lead nowhere. Of a file that is too large, the head is returned.
    """
    try:
        handle = os.open(path, _READING)
        try:
            content = os.read(handle, _AT_ONCE)
            while len(content) <= LARGEST and (more := os.read(handle, _AT_ONCE)):
                content += more
            return content
        finally:
            os.close(handle)
    except OSError:
        return read_bytes(path) if os.path.isfile(path) else None


def _prefix(folder: str) -> str:
    return "" if folder == os.curdir else os.path.join(folder, "")


def _files(
    folder: str, wanted: Callable[[str], bool], unlisted: list[OSError], marks: Collection[str] = ()
) -> list[str]:
    """Return a folder's files, relative to it and sorted, without virtual environments and what git ignores."""
    listed = _listed_by_git(folder, wanted, marks)
    return sorted(_walked(folder, wanted, unlisted) if listed is None else listed)


def _listed_by_git(folder: str, wanted: Callable[[str], bool], marks: Collection[str]) -> set[str] | None:
    """Return the files that git knows or would add; None where git, or its work tree, is missing.

    A folder that git ignores was named all the same: None for that too. Files that are deleted can be among them.
    """
    from generator.git import git

    patterns = ("-z", "--", *_PATTERNS[wanted])
    known = git(folder, "ls-files", "--cached", "--stage", "-v", *patterns)
    others = git(folder, "ls-files", "--others", "--exclude-standard", *patterns)
    if known is None or others is None:
        return None
    if not known and not others and git(folder, "check-ignore", "--quiet", ".") is not None:
        return None
    held = git(folder, *_GREP, *(word for mark in marks for word in ("-e", mark)), *patterns, no=1) if marks else None
    if held is None:
        paths = {*_KNOWN.findall(known), *others.split(b"\0")}
    else:
        links = (path for path in others.split(b"\0") if os.path.islink(os.path.join(os.fsencode(folder), path)))
        paths = {*held.split(b"\0"), *_UNREAD.findall(known), *links}
        if b"conda_env.y" in known or b"conda_env.y" in others:  # what such a file lacks, no mark can tell
            paths |= {path for path in (*_KNOWN.findall(known), *others.split(b"\0")) if is_conda(os.fsdecode(path))}
    names = {os.fsdecode(path).replace("/", os.sep) for path in paths if path}
    environments: dict[str, bool] = {"": False}  # the folder itself was named
    return {
        name for name in names if wanted(name) and not _in_environment(folder, name.rpartition(os.sep)[0], environments)
    }


def _is_file_in(root: str, name: str) -> bool:
    """Say whether a file is there without a link to a folder in its way, which git may not know of yet."""
    path = os.path.join(root, name)
    return os.path.isfile(path) and os.path.realpath(os.path.dirname(path)) == os.path.dirname(path)


def _in_environment(root: str, folder: str, known: dict[str, bool]) -> bool:
    """Say whether a folder below the root is in a virtual environment; ``known`` is filled for the next."""
    if folder not in known:
        inside = _in_environment(root, folder.rpartition(os.sep)[0], known)
        known[folder] = inside or os.path.exists(os.path.join(root, folder, "pyvenv.cfg"))
    return known[folder]


def _walked(root: str, wanted: Callable[[str], bool], unlisted: list[OSError]) -> Iterator[str]:
    """Yield the files below a folder, relative to it, without following symbolic links to folders."""
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
            elif wanted(entry.name) and entry.is_file():
                yield name


_PATTERNS: dict[Callable[[str], bool], tuple[str, ...]] = {
    can_be_checked: ("*.py", *(f"*{name}" for name in _CONDA_NAMES)),
    is_config: ("*scoregen.yaml", "*scoregen.yml"),
}
"""What git is asked for, which may be more than is wanted."""
