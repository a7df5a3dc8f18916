"""The proof that an edit has changed nothing but what it was to change: two syntax trees, compared node by node.

    before                                   after
    module.run(learner=m, count=5)           module.run(learner=m, count=7, ratings=True)

is proven for ``replaced`` holding the node of the 5, and ``added`` the name ``ratings`` for the call; had anything else
changed, wherever it stands, the first node that differs is found.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.script.scopes import Names

if TYPE_CHECKING:
    from generator.script.read import Script

_IMPORTS = (ast.Import, ast.ImportFrom)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Allowed(NamedTuple):
    """What may differ.

    ``replaced`` and ``gone`` are nodes of the tree before, by id, that stand for something else, or no longer stand;
    ``added`` says which names are new in a call or dict display, ``removed`` which keys are not there any more;
    ``lines`` are new statements, as ``ast.dump`` shows them, and ``names`` those that are loaded, or defined, anew;
    ``overridden`` says which names are given behind all of a dict: ``**{**params, "count": 7}`` for ``**params``.
    """

    replaced: set[int]
    gone: set[int]
    added: dict[int, set[str]]
    removed: set[int]
    lines: set[str]
    names: set[str]
    overridden: dict[int, list[str]]


NOTHING = Allowed(set(), set(), {}, set(), set(), set(), {})


def first_difference(before: Script, after: Script, allowed: Allowed) -> ast.AST | None:
    """Return the first node of the tree before that differs in a way that is not allowed; None if none does."""
    comparison = _Comparison(before.text.lines, after.text.lines, allowed)
    return next(comparison.differences(before.tree, after.tree, before.tree), None)


class _Comparison:
    def __init__(self, lines: list[str], other_lines: list[str], allowed: Allowed) -> None:
        self._lines = lines
        self._other_lines = other_lines
        self._allowed = allowed

    def differences(self, one: Any, other: Any, around: ast.AST) -> Iterator[ast.AST]:
        """Yield where two nodes, lists of nodes or plain values differ; ``around`` is the last node before."""
        if isinstance(one, ast.AST):
            if id(one) in self._allowed.replaced:
                return
            if id(one) in self._allowed.overridden:
                other = _without(other, self._allowed.overridden[id(one)])
            if type(one) is not type(other):
                yield around
            elif isinstance(one, ast.Global):
                if (set(one.names) ^ set(getattr(other, "names", ()))) - self._allowed.names:
                    yield one
            elif isinstance(one, (ast.Call, ast.Dict)):
                yield from self._items(one, other)
            else:
                for field in one._fields:
                    yield from self.differences(getattr(one, field), getattr(other, field, None), _placed(one, around))
        elif isinstance(one, list) and isinstance(other, list):
            statements = any(isinstance(item, ast.stmt) for item in (*one, *other))
            ones, others = (self._kept(one), self._known(other)) if statements else (one, other)
            if len(ones) != len(others):
                yield around
                return
            for pair in zip(ones, others, strict=True):
                if not (statements and self._says_the_same(*pair)):
                    yield from self.differences(*pair, around)
        elif type(one) is not type(other) or one != other:
            yield around

    def _says_the_same(self, one: Any, other: Any) -> bool:
        """Say whether two statements are the same text: then so are their trees."""
        same_columns = one.col_offset == other.col_offset and one.end_col_offset == other.end_col_offset
        lines = self._lines[one.lineno - 1 : one.end_lineno]
        return same_columns and lines == self._other_lines[other.lineno - 1 : other.end_lineno]

    def _items(self, one: Any, other: Any) -> Iterator[ast.AST]:
        """Compare two calls or dict displays: what is left of one with what was there before of the other."""
        added = self._allowed.added.get(id(one), set())
        if isinstance(one, ast.Dict):
            ones = [pair for pair in zip(one.keys, one.values, strict=True) if id(pair[0]) not in self._allowed.removed]
            others = list(zip(other.keys, other.values, strict=True))
            names = [key.value if isinstance(key, ast.Constant) else None for key, _ in others]
        else:
            yield from self.differences([one.func, *one.args], [other.func, *other.args], one)
            ones = [(word.arg, word.value) for word in one.keywords if id(word) not in self._allowed.removed]
            others = [(word.arg, word.value) for word in other.keywords]
            names = [name for name, _ in others]
        fresh = [name for name in names if name in added]
        if sorted(fresh) != sorted(set(fresh)):
            yield one
        others = [item for item, name in zip(others, names, strict=True) if name not in added]
        if len(ones) != len(others):
            yield one
            return
        for (key, value), (other_key, other_value) in zip(ones, others, strict=True):
            yield from self.differences(key, other_key, one)
            yield from self.differences(value, other_value, one)

    def _kept(self, statements: list[Any]) -> list[Any]:
        return [node for node in statements if id(node) not in self._allowed.gone and not self._is_passed_by(node)]

    def _known(self, statements: list[Any]) -> list[Any]:
        lines = self._allowed.lines
        return [
            node
            for node in statements
            if not self._is_passed_by(node)
            and not (lines and isinstance(node, (ast.Assign, ast.Expr, ast.Global)) and ast.dump(node) in lines)
        ]

    def _is_passed_by(self, node: ast.stmt) -> bool:
        """Say whether a statement is compared in another way: imports, ``pass``, what is loaded or defined anew."""
        if isinstance(node, (*_IMPORTS, ast.Pass)):
            return True
        names = self._allowed.names
        if not names:
            return False
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            return node.targets[0].id in names
        if isinstance(node, ast.Global):
            return set(node.names) <= names
        return isinstance(node, _FUNCTIONS) and node.name in names


def _without(node: Any, names: list[str]) -> Any:
    """Return the dict that a display starts with if it has these names behind it, and nothing else."""
    keys = [getattr(key, "value", None) for key in node.keys] if isinstance(node, ast.Dict) else []
    return node.values[0] if keys == [None, *names] else node


def _placed(node: ast.AST, around: ast.AST) -> ast.AST:
    return node if hasattr(node, "lineno") else around


def imports_lost(before: Names, after: Names, may_go: set[str]) -> bool:
    """Say whether an import is no longer there, but those of names that may go."""
    return any(target.rpartition(".")[2] not in may_go for _, target in _imported(before) - _imported(after))


def _imported(names: Names) -> set[tuple[str, str]]:
    return {(name, binding.target or "") for name, binding in names.imports}
