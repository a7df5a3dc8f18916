"""How sure it is that a place in a script is come by, and that what fails there is not caught."""

from __future__ import annotations

import ast
import re
from typing import Any

from generator.script.scopes import COMPREHENSIONS, Names, Trail, Use
from generator.text.spans import start_of

_CATCHING = {
    "ImportError",
    "ModuleNotFoundError",
    "AttributeError",
    "NameError",
    "TypeError",
    "Exception",
    "BaseException",
}
_ASKING = ("version_info", "hasattr", "TYPE_CHECKING", "python_version", "hexversion")
_BRANCHES = (
    ast.If,
    ast.While,
    ast.For,
    ast.AsyncFor,
    ast.Try,
    ast.IfExp,
    ast.BoolOp,
    ast.comprehension,
)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def is_guarded(node: ast.AST, trail: Trail | None) -> bool:
    """Say whether a script asks, or is ready for it, that its Python lacks what stands here."""
    child = node
    while trail:
        outer: Any = trail.node
        if isinstance(outer, ast.Try) and child in outer.body and any(map(_catches, outer.handlers)):
            return True
        if isinstance(outer, (ast.If, ast.IfExp)) and child is not outer.test and _asks(outer.test):
            return True
        child, trail = outer, trail.rest
    return False


def _asks(test: ast.expr) -> bool:
    source = ast.unparse(test)
    return any(word in source for word in _ASKING)


def _catches(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or any(name in _CATCHING for name in re.findall(r"\w+", ast.unparse(handler.type)))


def surely_runs(node: ast.AST, trail: Trail | None, names: Names) -> bool:
    """Say whether a node surely runs when the script starts, or at each request: in no branch, and in no helper."""
    child: Any = node
    while trail:
        outer: Any = trail.node
        if isinstance(outer, FUNCTIONS) and not _at_definition(outer, child):
            if not _is_entry_point(outer, names) or _may_end_before(outer, node):
                return False
        elif isinstance(outer, (*_BRANCHES, *COMPREHENSIONS)) and not _always_looked_at(outer, child):
            return False
        child, trail = outer, trail.rest
    return True


def _at_definition(function: Any, child: ast.AST) -> bool:
    """Say whether a part of a function is looked at where it is defined: its decorators, defaults and annotations."""
    return (
        child is function.args
        or child in getattr(function, "decorator_list", ())
        or child is getattr(function, "returns", 0)
    )


def _always_looked_at(branch: Any, child: ast.AST) -> bool:
    """Say whether a part of a branch decides where it goes, or what it goes through."""
    deciding = (
        getattr(branch, "test", None),
        getattr(branch, "iter", None),
        *getattr(branch, "values", ())[:1],
        *getattr(branch, "generators", ())[:1],
    )
    return child in deciding


def _is_entry_point(function: Any, names: Names) -> bool:
    named = getattr(function, "name", "") in ("init", "run")
    return named and function in names.module.node.body


def _may_end_before(function: Any, node: Any) -> bool:
    """Say whether a function may return before a node is reached: where it raises, the request fails too."""
    ends = (inner for inner in ast.walk(function) if isinstance(inner, ast.Return))
    return any(start_of(end) < start_of(node) and not _holds(end, node) for end in ends)


def _holds(outer: ast.AST, node: ast.AST) -> bool:
    return any(inner is node for inner in ast.walk(outer))


def in_a_branch(node: ast.AST, trail: Trail | None) -> bool:
    """Say whether a node stands where its function may not come by, though it does not return before."""
    child: Any = node
    while trail and not isinstance(trail.node, FUNCTIONS):
        outer: Any = trail.node
        if isinstance(outer, (*_BRANCHES, *COMPREHENSIONS)) and not _always_looked_at(outer, child):
            return True
        child, trail = outer, trail.rest
    return False


def use_of(names: Names, node: ast.Name) -> Use | None:
    """Return the place that reads a name by its node."""
    uses = (use for scope in names.scopes for use in scope.uses.get(node.id, ()))
    return next((use for use in uses if use.node is node), None)
