"""The config's JSON Schema (2020-12), derived from the parameter tables.

It serves the validation of configs and the editors that offer keys and values while one is written. What is allowed
but has no effect is marked ``deprecated``: valid for every validator, a hint in an editor, a warning of ours.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from generator.conda.block_schema import conda_schema, definitions, module_conda_schema
from generator.conda.ranges import END
from generator.config.client import client_schema
from generator.config.deployment import deployment_schema
from generator.config.exchange import CONVERT_SCHEMA, ONLINE_ONLY, REQUEST_SCHEMA, RESPONSE_SCHEMA
from generator.facts.containers import load_images
from generator.facts.modules import CommandLine, Condition, Parameter, Port, Table, load_tables
from generator.model.names import OPEN_MODEL
from generator.rules.command_line import allowed_pattern, clean_pattern, escaped
from generator.rules.dataset_path import PATTERNS
from generator.rules.modes import conditions, ignored_because, option_names
from generator.rules.settings import BATCH, ENDPOINTS, LARGEST_NUMBER, SPELT_BOOLEANS, in_config, takes_images
from generator.rules.validator import validator
from generator.text.meaning import names_of, spelling_of, spelling_of_one
from generator.translations.language import ENGLISH, speaking

Schema: TypeAlias = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
DEFAULT_OUTPUT = "score.py"
CONFIG_FILE = "scoregen.yaml"
"""What a config is called that stands alone."""
_OUTSIDE = r"^/|^(?:\./+)*\.\.(?:/|$)|(?:^|/)\.{1,2}$"  # what ``parse`` refuses besides takes more than a pattern
REWRITE = "rewrite"
REQUIRED_VERSION = "required-version"
_VERSION = r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,3}(?:(?:a|b|rc)[0-9]{1,9})?(?:\.dev[0-9]{1,9})?"
_CLAUSE = rf"(?:(?:==|!=|<=|>=|<|>) *{_VERSION}|~= *[0-9]{{1,9}}\.{_VERSION})"
VERSIONS = rf"^{_CLAUSE}(?: *, *{_CLAUSE}){{0,9}}$(?!\n)"
"""What ``required-version`` may be: conditions as pip takes them, with commas between."""
_REQUIRED_VERSION = {
    "description": "The versions of scoregen that this config is for, as pip writes them: '>=0.1, <0.3'.",
    "type": "string",
    "pattern": VERSIONS,
}
GENERATE = "generate"
_PATH = {
    "description": "A .csv file, or the folder of a designer dataset; folders are separated by /.",
    "type": "string",
    "not": {"anyOf": [{"pattern": pattern} for pattern in PATTERNS]},
}
_WHOLE_DATASET = {
    "type": "object",
    "properties": {
        "path": _PATH,
        "relative_to": {
            "description": "Where the path starts: beside the script, or in the model's folder (AZUREML_MODEL_DIR).",
            "enum": ["script", "model"],
            "default": "script",
        },
    },
    "required": ["path"],
    "additionalProperties": False,
}
_DATASET = {
    "description": "Data that the script loads once, when the endpoint starts: a path alone is one beside the script.",
    "if": {"type": "string"},
    "then": _PATH,
    "else": _WHOLE_DATASET,
}
OPEN_MODEL_FOLDER = rf"(?:^|/){OPEN_MODEL}(?:/+\.)*/*{END}"
"""What ``model`` is where the model is in an open form: a folder that is called so."""
_IS_OPEN: Schema = {
    "properties": {
        "model": {
            "type": "string",
            "pattern": OPEN_MODEL_FOLDER,
            "patternErrorMessage": f"With `convert`: a folder called {OPEN_MODEL}, which `scoregen convert` writes.",
        },
    },
    "required": ["model"],
}
_IF_CONVERT: Schema = {"if": {"properties": {"convert": True}, "required": ["convert"]}, "then": _IS_OPEN}
_NAMED = {"required": ["endpoint"]}
"""Holds for a script block that names its kind of endpoint: one that does not is of the first kind."""

_SPELT = "anyOf"  # where an enum comes first in it, the patterns of other spellings follow
_HINT = "what has no effect"
_BRANCHES = ("if", "then", "else")
_BY_PATTERN = "patternProperties"  # in the schema of a config, only for other spellings of parameters

_KEEPS_CODE = {"properties": {"mode": {"const": REWRITE}}, "required": ["mode"]}
"""Holds for a script block whose script says itself what its block leaves out, so that no rule can look at both."""


@functools.cache
@speaking(ENGLISH)
def config_schema() -> Schema:
    """Return the JSON Schema of a config. It is shared: do not change it."""
    tables = load_tables()
    return {
        "$schema": _DIALECT,
        "title": "scoregen config",
        "description": "What scoregen generates a score.py from: one script, or a list of them under `scripts`.",
        "type": "object",
        "properties": {
            REQUIRED_VERSION: _REQUIRED_VERSION,
            "scripts": {
                "description": "One block for each script.",
                "type": "array",
                "minItems": 1,
                "items": {"$ref": "#/$defs/script", "properties": {REQUIRED_VERSION: {"not": {}}}},
            },
        },
        "if": {"properties": {"scripts": True}, "required": ["scripts"]},
        "then": {"properties": {"scripts": True, REQUIRED_VERSION: True}, "additionalProperties": False},
        "else": {"$ref": "#/$defs/script"},
        "$defs": {
            "script": _script(tables),
            "dataset": _DATASET,
            "request": REQUEST_SCHEMA,
            "response": RESPONSE_SCHEMA,
            "convert": CONVERT_SCHEMA,
        }
        | definitions()
        | {f"{kind}_deployment": deployment_schema(kind) for kind in ENDPOINTS}
        | {table.id: _module(table) for table in tables}
        | {name: definition for table in tables for name, definition in _shared(table)},
    }


@functools.cache
@speaking(ENGLISH)
def frame_schema() -> Schema:
    """Return what the JSON Schema says of a config around its scripts' blocks, which ``block_schema`` judges."""
    whole = config_schema()
    scripts = whole["properties"]["scripts"]
    items = {**scripts["items"], "type": "object"}
    del items["$ref"]
    properties = whole["properties"] | {"scripts": {**scripts, "items": items}}
    return {key: value for key, value in whole.items() if key not in ("else", "$defs")} | {"properties": properties}


@functools.cache
@speaking(ENGLISH)
def block_schema(module: str, endpoint: str, mode: str, hints: bool) -> Schema:
    """Return what the JSON Schema says of a script's block of a module, a kind of endpoint and a mode ("": unknown).

    It is for a block in which modules, parameters and options have one of their names. Without the spellings, the
    labels and the rules for others it judges a config of many scripts in half the time. ``hints``: whether it says
    what has no effect.
    """
    shared = config_schema()["$defs"]
    kind = {"module": module, "endpoint": endpoint, "mode": mode}
    parts = [
        part for part in _parts(shared["script"], kind, shared) if part and (hints or part.get("$comment") != _HINT)
    ]
    return {"$schema": _DIALECT, "allOf": [_by_name(part, shared) for part in parts], "$defs": shared}


def _parts(schema: Schema, kind: Mapping[str, str], shared: Schema) -> Iterator[Schema]:
    """Yield the parts of a block's schema that speak of a block of a kind, without what chooses between them."""
    chosen = schema.get("if", {}).get("properties", {"": True}).keys() <= kind.keys()
    left = (*_BRANCHES, "allOf", "$ref") if chosen else ("allOf", "$ref")
    yield {key: value for key, value in schema.items() if key not in left}
    further = list(schema.get("allOf", ()))
    if "$ref" in schema:
        further.append(shared[_referred_to(schema)])
    if chosen:
        holds = not any(validator(_by_name(schema["if"], shared))(kind))
        further.append(schema.get("then" if holds else "else", {}))
    for part in further:
        yield from _parts(part, kind, shared)


def _by_name(schema: Any, shared: Schema) -> Any:
    """Leave out the labels and the patterns of other spellings, and the references to what a module shares."""
    if isinstance(schema, list):
        return [_by_name(item, shared) for item in schema if not _is_spelt(item)]
    if not isinstance(schema, dict):
        return schema
    if schema.get(_SPELT, ({},))[0].keys() == {"enum"}:
        schema = {key: value for key, value in schema.items() if key != _SPELT} | schema[_SPELT][0]
    if "." in (name := _referred_to(schema)):
        return _by_name(shared[name], shared)
    named = {key: _by_name(value, shared) for key, value in schema.items() if key != _BY_PATTERN}
    for several in ("allOf", "anyOf"):
        if len(named.get(several, ())) == 1:
            named |= named.pop(several)[0]
    return named


def _is_spelt(alternative: Any) -> bool:
    """Say whether a schema holds for a parameter that is given by a label, or by another spelling."""
    if not isinstance(alternative, dict):
        return False
    return _BY_PATTERN in alternative or not _labels().isdisjoint(alternative.get("required", ()))


@functools.cache
def _labels() -> frozenset[str]:
    return frozenset(label for table in load_tables() for parameter in table.parameters for label in parameter.keys[1:])


def _referred_to(schema: Schema) -> str:
    """Return the name of the definition that a schema refers to, "" where it refers to none."""
    reference = schema.get("$ref")
    return reference.rpartition("/")[2] if isinstance(reference, str) else ""


def _script(tables: tuple[Table, ...]) -> Schema:
    module = {
        "description": "The Score module, or the module that trained the model.",
        **_one_of([key for table in tables for key in table.keys], map(_module_pattern, tables)),
    }
    return {
        "type": "object",
        "properties": {"module": module, **_keys_of_all_modules()},
        "required": ["module"],
        "additionalProperties": False,
        "allOf": [*map(_if_module, tables), *_if_endpoint(), _IF_CONVERT],
    }


def _if_module(table: Table) -> Schema:
    called = {"module": _one_of(table.keys, [_module_pattern(table)])}
    return {"if": {"properties": called, "required": ["module"]}, "then": {"$ref": f"#/$defs/{table.id}"}}


def _keys_of_all_modules() -> Schema:
    return {
        "output": {
            "description": "The file to write, relative to the config.",
            "type": "string",
            "pattern": r"^[^\\\x00-\x1f\x7f]{0,999}[^\\\s/\x00-\x1f\x7f]$",
            "not": {"pattern": _OUTSIDE},
            "default": DEFAULT_OUTPUT,
        },
        "model": {
            "description": "The model's folder, relative to this file; one beside it or the script is found.",
            "type": "string",
            "pattern": r"^(?!\s*$)[^\\\x00-\x1f\x7f]{1,1000}$",
        },
        "convert": {"$ref": "#/$defs/convert"},
        "mode": {
            "description": "Whether the file is replaced, or its parameters are set and nothing else is changed.",
            "enum": [GENERATE, REWRITE],
            "default": GENERATE,
        },
        "endpoint": {
            "description": "The kind of endpoint that calls the script: a batch endpoint hands it files.",
            "enum": list(ENDPOINTS),
            "default": ENDPOINTS[0],
        },
        "conda": conda_schema(),
        "deployment": {"description": "What endpoint.yml and deployment.yml say."},
        "container": {
            "description": "Whether a bundle holds what builds and runs a container of one's own.",
            "type": ["boolean", "object"],
            "default": False,
            "properties": {
                "base": {
                    "description": "What it begins with: Python's own image, or Microsoft's for inference.",
                    "enum": list(load_images().bases),
                    "default": next(iter(load_images().bases)),
                },
            },
            "additionalProperties": False,
        },
        "client": {"description": "What consume.py does to pictures, of a module that takes them."},
        "parameters": {
            "description": "By the name in score.py or by the label in the designer.",
            "type": ["object", "null"],
        },
        "datasets": {
            "description": "What the module's optional dataset ports are given.",
            "type": ["object", "null"],
        },
        "request": {"$ref": "#/$defs/request"},
        "response": {"$ref": "#/$defs/response"},
        REQUIRED_VERSION: True,
    }


def _if_endpoint() -> Iterator[Schema]:
    """Yield what the kind of endpoint, and a script that is kept, have against some keys."""
    only_online = {
        section: {"properties": {key: {"type": "null"} for key in keys}} for section, keys in ONLINE_ONLY.items()
    }
    yield {
        "if": {"properties": {"endpoint": {"const": BATCH}}, "required": ["endpoint"]},
        "then": {"properties": {"mode": {"not": {"const": REWRITE}}, "client": {"type": "null"}, **only_online}},
    }
    yield {"if": _KEEPS_CODE, "then": {"properties": {"request": {"type": "null"}}}}
    for kind in ENDPOINTS:
        yield {
            "if": {"properties": {"endpoint": {"const": kind}}} | ({} if kind == ENDPOINTS[0] else _NAMED),
            "then": {"properties": {"deployment": {"$ref": f"#/$defs/{kind}_deployment"}}},
        }


def _shared(table: Table) -> Iterator[tuple[str, Schema]]:
    """Yield the definitions that a module's own refers to more than once: values, and conditions."""
    for parameter in table.parameters:
        yield f"{table.id}.{parameter.name}", _value(table, parameter)
    subjects: list[Parameter | Port] = [*table.datasets, *table.parameters]
    for condition in (condition for subject in subjects for condition in conditions(table, subject)):
        yield _name_of(table, condition), _holds(table, condition)
        yield f"{_name_of(table, condition)}.values", _fitting(table, condition)


def _name_of(table: Table, condition: Condition) -> str:
    return f"{table.id}.{condition.parameter}.{'.'.join(condition.options)}"


def _referred(table: Table, parameter: Parameter) -> Schema:
    return {"$ref": f"#/$defs/{table.id}.{parameter.name}"}


def _module(table: Table) -> Schema:
    required = (port for port in table.datasets if port.required)
    rules = [_required_dataset(table, port) for port in required]
    alike: dict[tuple[Condition, ...], list[Parameter | Port]] = {}
    subjects: list[Parameter | Port] = [*table.datasets, *table.parameters]
    for subject in subjects:
        if needed := tuple(conditions(table, subject)):
            alike.setdefault(needed, []).append(subject)
    rules += [_ignored(table, subjects) for subjects in alike.values()]
    module: Schema = {
        "title": table.name,
        "properties": {
            "parameters": {
                "properties": {
                    key: _referred(table, parameter) for parameter in table.parameters for key in parameter.keys
                },
                _BY_PATTERN: {
                    spelling: _referred(table, parameter)
                    for parameter in table.parameters
                    for spelling in _spellings(parameter)
                },
                "additionalProperties": False,
                "if": {"type": "object"},  # some validators look for keys in null as well
                "then": {
                    "dependentSchemas": {
                        key: {"properties": dict.fromkeys(parameter.keys[index + 1 :], False)}
                        for parameter in table.parameters
                        for index, key in enumerate(parameter.keys[:-1])
                    }
                },
            },
            "datasets": {
                "properties": {port.name: {"$ref": "#/$defs/dataset"} for port in table.datasets},
                "additionalProperties": False,
            },
            "conda": module_conda_schema(table),
            "client": client_schema() if takes_images(table) else {"type": "null"},
        },
    }
    return module | ({"if": _KEEPS_CODE, "else": {"allOf": rules}} if rules else {})


def _value(table: Table, parameter: Parameter) -> Schema:
    schema: Schema = {"description": _description(table, parameter)}
    default: Any = parameter.when_left_out
    if parameter.type == "option":
        names = [option.name for option in parameter.options]
        members = [option.member for option in parameter.options]
        schema |= _one_of(dict.fromkeys(names + members), _option_patterns(parameter, members))
        default = in_config(parameter, default)
    elif parameter.type == "boolean":
        schema |= _one_of((True, False), (spelling_of_one(SPELT_BOOLEANS),))
    elif parameter.type == "integer":
        schema |= {"type": "integer", "minimum": parameter.minimum, "maximum": LARGEST_NUMBER}
    else:
        schema["type"] = ["string", "null"] if parameter.nullable else "string"
        schema |= _command_line(parameter.command_line) if parameter.command_line else {}
    if default is not None:
        schema["default"] = default
    if parameter.ignored:
        schema["deprecated"] = True
    return schema


def _description(table: Table, parameter: Parameter) -> str:
    label = parameter.labels[0].text
    if parameter.ignored:
        return f"{label}; ignored: {parameter.ignored}"
    return f"{label}; {ignored_because(table, parameter)}" if any(conditions(table, parameter)) else label


def _command_line(command_line: CommandLine) -> Schema:
    """Allow what ``settings.fault`` allows, and mark what ``settings.advice`` speaks against."""
    allowed, clean = allowed_pattern(command_line).pattern, clean_pattern(command_line).pattern
    return {
        "pattern": allowed,
        "patternErrorMessage": "An option that is not known, lacks its value, or that the module does not support.",
        "if": {"type": "string", "pattern": allowed, "not": {"pattern": clean}},
        "then": {"deprecated": True},
    }


def _required_dataset(table: Table, port: Port) -> Schema:
    return {
        "if": _counts(table, port),
        "then": {
            "properties": {
                "datasets": {"properties": {port.name: True}, "required": [port.name], "type": "object"},
            },
            "required": ["datasets"],
        },
    }


def _ignored(table: Table, subjects: list[Parameter | Port]) -> Schema:
    """Mark what counts under the same conditions as ignored where they do not hold."""
    hints: dict[str, dict[str, dict[str, Schema]]] = {}
    for of in subjects:
        hint = {"deprecated": True, "description": f"Ignored: {ignored_because(table, of)}"}
        if isinstance(of, Port):
            hints.setdefault("datasets", {}).setdefault("properties", {})[of.name] = hint
        else:
            parameters = hints.setdefault("parameters", {"properties": {}, _BY_PATTERN: {}})
            parameters["properties"] |= dict.fromkeys(of.keys, hint)
            parameters[_BY_PATTERN] |= dict.fromkeys(_spellings(of), hint)
    return {"$comment": _HINT, "if": _counts(table, subjects[0]), "else": {"properties": hints}}


def _counts(table: Table, of: Parameter | Port) -> Schema:
    return {"allOf": [{"$ref": f"#/$defs/{_name_of(table, condition)}"} for condition in conditions(table, of)]}


def _fitting(table: Table, condition: Condition) -> Schema:
    """Match the values that a condition asks for."""
    spelt = _option_patterns(table.parameter(condition.parameter), condition.options)
    return _one_of([*option_names(table, condition), *condition.options], spelt)


def _holds(table: Table, condition: Condition) -> Schema:
    """Match script blocks in which the condition's parameter has one of its options, given or left out."""
    parameter = table.parameter(condition.parameter)
    fits = {"$ref": f"#/$defs/{_name_of(table, condition)}.values"}
    spellings = _spellings(parameter)
    if parameter.when_left_out in condition.options:
        patterns = dict.fromkeys(spellings, fits)
        holds = {"properties": dict.fromkeys(parameter.keys, fits), _BY_PATTERN: patterns}
        return {"properties": {"parameters": holds}}
    given: list[Schema] = [{"properties": {key: fits}, "required": [key]} for key in parameter.keys]
    given += [
        {_BY_PATTERN: {spelling: fits}, "not": {"propertyNames": {"not": {"pattern": spelling}}}}
        for spelling in spellings
    ]
    return {"properties": {"parameters": {"type": "object", "anyOf": given}}, "required": ["parameters"]}


@functools.cache
def _spellings(parameter: Parameter) -> tuple[str, ...]:
    """Return the patterns of all that is a name or label of the parameter in another spelling."""
    exact = "|".join(map(escaped, parameter.keys))
    return tuple(dict.fromkeys(f"^(?!(?:{exact})$){spelling_of(key)}" for key in parameter.keys))


def _one_of(exact: Iterable[str | bool], patterns: Iterable[str]) -> Schema:
    """Allow some values, which editors offer, and what else means one of them."""
    spelt = [{"type": "string", "pattern": pattern} for pattern in patterns]
    return {_SPELT: [{"enum": list(exact)}, *spelt]}


def _module_pattern(table: Table) -> str:
    return names_of({other: other.keys for other in load_tables()}, table).pattern


def _option_patterns(parameter: Parameter, members: Iterable[str]) -> list[str]:
    called = {option.member: option.spellings for option in parameter.options}
    return [names_of(called, member).pattern for member in members]
