"""Where a user begins: a script or a model folder that is there, and the config that fits it."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.actions.endpoint_beside import predictions_beside
from generator.actions.init import Model, Start, start_of_script
from generator.actions.model_folder import model_folder_at, read_model, scikit_learn_of
from generator.actions.model_module import module_if_told
from generator.actions.model_release import needs_of, short
from generator.config.parse import parse_config
from generator.config.schema import DEFAULT_OUTPUT
from generator.config.write import text_of_many
from generator.facts.modules import Table
from generator.files.named import read_named_script
from generator.files.read import from_folder, is_folder, shown
from generator.findings import FileError, RefusedError
from generator.model.folder import ModelFolder
from generator.model.names import MODEL_FOLDER
from generator.script.read import Script, read, refused
from generator.script.source import decode
from generator.text.wording import either
from generator.translations.language import say

_PATHS = ("output", "model")
"""The keys that hold paths, relative to the config."""


class Begun(NamedTuple):
    """The config to start with, the folder in which it is to stand, and what it was made of.

    ``script`` is the script's path, ``source`` its text; ``unread`` says why files of the model could not be read, by
    their paths.
    """

    start: Start
    home: Path
    script: Path
    source: str
    unread: Mapping[Path, str]

    @property
    def output(self) -> Path:
        """The file that the config is to write."""
        return self.home / str(self.start.config["output"])


def script_at(path: Path) -> tuple[Path, Path | None]:
    """Return the script that a path stands for, and the model's folder beside it, if there is one.

    A path to a folder is that of a model, or of what is around it, in which a script is looked for. Raises FileError,
    RefusedError.
    """
    if not is_folder(path):
        return path, model_folder_at(path.parent)
    folder = model_folder_at(path)
    if folder is None:
        raise FileError(
            say(
                "{path}: has no folder {model_folder}, which the designer leaves: name it, or a script",
                path=shown(path),
                model_folder=MODEL_FOLDER,
            )
        )
    beside = [_around(folder) / DEFAULT_OUTPUT, folder / DEFAULT_OUTPUT]
    script = next((place for place in beside if place.is_file()), None)
    if script is None:
        around, module = shown(_around(folder)), _shown_module(module_if_told(folder).tables)
        if folder.name == MODEL_FOLDER:
            remedy = say(
                "`scoregen init --module {module}` in {around} writes a config that finds the model",
                module=module,
                around=around,
            )
        else:
            remedy = say(
                "`scoregen init --module {module}` in {around} writes a config: add `model: {name}` to it",
                module=module,
                around=around,
                name=shown(folder.name),
            )
        raise RefusedError(
            say("has no {default_output} to start from: {remedy}", default_output=DEFAULT_OUTPUT, remedy=remedy)
        ).in_file(shown(folder))
    return script, folder


def begin(script: Path, folder: Path | None) -> Begun:
    """Return the config of a script: beside the model's folder or, where there is none, beside the script.

    Raises FileError, RefusedError, and ConfigError where a config cannot hold the file's name or the model's packages.
    """
    is_inside = folder is not None and folder.resolve() == script.parent.resolve()
    home = _around(folder) if folder is not None and is_inside else script.parent
    output = script.name if home == script.parent else f"{script.parent.absolute().name}/{script.name}"
    source, _ = decode(read_named_script(script))
    if folder is None:
        return Begun(start_of_script(source, output), home, script, source, {})
    found = read_model(folder)
    followed = read(source)
    _refuse_other_module(followed, folder)
    start = start_of_script(followed, output, _model(found, folder, followed.call.table, home))
    return Begun(start, home, script, source, {folder / name: reason for name, reason in found.unread.items()})


def _refuse_other_module(script: Script, folder: Path) -> None:
    """Refuse a script that cannot score the model in a folder: no config would fit both. Raises RefusedError."""
    tables = module_if_told(folder).tables
    if tables and not {call.table for call in script.calls} & {*tables}:
        message = say(
            "{name} cannot score the model in {folder}, which is one for {its}: put the script's own model there, or "
            "begin a new script with `scoregen init --module {module}`",
            name=script.call.table.name,
            folder=shown(folder),
            its=either([table.name for table in tables]),
            module=_shown_module(tables),
        )
        raise refused(message, script.text.place(script.call.node))


def _shown_module(tables: Sequence[Table]) -> str:
    """Return what to give a command for a module, once that is known."""
    return f'"{tables[0].name}"' if len(tables) == 1 else "MODULE"


def together(begun: Sequence[Begun], here: Path) -> tuple[Path, str]:
    """Return the folder for one config of several scripts, and its text.

    It stands in the folder ``here`` or, where one of the scripts is not below that, in the folder around all of them.
    Raises ConfigError where that cannot name one of the files.
    """
    homes = [each.home.resolve() for each in begun]
    root = here.resolve()
    if not all(home.is_relative_to(root) for home in homes):
        root = Path(os.path.commonpath(homes))
    text = text_of_many((_seen_from(root, each), each.start.reasons) for each in begun)
    parse_config(text)
    return Path(from_folder(root, here)), text


def _seen_from(root: Path, begun: Begun) -> dict[str, Any]:
    """Return the config of a script with its paths as they are seen from another folder."""
    config = begun.start.config
    within = from_folder(begun.home.resolve(), root).replace(os.sep, "/")
    return {**config, **{key: posixpath.normpath(f"{within}/{config[key]}") for key in _PATHS if key in config}}


def _around(folder: Path) -> Path:
    """Return the folder around another, by a path that leads there from here."""
    return folder.parent if folder.name and folder.name != os.pardir else folder / os.pardir


def _model(found: ModelFolder, folder: Path, table: Table, home: Path) -> Model:
    """Return what the model beside a script of a module tells for its config."""
    needs = short(needs_of(folder, table, scikit_learn_of(found, folder)), table)
    predictions = predictions_beside(os.fspath(folder))
    return Model(from_folder(folder, home).replace(os.sep, "/"), needs, found.columns, _label(found), predictions)


def _label(model: ModelFolder) -> str | None:
    """Return the label of a model, if its requests hold that."""
    label = model.learner.label if model.learner else None
    return label if label in [column.name for column in model.columns] else None
