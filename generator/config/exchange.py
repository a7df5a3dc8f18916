"""What a config says of requests and responses: its schema, what it comes to, and what does not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.facts.modules import Parameter, Port
from generator.findings import Finding
from generator.rules.modes import counts, requirement
from generator.rules.settings import (
    AUTO,
    BATCH,
    BODIES,
    ENCODINGS,
    IMAGES,
    NUMPY,
    REQUEST_BODIES,
    ROW,
    SAMPLES,
    SCORED_BY,
    Body,
    Request,
    Response,
    Settings,
)
from generator.text.similar import nearest
from generator.text.wording import show
from generator.translations.language import say

_COLUMNS: dict[str, Any] = {"type": "array", "uniqueItems": True, "items": {"type": "string", "minLength": 1}}

REQUEST_SCHEMA: dict[str, Any] = {
    "type": ["object", "null"],
    "description": "What the script is given to score.",
    "properties": {
        "body": {
            "description": (
                "The shape: rows, a list of row objects; row, one object; or designer, rows within Inputs, as pipeline "
                "endpoints of the designer take them."
            ),
            "enum": list(REQUEST_BODIES),
            "default": REQUEST_BODIES[0],
        },
        "optional": {
            "description": "The columns that may be left out: their names, or auto for those that no score depends on.",
            "type": ["array", "string"],
            "if": {"type": "string"},
            "then": {"enum": [AUTO]},
            "else": _COLUMNS,
        },
        "keep": {
            "description": "Columns of the caller's own, which are handed back beside the scores.",
            **_COLUMNS,
        },
        "swagger": {
            "description": (
                "Whether the endpoint describes its requests and responses, for Power BI and the studio's Test tab; "
                "samples shows rows of _samples.json there, which are of the training data."
            ),
            "enum": [True, False, SAMPLES],
            "default": False,
        },
        "parameters": {
            "description": "The parameters that a request may set, in GlobalParameters.",
            "type": "array",
            "uniqueItems": True,
            "items": {"type": "string"},
        },
    },
    "additionalProperties": False,
}

CONVERT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "How the script for a model in an open form scores.",
    "properties": {
        "trees": {
            "description": (
                "What scores boosted decision trees: numpy, or lightgbm, which is faster from some hundred rows on."
            ),
            "enum": list(SCORED_BY),
            "default": NUMPY,
        },
    },
    "additionalProperties": False,
}

RESPONSE_SCHEMA: dict[str, Any] = {
    "type": ["object", "null"],
    "description": "What the script gives back for a request.",
    "properties": {
        "body": {
            "description": (
                "The shape: as the designer's script has it; records, an object for each row; columns, a list for each "
                "column; rows, the names of the columns and a list for each row; or row, one object."
            ),
            "enum": [*BODIES, ROW],
            "default": BODIES[0],
        },
        "strict_json": {
            "description": "Whether any JSON parser reads it: NaN and infinities become null.",
            "type": "boolean",
            "default": False,
        },
        "encoding": {
            "description": "Whether run() returns a string of JSON, or the object itself for the server to encode.",
            "enum": list(ENCODINGS),
            "default": ENCODINGS[0],
        },
        "names": {
            "description": "Other names for columns: the new one, then that of the module.",
            "type": "object",
            "propertyNames": {"minLength": 1},
            "additionalProperties": {"type": "string", "minLength": 1},
        },
        "columns": {
            "description": "The columns that are given back, by their new names; all of them when left out.",
            "minItems": 1,
            **_COLUMNS,
        },
    },
    "additionalProperties": False,
}

ONLINE_ONLY = {"request": ("body", "swagger", "parameters"), "response": ("body", "strict_json", "encoding")}
"""The keys that say nothing of files, which a batch endpoint hands its script."""


def read_request(block: Mapping[str, Any]) -> Request:
    """Return what a valid block says of requests."""
    given: dict[str, Any] = {}
    for name, value in block.get("request", {}).items():
        given[name] = tuple(value) if isinstance(value, list) else value
    return Request(**given)


def read_response(block: Mapping[str, Any]) -> Response:
    """Return what a valid block says of responses, and what follows from its requests."""
    given = dict(block.get("response", {}))
    if "names" in given:
        given["names"] = tuple(given["names"].items())
    if "columns" in given:
        given["columns"] = tuple(given["columns"])
    return answer_to(read_request(block), Response(**given))


def answer_to(request: Request, response: Response) -> Response:
    """Return a response with what those who send the request expect: an object of a known shape, in strict JSON."""
    if not request.takes_object:
        return response
    body: Body = ROW if request.body == ROW else "records"
    is_strict = response.strict_json is None or response.strict_json
    return response._replace(body=response.body or body, encoding=ENCODINGS[1], strict_json=is_strict)


def exchange_section(request: Request, response: Response) -> dict[str, Any]:
    """Return the two sections of a config that say a request and a response; what is left out says nothing."""
    plain, answer = Request()._asdict(), answer_to(request, Response())._asdict()
    asked = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in request._asdict().items()
        if value != plain[name]
    }
    given = {name: value for name, value in response._asdict().items() if value and value != answer[name]}
    if answer["strict_json"] and response.strict_json is False:
        given["strict_json"] = False
    if given.get("body") == BODIES[0] and not answer["body"]:
        del given["body"]
    if given.get("encoding") == ENCODINGS[0]:
        del given["encoding"]
    if "names" in given:
        given["names"] = dict(given["names"])
    if "columns" in given:
        given["columns"] = list(given["columns"])
    return {name: section for name, section in (("request", asked), ("response", given)) if section}


def exchange_faults(block: Mapping[str, Any], settings: Settings) -> Iterator[Finding]:
    """Yield what does not go together in a block that is valid otherwise; ``settings`` is what it comes to."""
    request, response = settings.request, settings.response
    yield from _faults_of_shapes(block, request)
    yield from _faults_of_columns(settings)
    for index, name in enumerate(request.parameters):
        fault = _fault_of_parameter(settings, name)
        if fault:
            yield Finding(fault, path=("request", "parameters", index))
    if request.parameters and not request.is_enveloped:
        message = say("a request has no place for parameters: add `body: designer` or `swagger: true`")
        yield Finding(message, path=("request", "parameters"))
    if settings.endpoint == BATCH:
        return
    if response.body == ROW and request.body != ROW:
        message = say("one object answers one object: add `request: {body: row}`")
        yield Finding(message, path=("response", "body"))


def _faults_of_shapes(block: Mapping[str, Any], request: Request) -> Iterator[Finding]:
    given = block.get("response", {})
    if request.takes_object and given.get("encoding") == ENCODINGS[0]:
        message = say("clients that send requests in this form expect an object: leave `encoding` out")
        yield Finding(message, path=("response", "encoding"))
    if request.body == "designer" and given.get("body", "records") != "records":
        message = say("a pipeline endpoint gives back records: leave `body` out")
        yield Finding(message, path=("response", "body"))


def _faults_of_columns(settings: Settings) -> Iterator[Finding]:
    request, response, table = settings.request, settings.response, settings.table
    if request.optional and settings.reading.lines:
        yield Finding(
            say("{name} needs its one column: leave `optional` out", name=table.name), path=("request", "optional")
        )
    if settings.endpoint == BATCH and settings.reading.form == IMAGES:
        for key in ("keep", "optional"):
            if getattr(request, key):
                yield Finding(say("nothing but the image is known of a file: leave it out"), path=("request", key))
    if request.keep and not settings.reading.row_for_row:
        port = next(port for port in table.ports if port.row_for_row_with)
        assert port.row_for_row_with
        mode = requirement(table, Parameter("", (), "text", (), only_with=port.row_for_row_with))
        message = say("the rows of the answer are not those of the request: it goes only with {mode}", mode=mode)
        yield Finding(message, path=("request", "keep"))
    both = [name for name in request.keep if name in request.optional] if request.optional != AUTO else []
    for name in both:
        yield Finding(say("{name} is under `optional` too: name it once", name=show(name)), path=("request", "keep"))
    old = {old: new for new, old in response.names or ()}
    if len(old) < len(response.names or ()):
        yield Finding(say("two names stand for one column: name each once"), path=("response", "names"))
    for index, name in enumerate(response.columns or ()):
        if name in old:
            message = say("{name} is called {old} under `names`: name it so", name=show(name), old=show(old[name]))
            yield Finding(message, path=("response", "columns", index))


def _fault_of_parameter(settings: Settings, name: str) -> str | None:
    table = settings.table
    names = [parameter.name for parameter in table.parameters]
    if name not in names:
        near = nearest(name, names)
        meant = say("; did you mean {near!r}?", near=near) if near else ""
        return say(
            "unknown parameter of {name}{meant} (known: {names})",
            name=table.name,
            meant=meant,
            names=", ".join(names) or say("it takes none"),
        )
    parameter = table.parameter(name)
    if parameter.type == "text":
        return say("no request may set a text that the module runs on: leave it out")
    subjects: list[Parameter | Port] = [*table.parameters, *table.datasets]
    deciding = [of.name for of in subjects if of.only_with and of.only_with.parameter == name]
    if deciding:
        return say("{deciding} would have to change with it: leave it out", deciding=", ".join(deciding))
    if not counts(table, parameter, settings.parameters):
        return say("it counts only with {requirement}", requirement=requirement(table, parameter))
    return None
