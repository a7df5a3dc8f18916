"""Describe a model by its folder: its module, its release, its columns, its requests and its responses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from generator.actions.conversion import conversion_of
from generator.actions.model_folder import learned_in, model_folder_at, model_folder_of, scikit_learn_of
from generator.actions.model_module import module_of_model
from generator.actions.model_release import conda_of, needs_of
from generator.actions.module_beside import module_beside
from generator.conda.block import CondaSettings, complete_conda, requirements_of
from generator.conda.versions import pin
from generator.config.parse import Script, parse_config
from generator.config.schema import DEFAULT_OUTPUT
from generator.facts.conda import load_facts
from generator.facts.modules import Table
from generator.files.named import read_named_config
from generator.files.read import shown
from generator.findings import FileError
from generator.model.folder import ModelFolder, read_folder
from generator.model.learner import LearnerFacts
from generator.model.names import CONDA_FILE, MODEL_FOLDER, SCHEMA
from generator.model.schema import Column
from generator.rules.settings import AUTO, BODIES, REQUEST_BODIES, ROW, Response, Settings, complete, complete_response
from generator.translations.language import mark, say

_IN_WORDS = {
    "float": mark("a number"),
    "int": mark("a whole number, never null"),
    "bool": mark("true or false, never null"),
    "datetime": mark("a date and time, as 2020-01-31 10:30:00"),
    "str": mark("text"),
    "category": mark("text"),
    "bytes": mark("an image file, as a text in base64"),
}
_A_VALUE = mark("a value")
_MADE = {"float": 0.5, "int": 1, "bool": True, "datetime": "2020-01-31 10:30:00"}
_MOST_CATEGORIES = 10
_REQUESTS = {
    REQUEST_BODIES[0]: mark("a JSON list of row objects, each with these columns"),
    ROW: mark("one JSON object with these columns"),
    "designer": mark("row objects within Inputs, each with these columns"),
}
_ANSWERS = {
    ROW: (mark("an object"), '{"COLUMN": VALUE, ...}'),
    "the designer's rows": (
        mark("a list of values for each row, without the columns' names"),
        '{"result": [[VALUE, ...], ...]}',
    ),
    "the designer's columns": (mark("a list of values for each column"), '{"COLUMN": [VALUE, ...], ...}'),
    "rows": (
        mark("the columns' names, and a list of values for each row"),
        '{"columns": ["COLUMN", ...], "result": [[VALUE, ...], ...]}',
    ),
    "columns": (mark("a list of values for each column"), '{"COLUMN": [VALUE, ...], ...}'),
    "records": (mark("an object for each row"), '{"result": [{"COLUMN": VALUE, ...}, ...]}'),
}


class ColumnFacts(NamedTuple):
    """A column: its name, its type as the designer has it, what a request holds there, and what more is known."""

    name: str
    type: str
    holds: str
    may_be_null: bool
    role: str
    known: str


class Description(NamedTuple):
    """What a model is: the folder ``model``, its class ``learner``, ``versions`` of what its endpoint installs.

    ``notes`` say why these, and what is not told. ``request`` is what the script takes, in words, with an ``example``,
    ``response`` what it answers, and ``shape`` that as JSON.
    """

    module: str
    model: str
    learner: str
    versions: Mapping[str, str]
    columns: tuple[ColumnFacts, ...]
    request: str
    example: Any
    response: str
    shape: str
    notes: tuple[str, ...]


def describe(path: Path) -> list[Description]:
    """Return what the models are that a path leads to: a model folder, the folder around one, or a config.

    Raises FileError, and ConfigError for a config that is not valid.
    """
    if path.is_dir():
        folder = model_folder_at(path)
        if folder is None:
            raise FileError(
                say(
                    "{path}: has no folder {model_folder}: name the one that holds it, or a config",
                    path=shown(path),
                    model_folder=MODEL_FOLDER,
                )
            )
        return [_of_folder(folder)]
    scripts = parse_config(read_named_config(path)).scripts
    return [_of_script(path, script) for script in scripts]


def _of_folder(folder: Path) -> Description:
    table = _module_of(folder)
    files = learned_in(folder)
    model = read_folder(files)
    needs = needs_of(folder, table, scikit_learn_of(model, folder))
    settings = complete_conda({"pins": dict(needs.pins)})
    assert settings
    versions = _versions(table, settings) if needs.is_known else dict(needs.pins)
    notes = (*needs.notes, *_unknown(folder, model), conversion_of(folder, files))
    return _description(folder, model, complete(table, {}, {}), versions, notes, is_downloaded=True)


def _of_script(path: Path, script: Script) -> Description:
    folder = model_folder_of(path, script)
    if folder is None:
        remedy = say(
            "add `model:` and the path of its {model_folder}, or put that beside the config", model_folder=MODEL_FOLDER
        )
        what = (
            say("its model {model} is not there", model=script.model)
            if script.model
            else say("names no model, and none is beside it")
        )
        raise FileError(f"{shown(path)}: {what}: {remedy}")
    conda = conda_of(path, script)
    versions = _versions(script.settings.table, conda.settings)
    files = learned_in(folder)
    model = read_folder(files)
    notes = (*conda.notes, *_unknown(folder, model), conversion_of(folder, files))
    return _description(folder, model, script.settings, versions, notes)


def _module_of(folder: Path) -> Table:
    """Return the module of a model: as its files tell, else that of its script. Raises FileError where none does."""
    found = module_of_model(folder)
    if len(found.tables) == 1:
        return found.tables[0]
    table = module_beside(str(folder / DEFAULT_OUTPUT)) or module_beside(str(folder.parent / DEFAULT_OUTPUT))
    if table is None:
        remedy = say("write a config with `module:` beside the folder, and name that")
        raise FileError(
            say(
                "{folder}: its module is not told by the model, a {default_output} or {conda_file}: {remedy}",
                folder=shown(folder),
                default_output=DEFAULT_OUTPUT,
                conda_file=CONDA_FILE,
                remedy=remedy,
            )
        )
    return table


def _versions(table: Table, conda: CondaSettings) -> dict[str, str]:
    """Return what the endpoint installs of Python and the designer's packages."""
    if load_facts().package(table) is None:
        return {}
    return {item.name: pin(item.spec) or "" for item in requirements_of(table, conda) if item.name != "pip"}


def _description(
    folder: Path,
    model: ModelFolder,
    settings: Settings,
    versions: Mapping[str, str],
    notes: tuple[str, ...],
    *,
    is_downloaded: bool = False,
) -> Description:
    """Return the description of a model; ``is_downloaded`` if it is scored by the script that the designer left."""
    table = settings.table
    response = complete_response(table, settings.response)
    columns = tuple(_columns(model, settings.request.optional))
    words, shape = _answer(table, response, model.columns if is_downloaded else ())
    return Description(
        module=table.name,
        model=shown(folder),
        learner=model.learner.class_name if model.learner else "",
        versions=versions,
        columns=columns,
        request=say(_REQUESTS[settings.request.body]),
        example=_asked(settings.request.body, _row(model)) if model.columns else None,
        response=words,
        shape=shape,
        notes=notes,
    )


def _columns(model: ModelFolder, optional: str | tuple[str, ...]) -> Iterator[ColumnFacts]:
    for column in model.columns:
        kind = _kind(column)
        may_be_null = kind not in ("int", "bool")
        is_label = bool(model.learner and model.learner.label == column.name)
        is_unused = bool(model.learner and model.learner.features and column.name not in model.learner.features)
        role = say("the label: any value of its type will do") if is_label else say("not used") if is_unused else "used"
        if column.name in optional or (optional == AUTO and (is_label or is_unused)):
            role = say("may be left out")
        known = _known(model.learner, column) if model.learner else ""
        yield ColumnFacts(column.name, column.type, say(_IN_WORDS.get(kind, _A_VALUE)), may_be_null, role, known)


def _kind(column: Column) -> str:
    """Return a column's type without its size: float of float64."""
    return column.type.rstrip("0123456789")


def _known(learner: LearnerFacts, column: Column) -> str:
    """Return what the learner knows of a column: the texts that it has seen, or the least and the largest value."""
    if column.name in learner.categories:
        seen = [json.dumps(text, ensure_ascii=False) for text in learner.categories[column.name]]
        more = say(" and {number} more", number=len(seen) - _MOST_CATEGORIES) if len(seen) > _MOST_CATEGORIES else ""
        return say("trained with {seen}{more}", seen=", ".join(seen[:_MOST_CATEGORIES]), more=more)
    if column.name not in learner.ranges or _kind(column) == "bool":
        return ""
    least, largest = learner.ranges[column.name]
    if column.is_date:
        return say("trained with {least} to {largest}", least=_date(least), largest=_date(largest))
    return say("trained with {least:g} to {largest:g}", least=least, largest=largest)


def _date(nanoseconds: float) -> str:
    """Return the day of a date as the model keeps it: in nanoseconds from 1970 on."""
    return str((datetime(1970, 1, 1) + timedelta(seconds=nanoseconds / 1e9)).date())


def _asked(body: str, row: Mapping[str, Any]) -> Any:
    """Return a request of one row, in the shape that the script takes."""
    if body == ROW:
        return row
    return {"Inputs": {"WebServiceInput0": [row]}, "GlobalParameters": {}} if body == "designer" else [row]


def _row(model: ModelFolder) -> Mapping[str, Any]:
    """Return a row that a request may hold: the first sample, or one that is made of the columns' types."""
    names = [column.name for column in model.columns]
    sample = model.samples[0] if model.samples else {}
    if set(names) <= sample.keys():
        return {name: sample[name] for name in names}
    return {column.name: _MADE.get(_kind(column), "text") for column in model.columns}


def _answer(table: Table, response: Response, columns: tuple[Column, ...]) -> tuple[str, str]:
    """Return what the response is, in words, and its shape as JSON."""
    dates = [column.name for column in columns if column.is_date]
    if dates and response.is_designers:
        cure = say("add `response: {strict_json: true}` to a config")
        return say(
            "none: the designer's response has no form for dates, which {dates} holds: {cure}",
            dates=dates[0],
            cure=cure,
        ), ""
    is_designers = response.body == BODIES[0]
    words, shape = _ANSWERS.get(f"the designer's {table.result.body}" if is_designers else str(response.body), ("", ""))
    return say(words), shape


def _unknown(folder: Path, model: ModelFolder) -> Iterator[str]:
    for name, reason in model.unread.items():
        yield say("{path} cannot be read: {reason}", path=shown(folder / name), reason=reason)
    if not model.columns and SCHEMA not in model.unread:
        yield say(
            "there is no {schema}: the columns are not told, and a request may name its one column as it likes",
            schema=SCHEMA,
        )
