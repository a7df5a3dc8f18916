"""A config as the fields of a form, and a form that was filled in as a config again. The tables say what there is."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

from generator.config.schema import REWRITE
from generator.facts.modules import Condition, Parameter, Port, Table, Value
from generator.findings import Finding
from generator.rules.modes import conditions, counts
from generator.rules.settings import BATCH, BODIES, Settings, canonical, complete, fault, in_config, parameter_name
from generator.translations.language import say

Kind: TypeAlias = Literal["choice", "number", "text"]
_YES, _NO = "true", "false"
_PARAMETERS, _DATASETS, _RESPONSE = "parameters", "datasets", "response"
_BODY, _STRICT = "body", "strict_json"
_NUMBER = re.compile(r"\s*[-+]?\d{1,30}\s*")


class Field(NamedTuple):
    """One setting: its section of the config and its name there, and how it is shown.

    ``choices`` are the values that it may have, empty where any will do, ``shown`` what
    the page calls those that it calls otherwise. ``needs`` says what has to be chosen for it to count, where it does
    not; ``problem`` what is wrong with its value.
    """

    section: str
    name: str
    label: str
    kind: Kind
    value: str
    choices: tuple[str, ...] = ()
    shown: Mapping[str, str] = MappingProxyType({})
    minimum: int | None = None
    default: str = ""
    needs: str = ""
    problem: str = ""

    @property
    def key(self) -> str:
        """What the form calls it."""
        return f"{self.section}.{self.name}"


def fields_of(config: Mapping[str, Any], table: Table, language: str, problems: Iterable[Finding] = ()) -> list[Field]:
    """Return the fields of a script's config, of a module; labels are those of a language, where there are any.

    A parameter that the designer ignores has none. ``problems`` are those of the config.
    """
    said = {problem.path[:2]: problem.message for problem in problems}
    settings = _settings(config, table)
    for port in _missing(settings, config):  # the config says that of the option that needs it
        if port.only_with and said.pop((_PARAMETERS, port.only_with.parameter), None):
            said[_DATASETS, port.name] = say("is needed: name a .csv file, which is to lie beside score.py")
    shown = [
        _field_of_parameter(parameter, settings, config.get(_PARAMETERS) or {}, language)
        for parameter in table.parameters
        if not parameter.ignored
    ]
    shown += [_field_of_dataset(port, settings, config.get(_DATASETS) or {}, language) for port in table.datasets]
    if config.get("endpoint") != BATCH:
        shown += _fields_of_response(config.get(_RESPONSE) or {})
    return [field._replace(problem=said.get((field.section, field.name), "")) for field in shown]


def _missing(settings: Settings, config: Mapping[str, Any]) -> list[Port]:
    """Return the datasets that have to be named, and are not."""
    given, chosen = config.get(_DATASETS) or {}, settings.parameters
    return [
        port
        for port in settings.table.datasets
        if port.required and port.name not in given and counts(settings.table, port, chosen)
    ]


def config_of(given: Mapping[str, str], before: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """Return the config ``before`` with what a form holds, by the keys of its fields.

    What counts only in another mode leaves the config.
    """
    config = copy.deepcopy(dict(before))
    parameters = {
        parameter.name: value
        for parameter in table.parameters
        if (value := _value(parameter, given.get(f"{_PARAMETERS}.{parameter.name}", ""))) is not None
    }
    chosen = _settings({**config, _PARAMETERS: parameters}, table).parameters
    parameters = {name: value for name, value in parameters.items() if counts(table, table.parameter(name), chosen)}
    known = config.get(_DATASETS) or {}
    datasets = {
        port.name: {**known.get(port.name, {}), "path": path}
        for port in table.datasets
        if (path := given.get(f"{_DATASETS}.{port.name}", "").strip())
    }
    response = dict(config.get(_RESPONSE) or {})
    body, strict = given.get(f"{_RESPONSE}.{_BODY}", ""), given.get(f"{_RESPONSE}.{_STRICT}", "")
    if body:
        response[_BODY] = body
    if strict:
        response[_STRICT] = strict == _YES
    if config.get("mode") != REWRITE:  # where what is left out is as in the script that is there
        defaults = {_BODY: BODIES[0], _STRICT: False}
        response = {name: value for name, value in response.items() if defaults.get(name) != value}
    for section, content in ((_PARAMETERS, parameters), (_DATASETS, datasets), (_RESPONSE, response)):
        config.pop(section, None)
        if content:
            config[section] = content
    return config


def _settings(config: Mapping[str, Any], table: Table) -> Settings:
    """Return what the config's parameters come to, those that are wrong left out."""
    given: dict[str, Value] = {}
    for key, value in (config.get(_PARAMETERS) or {}).items():
        name = parameter_name(table, key)
        known = next((parameter for parameter in table.parameters if parameter.name == name), None)
        if known and fault(known, value) is None and value is not None:
            given[name] = canonical(known, value)
    return complete(table, given, {})


def _field_of_parameter(parameter: Parameter, settings: Settings, config: Mapping[str, Any], language: str) -> Field:
    table = settings.table
    said = {parameter_name(table, key): value for key, value in config.items()}.get(parameter.name)
    value = said if said is not None else in_config(parameter, settings.parameters.get(parameter.name))
    if value is not None and parameter.type == "option" and fault(parameter, value) is None:
        value = in_config(parameter, canonical(parameter, value))
    counting = counts(table, parameter, settings.parameters)
    if value is None and counting:
        value = in_config(parameter, parameter.when_left_out)
    kinds: dict[str, Kind] = {"option": "choice", "boolean": "choice", "integer": "number", "text": "text"}
    return Field(
        _PARAMETERS,
        parameter.name,
        parameter.label_in(language),
        kinds[parameter.type],
        _text(value),
        tuple(option.name for option in parameter.options) or ((_YES, _NO) if parameter.type == "boolean" else ()),
        {option.name: option.name_in(language) for option in parameter.options},
        parameter.minimum,
        _text(in_config(parameter, parameter.when_left_out)),
        "" if counting else _needs(settings, parameter, language),
    )


def _names(table: Table, condition: Condition, language: str) -> list[str]:
    options = table.parameter(condition.parameter).options
    return [option.name_in(language) for option in options if option.member in condition.options]


def _needs(settings: Settings, of: Parameter | Port, language: str) -> str:
    """Return what has to be chosen next for a parameter or port to count, by labels."""
    table, chosen = settings.table, settings.parameters
    missing = [item for item in conditions(table, of) if chosen.get(item.parameter) not in item.options]
    label = table.parameter(missing[-1].parameter).label_in(language)
    return say("{label}: {options}", label=label, options=" / ".join(_names(table, missing[-1], language)))


def _field_of_dataset(port: Port, settings: Settings, config: Mapping[str, Any], language: str) -> Field:
    counting = counts(settings.table, port, settings.parameters)
    value = config.get(port.name)
    path = value.get("path", "") if isinstance(value, Mapping) else value or ""
    needs = "" if counting else _needs(settings, port, language)
    return Field(_DATASETS, port.name, port.name.replace("_", " "), "text", str(path), needs=needs)


def _fields_of_response(config: Mapping[str, Any]) -> list[Field]:
    body, strict = config.get(_BODY, BODIES[0]), config.get(_STRICT, False)
    return [
        Field(_RESPONSE, _BODY, _BODY, "choice", _text(body), BODIES, default=BODIES[0]),
        Field(_RESPONSE, _STRICT, _STRICT, "choice", _text(strict), (_YES, _NO), default=_NO),
    ]


def _value(parameter: Parameter, text: str) -> Any:
    """Return what a field holds as a config has it; None for nothing. What is wrong stays: the config will say so."""
    if parameter.type == "boolean":
        return {_YES: True, _NO: False}.get(text)
    if not text.strip():
        return None
    if parameter.type == "integer":
        return int(text) if _NUMBER.fullmatch(text) else text
    return text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _YES if value else _NO
    return "" if value is None else str(value)
