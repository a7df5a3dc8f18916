"""``scoregen bundle``: write all that a deployment needs besides the model into one folder."""

from __future__ import annotations

import argparse
import functools
import os
import sys
from pathlib import Path
from typing import NamedTuple

from generator.actions.bundle import SAMPLES, bundle, deployments, folders, wanted_files
from generator.actions.bundle_folder import Placed, place, placed_differences, write_placed
from generator.actions.check_config import missing_datasets
from generator.actions.generate import contents
from generator.actions.model_folder import model_folder_of
from generator.actions.model_release import conda_of
from generator.cli.commands import FORCE_HELP
from generator.cli.commands.compared import add_format, is_misused, report_differences
from generator.cli.commands.failures import code_of
from generator.cli.commands.outcomes import say_what_happened, show_differences
from generator.config.deployment import Deployment, is_registered
from generator.config.parse import Config, Script, parse_config
from generator.files.read import LARGEST_CONFIG, read_bytes, shown
from generator.findings import ConfigError, Finding
from generator.model.names import CONDA_FILE, MODEL_FOLDER
from generator.report.problems import as_lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("config", metavar="CONFIG", type=Path, help="a YAML config")
    parser.add_argument("-d", dest="folder", metavar="DIR", type=Path, required=True, help="the folder to write")
    parser.add_argument("--check", action="store_true", help="write nothing, show what would change")
    add_format(parser)
    parser.add_argument("--force", action="store_true", help=f"{FORCE_HELP}; write into any folder")


def run(arguments: argparse.Namespace) -> int:
    """Write the folder, and say what is missing in it."""
    if is_misused(arguments, "bundle"):
        return 2
    if arguments.format != "text":
        judge = functools.partial(_judged, arguments=arguments)
        return report_differences([arguments.config], judge, arguments.format)
    return code_of(arguments.config, functools.partial(_bundle, arguments.config, arguments))


class _Prepared(NamedTuple):
    """A bundle before it is written: its scripts, each with its folder and deployment, and the files."""

    config: Config
    planned: list[tuple[Script, str, Deployment]]
    placed: Placed
    notes: list[tuple[str, str]]

    @property
    def names(self) -> set[str]:
        """The files and folders that are copied, by their paths in the folder."""
        return {copy.name for copy in self.placed.copied}


def _judged(path: Path, arguments: argparse.Namespace) -> list[Finding]:
    """Return what is to be said of a config and of its bundle. Raises ConfigError, RefusedError, FileError."""
    prepared = _prepare(path, arguments)
    return [*prepared.config.warnings, *placed_differences(prepared.placed)]


def _prepare(path: Path, arguments: argparse.Namespace) -> _Prepared:
    """Make a bundle of the config at a path. Raises ConfigError, RefusedError, FileError."""
    config = parse_config(read_bytes(path, LARGEST_CONFIG))
    if missing := missing_datasets(path, config):
        raise ConfigError(*(finding._replace(severity="error") for finding in missing))
    files: dict[str, bytes] = {}
    copies: dict[str, Path] = {}
    notes: list[tuple[str, str]] = []
    users_own: set[str] = set()
    inner_folders = folders(config.scripts)
    models = [
        _model(path, script, arguments.folder / inner)
        for script, inner in zip(config.scripts, inner_folders, strict=True)
    ]
    planned = list(zip(config.scripts, inner_folders, deployments(config.scripts, models), strict=True))
    for script, inner, deployment in planned:
        found = _found(path, script, arguments.folder / inner / deployment.model)
        source, _ = contents(path, script)
        conda = conda_of(path, script)
        notes += [(inner, note) for note in conda.notes]
        made = bundle(script, source, conda.settings, deployment, found, path.name)
        files |= {inner + name: content for name, content in made.items()}
        copies |= {inner + name: place for name, place in found.items()}
        users_own |= {inner + script.output.rpartition("/")[2]} if script.keeps_code else set()
    placed = place(arguments.folder, files, copies, users_own, force=arguments.force)
    return _Prepared(config, planned, placed, notes)


def _bundle(path: Path, arguments: argparse.Namespace) -> int:
    """Write the folder. Raises ConfigError, RefusedError, FileError."""
    prepared = _prepare(path, arguments)
    placed = prepared.placed
    sys.stderr.write(as_lines(shown(path), prepared.config.warnings))
    is_outdated = any(state != "unchanged" for state in placed.states.values())
    if arguments.check:
        show_differences(path, placed.outputs)
        for copy in placed.copied:
            if not copy.is_same:
                what = "is not there" if copy.is_same is None else f"differs from {shown(copy.source)}"
                print(f"{shown(arguments.folder / copy.name)}: {what}")
    else:
        backups = write_placed(placed, force=arguments.force)
        say_what_happened(placed.states, backups)
    for inner, note in prepared.notes:
        _say(arguments.folder / inner / CONDA_FILE, note)
    for script, inner, deployment in prepared.planned:
        if not script.deployment:
            _say(path, f"has no `deployment:`: the endpoint is called {deployment.endpoint}")
        if SAMPLES in (wanted := wanted_files(script.settings)) and inner + SAMPLES not in prepared.names:
            _say(arguments.folder / inner / SAMPLES, f"was not found: put {wanted[SAMPLES]} there")
        _look_at_model(deployment.model, arguments.folder / inner)
    return int(arguments.check and is_outdated)


def _look_at_model(model: str, folder: Path) -> None:
    """Say what is wrong with where the model is, if it is not one of the workspace."""
    if is_registered(model):
        return
    place = folder / model
    if not place.exists():
        _say(place, "was not found: put the designer's folder there, which holds the model")
    if place.resolve().is_relative_to(folder.resolve()):
        _say(place, "is in the folder of deployment.yml, all of which is uploaded as code: name a folder outside")


def _model(config: Path, script: Script, folder: Path) -> str | None:
    """Return how deployment.yml in a folder is to name the model of a script; None where none is found."""
    found = model_folder_of(config, script)
    try:
        return os.path.relpath(found, folder).replace(os.sep, "/") if found and found.name == MODEL_FOLDER else None
    except ValueError:  # on another drive of Windows
        return None


def _say(path: Path, what: str) -> None:
    print(f"{shown(os.path.normpath(path))}: {what}", file=sys.stderr)


def _found(path: Path, script: Script, model: Path) -> dict[str, Path]:
    """Return which of the files that go with a script are there, by their paths from the script."""
    home = (path.parent / script.output).parent
    places = {name: [home / name] for name in wanted_files(script.settings)}
    if SAMPLES in places:
        places[SAMPLES] += [home / MODEL_FOLDER / SAMPLES, model / SAMPLES]
    there = {name: [place for place in found if place.exists()] for name, found in places.items()}
    return {name: found[0] for name, found in there.items() if found}
