"""Names that the script, Python or the module does not know."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from generator.checks.certainty import in_a_branch, is_guarded, use_of
from generator.checks.context import Context
from generator.checks.registry import Remark, check
from generator.findings import Severity
from generator.rules.coercion import Member
from generator.script.places import name_node
from generator.text.similar import nearest
from generator.translations.language import say


@check("SG101")
def unknown_parameter(script: Context) -> Iterator[Remark]:
    """Find arguments that the module has no parameter for."""
    for call in script.named_calls:
        known = [*(port.name for port in call.table.ports), *call.parameters, *call.table.outputs]
        for name, given in call.given.items():
            if name not in known:
                near = nearest(name, known)
                hint = (
                    say("did you mean {near!r}?", near=near)
                    if near
                    else say("it takes {parameters}", parameters=", ".join(call.parameters))
                )
                message = say(
                    "{name} has no parameter {argument!r}; {hint}", name=call.table.name, argument=name, hint=hint
                )
                key = given.argument.key
                proposed = repr(near) if near and not isinstance(key, ast.keyword) else near
                severity: Severity | None = "warning" if given.argument.maybe else None  # not in every request
                yield Remark(name_node(key), message, name, tuple(known), proposed, severity)


@check("SG108")
def enum_not_imported(script: Context) -> Iterator[Remark]:
    """Find members of an Enum that the script does not import."""
    for _, parameter, given in script.settings:
        if isinstance(given.value, Member) and not given.value.imported:
            owner = given.node.value if isinstance(given.node, (ast.Attribute, ast.Subscript)) else given.node
            message = say(
                "{enum} is not imported, a NameError at the first request: import it beside the module",
                enum=given.value.enum,
            )
            yield Remark(owner, message, parameter.name)


@check("SG124")
def kept_by_another_function(script: Context) -> Iterator[Remark]:
    """Find names without a value here that another function gives one for itself, as init() does without ``global``."""
    for node in script.execution.unbound.values() if script.execution else ():
        keeper = _keeper(script, node.id)
        use = use_of(script.names, node) if keeper else None  # which looks at all uses of the name
        if use and not is_guarded(node, use.trail):
            message = say(
                "{keeper}() keeps {id!r} for itself, a NameError here: write `global {id}` in it",
                keeper=keeper,
                id=node.id,
            )
            yield Remark(node, message, severity="warning" if in_a_branch(node, use.trail) else None)


def _keeper(script: Context, name: str) -> str | None:
    """Return the function of the script that gives a name a value which no other function sees."""
    for scope in script.names.module.inner:
        assigned = [item for item in scope.bindings.get(name, ()) if not isinstance(item.node, ast.arg)]
        if assigned and isinstance(scope.node, ast.FunctionDef):
            return str(scope.node.name)
    return None
