"""What run() gives back of the scored frame."""

from __future__ import annotations

import ast
import copy
import functools
import itertools
from collections.abc import Iterator
from typing import NamedTuple

from generator.facts.modules import Table
from generator.findings import UnfollowableError
from generator.rendering.score import render_shaping, shaped_names
from generator.rules.settings import BODIES, ENCODINGS, REQUEST_BODIES, ROW, Request, Response, complete_response
from generator.script.effects import LOGGING, only_reads
from generator.script.parse import said
from generator.script.read import Script
from generator.script.scopes import Binding, Scope, Use, qualified, statement_around
from generator.script.understand.frame_shapes import MADE_BY, other_shape_of, shape_of
from generator.text.spans import end_of, start_of
from generator.translations.language import say

_STRING, _OBJECT = ENCODINGS
_MOST_CALLED = 5  # functions of which each returns what the next one does
_LOOKED_AT = (ast.Return, ast.FormattedValue, ast.If, ast.UnaryOp, ast.Assert)


class Held(NamedTuple):
    """A name that holds the list or dict that is made of the frame, the value it is given, and its use elsewhere."""

    name: ast.Name
    value: ast.expr
    other_use: ast.Name | None


class Given(NamedTuple):
    """One way in which run() gives back the scored frame.

    ``made`` is the frame in its shape, ``dumps`` the call that makes a string of it, if one does, and ``response`` what
    it comes to, its body None where a config has no name for the shape. Where a name ``held`` holds what the frame is
    made into, that stands in ``made``: ``rows = frame.to_dict("records")``, ``return {"result": rows}``.
    """

    frame: ast.expr
    made: ast.expr
    dumps: ast.Call | None
    response: Response
    held: Held | None = None


def given_back(script: Script) -> list[Given]:
    """Return the ways in which run() gives back what is scored, one at least. Raises UnfollowableError."""
    run = _answering(script)
    if any("mini_batch" in scope.bindings for scope in script.names.module.inner):
        raise UnfollowableError(say("a script for a batch endpoint sends no response"), script.call.node)
    if run is None:
        message = say("the script has no run() whose response could be changed: add one")
        if "run" in script.names.module.bindings:
            message = say("which function run() is cannot be told here: change the response by hand")
        raise UnfollowableError(message, script.call.node)
    found = list(_Reader(script, run).given_back())
    if not found:
        raise UnfollowableError(
            say("what run() returns is not made of this call's result in a way that is understood: change it by hand"),
            script.call.node,
        )
    return found


def _answering(script: Script) -> Scope | None:
    """Return the function that makes the response: run(), or what run() calls to do just that.

    def run(data):
        return service.answer(data)     # so it is answer()
    """
    scope = script.execution.entry
    for _ in range(_MOST_CALLED):
        returns = [node for node in ast.walk(scope.node) if isinstance(node, ast.Return)] if scope else []
        value = returns[0].value if len(returns) == 1 else None
        value = value.value if isinstance(value, ast.Await) else value
        if not isinstance(value, ast.Call) or id(value) in script.execution.scored:
            break
        called = script.execution.called.get(id(value))
        if called is None or not isinstance(called.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            break
        if definition(script, MADE_BY) is called.node:
            break
        scope = called
    return scope


class Shaping(NamedTuple):
    """A function of a generated script that shapes the scored frame: the response, encoding apart, and the request."""

    response: Response
    request: Request


def shaped_by(node: ast.stmt, table: Table) -> Shaping | None:
    """Return what a function makes of the scored frame, if it is one that a generated script has."""
    if not isinstance(node, ast.FunctionDef):
        return None
    try:
        names, columns = shaped_names(node.body)
    except ValueError:  # more than literals
        return None
    plain = copy.copy(node)
    plain.body = [statement for statement in node.body if not _only_names(statement, bool(names), bool(columns))]
    found = _shapings(table).get(said(plain))
    return found and found._replace(response=found.response._replace(names=names, columns=columns))


def _only_names(node: ast.stmt, named: bool, taken: bool) -> bool:
    """Say whether a statement of a shaping function renames the columns or takes some of them."""
    if not isinstance(node, ast.Assign):
        return False
    target, value = ast.unparse(node.targets[0]), ast.unparse(node.value)
    renames = (target, value) == ("frame", "frame.rename(columns=names)") or isinstance(node.value, ast.Dict)
    takes = (target, value) == ("frame", "frame[columns]") or isinstance(node.value, ast.List)
    return (named and renames) or (taken and takes)


@functools.cache
def _shapings(table: Table) -> dict[str, Shaping]:
    """Return what the functions make that the scripts of a module can have, by what they say; names apart."""
    made: dict[str, Shaping] = {}
    requests = [
        Request(body, keep=keep, swagger=swagger)
        for body in (REQUEST_BODIES[0], "designer")
        for swagger in (True, False)
        for keep in (("column",), ())
    ]
    for body, strict_json, request in itertools.product((ROW, *reversed(BODIES)), (False, True), requests):
        response = complete_response(table, Response(body, strict_json, _OBJECT))
        source = render_shaping(table, response, request)
        made[said(ast.parse(source).body[0])] = Shaping(response, request)
    return made


class _Reader:
    """Follows what a function returns back to the scored frame."""

    # Read from below, each line leads to the one above it:
    #
    #     scored = result.data_frame             the frame
    #     rows = scored.to_dict("records")       made of the frame: body "records"
    #     answer = {"result": rows}              held by a name, in a dict
    #     return json.dumps(answer)              encoding "string"

    def __init__(self, script: Script, run: Scope) -> None:
        self._script = script
        self._table = script.call.table
        self._run = run
        scored = script.execution.scored
        inside = (node for node in ast.walk(run.node) if isinstance(node, ast.Call) and id(node) in scored)
        calls = {id(call.node) for call in script.siblings}
        self._roots = {id(node) for node in inside if id(scored[id(node)].call) in calls}
        self._blocks = dict(_blocks(run.node.body, ()))
        function = definition(script, MADE_BY)
        self._shaping = shaped_by(function, self._table) if function else None
        self._names: set[str] = set()
        self._gather_names()

    def given_back(self) -> Iterator[Given]:
        for statement in sorted(self._blocks, key=start_of):
            if isinstance(statement, ast.Return) and statement.value and self._depends(statement.value):
                yield from self._returned(statement.value, statement)

    def _returned(self, node: ast.expr, statement: ast.stmt) -> Iterator[Given]:
        for value, place in self._followed(node, statement):
            if isinstance(value, ast.Call) and value.args and qualified(value.func, self._run) == "json.dumps":
                for made, where in self._followed(value.args[0], place):
                    yield self._given(made, value, where)
            else:
                yield self._given(value, None, place)

    def _given(self, made: ast.expr, dumps: ast.Call | None, place: ast.stmt) -> Given:
        encoding = _STRING if dumps else _OBJECT
        if isinstance(made, ast.Call) and ast.unparse(made.func) == MADE_BY and self._shaping and made.args:
            return Given(made.args[0], made, dumps, self._shaping.response._replace(encoding=encoding))
        loose = _made_strict(made)
        if loose is not None:
            given = self._given(loose, dumps, place)
            return given._replace(made=made, response=given.response._replace(strict_json=True))
        held = self._held(made, place)
        whole = _with_value(made, held) if held else made
        shape = shape_of(whole, self._table)
        frame = shape.frame if shape else other_shape_of(whole)
        if frame is None or not self._is_frame(frame) or self._is_own_dict(made):
            message = say(
                "what is returned here is more than the scored frame, or made of it in a way that is not understood"
            )
            raise UnfollowableError(say("{message}: change it by hand", message=message), made)
        if shape:
            return Given(frame, made, dumps, Response(shape.body, False, encoding, (), ()), held)
        if isinstance(made, ast.Call) and ast.unparse(made.func).endswith(".to_json"):
            encoding = _STRING
        is_strict = ".to_json(" in ast.unparse(made)  # which writes null for NaN
        return Given(frame, made, dumps, Response(None, is_strict, encoding, (), ()), held)

    def _is_own_dict(self, made: ast.expr) -> bool:
        """Say whether an expression calls a ``dict`` that is not Python's own."""
        is_called = isinstance(made, ast.Call) and ast.unparse(made.func) == "dict"
        return is_called and any("dict" in scope.bindings for scope in self._script.names.scopes)

    def _held(self, made: ast.expr, place: ast.stmt) -> Held | None:
        """Return the name that holds what is made of the frame, if a dict gives that back: ``{"result": rows}``."""
        if not isinstance(made, ast.Dict) or len(made.values) > 2:
            return None
        # {"result": rows, "version": 3}: `rows` depends on the frame, and its one assignment says what was made of it
        names = [value for value in made.values if isinstance(value, ast.Name) and self._depends(value)]
        if len(names) != 1:
            return None
        bindings = [binding for binding in self._reaching(names[0], place) if self._depends_by(binding)]
        if len(bindings) != 1 or bindings[0].value is None or isinstance(bindings[0].value, ast.Name):
            return None
        value = bindings[0].value
        if len(self._run.bindings[names[0].id]) > 1:
            return None
        others = [use.node for use in self._uses(names[0].id) if use.node is not names[0] and not _is_told(use, value)]
        made_of = {inner.id for inner in ast.walk(value) if isinstance(inner, ast.Name)}
        others += [use.node for name in made_of for use in self._uses(name) if start_of(use.node) > end_of(value)]
        return Held(names[0], value, others[0] if others else None)

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
        if isinstance(node, ast.IfExp):
            for way in filter(self._depends, (node.body, node.orelse)):
                yield from self._followed(way, statement)
            return
        if not isinstance(node, ast.Name):
            yield node, statement
            return
        for binding in self._reaching(node, statement):
            value, place = binding.value, statement_around(binding.trail)
            if not self._depends_by(binding):
                continue
            if value is None or place is None:
                message = say("what {id!r} holds here is only known when the script runs", id=node.id)
                raise UnfollowableError(say("{message}: change the response by hand", message=message), node)
            self._refuse_other_uses(node, place)
            yield from self._followed(value, place)

    def _reaching(self, node: ast.Name, statement: ast.stmt) -> Iterator[Binding]:
        """Yield the places in the function that may have given a name its value, the last first."""
        # answer = a             always run, but forgotten by the next line: not reached
        # answer = b             always run: reached, and the last to look at
        # if wide: answer = c    may be run: reached
        # return answer
        bindings = self._run.bindings.get(node.id, [])
        for binding in sorted(bindings, key=lambda item: start_of(item.node), reverse=True):
            place = statement_around(binding.trail)
            if start_of(binding.node) < start_of(statement):
                yield binding
                blocks = self._blocks.get(place, ())
                if blocks and blocks == self._blocks[statement][: len(blocks)]:
                    return  # it is always run, and all before it is forgotten

    def _refuse_other_uses(self, node: ast.Name, assigned: ast.stmt) -> None:
        for use in self._uses(node.id):
            parent = use.trail.node if use.trail else None
            reads = isinstance(parent, _LOOKED_AT) or (isinstance(parent, ast.Call) and only_reads(parent.func))
            behind = start_of(use.node) > end_of(assigned)
            if use.node is not node and behind and not reads:
                raise UnfollowableError(
                    say("{id!r} is used here besides being returned: change it by hand", id=node.id), use.node
                )

    def _uses(self, name: str) -> Iterator[Use]:
        scopes = [self._run]
        while scopes:
            scope = scopes.pop()
            yield from scope.uses.get(name, [])
            scopes += scope.inner

    def _depends(self, node: ast.AST) -> bool:
        """Say whether an expression is made of what the scoring call returns."""
        return any(
            id(inner) in self._roots or (isinstance(inner, ast.Name) and inner.id in self._names)
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
                if id(inner) in self._roots:
                    found.append(source)
                elif isinstance(inner, ast.Name):
                    read.setdefault(inner.id, set()).add(source)
        while found:
            names = set(made.pop(found.pop(), ())) - self._names
            self._names |= names
            found += [source for name in names for source in read.get(name, ())]


def _with_value(made: ast.expr, held: Held) -> ast.expr:
    """Return a dict display with the value of a name in the place of the name."""
    assert isinstance(made, ast.Dict)
    return ast.Dict(made.keys, [held.value if value is held.name else value for value in made.values])


def _is_told(use: Use, value: ast.expr) -> bool:
    """Say whether a use only tells of what is returned, as it would of the frame: in a log, or how long it is."""
    parent = use.trail.node if use.trail else None
    if not isinstance(parent, ast.Call) or use.node not in parent.args:
        return False
    if ast.unparse(parent.func) == "len":
        return isinstance(value, ast.Call) and ("records" in ast.unparse(value) or ".tolist(" in ast.unparse(value))
    return ast.unparse(parent.func) == "print" or (
        isinstance(parent.func, ast.Attribute) and parent.func.attr in LOGGING
    )


def _made_strict(node: ast.expr) -> ast.expr | None:
    """Return what ``json.loads(json.dumps(body), parse_constant=...)`` makes strict."""
    if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "json.loads" and len(node.args) == 1):
        return None
    inner = node.args[0]
    is_strict = [keyword.arg for keyword in node.keywords] == ["parse_constant"]
    dumped = isinstance(inner, ast.Call) and ast.unparse(inner.func) == "json.dumps" and len(inner.args) == 1
    return inner.args[0] if is_strict and dumped and isinstance(inner, ast.Call) else None


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
    statement = statement_around(binding.trail)
    return binding.value or getattr(statement, "value", None) or getattr(statement, "iter", None)


def definition(script: Script, name: str) -> ast.stmt | None:
    """Return the function of that name at the top level, if there is one."""
    functions = (node for node in script.names.module.node.body if isinstance(node, ast.FunctionDef))
    return next((node for node in functions if node.name == name), None)
