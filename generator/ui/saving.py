"""What is done with a script and its config: saved in the user's folder, or gathered as a bundle."""

from __future__ import annotations

import os

from generator.actions.bundle import prepare
from generator.actions.generate import outputs, write
from generator.actions.ownership import put
from generator.config.parse import parse_config
from generator.config.schema import CONFIG_FILE
from generator.files.read import read_bytes, read_bytes_if_there, shown
from generator.findings import FileError
from generator.translations.language import say
from generator.ui.work import Given, Work

_DEPLOY = "deploy"


def save(work: Work, given: Given, *, force: bool) -> list[str]:
    """Write the config into the user's folder, and what it describes; return what has happened, a line each.

    A config that was there is replaced, and a script of the user's own, only with ``force``. Raises ConfigError,
    RefusedError, FileError; then nothing is written.
    """
    path, content = work.folder / CONFIG_FILE, given.text.encode()
    old = read_bytes_if_there(path)
    if old not in (None, content) and not force:
        raise FileError(say("{path}: is there already: let it be replaced, or move it away first", path=shown(path)))
    found = outputs(path, parse_config(content), {})
    backups = write(found, force=force)
    _, kept = put(path, content, force=force)
    backups |= {path: kept} if kept else {}
    states = {output.path: output.state for output in found}
    states |= {path: "written" if old is None else "unchanged" if old == content else "replaced"}
    lines = [f"{shown(os.path.normpath(name))}: {state}" for name, state in states.items()]
    return lines + [
        say("{path}: what was there before", path=shown(os.path.normpath(backup))) for backup in backups.values()
    ]


def bundle_of(work: Work, given: Given) -> dict[str, bytes]:
    """Return the files of a bundle, by their names. Raises ConfigError, RefusedError, FileError."""
    placed = prepare(work.folder / CONFIG_FILE, given.text.encode(), work.folder / _DEPLOY, force=True).placed
    made = {output.path.relative_to(placed.folder).as_posix(): output.new for output in placed.outputs}
    return made | {copy.name: read_bytes(copy.source) for copy in placed.copied}
