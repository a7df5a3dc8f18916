"""Whether a file may be replaced: what users have is theirs, and so is a generated file that they have edited."""

from __future__ import annotations

from packaging.version import InvalidVersion, Version

from generator import __version__
from generator.rendering.stamp import is_same, read_stamp

FORCE = "--force"
_NOT_OURS = "was not written by scoregen"
_NO_DIGEST = "was written by an earlier scoregen, which left no digest to tell whether it was edited since"
_EDITED = "was edited since scoregen wrote it"


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
        return _NOT_OURS
    if stamp.is_intact is None:
        return _NO_DIGEST
    if not stamp.is_intact or stamp.version is None:
        return _EDITED
    return _newer(stamp.version)


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
        return _EDITED
    return f"was written by scoregen {version}, and this is {__version__}" if is_newer else ""
