"""What is set and taken out so that a script has the parameters that are asked for, and what its new mode needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from generator.facts.modules import Parameter, Port, Table, Value
from generator.findings import ConfigError, Finding
from generator.rules.dataset_path import path_fault
from generator.rules.literals import spell
from generator.rules.modes import conditions, counts
from generator.rules.settings import Dataset, canonical, fault, parameter_name
from generator.script.edit.datasets import loads
from generator.script.read import Script
from generator.script.values import DYNAMIC
from generator.text.wording import part_of, show_key, suggestion
from generator.translations.language import say


class Plan(NamedTuple):
    """What to set (canonical) and what to take out, of the parameters and of the datasets, and what to say of it.

    ``needed`` are those of ``values`` that nobody asked for, and that the new mode needs; ``pruned`` those of
    ``remove`` that it ignores.
    """

    values: dict[str, Value]
    remove: set[str]
    load: dict[Port, Dataset]
    unload: list[Port]
    notes: list[str]
    needed: Collection[str] = ()
    pruned: Collection[str] = ()

    @property
    def changes(self) -> tuple[object, ...]:
        """What is set and taken out, whatever is said of it."""
        return self.values, self.remove, self.load, self.unload

    @property
    def is_empty(self) -> bool:
        """Whether nothing is set or taken out."""
        return not (self.values or self.remove or self.load or self.unload)

    def applied_to(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the parameters have then."""
        return {name: value for name, value in {**values, **self.values}.items() if name not in self.remove}


NO_PLAN = Plan({}, set(), {}, [], [])


def plan_of(
    script: Script,
    changes: Mapping[str, Any],
    unset: Collection[str],
    datasets: Mapping[str, Dataset],
    prune: bool,
) -> Plan:
    """Return what must change so that a script's call is given what is asked for, named as a user may name it.

    With ``prune``, what the new mode ignores goes too. Raises ConfigError for a change that is not allowed.
    """
    table = script.call.table
    wanted = _wanted(table, changes)
    unload = [port for port in table.datasets if port.name in unset]
    removed = {_known(table, key).name for key in unset if key not in {port.name for port in unload}}
    load = _wanted_datasets(table, datasets)
    _refuse_both([*wanted, *(port.name for port in load)], [*removed, *(port.name for port in unload)])
    rest = script._replace(faulty=script.faulty - wanted.keys())
    result = {name: value for name, value in (script.values | wanted).items() if name not in removed}
    missing = _missing(rest, result, removed, wanted)
    notes = [
        say("{name} is set to {value}, which the mode needs", name=name, value=spell(table.parameter(name), value))
        for name, value in missing.items()
    ]
    useless = _useless(rest, result) - wanted.keys() if prune else set()
    changed = {name: value for name, value in (wanted | missing).items() if not is_set(script, name, value)}
    unload += [port for port in _useless_datasets(rest, result) if port not in [*unload, *load]] if prune else []
    if script.call.rest is None:
        removed &= script.arguments.keys()
    return Plan(changed, removed | useless, load, unload, notes, missing, useless - removed)


def is_set(script: Script, name: str, value: Value) -> bool:
    """Say whether an argument has the value already; True is not 1."""
    if name not in script.values or name in script.faulty:
        return False
    return (type(script.values[name]), script.values[name]) == (type(value), value)


def mode_of(script: Script, name: str, result: Mapping[str, Any]) -> Any:
    """Return what decides a mode then: None where the call is not given it, DYNAMIC where it may be."""
    return result.get(name, None if script.call.rest is None else DYNAMIC)


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
        called = {parameter.name: parameter.keys for parameter in table.parameters}
        keys = [key for names in called.values() for key in names]
        names = ", ".join(parameter.name for parameter in table.parameters) or say("it takes none")
        message = say(
            "unknown parameter of {name}{hint} (known: {names})",
            name=table.name,
            hint=suggestion(key, keys) or part_of(key, called),
            names=names,
        )
        raise ConfigError(Finding(message, path=(show_key(key),))) from None


def _refuse_both(wanted: list[str], removed: list[str]) -> None:
    problems = [
        Finding(say("is set and removed at once: choose one"), path=(name,)) for name in wanted if name in removed
    ]
    if problems:
        raise ConfigError(*problems)


def _missing(
    script: Script, result: dict[str, Any], removed: set[str], wanted: Mapping[str, Value]
) -> dict[str, Value]:
    """Return what the mode needs and the script lacks, by the designer's defaults; ``result`` is filled up with it.

    What only the running script decides may be so that the mode needs it, if one of the wanted values makes it so.
    """
    missing: dict[str, Value] = {}
    for parameter in script.call.table.parameters:
        name = parameter.name
        given = (result.get(name) is not None and not _may_be_none(script, name, result)) or name in script.faulty
        none_will_do = "none" in parameter.written_as and name in result
        if given or none_will_do or name in removed or not parameter.required:
            continue
        if script.call.rest is not None and not _depends_on(script, parameter, wanted):
            continue  # it may be there, and is needed no more than before
        if counts(script.call.table, parameter, result) or _may_count(script, parameter, result, wanted):
            missing[name] = result[name] = parameter.when_left_out
    return missing


def _may_count(script: Script, parameter: Parameter, result: dict[str, Any], wanted: Mapping[str, Value]) -> bool:
    every = [(mode_of(script, each.parameter, result), each) for each in conditions(script.call.table, parameter)]
    fits = all(value is DYNAMIC or value in condition.options for value, condition in every)
    return fits and _depends_on(script, parameter, wanted)


def _depends_on(script: Script, parameter: Parameter, wanted: Mapping[str, Value]) -> bool:
    """Say whether one of the wanted values may decide that a parameter is needed."""
    return any(condition.parameter in wanted for condition in conditions(script.call.table, parameter))


def _may_be_none(script: Script, name: str, result: dict[str, Any]) -> bool:
    """Say whether an argument that stays is None, or is not there, on some way through the script."""
    argument = script.arguments.get(name)
    if argument is None or result[name] is not DYNAMIC:
        return False
    return argument.maybe or any(value is None for value, _ in argument.alternatives)


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
    known = not any(mode in script.faulty or mode_of(script, mode, result) is DYNAMIC for mode in modes)
    return known and not counts(table, of, result)


def _wanted_datasets(table: Table, datasets: Mapping[str, Dataset]) -> dict[Port, Dataset]:
    ports = {port.name: port for port in table.datasets}
    for name in datasets:
        if name not in ports:
            known = say(" (known: {ports})", ports=", ".join(ports)) if ports else ""
            message = say(
                "{name} takes no dataset of that name{hint}{known}",
                name=table.name,
                hint=suggestion(name, list(ports)),
                known=known,
            )
            raise ConfigError(Finding(message, path=(show_key(name),)))
        if fault := path_fault(datasets[name].path):
            raise ConfigError(Finding(fault, path=(name,)))
    return {ports[name]: dataset for name, dataset in datasets.items()}
