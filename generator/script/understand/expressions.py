"""What the expressions of an entry script stand for: the request, the model, a dataset, the response.

Names are followed to what they are given, so it does not matter what they are called, and where a thing is made.
"""

from __future__ import annotations

import ast
import posixpath
from typing import Literal, NamedTuple, TypeAlias

from generator.facts.modules import Port, load_helpers
from generator.script.calls import ScoringCall
from generator.script.read import Script
from generator.script.scopes import Binding, Names, Scope, qualified
from generator.script.understand.frame_shapes import MADE_BY, PLAIN, READ_BY, shape_of
from generator.script.values import DYNAMIC, evaluate, source_of

_HELPERS = {name: f"{path}.{name}" for name, path in load_helpers().items()}
_DIRECTORY = _HELPERS["DataFrameDirectory"]
_DATA_TABLE = _HELPERS["DataTable"]
_MODEL_DIRECTORY = _HELPERS["ModelDirectory"]
_OWN_FUNCTIONS = {READ_BY, "read_envelope", "schema_of"}
_SAME_PATH = {"str", "os.fspath", "os.path.abspath", "os.path.normpath", "os.path.realpath"}
_SAME_PATH_METHODS = {"absolute", "as_posix", "resolve"}


class Location(NamedTuple):
    """A path, from the folder of the script or of the model on."""

    base: Literal["script", "model"]
    path: str

    def joined(self, part: str) -> Location:
        """Return a path from this one on."""
        return Location(self.base, posixpath.join(self.path, part))

    @property
    def parent(self) -> Location:
        """The folder around it."""
        if posixpath.basename(self.path) in ("", ".."):
            return self.joined("..")
        return Location(self.base, posixpath.dirname(self.path))

    def is_at(self, other: Location) -> bool:
        """Say whether both are the same place."""
        return self.base == other.base and posixpath.normpath(self.path) == posixpath.normpath(other.path)


class Loaded(NamedTuple):
    """A dataset in one of the forms of a table, or in pandas' own (``frame``)."""

    form: str
    location: Location
    is_csv: bool


Kind: TypeAlias = str | Location | Loaded
"""What something stands for: a path, a dataset, or a word, which for data is that of a port's form."""

_MODEL = Location("model", "trained_model_outputs")
_SCHEMA = _MODEL.joined("_schema.json")


class Meanings:
    """The meanings in one script."""

    def __init__(self, script: Script, helpers: frozenset[str]) -> None:
        """Take a script; ``helpers`` names its functions that are as generate writes them."""
        self._call: ScoringCall = script.call
        self._result = script.call.table.result
        self._ports = _given_to_ports(script)
        self._helpers = helpers
        self._holders = {id(argument.holder) for argument in script.given if argument.holder is not None}
        self._bindings = _by_node(script.names)
        self._found: dict[int, Kind | None] = {}
        self._under_way: set[int] = set()

    def of(self, node: ast.expr, scope: Scope) -> Kind | None:
        """Return what an expression stands for, None if it is none of what an entry script needs."""
        if isinstance(node, ast.Name):
            return self._name(node, scope)
        kinds = {
            ast.Attribute: self._attribute,
            ast.BinOp: self._sum,
            ast.Call: self._of_call,
            ast.Dict: self._shaped,
            ast.JoinedStr: self._formatted,
            ast.Subscript: self._item,
        }
        understood = kinds.get(type(node))
        return (understood and understood(node, scope)) or self._constant(node, scope)  # type: ignore[operator]

    def fits(self, node: ast.expr, scope: Scope, kind: Kind) -> bool:
        """Say whether an expression stands for something, or is a name that something else is given to elsewhere.

        What is wrong with such a name is wrong where it is assigned, and to be said there.
        """
        found = self.of(node, scope)
        if found is not None or not isinstance(node, ast.Name):
            return found == kind
        bindings = scope.home(node.id).bindings.get(node.id, [])
        assigned = (item for item in bindings if not item.target and not isinstance(item.node, ast.arg))
        return any(self._bound(item) is None for item in assigned)

    def of_target(self, node: ast.Name) -> Kind | None:
        """Return what a name stands for after the assignment whose target it is here."""
        binding = self._bindings.get(id(node))
        return self._bound(binding) if binding else None

    def is_module(self, node: ast.expr, scope: Scope) -> bool:
        """Say whether an expression is the instance, or the class, whose ``run`` is called."""
        return source_of(node, scope)[0] is source_of(_owner(self._call.node), self._call.scope)[0]

    def holds_arguments(self, node: ast.AST) -> bool:
        """Say whether arguments of the scoring call stand in a node, each of which is judged for itself."""
        return any(id(inner) in self._holders for inner in ast.walk(node)) or _is_dict(node, empty=True)

    def is_schema_file(self, node: ast.expr, scope: Scope) -> bool:
        """Say whether an expression is the path of the model's schema."""
        location = self.of(node, scope)
        return isinstance(location, Location) and location.is_at(_SCHEMA)

    def fit_ports(self, arguments: list[tuple[Port, ast.expr, Scope]] | None = None) -> bool:
        """Say whether the model and the request are given to their ports: in the scoring call unless others are."""
        given = self._ports if arguments is None else arguments
        return all(self.fits(node, scope, port.form) for port, node, scope in given if port.holds != "dataset")

    def decodes(self, node: ast.expr, scope: Scope, name: str) -> bool:
        """Say whether an expression is the decoded value of a name."""
        return (
            isinstance(node, ast.Call)
            and qualified(node.func, scope) == _HELPERS["decode_nan"]
            and [ast.unparse(argument) for argument in _values(node)] == [name]
        )

    def _name(self, node: ast.Name, scope: Scope) -> Kind | None:
        if node.id == "__file__":
            return Location("script", "__file__")
        bindings = scope.home(node.id).bindings.get(node.id, [])
        kinds = {self._bound(binding) for binding in bindings if id(binding.node) not in self._under_way}
        for passing in ("nothing", "request"):  # such a name serves again for what is loaded, or read from the request
            kinds = kinds - {passing} or kinds
        return kinds.pop() if len(kinds) == 1 else None

    def _bound(self, binding: Binding) -> Kind | None:
        key = id(binding.node)
        if key in self._under_way:  # a name that is made of itself
            return None
        if key not in self._found:
            self._under_way.add(key)
            try:
                self._found[key] = self._newly_bound(binding)
            finally:
                self._under_way.discard(key)
        return self._found[key]

    def _newly_bound(self, binding: Binding) -> Kind | None:
        if binding.value:
            return self.of(binding.value, binding.scope)
        if isinstance(binding.node, ast.arg):
            function = binding.scope.node
            return "request" if isinstance(function, ast.FunctionDef) and function.name == "run" else None
        around, outer = binding.trail and binding.trail.node, binding.trail and binding.trail.rest
        if isinstance(around, ast.withitem):
            return self.of(around.context_expr, binding.scope)
        statement = outer.node if outer else None
        if isinstance(around, ast.Tuple | ast.List) and isinstance(statement, ast.Assign):
            kind = self.of(statement.value, binding.scope)
            if len(around.elts) == 1:
                return "result" if kind == "results" else None
            return kind if kind in ("columns", "rows") and binding.node is around.elts[0] else None
        return None

    def _of_call(self, node: ast.Call, scope: Scope) -> Kind | None:
        if node is self._call.node:
            made, its_scope = source_of(_owner(node), scope)
            plain = not isinstance(made, ast.Call) or self.of(made, its_scope) == "module"
            return "results" if plain and self.fit_ports() else None
        if self.is_module(node, scope):
            return None if _values(node) else "module"
        values = _values(node)
        name = qualified(node.func, scope) or _builtin(node.func, scope)
        if name in ("os.getenv", "os.environ.get"):
            return _environment(values[0]) if values else None
        if name in ("os.path.join", "pathlib.Path"):
            return self._joined(values, scope)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "joinpath":
            return self._joined([node.func.value, *values], scope)
        if name in ("open", _HELPERS["create_dfd_from_dict"], _HELPERS["create_imd_from_dict"], _DIRECTORY):
            return self._made_of_several(name, values, scope)
        if name == "read_envelope" and len(values) == 2 and self.fits(values[0], scope, "request"):
            return "rows" if name in self._helpers else None
        if name == "pandas.read_csv":  # the types of ids are for generate to say again
            values = [*node.args, *(word.value for word in node.keywords if word.arg != "dtype")]
        if name == "json.dumps" and _is_told_plain(node):
            values = node.args
        if name == MADE_BY and name in self._helpers:
            return "body" if values and self.fits(values[0], scope, "frame") else None
        if len(values) == 1:
            return self._made_of_one(name, values[0], scope) or self._shaped(node, scope)
        return self._of_method(node, scope)

    def _made_of_several(self, name: str, values: list[ast.expr], scope: Scope) -> Kind | None:
        if name == "open":
            return "schema file" if values and self.is_schema_file(values[0], scope) else None
        made = "image_directory" if name.endswith("create_imd_from_dict") else "data_frame_directory"
        fits = len(values) == 2 and self.fits(values[0], scope, "columns") and self.fits(values[1], scope, "schema")
        return made if fits else None

    def _made_of_one(self, name: str | None, value: ast.expr, scope: Scope) -> Kind | None:
        if name == "json.dumps":
            return "response" if self.fits(value, scope, "body") else None
        if name == "collections.defaultdict":
            return "columns" if _builtin(value, scope) == "list" else None
        kind = self.of(value, scope)
        if isinstance(kind, Location):
            return self._from_path(name, kind)
        if isinstance(kind, Loaded):
            return _wrapped(name, kind)
        made = {
            ("json.loads", "request"): "rows",
            ("json.load", "schema file"): "schema",
            ("json.loads", "schema text"): "schema",
            (READ_BY, "request"): "columns",
            (READ_BY, "rows"): "columns",
            ("read_envelope", "request"): "rows",
            ("schema_of", "columns"): "schema",
            (f"{_DATA_TABLE}.from_dfd", "data_frame_directory"): "data_table",
        }.get((str(name), str(kind)))
        return made if name not in _OWN_FUNCTIONS or name in self._helpers else None

    def _from_path(self, name: str | None, location: Location) -> Kind | None:
        if name in _SAME_PATH:
            return location
        if name == "os.path.dirname":
            return location.parent
        if name == "pandas.read_csv":
            return Loaded("frame", location, is_csv=True)
        if name == f"{_DIRECTORY}.load":
            return Loaded("data_frame_directory", location, is_csv=False)
        if name == f"{_MODEL_DIRECTORY}.load" and location.is_at(_MODEL):
            return "model_directory"
        return None

    def _shaped(self, node: ast.expr, scope: Scope) -> Kind | None:
        """Understand the frame in a shape that a config has a name for."""
        shape = shape_of(node, self._call.table)
        return "body" if shape and shape.body and self.fits(shape.frame, scope, "frame") else None

    def _of_method(self, node: ast.Call, scope: Scope) -> Kind | None:
        """Understand a method of a path."""
        if not isinstance(node.func, ast.Attribute):
            return None
        location = self.of(node.func.value, scope)
        if not isinstance(location, Location):
            return None
        if node.func.attr in _SAME_PATH_METHODS:
            return location
        opened = {"open": "schema file", "read_text": "schema text"}.get(node.func.attr)
        return opened if location.is_at(_SCHEMA) else None

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Kind | None:
        if node.attr == self._result.attribute and self.fits(node.value, scope, "result"):
            return "frame"
        if node.attr == "model" and self.fits(node.value, scope, "model_directory"):
            return "learner"
        location = self.of(node.value, scope) if node.attr == "parent" else None
        return location.parent if isinstance(location, Location) else None

    def _item(self, node: ast.Subscript, scope: Scope) -> Kind | None:
        if qualified(node.value, scope) == "os.environ":
            return _environment(node.slice)
        first = isinstance(node.slice, ast.Constant) and node.slice.value == 0
        return "result" if first and self.fits(node.value, scope, "results") else None

    def _constant(self, node: ast.expr, scope: Scope) -> Kind | None:
        value = evaluate(node, scope, self._call.table)
        if isinstance(value, str):
            return Location("script", value)
        if value is not DYNAMIC:
            return "nothing" if value is None else "constant"
        is_mapping = isinstance(node, (ast.Dict, ast.BinOp)) or _is_dict(node)
        return "arguments" if is_mapping and self.holds_arguments(node) else None

    def _sum(self, node: ast.BinOp, scope: Scope) -> Location | None:
        """Understand a path that is put together with ``/`` or from texts."""
        if isinstance(node.op, ast.Div):
            return self._joined([node.left, node.right], scope)
        return self._added(node.left, [node.right], scope) if isinstance(node.op, ast.Add) else None

    def _formatted(self, node: ast.JoinedStr, scope: Scope) -> Location | None:
        first, *rest = node.values or [node]
        return self._added(first.value, rest, scope) if isinstance(first, ast.FormattedValue) else None

    def _joined(self, parts: list[ast.expr], scope: Scope) -> Location | None:
        location = self.of(parts[0], scope) if parts else None
        for part in parts[1:]:
            text = evaluate(part, scope, self._call.table)
            if not isinstance(location, Location) or not isinstance(text, str):
                return None
            location = location.joined(text)
        return location if isinstance(location, Location) else None

    def _added(self, start: ast.expr, rest: list[ast.expr], scope: Scope) -> Location | None:
        location = self.of(start, scope)
        texts = [evaluate(part, scope, self._call.table) for part in rest]
        text = "".join(part for part in texts if isinstance(part, str))
        fits = isinstance(location, Location) and all(isinstance(part, str) for part in texts) and text[:1] == "/"
        return location.joined(text.lstrip("/")) if fits and isinstance(location, Location) else None


def given_by_position(script: Script) -> list[tuple[Port, ast.expr, Scope]]:
    """Return what the scoring call gives to ports by position."""
    return [
        (port, node, script.call.scope)
        for port, node in zip(script.call.table.ports, script.call.node.args, strict=False)
    ]


def _given_to_ports(script: Script) -> list[tuple[Port, ast.expr, Scope]]:
    named = [(port, script.arguments.get(port.name)) for port in script.call.table.ports]
    by_name = [(port, argument.value, argument.scope) for port, argument in named if argument]
    return given_by_position(script) + by_name


def _by_node(names: Names) -> dict[int, Binding]:
    return {
        id(binding.node): binding for scope in names.scopes for found in scope.bindings.values() for binding in found
    }


def _values(node: ast.Call) -> list[ast.expr]:
    return [*node.args, *(keyword.value for keyword in node.keywords)]


def _builtin(node: ast.expr, scope: Scope) -> str | None:
    """Return the name of a built-in function, or of one of the script's own."""
    if not isinstance(node, ast.Name):
        return None
    bindings = scope.home(node.id).bindings.get(node.id, [])
    return node.id if all(isinstance(binding.node, ast.FunctionDef) for binding in bindings) else None


def _owner(node: ast.Call) -> ast.expr:
    """Return what a method is called on."""
    return node.func.value if isinstance(node.func, ast.Attribute) else node.func


def _is_dict(node: ast.AST, empty: bool = False) -> bool:
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict"
    return is_call and not (empty and isinstance(node, ast.Call) and _values(node))


def _environment(node: ast.expr) -> Location | None:
    is_model = isinstance(node, ast.Constant) and node.value == "AZUREML_MODEL_DIR"
    return Location("model", "") if is_model else None


def _wrapped(name: str | None, loaded: Loaded) -> Loaded | None:
    """Return a dataset in the form that a call makes of it."""
    form = {
        (_DATA_TABLE, "frame"): "data_table",
        (f"{_DATA_TABLE}.from_dfd", "data_frame_directory"): "data_table",
        (f"{_DIRECTORY}.create", "frame"): "data_frame_directory",
    }.get((str(name), loaded.form))
    return loaded._replace(form=form) if form else None


def _is_told_plain(node: ast.Call) -> bool:
    """Say whether json.dumps() is told what it does not know as a generated script does it."""
    return [(word.arg, ast.unparse(word.value)) for word in node.keywords] == [("default", PLAIN)]
