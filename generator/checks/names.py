"""Names that the script, Python or the module does not know."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from generator.checks.context import Context
from generator.checks.registry import Remark, check
from generator.rules.as_written import Member
from generator.script.places import name_node
from generator.text.similar import nearest


@check("SG101")
def unknown_parameter(script: Context) -> Iterator[Remark]:
    """Find arguments that the module has no parameter for."""
    for call in script.followed():
        known = [*(port.name for port in call.table.ports), *call.parameters, *call.table.outputs]
        for name, given in call.given.items():
            if name not in known:
                near = nearest(name, known)
                hint = f"did you mean {near!r}?" if near else f"it takes {', '.join(call.parameters)}"
                message = f"{call.table.name} has no parameter {name!r}; {hint}"
                key = given.argument.key
                proposed = repr(near) if near and not isinstance(key, ast.keyword) else near
                yield Remark(name_node(key), message, name, tuple(known), proposed)


@check("SG108")
def enum_not_imported(script: Context) -> Iterator[Remark]:
    """Find members of an Enum that the script does not import."""
    for _, parameter, given in script.settings():
        if isinstance(given.value, Member) and not given.value.imported:
            owner = given.node.value if isinstance(given.node, (ast.Attribute, ast.Subscript)) else given.node
            message = (
                f"{given.value.enum} is not imported, a NameError at the first request: import it beside the module"
            )
            yield Remark(owner, message, parameter.name)
