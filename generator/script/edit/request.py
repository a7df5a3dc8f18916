"""How a generated script reads its requests, where the parameters that are set ask for another way."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from generator.facts.modules import Value
from generator.findings import UnfollowableError
from generator.rendering.score import render_reading, said_parameters, said_request
from generator.rules.settings import AUTO, Settings
from generator.script.parse import said
from generator.script.read import Script
from generator.script.understand.frame_shapes import READ_BY
from generator.script.understand.response import definition
from generator.text.spans import Edit
from generator.translations.language import say

_FILES_BY = "read_file"
"""The function that reads files in a generated script for a batch endpoint."""


def reading_edits(
    script: Script, changes: Mapping[str, Value], result: Mapping[str, Value]
) -> list[tuple[ast.stmt, Edit]]:
    """Return the statements by which a generated script reads requests, each with its edit for the new parameters.

    ``changes`` are those that are set, ``result`` is all of them then. A script that reads requests in another way, or
    whose way was changed by hand, keeps it. Raises UnfollowableError where a request may set one of them, or asks for
    what they do not allow.
    """
    function = definition(script, READ_BY)
    if function is None:
        return []
    tree = script.names.module.node
    try:
        request, settable = said_request(tree), said_parameters(tree)
    except (ValueError, StopIteration):  # changed by hand
        return []
    for name in changes.keys() & settable.keys():
        raise UnfollowableError(
            say("a request may set {name} here: change the config, and generate it", name=name), function
        )
    table = script.call.table
    before = Settings(table, script.values, {}, request=request)
    after = before._replace(parameters=result)
    if after.reading == before.reading:
        return []
    if request.keep and not after.reading.row_for_row:
        raise UnfollowableError(
            say("columns are handed back here, and the new mode does not answer row for row"), function
        )
    is_batch = definition(script, _FILES_BY) is not None
    edits = []
    for old, new in zip(render_reading(before, is_batch), render_reading(after, is_batch), strict=True):
        wanted = said(ast.parse(old).body[0])
        nodes = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and said(node) == wanted]
        edits += [(node, Edit(script.text.span(node), new.replace("\n", script.text.newline))) for node in nodes]
    return edits if len(edits) == (2 if request.optional == AUTO else 1) else []
