"""The config's JSON Schema (2020-12), derived from the parameter tables.

It serves the validation of configs and the editors that offer keys and values while one is written. What is allowed
but has no effect is marked ``deprecated``: valid for every validator, a hint in an editor, a warning of ours.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any, TypeAlias

from generator.names import fold
from generator.settings import conditions, ignored_because, option_names
from generator.table import CommandLine, Condition, Parameter, Port, Table, load_tables

Schema: TypeAlias = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WRITTEN = [*map(chr, range(0x20, 0x180)), *map(chr, range(0x2018, 0x201A))]
"""The characters in which a label may be written: Latin letters with their accents, and the apostrophes."""

_DATASET = {
    "type": "object",
    "description": "Data that the script loads once, when the endpoint starts.",
    "properties": {
        "path": {
            "description": "A .csv file, or the folder of a designer dataset; folders are separated by /.",
            "type": "string",
            "pattern": r"^[^\\\0]+$",
            "not": {"pattern": r"\.(arff|gz|json|jsonl|parquet|pkl|tsv|txt|xls|xlsx|zip)$"},
        },
        "relative_to": {
            "description": "Where the path starts: beside the script, or in the model's folder (AZUREML_MODEL_DIR).",
            "enum": ["script", "model"],
            "default": "script",
        },
    },
    "required": ["path"],
    "additionalProperties": False,
}


@functools.cache
def config_schema() -> Schema:
    """Return the JSON Schema of a config. It is shared: do not change it."""
    tables = load_tables()
    return {
        "$schema": _DIALECT,
        "title": "scoregen config",
        "description": "What scoregen generates a score.py from: one script, or a list of them under `scripts`.",
        "type": "object",
        "properties": {
            "scripts": {
                "description": "One block for each script.",
                "type": "array",
                "minItems": 1,
                "items": {"$ref": "#/$defs/script"},
            }
        },
        "if": {"required": ["scripts"]},
        "then": {"properties": {"scripts": True}, "additionalProperties": False},
        "else": {"$ref": "#/$defs/script"},
        "$defs": {"script": _script(tables), "dataset": _DATASET} | {table.id: _module(table) for table in tables},
    }


def _script(tables: tuple[Table, ...]) -> Schema:
    return {
        "type": "object",
        "properties": {
            "module": {
                "description": "The Score module, or the module that trained the model.",
                "enum": [key for table in tables for key in table.keys],
            },
            "output": {
                "description": "The file to write, relative to the config.",
                "type": "string",
                "pattern": r"^[^\\\0]*[^\\\0/]$",
                "default": "score.py",
            },
            "parameters": {
                "description": "By the name in score.py or by the label in the designer.",
                "type": ["object", "null"],
            },
            "datasets": {
                "description": "What the module's optional dataset ports are given.",
                "type": ["object", "null"],
            },
        },
        "required": ["module"],
        "additionalProperties": False,
        "allOf": [
            {
                "if": {"properties": {"module": {"enum": list(table.keys)}}, "required": ["module"]},
                "then": {"$ref": f"#/$defs/{table.id}"},
            }
            for table in tables
        ],
    }


def _module(table: Table) -> Schema:
    required = (port for port in table.datasets if port.required)
    rules = [_required_dataset(table, port) for port in required] + [
        _ignored(table, "datasets", (port.name,), port) for port in table.datasets if port.only_with
    ]
    rules += [_ignored(table, "parameters", item.keys, item) for item in table.parameters if item.only_with]
    module: Schema = {
        "title": table.name,
        "properties": {
            "parameters": {
                "properties": {key: _value(parameter) for parameter in table.parameters for key in parameter.keys},
                "patternProperties": {
                    _any_spelling(label.text): _value(parameter)
                    for parameter in table.parameters
                    for label in parameter.labels
                },
                "additionalProperties": False,
            },
            "datasets": {
                "properties": {port.name: {"$ref": "#/$defs/dataset"} for port in table.datasets},
                "additionalProperties": False,
            },
        },
    }
    return module | ({"allOf": rules} if rules else {})


def _value(parameter: Parameter) -> Schema:
    schema: Schema = {"description": _description(parameter)}
    default = parameter.default if parameter.in_script is None else parameter.in_script
    if parameter.type == "option":
        names = [option.name for option in parameter.options]
        schema["enum"] = list(dict.fromkeys(names + [option.member for option in parameter.options]))
        default = next((option.name for option in parameter.options if option.member == default), None)
    elif parameter.type == "boolean":
        schema["enum"] = [True, False, "True", "False"]
    elif parameter.type == "integer":
        schema |= {"type": "integer", "minimum": parameter.minimum}
    else:
        schema["type"] = ["string", "null"] if parameter.nullable else "string"
        schema |= _command_line(parameter.command_line) if parameter.command_line else {}
    if default is not None:
        schema["default"] = default
    if parameter.ignored:
        schema["deprecated"] = True
    return schema


def _description(parameter: Parameter) -> str:
    return "; ".join(filter(None, (parameter.labels[0].text, parameter.ignored and f"ignored: {parameter.ignored}")))


def _command_line(command_line: CommandLine) -> Schema:
    """Allow words that are no options, and the options that are not refused: see ``settings.fault``."""
    discouraged = [option for reason in command_line.discouraged for option in reason.options]
    allowed = [*command_line.accepted, *discouraged]
    short = "".join(option[1] for option in allowed if len(option) == 2)
    long = _one_of(option[2:] for option in allowed if len(option) > 2)
    word = rf"(?:[^-\s]\S*|-[0-9.]\S*|-[{short}]\S*|--{long}(?:=\S*)?|-)?"
    return {
        "pattern": rf"^{word}(?: {word})*$(?!\n)",
        "patternErrorMessage": "An option that is not known, or that the module sets itself or does not support.",
        "if": {"type": "string", "pattern": rf"(?:^| ){_one_of(discouraged)}(?:[ =]|$)"},
        "then": {"deprecated": True},
    }


def _one_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(_escaped, words)) + ")"


def _escaped(text: str) -> str:
    """Escape what has a meaning in a pattern and nothing else: JavaScript refuses more."""
    return re.sub(r"[\\^$.*+?()\[\]{}|/]", r"\\\g<0>", text)


def _required_dataset(table: Table, port: Port) -> Schema:
    return {
        "if": _counts(table, port),
        "then": {"properties": {"datasets": {"required": [port.name], "type": "object"}}, "required": ["datasets"]},
    }


def _ignored(table: Table, section: str, keys: tuple[str, ...], of: Parameter | Port) -> Schema:
    hint = {"deprecated": True, "description": f"Ignored: {ignored_because(table, of)}"}
    return {"if": _counts(table, of), "else": {"properties": {section: {"properties": dict.fromkeys(keys, hint)}}}}


def _counts(table: Table, of: Parameter | Port) -> Schema:
    return {"allOf": [_holds(table, condition) for condition in conditions(table, of)]}


def _holds(table: Table, condition: Condition) -> Schema:
    """Hold for a script block in which the condition's parameter has one of its options, given or left out."""
    parameter = table.parameter(condition.parameter)
    fits = {"enum": [*option_names(table, condition), *condition.options]}
    if _left_out(parameter) in condition.options:
        return {"properties": {"parameters": {"properties": dict.fromkeys(parameter.keys, fits)}}}
    given = [{"properties": {key: fits}, "required": [key]} for key in parameter.keys]
    return {"properties": {"parameters": {"type": "object", "anyOf": given}}, "required": ["parameters"]}


def _left_out(parameter: Parameter) -> Any:
    return parameter.default if parameter.in_script is None else parameter.in_script


def _any_spelling(label: str) -> str:
    """Return the pattern of all that folds to the same as ``label``."""
    return "^" + "".join(_any_case(char) for char in fold(label)) + "$"


@functools.cache
def _any_case(char: str) -> str:
    same = "".join(other for other in _WRITTEN if fold(other) == char)
    accents = r"[\u0300-\u036f]*" if char.isalpha() else ""
    return (f"[{same}]" if len(same) > 1 else _escaped(char)) + accents
