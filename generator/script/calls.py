"""The scoring calls of a script: those that the endpoint reaches, and what its imports bring."""

import ast
from typing import NamedTuple

from generator.facts.modules import Table
from generator.script import designer
from generator.script.arguments import Argument, arguments_given
from generator.script.execution import Execution
from generator.script.objects import Unknown, Value
from generator.script.scopes import Names, Scope
from generator.text.spans import start_of

MOST_CALLS = 20
"""How many scoring calls of a script are looked into: no one writes as many."""


class ScoringCall(NamedTuple):
    """A call of a Score module's ``run`` that the endpoint reaches.

    ``positional`` is what it is given by position; ``rest`` says why more may be given than ``arguments`` holds.
    """

    table: Table
    node: ast.Call
    scope: Scope
    arguments: list[Argument]
    positional: list[Value]
    rest: Unknown | None


def scoring_calls(execution: Execution) -> list[ScoringCall]:
    """Return the scoring calls that are reached, in the order in which they stand."""
    reached = sorted(execution.calls.values(), key=lambda call: start_of(call.node))
    return [
        ScoringCall(call.table, call.node, call.scope.function, arguments_given(call), call.positional, call.rest)
        for call in reached
    ]


def imported_modules(names: Names) -> dict[Table, ast.AST]:
    """Return the Score modules that a script imports, or whose class it imports, each with an import of it."""
    wanted = designer.by_path_or_class()
    found: dict[Table, ast.AST] = {}
    for _, binding in names.imports:
        table = wanted.get(binding.target or "")
        if table:
            found.setdefault(table, binding.node)
    for scope in names.scopes:
        for path in scope.stars:
            if path in wanted:
                found.setdefault(wanted[path], names.module.node.body[0])
    return found
