"""Which script is run, and with which interpreter: the one that is named, scoregen's own, or that of a runtime."""

from __future__ import annotations

import argparse
import importlib.metadata
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from generator.actions.generate import outputs
from generator.cli.commands.paths import named
from generator.cli.commands.runtime import made
from generator.conda.recipe import NoRuntimeError
from generator.config.parse import parse_config
from generator.facts.conda import load_facts
from generator.files.read import LARGEST_CONFIG, read_bytes, shortest, shown
from generator.findings import FileError, UsageError
from generator.model.names import MODEL_FOLDER
from generator.text.verbosity import detail, note
from generator.translations.language import say
from generator.trial.runtime import runtime_for
from generator.trial.target import Target, absolute, find_target, needs_designer, recipe_of_target


class Script(NamedTuple):
    """The script that is run: its path as the user knows it, what was named, and what it holds."""

    name: str
    target: Target
    content: bytes


def add_target(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that name a script and its model."""
    parser.add_argument("target", metavar="TARGET", type=named, help=say("a model folder, a score.py, or a config"))
    parser.add_argument(
        "--model-dir",
        metavar="DIR",
        type=named,
        help=say(
            "the model, where it lies elsewhere: AZUREML_MODEL_DIR, which holds {model_folder}",
            model_folder=MODEL_FOLDER,
        ),
    )


def add_interpreter(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that choose an interpreter."""
    parser.add_argument(
        "--python",
        metavar="PYTHON",
        type=named,
        help=say("run it with this one; default: scoregen's own, or that of a runtime"),
    )
    parser.add_argument(
        "--runtime", action="store_true", help=say("make the runtime that the script needs, without asking, and use it")
    )


def script_to_run(arguments: argparse.Namespace) -> Script:
    """Return the script that the arguments name, which has its model. Raises ConfigError, FileError, UsageError."""
    target = find_target(arguments.target, arguments.model_dir)
    if target.script is None:
        raise FileError(
            say("{target}: is a conda file: name a model folder, a script or a config", target=shown(arguments.target))
        )
    path = path_of(arguments.target, target.script)
    _look_at_config(arguments.target, target)
    content = read_bytes(path)
    if target.script.suffix != ".py":
        raise FileError(say("{name}: the endpoint takes a script only if its name ends in .py", name=shown(path)))
    if target.model_dir is None:
        raise UsageError(
            say(
                "there is no folder {model_folder} beside it: name the one that holds it with --model-dir",
                model_folder=MODEL_FOLDER,
            )
        )
    return Script(shown(path), target, content)


def interpreter(arguments: argparse.Namespace, script: Script) -> Path:
    """Return the interpreter for a script; its runtime is made where that is wanted. Raises FileError, UsageError."""
    name = script.name
    if arguments.python is not None:
        found = shutil.which(arguments.python)
        if found is None:
            raise FileError(say("{python}: cannot be run: there is no such program", python=shown(arguments.python)))
        return _taken(name, absolute(found), say("--python names it"))
    own = absolute(sys.executable)
    if not arguments.runtime and (not needs_designer(script.content) or _has_designer()):
        return _taken(name, own, say("it has all that the script imports of the designer"))
    try:
        recipe = recipe_of_target(script.target)
    except NoRuntimeError as error:
        if arguments.runtime:
            raise FileError(
                say("{name}: no runtime can be made: {message}", name=name, message=error.message)
            ) from None
        return _taken(name, own, error.message)
    for said in recipe.notes:
        note(f"{name}: {said}")
    runtime = runtime_for(recipe)
    if not runtime.is_whole and not arguments.runtime and not _is_wanted(name, runtime.name):
        raise UsageError(
            say(
                "the script imports the designer's packages, which {own} lacks: --runtime makes an environment that "
                "has them, which takes some minutes and about 1 GB, and --python names one that is there",
                own=shown(own),
            )
        )
    return _taken(name, made(name, recipe).python, say("the runtime {runtime}", runtime=runtime.name))


def _taken(name: str, python: Path, why: str) -> Path:
    """Say which interpreter a script is run by, where that is wanted, and return it."""
    detail(say("{name}: is run by {python} ({why})", name=name, python=shown(python), why=why))
    return python


def path_of(named: str, script: Path) -> str:
    """Return the path of a script as it was named, or as it is seen from here if that is shorter."""
    return named if Path(named).name == script.name else shortest(script)


def _look_at_config(named: str, target: Target) -> None:
    """Say that a config's script is not what the config describes. Raises FileError where it is not there at all."""
    if target.config is None or target.script is None:
        return
    script, config = shown(path_of(named, target.script)), shown(named)
    if not target.script.exists():
        raise FileError(
            say("{script}: is not there: `scoregen generate {config}` writes it", script=script, config=config)
        )
    made = outputs(Path(named), parse_config(read_bytes(named, LARGEST_CONFIG)), {})
    if made[0].is_outdated:
        remedy = say("`scoregen generate {config}` brings it up to date", config=config)
        note(
            say(
                "{script}: is not what {config} describes, and is run as it is: {remedy}",
                script=script,
                config=config,
                remedy=remedy,
            )
        )


def _has_designer() -> bool:
    """Say whether scoregen's own interpreter has any of the designer's packages."""
    for package in load_facts().packages:
        try:
            importlib.metadata.distribution(package.name)
        except importlib.metadata.PackageNotFoundError:
            continue
        return True
    return False


def _is_wanted(name: str, runtime: str) -> bool:
    """Ask whether a runtime is to be made, where somebody can answer."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(
        say(
            "{name}: needs the runtime {runtime}, which takes some minutes and about 1 GB.", name=name, runtime=runtime
        ),
        file=sys.stderr,
    )
    print(say("Make it? [y/N] "), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "o", "oui")
