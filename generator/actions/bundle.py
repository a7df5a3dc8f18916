"""A whole bundle before it is written: the files of all scripts of a config, and the copies that go with them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from generator.actions.bundle_files import SAMPLES, bundle, deployments, folders, wanted_files
from generator.actions.bundle_folder import Placed, place
from generator.actions.check_config import missing_datasets
from generator.actions.generate import contents
from generator.actions.model_folder import model_folder_of
from generator.actions.model_release import conda_of
from generator.actions.open_model import is_proven
from generator.config.deployment import Deployment
from generator.config.parse import Config, Script, parse_config
from generator.files.folder import Copy, copies, digest_of
from generator.files.read import is_there
from generator.findings import ConfigError
from generator.model.names import MODEL_FOLDER


class Prepared(NamedTuple):
    """A bundle before it is written: its scripts, each with its folder and deployment, and the files."""

    config: Config
    planned: list[tuple[Script, str, Deployment]]
    placed: Placed
    notes: list[tuple[str, str]]

    @property
    def names(self) -> set[str]:
        """The files and folders that are copied, by their paths in the folder."""
        return {copy.name for copy in self.placed.copied}


def prepare(path: Path, content: bytes, folder: Path, *, force: bool) -> Prepared:
    """Make a bundle of a config, which stands at a path or is to stand there, for a folder.

    Raises ConfigError, RefusedError, FileError.
    """
    config = parse_config(content)
    if missing := missing_datasets(path, config):
        raise ConfigError(*(finding._replace(severity="error") for finding in missing))
    files: dict[str, bytes] = {}
    copied: list[Copy] = []
    notes: list[tuple[str, str]] = []
    users_own: set[str] = set()
    inner_folders = folders(config.scripts)
    models = [_model(path, script, folder / inner) for script, inner in zip(config.scripts, inner_folders, strict=True)]
    planned = list(zip(config.scripts, inner_folders, deployments(config.scripts, models), strict=True))
    for script, inner, deployment in planned:
        found = _found(path, script, folder / inner / deployment.model)
        source, _ = contents(path, script)
        conda = conda_of(path, script)
        notes += [(inner, note) for note in conda.notes]
        mine = copies(folder, {inner + name: place for name, place in found.items()}, path.parent)
        digests = {copy.name.removeprefix(inner): digest_of(copy.source) for copy in mine}
        proven = script.is_open and is_proven(path, script)
        made = bundle(script, source, conda.settings, deployment, found, path.name, digests, is_proven=proven)
        files |= {inner + name: content for name, content in made.items()}
        copied += mine
        users_own |= {inner + script.output.rpartition("/")[2]} if script.keeps_code else set()
    placed = place(folder, files, copied, users_own, force=force)
    return Prepared(config, planned, placed, notes)


def _model(config: Path, script: Script, folder: Path) -> str | None:
    """Return how deployment.yml in a folder is to name the model of a script; None where none is found."""
    found = config.parent / (script.model or "") if script.is_open else model_folder_of(config, script)
    is_one = found is not None and (found.is_dir() if script.is_open else found.name == MODEL_FOLDER)
    try:
        return os.path.relpath(found, folder).replace(os.sep, "/") if found and is_one else None
    except ValueError:  # on another drive of Windows
        return None


def _found(path: Path, script: Script, model: Path) -> dict[str, Path]:
    """Return which of the files that go with a script are there, by their paths from the script."""
    home = (path.parent / script.output).parent
    places = {name: [home / name] for name in wanted_files(script.settings)}
    if SAMPLES in places:
        beside = path.parent / (script.model or "") if script.is_open else model_folder_of(path, script)
        places[SAMPLES] += [folder / SAMPLES for folder in (home / MODEL_FOLDER, beside, model) if folder]
    there = {name: [place for place in found if is_there(place)] for name, found in places.items()}
    return {name: found[0] for name, found in there.items() if found}
