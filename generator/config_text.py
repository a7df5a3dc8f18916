"""A config as YAML with comments, for people to read and change: the way back from ``generator.document``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.document import read_document
from generator.settings import dataset_rule, either, requirement
from generator.table import Parameter, Port, Table, tables_by_key

_WIDEST = 100
_PLAIN = re.compile(r"[A-Za-z](?:[\w ()./-]*[\w)./-])?", re.ASCII)


def config_text(config: Mapping[str, Any]) -> str:
    """Return the YAML text of a config of one script, its parameters by name.

    Comments give each parameter's label and what is allowed.
    """
    return "\n".join(_lines(config, tables_by_key()[config["module"]])) + "\n"


def _lines(config: Mapping[str, Any], table: Table) -> Iterator[str]:
    yield f"module: {_scalar(config['module'])}"
    if "output" in config:
        yield f"output: {_scalar(config['output'])}"
    if config.get("parameters"):
        yield from ("", "parameters:")
    for name, value in config.get("parameters", {}).items():
        yield from map(_comment, _about_parameter(table, table.parameter(name)))
        yield f"  {name}: {_scalar(value)}"
    if config.get("datasets"):
        yield from ("", "datasets:")
    for name, dataset in config.get("datasets", {}).items():
        yield from map(_comment, _about_dataset(table, next(port for port in table.datasets if port.name == name)))
        yield f"  {name}:"
        yield from (f"    {key}: {_scalar(value)}" for key, value in dataset.items())


def _comment(text: str) -> str:
    return f"  # {text}"


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


def _scalar(value: Any) -> str:
    """Return a value on one line; text in quotes unless it is plain words that YAML reads as text."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return str(value)
    if _PLAIN.fullmatch(value) and read_document(value).value == value:
        return value
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
