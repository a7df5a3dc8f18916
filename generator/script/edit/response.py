"""How what run() gives back is changed."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.findings import UnfollowableError
from generator.rendering.score import render_body_of, render_made
from generator.rules.settings import BODIES, ENCODINGS, Response, complete_response
from generator.script.edit import statements
from generator.script.edit.proof import Allowed
from generator.script.read import Script
from generator.script.understand.frame_shapes import MADE_BY
from generator.script.understand.response import Given, definition, given_back, made_by
from generator.text.spans import Edit
from generator.text.wording import either

if TYPE_CHECKING:
    pass

_STRING, _OBJECT = ENCODINGS


def response_edits(script: Script, wanted: Response) -> list[Edit]:
    """Return the edits by which run() gives back what is wanted; what that leaves open stays.

    Raises UnfollowableError.
    """
    given, table = given_back(script), script.call.table
    if wanted.body:
        wanted = wanted._replace(body=complete_response(table, wanted).body)
    results = [_with(item, wanted) for item in given]
    for item, result in zip(given, results, strict=True):
        if result != results[0]:
            raise UnfollowableError(
                "this is another response than that of an earlier return: name all that it is to be", item.made
            )
    if results == [item.response for item in given]:
        return []
    if results[0].body is None:
        edits = sorted({edit for item in given for edit in _own_shape(script, item, results[0])})
        return [*edits, *_import_edits(script)]
    response = complete_response(table, results[0])
    edits = sorted({edit for item in given for edit in _edits(script, item, response)})
    for before, after in itertools.pairwise(edits):
        if after.span[0] < before.span[1]:
            raise UnfollowableError("this is returned in more than one way: change it by hand", given[0].made)
    return [*edits, *_function_edits(script, given, response), *_import_edits(script)]


def may_change(script: Script) -> Allowed:
    """Return what ``response_edits`` may change of a script's syntax tree."""
    nodes = [node for item in given_back(script) for node in (item.made, item.dumps) if node is not None]
    return Allowed(set(map(id, nodes)), set(), {}, set(), set(), {MADE_BY})


def _with(item: Given, wanted: Response) -> Response:
    """Return a response with what is wanted of it."""
    result = item.response._replace(**wanted.named)
    is_text = item.dumps is None and item.response.encoding == _STRING  # which pandas has written
    is_loosened = item.response.strict_json and not result.strict_json
    if result.body is None and (is_loosened or (is_text and result != item.response)):
        raise UnfollowableError(
            f"the response has a shape of its own: name the one to have as well, {either(BODIES)}", item.made
        )
    return result


def _own_shape(script: Script, item: Given, result: Response) -> Iterator[Edit]:
    """Yield the edits that leave a frame in the shape that it has, and make it strict, or no string, or one."""
    made = script.text.of(item.made)
    if result.strict_json and not item.response.strict_json:
        made = f"json.loads(json.dumps({made}), parse_constant=lambda name: None)"
    if item.dumps and result.encoding == _OBJECT and item.made is item.dumps.args[0]:
        yield Edit(script.text.span(item.dumps), made)
    elif item.dumps and result.encoding == _OBJECT:
        yield Edit(script.text.span(item.made), made)
        yield Edit(script.text.span(item.dumps), script.text.of(item.dumps.args[0]))
    else:
        yield Edit(
            script.text.span(item.made), made if item.dumps or result.encoding == _OBJECT else f"json.dumps({made})"
        )


def _edits(script: Script, item: Given, response: Response) -> Iterator[Edit]:
    """Yield the edits of one way in which the frame is given back; nothing stays but the frame itself."""
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
    text, old = script.text, definition(script)
    ours = old if old and made_by(old, script.call.table) else None
    for scope in script.names.scopes:
        for binding in scope.bindings.get(MADE_BY, []):
            if binding.node is not ours:
                raise UnfollowableError(f"{MADE_BY} has another meaning here: rename that first", binding.node)
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
        end = text.line_end(text.span((functions or body)[-1])[1])
        yield Edit((end, end), 3 * text.newline + source)


def _import_edits(script: Script) -> list[Edit]:
    bindings = script.names.module.bindings.get("json", [])
    for binding in bindings:
        if binding.target != "json":
            raise UnfollowableError(
                "json has another meaning here than by `import json`: rename that first", binding.node
            )
    return statements.behind_imports(script.text, script.names.module.node, [] if bindings else ["import json"])
