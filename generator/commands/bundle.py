"""``scoregen bundle``: write all that a deployment needs besides the model into one folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.bundling import SAMPLES, bundle, deployment_of, wanted_files
from generator.config import Config, ConfigError, Script, parse_config
from generator.deployment import MODEL_FOLDER
from generator.files import FileError, read_bytes, shown
from generator.folders import write_folder
from generator.outputs import UnchangedError, contents
from generator.report.problems import as_lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("config", metavar="CONFIG", type=Path, help="a YAML config")
    parser.add_argument("-d", dest="folder", metavar="DIR", type=Path, required=True, help="the folder to write")
    parser.add_argument("--force", action="store_true", help="write into a folder that is not empty")


def run(arguments: argparse.Namespace) -> int:
    """Write the folder, and say what is missing in it."""
    path: Path = arguments.config
    try:
        config = parse_config(read_bytes(path))
        sys.stderr.write(as_lines(shown(path), config.warnings))
        files: dict[str, bytes] = {}
        copies: dict[str, Path] = {}
        for script, inner in _folders(config):
            found = _found(path, script, arguments.folder)
            files |= {inner + name: content for name, content in _bundle(path, script, found).items()}
            copies |= {inner + name: source for name, source in found.items()}
        write_folder(arguments.folder, files, copies, arguments.force)
    except ConfigError as error:
        sys.stderr.write(as_lines(shown(path), error.problems))
        return 1
    except UnchangedError as error:
        print(error, file=sys.stderr)
        return 1
    except FileError as error:
        print(error, file=sys.stderr)
        return 2
    for name in sorted([*files, *copies]):
        print(f"{shown(arguments.folder / name)}: written")
    for script, inner in _folders(config):
        _show_missing(script, inner, copies, arguments)
    return 0


def _folders(config: Config) -> list[tuple[Script, str]]:
    """Return each script and its folder in the bundle; a single one needs none of its own."""
    if len(config.scripts) == 1:
        return [(config.scripts[0], "")]
    return [(script, script.output.removesuffix(".py") + "/") for script in config.scripts]


def _bundle(path: Path, script: Script, found: dict[str, Path]) -> dict[str, bytes]:
    source, _ = contents(path, script)
    return bundle(script, source, found, path.name)


def _found(path: Path, script: Script, folder: Path) -> dict[str, Path]:
    """Return which of the files that go with a script are there, by their paths from the script."""
    home = (path.parent / script.output).parent
    places = {name: [home / name] for name in wanted_files(script.settings)}
    if SAMPLES in places:
        model = folder / deployment_of(script).model
        places[SAMPLES] += [home / MODEL_FOLDER / SAMPLES, model / SAMPLES]
    there = {name: [place for place in found if place.exists()] for name, found in places.items()}
    return {name: found[0] for name, found in there.items() if found}


def _show_missing(script: Script, inner: str, copies: dict[str, Path], arguments: argparse.Namespace) -> None:
    if not script.deployment:
        deployment = deployment_of(script)
        print(
            f"{shown(arguments.config)}: has no `deployment:`, so the endpoint is called {deployment.endpoint}, and its"
            f" model is {deployment.model}",
            file=sys.stderr,
        )
    for name, what in wanted_files(script.settings).items():
        if inner + name not in copies:
            print(f"{shown(arguments.folder / inner / name)}: was not found: put {what} there", file=sys.stderr)
