"""Settings become the source of an entry script, which is read back before anyone sees it."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.facts.modules import Port, Table, load_helpers
from generator.rendering.stamp import stamped
from generator.rules.literals import literal, quoted, read, spell, spell_allowed
from generator.rules.settings import BATCH, BODIES, ENCODINGS, Dataset, Response, Settings, complete_response

if TYPE_CHECKING:
    import jinja2  # heavy: 40 ms

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
    forms = _forms()
    statements = str(forms.load(port, dataset))
    made = str(forms.dataset_from(port, "", dataset.is_csv))
    imports = {"os": "import os"} | ({"pd": "import pandas as pd"} if "pd." in made else {})
    imports |= {name: f"from {path} import {name}" for name, path in load_helpers().items() if name in made}
    return Loading(statements, imports)


def render_made(table: Table, response: Response, frame: str) -> str:
    """Return how run() makes a complete response of the scored frame, given as source, before it is encoded."""
    return str(_forms().made(response, table.result, frame))


def render_body_of(table: Table, response: Response) -> str:
    """Return the source of the function that shapes a complete response other than the designer's."""
    return str(_forms().body_of(response, table.result))


def templates_folder() -> Path:
    """Return the folder of the templates: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def _forms() -> Any:
    return _environment().get_template("forms.j2").module


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
    environment.filters |= {"literal": literal, "allowed": spell_allowed, "written": _written, "code": _code}
    return environment


@functools.cache
def template(*names: str) -> jinja2.Template:
    """Return the first of the named templates that there is."""
    return _environment().select_template(names)


def _written(value: Any, parameter: Any, scope: str, indent: int) -> str:
    return spell(parameter, value, scope, indent)


def _code(text: str) -> str:
    """Return a text between backticks for Markdown; as a literal, where it is more than plain words."""
    return f"`{text if _PLAIN.fullmatch(text) else quoted(text).translate(_IN_MARKDOWN)}`"


def _verify(source: str, settings: Settings) -> None:
    """Parse the script and compare what its scoring call, its loading and its response say with the settings."""
    bodies = {node.name: node.body for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    table = settings.table
    is_batch = settings.endpoint == BATCH
    arguments = _last_call(bodies["score" if is_batch else "run"])
    unknown = (
        arguments.keys() - {port.name for port in table.ports} - {parameter.name for parameter in table.parameters}
    )
    if unknown:
        raise RenderError(f"the script sets {', '.join(sorted(map(str, unknown)))}, which the module does not have")
    for parameter in table.parameters:
        name = parameter.name
        said = (name in arguments, read(parameter, arguments[name]) if name in arguments else None)
        meant = (name in settings.parameters, settings.parameters.get(name))
        if repr(said) != repr(meant):
            raise RenderError(f"the script sets {name} to {said[1]!r} where the config has {meant[1]!r}")
    assigned = {ast.unparse(node.targets[0]): node.value for node in bodies["init"] if isinstance(node, ast.Assign)}
    for name, dataset in settings.datasets.items():
        joined = assigned.get(f"{name}_path")
        folder, path = joined.args if isinstance(joined, ast.Call) and len(joined.args) == 2 else (None, None)
        relative_to = "model" if folder and "AZUREML_MODEL_DIR" in ast.dump(folder) else "script"
        if not path or (ast.literal_eval(path), relative_to) != dataset:
            raise RenderError(f"the script does not load {name} from {dataset.path!r}")
        if isinstance(arguments.get(name), ast.Constant):
            raise RenderError(f"the script does not hand {name} to the module")
    if not is_batch and (said_response := _said_response(bodies)) != (meant_response := _meant_response(settings)):
        raise RenderError(f"the script gives back {said_response} where the config has {meant_response}")


def _last_call(body: list[ast.stmt]) -> dict[str | None, ast.expr]:
    """Return the keyword arguments of the last call whose result is assigned."""
    values = (node.value for node in reversed(body) if isinstance(node, ast.Assign))
    call = next((value for value in values if isinstance(value, ast.Call)), None)
    if call is None:
        raise RenderError("the script does not call its module")
    return {keyword.arg: keyword.value for keyword in call.keywords}


def _said_response(bodies: dict[str, list[ast.stmt]]) -> tuple[str | None, bool, bool]:
    """Return how the response is shaped (pandas' word for it, if any), and whether strictly and as a string."""
    (returned,) = (ast.unparse(node) for node in bodies["run"] if isinstance(node, ast.Return))
    made = "".join(map(ast.unparse, bodies["body_of"])) if "body_of(" in returned else returned
    shape = re.search(r"\.to_dict\('(\w+)'\)", made)
    return shape and shape[1], "parse_constant=" in made, returned.startswith("return json.dumps(")


def _meant_response(settings: Settings) -> tuple[str | None, bool, bool]:
    body, strict_json, encoding = complete_response(settings.table, settings.response)
    if body == BODIES[0] and settings.table.result.body == "columns":
        body = "columns"
    shape = {"columns": "list", "records": "records", "rows": "split"}.get(str(body))
    return shape, bool(strict_json), encoding == ENCODINGS[0]
