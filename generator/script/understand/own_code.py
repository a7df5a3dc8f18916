"""What a script does beyond what a generated or a downloaded script does: code that somebody added or changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from generator.script.parse import say_the_same
from generator.script.read import Script
from generator.script.scopes import Scope, qualified
from generator.script.understand.expressions import Meanings
from generator.script.values import source_of
from generator.translations.language import say

_HARMLESS = (ast.Import, ast.ImportFrom, ast.Global, ast.Pass)


def own_code(script: Script, generated: str) -> Iterator[tuple[Any, str]]:
    """Yield the first statement of its own in each part of a script, and what that part is called.

    ``generated`` is the source of a script for the same settings: what stands there, too, is known.
    """
    yield from _Reader(script, ast.parse(generated)).parts()


class _Reader:
    def __init__(self, script: Script, generated: ast.Module) -> None:
        self._script = script
        self._module = script.names.module
        self._generated = _statements(generated)
        functions = (node for node in self._module.node.body if isinstance(node, ast.FunctionDef))
        self.meanings = Meanings(script, frozenset(node.name for node in functions if self._is_generated(node, "")))
        self._sources = _sources(script)

    def parts(self) -> Iterator[tuple[Any, str]]:
        body = self._module.node.body
        definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        yield from self._first(
            [node for node in body if not isinstance(node, definitions)], self._module, say("the top level")
        )
        for node in body:
            if isinstance(node, definitions):
                yield from self._definition(node)

    def _definition(self, node: Any) -> Iterator[tuple[Any, str]]:
        if self._is_generated(node, ""):
            return
        name = f"class {node.name}" if isinstance(node, ast.ClassDef) else f"{node.name}()"
        if _is_entry_point(node):
            scope = next(inner for inner in self._module.inner if inner.node is node)
            found = list(self._first(node.body, scope, name))
            answers = node.name != "run" or any(isinstance(inner, ast.Return) for inner in node.body)
            yield from found if found or answers else [(node, name)]
        else:
            yield node, name

    def _is_generated(self, node: ast.stmt, function: str) -> bool:
        return any(say_the_same(node, other) for other in self._generated.get(function, ()))

    def _first(self, body: list[ast.stmt], scope: Scope, name: str) -> Iterator[tuple[Any, str]]:
        for statement in body:
            if not self._is_known(statement, scope):
                yield statement, name
                return

    def _is_known(self, node: ast.stmt, scope: Scope) -> bool:
        try:
            return (
                isinstance(node, _HARMLESS)
                or self._is_generated(node, getattr(scope.node, "name", ""))
                or self._is_understood(node, scope)
            )
        except RecursionError:  # no script of the designer's or of ours is nested so deeply
            return False

    def _is_understood(self, node: ast.stmt, scope: Scope) -> bool:
        if isinstance(node, ast.Assign):
            known = (self._is_known_target(target, node.value, scope) for target in node.targets)
            return self.meanings.holds_arguments(node) or all(known)
        if isinstance(node, ast.AnnAssign):
            return node.value is None or self._is_known_target(node.target, node.value, scope)
        if isinstance(node, ast.Expr):
            return self._is_known_expression(node.value, scope)
        if isinstance(node, ast.Return):
            kinds = ("response", "body")
            return node.value is not None and any(self.meanings.fits(node.value, scope, kind) for kind in kinds)
        if isinstance(node, ast.With):
            files = (self.meanings.of(item.context_expr, scope) == "schema file" for item in node.items)
            return all(files) and self._are_known(node.body, scope)
        if isinstance(node, ast.If):
            return self._asks_for_schema(node.test, scope) and self._are_known([*node.body, *node.orelse], scope)
        return isinstance(node, ast.For) and self._collects_columns(node, scope)

    def _are_known(self, body: list[ast.stmt], scope: Scope) -> bool:
        return all(self._is_known(node, scope) for node in body)

    def _is_known_target(self, target: ast.expr, value: ast.expr, scope: Scope) -> bool:
        """Say whether an assignment only names what a script needs: a thing, a constant, or arguments of the call."""
        if isinstance(target, (ast.Tuple, ast.List)) and len(target.elts) == 1:
            return self.meanings.of(value, scope) == "results"
        if not isinstance(target, (ast.Name, ast.Tuple)):
            return False
        return (
            (isinstance(target, ast.Name) and self.meanings.of_target(target) is not None)
            or self.meanings.of(value, scope) in ("constant", "nothing")
            or id(source_of(value, scope)[0]) in self._sources
        )

    def _is_known_expression(self, node: ast.expr, scope: Scope) -> bool:
        if isinstance(node, ast.Constant):
            return True
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            return False
        if node.func.attr == "update":
            return self.meanings.holds_arguments(node)
        if node.func.attr == "on_init" and self.meanings.is_module(node.func.value, scope):
            ports = zip(self._script.call.table.ports, node.args, strict=False)
            return self.meanings.fit_ports([(port, argument, scope) for port, argument in ports])
        return False

    def _asks_for_schema(self, node: ast.expr, scope: Scope) -> bool:
        if not isinstance(node, ast.Call):
            return False
        if qualified(node.func, scope) in ("os.path.exists", "os.path.isfile") and len(node.args) == 1:
            return self.meanings.is_schema_file(node.args[0], scope)
        is_method = isinstance(node.func, ast.Attribute) and node.func.attr in ("exists", "is_file") and not node.args
        return (
            is_method and isinstance(node.func, ast.Attribute) and self.meanings.is_schema_file(node.func.value, scope)
        )

    def _collects_columns(self, node: ast.For, scope: Scope) -> bool:
        """Say whether a loop appends the decoded cells of the rows to their columns, as a downloaded script does."""
        inner = node.body[0]
        if not (self.meanings.fits(node.iter, scope, "rows") and isinstance(inner, ast.For) and len(node.body) == 1):
            return False
        cells = isinstance(inner.target, ast.Tuple) and [ast.unparse(part) for part in inner.target.elts]
        call = inner.body[0].value if isinstance(inner.body[0], ast.Expr) else None
        if not (cells and len(cells) == 2 and isinstance(call, ast.Call) and len(inner.body) == 1):
            return False
        append = call.func
        if not (isinstance(append, ast.Attribute) and isinstance(append.value, ast.Subscript)):
            return False
        return (
            ast.unparse(inner.iter) == f"{ast.unparse(node.target)}.items()"
            and append.attr == "append"
            and self.meanings.fits(append.value.value, scope, "columns")
            and ast.unparse(append.value.slice) == cells[0]
            and len(call.args) == 1
            and self.meanings.decodes(call.args[0], scope, cells[1])
            and not node.orelse
            and not inner.orelse
        )


def _statements(tree: ast.Module) -> dict[str, list[ast.stmt]]:
    """Return a script's statements by the function in which they stand, "" for the top level."""
    statements = {"": tree.body}
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            statements[function.name] = [node for node in ast.walk(function) if isinstance(node, ast.stmt)]
    return statements


def _is_entry_point(node: Any) -> bool:
    """Say whether a definition is init() or run() as the endpoint calls them."""
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return False
    arguments = node.args
    others = [*arguments.posonlyargs, *arguments.kwonlyargs, *filter(None, (arguments.vararg, arguments.kwarg))]
    return not others and len(arguments.args) == {"init": 0, "run": 1}.get(node.name)


def _sources(script: Script) -> set[int]:
    """Return where the settings and datasets of the call come from: what is wrong there is said of the arguments."""
    fixed = {port.name for port in script.call.table.ports if port.holds != "dataset"}
    given = (argument for argument in script.given if argument.name not in fixed)
    return {id(argument.origin.node) for argument in given} | {
        id(source_of(argument.value, argument.scope)[0]) for argument in script.given if argument.name not in fixed
    }
