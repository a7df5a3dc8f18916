"""The files below a folder, by their names: as git lists them, or by walking through it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from generator.files.git import git
from generator.model.names import CONDA_NAMES

if TYPE_CHECKING:
    from pathlib import Path

_LEFT_OUT = {".git", "node_modules", "__pycache__"}
_NOWHERE = {"", os.curdir, os.pardir}
_YAML_MARKS = (b"conda_env.y", b"scoregen.y")
_KNOWN = rb"\t([^\0]*)"
_UNREAD = rb"(?:^|\0)(?!H 100)[^\t\0]*\t([^\0]*)"  # what git grep passes by, or does not read from the disk
_GREP = (
    *("-c", "grep.fullName=false", "grep", "--untracked", "--no-recurse-submodules", "--no-color"),
    *("--files-with-matches", "--text", "--fixed-strings"),
    *("-f", "-"),  # what is looked for comes on standard input: on Windows an argument cannot be any bytes
)


def can_be_checked(name: str) -> bool:
    """Say whether a file's name is that of a Python file, or of one beside it that may be checked: any YAML file."""
    return is_python(name) or is_yaml(name)


def is_yaml(name: str) -> bool:
    """Say whether a file's name is that of a YAML file."""
    return name.endswith((".yaml", ".yml"))


def is_conda(name: str) -> bool:
    """Say whether a file's name is the one that the designer gives a conda file."""
    return os.path.basename(name) in CONDA_NAMES


def is_python(name: str) -> bool:
    """Say whether a file's name is that of a Python file."""
    return name.endswith(".py")


def is_config(name: str) -> bool:
    """Say whether a file's name is one by which configs are found: ``scoregen.yaml`` or ``*.scoregen.yaml``."""
    return f".{os.path.basename(name)}".endswith((".scoregen.yaml", ".scoregen.yml"))


def names_in(folder: Path | str) -> list[str]:
    """Return the names of what is in a folder, sorted; none where it cannot be listed."""
    try:
        return sorted(os.listdir(folder or os.curdir))
    except OSError:
        return []


def files_of(
    folder: str, wanted: Callable[[str], bool], unlisted: list[OSError], marks: Collection[bytes] = ()
) -> Iterable[str]:
    """Return a folder's files, relative to it and sorted, without virtual environments and what git ignores."""
    listed = _listed_by_git(folder, wanted, marks)
    return _walked(folder, wanted, unlisted) if listed is None else sorted(listed)


def _listed_by_git(folder: str, wanted: Callable[[str], bool], marks: Collection[bytes]) -> set[str] | None:
    """Return the files that git knows or would add; None where git, or its work tree, is missing.

    A folder that git ignores was named all the same: None for that too. Files that are deleted can be among them.
    """
    patterns = ("-z", "--", *_PATTERNS[wanted])
    known = git(folder, "ls-files", "--cached", "--stage", "-v", *patterns)
    others = git(folder, "ls-files", "--others", "--exclude-standard", *patterns)
    if known is None or others is None:
        return None
    if not known and not others and git(folder, "check-ignore", "--quiet", ".") is not None:
        return None
    held = git(folder, *_GREP, *patterns, ok_code=1, given=b"\n".join(marks)) if marks else None
    if held is None:
        paths = {*re.findall(_KNOWN, known), *others.split(b"\0")}
    else:
        links = (path for path in others.split(b"\0") if os.path.islink(os.path.join(os.fsencode(folder), path)))
        paths = {*held.split(b"\0"), *re.findall(_UNREAD, known), *links}
        if any(mark in listed for mark in _YAML_MARKS for listed in (known, others)):  # they hold no mark of a script
            every = (*re.findall(_KNOWN, known), *others.split(b"\0"))
            paths |= {path for path in every if is_conda(_name(path)) or is_config(_name(path))}
    names = {_name(path).replace("/", os.sep) for path in paths if path}
    left_out: dict[str, bool] = {"": False}  # the folder itself was named
    return {
        name
        for name in names
        if wanted(name) and _is_below(name) and not _is_left_out(folder, name.rpartition(os.sep)[0], left_out)
    }


def _name(path: bytes) -> str:
    """Return a path as a text: on Windows, where a name is never just bytes, with marks for what is no UTF-8."""
    try:
        return os.fsdecode(path)
    except UnicodeDecodeError:
        return path.decode(errors="replace")


def _is_below(name: str) -> bool:
    """Say whether a name is a plain path from a folder: an index that was tampered with can hold others."""
    return not (os.path.isabs(name) or os.path.splitdrive(name)[0] or _NOWHERE & set(name.split(os.sep)))


def _is_left_out(root: str, folder: str, known: dict[str, bool]) -> bool:
    """Say whether a folder below the root is in a virtual environment or behind a link; ``known`` is for the next."""
    above = [folder]
    while above[-1] not in known:
        above.append(above[-1].rpartition(os.sep)[0])
    for name in reversed(above[:-1]):
        path = os.path.join(root, name)
        outer = known[name.rpartition(os.sep)[0]]
        known[name] = outer or os.path.islink(path) or os.path.exists(os.path.join(path, "pyvenv.cfg"))
    return known[folder]


def _walked(root: str, wanted: Callable[[str], bool], unlisted: list[OSError]) -> Iterator[str]:
    """Yield the files below a folder, relative to it and sorted, without following symbolic links to folders."""
    stack = [""]
    while stack:
        name = stack.pop()
        if name and not name.endswith(os.sep):
            yield name
            continue
        try:
            with os.scandir(os.path.join(root, name.removesuffix(os.sep))) as listing:
                entries = list(listing)
        except OSError as error:
            unlisted.append(error)
            continue
        if not (name and any(entry.name == "pyvenv.cfg" for entry in entries)):
            stack += sorted((name + found for found in _worth_a_look(entries, wanted)), reverse=True)


def _worth_a_look(entries: Iterable[os.DirEntry[str]], wanted: Callable[[str], bool]) -> Iterator[str]:
    """Yield the names of the folders, with what separates them from the rest of a path, and of the wanted files."""
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in _LEFT_OUT:
                yield entry.name + os.sep
        elif wanted(entry.name) and _is_file(entry):
            yield entry.name


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is a file, or a link that cannot be followed: whoever reads it says why."""
    try:
        return entry.is_file()
    except OSError:
        return True


_PATTERNS: dict[Callable[[str], bool], tuple[str, ...]] = {
    can_be_checked: ("*.py", "*.yaml", "*.yml"),
    is_config: ("*scoregen.yaml", "*scoregen.yml"),
}
"""What git is asked for, which may be more than is wanted."""
