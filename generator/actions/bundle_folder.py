"""The folder of a bundle: which files are there, which would be replaced, and which are the user's own."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.actions.bundle_files import README, read_copied
from generator.actions.generate import Output, differences, write
from generator.actions.ownership import FORCE, State, backup_name, is_of_a_user, kept, why_kept
from generator.files.folder import Copy, digest_of, is_empty, make_folders, source_of, write_new_folder
from generator.files.read import is_taken, read_bytes_if_there, shown
from generator.findings import ConfigError, Finding, RefusedError
from generator.rendering.stamp import read_stamp
from generator.translations.language import say


class Placed(NamedTuple):
    """A bundle and its folder: the files that scoregen makes, and the copies of those of the user."""

    folder: Path
    is_new: bool
    outputs: tuple[Output, ...]
    copied: tuple[Copy, ...]

    @property
    def states(self) -> dict[Path, State]:
        """What happens to each file, sorted."""
        states: dict[Path, State] = {output.path: output.state for output in self.outputs}
        words: dict[bool | None, State] = {None: "written", True: "unchanged", False: "replaced"}
        states |= {self.folder / copy.name: words[copy.is_same] for copy in self.copied}
        return dict(sorted(states.items()))


def place(
    folder: Path, files: Mapping[str, bytes], copied: Iterable[Copy], users_own: Collection[str], *, force: bool
) -> Placed:
    """Compare the files of a bundle with what is in its folder.

    ``files`` are made by scoregen, but for ``users_own``, which hold a user's code; ``copied`` are the copies. Raises
    RefusedError for a folder that holds other things, unless ``force``, and for links; FileError.
    """
    is_new = is_empty(folder)
    outputs = tuple(_output(folder, name, content, name in users_own) for name, content in files.items())
    if not is_new and not force and not any(output.old and read_stamp(output.old) for output in outputs):
        message = say("holds other files, and no bundle: name another folder with -d, or use {force}", force=FORCE)
        raise RefusedError(message).in_file(shown(folder))
    as_copied = _as_copied(folder, outputs)
    marked = []
    for copy in copied:
        path = folder / copy.name
        is_ours = copy.is_same is False and as_copied.get(copy.name) == digest_of(path)
        marked.append(copy._replace(is_ours=is_ours))
        _resolved(folder, path)
    return Placed(folder, is_new, outputs, tuple(sorted(marked)))


def _as_copied(folder: Path, outputs: Iterable[Output]) -> dict[str, str]:
    """Return the digests that the last bundle has noted of its copies, by their paths in the folder."""
    found: dict[str, str] = {}
    for output in outputs:
        if output.path.name == README and output.old and not output.kept:
            inner = output.path.parent.relative_to(folder)
            noted = read_copied(output.old.decode(errors="replace"))
            found |= {(inner / name).as_posix(): digest for name, digest in noted.items()}
    return found


def write_placed(placed: Placed, *, force: bool) -> dict[Path, Path]:
    """Write a bundle, and return where the old content of files that are a user's is kept, by their paths.

    Raises ConfigError where there are such files and no ``force``; then nothing is written. Raises FileError.
    """
    folder = placed.folder
    if placed.is_new:
        files = {str(output.path.relative_to(folder)): output.new for output in placed.outputs}
        write_new_folder(folder, {**{copy.name: copy.content for copy in placed.copied}, **files})
        return {}
    users = [*(output.kept for output in placed.outputs if output.kept), *_kept_copies(placed)]
    if users and not force:
        raise ConfigError(*users)
    changed = [copy for copy in placed.copied if not copy.is_same]
    names = (str(output.path.relative_to(folder)) for output in placed.outputs)
    make_folders(folder, [*names, *(copy.name for copy in changed)])
    replaced = [folder / copy.name for copy in changed if copy.is_of_a_user]
    backups = {path: path.with_name(backup_name(path.name)) for path in replaced}
    backups = {path: backup for path, backup in backups.items() if not is_taken(backup)}
    olds = {backup: source_of(path) for path, backup in backups.items()}
    copied = {folder / copy.name: copy.content for copy in changed}
    return backups | write(
        placed.outputs, force=True, copied=olds | copied, likes={backup: path for path, backup in backups.items()}
    )


def placed_differences(placed: Placed) -> list[Finding]:
    """Return a finding for each file of the bundle's folder that is not as the config and the data would have it."""
    found = [*differences(placed.outputs), *_kept_copies(placed)]
    for copy in placed.copied:
        if copy.is_same is None or copy.is_ours:
            what = (
                say("is not there")
                if copy.is_same is None
                else say("is not {source} any more", source=shown(copy.source))
            )
            message = say(
                "{path} {what}: run the command without --check", path=shown(placed.folder / copy.name), what=what
            )
            found.append(Finding(message, path=("output",), code="SG410"))
    return found


def _kept_copies(placed: Placed) -> list[Finding]:
    edited = [copy for copy in placed.copied if copy.is_of_a_user]
    return [
        _kept(placed.folder / copy.name, say("differs from {source}", source=shown(copy.source))) for copy in edited
    ]


def _output(folder: Path, name: str, content: bytes, is_users_own: bool) -> Output:
    path = folder / name
    resolved = _resolved(folder, path)
    old = read_bytes_if_there(path)
    output = Output(path, resolved, old, content)
    reason = why_kept(old, content)
    if reason and is_users_own:
        reason = say("differs from the script that the config rewrites")
    return output._replace(kept=_kept(path, reason, is_a_users=is_of_a_user(old))) if reason else output


def _resolved(folder: Path, path: Path) -> Path:
    """Return where a file would be written. Raises RefusedError where that is outside of the folder."""
    resolved = Path(os.path.realpath(path))
    if not resolved.is_relative_to(os.path.realpath(folder)):
        raise RefusedError(
            say("leads out of the folder, to {resolved}: take the link away", resolved=shown(resolved))
        ).in_file(shown(path))
    return resolved


def _kept(path: Path, reason: str, *, is_a_users: bool = True) -> Finding:
    return kept(path, reason, say("name another folder with -d, move it away"), is_a_users=is_a_users)
