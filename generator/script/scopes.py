"""What the names in a script stand for: imports, names assigned once, and the dotted names built on them."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from generator.script.parse import parse
from generator.script.source import UndecodableError, decode

Found = TypeVar("Found")

_LEAVES = {"arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "kwd_attrs", "level", "lineno"}
_LEAVES |= {"module", "name", "names", "op", "ops", "rest", "simple", "tag", "type_comment", "type_ignores"}


class _Children(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of each kind of node that hold nodes in which a name may stand, the last first."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        self[kind] = tuple([field for field in reversed(kind._fields) if field not in _LEAVES])
        return self[kind]


_CHILDREN = _Children()

_NAMELESS = {type(None), ast.Constant, ast.Pass}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_NAMING = (ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping)
_NOTED = {ast.Call, ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal, ast.comprehension, ast.Yield, ast.YieldFrom}
_NOTED |= {ast.BinOp, ast.AugAssign, *_NAMING, *_FUNCTIONS, *COMPREHENSIONS}


class Trail(NamedTuple):
    """The nodes around a node, from the innermost out to its scope."""

    node: ast.AST
    rest: Trail | None


class Binding(NamedTuple):
    """A place that gives a name a meaning: an import (``target``), an assignment (``value``), or anything else."""

    node: ast.AST
    trail: Trail | None
    scope: Scope
    target: str | None = None
    value: ast.expr | None = None


class Use(NamedTuple):
    """A place that reads a name, or a call."""

    node: Any
    trail: Trail | None
    scope: Scope


class Scope:
    """A module, function, class or comprehension: what its names are bound to and where they are read.

    ``elsewhere`` gives the scopes of names that are declared global or nonlocal.
    """

    def __init__(self, node: ast.AST, parent: Scope | None) -> None:
        """Make an empty scope."""
        self.node: Any = node
        self.parent = parent
        self.bindings: dict[str, list[Binding]] = {}
        self.uses: dict[str, list[Use]] = defaultdict(list)
        self.stars: list[str] = []
        self.inner: list[Scope] = []
        self.elsewhere: dict[str, Scope] = {}
        self.is_class = isinstance(node, ast.ClassDef)
        self.is_comprehension = isinstance(node, COMPREHENSIONS)
        self.is_generator = False
        self._single: dict[str, Binding | None] = {}

    def home(self, name: str) -> Scope:
        """Return the scope that a name belongs to here: the module, when it is bound nowhere.

        The names of a class are not seen from its methods.
        """
        # class A:\n    x = 1\n    def f(self): return x    here x is the module's
        scope = self
        while scope.parent and (name not in scope.bindings or (scope.is_class and scope is not self)):
            if name in scope.elsewhere:
                return scope.elsewhere[name]
            scope = scope.parent
        return scope

    @property
    def function(self) -> Scope:
        """The function, class or module in which a comprehension stands; else the scope itself."""
        scope = self
        while scope.is_comprehension and scope.parent:
            scope = scope.parent
        return scope

    def reads(self, name: str, home: Scope) -> bool:
        """Say whether this function, or one in it, reads a name of a function around it."""
        if name in self.uses and self.home(name) is home:
            return True
        return any(inner.reads(name, home) for inner in self.inner)

    def single(self, name: str) -> Binding | None:
        """Return the only binding of a name in this scope, see ``assigned_once``. All must be known by then."""
        if name not in self._single:
            self._single[name] = _single(self.bindings.get(name))
        return self._single[name]


class Names(NamedTuple):
    """All names of a script: its scopes, the module first, its calls of a method, and where it uses ``|`` or ``|=``.

    ``imports`` are the names that it imports, each with the import, in the order in which they stand.
    """

    scopes: list[Scope]
    imports: list[tuple[str, Binding]]
    method_calls: list[Use]
    unions: list[Use]

    @property
    def module(self) -> Scope:
        """The module's scope."""
        return self.scopes[0]


def found_in(content: bytes, find: Callable[[Names], Found]) -> Found | None:
    """Return what a function finds in a script; None where Python cannot read that, which others say."""
    try:
        return find(scan(parse(decode(content)[0])))
    except (UndecodableError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def scan(tree: ast.Module) -> Names:
    """Return the names of a parsed script."""
    module = Scope(tree, None)
    names = Names([module], [], [], [])
    declared: list[tuple[Scope, Any]] = []
    record = tuple.__new__  # this loop sees every node: it passes the records' own __new__ by
    name_kind, load_kind, nameless, children = ast.Name, ast.Load, _NAMELESS, _CHILDREN
    stack: list[tuple[Any, Trail | None, Scope]] = [(tree, None, module)]
    pop, push = stack.pop, stack.append
    while stack:
        node, trail, scope = pop()
        kind = type(node)
        if kind is name_kind:
            if type(node.ctx) is load_kind:
                scope.uses[node.id].append(record(Use, (node, trail, scope)))
            else:
                home = scope
                if scope.is_comprehension and trail and type(trail.node) is ast.NamedExpr:  # [last := x for x in rows]
                    home = scope.function
                home.bindings.setdefault(node.id, []).append(_binding(node, trail, scope))
            continue
        if kind in _NOTED:
            if kind is ast.Call:
                if type(node.func) is ast.Attribute:
                    names.method_calls.append(Use(node, trail, scope))
            elif kind is ast.Import or kind is ast.ImportFrom:
                _bind_imports(node, trail, scope, names)
                continue
            elif kind is ast.Global or kind is ast.Nonlocal:
                declared.append((scope, node))
            elif kind in _NAMING:
                name = node.rest if kind is ast.MatchMapping else node.name
                if name:
                    scope.bindings.setdefault(name, []).append(Binding(node, trail, scope, None, None))
            elif kind is ast.comprehension:
                if node is scope.node.generators[0] and scope.parent:  # the first iterable belongs to the scope around
                    outside = record(Trail, (node, trail))
                    inner = [(item, scope) for item in (*reversed(node.ifs), node.target)]
                    for item, home in (*inner, (node.iter, scope.parent)):
                        if type(item) not in _NAMELESS:
                            push((item, outside, home))
                    continue
            elif kind is ast.BinOp or kind is ast.AugAssign:
                if type(node.op) is ast.BitOr:
                    names.unions.append(Use(node, trail, scope))
            elif kind is ast.Yield or kind is ast.YieldFrom:
                scope.is_generator = True
            else:
                scope = _inner_scope(node, trail, scope, names)
        around: Trail | None = record(Trail, (node, trail)) if node is not tree else None
        for field in children[kind]:
            child = getattr(node, field)
            if type(child) is list:
                for item in reversed(child):
                    if type(item) not in nameless:
                        push((item, around, scope))
            elif type(child) not in nameless:
                push((child, around, scope))
    for scope, node in declared:
        for name in node.names:
            home = module if isinstance(node, ast.Global) else _enclosing(scope, name)
            scope.elsewhere[name] = home
            if home is not scope:
                home.bindings.setdefault(name, []).extend(scope.bindings.pop(name, []))
    return names


def _enclosing(scope: Scope, name: str) -> Scope:
    """Return the function around a scope whose name ``nonlocal`` means."""
    outer = scope.parent
    while outer and outer.parent and (outer.is_class or name not in outer.bindings):
        outer = outer.parent
    return outer or scope


def _single(bindings: list[Binding] | None) -> Binding | None:
    if bindings and len(bindings) > 1:
        bindings = [binding for binding in bindings if not _is_none(binding.value)]
    if not bindings or len({binding.target for binding in bindings}) > 1:
        return None
    return bindings[0] if len(bindings) == 1 or bindings[0].target else None


def statement_around(trail: Trail | None) -> Any:
    """Return the innermost statement of a trail; None where there is none."""
    while trail and not isinstance(trail.node, ast.stmt):
        trail = trail.rest
    return trail.node if trail else None


def is_init(scope: Scope) -> bool:
    """Say whether a scope is that of init(), which runs before any request."""
    is_module_level = scope.parent is not None and scope.parent.parent is None
    return isinstance(scope.node, ast.FunctionDef) and scope.node.name == "init" and is_module_level


def assigned_once(name: str, scope: Scope) -> Binding | None:
    """Return the only binding of a name, as seen from a scope.

    Repeated imports of one target count once; ``x = None`` placeholders are ignored.
    """
    return scope.home(name).single(name)


def qualified(node: ast.expr | None, scope: Scope, depth: int = 0) -> str | None:
    """Return the dotted name that an expression stands for, through imports and names assigned once."""
    # import numpy as np; f = np.float64: f is numpy.float64
    if isinstance(node, ast.Attribute):
        owner = qualified(node.value, scope, depth + 1) if depth < 50 else None
        return owner and f"{owner}.{node.attr}"
    if not isinstance(node, ast.Name) or depth >= 50:
        return None
    binding = assigned_once(node.id, scope)
    if binding is None:
        return None
    return binding.target or qualified(binding.value, binding.scope, depth + 1)


def _binding(node: ast.Name, trail: Trail | None, scope: Scope) -> Binding:
    """Return what binds a stored name: a plain assignment, whose target it is, has a value; all else has none."""
    parent = trail.node if trail else None
    value = parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) else None
    return Binding(node, trail, scope, None, value)


def _is_none(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _bind_imports(node: ast.Import | ast.ImportFrom, trail: Trail | None, scope: Scope, names: Names) -> None:
    for alias in node.names:
        if isinstance(node, ast.Import):  # import a.b: a is a; import a.b as c: c is a.b
            name = alias.asname or alias.name.partition(".")[0]
            target = alias.name if alias.asname else name
        elif alias.name == "*":
            scope.stars.append(node.module or "")
            continue
        else:  # from .a import b as c: c is .a.b
            name = alias.asname or alias.name
            target = f"{'.' * node.level}{node.module or ''}.{alias.name}"
        binding = Binding(node, trail, scope, target, None)
        scope.bindings.setdefault(name, []).append(binding)
        names.imports.append((name, binding))


def _inner_scope(node: Any, trail: Trail | None, scope: Scope, names: Names) -> Scope:
    if not isinstance(node, (ast.Lambda, *COMPREHENSIONS)):
        scope.bindings.setdefault(node.name, []).append(Binding(node, trail, scope, None, None))
    inner = Scope(node, scope)
    scope.inner.append(inner)
    names.scopes.append(inner)
    if not isinstance(node, (ast.ClassDef, *COMPREHENSIONS)):
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        for argument in filter(None, every):
            inner.bindings.setdefault(argument.arg, []).append(Binding(argument, trail, inner, None, None))
    return inner
