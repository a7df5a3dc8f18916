"""``scoregen init``: write the config to start with, and have pre-commit run scoregen."""

from __future__ import annotations

import argparse
import functools
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.actions.find_configs import Owners
from generator.actions.init import Model, start_of_module, start_of_script
from generator.actions.model_folder import model_folder_at, read_model
from generator.actions.model_release import needs_of, short
from generator.cli.commands.failures import code_of, fail
from generator.config.schema import DEFAULT_OUTPUT
from generator.facts.modules import load_tables, tables_by_key
from generator.files.read import read_bytes, read_bytes_if_there, shown
from generator.files.replace import create, replace_all, writable
from generator.findings import ConfigError, FileError, RefusedError, ScoregenError
from generator.model.names import MODEL_FOLDER
from generator.pre_commit.hooks import installed_from
from generator.pre_commit.insert import add_hooks, snippet
from generator.script.read import read
from generator.script.source import decode
from generator.text.wording import suggestion

if TYPE_CHECKING:
    from generator.actions.init import Model, Start
    from generator.model.folder import ModelFolder

_CONFIG = "scoregen.yaml"
_HOOKS = ".pre-commit-config.yaml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    start = parser.add_mutually_exclusive_group()
    start.add_argument(
        "script", metavar="SCRIPT", nargs="?", type=Path, help="a score.py, edited or not, or a model folder"
    )
    start.add_argument("--module", metavar="MODULE", help="a Score or training module, when there is no script yet")
    parser.add_argument("--pre-commit", action="store_true", help=f"put the hooks into the repository's {_HOOKS}")


def run(arguments: argparse.Namespace) -> int:
    """Do all that is asked for; what cannot be done stops nothing of the rest."""
    codes = []
    if arguments.script is not None:
        codes.append(code_of(arguments.script, functools.partial(_start_from_path, arguments.script)))
    if arguments.module is not None:
        codes.append(_start_from_module(arguments.module))
    if arguments.pre_commit:
        codes.append(_add_hooks(Path.cwd()))
    return max(codes) if codes else _say_what_to_name()


def _say_what_to_name() -> int:
    found = "score.py is here: `scoregen init score.py` writes its config" if Path("score.py").is_file() else ""
    wanted = "name a script (`scoregen init SCRIPT`), a module (`scoregen init --module MODULE`), or --pre-commit"
    print(f"scoregen init: {found or wanted}", file=sys.stderr)
    return 2


def _start_from_path(path: Path) -> int:
    """Start from a script, or from a model folder or the folder around one, in which a script is looked for."""
    if not path.is_dir():
        folder = model_folder_at(path.parent)
        return _start_from_script(path, folder)
    folder = model_folder_at(path)
    if folder is None:
        raise FileError(f"{shown(path)}: has no folder {MODEL_FOLDER}, which the designer leaves: name it, or a script")
    beside = [around(folder) / DEFAULT_OUTPUT, folder / DEFAULT_OUTPUT]
    script = next((place for place in beside if place.is_file()), None)
    if script is None:
        remedy = f"`scoregen init --module MODULE` in {shown(around(folder))} writes a config that finds the model"
        raise RefusedError(f"has no {DEFAULT_OUTPUT} to start from: {remedy}").in_file(shown(folder))
    return _start_from_script(script, folder)


def around(folder: Path) -> Path:
    """Return the folder around another, by a path that leads there from here."""
    return folder.parent if folder.name and folder.name != os.pardir else folder / os.pardir


def _start_from_script(script: Path, folder: Path | None) -> int:
    """Write the config beside the model's folder or, where there is none, beside the script."""
    home = around(folder) if folder is not None and folder.resolve() == script.parent.resolve() else script.parent
    output = script.name if home == script.parent else f"{script.parent.absolute().name}/{script.name}"
    try:
        source, _ = decode(read_bytes(script))
        start = start_of_script(source, output, _model(folder, source, home) if folder is not None else None)
    except ScoregenError as error:
        if isinstance(error, ConfigError) and not any(finding.path[:1] == ("conda",) for finding in error.findings):
            print(f"{shown(script)}: a config cannot hold this name: rename the file, to score.py say", file=sys.stderr)
            return 1
        return fail(error, shown(script))
    return _write(start, home / _CONFIG, script)


def _model(folder: Path, source: str, home: Path) -> Model | None:
    """Return what the model beside a script tells for its config; what cannot be read of it is said."""
    table = read(source).call.table
    found = read_model(folder)
    for name, reason in found.unread.items():
        print(f"{shown(folder / name)}: {reason}", file=sys.stderr)
    needs = short(needs_of(folder, table, found.scikit_learn), table)
    return Model(os.path.relpath(folder, home).replace(os.sep, "/"), needs, found.columns, _label(found))


def _label(model: ModelFolder) -> str | None:
    """Return the label of a model, if its requests hold that."""
    label = model.learner.label if model.learner else None
    return label if label in [column.name for column in model.columns] else None


def _start_from_module(name: str) -> int:
    table = tables_by_key().get(name)
    if table is None:
        known = ", ".join(table.id for table in load_tables())
        near = suggestion(name, list(tables_by_key()))
        print(f"scoregen init: {name!r} is not a module{near} (known: {known})", file=sys.stderr)
        return 2
    return _write(start_of_module(table), Path(_CONFIG), Path(DEFAULT_OUTPUT))


def _write(start: Start, path: Path, script: Path) -> int:
    """Write the config of a script to a path, unless another config names the script."""
    name = shown(script)
    try:
        for owner in Owners().of(os.path.realpath(script)):
            raise FileError(f"{name}: has a config already, {shown(os.path.relpath(owner))}: change that")
        create(path, start.text.encode())
    except ScoregenError as error:
        return fail(error)
    print(f"{shown(path)}: written")
    for note in start.notes:
        print(f"{shown(path)}: {note}", file=sys.stderr)
    if start.left:
        print(f"{name}: does what a config cannot say; `mode: rewrite` in the config keeps it:", file=sys.stderr)
    for left in start.left:
        print(f"{name}:{left}", file=sys.stderr)
    print(f"next: change it, and run `scoregen sync {shlex.quote(shown(path))}`")
    return 0


def _add_hooks(here: Path) -> int:
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), None)
    if root is None:
        print("scoregen init: --pre-commit needs a git repository, and this folder is in none", file=sys.stderr)
        return 2
    path, source = Path(os.path.relpath(root / _HOOKS)), installed_from()
    try:
        old = read_bytes_if_there(path)
        new = add_hooks((old or b"").decode(), source).encode()
        if new == old:
            print(f"{shown(path)}: has the hooks already")
            return 0
        create(path, new) if old is None else replace_all({path: new}, {path: old}, {path: _inside(root, path)})
    except (RefusedError, UnicodeDecodeError) as error:
        reason = f"{error}" if isinstance(error, RefusedError) else "1:1: it is not UTF-8"
        print(f"{shown(path)}:{reason}; put this under its `repos:`\n{snippet(source)}", end="", file=sys.stderr)
        return 1
    except ScoregenError as error:
        return fail(error)
    print(f"{shown(path)}: written")
    print("next: run `pre-commit install`")
    return 0


def _inside(root: Path, path: Path) -> Path:
    """Return where a file of a repository leads. Raises FileError where that is not in it."""
    target = writable(path)
    if not target.is_relative_to(root.resolve()):
        raise FileError(f"{shown(path)}: is not written: it leads out of the repository, to {shown(target)}")
    return target
