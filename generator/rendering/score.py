"""Settings become the source of an entry script, which is read back before anyone sees it."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.facts.modules import Port, Table, load_helpers
from generator.rendering.stamp import stamped
from generator.rules.literals import literal, quoted, read, spell, spell_allowed
from generator.rules.settings import (
    AUTO,
    BATCH,
    BODIES,
    ENCODINGS,
    REQUEST_BODIES,
    ROW,
    SAMPLES,
    Body,
    Dataset,
    Request,
    Response,
    Settings,
    canonical,
    complete_response,
    in_config,
)

if TYPE_CHECKING:
    import jinja2  # heavy: 40 ms

_MARKS: dict[Body, str] = {
    "records": "[dict(zip(names, row)) for row in zip(*columns)]",
    "rows": "{'columns': names, ",
    ROW: "next(zip(*columns), ())",
    "columns": "dict(zip(names, columns))",
    BODIES[0]: "values = frame.values",
}
"""By what the shape that a function gives a frame is known."""

_PLAIN = re.compile(r"[\w ./:@-]+", re.ASCII)
_IN_MARKDOWN = {ord(char): f"\\x{ord(char):02x}" for char in "`|"}


class RenderError(RuntimeError):
    """A rendered script does not say what its settings say: a fault of scoregen, never of the config."""


def render(settings: Settings, origin: str = "") -> str:
    """Return the source of the script for the settings; the same settings give the same text.

    ``origin`` is the config's file name, for the first line. Raises RenderError.
    """
    table = settings.table
    enums = [parameter.enum for parameter in table.parameters if parameter.name in settings.parameters]
    source = template(f"{table.id}.py.j2", "score.py.j2").render(
        table=table,
        parameters=settings.parameters,
        datasets=settings.datasets,
        enums=list(dict.fromkeys(filter(None, enums))),
        request=settings.request,
        reading=settings.reading,
        response=complete_response(table, settings.response),
        is_batch=settings.endpoint == BATCH,
    )
    _verify(source, settings)
    return stamped(source, origin)


class Loading(NamedTuple):
    """How a script loads a dataset: the statements, indented by four spaces, and the import of each name in them."""

    statements: str
    imports: dict[str, str]


def render_loading(port: Port, dataset: Dataset) -> Loading:
    """Return how a script loads a dataset for a port, once, in init()."""
    forms = _module("forms.j2")
    statements = str(forms.load(port, dataset))
    made = str(forms.dataset_from(port, "", dataset.is_csv))
    imports = {"os": "import os"} | ({"pd": "import pandas as pd"} if "pd." in made else {})
    imports |= {name: f"from {path} import {name}" for name, path in load_helpers().items() if name in made}
    return Loading(statements, imports)


def render_made(table: Table, response: Response, frame: str, kept: str = "") -> str:
    """Return how run() makes a complete response of the scored frame, given as source, before it is encoded.

    ``kept`` is the name of what is handed back of a request's rows, if anything is.
    """
    return str(_module("response.j2").made(response, table.result, frame, kept)).strip()


def render_shaping(table: Table, response: Response, request: Request) -> str:
    """Return the source of the function that a script needs to give back a complete response for a form of request."""
    return str(_module("response.j2").function(response, table.result, request)).strip()


def render_reading(settings: Settings, is_batch: bool) -> list[str]:
    """Return the source of all in a script that reads a request by the mode: a function, and a statement of init()."""
    pieces, reading = _module("request.j2"), settings.reading
    what = "file" if is_batch else "request"
    made = [str(pieces.read_frame(settings.request, what, reading, takes_rows=is_batch)).strip()]
    if settings.request.optional == AUTO:
        made.append(str(pieces.optional(reading.form, reading.ids)).strip())
    return made


def templates_folder() -> Path:
    """Return the folder of the templates: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def _module(name: str) -> Any:
    return _environment().get_template(name).module


@functools.cache
def _environment() -> jinja2.Environment:
    import jinja2  # heavy: 40 ms

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        autoescape=False,  # what is rendered is Python: all that a user wrote goes through `literal`
    )
    environment.globals["helpers"] = load_helpers()
    environment.filters |= {
        "literal": literal,
        "allowed": spell_allowed,
        "written": lambda value, parameter, scope, indent: spell(parameter, value, scope, indent),
        "in_request": lambda value, parameter: literal(in_config(parameter, value)),
        "code": _code,
    }
    return environment


@functools.cache
def template(*names: str) -> jinja2.Template:
    """Return the first of the named templates that there is."""
    return _environment().select_template(names)


def _code(text: str) -> str:
    """Return a text between backticks for Markdown; as a literal, where it is more than plain words."""
    return f"`{text if _PLAIN.fullmatch(text) else quoted(text).translate(_IN_MARKDOWN)}`"


def _verify(source: str, settings: Settings) -> None:
    """Parse the script and compare what its scoring call, its loading and its response say with the settings."""
    tree = ast.parse(source)
    bodies = {node.name: node.body for node in tree.body if isinstance(node, ast.FunctionDef)}
    table = settings.table
    is_batch = settings.endpoint == BATCH
    arguments = _last_call(bodies["score" if is_batch else "run"])
    unknown = (
        arguments.keys() - {port.name for port in table.ports} - {parameter.name for parameter in table.parameters}
    )
    if unknown:
        raise RenderError(f"the script sets {', '.join(sorted(map(str, unknown)))}, which the module does not have")
    settable = said_parameters(tree)
    for parameter in table.parameters:
        name = parameter.name
        if name in settings.request.parameters:
            meant_value = canonical(parameter, settable.get(name))
            if meant_value != settings.parameters.get(name, False):
                raise RenderError(f"the script sets {name} to {meant_value!r} unless a request does")
            continue
        said = (name in arguments, read(parameter, arguments[name]) if name in arguments else None)
        meant = (name in settings.parameters, settings.parameters.get(name))
        if repr(said) != repr(meant):
            raise RenderError(f"the script sets {name} to {said[1]!r} where the config has {meant[1]!r}")
    assigned = _assigned(bodies["init"])
    for name, dataset in settings.datasets.items():
        joined = assigned.get(f"{name}_path")
        folder, path = joined.args if isinstance(joined, ast.Call) and len(joined.args) == 2 else (None, None)
        relative_to = "model" if folder and "AZUREML_MODEL_DIR" in ast.dump(folder) else "script"
        if not path or (ast.literal_eval(path), relative_to) != dataset:
            raise RenderError(f"the script does not load {name} from {dataset.path!r}")
        if isinstance(arguments.get(name), ast.Constant):
            raise RenderError(f"the script does not hand {name} to the module")
    if is_batch and (given := said_columns(tree)) != (settings.response.names or (), settings.response.columns or ()):
        raise RenderError(f"the script gives back {given} where the config has {settings.response}")
    if not is_batch and (said_response := _said_response(table, bodies)) != (
        meant_response := _meant_response(settings)
    ):
        raise RenderError(f"the script gives back {said_response} where the config has {meant_response}")
    if (taken := said_request(tree)) != settings.request:
        raise RenderError(f"the script takes {taken} where the config has {settings.request}")


def _last_call(body: list[ast.stmt]) -> dict[str | None, ast.expr]:
    """Return the keyword arguments of the last call whose results are assigned, of which there is one."""
    values = (
        node.value for node in reversed(body) if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple)
    )
    call = next((value for value in values if isinstance(value, ast.Call)), None)
    if call is None:
        raise RenderError("the script does not call its module")
    return {keyword.arg: keyword.value for keyword in call.keywords}


def shaped_names(body: list[ast.stmt]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return the names that a shaping function gives to columns, as pairs of new and old, and the columns it takes.

    In its body stand ``names = {"old": "new"}`` and ``columns = ["new"]``, before what uses them.
    """
    assigned = _assigned(body)
    names, columns = assigned.get("names"), assigned.get("columns")
    renamed = ast.literal_eval(names) if isinstance(names, ast.Dict) else {}
    taken = ast.literal_eval(columns) if isinstance(columns, ast.List) else ()
    return tuple((new, old) for old, new in renamed.items()), tuple(taken)


def _said_response(table: Table, bodies: dict[str, list[ast.stmt]]) -> Response:
    """Return what the script gives back, complete."""
    returned = ast.unparse(next(node for node in reversed(bodies["run"]) if isinstance(node, ast.Return)))
    encoding = ENCODINGS[0] if returned.startswith("return json.dumps(") else ENCODINGS[1]
    if "body_of(" not in returned:
        shape: Body = "rows" if ".values.tolist()" in returned else "columns"
        return Response(BODIES[0] if shape == table.result.body else shape, False, encoding, (), ())
    made = "\n".join(map(ast.unparse, bodies["body_of"]))
    body = next(name for name, mark in _MARKS.items() if mark in made)
    return Response(body, "parse_constant=" in made, encoding, *shaped_names(bodies["body_of"]))


def _meant_response(settings: Settings) -> Response:
    response = complete_response(settings.table, settings.response)
    if response.body == BODIES[0] and settings.table.result.body == "columns":
        return response._replace(body="columns") if settings.request.keep or not response.is_designers else response
    return response


def said_columns(source: ast.Module) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return the columns' new names, as pairs of new and old, and the columns that a batch script gives back."""
    listed = _assigned(source.body)
    names = ast.literal_eval(listed["NAMES"]) if "NAMES" in listed else {}
    columns = ast.literal_eval(listed["COLUMNS"]) if "COLUMNS" in listed else ()
    return tuple((new, old) for old, new in names.items()), tuple(columns)


def said_parameters(source: ast.Module) -> dict[str, Any]:
    """Return the parameters that a request may set, each as it is otherwise. Raises ValueError for other code."""
    match _assigned(source.body).get("PARAMETERS"):
        case ast.Dict(keys, values):
            return {
                ast.literal_eval(key): ast.literal_eval(value.elts[0])
                for key, value in zip(keys, values, strict=True)
                if key and isinstance(value, ast.Tuple)
            }
    return {}


def said_request(source: ast.Module) -> Request:
    """Return what a generated script is given, read back from it. Raises ValueError for what is none."""
    bodies = {node.name: node.body for node in source.body if isinstance(node, ast.FunctionDef)}
    listed = _assigned(source.body)
    kept, given = (_literals(listed.get(name)) for name in ("KEPT", "OPTIONAL"))
    run = next(node for node in source.body if isinstance(node, ast.FunctionDef) and node.name == "run")
    envelope = "\n".join(map(ast.unparse, bodies.get("read_envelope", ())))
    reads_row = any(ast.unparse(node) == "rows = [row]" for node in _assignments(bodies.get("read_frame", ())))
    body = "designer" if "WebServiceInput0" in envelope else ROW if reads_row else REQUEST_BODIES[0]
    decorated = "\n".join(map(ast.unparse, source.body)) if run.decorator_list else ""
    swagger: bool | str = SAMPLES if "_samples.json" in decorated else bool(decorated)
    parameters = tuple(said_parameters(source))
    optional = AUTO if "optional" in _assigned(_assignments(bodies["init"])) else given
    return Request(body, optional, kept, swagger, parameters)


def _assigned(statements: Iterable[ast.stmt]) -> dict[str, ast.expr]:
    """Return what statements give to names, each the first that it is given."""
    assigned: dict[str, ast.expr] = {}
    for statement in statements:
        match statement:
            case ast.Assign([ast.Name(name), *_], value):
                assigned.setdefault(name, value)
    return assigned


def _literals(listed: ast.expr | None) -> tuple[Any, ...]:
    return tuple(ast.literal_eval(listed)) if isinstance(listed, ast.List) else ()


_BLOCKS = ("body", "orelse", "handlers", "finalbody")


def _assignments(body: Iterable[ast.AST]) -> Iterator[ast.Assign]:
    """Yield the assignments of a function's body, those of its blocks too."""
    for statement in body:
        if isinstance(statement, ast.Assign):
            yield statement
        for name in _BLOCKS:
            yield from _assignments(getattr(statement, name, ()))
