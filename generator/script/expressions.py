"""What the expressions of a script stand for."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, ClassVar

from generator.rules.coercion import Member
from generator.script import designer
from generator.script.dicts import Dicts
from generator.script.journal import MISSING
from generator.script.kinds import (
    ENUM_PATHS,
    but_none,
    computed,
    in_class,
    is_fixed,
    is_pair,
    mangled,
    referred,
    same_origin,
    truth_of,
    under_unknown_name,
)
from generator.script.objects import (
    UNKNOWN,
    Choice,
    Class,
    Frame,
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
    Spot,
    Super,
    Unknown,
    Value,
    View,
)
from generator.script.trace import OTHER, Given
from generator.translations.language import say

_COMPARED = (str, int, bool, float, type(None), Member)
_INSIDES = ("__closure__", "__globals__", "__kwdefaults__", "cell_contents", "f_globals", "f_locals")
_NEVER_NONE = (Mapping, Function, Class, Module, Method, Partial, Instance, Sequence, Scored)


class Expressions(Dicts):
    """Follows expressions; ``expressions`` gives the method for each kind of node."""

    expressions: ClassVar[dict[type[ast.AST], Callable[[Any, Any], Value]]] = {}

    def _value(self, node: ast.expr) -> Value:
        method = self.expressions.get(type(node))
        if method is None:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    self._lose(self._use(child))
            return UNKNOWN
        value = method(self, node)
        if type(value) is Scored:
            self.scored[id(node)] = value
        return value

    def _constant(self, node: ast.Constant) -> Value:
        return Known(node.value, (Spot(node, self._frame.scope),))

    def _name(self, node: ast.Name) -> Value:
        self.visited.add(id(node))
        return self._passed(self._look_up(node.id, node), node)

    def _attribute(self, node: ast.Attribute) -> Value:
        return self._passed(self._attribute_named(node), node)

    def _attribute_named(self, node: ast.Attribute) -> Value:
        return self._attribute_of(self._value(node.value), mangled(node.attr, self._frame.scope), node)

    def _attribute_of(self, owner: Value, name: str, node: ast.expr) -> Value:
        owner = but_none(owner)
        if name in _INSIDES:
            self._escape(owner)
            self._hide(node)
            return UNKNOWN
        if isinstance(owner, Ref):
            return self._attribute_of_ref(owner, name, node)
        if isinstance(owner, Unknown):
            return owner
        if isinstance(owner, Mapping):
            return Method(owner, name)
        if isinstance(owner, Instance):
            return self._attribute_of_instance(owner, name, node)
        if isinstance(owner, Super):
            found = in_class(owner.instance.of, name, owner.behind)
            if found is None and owner.behind.inherits:
                return Method(Module(owner.behind.inherits, False), name)
            if found is None and name != "__init__":
                self._escape(owner)
            return self._bound(owner.instance, found, node)
        if isinstance(owner, Class):
            value = in_class(owner, name)
            if value is None and owner.inherits:
                return Method(Module(owner.inherits, True), name)
            if isinstance(value, Function) and value.kind == "classmethod":
                return Method(owner, value)
            return UNKNOWN if value is None or (owner.is_open and isinstance(value, Known)) else value
        if isinstance(owner, Module):
            return Method(owner, name)
        if isinstance(owner, Scored):
            return self._attribute_of_scored(owner, name, node)
        if isinstance(owner, Known):
            self._consume(owner, OTHER)
            if isinstance(owner.value, Member):
                return self._attribute_of_member(owner.value, name, node)
            return UNKNOWN if isinstance(owner.value, list) else Ref(f"a constant.{name}")
        if isinstance(owner, Partial) and name in ("func", "args", "keywords"):
            self._escape(owner)
        if isinstance(owner, Choice):
            self._escape(owner)
        return UNKNOWN

    def _attribute_of_ref(self, owner: Ref, name: str, node: ast.expr) -> Value:
        # json.dumps    json.dumps; Kind.Rating    the member; Kind.Ratings    a member that the Enum lacks
        path = owner.path
        if path in ENUM_PATHS or path.startswith(("not imported.", "imported with *.")):
            if name in ("__members__", "mro"):
                return UNKNOWN
            imported = not path.startswith("not imported.")
            member = Member(path.rpartition(".")[2], name, imported)
            if all(option.member != name for option in designer.enums_by_name()[member.enum].options):
                self.wrong_members[id(node)] = (node, member)
            return Known(member, (Spot(node, self._frame.scope),))
        if path == "globals()":
            return Method(owner, name)
        if path == "sys" and name in ("modules", "_getframe"):
            self._hide(node)
        if path == "typing" and name == "TYPE_CHECKING":
            return Known(False, ())
        return referred(f"{path}.{name}")

    def _attribute_of_member(self, value: Member, name: str, node: ast.expr) -> Value:
        # Kind.Rating.name    "Rating"; Kind.Rating.value    1
        parameter = designer.enums_by_name()[value.enum]
        members = [option.member for option in parameter.options]
        if value.name in members and name in ("name", "value"):  # the packages number their members from 1
            found: str | int = value.name if name == "name" else members.index(value.name) + 1
            return Known(found, (Spot(node, self._frame.scope),))
        return UNKNOWN

    def _attribute_of_instance(self, owner: Instance, name: str, node: ast.expr) -> Value:
        # settings = Settings(); settings.top    what __init__() has set, or else what the class has
        value = owner.attributes.get(name)
        if value is not None:
            return value if owner.escaped is None or is_fixed(value) else UNKNOWN
        if name == "__dict__":
            self._escape(owner)
            return UNKNOWN
        if name == "__class__" and owner.of:
            return owner.of
        found = in_class(owner.of, name)
        if found is None and owner.of and owner.of.fields is not None and name in ("_asdict", "_replace"):
            return Method(owner, name)
        if found is None and owner.of and owner.of.inherits:
            return Method(Module(owner.of.inherits, False), name)
        return self._bound(owner, found, node)

    def _bound(self, owner: Instance, found: Value | None, node: ast.expr) -> Value:
        """Return what an object has of what was found in its class."""
        if isinstance(found, Function):
            if found.kind == "property":
                return self._apply(found, Given([owner], {}, False, None), node)
            if found.kind == "staticmethod":
                return found
            return Method(owner.of if found.kind == "classmethod" and owner.of else owner, found)
        if found is not None:
            return found if owner.escaped is None or is_fixed(found) else UNKNOWN
        return UNKNOWN

    def _attribute_of_scored(self, owner: Scored, name: str, node: ast.expr) -> Value:
        # (scored,) = module.run(...); scored.data_frame    the frame; scored.data    what it has not
        reached = self.calls.get(id(owner.call))
        if owner.kind == "results":
            if name not in ("count", "index"):
                self.wrong_attributes[id(node)] = (node, owner)
            return UNKNOWN
        if owner.kind == "result":
            if reached and name == reached.table.result.attribute:
                return Scored(owner.call, "frame")
            if name in designer.answers():
                self.wrong_attributes[id(node)] = (node, owner)
        return UNKNOWN

    def _subscript(self, node: ast.Subscript) -> Value:
        owner = self._value(node.value)
        key = self._use(node.slice)
        return self._passed(self._item(owner, key, node), node)

    def _item(self, owner: Value, key: Value, node: ast.expr) -> Value:
        # params["count"]    the slot's value; module.run(...)[0]    the result; Kind["Rating"]    the member
        owner = but_none(owner)
        if isinstance(owner, Mapping):
            return self._item_of_mapping(owner, key, node)
        name = key.value if isinstance(key, Known) else MISSING
        if isinstance(owner, Sequence):
            if type(name) is int and -len(owner.items) <= name < len(owner.items):
                return owner.items[name]
            self._escape(owner)
            return UNKNOWN
        if isinstance(owner, Scored):
            if owner.kind == "results" and type(name) is int and name in (0, -1):
                return Scored(owner.call, "result")
            return UNKNOWN
        if isinstance(owner, Ref):
            if owner.path == "globals()" and isinstance(name, str):
                value = self._module.cells.get(name)
                return value if value is not None and not self.opaque else UNKNOWN
            if isinstance(name, str) and (owner.path in ENUM_PATHS or "imported" in owner.path.partition(".")[0]):
                return self._attribute_of_ref(owner, name, node)
            return Ref(f"{owner.path}[]")
        if isinstance(owner, (Known, Choice, Instance)):
            self._consume(owner, OTHER)
            self._lose(owner)
        return owner if isinstance(owner, Unknown) else UNKNOWN

    def _item_of_mapping(self, mapping: Mapping, key: Value, node: ast.expr) -> Value:
        if mapping.escaped is not None:
            return mapping.escaped
        if not isinstance(key, Known) or not isinstance(key.value, str):
            self._read_all(mapping, node)
            return UNKNOWN
        slot: Slot | None = mapping.slots.get(key.value)
        if slot is None:
            rest: Slot | None = mapping.slots.get(None)
            self._lacks(mapping, key, node)
            return rest.value if rest else UNKNOWN
        self._read(slot, node)
        return slot.value

    def _dict(self, node: ast.Dict) -> Value:
        # {"count": 5, **params}    what params has replaces what stands before it
        made = Mapping(node, self._journal.clock)
        for key, value_node in zip(node.keys, node.values, strict=True):
            if key is None:
                self._update(made, self._value(value_node), node)
                continue
            name = self._use(key)
            value = self._value(value_node)
            if isinstance(name, Known) and isinstance(name.value, str):
                made.slots[name.value] = Slot(value, value_node, key, node, self._frame.scope)
            elif isinstance(name, Known):
                self._lose(value)
            else:
                self._escape(value)
                self._scatter(made, under_unknown_name(key))
        return made

    def _tuple(self, node: ast.Tuple) -> Value:
        if any(isinstance(item, ast.Starred) for item in node.elts):
            for item in node.elts:
                self._escape(self._value(item))
            return UNKNOWN
        return Sequence(tuple([self._value(item) for item in node.elts]))

    def _list(self, node: Any) -> Value:
        # [5, 6]            a constant
        # [("count", 5)]    pairs, of which dict() makes a dict
        # [params]          whoever has the list may change the dict
        items = [self._value(item) for item in node.elts]
        if all(isinstance(item, Known) for item in items):
            for item in items:
                self._consume(item, OTHER)
            values = [item.value for item in items if isinstance(item, Known)]
            return Known(values, (Spot(node, self._frame.scope),)) if isinstance(node, ast.List) else UNKNOWN
        if isinstance(node, ast.List) and items and all(map(is_pair, items)):
            return Sequence(tuple(items))
        for item in items:
            self._escape(item)
        return UNKNOWN

    def _starred(self, node: ast.Starred) -> Value:
        self._escape(self._value(node.value))
        return UNKNOWN

    def _binary(self, node: ast.BinOp) -> Value:
        left, right = self._value(node.left), self._value(node.right)
        if isinstance(node.op, ast.BitOr) and (isinstance(left, Mapping) or isinstance(right, Mapping)):
            made = Mapping(node, self._journal.clock)
            self._update(made, left, node.left)
            self._update(made, right, node.right)
            return made
        self._consume(left, OTHER)
        self._consume(right, OTHER)
        if isinstance(left, Known) and isinstance(right, Known):
            result = computed(node.op, left.value, right.value)
            if result is not MISSING:
                return Known(result, (Spot(node, self._frame.scope),))
        if isinstance(left, Ref) and isinstance(node.op, ast.Div):
            return Ref("pathlib.Path()")
        if isinstance(node.op, ast.Mod):
            self._glance(right)
        else:
            self._lose(left)
            self._lose(right)
        return UNKNOWN

    def _boolean(self, node: ast.BoolOp) -> Value:
        return self._any_of(node.values, isinstance(node.op, ast.Or))

    def _any_of(self, nodes: list[ast.expr], until: bool) -> Value:
        # top or 5    top where that is surely something, 5 where it is surely nothing, else a Choice of both
        value = self._value(nodes[0])
        if len(nodes) == 1:
            return value
        self._consume(value, OTHER)
        truth = truth_of(value)
        if truth is not None:
            return value if truth is until else self._any_of(nodes[1:], until)
        found: list[Value] = [value]

        def rest() -> bool:
            found.append(self._any_of(nodes[1:], until))
            return True

        self._either(rest, lambda: True)
        return self._either_of(found[0], found[1])

    def _unary(self, node: ast.UnaryOp) -> Value:
        value = self._use(node.operand)
        if isinstance(node.op, ast.Not):
            truth = truth_of(value)
            return UNKNOWN if truth is None else Known(not truth, (Spot(node, self._frame.scope),))
        if isinstance(node.op, ast.USub) and isinstance(value, Known) and type(value.value) in (int, float, bool):
            return Known(-value.value, (Spot(node, self._frame.scope),))
        return UNKNOWN

    def _compare(self, node: ast.Compare) -> Value:
        left, right = self._use(node.left), self._compared_with(node.comparators)
        result = self._compared(left, node.ops[0], right, node) if len(node.ops) == 1 else None
        return UNKNOWN if result is None else Known(result, (Spot(node, self._frame.scope),))

    def _compared_with(self, nodes: list[ast.expr]) -> Value:
        # 1 < top < (limit := 5)    what stands behind top is asked for only where 1 < top
        right = self._value(nodes[0])
        if not isinstance(right, Mapping):
            self._consume(right, OTHER)

        def others() -> bool:
            self._compared_with(nodes[1:])
            return True

        if nodes[1:]:
            self._either(others, lambda: True)
        return right

    def _compared(self, left: Value, op: ast.cmpop, right: Value, node: ast.Compare) -> bool | None:
        # top is None, "count" in params, kind == "fast", __name__ == "__main__": True, False, or None for not known
        positive = isinstance(op, (ast.Eq, ast.Is, ast.In))
        if isinstance(op, (ast.In, ast.NotIn)):
            if isinstance(right, Mapping):
                found = self._holds(right, left, node)
                return found if found is None or positive else not found
            if isinstance(right, Ref) and right.path == "globals()":
                name = left.value if isinstance(left, Known) else None
                known = isinstance(name, str) and name in self._module.cells
                return positive if known else None
            return None
        if isinstance(left, Ref) and left.path == "__name__" and isinstance(right, Known) and right.value == "__main__":
            return not positive
        if not isinstance(op, (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)):
            return None
        if isinstance(left, Known) and isinstance(right, Known):
            if type(left.value) in _COMPARED and type(right.value) in _COMPARED:
                same = left.value == right.value
                return same if positive else not same
            return None
        if isinstance(right, Known) and right.value is None and isinstance(left, _NEVER_NONE):
            return not positive
        return None

    def _conditional(self, node: ast.IfExp) -> Value:
        truth = truth_of(self._use(node.test))
        if truth is not None:
            return self._value(node.body if truth else node.orelse)
        found: list[Value] = []

        def way(expression: ast.expr) -> bool:
            found.append(self._value(expression))
            return True

        self._either(lambda: way(node.body), lambda: way(node.orelse))
        return self._either_of(found[0], found[1])

    def _formatted(self, node: ast.JoinedStr) -> Value:
        # f"From{kind}" with kind = "Here"    "FromHere"
        parts: list[str] | None = []
        for part in node.values:
            if isinstance(part, ast.Constant):
                parts = None if parts is None else [*parts, str(part.value)]
                continue
            value = self._use(part.value) if isinstance(part, ast.FormattedValue) else self._use(part)
            self._show(value) if isinstance(value, Instance) else None
            if isinstance(part, ast.FormattedValue) and part.format_spec is not None:
                self._use(part.format_spec)
                parts = None
            plain = (
                isinstance(value, Known) and type(value.value) in (str, int) and getattr(part, "conversion", -1) == -1
            )
            parts = [*parts, str(value.value)] if parts is not None and plain and isinstance(value, Known) else None
        return UNKNOWN if parts is None else Known("".join(parts), (Spot(node, self._frame.scope),))

    def _walrus(self, node: ast.NamedExpr) -> Value:
        # [last := row for row in rows]    last is a name of the function around
        value = self._value(node.value)
        frame = self._frame
        while frame.scope.is_comprehension and frame.parent is not None:
            frame = frame.parent
        outer, self._frame = self._frame, frame
        self._bind(node.target.id, value)
        self._frame = outer
        return value

    def _lambda(self, node: ast.Lambda) -> Value:
        return Function(node, self._scopes[id(node)], self._enclosing_frame(), self._defaults(node.args))

    def _await(self, node: ast.Await) -> Value:
        self._run_at_once.add(id(node.value))
        return self._value(node.value)

    def _yield(self, node: Any) -> Value:
        if node.value is not None:
            self._escape(self._value(node.value))
        return UNKNOWN

    def _comprehension(self, node: Any) -> Value:
        first, *others = node.generators
        self._run_at_once.add(id(first.iter))
        source = self._value(first.iter)
        copied = self._filtered(node, source) if isinstance(node, ast.DictComp) else None
        if copied is not None:
            return copied
        self._iterate(source, first.iter)
        outer, self._frame = self._frame, Frame(self._scopes[id(node)], self._frame, self._journal.clock)
        kept: list[Value] = []

        def turn() -> bool:
            self._store(first.target, UNKNOWN, None, None)
            for test in first.ifs:
                self._use(test)
            for generator in others:
                self._iterate(self._value(generator.iter), generator.iter)
                self._store(generator.target, UNKNOWN, None, None)
                for test in generator.ifs:
                    self._use(test)
            parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
            kept[:] = [self._value(part) for part in parts]
            for value in kept:
                self._escape(value)
            return True

        if isinstance(node, ast.GeneratorExp) and id(node) not in self._run_at_once:
            is_later, self._is_later = self._is_later, True
            self._follow_any_time(self._frame.scope, outer, lambda: self._loop(turn, []))
            self._is_later = is_later
        else:
            self._loop(turn, [])
        self._frame = outer
        if isinstance(node, ast.DictComp):
            return Unknown(say("is built in a loop"), node)
        return UNKNOWN

    def _filtered(self, node: ast.DictComp, source: Value) -> Mapping | None:
        """Return what ``{k: v for k, v in params.items() if v is not None}`` makes of a dict that is known."""
        generator = node.generators[0]
        if not (isinstance(source, View) and source.kind == "items" and len(node.generators) == 1):
            return None
        slots = source.mapping.slots
        if source.mapping.escaped is not None or None in slots or not isinstance(generator.target, ast.Tuple):
            return None
        made = Mapping(node, self._journal.clock)
        outer, self._frame = self._frame, Frame(self._scopes[id(node)], self._frame, self._journal.clock)
        for name, slot in list(slots.items()):
            looked_at = Known(slot.value.value, ()) if isinstance(slot.value, Known) else slot.value
            self._unpack(generator.target.elts, Sequence((Known(name, ()), looked_at)), None)
            truths = [truth_of(self._use(test)) for test in generator.ifs]
            self._unpack(generator.target.elts, Sequence((Known(name, ()), slot.value)), None)
            key, value = self._use(node.key), self._value(node.value)
            if not isinstance(key, Known) or not isinstance(key.value, str):
                self._escape(value)
                self._scatter(made, under_unknown_name(node))
            elif False not in truths:
                kept = slot if key.value == name and same_origin(value, slot.value) else None
                new = kept or Slot(value, None, None, None, self._frame.scope)
                made.slots[key.value] = new._replace(maybe=slot.maybe or None in truths)
        self._frame = outer
        return made

    def _defaults(self, arguments: ast.arguments) -> dict[str, Value]:
        defaults: dict[str, Value] = {}
        positional = [*arguments.posonlyargs, *arguments.args]
        if arguments.defaults:
            for argument, default in zip(positional[-len(arguments.defaults) :], arguments.defaults, strict=True):
                defaults[argument.arg] = self._value(default)
        for argument, keyword_default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            if keyword_default is not None:
                defaults[argument.arg] = self._value(keyword_default)
        return defaults

    def _call(self, node: ast.Call) -> Value:
        """Follow a call, and return what it gives."""
        raise NotImplementedError
