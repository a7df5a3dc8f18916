"""Settings as a config, and that as YAML with comments, for people to read and change."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from generator.config.exchange import exchange_section
from generator.config.schema import REWRITE, config_schema
from generator.facts.modules import Parameter, Port, Table
from generator.rules.modes import dataset_rule, requirement
from generator.rules.module_names import table_called
from generator.rules.settings import ENDPOINTS, Settings, complete_response, in_config
from generator.text.wording import either
from generator.text.yaml_writer import scalar
from generator.translations.language import ENGLISH, speaking

_WIDEST = 100
_FEW = 5
_HEAD = (
    "# The config of an entry script: change it, and run `scoregen sync`.",
    "# A line like #name: value sets nothing until its # is taken away.",
)
_HEAD_OF_MANY = (
    "# The config of several entry scripts: change it, and run `scoregen sync`.",
    "# What else one can be given shows with `scoregen modules`.",
)
_KEPT_CODE = (
    "The script does more than a config can say. So what stands here is set in it, and all else stays as it is;",
    "without this line it is replaced as a whole.",
)
_SECTIONS = ("parameters", "datasets", "request", "response")


def config_of(settings: Settings) -> dict[str, Any]:
    """Return the config of a script with these settings, as the mapping that its YAML holds, parameters by name."""
    table, parameters = settings.table, settings.parameters
    config: dict[str, Any] = {"module": table.name}
    if settings.endpoint != ENDPOINTS[0]:
        config["endpoint"] = settings.endpoint
    known = (parameter for parameter in table.parameters if parameter.name in parameters)
    if given := {parameter.name: in_config(parameter, parameters[parameter.name]) for parameter in known}:
        config["parameters"] = given
    if settings.datasets:
        config["datasets"] = {name: dataset._asdict() for name, dataset in settings.datasets.items()}
    return config | exchange_section(settings.request, complete_response(table, settings.response))


def config_text(config: Mapping[str, Any]) -> str:
    """Return the YAML text of a config of one script, its parameters by name.

    Comments give each parameter's label and what is allowed.
    """
    return _joined(
        (*(f"{key}: {scalar(value)}" for key, value in config.items() if key not in _SECTIONS), *_sections(config, {}))
    )


@speaking(ENGLISH)
def full_config_text(
    config: Mapping[str, Any], spare: Mapping[str, Any], notes: Mapping[str, Iterable[str]] = MappingProxyType({})
) -> str:
    """Return the same with more comments, and with ``spare`` as lines to un-comment.

    That is what the config leaves out, in the form of a config. What both have is as in the config. ``notes`` say of a
    key why it is as it is.
    """
    lines = [*_HEAD]
    for key, schema in _properties("script").items():
        if key not in _SECTIONS and (key in config or key in spare):
            is_kept = key == "mode" and config.get(key) == REWRITE
            lines += ["", *([] if is_kept else _comments(_about_key(schema)))]
            lines += _key(key, config, notes) if key in config else [f"#{key}: {_inline(spare[key])}"]
    return _joined((*lines, *_sections(config, spare)))


@speaking(ENGLISH)
def text_of_many(configs: Iterable[tuple[Mapping[str, Any], Mapping[str, Iterable[str]]]]) -> str:
    """Return the YAML text of one config for several scripts: of each its config is given, and why its keys are so.

    Each says what its own says; comments give the reasons, and what its parameters may be.
    """
    lines = [*_HEAD_OF_MANY, "", "scripts:"]
    for config, reasons in configs:
        keys = [key for key in _properties("script") if key in config and key not in _SECTIONS]  # the module first
        block = [line for key in keys for line in _key(key, config, reasons)]
        block += filter(None, _sections(config, {}))
        lines += [f"  - {block[0]}", *(f"    {line}" for line in block[1:]), ""]
    return _joined(lines[:-1])


def _key(key: str, config: Mapping[str, Any], notes: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield the lines of a key that stands before the sections, below why it is as it is."""
    if key == "mode" and config[key] == REWRITE:
        yield from _comments(_KEPT_CODE)
    yield from _comments(line for note in notes.get(key, ()) for line in textwrap.wrap(note, _WIDEST))
    yield from _setting(key, config[key])


def _properties(name: str) -> dict[str, Any]:
    properties: dict[str, Any] = config_schema()["$defs"][name]["properties"]
    return properties


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _comments(lines: Iterable[str], margin: str = "") -> Iterator[str]:
    return (f"{margin}# {line}" for line in lines)


def _sections(config: Mapping[str, Any], spare: Mapping[str, Any]) -> Iterator[str]:
    table = table_called(config["module"])
    abouts = {
        "parameters": {parameter.name: _about_parameter(table, parameter) for parameter in table.parameters},
        "datasets": {port.name: _about_dataset(table, port) for port in table.datasets},
        "request": {name: _about_key(schema) for name, schema in _properties("request").items()},
        "response": {name: _about_key(schema) for name, schema in _properties("response").items()},
    }
    for section, about in abouts.items():
        given, other = config.get(section) or {}, spare.get(section, {})
        if given or other:
            yield from ("", f"{section}:", *_section(about, given, other))


def _section(about: Mapping[str, Iterable[str]], given: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is given and, commented out, what else there is, each below what there is to say about it."""
    for number, name in enumerate(name for name in about if name in given or name in other):
        if number and other:
            yield ""
        yield from _comments(about[name], "  ")
        if name in given:
            yield from (f"  {line}" for line in _setting(name, given[name]))
        else:
            yield f"  #{name}: {_inline(other[name])}"


def _setting(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield f"{name}:"
        yield from (f"  {line}" for key, item in value.items() for line in _setting(key, item))
    else:
        yield f"{name}: {_inline(value)}"


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {scalar(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(scalar, value)) + "]" if isinstance(value, list) else scalar(value)


def _about_key(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the schema says of a key, and its values where they are few."""
    yield from textwrap.wrap(schema["description"], _WIDEST)
    allowed = ["true", "false"] if schema.get("type") == "boolean" else list(map(scalar, schema.get("enum", ())))
    if 0 < len(allowed) <= _FEW:
        yield either(allowed)


def _about_parameter(table: Table, parameter: Parameter) -> Iterator[str]:
    label, names = parameter.labels[0].text, [option.name for option in parameter.options]
    short = f"{label}: {_allowed(parameter, names)}"
    if len(short) <= _WIDEST or not names:
        yield short
    else:
        yield f"{label}:"
        yield from (f"  {name}" for name in names)
    if parameter.only_with:
        yield f"only with {requirement(table, parameter)}"
    if parameter.ignored:
        yield f"ignored: {parameter.ignored}"


def _allowed(parameter: Parameter, names: list[str]) -> str:
    if parameter.type == "option":
        return either(names)
    if parameter.type == "boolean":
        return "true or false"
    if parameter.type == "integer":
        return "a whole number" if parameter.minimum is None else f"a whole number, {parameter.minimum} or more"
    return "text, or nothing" if parameter.nullable else "text"


def _about_dataset(table: Table, port: Port) -> Iterator[str]:
    yield "a .csv file or the folder of a designer dataset; relative_to: script, or model for AZUREML_MODEL_DIR"
    if port.only_with:
        yield dataset_rule(table, port)
