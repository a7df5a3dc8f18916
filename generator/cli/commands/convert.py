"""``scoregen convert``: turn a designer model into one that needs none of the designer's packages."""

from __future__ import annotations

import argparse
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.actions.check_config import missing_datasets
from generator.actions.conversion import learned_among, missing_package
from generator.actions.convert import convert_folder, script_of_config
from generator.actions.extract import extract
from generator.actions.model_folder import learned_in, model_folder_at, model_folder_of
from generator.cli.commands.failures import code_of, fail
from generator.cli.commands.outcomes import say_findings
from generator.cli.commands.paths import named_path
from generator.config.parse import Config, Script
from generator.config.schema import CONFIG_FILE
from generator.facts.open_form import measured_releases
from generator.files.folder import is_empty, write_new_folder
from generator.files.listing import is_yaml
from generator.files.read import LARGEST_CONFIG, is_there, read_bytes, shown
from generator.files.windows import quoted
from generator.findings import FileError, Finding, ScoregenError, UsageError
from generator.model.error import ModelError
from generator.model.names import FACTS_FILE, LEARNED, MODEL_FOLDER, OPEN_MODEL
from generator.script.source import decode
from generator.text.verbosity import note, report
from generator.text.wording import either
from generator.translations.language import say

_SCRIPT = "score.py"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        type=named_path,
        help=say("the model's folder, {model_folder}, its parent, or a config", model_folder=MODEL_FOLDER),
    )
    parser.add_argument(
        "-o", dest="output", metavar="DIR", type=named_path, required=True, help=say("the folder to write")
    )
    parser.add_argument(
        "--assume",
        metavar="RELEASE",
        choices=tuple(measured_releases()),
        help=say(
            "treat a model of an unmeasured release as one of this release ({releases}); prove it afterwards",
            releases=either(tuple(measured_releases())),
        ),
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the folder, and say what is left to do."""
    named = model_folder_at(arguments.folder) or arguments.folder
    return code_of(named, functools.partial(_convert, named, arguments.output, arguments.assume))


def _convert(named: Path, output: Path, assumed: str | None) -> int:
    """Convert the model in a folder, or that of a config. Raises ScoregenError."""
    _refuse_places(named, output)
    if named.is_file():
        old, given, keys = script_of_config(read_bytes(named, LARGEST_CONFIG))
        folder = _folder_of(named, old)
        config = _write(folder, given, output, assumed)
        if keys:
            note(
                say(
                    "{path}: {keys}: not carried over; add to the new config what you still need",
                    path=shown(named),
                    keys=", ".join(keys),
                )
            )
    else:
        folder, script, said, left = named, named / _SCRIPT, None, tuple[Finding, ...]()
        if script.exists():
            try:
                said, left = extract(decode(read_bytes(script))[0])
            except ScoregenError as error:
                code = fail(error, shown(script))
                note(say("to convert the model without its script, name a config with `module:` and `model:` instead"))
                return code
        config = _write(folder, said, output, assumed)
        say_findings(script, left)
    say_findings(output / CONFIG_FILE, missing_datasets(output / CONFIG_FILE, config))
    command = f"scoregen prove {quoted(shown(output))} --model-dir {quoted(shown(folder))} --against runtime"
    report(
        say(
            "not proven yet to answer as before: `{command}` compares the two, in an environment that it makes",
            command=command,
        )
    )
    return 0


def _refuse_places(named: Path, output: Path) -> None:
    """Raise FileError where the folder to write holds something, or what is named holds nothing to convert."""
    if not is_empty(output):
        raise FileError(
            say("{output} is not empty: name a folder that is not there yet, or an empty one", output=shown(output))
        )
    if not is_there(named):
        raise FileError(say("{path}: cannot be read: there is no such folder", path=shown(named)))
    if any((named / name / FACTS_FILE).exists() for name in ("", OPEN_MODEL)):
        raise FileError(say("{path}: its model is converted already", path=shown(named)))
    if named.is_file() and not is_yaml(named.name):
        raise FileError(
            say(
                "{path}: is neither a folder nor a config: name the folder, {folder}",
                path=shown(named),
                folder=shown(named.parent),
            )
        )


def _write(folder: Path, given: Mapping[str, Any] | None, output: Path, assumed: str | None) -> Config:
    """Convert the model in a folder, write the files, and return the config. Raises ScoregenError."""
    model = learned_in(folder)
    learned = learned_among(model)
    if learned is None:
        raise FileError(
            say(
                "{folder} has none of {learned}: name the folder that the designer left, as it left it",
                folder=shown(folder),
                learned=", ".join(LEARNED),
            )
        )
    if missing := missing_package(learned):
        raise UsageError(missing)
    try:
        files, config = convert_folder(model, given, assumed)
    except ModelError as error:
        error.file = shown(folder / (error.file or learned))
        raise
    write_new_folder(output, files)
    for name in sorted(files):
        report(say("{path}: written", path=shown(output / name)))
    return config


def _folder_of(config: Path, script: Script) -> Path:
    """Return the model folder of the script of a config. Raises ConfigError, FileError, UsageError."""
    if script.is_open:
        raise FileError(say("{path}: its model is converted already", path=shown(config)))
    folder = model_folder_of(config, script)
    if folder is None:
        remedy = say("add `model:` and the path of its {model_folder}", model_folder=MODEL_FOLDER)
        raise FileError(say("{path}: names no model that is there: {remedy}", path=shown(config), remedy=remedy))
    return folder
