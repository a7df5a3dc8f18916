"""What an expression can stand for while a script is followed: constants, dicts, functions, objects, or nothing known.

A value that cannot be known is ``Unknown``, never a guess. What can be changed (a dict, an object) is one thing,
however many names it has: the names share it, as they do in Python.
"""

from __future__ import annotations

import ast
from typing import Any, NamedTuple, TypeAlias

from generator.facts.modules import Table
from generator.script.journal import Cells
from generator.script.scopes import Scope
from generator.translations.language import say


class Spot(NamedTuple):
    """An expression that a value has passed, and the scope in which its names are looked up."""

    node: ast.expr
    scope: Scope


class Unknown:
    """A value that only the running script knows: where and why that shows, as the end of a message."""

    __slots__ = ("_why", "node")

    def __init__(self, why: str = "", node: ast.AST | None = None) -> None:
        """Keep the reason, where it is another than that nobody can know."""
        self._why = why
        self.node = node

    @property
    def why(self) -> str:
        """The reason."""
        return self._why or say("is only known when the script runs")


class Known:
    """A constant or a member of an Enum, and the expressions that it has passed, the one that writes it first."""

    __slots__ = ("trace", "value")

    def __init__(self, value: Any, trace: tuple[Spot, ...]) -> None:
        """Keep the value: a Python constant, a list or tuple of constants, or a Member."""
        self.value = value
        self.trace = trace

    def passing(self, node: ast.expr, scope: Scope) -> Known:
        """Return the same value behind one more expression."""
        return Known(self.value, (*self.trace, Spot(node, scope)))


class Choice:
    """One of several values, by which branch has run."""

    __slots__ = ("options",)

    def __init__(self, options: tuple[Value, ...]) -> None:
        """Keep the values."""
        self.options = options


class Ref:
    """Something imported, or made by calling that: ``json.dumps``, ``ModelDirectory.load().model`` with its module."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        """Keep the dotted path, in which ``()`` stands for a call."""
        self.path = path


class Slot(NamedTuple):
    """What a dict has under one key: the value, and where that is written.

    ``holder`` is the call or dict display in which the item stands, or the assignment ``params["name"] = value``;
    ``key`` is the node that names it there. ``maybe``: only one of the ways through the script puts it there.
    ``before`` is what it has replaced.
    """

    value: Value
    expression: ast.expr | None
    key: ast.AST | None
    holder: ast.AST | None
    scope: Scope
    maybe: bool = False
    others: tuple[ast.AST, ...] = ()
    repeated: bool = False
    before: Slot | None = None


class Mapping:
    """A dict of the script. What it holds besides is under None; one that escaped may be changed by anything.

    One that ``is_any`` stands for those of all turns of a loop: it can be read as long as nothing changes one of them.
    """

    __slots__ = ("escaped", "is_any", "node", "slots")

    def __init__(self, node: ast.AST, born: int) -> None:
        """Make an empty one; ``node`` is where the script makes it."""
        self.node = node
        self.is_any = False
        self.slots = Cells(born)
        self.escaped: Unknown | None = None


class Sequence:
    """A tuple, list or set whose items are followed as long as nothing changes it."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[Value, ...]) -> None:
        """Keep the items."""
        self.items = items


class Frame:
    """What the names of a function, class or module stand for while it runs, and the frame around it."""

    __slots__ = ("cells", "parent", "scope")

    def __init__(self, scope: Scope, parent: Frame | None, born: int) -> None:
        """Make one in which no name stands for anything yet."""
        self.scope = scope
        self.parent = parent
        self.cells = Cells(born)


class Function:
    """A function of the script, with the values of its defaults."""

    __slots__ = ("defaults", "frame", "is_cached", "kept", "kind", "node", "once", "scope")

    def __init__(self, node: Any, scope: Scope, frame: Frame, defaults: dict[str, Value]) -> None:
        """Keep what a call needs."""
        self.node = node
        self.scope = scope
        self.frame = frame
        self.defaults = defaults
        self.is_cached = False
        self.kind = "function"
        self.once: Value | None = None
        self.kept: Value | None = None


class Class:
    """A class of the script; ``is_open`` if it inherits, or is made, in a way that is not followed.

    One that ``inherits`` from a Score module has its ``run``.
    One that ``makes_init`` is given an ``__init__()`` for its ``fields``, with the ``defaults`` that these had then.
    """

    __slots__ = ("attributes", "bases", "defaults", "fields", "inherits", "is_open", "makes_init", "node")

    def __init__(self, node: ast.ClassDef, born: int) -> None:
        """Make one without attributes."""
        self.node = node
        self.attributes = Cells(born)
        self.bases: list[Class] = []
        self.inherits: Table | None = None
        self.fields: list[str] | None = None
        self.defaults: dict[str, Value] = {}
        self.makes_init = False
        self.is_open = False


class Instance:
    """An object of a class of the script, or a namespace (without a class)."""

    __slots__ = ("attributes", "escaped", "of")

    def __init__(self, of: Class | None, born: int) -> None:
        """Make one without attributes."""
        self.of = of
        self.attributes = Cells(born)
        self.escaped: Unknown | None = None


class Super:
    """What ``super()`` gives in a method of a class: the object, looked at from behind that class."""

    __slots__ = ("behind", "instance")

    def __init__(self, instance: Instance, behind: Class) -> None:
        """Keep which."""
        self.instance = instance
        self.behind = behind


class Method:
    """A function bound to what it is called on: a method of an object, or of a dict by its name."""

    __slots__ = ("function", "owner")

    def __init__(self, owner: Value, function: Any) -> None:
        """Bind it."""
        self.owner = owner
        self.function = function


class View:
    """The items, keys or values of a dict of the script, as it hands them out."""

    __slots__ = ("kind", "mapping")

    def __init__(self, mapping: Mapping, kind: str) -> None:
        """Keep which."""
        self.mapping = mapping
        self.kind = kind


class Partial:
    """``functools.partial`` of something, with the arguments that are given already."""

    __slots__ = ("function", "given", "node", "positional")

    def __init__(self, function: Value, positional: list[Value], given: Mapping, node: ast.Call) -> None:
        """Keep what a call adds to."""
        self.function = function
        self.positional = positional
        self.given = given
        self.node = node


class Module:
    """An instance, or the class, of a Score module."""

    __slots__ = ("is_class", "table")

    def __init__(self, table: Table, is_class: bool) -> None:
        """Keep which."""
        self.table = table
        self.is_class = is_class


class Scored:
    """What a scoring call returns: the tuple (``results``), its item (``result``), or the frame in that (``frame``)."""

    __slots__ = ("call", "kind")

    def __init__(self, call: ast.Call, kind: str) -> None:
        """Keep which."""
        self.call = call
        self.kind = kind


Value: TypeAlias = (
    Unknown
    | Known
    | Choice
    | Ref
    | Mapping
    | Sequence
    | Function
    | Class
    | Instance
    | Super
    | Method
    | View
    | Partial
    | Module
    | Scored
)
"""What an expression stands for."""

UNKNOWN = Unknown()
