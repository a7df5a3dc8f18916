"""What the script gives back."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from generator.checks.context import Call, Context
from generator.checks.registry import Remark, check
from generator.checks.values import option_of
from generator.script.scopes import Use, qualified, statement_around
from generator.translations.language import say

_FILLERS = {"dropna", "fillna", "mask", "replace", "where"}
_STRICT = "parse_constant"  # how the json module is told what to make of NaN
_READS = "read_"  # how the functions of a generated script begin that read requests, in which NaN is another's


@check("SG112")
def bare_nan(script: Context) -> Iterator[Remark]:
    """Find responses that can hold NaN, which JSON does not have."""
    for call, parameter, given in script.settings:
        option = option_of(call, parameter, given)
        if option and option.pads_with_nan:
            yield from _bare_nan(script, call, option.name)


def _bare_nan(script: Context, call: Call, option: str) -> Iterator[Remark]:
    in_function = [use for use in script.names.method_calls if use.scope is call.scope]
    dumps = [use for use in in_function if qualified(use.node.func, use.scope) == "json.dumps" and _is_returned(use)]
    if not dumps or any(use.node.func.attr in _FILLERS for use in in_function):
        return
    made = [use for use in script.names.method_calls if not getattr(use.scope.node, "name", "").startswith(_READS)]
    if any(keyword.arg == _STRICT for use in made for keyword in use.node.keywords):
        return
    for use in dumps:
        why = say("fills short lists up with NaN, which JSON does not have")
        remedy = say("ask for strict JSON (`strict_json`), or replace it by None before json.dumps")
        message = say("{option!r} {why}: {remedy}", option=option, why=why, remedy=remedy)
        yield Remark(use.node, message)


def _is_returned(use: Use) -> bool:
    return isinstance(statement_around(use.trail), (ast.Return, ast.Assign))


@check("SG123")
def wrong_use_of_the_result(script: Context) -> Iterator[Remark]:
    """Find what is taken of a scoring call's result that it does not have."""
    for node, scored in script.execution.wrong_attributes.values() if script.execution else ():
        table = next((call.table for call in script.calls if call.node is scored.call), None)
        if table is None or not isinstance(node, ast.Attribute):
            continue
        if scored.kind == "results":
            message = say(
                "run() returns a tuple of one, which has no .{attr}: write (result,) = ... to unpack it", attr=node.attr
            )
        else:
            message = say(
                "the result of {name} has no .{attr}: write .{attribute}",
                name=table.name,
                attr=node.attr,
                attribute=table.result.attribute,
            )
        yield Remark(node, message)
