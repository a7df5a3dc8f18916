"""What run() gives back of the scored frame, and how that is changed."""

from __future__ import annotations

import ast
import functools
import itertools
from collections.abc import Iterator

from generator.record import Record
from generator.script import statements
from generator.script.arguments import only_reads
from generator.script.names import Binding, Scope, Trail, Use, qualified
from generator.script.reading import Script
from generator.script.shapes import MADE_BY, other_shape_of, shape_of
from generator.script.text import Edit
from generator.settings import BODIES, ENCODINGS, Response, complete_response, either
from generator.table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_STRING, _OBJECT = ENCODINGS
_LOOKED_AT = (ast.Return, ast.FormattedValue, ast.If, ast.UnaryOp, ast.Assert)


class ResponseError(ValueError):
    """What run() gives back is not understood: ``node`` is where that shows, the message says why."""

    def __init__(self, node: Any, message: str) -> None:
        """Remember the place."""
        super().__init__(message)
        self.node = node


class Given(Record):
    """One way in which run() gives back the scored frame.

    ``made`` is the frame in its shape, ``dumps`` the call that makes a string of it, if one does, and ``response`` what
    it comes to, its body None where a config has no name for the shape.
    """

    frame: ast.expr
    made: ast.expr
    dumps: ast.Call | None
    response: Response


def given_back(script: Script) -> list[Given]:
    """Return the ways in which run() gives back what is scored, one at least. Raises ResponseError."""
    run = script.call.use.scope
    if getattr(run.node, "name", None) != "run" or run.parent is not script.names.module:
        if any("mini_batch" in scope.bindings for scope in script.names.module.inner):
            raise ResponseError(script.call.node, "a script for a batch endpoint sends no response")
        message = "the scoring call is not in run() itself, so what run() returns of it is not followed"
        raise ResponseError(script.call.node, f"{message}: change the response by hand")
    found = list(_Reader(script, run).given_back())
    if not found:
        raise ResponseError(
            script.call.node, "run() returns nothing of what is scored here: change the response by hand"
        )
    return found


def response_edits(script: Script, wanted: Response) -> list[Edit]:
    """Return the edits by which run() gives back what is wanted; what that leaves open stays. Raises ResponseError."""
    given, table = given_back(script), script.call.table
    if wanted.body:
        wanted = wanted._replace(body=complete_response(table, wanted).body)
    results = [_with(item, wanted) for item in given]
    for item, result in zip(given, results, strict=True):
        if result != results[0]:
            raise ResponseError(
                item.made, "this is another response than that of an earlier return: name all that it is to be"
            )
    if results == [item.response for item in given]:
        return []
    response = complete_response(table, results[0])
    edits = sorted({edit for item in given for edit in _edits(script, item, response)})
    for before, after in itertools.pairwise(edits):
        if after.span[0] < before.span[1]:
            raise ResponseError(given[0].made, "this is returned in more than one way: change it by hand")
    return [*edits, *_function_edits(script, given, response), *_import_edits(script)]


def made_by(node: ast.stmt, table: Table) -> Response | None:
    """Return the response whose shape a function makes, if it is one that a generated script has."""
    return _functions(table).get(statements.said(node))


@functools.cache
def _functions(table: Table) -> dict[str, Response]:
    from generator.render import render_body_of

    every = [Response(body, strict_json, _OBJECT) for body in reversed(BODIES) for strict_json in (False, True)]
    complete = [complete_response(table, response) for response in every]
    return {statements.said(ast.parse(render_body_of(table, item)).body[0]): item for item in complete}


class _Reader:
    """Follows what a function returns back to the scored frame."""

    def __init__(self, script: Script, run: Scope) -> None:
        self._script = script
        self._table = script.call.table
        self._run = run
        self._blocks = dict(_blocks(run.node.body, ()))
        definition = _definition(script)
        self._made = made_by(definition, self._table) if definition else None
        self._names: set[str] = set()
        self._gather_names()

    def given_back(self) -> Iterator[Given]:
        for statement in sorted(self._blocks, key=_position):
            if isinstance(statement, ast.Return) and statement.value and self._depends(statement.value):
                yield from self._returned(statement.value, statement)

    def _returned(self, node: ast.expr, statement: ast.stmt) -> Iterator[Given]:
        for value, place in self._followed(node, statement):
            if isinstance(value, ast.Call) and value.args and qualified(value.func, self._run) == "json.dumps":
                for made, _ in self._followed(value.args[0], place):
                    yield self._given(made, value)
            else:
                yield self._given(value, None)

    def _given(self, made: ast.expr, dumps: ast.Call | None) -> Given:
        encoding = _STRING if dumps else _OBJECT
        if isinstance(made, ast.Call) and ast.unparse(made.func) == MADE_BY and self._made and len(made.args) == 1:
            return Given(made.args[0], made, dumps, self._made._replace(encoding=encoding))
        shape = shape_of(made, self._table)
        frame = shape.frame if shape else other_shape_of(made)
        if frame is None or not self._is_frame(frame):
            message = (
                "what is returned here is more than the scored frame, or made of it in a way that is not understood"
            )
            raise ResponseError(made, f"{message}: change it by hand")
        if shape:
            return Given(frame, made, dumps, Response(shape.body, False, encoding))
        if isinstance(made, ast.Call) and ast.unparse(made.func).endswith(".to_json"):
            encoding = _STRING
        is_strict = ".to_json(" in ast.unparse(made)  # which writes null for NaN
        return Given(frame, made, dumps, Response(None, is_strict, encoding))

    def _is_frame(self, node: ast.expr) -> bool:
        """Say whether an expression can be the scored frame, in whole or changed: a column of it is none."""
        a_column = (
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Constant)
            and isinstance(node.slice.value, str)
        )
        return not a_column and self._depends(node)

    def _followed(self, node: ast.expr, statement: ast.stmt) -> Iterator[tuple[ast.expr, ast.stmt]]:
        """Yield what an expression may be, through the names that hold it, and the statements in which that stands."""
        if not isinstance(node, ast.Name):
            yield node, statement
            return
        for binding in self._reaching(node, statement):
            value, place = binding.value, _statement(binding.trail)
            if not self._depends_by(binding):
                continue
            if value is None or place is None:
                message = f"what {node.id!r} holds here is only known when the script runs"
                raise ResponseError(node, f"{message}: change the response by hand")
            self._refuse_other_uses(node, place)
            yield from self._followed(value, place)

    def _reaching(self, node: ast.Name, statement: ast.stmt) -> Iterator[Binding]:
        """Yield the places in the function that may have given a name its value, the last first."""
        bindings = self._run.bindings.get(node.id, [])
        for binding in sorted(bindings, key=lambda item: _position(item.node), reverse=True):
            place = _statement(binding.trail)
            if _position(binding.node) < _position(statement):
                yield binding
                blocks = self._blocks.get(place, ())
                if blocks and blocks == self._blocks[statement][: len(blocks)]:
                    return  # it is always run, and all before it is forgotten

    def _refuse_other_uses(self, node: ast.Name, assigned: ast.stmt) -> None:
        for use in self._uses(node.id):
            parent = use.trail.node if use.trail else None
            reads = isinstance(parent, _LOOKED_AT) or (isinstance(parent, ast.Call) and only_reads(parent.func))
            behind = _position(use.node) > (assigned.end_lineno, assigned.end_col_offset)
            if use.node is not node and behind and not reads:
                raise ResponseError(use.node, f"{node.id!r} is used here besides being returned: change it by hand")

    def _uses(self, name: str) -> Iterator[Use]:
        scopes = [self._run]
        while scopes:
            scope = scopes.pop()
            yield from scope.uses.get(name, [])
            scopes += scope.inner

    def _depends(self, node: ast.AST) -> bool:
        """Say whether an expression is made of what the scoring call returns."""
        return any(
            inner is self._script.call.node or (isinstance(inner, ast.Name) and inner.id in self._names)
            for inner in ast.walk(node)
        )

    def _depends_by(self, binding: Binding) -> bool:
        source = _source(binding)
        return source is not None and self._depends(source)

    def _gather_names(self) -> None:
        """Gather the names that are made of what the scoring call returns, and of names that are."""
        made: dict[ast.AST, list[str]] = {}
        for name, bindings in self._run.bindings.items():
            for source in filter(None, map(_source, bindings)):
                made.setdefault(source, []).append(name)
        read: dict[str, set[ast.AST]] = {}
        found: list[ast.AST] = []
        for source in made:
            for inner in ast.walk(source):
                if inner is self._script.call.node:
                    found.append(source)
                elif isinstance(inner, ast.Name):
                    read.setdefault(inner.id, set()).add(source)
        while found:
            names = set(made.pop(found.pop(), ())) - self._names
            self._names |= names
            found += [source for name in names for source in read.get(name, ())]


def _blocks(body: list[ast.stmt], around: tuple[int, ...]) -> Iterator[tuple[ast.stmt, tuple[int, ...]]]:
    """Yield the statements of a function and the lists of statements around each, the outermost first."""
    inside = (*around, id(body))
    for statement in body:
        yield statement, inside
        if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            for part in (statement, *getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
                for field in ("body", "orelse", "finalbody"):
                    yield from _blocks(getattr(part, field, []), inside)


def _source(binding: Binding) -> ast.AST | None:
    """Return what a name is given, or is made of."""
    statement = _statement(binding.trail)
    return binding.value or getattr(statement, "value", None) or getattr(statement, "iter", None)


def _statement(trail: Trail | None) -> Any:
    while trail and not isinstance(trail.node, ast.stmt):
        trail = trail.rest
    return trail.node if trail else None


def _position(node: Any) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _with(item: Given, wanted: Response) -> Response:
    """Return a response with what is wanted of it."""
    result = item.response._replace(**wanted.named)
    if result.body is None and result != item.response:
        raise ResponseError(
            item.made, f"the response has a shape of its own: name the one to have as well, {either(BODIES)}"
        )
    return result


def _edits(script: Script, item: Given, response: Response) -> Iterator[Edit]:
    """Yield the edits of one way in which the frame is given back; nothing stays but the frame itself."""
    from generator.render import render_made

    text = script.text
    made = render_made(script.call.table, response, text.of(item.frame))
    if response.encoding == _STRING:
        yield Edit(text.span(item.made), made if item.dumps else f"json.dumps({made})")
    elif item.dumps and item.made is item.dumps.args[0]:
        yield Edit(text.span(item.dumps), made)
    else:
        yield Edit(text.span(item.made), made)
        if item.dumps:
            yield Edit(text.span(item.dumps), text.of(item.dumps.args[0]))


def _function_edits(script: Script, given: list[Given], response: Response) -> Iterator[Edit]:
    """Yield the edit of the function that makes a response: put in, replaced, or taken out if nothing else uses it."""
    from generator.render import render_body_of

    text, old = script.text, _definition(script)
    ours = old if old and made_by(old, script.call.table) else None
    for scope in script.names.scopes:
        for binding in scope.bindings.get(MADE_BY, []):
            if binding.node is not ours:
                raise ResponseError(binding.node, f"{MADE_BY} has another meaning here: rename that first")
    if response.is_designers:
        changed = [item.made.func for item in given if isinstance(item.made, ast.Call)]
        uses = [use.node for scope in script.names.scopes for use in scope.uses.get(MADE_BY, [])]
        if ours and all(use in changed for use in uses):
            start, end = text.span(ours)
            yield Edit((len(text.source[:start].rstrip()), end), "")
        return
    source = render_body_of(script.call.table, response).replace("\n", text.newline)
    if ours:
        yield Edit(text.span(ours), source)
    else:
        body = script.names.module.node.body
        functions = [node for node in body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
        end = statements.line_end(text, text.span((functions or body)[-1])[1])
        yield Edit((end, end), 3 * text.newline + source)


def _import_edits(script: Script) -> list[Edit]:
    bindings = script.names.module.bindings.get("json", [])
    for binding in bindings:
        if binding.target != "json":
            raise ResponseError(binding.node, "json has another meaning here than by `import json`: rename that first")
    return statements.behind_imports(script.text, script.names.module.node, [] if bindings else ["import json"])


def _definition(script: Script) -> ast.stmt | None:
    functions = (node for node in script.names.module.node.body if isinstance(node, ast.FunctionDef))
    return next((node for node in functions if node.name == MADE_BY), None)
