"""How what run() gives back is changed."""

from __future__ import annotations

import ast
import builtins
import itertools
from collections.abc import Iterator

from generator.findings import UnfollowableError
from generator.rendering.score import render_made, render_shaping
from generator.rules.settings import BODIES, ENCODINGS, Request, Response, complete_response
from generator.script.edit import statements
from generator.script.edit.proof import Allowed
from generator.script.read import Script
from generator.script.understand.frame_shapes import MADE_BY, PLAIN, READ_BY
from generator.script.understand.response import Given, Shaping, definition, given_back, shaped_by
from generator.text.spans import Edit
from generator.text.wording import either
from generator.translations.language import say

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
                say("this response differs from that of an earlier return: name everything that it should be"),
                item.made,
            )
    if results == [item.response for item in given]:
        return []
    if results[0].body is None:
        edits = sorted({edit for item in given for edit in _own_shape(script, item, results[0])})
        return [*edits, *_import_edits(script)]
    response = complete_response(table, results[0])
    shaping = _shaping(script)
    if shaping and shaping.request.takes_object and response.encoding == _STRING:
        raise UnfollowableError(
            say("clients that send requests in this form expect an object: leave the encoding as it is"), given[0].made
        )
    edits = sorted({edit for item in given for edit in _edits(script, item, response)})
    for before, after in itertools.pairwise(edits):
        if after.span[0] < before.span[1]:
            raise UnfollowableError(say("this is returned in more than one way: change it by hand"), given[0].made)
    return [*edits, *_function_edits(script, given, response), *_import_edits(script)]


def may_change(script: Script) -> Allowed:
    """Return what ``response_edits`` may change of a script's syntax tree."""
    nodes = [
        node
        for item in given_back(script)
        for node in (item.made, item.dumps, item.held and item.held.value)
        if node is not None
    ]
    return Allowed(set(map(id, nodes)), set(), {}, set(), set(), {MADE_BY, PLAIN}, {})


def _with(item: Given, wanted: Response) -> Response:
    """Return a response with what is wanted of it."""
    result = item.response._replace(**wanted.named)
    is_text = item.dumps is None and item.response.encoding == _STRING  # which pandas has written
    is_loosened = item.response.strict_json and not result.strict_json
    if result.body is None and (is_loosened or (is_text and result != item.response)):
        raise UnfollowableError(
            say("the response has a shape of its own: name the one to have as well, {bodies}", bodies=either(BODIES)),
            item.made,
        )
    return result


def _own_shape(script: Script, item: Given, result: Response) -> Iterator[Edit]:
    """Yield the edits that leave a frame in the shape that it has, and make it strict, or no string, or one."""
    made = script.text.of(item.made)
    if result.strict_json and not item.response.strict_json:
        made = f"json.loads(json.dumps({made}), parse_constant=lambda name: None)"
    if result.encoding == _OBJECT:
        yield from _undumped(script, item, made)
    else:
        yield Edit(script.text.span(item.made), made if item.dumps else f"json.dumps({made})")


def _undumped(script: Script, item: Given, made: str) -> Iterator[Edit]:
    """Yield the edits by which the object is given back that json.dumps() has made a string of, with ``made`` in it."""
    text, span = script.text, script.text.span(item.made)
    if item.dumps is None:
        yield Edit(span, made)
        return
    start, end = text.span(item.dumps.args[0])
    if start <= span[0] and span[1] <= end:  # json.dumps(rows if rows else [])
        yield Edit(text.span(item.dumps), text.source[start : span[0]] + made + text.source[span[1] : end])
    else:
        yield Edit(span, made)
        yield Edit(text.span(item.dumps), text.source[start:end])


def _edits(script: Script, item: Given, response: Response) -> Iterator[Edit]:
    """Yield the edits of one way in which the frame is given back; nothing stays but the frame itself.

    ``return json.dumps({"result": frame.values.tolist()})`` becomes ``return json.dumps(body_of(frame))``, and
    ``return body_of(frame)`` where the server is to encode it.
    """
    text = script.text
    handed_back = text.of(item.made.args[1]) if isinstance(item.made, ast.Call) and len(item.made.args) > 1 else ""
    kept = handed_back if handed_back and _shaping(script) else ""
    frame = text.of(item.frame)
    if item.held:  # rows = frame, return body_of(rows)
        if item.held.other_use:
            raise UnfollowableError(
                say("{id!r} is used here besides being returned: change it by hand", id=item.held.other_use.id),
                item.held.other_use,
            )
        yield Edit(text.span(item.held.value), frame)
        frame = item.held.name.id
    made = render_made(script.call.table, response, frame, kept)
    told = ", default=plain" if response.is_designers and not kept and _is_generated(script) else ""
    if response.encoding == _STRING and not item.dumps:
        yield Edit(text.span(item.made), f"json.dumps({made}{told})")
    elif response.encoding == _STRING and item.dumps:
        yield Edit(text.span(item.made), made)
        yield from _told_edits(script, item.dumps, told)
    else:
        yield from _undumped(script, item, made)


def _told_edits(script: Script, dumps: ast.Call, told: str) -> Iterator[Edit]:
    """Yield the edit by which json.dumps() is told about what it does not know, or is so no longer."""
    text, behind = script.text, script.text.span(dumps.args[-1])[1]
    keyword = next((word for word in dumps.keywords if word.arg == "default"), None)
    if keyword and ast.unparse(keyword.value) == PLAIN and dumps.keywords == [keyword]:
        if not told:
            yield Edit((behind, text.span(keyword.value)[1]), "")
    elif told and not keyword:
        yield Edit((behind, behind), told)


def _is_generated(script: Script) -> bool:
    """Say whether a script reads requests as a generated one does."""
    return definition(script, READ_BY) is not None


def _shaping(script: Script) -> Shaping | None:
    function = definition(script, MADE_BY)
    return shaped_by(function, script.call.table) if function else None


def _function_edits(script: Script, given: list[Given], response: Response) -> Iterator[Edit]:
    """Yield the edit of the function that makes a response: put in, replaced, or taken out if nothing else uses it."""
    text, table = script.text, script.call.table
    shaping = _shaping(script)
    request = shaping.request if shaping else Request()
    needed = "" if response.is_designers and not request.keep and not _is_generated(script) else MADE_BY
    source = render_shaping(table, response, request) if needed else ""
    needed = PLAIN if source.startswith(f"def {PLAIN}(") else needed
    ours = definition(script, MADE_BY) if shaping else definition(script, PLAIN) if _is_generated(script) else None
    name = needed or MADE_BY
    for scope in script.names.scopes:
        for binding in scope.bindings.get(name, []):
            if binding.node is not ours and not _is_within(binding.node, ours):
                raise UnfollowableError(
                    say("{name} has another meaning here: rename that first", name=name), binding.node
                )
    if needed:
        _refuse_other_builtins(script, source)
    if ours and not needed:
        changed = [item.made.func for item in given if isinstance(item.made, ast.Call)]
        uses = [use.node for scope in script.names.scopes for use in scope.uses.get(MADE_BY, [])]
        if all(use in changed for use in uses):
            start, end = text.span(ours)
            yield Edit((len(text.source[:start].rstrip()), end), "")
    elif ours:
        yield Edit(text.span(ours), source.replace("\n", text.newline))
    elif needed:
        body = script.names.module.node.body
        functions = [node for node in body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
        end = text.line_end(text.span((functions or body)[-1])[1])
        yield Edit((end, end), 3 * text.newline + source.replace("\n", text.newline))


def _is_within(node: ast.AST, function: ast.AST | None) -> bool:
    return function is not None and any(inner is node for inner in ast.walk(function))


def _refuse_other_builtins(script: Script, source: str) -> None:
    """Refuse a script in which a name that the function needs of Python's own has another meaning."""
    needed = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)} & set(dir(builtins))
    for name in sorted(needed & script.names.module.bindings.keys()):
        node = script.names.module.bindings[name][0].node
        raise UnfollowableError(
            say("{name} has another meaning here than Python's own: rename that first", name=name), node
        )


def _import_edits(script: Script) -> list[Edit]:
    bindings = script.names.module.bindings.get("json", [])
    for binding in bindings:
        if binding.target != "json":
            raise UnfollowableError(
                say("json has another meaning here than by `import json`: rename that first"), binding.node
            )
    return statements.behind_imports(script.text, script.names.module.node, [] if bindings else ["import json"])
