"""Whether a file may be replaced: not what a user wrote, and not a generated file that a user has edited."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeAlias

from packaging.version import InvalidVersion, Version

from generator import __version__
from generator.files.read import is_taken, read_bytes_if_there, shown
from generator.files.replace import replace_all, writable
from generator.findings import START, Finding, Place, RefusedError
from generator.rendering.stamp import is_same, read_stamp
from generator.text.wording import show
from generator.translations.language import mark, say

State: TypeAlias = Literal["written", "replaced", "unchanged"]
_STATES = (mark("written"), mark("replaced"), mark("unchanged"))

FORCE = "--force"
_NOT_OURS = mark("was not written by scoregen")
_NO_DIGEST = mark("was written by an earlier scoregen, which left no digest to tell whether it was edited since")
_EDITED = mark("was edited since scoregen wrote it")


def backup_name(name: str) -> str:
    """Return the name under which ``--force`` keeps a file that it replaces."""
    return f"{name}.orig"


def why_kept(old: bytes | None, new: bytes) -> str:
    """Return why a file is not replaced without ``--force``; nothing where nobody would miss it.

    ``old`` is what it holds (None: there is none), ``new`` what it is to hold.
    """
    if old is None or not old.strip() or is_same(old, new):
        return ""
    stamp = read_stamp(old)
    if stamp is None:
        return say(_NOT_OURS)
    if stamp.is_intact is None:
        return say(_NO_DIGEST)
    if not stamp.is_intact or stamp.version is None:
        return say(_EDITED)
    return _newer(stamp.version)


def refusal(name: str, reason: str, ways: str, *, is_a_users: bool) -> str:
    """Return what to say of a file that is not replaced: why, the other ``ways`` on, and ``--force``."""
    force = FORCE
    if is_a_users:
        force = say("{force}, which keeps it as {backup_name}", force=FORCE, backup_name=show(backup_name(name)))
    return say("{reason}, and is not replaced: {ways}, or use {force}", reason=reason, ways=ways, force=force)


def kept(path: Path, reason: str, ways: str, *, is_a_users: bool = True, place: Place = START) -> Finding:
    """Return the same as a finding; ``place`` is where a config names the file."""
    message = f"{shown(path)} {refusal(path.name, reason, ways, is_a_users=is_a_users)}"
    return Finding(message, path=("output",), place=place, code="SG411")


def backup_of(path: Path, old: bytes | None) -> Path | None:
    """Return where the old content of a file is to be kept; None where nobody would miss it, or one is kept already.

    Raises FileError.
    """
    backup = path.with_name(backup_name(path.name))
    return backup if is_of_a_user(old) and not is_taken(backup) else None


def put(path: Path, content: bytes, *, force: bool) -> tuple[State, Path | None]:
    """Write a file that the command line names with ``-o``, unless it holds what a user wrote.

    ``force`` replaces that too, and keeps it once. Returns what became of the file, and where the old content is kept.
    Raises RefusedError, FileError; then nothing is written.
    """
    target = writable(path)
    old = read_bytes_if_there(target)
    if old == content:
        return "unchanged", None
    reason = why_kept(old, content)
    if reason and not force:
        message = refusal(target.name, reason, say("name another file with -o"), is_a_users=is_of_a_user(old))
        raise RefusedError(message).in_file(shown(path))
    backup = backup_of(target, old) if reason else None
    olds = {backup: old or b""} if backup else {}
    likes = dict.fromkeys(olds, target)
    replace_all({**olds, path: content}, {**dict.fromkeys(olds), path: old}, {path: target}, likes=likes)
    return "written" if old is None else "replaced", backup


def is_of_a_user(old: bytes | None) -> bool:
    """Say whether a file holds what no version of scoregen can write again, so that ``--force`` keeps it."""
    if old is None or not old.strip():
        return False
    stamp = read_stamp(old)
    return not (stamp and stamp.is_intact)


def _newer(version: str) -> str:
    """Say that a file is of a newer version: else two versions would rewrite it in turns."""
    if version == __version__:
        return ""

    try:
        is_newer = Version(version) > Version(__version__)
    except InvalidVersion:
        return say(_EDITED)
    return (
        say("was written by scoregen {version}, and this is {ours}", version=version, ours=__version__)
        if is_newer
        else ""
    )
