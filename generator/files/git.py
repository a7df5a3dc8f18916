"""What git says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from generator.files.lifetime import Lifeline

if TYPE_CHECKING:
    from pathlib import Path

_LOCATION = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX")
_NO_PROGRAM = ("-c", "core.fsmonitor=false")  # which a repository's own settings can have git run
_NO_NETWORK = {"GIT_ALLOW_PROTOCOL": ""}  # an object that is missing is fetched from nowhere
_PATIENCE = 5  # seconds: a `.gitignore` that is a pipe keeps git waiting for ever


_UNSEEN = "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u206a\u206b\u206c\u206d\u206e\u206f\ufeff"
"""What the Mac's file system leaves out when it compares names: git's ``is_hfs_dotgit``."""


def is_gits_own(name: str) -> bool:
    """Say whether a name is ``.git`` on any system: in capitals, with a stream behind, short as Windows has it."""
    seen = "".join(char for char in name if char not in _UNSEEN)
    return seen.partition(":")[0].rstrip(" .").lower() in (".git", "git~1")


def git(folder: Path | str, *arguments: str, ok_code: int = 0, given: bytes = b"") -> bytes | None:
    """Return git's output, or None on failure or after 5 seconds; the exit code ``ok_code`` counts as success too.

    ``given`` is its standard input. The repository is the one around the folder, even when a hook calls. Whatever its
    settings are, git runs no other program and asks no network: a repository need not be trusted to be looked at. Git
    ends with this process.
    """
    import subprocess  # slow to import, and only where a folder is searched

    environment = {name: value for name, value in os.environ.items() if name not in _LOCATION} | _NO_NETWORK
    command = ["git", *_NO_PROGRAM, *arguments]
    try:
        with (
            Lifeline() as lifeline,
            subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE if given else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(lifeline.read,) if os.name != "nt" else (),
            ) as process,
        ):
            try:
                lifeline.hold(process.pid)
                output: bytes = process.communicate(given or None, timeout=_PATIENCE)[0]
            except BaseException:
                process.kill()
                raise
    except (OSError, subprocess.TimeoutExpired):
        return None
    return output if process.returncode in (0, ok_code) else None
