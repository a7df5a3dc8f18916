"""A config's ``deployment`` block: what it may hold for each kind of endpoint, and what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.findings import Finding, Path
from generator.model.names import MODEL_FOLDER, OPEN_MODEL
from generator.rules.settings import ENDPOINTS, LARGEST_NUMBER, whole
from generator.rules.validator import validator
from generator.text.wording import show, suggestion
from generator.translations.language import mark, say

_LONGEST_NAME = 32
_LONGEST_NAMES = 62  # on Kubernetes: Azure puts the names of an endpoint and its deployment together
_SMALL_TYPES = ("standard_ds1_v2", "standard_f2s_v2")


class Deployment(NamedTuple):
    """How a model is deployed; the config's names, each None where the kind of endpoint does not have it."""

    endpoint: str
    name: str
    model: str
    instance_count: int
    instance_type: str | None = None
    request_timeout_seconds: int | None = None
    compute: str | None = None
    cpu: str | None = None
    memory: str | None = None
    mini_batch_size: int | None = None
    mini_batch_timeout_seconds: int | None = None
    max_concurrency_per_instance: int | None = None
    error_threshold: int | None = None
    output_file_name: str | None = None


def deployment_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a block for one kind of endpoint, one of ``ENDPOINTS``."""
    return {
        "type": "object",
        "description": "What endpoint.yml and deployment.yml say.",
        "properties": _PROPERTIES[kind],
        "required": _required(kind),
        "additionalProperties": False,
        **({"allOf": list(_too_long())} if kind == "kubernetes" else {}),
    }


def _too_long() -> Iterator[dict[str, Any]]:
    """Yield schemas that refuse an endpoint and a deployment whose names are too long together."""
    for length in range(_LONGEST_NAMES - _LONGEST_NAME + 1, _LONGEST_NAME + 1):
        lengths = {"endpoint": {"minLength": length}, "name": {"minLength": _LONGEST_NAMES - length + 1}}
        yield {"not": {"type": "object", "properties": lengths, "required": list(lengths)}}


def deployment_faults(data: Any, kind: str) -> list[Finding]:
    """Return all that is wrong with a block, as the user wrote it: with its form, or else with what it says."""
    found = [
        finding
        for invalid in validator(deployment_schema(kind))(data)
        for finding in explain_deployment(invalid.keyword, invalid.value, invalid.path, kind)
    ]
    return list(dict.fromkeys(found)) or list(doubts_of_deployment(data, kind))


def explain_deployment(keyword: str, value: Any, path: Path, kind: str) -> Iterator[Finding]:
    """Yield what a keyword of the schema has against a value in a block, at a path within it, in our words."""
    if path:
        schema = _PROPERTIES[kind][str(path[0])]
        yield Finding(
            say("{value} is not {wanted}{hint}", value=show(value), wanted=_wanted(schema), hint=_hint(schema, value)),
            path=path,
        )
    elif keyword == "additionalProperties":
        yield from _misnamed(value, kind)
    elif keyword == "required":
        yield from _missing(value, kind)
    elif keyword == "not":
        yield from _long_together(value)
    else:
        example = say(
            "`deployment: {{{names}}}`", names=", ".join(f"{key}: {_EXAMPLES[key]}" for key in _required(kind))
        )
        yield Finding(say("{value} is not a mapping: write {example}", value=show(value), example=example))


def _long_together(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield that two names are too long together, each of which is short enough alone."""
    names: list[Any] = [data["endpoint"], data["name"]]
    if all(isinstance(name, str) and len(name) <= _LONGEST_NAME for name in names):
        message = say(
            "{length} letters with the endpoint's name: Kubernetes takes {longest_names} in all, so shorten one",
            length=sum(map(len, names)),
            longest_names=_LONGEST_NAMES,
        )
        yield Finding(message, path=("name",))


def doubts_of_deployment(data: Mapping[str, Any], kind: str) -> Iterator[Finding]:
    """Yield what Azure discourages of a block that fits its schema."""
    instance_type = data.get("instance_type", "")
    if kind == "online" and instance_type.lower() in _SMALL_TYPES:
        default = _PROPERTIES[kind]["instance_type"]["default"]
        message = say(
            "{instance_type} may be too small to start the designer's packages: {default} is the default",
            instance_type=show(instance_type),
            default=default,
        )
        yield Finding(message, "warning", ("instance_type",))


def with_whole_numbers(data: Any, kind: Any) -> Any:
    """Return a block whose 2.0 is 2 where a whole number is wanted; ``kind`` is what the config says it is."""
    if not isinstance(data, Mapping) or kind not in ENDPOINTS:
        return data
    numbers = {key for key, schema in _PROPERTIES[kind].items() if schema["type"] == "integer"}
    return {key: whole(value) if key in numbers else value for key, value in data.items()}


def complete_deployment(data: Mapping[str, Any], kind: str) -> Deployment:
    """Return a block without errors with its defaults filled in."""
    defaults = {key: schema["default"] for key, schema in _PROPERTIES[kind].items() if "default" in schema}
    return Deployment(**defaults | dict(data))


def is_registered(model: str) -> bool:
    """Say whether a model is one that the workspace has, rather than a local folder."""
    return model.startswith("azureml:")


def _misnamed(data: Mapping[str, Any], kind: str) -> Iterator[Finding]:
    known = _PROPERTIES[kind]
    for key in (key for key in data if key not in known):
        elsewhere = [other for other in ENDPOINTS if key in _PROPERTIES[other]]
        if elsewhere:
            others = say(" or ").join(say("`endpoint: {other}`", other=other) for other in elsewhere)
            message = say("counts only with {others}, and here it is {kind}: leave it out", others=others, kind=kind)
        else:
            message = say(
                "unknown key{hint} (known: {known})", hint=suggestion(key, list(known)), known=", ".join(known)
            )
        yield Finding(message, path=(key,))


def _missing(data: Mapping[str, Any], kind: str) -> Iterator[Finding]:
    for key in _required(kind):
        if key not in data:
            also = say(", or name the folder {model_folder}", model_folder=MODEL_FOLDER) if key == "model" else ""
            yield Finding(
                say("`{key}` is missing: write `{key}: {examples}`{also}", key=key, examples=_EXAMPLES[key], also=also),
                path=(),
            )


def _wanted(schema: Mapping[str, Any]) -> str:
    if schema["type"] == "string":
        return say(str(schema["patternErrorMessage"]))
    least, most = schema["minimum"], schema["maximum"]
    return (
        say("a whole number, {least} or more", least=least)
        if most == LARGEST_NUMBER
        else say("a whole number from {least} to {most}", least=least, most=most)
    )


def _hint(schema: Mapping[str, Any], value: Any) -> str:
    """Return what to do about a number that stands for a text."""
    is_number = schema["type"] == "string" and isinstance(value, (int, float))
    is_unquoted = is_number and re.search(schema["pattern"], str(value))
    return say(": put it in quotes") if is_unquoted else ""


def _required(kind: str) -> list[str]:
    return [key for key in _EXAMPLES if key in _PROPERTIES[kind]]


def _text(description: str, pattern: str, wanted: str, default: str | None = None) -> dict[str, Any]:
    """Return the schema of a text; ``wanted`` is the pattern in words, for our messages and for editors."""
    schema = {"description": description, "type": "string", "pattern": rf"^(?:{pattern})$(?!\n)"}
    return schema | {"patternErrorMessage": wanted} | ({"default": default} if default else {})


def _number(description: str, default: int, minimum: int = 1, maximum: int = LARGEST_NUMBER) -> dict[str, Any]:
    limits = {"minimum": minimum, "maximum": maximum}
    return {"description": description, "type": "integer", **limits, "default": default}


def _name(description: str, default: str | None = None) -> dict[str, Any]:
    wanted = mark(
        "a name that Azure takes: 3 to 32 letters, digits and single hyphens, a letter first and no hyphen last"
    )
    return _text(description, rf"(?=.{{3,{_LONGEST_NAME}}}$)[A-Za-z](?:-?[A-Za-z0-9])*", wanted, default)


_LETTERS = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
_COMMON = {
    "endpoint": _name("The endpoint's name, which no other endpoint in the Azure region has."),
    "name": _name("The deployment's name; an endpoint may have several.", "blue"),
    "model": _text(
        f"The registered model, azureml:NAME:VERSION, or the folder {MODEL_FOLDER}, relative to deployment.yml.",
        rf"azureml:{_LETTERS}(?::|@){_LETTERS}|(?!azureml:)(?:[^\\\x00-\x1f\x7f\ud800-\udfff]*/)?(?:{MODEL_FOLDER}|{OPEN_MODEL})/?",
        mark(
            "a registered model, azureml:NAME:VERSION, nor a folder trained_model_outputs, "
            "in which the script looks for it"
        ),
    ),
    "instance_count": _number("How many machines; for batch, how many nodes of the cluster a job takes.", 1),
}
_COMPUTE_NAME = r"(?:azureml:)?[A-Za-z][A-Za-z0-9-]{1,31}"
_COMPUTE_WANTED = mark("the name of a compute: letters, digits and hyphens")


def _timeout(maximum: int) -> dict[str, Any]:
    return _number("After how many seconds Azure gives up on a request.", 60, 1, maximum)


_PROPERTIES: dict[str, dict[str, dict[str, Any]]] = {
    "online": _COMMON
    | {
        "instance_type": _text(
            "The size of the machines, one of Azure's SKUs for managed online endpoints.",
            "(?:Standard|STANDARD|standard)_[A-Za-z0-9_]+",
            mark("one of Azure's machine sizes, such as Standard_DS3_v2"),
            "Standard_DS3_v2",
        ),
        "request_timeout_seconds": _timeout(180),
    },
    "kubernetes": _COMMON
    | {
        "compute": _text("The Kubernetes compute that is attached to the workspace.", _COMPUTE_NAME, _COMPUTE_WANTED),
        "instance_type": _text(
            "An instance type of the cluster; its default when left out.",
            "[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?",
            mark("an instance type of a cluster: lower-case letters, digits, hyphens and dots"),
        ),
        "request_timeout_seconds": _timeout(300),
        "cpu": _text(
            "The cores of a container.", r"[0-9]+(?:\.[0-9]+|m)?", mark("a number of cores, '2' or '500m'"), "1"
        ),
        "memory": _text("The memory of a container.", "[0-9]+[MG]i", mark("an amount such as 4Gi or 512Mi"), "4Gi"),
    },
    "batch": _COMMON
    | {
        "compute": _text("The compute cluster that jobs run on.", _COMPUTE_NAME, _COMPUTE_WANTED),
        "mini_batch_size": _number("How many files the script is given at a time.", 10),
        "mini_batch_timeout_seconds": _number("After how many seconds Azure gives up on those files.", 300),
        "max_concurrency_per_instance": _number("How many processes a node runs, each with a model of its own.", 1),
        "error_threshold": _number("How many files may fail before the job does; -1 for any number.", -1, -1),
        "output_file_name": _text(
            "The file that holds the scores of all files.",
            "[A-Za-z][A-Za-z0-9_-]*[.]csv",
            mark("the name of a .csv file: letters, digits, hyphens and underscores"),
            "predictions.csv",
        ),
    },
}
_EXAMPLES = {"endpoint": "my-endpoint", "model": "azureml:my-model:1", "compute": "my-cluster"}
