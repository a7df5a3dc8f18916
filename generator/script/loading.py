"""Datasets in an existing script: loaded once in init(), as a generated script does it."""

from __future__ import annotations

import ast
import re
from typing import Any

from generator.render import Loading
from generator.script.names import Names
from generator.script.text import Edit, Text


class NoInitError(ValueError):
    """The script has no init() in which a dataset could be loaded."""


def load_in_init(text: Text, names: Names, name: str, loading: Loading) -> list[Edit]:
    """Return the edits that load a dataset into the global ``name``; none when the script does it just so.

    Raises NoInitError.
    """
    init = _init(names)
    lines = _indented(loading.statements, _indentation(text, init.body[0]), text.newline)
    old = _statements(init, name)
    if old:
        span = (_line_start(text, text.span(old[0])[0]), text.span(old[-1])[1])
        edits = [Edit(span, lines)] if text.source[slice(*span)] != lines else []
    else:
        end = text.span(init.body[-1])[1]
        end = _line_end(text, end)
        edits = [Edit((end, end), text.newline + lines)]
    return edits + _declared_global(text, init, name) + _imported(text, names, loading)


def unload_in_init(text: Text, names: Names, name: str) -> list[Edit]:
    """Return the edits that take out what ``load_in_init`` put in; none when that is not there."""
    init = _init(names)
    old = _statements(init, name)
    if not old:
        return []
    taken = (_line_start(text, text.span(old[0])[0]), _line_end(text, text.span(old[-1])[1]))
    before = re.compile(r"(\r\n|\r|\n)$").search(text.source[: taken[0]])
    start = before.start() if before else taken[0]
    edits = [Edit((start, taken[1]), "")]
    for statement in init.body:
        if isinstance(statement, ast.Global) and name in statement.names:
            rest = [other for other in statement.names if other != name]
            edits.append(
                Edit(text.span(statement), f"global {', '.join(rest)}") if rest else _without_line(text, statement)
            )
    return edits + [_without_line(text, statement) for statement in _useless_imports(text, names, taken)]


def _init(names: Names) -> ast.FunctionDef:
    for node in names.module.node.body:
        if isinstance(node, ast.FunctionDef) and node.name == "init":
            return node
    raise NoInitError("the script has no init() in which the dataset could be loaded: add one")


def _statements(init: ast.FunctionDef, name: str) -> list[ast.stmt]:
    """Return the two statements that load a dataset as a generated script does: its path, then itself."""
    for first, second in zip(init.body, init.body[1:], strict=False):
        if _assigns(first, f"{name}_path") and _assigns(second, name):
            return [first, second]
    return []


def _assigns(statement: ast.stmt, name: str) -> bool:
    return isinstance(statement, ast.Assign) and [ast.unparse(target) for target in statement.targets] == [name]


def _declared_global(text: Text, init: ast.FunctionDef, name: str) -> list[Edit]:
    found = [statement for statement in init.body if isinstance(statement, ast.Global)]
    if any(name in statement.names for statement in found):
        return []
    if found:
        end = text.span(found[0])[1]
        return [Edit((end, end), f", {name}")]
    first = init.body[1] if ast.get_docstring(init) is not None and len(init.body) > 1 else init.body[0]
    start = _line_start(text, text.span(first)[0])
    return [Edit((start, start), f"{_indentation(text, first)}global {name}{text.newline}")]


def _imported(text: Text, names: Names, loading: Loading) -> list[Edit]:
    imports = [node for node in names.module.node.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    missing = [line for name, line in loading.imports.items() if name not in names.module.bindings]
    if not missing:
        return []
    end = _line_end(text, text.span(imports[-1])[1])
    return [Edit((end, end), "".join(text.newline + line for line in missing))]


def _useless_imports(text: Text, names: Names, taken: tuple[int, int]) -> list[Any]:
    """Return the imports that only what is taken out has used."""
    found: list[Any] = []
    for name, bindings in names.module.bindings.items():
        uses = [text.span(use.node)[0] for scope in names.scopes for use in scope.uses.get(name, [])]
        statement = bindings[0].node
        imports = isinstance(statement, (ast.Import, ast.ImportFrom)) and len(statement.names) == 1
        if imports and uses and all(taken[0] <= use < taken[1] for use in uses):
            found.append(statement)
    return found


def _indented(statements: str, indentation: str, newline: str) -> str:
    """Return the statements, four spaces a level, in the script's own indentation and line endings."""
    lines = []
    for line in statements.rstrip("\n").split("\n"):
        level = (len(line) - len(line.lstrip(" "))) // 4
        lines.append(indentation * level + line.lstrip(" "))
    return newline.join(lines)


def _indentation(text: Text, statement: ast.stmt) -> str:
    start = text.span(statement)[0]
    return text.source[_line_start(text, start) : start]


def _line_start(text: Text, index: int) -> int:
    return max(text.source.rfind("\n", 0, index), text.source.rfind("\r", 0, index)) + 1


def _line_end(text: Text, index: int) -> int:
    match = re.compile(r"[^\r\n]*").match(text.source, index)
    return match.end() if match else index


def _without_line(text: Text, statement: ast.stmt) -> Edit:
    start = _line_start(text, text.span(statement)[0])
    end = _line_end(text, text.span(statement)[1])
    newline = re.compile(r"\r\n|\r|\n").match(text.source, end)
    return Edit((start, newline.end() if newline else end), "")
