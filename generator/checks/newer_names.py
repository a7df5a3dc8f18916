"""Names of newer standard libraries, and what older types refuse: where a script uses them, and how sure that fails."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from generator.checks.certainty import FUNCTIONS, is_guarded, surely_runs
from generator.facts.python import Library, Version, library_of, shown, telling_methods
from generator.script.scopes import Binding, Names, Scope, Trail, Use, qualified
from generator.script.values import source_of
from generator.translations.language import say

_TYPES = {"bool", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple", "type"}


class Lacking(NamedTuple):
    """Something that a version of Python lacks: where, what is said of it, the error it brings, and how sure that is.

    The error is empty where it depends on the function which.
    """

    node: Any
    message: str
    error: str
    is_sure: bool = True


def _needs(node: Any, what: str, since: Version, error: str) -> Lacking:
    return Lacking(node, say("{what} needs Python {since}", what=what, since=shown(since)), error)


def newer_names(names: Names, python: Version, installed: Collection[str] = ()) -> Iterator[Lacking]:
    """Yield what a script uses that a version of Python lacks.

    Nothing is said of what an ``except`` or a question for the version stands around, nor of modules that are
    ``installed`` as packages.
    """
    finder = _Finder(names, library_of(python), installed)
    for lacking, trail in finder.found():
        if not is_guarded(lacking.node, trail):
            yield lacking._replace(is_sure=lacking.is_sure and surely_runs(lacking.node, trail, names))


class _Finder:
    """Goes through the imports, the names and the calls of a script."""

    def __init__(self, names: Names, library: Library, installed: Collection[str]) -> None:
        self.names = names
        self.library = library
        self.installed = installed
        self.evaluates_annotations = not any(
            binding.target == "__future__.annotations" for binding in names.module.bindings.get("annotations", ())
        )

    def found(self) -> Iterator[tuple[Lacking, Trail | None]]:
        library, seen = self.library, set[int]()
        has_stars = any(scope.stars for scope in self.names.scopes)
        telling = set() if has_stars else set(library.builtins)
        for name, binding in self.names.imports:
            package = (binding.target or "").partition(".")[0]
            if package in library.packages:
                telling.add(name)
            if package in library.imported and id(binding.node) not in seen:
                seen.add(id(binding.node))
                around = Trail(binding.node, binding.trail)
                yield from ((lacking, around) for lacking in self._imported(binding))
        for scope in self.names.scopes:
            for name in [name for name in scope.uses if name in telling]:
                path = self._path(name, scope, has_stars)
                if path:
                    for use in scope.uses[name]:
                        yield from ((lacking, use.trail) for lacking in self._used(use, path))
        for use in self.names.method_calls:
            if use.node.func.attr in self.library.methods_and_functions:
                yield from ((lacking, use.trail) for lacking in self._method(use))
        yield from self._unions()

    def _path(self, name: str, scope: Scope, has_stars: bool) -> str | None:
        """Return what a name stands for: something imported, or a builtin."""
        bindings = scope.home(name).bindings.get(name)
        if not bindings:
            return f"builtins.{name}" if name in self.library.builtins and not has_stars else None
        target = bindings[0].target
        return target if all(binding.target == target for binding in bindings) else None

    def _imported(self, binding: Binding) -> Iterator[Lacking]:
        node: Any = binding.node
        if isinstance(node, ast.ImportFrom) and node.level:
            return
        for alias in node.names:
            module = node.module if isinstance(node, ast.ImportFrom) else alias.name
            lacking = self._module(alias, module or "")
            if lacking is None and isinstance(node, ast.ImportFrom):
                path = f"{module}.{alias.name}"
                since = self.library.names.get(path) or self.library.modules.get(path)
                lacking = _needs(alias, path, since, "ImportError") if since else None
            if lacking:
                yield lacking

    def _module(self, node: ast.alias, module: str) -> Lacking | None:
        if module.partition(".")[0] in self.installed:
            return None
        parts = module.split(".")
        for end in range(1, len(parts) + 1):
            path = ".".join(parts[:end])
            if path in self.library.modules:
                return _needs(node, say("the module {path}", path=path), self.library.modules[path], "ImportError")
            if path in self.library.gone:
                return Lacking(
                    node,
                    say("Python {gone} took out the module {path}", gone=shown(self.library.gone[path]), path=path),
                    "ImportError",
                )
        return None

    def _used(self, use: Use, path: str) -> Iterator[Lacking]:
        """Look at a name, then at the attributes behind it (``asyncio.to_thread``), and at what is done with it."""
        library, node, trail = self.library, use.node, use.trail
        if path in library.names and path.startswith("builtins."):
            yield _needs(node, path.removeprefix("builtins."), library.names[path], "NameError")
        while trail and isinstance(trail.node, ast.Attribute):
            node, trail = trail.node, trail.rest
            path = f"{path}.{node.attr}"
            owner, _, name = path.rpartition(".")
            since = library.names.get(path) or library.methods.get(owner, {}).get(name)
            if since:
                yield _needs(node, path, since, "AttributeError")
        around: Any = trail.node if trail else None
        called = path.removeprefix("builtins.")
        if isinstance(around, ast.Call) and around.func is node:
            yield from self._arguments(around, path)
        elif isinstance(around, ast.Subscript) and around.value is node and path in library.subscripted:
            if isinstance(around.ctx, ast.Load) and self._is_evaluated(around, trail.rest if trail else None):
                yield _needs(around, f"{called}[...]", library.subscripted[path], "TypeError")
        elif path in library.bare_decorators and node in getattr(around, "decorator_list", ()):
            yield _needs(
                node, say("@{called} without parentheses", called=called), library.bare_decorators[path], "TypeError"
            )

    def _arguments(self, call: ast.Call, path: str) -> Iterator[Lacking]:
        new = self.library.arguments.get(path, {})
        for keyword in call.keywords if new else ():
            if keyword.arg and keyword.arg in new:
                what = say("the argument {arg} of {name}()", arg=keyword.arg, name=path.removeprefix("builtins."))
                yield _needs(keyword, what, new[keyword.arg], "")

    def _method(self, use: Use) -> Iterator[Lacking]:
        """Look at a method call: on something whose type is known, or of a method whose name tells it."""
        function = use.node.func
        owner, scope = source_of(function.value, use.scope)
        kind = _type_of(owner, scope)
        for path in _with_bases(kind) if kind else ():
            since = self.library.methods.get(path, {}).get(function.attr)
            if since:
                yield _needs(function, f"{path.removeprefix('builtins.')}.{function.attr}()", since, "AttributeError")
                return
            yield from self._arguments(use.node, f"{path}.{function.attr}")
        if kind is None and function.attr in telling_methods() and not self._is_other(function):
            versions = [methods[function.attr] for methods in self.library.methods.values() if function.attr in methods]
            if versions:
                found = _needs(
                    function, say("the method {attr}()", attr=function.attr), min(versions), "AttributeError"
                )
                yield found._replace(is_sure=False)

    def _is_other(self, function: ast.Attribute) -> bool:
        """Say whether a method is one of the script's own, or that of a column of pandas (``.str``)."""
        is_own = any(
            function.attr in scope.bindings for scope in self.names.scopes if isinstance(scope.node, ast.ClassDef)
        )
        return is_own or (isinstance(function.value, ast.Attribute) and function.value.attr == "str")

    def _is_evaluated(self, node: ast.AST, trail: Trail | None) -> bool:
        """Say whether Python looks at an expression when it runs: not at the annotations of a function's variables."""
        child = node
        while trail:
            outer: Any = trail.node
            is_annotation = child is getattr(outer, "annotation", None) or child is getattr(outer, "returns", None)
            if is_annotation and not self.evaluates_annotations:
                return False
            if isinstance(outer, ast.AnnAssign) and child is outer.annotation and _function_around(trail.rest):
                return False
            if isinstance(outer, ast.stmt) and not is_annotation:
                return True
            child, trail = outer, trail.rest
        return True

    def _unions(self) -> Iterator[tuple[Lacking, Trail | None]]:
        """Find ``dict | dict`` and ``int | None``."""
        library = self.library
        if library.dict_union is None and library.type_union is None:
            return
        for node, trail, scope in self.names.unions:
            if trail and _is_union(trail.node):
                continue  # a part of one
            sides = [node.left, node.right] if isinstance(node, ast.BinOp) else [node.target, node.value]
            if any(_is_dict(side, scope) for side in sides):
                if library.dict_union:
                    what = say("dict | dict") if isinstance(node, ast.BinOp) else say("|= of a dict")
                    yield _needs(node, what, library.dict_union, "TypeError"), trail
            elif (
                library.type_union and all(_is_type(side, scope) for side in sides) and self._is_evaluated(node, trail)
            ):
                yield _needs(node, say("X | Y as a type"), library.type_union, "TypeError"), trail


def _is_union(node: ast.AST) -> bool:
    return isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.BitOr)


def _is_dict(node: ast.expr, scope: Scope, under_way: frozenset[str] = frozenset()) -> bool:
    """Say whether an expression is surely a dict; a name that is made of itself is what it was before."""
    if isinstance(node, ast.Name):
        assigned = [item for item in scope.home(node.id).bindings.get(node.id, ()) if not _is_augmented(item)]
        within = under_way | {node.id}
        return node.id in under_way or (
            bool(assigned) and all(item.value and _is_dict(item.value, item.scope, within) for item in assigned)
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _is_dict(node.left, scope, under_way) or _is_dict(node.right, scope, under_way)
    return isinstance(node, (ast.Dict, ast.DictComp)) or _type_of(node, scope) == "builtins.dict"


def _is_augmented(binding: Binding) -> bool:
    return bool(binding.trail and isinstance(binding.trail.node, ast.AugAssign))


def _is_type(node: ast.expr, scope: Scope) -> bool:
    """Say whether an expression is surely a type of Python's own, or None beside one."""
    if isinstance(node, ast.Subscript):
        return _is_type(node.value, scope)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _is_type(node.left, scope) or _is_type(node.right, scope)
    if isinstance(node, ast.Constant):
        return node.value is None
    return isinstance(node, ast.Name) and node.id in _TYPES and node.id not in scope.home(node.id).bindings


def _type_of(node: ast.expr, scope: Scope) -> str | None:
    """Return the type of what an expression makes, as far as that is sure."""
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return "builtins.str"
    if isinstance(node, ast.Constant):
        return f"builtins.{type(node.value).__name__}"
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Name) and node.func.id not in scope.home(node.func.id).bindings:
        return f"builtins.{node.func.id}" if node.func.id in _TYPES else None
    path = qualified(node.func, scope)
    return path if path in ("pathlib.Path", "pathlib.PurePath", "collections.Counter", "fractions.Fraction") else None


def _with_bases(path: str) -> list[str]:
    return [path, "pathlib.PurePath"] if path == "pathlib.Path" else [path]


def _function_around(trail: Trail | None) -> bool:
    while trail:
        if isinstance(trail.node, (*FUNCTIONS, ast.ClassDef)):
            return isinstance(trail.node, FUNCTIONS)
        trail = trail.rest
    return False
