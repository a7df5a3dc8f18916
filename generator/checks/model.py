"""The model beside the script: whether what the script does can work with it, and with its columns."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from generator.checks.context import Call, Context
from generator.checks.registry import Remark, check
from generator.model.names import MODEL_FOLDER
from generator.script.scopes import qualified
from generator.translations.language import say

_MAY_CHANGE_DATES = {
    *("apply", "applymap", "assign", "astype", "drop", "dt", "filter", "format", "iloc", "insert", "isoformat", "loc"),
    *("map", "pop", "select_dtypes", "strftime", "to_csv", "to_json", "transform"),
}
"""What a script may do with a frame before it is encoded, so that no date is left in it."""
_KEEPS_DATES = {"tolist", "to_dict"}


@check("SG130")
def dates_in_the_response(script: Context) -> Iterator[Remark]:
    """Find responses that are encoded with columns of dates, which JSON has no form for."""
    if not script.endpoint.dates:
        return
    for call, parameter, given in script.settings:
        if parameter.keeps_columns and given.is_known and given.canonical is True:
            yield from _encoded_as_they_are(script, call)


def _encoded_as_they_are(script: Context, call: Call) -> Iterator[Remark]:
    function = call.scope.node
    if any(_may_change(node) for node in ast.walk(function)):
        return
    for use in script.names.method_calls:
        is_dumps = use.scope is call.scope and qualified(use.node.func, use.scope) == "json.dumps"
        if is_dumps and _encodes_frame(use.node):
            message = say(
                "the model has dates in {dates!r}, at which this fails at every request: `scoregen rewrite "
                "SCRIPT --strict-json` makes them text",
                dates=script.endpoint.dates[0],
            )
            yield Remark(use.node, message)


def _encodes_frame(dumps: ast.Call) -> bool:
    """Say whether json.dumps is given the values of a frame as they are: ``{"result": frame.values.tolist()}``."""
    if {"default", "cls"} & {keyword.arg for keyword in dumps.keywords} or not dumps.args:
        return False
    calls = [node.func for node in ast.walk(dumps.args[0]) if isinstance(node, ast.Call)]
    return bool(calls) and all(isinstance(called, ast.Attribute) and called.attr in _KEEPS_DATES for called in calls)


def _may_change(node: ast.AST) -> bool:
    """Say whether a node may take dates out of a frame: a method that does, or a choice of columns."""
    if isinstance(node, ast.Attribute):
        return node.attr in _MAY_CHANGE_DATES
    return isinstance(node, ast.Subscript) and isinstance(node.slice, ast.List | ast.Constant)


@check("SG132")
def model_of_another_module(script: Context) -> Iterator[Remark]:
    """Find a call that cannot score the script's model, which the script loads by its folder's name."""
    its = script.endpoint.module
    if its is None or MODEL_FOLDER not in script.places.source:
        return
    if its not in {call.table for call in script.scoring_calls}:
        for call in script.calls[:1]:
            message = say(
                "{name} cannot score the script's model, which by its class is one for {its}: give it the model that "
                "it is written for, or call {class_name}",
                name=call.table.name,
                its=its.name,
                class_name=its.class_name,
            )
            yield Remark(call.node, message)
