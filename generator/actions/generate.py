"""The files that a config generates: where each is written, what it holds now, and what it will hold."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.actions.endpoint_beside import predictions_beside
from generator.actions.find_configs import Owners, from_here, place
from generator.actions.model_folder import model_folder_of, refuse_unknown_columns
from generator.actions.model_module import refuse_other_module
from generator.actions.model_release import conda_of
from generator.actions.open_model import is_proven, open_model_of, whole
from generator.actions.ownership import State, backup_of, is_of_a_user, kept, why_kept
from generator.actions.rewrite import rewrite
from generator.actions.rewrite_file import rewrite_bytes
from generator.conda.block import CondaSettings
from generator.config.parse import Config, Script, conda_output
from generator.files.git import is_gits_own
from generator.files.read import read_bytes_if_there, shown
from generator.files.replace import Source, replace_all, writable
from generator.findings import START, ConfigError, Finding, Place, in_file
from generator.model.names import CONDA_FILE, FACTS_FILE
from generator.rendering.conda_env import render_conda, render_open_conda
from generator.rendering.open_score import render_open
from generator.rendering.score import render
from generator.rendering.stamp import is_same
from generator.rules.command_line import notes as notes_on
from generator.rules.settings import BATCH
from generator.text.wording import show
from generator.translations.language import say


class Output(NamedTuple):
    """A file of a config: its path as the user knows it, the path it leads to, its bytes, and those it is to hold.

    ``notes`` says what a rewritten script was given beyond its config, ``kept`` why the file is not replaced without
    ``--force``, ``place`` where the config names it.
    """

    path: Path
    resolved: Path
    old: bytes | None
    new: bytes
    notes: tuple[str, ...] = ()
    kept: Finding | None = None
    place: Place = START

    @property
    def state(self) -> State:
        """What happens to the file when it is written."""
        if self.old is None:
            return "written"
        return "unchanged" if is_same(self.old, self.new) else "replaced"

    @property
    def is_outdated(self) -> bool:
        """Whether the file does not hold what it is to hold, apart from the ends of lines, which git may change."""
        return self.state != "unchanged"


def own_paths(configs: Iterable[Path]) -> dict[Path, Path]:
    """Return the configs by the paths that they lead to, for ``outputs`` to keep scripts off them."""
    return {Path(os.path.realpath(path)): path for path in configs}


def outputs(path: Path, config: Config, taken: dict[Path, Path], elsewhere: Path | None = None) -> list[Output]:
    """Return the files of the config at ``path``; ``elsewhere`` names another file for its only script.

    ``taken`` says of which config a file is already, by the path it leads to, and is filled with those that are
    returned. Raises ConfigError, RefusedError, FileError.
    """
    found: list[Output] = []
    for script in config.scripts:
        its = [_script_output(path, script, taken, elsewhere)]
        if script.conda and not elsewhere:
            its += _conda_output(path, script, taken, found)
        taken |= {output.resolved: path for output in its}
        found += its
    return found


def refuse_two_owners(path: Path, config: Config, owners: Owners) -> None:
    """Raise ConfigError where another config has a file of a script too, lest each undo the other's work."""
    for script in config.scripts:
        conda = conda_output(script.output)
        for output in [script.output, conda] if script.conda else [script.output]:
            named = os.path.realpath(path.parent / output)
            others = [other for other in owners.of(named) if other != place(str(path))]
            if not others:
                continue
            values = {"output": show(output), "other": shown(from_here(others[0]))}
            if output == conda:
                message = say(
                    "{output} is a file of {other} too: put the scripts into one config, under `scripts`, or into "
                    "folders of their own",
                    **values,
                )
            else:
                message = say("{output} is a file of {other} too: give each its own", **values)
            raise ConfigError(Finding(message, path=("output",), place=script.place, code="SG406"))


def write(
    found: Iterable[Output],
    *,
    force: bool = False,
    copied: Mapping[Path, Source] | None = None,
    likes: Mapping[Path, Path] | None = None,
) -> dict[Path, Path]:
    """Write the files; ``force`` also replaces those that are the user's own.

    ``copied`` are written with them, ``likes`` says which file a new one of those is to be like in mode and owner.
    Returns where the old content of such a file is kept, by the file's path. Raises ConfigError where there are such
    files and no ``force``, FileError where another program has changed a file meanwhile; then nothing is written.
    """
    files = [output for output in found if output.is_outdated]
    users = [output.kept for output in files if output.kept]
    if users and not force:
        raise ConfigError(*users)
    backups = {
        output.path: backup
        for output in files
        if output.kept and (backup := backup_of(output.resolved, output.old))  # None where one is kept already
    }
    olds = {backups[output.path]: output.old or b"" for output in files if output.path in backups}
    replace_all(
        {**(copied or {}), **olds, **{output.path: output.new for output in files}},
        dict.fromkeys(olds) | {output.path: output.old for output in files},
        {output.path: output.resolved for output in files},
        likes={**(likes or {}), **{backup: path for path, backup in backups.items()}},
    )
    return backups


def differences(found: Iterable[Output]) -> list[Finding]:
    """Return a finding for each file that does not hold what it is to hold."""
    return [output.kept or _difference(output) for output in found if output.is_outdated]


def _difference(output: Output) -> Finding:
    what = say("is not there") if output.old is None else say("differs from what the config gives")
    message = say("{path} {what}: run the command without --check", path=shown(output.path), what=what)
    return Finding(message, path=("output",), place=output.place, code="SG410")


def _script_output(path: Path, script: Script, taken: Mapping[Path, Path], elsewhere: Path | None) -> Output:
    named = elsewhere or path.parent / script.output
    as_named = script._replace(output=str(elsewhere)) if elsewhere else script
    resolved = _resolved(path, named, as_named, taken, anywhere=elsewhere is not None)
    old = read_bytes_if_there(resolved)
    new, notes = contents(path, script) if elsewhere else _contents(path, script, old)
    is_users_own = script.keeps_code and not elsewhere  # who asks for a rewrite wants just that file changed
    why = None if is_users_own else _kept(script, named, old, new, _ways_on(script, elsewhere))
    return Output(named, resolved, old, new, notes, why, script.place)


def _kept(script: Script, named: Path, old: bytes | None, new: bytes, ways: str) -> Finding | None:
    """Return why a file is not replaced without ``--force``, with the other ``ways`` on."""
    reason = why_kept(old, new)
    return kept(named, reason, ways, is_a_users=is_of_a_user(old), place=script.place) if reason else None


def _ways_on(script: Script, elsewhere: Path | None) -> str:
    if elsewhere:
        return say("name another file with -o")
    keep = "" if script.settings.endpoint == BATCH or script.is_open else say(", keep its code with `mode: rewrite`")
    return say("name another `output`{keep}", keep=keep)


def _conda_output(path: Path, script: Script, taken: Mapping[Path, Path], found: Iterable[Output]) -> list[Output]:
    """Return a script's conda file; nothing where it is that of another script in the same folder."""
    named = (path.parent / script.output).with_name(CONDA_FILE)
    conda = conda_of(path, script)
    new = conda_text(script, conda.settings, path.name).encode()
    if (named, new) in {(output.path, output.new) for output in found}:
        return []
    resolved = _resolved(path, named, script._replace(output=str(named.relative_to(path.parent))), taken)
    old = read_bytes_if_there(resolved)
    ways = say("name an `output` in another folder, leave `conda` out of the config")
    return [Output(named, resolved, old, new, conda.notes, _kept(script, named, old, new, ways), script.place)]


def conda_text(script: Script, conda: CondaSettings, origin: str) -> str:
    """Return the text of the conda file of a script of the config whose file's name is ``origin``."""
    table, settings = script.settings.table, script.settings
    if script.is_open:
        return render_open_conda(table, conda, origin, is_batch=settings.endpoint == BATCH, trees=settings.trees)
    return render_conda(table, conda, origin)


def _resolved(path: Path, named: Path, script: Script, taken: Mapping[Path, Path], *, anywhere: bool = False) -> Path:
    """Return where a file would be written: never outside the config's folder, on a config, or on another's file."""
    resolved = writable(named)
    if not anywhere:
        _refuse_outside(script, resolved, Path(os.path.realpath(path.parent)))
    if resolved in taken:
        owner = taken[resolved]
        if resolved == Path(os.path.realpath(owner)):
            raise _refused(script, say("is a config itself: give the script another name"))
        raise _refused(
            script, say("is a file of {owner} already: give each its own, or a folder of its own", owner=shown(owner))
        )
    return resolved


def _refuse_outside(script: Script, resolved: Path, folder: Path) -> None:
    """Raise ConfigError for a file that is not in the config's folder, which is that of a link if the config is one."""
    if not resolved.is_relative_to(folder):
        raise _refused(
            script,
            say("leads out of the config's folder through a symbolic link: `scoregen generate -o FILE` writes there"),
        )
    if any(map(is_gits_own, resolved.relative_to(folder).parts)):
        raise _refused(script, say("is in .git, which is git's own: give the script another place"))


def contents(path: Path, script: Script) -> tuple[bytes, tuple[str, ...]]:
    """Return what a script of the config at ``path`` is to hold, and notes.

    Raises ConfigError, RefusedError, FileError.
    """
    return _contents(path, script, read_bytes_if_there(path.parent / script.output) if script.keeps_code else None)


def _contents(path: Path, script: Script, old: bytes | None) -> tuple[bytes, tuple[str, ...]]:
    folder = model_folder_of(path, script)
    refuse_other_module(script, folder)
    refuse_unknown_columns(script, folder)
    model = open_model_of(path, script)
    if model:
        with whole(path.parent / (script.model or "") / FACTS_FILE):
            source = render_open(script.settings, model, path.name, is_proven=is_proven(path, script))
        return source.encode(), ()
    settings = script.settings
    predictions = predictions_beside(os.fspath(folder or (path.parent / script.output).parent))
    if not script.keeps_code:
        return render(settings, path.name).encode(), tuple(notes_on(settings.table, settings.parameters, predictions))
    if old is None:
        raise _refused(script, say("is not there, and `mode: rewrite` changes a script that is: save one there first"))
    change = functools.partial(
        rewrite,
        changes=settings.parameters,
        datasets=settings.datasets,
        response=settings.response,
        table=settings.table,
        predictions=predictions,
    )
    with in_file(shown(path.parent / script.output)):
        return rewrite_bytes(old, change)


def _refused(script: Script, reason: str) -> ConfigError:
    return ConfigError(Finding(f"{show(script.output)} {reason}", path=("output",), place=script.place, code="SG406"))
