"""What kind of value something is, and whether two are the same."""

from __future__ import annotations

import ast
from typing import Any

from generator.rules.coercion import Member
from generator.script import designer, effects
from generator.script.journal import MISSING
from generator.script.objects import (
    Choice,
    Class,
    Function,
    Instance,
    Known,
    Mapping,
    Method,
    Module,
    Partial,
    Ref,
    Scored,
    Sequence,
    Slot,
    Unknown,
    Value,
)
from generator.script.scopes import Scope
from generator.translations.language import say

ENUM_PATHS = designer.enums()

_CLASSES = designer.classes()

_MOST_DIGITS = 300

_LONGEST_TEXT = 10_000


def name_of(function: Function) -> str:
    return getattr(function.node, "name", "")


def matters(value: Any) -> bool:
    """Say whether it makes a difference that a name has a value where it had none."""
    return not isinstance(value, (Unknown, Ref, Scored))


def referred(path: str) -> Value:
    """Return what a dotted name of an import stands for."""
    table = _CLASSES.get(path)
    return Module(table, True) if table else Ref(path)


def truth_of(value: Value) -> bool | None:
    """Return whether a test of a value holds; None where that is not known."""
    if isinstance(value, Known):
        if isinstance(value.value, list):
            return None  # it may be changed
        return True if isinstance(value.value, Member) else bool(value.value)
    if isinstance(value, Mapping):
        if value.escaped is None and any(name is not None and not slot.maybe for name, slot in value.slots.items()):
            return True
        return False if value.escaped is None and not value.slots else None
    if isinstance(value, (Function, Class, Module, Method, Partial)):
        return True
    return None


def options_of(value: Value) -> tuple[Value, ...]:
    return value.options if isinstance(value, Choice) else (value,)


def same_value(one: Value, other: Value) -> Value | None:
    """Return the first of two values that are the same, for all that can be told; else None."""
    # 5 and 5 of one place are the same; of two places they are not: an edit of the one leaves the other
    if one is other:
        return one
    if type(one) is not type(other):
        return None
    if isinstance(one, Known) and isinstance(other, Known):
        equal = type(one.value) is type(other.value) and one.value == other.value
        return one if equal and nodes_of(one) == nodes_of(other) else None
    if isinstance(one, Unknown):
        return one
    if isinstance(one, Ref) and isinstance(other, Ref):
        in_enums = one.path in ENUM_PATHS and other.path in ENUM_PATHS
        same_enum = in_enums and one.path.rpartition(".")[2] == other.path.rpartition(".")[2]
        return one if one.path == other.path or same_enum else None
    if isinstance(one, Module) and isinstance(other, Module):
        return one if one.table is other.table and one.is_class == other.is_class else None
    if isinstance(one, Scored) and isinstance(other, Scored):
        return one if one.call is other.call and one.kind == other.kind else None
    if isinstance(one, Function) and isinstance(other, Function):
        return one if one.node is other.node and one.frame is other.frame else None
    if isinstance(one, Method) and isinstance(other, Method):
        same_function = one.function == other.function
        return one if same_function and same_value(one.owner, other.owner) is not None else None
    if isinstance(one, Choice) and isinstance(other, Choice) and len(one.options) == len(other.options):
        pairs = zip(one.options, other.options, strict=True)
        return one if all(same_value(*pair) is not None for pair in pairs) else None
    if isinstance(one, Sequence) and isinstance(other, Sequence) and len(one.items) == len(other.items):
        pairs = zip(one.items, other.items, strict=True)
        return one if all(same_value(*pair) is not None for pair in pairs) else None
    return None


def from_elsewhere(value: Value, node: ast.AST) -> Unknown:
    """Return why it is not known what a value holds that is none of the script's dicts."""
    return (
        value if isinstance(value, Unknown) and value.node is not None else Unknown(say("comes from elsewhere"), node)
    )


def under_unknown_name(node: ast.AST) -> Unknown:
    """Return why it is not known what a dict holds that is given ``params[name]``, whatever ``name`` is."""
    return Unknown(say("is set under a name that is only known when the script runs"), node)


def again(slot: Slot, before: Slot | None) -> Slot:
    """Return an argument that a call is given, which it must not be given a second time."""
    return slot if before is None else slot._replace(repeated=True, before=before)


def alike(one: Mapping, other: Mapping) -> bool:
    """Say whether two dicts are made by one expression, in two turns of a loop, and hold the same."""
    if one.node is not other.node or one.escaped or other.escaped or one.slots.keys() != other.slots.keys():
        return False
    for name, slot in one.slots.items():
        twin = other.slots[name]
        if slot.key is not twin.key or slot.maybe != twin.maybe or same_value(slot.value, twin.value) is None:
            return False
    return True


def same_origin(value: Value, of: Value) -> bool:
    """Say whether a value is another one that has been given a name."""
    if isinstance(value, Known) and isinstance(of, Known):
        return nodes_of(value)[: len(of.trace)] == nodes_of(of)
    return value is of


def but_none(value: Value) -> Value:
    """Return what a value is where it is not None, by which a request would end."""
    # params = load() if fast else None; params[...]    None would have ended the request
    if isinstance(value, Choice):
        rest = [option for option in value.options if not (isinstance(option, Known) and option.value is None)]
        if len(rest) == 1:
            return rest[0]
    return value


def nodes_of(value: Known) -> list[ast.expr]:
    return [spot.node for spot in value.trace]


def places_of(slot: Slot) -> tuple[ast.AST, ...]:
    """Return the nodes that name an item, of all the places that may have put it in."""
    return slot.others or ((slot.key,) if slot.key is not None else ())


def is_fixed(value: Value) -> bool:
    """Say whether what a name stands for is nothing that code elsewhere is likely to replace: no data."""
    return isinstance(value, (Function, Class, Module, Ref, Unknown, Scored))


def is_covered(value: Value | None) -> bool:
    """Say whether an object gets an attribute of its own that covers what its class has: data, a method, or nothing."""
    # class S: top = 5; s.top = 7 covers the 5, but not a property: that decides what happens
    if isinstance(value, Function):
        return value.kind != "property"
    return value is None or isinstance(value, (Known, Mapping, Sequence, Instance, Choice, Ref, Module, Scored))


def mangled(name: str, scope: Scope | None) -> str:
    """Return an attribute as Python stores it: ``__top`` belongs to the class in which it is written."""
    if name.startswith("__") and not name.endswith("__"):
        while scope is not None:
            if scope.is_class:
                return f"_{scope.node.name.lstrip('_')}{name}"
            scope = scope.parent
    return name


def is_pair(value: Value) -> bool:
    return (
        isinstance(value, Sequence)
        and len(value.items) == 2
        and isinstance(value.items[0], Known)
        and isinstance(value.items[0].value, str)
    )


def in_class(of: Class | None, name: str, behind: Class | None = None) -> Value | None:
    """Return what a class has under a name, itself or from those it inherits from; or only those ``behind`` a class."""
    order = lineage(of) if of is not None else []
    for each in order[order.index(behind) + 1 :] if behind in order else order:
        value: Value | None = each.attributes.get(name)
        if value is not None:
            return value
    return None


def lineage(of: Class) -> list[Class]:
    """Return a class and those it inherits from in the order in which Python looks names up in them."""
    # class A(B, C)    A, B, C, and what those inherit from: the method resolution order
    if not of.bases:
        return [of]
    rows = [*map(lineage, of.bases), list(of.bases)]
    order = [of]
    while rows := [row for row in rows if row]:
        heads = [row[0] for row in rows if not any(row[0] in other[1:] for other in rows)]
        following = heads[0] if heads else rows[0][0]  # without one Python refuses the class
        order.append(following)
        rows = [[each for each in row if each is not following] for row in rows]
    return order


def copied(mapping: Mapping, node: ast.AST, born: int, deep: bool = False) -> Mapping:
    made = Mapping(node, born)
    for name, slot in mapping.slots.items():
        inner = slot.value
        if deep and isinstance(inner, Mapping) and inner.escaped is None:
            slot = slot._replace(value=copied(inner, node, born, deep))
        made.slots[name] = slot
    return made


def key_read(node: ast.expr) -> str | None:
    """Return the key by which an expression looks up an item of a dict, if it does: ``d["key"]``, ``d.get("key")``."""
    key: ast.expr | None = node.slice if isinstance(node, ast.Subscript) else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        key = node.args[0] if node.func.attr in ("get", "setdefault") else None
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None


def is_given_in_own_way(field: ast.AnnAssign) -> bool:
    """Say whether a field of a dataclass is none that is given by its place or its name, with a plain default."""
    words = {word.arg for word in field.value.keywords} if isinstance(field.value, ast.Call) else set()
    annotation = ast.unparse(field.annotation)
    return bool(words & {"init", "kw_only"}) or "InitVar" in annotation or "KW_ONLY" in annotation


def has_nothing_but_annotations(node: ast.ClassDef) -> bool:
    """Say whether a class only says which keys a TypedDict has: then a call of it makes a plain dict."""
    plain = (ast.AnnAssign, ast.Pass)
    others = [keyword for keyword in node.keywords if keyword.arg != "total"]
    return not (node.decorator_list or others or node.bases[1:]) and all(
        (isinstance(each, plain) and getattr(each, "value", None) is None)
        or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
        for each in node.body
    )


def is_comparison_with_none(test: ast.Compare) -> bool:
    """Say whether a test is ``... is None`` or ``... is not None``."""
    right = test.comparators[0]
    return (
        len(test.ops) == 1
        and isinstance(test.ops[0], (ast.Is, ast.IsNot))
        and isinstance(right, ast.Constant)
        and right.value is None
    )


def passes_exceptions(context: Value) -> bool:
    """Say whether every exception within a ``with`` passes on."""
    return isinstance(context, Ref) and context.path.startswith(effects.PLAIN_CONTEXTS)


def converted(kind: type, value: Any) -> Any:
    """Return what a type makes of a constant, MISSING where that is not computed."""
    try:
        if type(value) in (bool, float) or (type(value) in (int, str) and len(str(value)) < _MOST_DIGITS):
            return kind(value)
    except (ValueError, OverflowError):
        pass
    return MISSING


def computed(op: ast.operator, left: Any, right: Any) -> Any:
    """Return the result of a sum, MISSING where that is not computed."""
    if isinstance(op, ast.Add) and type(left) is str and type(right) is str and len(left) + len(right) < _LONGEST_TEXT:
        return left + right
    if type(left) is int and type(right) is int and abs(left) < 10**9 and abs(right) < 10**9:
        if isinstance(op, ast.Add):
            return left + right
        if isinstance(op, ast.Sub):
            return left - right
        if isinstance(op, ast.Mult):
            return left * right
    return MISSING
