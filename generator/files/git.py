"""What git says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LOCATION = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX")
_NO_PROGRAM = ("-c", "core.fsmonitor=false")  # which a repository's own settings can have git run
_NO_NETWORK = {"GIT_ALLOW_PROTOCOL": ""}  # an object that is missing is fetched from nowhere


def git(folder: Path | str, *arguments: str, ok_code: int = 0) -> bytes | None:
    """Return git's output, or None on failure; the exit code ``ok_code`` counts as success too.

    The repository is the one around the folder, even when a hook calls. Whatever its settings are, git runs no other
    program and asks no network: a repository need not be trusted to be looked at.
    """
    import subprocess  # slow to import, and only where a folder is searched

    environment = {name: value for name, value in os.environ.items() if name not in _LOCATION} | _NO_NETWORK
    command = ["git", *_NO_PROGRAM, *arguments]
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode in (0, ok_code) else None
