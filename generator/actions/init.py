"""The first config for a script or a module: what it sets, and as comments what it could set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.actions.extract import extract
from generator.actions.model_release import Needs
from generator.config.parse import Script, parse_config
from generator.config.schema import DEFAULT_OUTPUT, REWRITE
from generator.config.write import config_of, full_config_text
from generator.facts.modules import Parameter, Port, Table
from generator.findings import Finding, RefusedError
from generator.model.names import CONDA_FILE
from generator.model.schema import Column
from generator.rules.command_line import notes as notes_on
from generator.rules.modes import counts
from generator.rules.settings import (
    AUTO,
    BATCH,
    ENDPOINTS,
    Dataset,
    Request,
    Response,
    Settings,
    complete_response,
    in_config,
)
from generator.script.read import Script as Followed
from generator.text.wording import show
from generator.translations.language import say


class Start(NamedTuple):
    """A config's text, what it does not say of the script, because of which it keeps the script's code, and notes.

    The notes say what was decided by the model. ``config`` is what the text says, ``reasons`` why, by its keys.
    """

    text: str
    left: tuple[Finding, ...]
    notes: tuple[str, ...]
    config: Mapping[str, Any]
    reasons: Mapping[str, tuple[str, ...]]


class Model(NamedTuple):
    """The model beside a script: its folder, relative to the config, the versions that it needs, and its columns.

    ``label`` is the column that it predicts, where it has one, ``predictions`` the least and the greatest of a Vowpal
    Wabbit model.
    """

    folder: str
    needs: Needs
    columns: tuple[Column, ...]
    label: str | None = None
    predictions: tuple[float, ...] = ()


_A_COLUMN = "Scored Labels"
"""A column of the answer that many modules have."""


def start_of_module(
    table: Table, parameters: Mapping[str, Any] | None = None, datasets: Mapping[str, str] | None = None
) -> Start:
    """Return the config of a module's script as the designer gives it, but for what is given, as a config says it.

    Raises ConfigError where that is not right.
    """
    given = {"module": table.name, "parameters": dict(parameters or {}), "datasets": dict(datasets or {})}
    (script,) = parse_config(given).scripts
    return _start(config_of(script.settings), (), DEFAULT_OUTPUT)


def start_of_script(script: str | Followed, output: str, model: Model | None = None) -> Start:
    """Return the config of a script, given as its text or as it was read.

    Its file is ``output``, relative to the config.
    Commented out is what has no effect in the script and, beside code of its own, the datasets that this code loads.
    With a model the config says what that needs; a script without code of its own that stands in the model's folder
    stays there as it is, and the generated one goes beside the config. Raises RefusedError where the script cannot be
    followed, or has code that no config can keep; ConfigError where a config cannot name the file.
    """
    config, left = extract(script)
    if left and config.get("endpoint") == BATCH:
        cannot = say("{message}; a config for a batch endpoint cannot keep that", message=left[0].said)
        start = say('`scoregen init --module "{config}"` writes the config of a new one', config=config["module"])
        message = say(
            "{cannot}: keep the script without a config; {start}: give it `endpoint: batch` and another `output`",
            cannot=cannot,
            start=start,
        )
        raise RefusedError(message, left[0].place)
    return _start(config, left, output, model)


def _start(config: dict[str, Any], left: tuple[Finding, ...], output: str, model: Model | None = None) -> Start:
    """Return what to start with, of what a config would say of a script and what that leaves. Raises ConfigError."""
    config |= {"output": output} | ({"mode": REWRITE} if left else {})
    decided, reasons = _decided_by(model, config, is_kept=bool(left)) if model else ({}, {})
    config |= decided
    (script,) = parse_config(config).scripts
    table, spare = script.settings.table, _spare(script.settings)
    for section, subjects in (("parameters", table.parameters), ("datasets", table.datasets)):
        given = config.get(section, {})
        for subject in subjects:
            if subject.name in given and not _is_worth_setting(script, subject):
                spare[section][subject.name] = given.pop(subject.name)
    text = full_config_text(config, spare, reasons)
    parse_config(text)
    said = [note for notes in reasons.values() for note in notes]
    of_model = notes_on(table, script.settings.parameters, model.predictions if model else ())
    return Start(text, left, (*said, *of_model), config, reasons)


def _decided_by(
    model: Model, config: dict[str, Any], *, is_kept: bool
) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Return what a model decides of a script's config, and why, by key; ``is_kept`` if the script keeps its code."""
    decided: dict[str, Any] = {"model": model.folder}
    notes: dict[str, tuple[str, ...]] = {}
    is_inside = config["output"].startswith(f"{model.folder}/")
    if is_inside and is_kept:
        notes["model"] = (
            say(
                "{conda_file} in it stays as it is: `scoregen check --fix {folder}` puts it right",
                conda_file=CONDA_FILE,
                folder=model.folder,
            ),
        )
    elif model.needs.is_known:
        decided["conda"] = {"pins": dict(model.needs.pins)} if model.needs.pins else True
    if "model" not in notes:
        notes["conda"] = model.needs.notes
    if is_inside and not is_kept:
        decided["output"] = config["output"].removeprefix(f"{model.folder}/")
    dates = [column.name for column in model.columns if column.is_date]
    if is_kept and dates and "response" not in config:
        decided["response"] = {"strict_json": True}
        notes["response"] = (
            say("strict_json, since {dates} holds dates, at which the designer's response fails", dates=show(dates[0])),
        )
    if not is_kept and model.label and "request" not in config:
        decided["request"] = {"optional": AUTO}
        notes["request"] = (
            say("optional: auto, since no score depends on the label, {label}", label=show(model.label)),
        )
    return decided, notes


def _spare(settings: Settings) -> dict[str, Any]:
    """Return all that a config of the module can hold, with the values that stand for what is left out."""
    table = settings.table
    spare: dict[str, Any] = {
        "endpoint": ENDPOINTS[0],
        "parameters": {parameter.name: _proposal(parameter) for parameter in table.parameters if not parameter.ignored},
        "datasets": {port.name: Dataset(f"{port.name}.csv")._asdict() for port in table.datasets},
    }
    if settings.endpoint != BATCH:
        spare |= {"response": _designers(table, settings.request)}
        spare |= {} if settings.request != Request() else {"mode": REWRITE}  # which leaves alone how requests are read
    return spare


def _is_worth_setting(script: Script, subject: Parameter | Port) -> bool:
    """Say whether the config is to set what the script has: not what has no effect, nor what its own code loads."""
    if script.keeps_code:
        return isinstance(subject, Parameter)
    is_ignored = isinstance(subject, Parameter) and subject.ignored
    return not is_ignored and counts(script.settings.table, subject, script.settings.parameters)


def _proposal(parameter: Parameter) -> Any:
    """Return the value that a parameter has when it is left out, or one that it may have."""
    value = in_config(parameter, parameter.when_left_out)
    if value is not None or parameter.nullable:
        return value
    any_option = next((option.name for option in parameter.options), None)
    return {"option": any_option, "boolean": False, "integer": parameter.minimum or 1, "text": ""}[parameter.type]


def _designers(table: Table, request: Request) -> dict[str, Any]:
    """Return what the downloaded script gives back, by the keys of a config, and what those for columns look like.

    Who sends a request in another form expects an object of a form that is known, so that is left out then.
    """
    said = {name: value for name, value in complete_response(table, Response())._asdict().items() if value != ()}
    if request.takes_object:
        said = {name: value for name, value in said.items() if isinstance(value, bool)}
    return said | {"names": {"score": _A_COLUMN}, "columns": [_A_COLUMN]}
