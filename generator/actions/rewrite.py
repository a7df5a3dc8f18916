"""Setting parameters in an existing script: only what must change changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from generator.actions.check import check
from generator.config.parse import parse_config
from generator.facts.modules import Parameter, Port, Table, Value
from generator.findings import START, ConfigError, Finding, RefusedError, UnfollowableError
from generator.rendering.score import render_loading
from generator.rules.literals import spell
from generator.rules.settings import (
    Dataset,
    Response,
    canonical,
    conditions,
    counts,
    fault,
    parameter_name,
)
from generator.script.edit.call import Editor
from generator.script.edit.datasets import loading_edits, loads
from generator.script.edit.enum_imports import Enums
from generator.script.edit.response import response_edits
from generator.script.read import Script, read, refused
from generator.script.values import DYNAMIC
from generator.text.spans import Edit, OverlapError, UnreadableError
from generator.text.wording import show_key, suggestion

__all__ = ["RefusedError", "Rewritten", "rewrite"]


class Rewritten(NamedTuple):
    """A rewritten script, and what was changed beyond what was asked for, a sentence each.

    ``edits`` is what makes it of the script as it was; None where that takes several steps.
    """

    source: str
    notes: tuple[str, ...]
    edits: tuple[Edit, ...] | None = None


def rewrite(
    source: str,
    changes: Mapping[str, Any],
    *,
    unset: Collection[str] = (),
    datasets: Mapping[str, Dataset] | None = None,
    prune: bool = False,
    response: Response | None = None,
    table: Table | None = None,
) -> Rewritten:
    """Return the script with its parameters and its response changed.

    ``changes`` gives parameters, by name or label, values in the form of a config; ``datasets`` gives dataset ports
    what the script is to load once, at start. ``unset`` names parameters and dataset ports to take out. What the new
    mode needs comes along; what it ignores stays, unless ``prune``. What ``response`` leaves open stays too. A script
    of another module than ``table`` is refused. Raises RefusedError where the script cannot be changed safely,
    ConfigError where a change is not allowed.
    """
    script = read(source)
    if table not in (None, script.call.table):
        raise _refused(
            script, script.call.node, f"the config is for {table.name}, the script is of {script.call.table.name}"
        )
    plan = _plan(script, changes, unset, datasets or {}, prune)
    response = response or Response()
    _check_response(script.call.table, response)
    edits: list[Edit] | None = _edits(script, plan)
    result = _edited(script, edits or [])
    if _response_edits(script, response):
        edits = None
        rewritten = read(result)
        result = _edited(rewritten, _response_edits(rewritten, response))
    if result != source:
        _verify(script, result, plan, response)
    return Rewritten(result, tuple(plan.notes), None if edits is None else tuple(edits))


class _Plan(NamedTuple):
    """What to set (canonical) and what to take out, of the parameters and of the datasets, and what to say of it."""

    values: dict[str, Value]
    remove: set[str]
    load: dict[Port, Dataset]
    unload: list[Port]
    notes: list[str]


def _wanted(table: Table, changes: Mapping[str, Any]) -> dict[str, Value]:
    wanted: dict[str, Value] = {}
    problems: list[Finding] = []
    for key, value in changes.items():
        try:
            parameter = _known(table, key)
        except ConfigError as error:
            problems += error.findings
            continue
        message = fault(parameter, value)
        if message:
            problems.append(Finding(message, path=(parameter.name,)))
        else:
            wanted[parameter.name] = canonical(parameter, value)
    if problems:
        raise ConfigError(*problems)
    return wanted


def _known(table: Table, key: str) -> Parameter:
    try:
        return table.parameter(parameter_name(table, key))
    except KeyError:
        keys = [key for parameter in table.parameters for key in parameter.keys]
        names = ", ".join(parameter.name for parameter in table.parameters) or "it takes none"
        message = f"unknown parameter of {table.name}{suggestion(key, keys)} (known: {names})"
        raise ConfigError(Finding(message, path=(show_key(key),))) from None


def _plan(
    script: Script,
    changes: Mapping[str, Any],
    unset: Collection[str],
    datasets: Mapping[str, Dataset],
    prune: bool,
) -> _Plan:
    table = script.call.table
    wanted = _wanted(table, changes)
    unload = [port for port in table.datasets if port.name in unset]
    removed = {_known(table, key).name for key in unset if key not in {port.name for port in unload}}
    load = _wanted_datasets(table, datasets)
    _refuse_both([*wanted, *(port.name for port in load)], [*removed, *(port.name for port in unload)])
    rest = script._replace(faulty=script.faulty - wanted.keys())
    result = {name: value for name, value in (script.values | wanted).items() if name not in removed}
    missing = _missing(rest, result, removed)
    notes = [
        f"{name} is set to {spell(table.parameter(name), value)}, which the mode needs"
        for name, value in missing.items()
    ]
    useless = _useless(rest, result) - wanted.keys() if prune else set()
    changed = {name: value for name, value in (wanted | missing).items() if not _is_set(script, name, value)}
    unload += [port for port in _useless_datasets(rest, result) if port not in [*unload, *load]] if prune else []
    return _Plan(changed, (removed & script.arguments.keys()) | useless, load, unload, notes)


def _refuse_both(wanted: list[str], removed: list[str]) -> None:
    problems = [
        Finding("is to be set and to be taken out: say one of them", path=(name,)) for name in wanted if name in removed
    ]
    if problems:
        raise ConfigError(*problems)


def _missing(script: Script, result: dict[str, Any], removed: set[str]) -> dict[str, Value]:
    """Return what the mode needs and the script lacks, by the designer's defaults; ``result`` is filled up with it."""
    missing: dict[str, Value] = {}
    for parameter in script.call.table.parameters:
        name = parameter.name
        given = result.get(name) is not None or name in script.faulty
        none_will_do = "none" in parameter.written_as and name in result
        if given or none_will_do or name in removed or not parameter.required:
            continue
        if counts(script.call.table, parameter, result):
            missing[name] = result[name] = parameter.when_left_out
    return missing


def _useless(script: Script, result: dict[str, Any]) -> set[str]:
    """Return the arguments that have no effect in a mode that is known."""
    return {
        parameter.name
        for parameter in script.call.table.parameters
        if parameter.name in script.arguments and (parameter.ignored or _has_no_effect(script, parameter, result))
    }


def _useless_datasets(script: Script, result: dict[str, Any]) -> list[Port]:
    """Return the datasets that the script loads as a generated one does, and that have no effect."""
    ports = [port for port in script.call.table.datasets if _has_no_effect(script, port, result)]
    if not ports:
        return []

    return [port for port in ports if loads(script.text, script.names, port.name)]


def _has_no_effect(script: Script, of: Parameter | Port, result: dict[str, Any]) -> bool:
    table = script.call.table
    modes = [condition.parameter for condition in conditions(table, of)]
    known = not any(mode in script.faulty or result.get(mode) is DYNAMIC for mode in modes)
    return known and not counts(table, of, result)


def _is_set(script: Script, name: str, value: Value) -> bool:
    """Say whether an argument has the value already; True is not 1."""
    if name not in script.values or name in script.faulty:
        return False
    return (type(script.values[name]), script.values[name]) == (type(value), value)


def _edited(script: Script, edits: list[Edit]) -> str:
    try:
        return script.text.edited(edits)
    except OverlapError:
        message = "what is to change here lies too close together: make one change at a time"
        raise _refused(script, script.call.node, message) from None


def _edits(script: Script, plan: _Plan) -> list[Edit]:
    if not (plan.values or plan.remove or plan.load or plan.unload):
        return []

    enums = Enums(script.names, script.text, script.call)
    editor = Editor(script.text, script.names, enums, script.call, script.arguments)
    for name, value in plan.values.items():
        parameter = script.call.table.parameter(name)
        if name in script.arguments:
            editor.replace(parameter, script.arguments[name], value)
        else:
            editor.insert(parameter, value)
    for argument in script.given:
        if argument.name in plan.remove:
            editor.remove(argument)
    for port in plan.load:
        editor.hand_over(port, script.arguments.get(port.name))
    for port in plan.unload:
        editor.hand_over_nothing(port, script.arguments.get(port.name))
    try:
        return [*editor.edits(), *_loading(script, plan)]
    except UnreadableError as error:
        raise _refused(script, script.call.node, f"the scoring call or an import cannot be edited: {error}") from None


def _loading(script: Script, plan: _Plan) -> list[Edit]:
    if not plan.load and not plan.unload:
        return []

    for port in plan.load:
        home = script.call.use.scope.home(port.name)
        if home.parent:
            message = f"{port.name} is a name of this function alone, and is to be a global: rename that first"
            raise _refused(script, home.bindings[port.name][0].node, message)
    load = {port.name: render_loading(port, dataset) for port, dataset in plan.load.items()}
    try:
        return loading_edits(script.text, script.names, load, [port.name for port in plan.unload])
    except UnfollowableError as error:
        raise _refused(script, error.node, str(error)) from None


def _response_edits(script: Script, response: Response) -> list[Edit]:
    if not response.named:
        return []

    try:
        return response_edits(script, response)
    except UnfollowableError as error:
        raise _refused(script, error.node, str(error)) from None
    except RecursionError:
        raise _refused(script, script.call.node, "what run() returns is nested too deeply") from None


def _check_response(table: Table, response: Response) -> None:
    """Raise ConfigError for a response that a config may not have."""
    if response.named:
        parse_config({"module": table.id, "response": response.named}, check_outputs=False)


def _refused(script: Script, node: Any, message: str) -> RefusedError:
    return refused(message, START if node is None else script.text.place(node))


def _wanted_datasets(table: Table, datasets: Mapping[str, Dataset]) -> dict[Port, Dataset]:
    ports = {port.name: port for port in table.datasets}
    for name in datasets:
        if name not in ports:
            known = f" (known: {', '.join(ports)})" if ports else ""
            message = f"{table.name} takes no dataset of that name{suggestion(name, list(ports))}{known}"
            raise ConfigError(Finding(message, path=(show_key(name),)))
    return {ports[name]: dataset for name, dataset in datasets.items()}


def _verify(script: Script, result: str, plan: _Plan, response: Response) -> None:
    """Refuse a result that would not work; the place is that of the call in the script as it is."""
    error = next((finding for finding in check(result) if finding.severity == "error"), None)
    if error:
        what = f"{error.code} {error.about}" if error.about else error.code
        raise _refused(script, script.call.node, f"the result would not work: {what}: {error.message}")
    rewritten = read(result)
    meant = {name: value for name, value in (script.values | plan.values).items() if name not in plan.remove}
    for name in (meant.keys() | rewritten.values.keys()) - (script.faulty - plan.values.keys()):
        if name not in meant or not _is_set(rewritten, name, meant[name]):
            raise _refused(script, script.call.node, f"the result would give {name} another value: edit it by hand")
    if _response_edits(rewritten, response):
        raise _refused(script, script.call.node, "the result would not give the response back: change it by hand")
