"""``scoregen bundle``: write all that a deployment needs besides the model into one folder."""

from __future__ import annotations

import argparse
import functools
import os
from pathlib import Path

from generator.actions.bundle import Prepared, prepare
from generator.actions.bundle_files import README, SAMPLES, wanted_files
from generator.actions.bundle_folder import placed_differences, write_placed
from generator.cli.commands import FORCE_HELP
from generator.cli.commands.differences import add_format, refuse_format_alone, report_differences
from generator.cli.commands.failures import code_of
from generator.cli.commands.outcomes import say_findings, say_what_happened, show_differences
from generator.cli.commands.paths import named_path
from generator.config.deployment import is_registered
from generator.config.parse import Script
from generator.files.named import read_named_config
from generator.files.read import is_there, shown
from generator.findings import Finding
from generator.model.names import CONDA_FILE
from generator.rendering.container import DOCKERFILE, LOCK
from generator.text.verbosity import note
from generator.translations.language import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("config", metavar="CONFIG", type=named_path, help=say("a YAML config"))
    parser.add_argument(
        "-d", dest="folder", metavar="DIR", type=named_path, required=True, help=say("the folder to write")
    )
    parser.add_argument("--check", action="store_true", help=say("write nothing, show what would change"))
    add_format(parser)
    parser.add_argument(
        "--force", action="store_true", help=say("{force_help}; write into any folder", force_help=say(FORCE_HELP))
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the folder, and say what is missing in it. Raises UsageError."""
    refuse_format_alone(arguments)
    if arguments.format != "text":
        judge = functools.partial(_judged, arguments=arguments)
        return report_differences([arguments.config], judge, arguments.format)
    return code_of(arguments.config, functools.partial(_bundle, arguments.config, arguments))


def _prepared(path: Path, arguments: argparse.Namespace) -> Prepared:
    """Make a bundle of the config at a path. Raises ConfigError, RefusedError, FileError."""
    return prepare(path, read_named_config(path), arguments.folder, force=arguments.force)


def _judged(path: Path, arguments: argparse.Namespace) -> list[Finding]:
    """Return what is to be said of a config and of its bundle. Raises ConfigError, RefusedError, FileError."""
    prepared = _prepared(path, arguments)
    return [*prepared.config.warnings, *placed_differences(prepared.placed)]


def _bundle(path: Path, arguments: argparse.Namespace) -> int:
    """Write the folder. Raises ConfigError, RefusedError, FileError."""
    prepared = _prepared(path, arguments)
    placed = prepared.placed
    say_findings(path, prepared.config.warnings)
    is_outdated = any(state != "unchanged" for state in placed.states.values())
    if arguments.check:
        show_differences(path, placed.outputs)
        for copy in placed.copied:
            if not copy.is_same:
                what = (
                    say("is not there")
                    if copy.is_same is None
                    else say("differs from {source}", source=shown(copy.source))
                )
                print(f"{shown(arguments.folder / copy.name)}: {what}")
    else:
        backups = write_placed(placed, force=arguments.force)
        say_what_happened(placed.states, backups)
    for inner, said in prepared.notes:
        _say(arguments.folder / inner / CONDA_FILE, said)
    for script, inner, deployment in prepared.planned:
        if not script.deployment:
            _say(path, say("has no `deployment:`: the endpoint is called {endpoint}", endpoint=deployment.endpoint))
        if SAMPLES in (wanted := wanted_files(script.settings)) and inner + SAMPLES not in prepared.names:
            _say(
                arguments.folder / inner / SAMPLES,
                say("was not found: put {wanted} there", wanted=say(wanted[SAMPLES])),
            )
        _look_at_model(script, deployment.model, arguments.folder / inner)
        _look_at_lock(prepared, arguments.folder, inner)
    return int(arguments.check and is_outdated)


def _look_at_lock(prepared: Prepared, folder: Path, inner: str) -> None:
    """Say that a container has no lock, without which it cannot be built, where none travels with scoregen."""
    made = {output.path for output in prepared.placed.outputs}
    lock = folder / inner / LOCK
    if folder / inner / DOCKERFILE in made and lock not in made and not is_there(lock):
        _say(
            lock,
            say("none travels with scoregen for these versions: {readme} has the command that makes it", readme=README),
        )


def _look_at_model(script: Script, model: str, folder: Path) -> None:
    """Say what is wrong with where the model is, if it is not one of the workspace."""
    if is_registered(model):
        return
    place = folder / model
    if not place.exists():
        what = say("the folder that `scoregen convert` has written") if script.is_open else say("the designer's folder")
        _say(place, say("was not found: put {what} there, which holds the model", what=what))
    if place.resolve().is_relative_to(folder.resolve()):
        _say(place, say("is in the folder of deployment.yml, all of which is uploaded as code: name a folder outside"))


def _say(path: Path, what: str) -> None:
    note(f"{shown(os.path.normpath(path))}: {what}")
