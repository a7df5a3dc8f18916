"""Datasets in an existing script: loaded once in init(), as a generated script does it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.findings import UnfollowableError
from generator.rendering.score import Loading
from generator.rules.literals import quoted
from generator.script.edit import statements
from generator.script.scopes import Binding, Names
from generator.text.spans import Edit, Span, Text, within
from generator.translations.language import say

_LITERAL = re.compile(r"""(["'])(?:(?!\1)[^\\\n]|\\.)*\1""")


def loading_edits(text: Text, names: Names, load: Mapping[str, Loading], unload: Iterable[str]) -> list[Edit]:
    """Return the edits by which init() loads datasets into globals of their names, and no longer loads others.

    None where the script does it just so. Raises UnfollowableError.
    """
    init = _init(names)
    if init is None:
        if load:
            raise UnfollowableError(say("the script has no init() in which the dataset could be loaded: add one"))
        return []
    for name in load:
        _refuse_other_meaning(names, name)
    unload = [name for name in unload if loads(text, names, name)]
    edits, new, taken = [], "", []
    indentation = _indentation(text, init.body[0])
    for name, loading in load.items():
        forms = [_indented(form, indentation, text.newline) for form in _in_either_quotes(loading.statements)]
        lines = forms[_prefers_single_quotes(text, names)]
        old = _statements(init, name)
        if old:
            span = (text.line_start(text.span(old[0])[0]), text.span(old[-1])[1])
            if text.source[slice(*span)] not in forms:
                edits.append(Edit(span, lines))
                taken.append(span)
        else:
            new += text.newline + lines
    gone: list[ast.stmt] = []
    for name in unload:
        old = _statements(init, name)
        taken.append((text.span(old[0])[0], text.span(old[-1])[1]))
        gone += old
    declarations, useless_declarations = _declared_global(text, init, list(load), unload, new)
    edits += declarations
    edits += statements.without(text, names.module.node, [*gone, *useless_declarations])
    imports = {name: line for loading in load.values() for name, line in loading.imports.items()}
    useless = _useless_imports(text, names, taken, imports)
    edits += statements.without(text, names.module.node, useless)
    return edits + _imported(text, names, imports, useless)


def loads(text: Text, names: Names, name: str) -> bool:
    """Say whether init() loads a dataset as a generated script does, which nothing but the scoring call uses."""
    init = _init(names)
    old = _statements(init, name) if init else []
    uses = [use for scope in names.scopes for use in scope.uses.get(name, []) if scope.home(name) is names.module]
    return len(old) == 2 and len(uses) <= 1


def _init(names: Names) -> ast.FunctionDef | None:
    found = [node for node in names.module.node.body if isinstance(node, ast.FunctionDef) and node.name == "init"]
    return found[-1] if found else None


def _refuse_other_meaning(names: Names, name: str) -> None:
    """Refuse a script in which the name of a dataset has another meaning."""
    for binding in names.module.bindings.get(name, []):
        nothing = isinstance(binding.value, ast.Constant) and binding.value.value is None
        if not nothing and getattr(binding.scope.node, "name", None) != "init":
            raise UnfollowableError(
                say("{name} has another meaning here already: rename that first", name=name), binding.node
            )
    for scope in names.scopes[1:]:
        if name in scope.bindings and getattr(scope.node, "name", None) == "init":
            raise UnfollowableError(
                say("{name} is a name of init() alone here: rename that first", name=name), scope.bindings[name][0].node
            )


def _statements(init: ast.FunctionDef, name: str) -> list[ast.stmt]:
    """Return the statement that loads a dataset, and the one before it that gives its path, if there is one."""
    for index, statement in enumerate(init.body):
        if _assigns(statement, name):
            before = init.body[index - 1 : index] if index and _assigns(init.body[index - 1], f"{name}_path") else []
            return [*before, statement]
    return []


def _assigns(statement: ast.stmt, name: str) -> bool:
    return isinstance(statement, ast.Assign) and [ast.unparse(target) for target in statement.targets] == [name]


def _declared_global(
    text: Text, init: ast.FunctionDef, load: list[str], unload: list[str], new: str
) -> tuple[list[Edit], list[ast.stmt]]:
    """Return the edits of init()'s global statement, and that which adds the statements ``new`` at its end.

    Also returned are global statements that are no longer needed.
    """
    declared = [statement for statement in init.body if isinstance(statement, ast.Global)]
    missing = [name for name in load if not any(name in statement.names for statement in declared)]
    edits: list[Edit] = []
    gone: list[ast.stmt] = []
    for statement in declared:
        rest = [name for name in statement.names if name not in unload]
        added = missing if statement is declared[0] else []
        if not rest and not added:
            gone.append(statement)
        elif len(rest) < len(statement.names) or added:
            # global model, old -> global model, new
            source = _without_names(text.of(statement), unload) if rest else "global "
            source += ("" if not rest or not added else ", ") + ", ".join(added)
            edits.append(Edit(text.span(statement), source))
    last = _last_that_always_runs(init)
    if missing and not declared:
        line = f"global {', '.join(missing)}"
        docstring = ast.get_docstring(init, clean=False) is not None
        if docstring and len(init.body) == 1:
            new = text.newline + _indentation(text, init.body[0]) + line + new
        else:
            edits.append(statements.before(text, init.body[1] if docstring else init.body[0], line))
    end = text.line_end(text.span(last)[1])
    return ([*edits, Edit((end, end), new)] if new else edits), gone


def _last_that_always_runs(init: ast.FunctionDef) -> ast.stmt:
    """Return the statement of init() behind which a dataset is loaded on every way through it."""
    for number, statement in enumerate(init.body):
        if any(isinstance(inner, ast.Return) for inner in _inside(statement)):
            if number == 0 and len(init.body) > 1:
                raise UnfollowableError(
                    say("init() may return here before a dataset is loaded: load it first"), statement
                )
            return init.body[max(0, number - 1)]
    return init.body[-1]


def _inside(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield a statement and what stands in it, but for functions, whose returns are their own."""
    yield statement
    if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
        for inner in ast.iter_child_nodes(statement):
            yield from _inside(inner)  # type: ignore[arg-type]


def _without_names(source: str, names: list[str]) -> str:
    # global model, ratings -> global model
    for name in names:
        source = re.sub(rf"(?<!\s)\s*,\s*{name}\b|(?<=\s){name}\b\s*,\s*", "", source, count=1)
    return source


def _imported(text: Text, names: Names, imports: Mapping[str, str], gone: list[ast.stmt]) -> list[Edit]:
    missing = []
    for name, line in imports.items():
        bindings = names.module.bindings.get(name, [])
        if not bindings:
            missing.append(line)
        elif not any(binding.target == _target(line) for binding in bindings):
            raise UnfollowableError(
                say("{name} has another meaning here than by `{line}`: rename that first", name=name, line=line),
                bindings[0].node,
            )
    return statements.behind_imports(text, names.module.node, missing, gone)


def _target(line: str) -> str:
    words = line.split()
    return f"{words[1]}.{words[3]}" if words[0] == "from" else words[1]


def _useless_imports(text: Text, names: Names, taken: list[Span], needed: Mapping[str, str]) -> list[Any]:
    """Return the imports that only what is taken out has used."""
    return [
        bindings[0].node
        for name, bindings in names.module.bindings.items()
        if name not in needed and _is_line_of_its_own(bindings) and _is_used_only_in(text, names, name, taken)
    ]


def _is_line_of_its_own(bindings: list[Binding]) -> bool:
    if len(bindings) != 1:
        return False
    statement = bindings[0].node
    return isinstance(statement, (ast.Import, ast.ImportFrom)) and len(statement.names) == 1


def _is_used_only_in(text: Text, names: Names, name: str, taken: list[Span]) -> bool:
    uses = [text.span(use.node) for scope in names.scopes for use in scope.uses.get(name, [])]
    return bool(uses) and all(any(within(use, span) for span in taken) for use in uses)


def _in_either_quotes(lines: str) -> tuple[str, str]:
    """Return statements with double quotes, and with single ones, where that takes no more escapes."""
    return lines, _LITERAL.sub(lambda match: quoted(ast.literal_eval(match[0]), "'"), lines)


def _prefers_single_quotes(text: Text, names: Names) -> bool:
    """Say whether most texts of the script stand in single quotes."""
    texts = [node for node in ast.walk(names.module.node) if isinstance(node, ast.Constant)]
    first = [text.of(node)[:1] for node in texts if isinstance(node.value, str)]
    return first.count("'") > first.count('"')


def _indented(lines: str, indentation: str, newline: str) -> str:
    """Return statements, four spaces a level, in the script's own indentation and line endings."""
    return newline.join(_with_indentation(lines.rstrip("\n").split("\n"), indentation))


def _with_indentation(lines: list[str], indentation: str) -> Iterator[str]:
    for line in lines:
        text = line.lstrip(" ")  # two levels by tabs: "        x = 1" -> "\t\tx = 1"
        yield indentation * ((len(line) - len(text)) // 4) + text


def _indentation(text: Text, statement: ast.stmt) -> str:
    start = text.span(statement)[0]
    indentation = text.source[text.line_start(start) : start]
    if indentation.strip():
        raise UnfollowableError(say("init() stands on one line: give its statements lines of their own"), statement)
    return indentation
