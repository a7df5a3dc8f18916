"""What a scoring call is given, wherever the script puts it together."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeGuard

from generator.findings import UnfollowableError
from generator.script.calls import ScoringCall
from generator.script.scopes import Scope, Trail, Use, assigned_once, is_init
from generator.script.values import DYNAMIC, evaluate

_ALWAYS_RUN = (ast.With, ast.AsyncWith)  # what stands in them runs as if it stood around them
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_READING_METHODS = {"copy", "get", "items", "keys", "values"}
_READING_FUNCTIONS = {
    "bool",
    "dict",
    "dumps",
    "len",
    "list",
    "print",
    "pformat",
    "pprint",
    "repr",
    "sorted",
    "str",
    "type",
}
_MOST_STEPS = 1000  # of a call: no one writes as many arguments, and names that lead to names can be endless
_MANY = 100  # statements, among which to search takes longer than an import
_LOGGING = {"critical", "debug", "error", "exception", "info", "log", "warning"}


class Argument(NamedTuple):
    """One argument: its name, its value, and what holds it.

    ``holder`` is the call or dict display in which it stands, or the assignment ``params["name"] = value``; ``key`` is
    the node that names it there, and ``scope`` where the names in the value are looked up. One that is repeated is
    given to one call twice, which Python refuses.
    """

    name: str
    value: ast.expr
    key: ast.AST
    holder: ast.Call | ast.Dict | ast.Assign
    scope: Scope
    is_repeated: bool = False


def arguments_of(call: ScoringCall) -> list[Argument]:
    """Return a call's arguments in the order in which they are given; a later one of a name replaces an earlier.

    Raises UnfollowableError.
    """
    steps = iter(range(_MOST_STEPS))
    try:
        for node in call.node.args:
            _step(node, steps)
        return list(_keywords(call.node, call.use.scope, call, steps))
    except RecursionError:
        raise UnfollowableError("the parameters are nested too deeply", call.node) from None


def _keywords(node: ast.Call, scope: Scope, call: ScoringCall, steps: Iterator[int]) -> Iterator[Argument]:
    seen: set[str] = set()
    for keyword in node.keywords:
        _step(keyword.value, steps)
        if keyword.arg is None:
            given = list(_mapping(keyword.value, scope, call, steps))
        else:
            given = [Argument(keyword.arg, keyword.value, keyword, node, scope)]
        for argument in given:
            yield argument._replace(is_repeated=True) if argument.name in seen else argument
        seen |= {argument.name for argument in given}


def _step(node: ast.AST, steps: Iterator[int]) -> None:
    """Go on to what stands at a node. Raises UnfollowableError where no steps are left."""
    if next(steps, None) is None:
        raise UnfollowableError(f"the parameters take more than {_MOST_STEPS} steps to follow", node)


def _mapping(node: ast.expr, scope: Scope, call: ScoringCall, steps: Iterator[int]) -> Iterator[Argument]:
    """Yield what a mapping holds that reaches the call."""
    _step(node, steps)
    if isinstance(node, ast.Dict):
        yield from _display(node, scope, call, steps)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict":
        for argument in node.args:
            yield from _mapping(argument, scope, call, steps)
        yield from _keywords(node, scope, call, steps)
    elif _is_copy(node):
        yield from _mapping(node.func.value, scope, call, steps)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield from _mapping(node.left, scope, call, steps)
        yield from _mapping(node.right, scope, call, steps)
    elif isinstance(node, ast.Name):
        yield from _named(node, scope, call, steps)
    elif isinstance(node, ast.NamedExpr):
        yield from _mapping(node.value, scope, call, steps)
    elif isinstance(node, ast.DictComp):
        raise UnfollowableError("the parameters are built in a loop", node)
    else:
        raise UnfollowableError("the parameters come from elsewhere", node)


def _is_copy(node: ast.expr) -> TypeGuard[Any]:
    """Say whether an expression is ``params.copy()``."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "copy"
        and not (node.args or node.keywords)
    )


def _display(node: ast.Dict, scope: Scope, call: ScoringCall, steps: Iterator[int]) -> Iterator[Argument]:
    for key, value in zip(node.keys, node.values, strict=True):
        _step(value, steps)
        if key is None:
            yield from _mapping(value, scope, call, steps)
        else:
            yield Argument(_key(key, scope, call), value, key, node, scope)


def _key(node: ast.expr, scope: Scope, call: ScoringCall) -> str:
    name = evaluate(node, scope, call.table)
    if not isinstance(name, str):
        raise UnfollowableError("the name of a parameter is only known when the script runs", node)
    return name


def _named(node: ast.Name, scope: Scope, call: ScoringCall, steps: Iterator[int]) -> Iterator[Argument]:
    """Yield what a name's mapping holds when the call is made: what it was assigned, and what was added since."""
    binding = assigned_once(node.id, scope)
    if binding is None:
        raise UnfollowableError(f"{node.id!r} is assigned in more than one place, or comes from elsewhere", node)
    if binding.value is None or not _is_alone(binding.trail):
        raise UnfollowableError(f"what {node.id!r} holds is only known when the script runs", binding.node)
    if not _comes_before(binding.node, binding.trail, binding.scope, call):
        raise UnfollowableError(f"{node.id!r} is assigned where it may not be reached", binding.node)
    yield from _mapping(binding.value, binding.scope, call, steps)
    for use in _uses(node.id, scope):
        _step(use.node, steps)
        if use.node is not node and not _comes_after(use, node, scope, call):
            yield from _added(use, call, steps)


def _comes_after(use: Use, node: ast.Name, scope: Scope, call: ScoringCall) -> bool:
    """Say whether a use stands behind the place where the mapping was copied, and no loop leads back."""
    behind = use.scope is scope and (use.node.lineno, use.node.col_offset) > (node.lineno, node.col_offset)
    return behind and scope is call.use.scope and not any(isinstance(outer, _LOOPS) for outer in _around(use.trail))


def _is_alone(trail: Trail | None) -> bool:
    return not (trail and isinstance(trail.node, ast.Assign) and len(trail.node.targets) > 1)


def _uses(name: str, scope: Scope) -> list[Use]:
    """Return the uses of a name in the order in which they run: in the module, in init(), then where the call is."""
    home = scope.home(name)
    found: list[Use] = []
    stack = [home]
    while stack:
        inner = stack.pop()
        if inner is home or name not in inner.bindings:
            found += inner.uses.get(name, [])
            stack += inner.inner
    return sorted(
        found, key=lambda use: (use.scope is not home, not is_init(use.scope), use.node.lineno, use.node.col_offset)
    )


def _added(use: Use, call: ScoringCall, steps: Iterator[int]) -> Iterator[Argument]:
    """Yield what one use of a mapping's name adds to it; most uses only read."""
    parent, outer = use.trail and use.trail.node, use.trail and use.trail.rest
    statement = outer.node if outer else None
    added: list[Argument] = []
    if isinstance(parent, ast.Subscript) and not isinstance(parent.ctx, ast.Load):
        if not (isinstance(statement, ast.Assign) and statement.targets == [parent]):
            raise UnfollowableError("a parameter is changed in a way that cannot be followed", parent)
        added = [Argument(_key(parent.slice, use.scope, call), statement.value, parent, statement, use.scope)]
    elif isinstance(parent, ast.Attribute) and isinstance(statement, ast.Call) and statement.func is parent:
        if parent.attr == "update":
            for argument in statement.args:
                added += _mapping(argument, use.scope, call, steps)
            added += _keywords(statement, use.scope, call, steps)
        elif parent.attr not in _READING_METHODS:
            raise UnfollowableError(f".{parent.attr}() changes the parameters in a way that cannot be followed", parent)
    elif isinstance(parent, ast.Call) and use.node in parent.args and not only_reads(parent.func):
        raise UnfollowableError("the parameters are handed to a function that may change them", parent)
    elif isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
        raise UnfollowableError(f"{use.node.id!r} gets a second name", parent)
    if added and _runs_before(use, call):
        yield from added


def only_reads(function: ast.expr) -> bool:
    """Say whether a function surely leaves what it is given as it is."""
    if isinstance(function, ast.Attribute):
        return function.attr in _LOGGING | _READING_FUNCTIONS
    return isinstance(function, ast.Name) and function.id in _READING_FUNCTIONS


def _runs_before(use: Use, call: ScoringCall) -> bool:
    """Say whether a change is made before the call; UnfollowableError where that is not certain."""
    if _comes_before(use.node, use.trail, use.scope, call):
        return True
    place: Any = use.node
    after = use.scope is call.use.scope and (place.lineno, place.col_offset) > (call.node.lineno, call.node.col_offset)
    if after and not any(isinstance(node, _LOOPS) for node in _around(call.use.trail)):
        return False
    raise UnfollowableError("a parameter is set in a branch, in a loop or in another function", use.node)


def _comes_before(node: Any, trail: Trail | None, scope: Scope, call: ScoringCall) -> bool:
    """Say whether a statement surely runs before the call: on the way to it, in the module, or in init()."""
    lists = _statement_lists(call.node, call.use.trail)
    own = _statement_lists(node, trail)[:1]
    if is_init(scope) and scope is not call.use.scope:
        return own == [id(scope.node.body)]
    if scope is call.use.scope and (node.lineno, node.col_offset) > (call.node.lineno, call.node.col_offset):
        return False
    return own == [0] or own[0] in lists


def _statement_lists(node: ast.AST, trail: Trail | None) -> list[int]:
    """Return the ids of the lists of statements around a node, innermost first; the module's own is 0."""
    lists = []
    for outer in _around(trail):
        if isinstance(node, ast.stmt):
            for field in ("body", "orelse", "finalbody"):
                statements = getattr(outer, field, None)
                if isinstance(statements, list) and _holds(statements, node) and not isinstance(outer, _ALWAYS_RUN):
                    lists.append(id(statements))
        node = outer
    return [*lists, 0]


def _holds(statements: list[Any], node: ast.stmt) -> bool:
    """Say whether a node is one of the statements, which stand in their order."""
    if len(statements) < _MANY:
        return any(statement is node for statement in statements)

    place = bisect_left(statements, _position(node), key=_position)
    return place < len(statements) and statements[place] is node


def _position(node: Any) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _around(trail: Trail | None) -> Iterator[ast.AST]:
    while trail:
        yield trail.node
        trail = trail.rest


__all__ = ["DYNAMIC", "Argument", "UnfollowableError", "arguments_of", "only_reads"]
