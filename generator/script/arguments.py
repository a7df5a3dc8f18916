"""What a scoring call is given, as following the script has shown it."""

import ast
from typing import Any, NamedTuple

from generator.script.execution import Reached
from generator.script.objects import Choice, Known, Mapping, Sequence, Slot, Spot, Unknown, Value
from generator.script.scopes import Scope
from generator.script.values import DYNAMIC
from generator.translations.language import say


class Argument(NamedTuple):
    """One argument: its name, the expression that gives it, what holds that, and what it is worth.

    ``holder`` is the call or dict display in which it stands, or the assignment ``params["name"] = value``; None where
    it is put together in another way. ``key`` is the node that names it there, and ``scope`` where the names in the
    value are looked up. ``places`` are the nodes that name it, where there are several. One that is repeated is given
    to one call twice, which Python refuses; one that is ``maybe`` there is only given on some ways through the script.
    """

    name: str
    value: ast.expr
    key: ast.AST
    holder: ast.AST | None
    scope: Scope
    worth: Value
    is_repeated: bool = False
    maybe: bool = False
    places: tuple[ast.AST, ...] = ()

    @property
    def origin(self) -> Spot:
        """The expression that writes the value: where a name stands for it, what that was given."""
        if isinstance(self.worth, Known) and self.worth.trace:
            return self.worth.trace[0]
        return Spot(self.value, self.scope)

    @property
    def known(self) -> Any:
        """The value: a Python value, a Member, or DYNAMIC, as for an argument that is only maybe there."""
        return DYNAMIC if self.maybe else known(self.worth)

    @property
    def alternatives(self) -> list[tuple[Any, Spot]]:
        """The values that it can have, as far as they are known, with the expressions that write them."""
        found = []
        for option in self.worth.options if isinstance(self.worth, Choice) else (self.worth,):
            value = known(option)
            if value is not DYNAMIC:
                written = isinstance(option, Known) and option.trace
                found.append((value, option.trace[0] if written else self.origin))  # type: ignore[union-attr]
        return found


def known(value: Value) -> Any:
    """Return what is known of a value: a Python value, a Member, or DYNAMIC."""
    if isinstance(value, Known):
        return value.value
    if isinstance(value, Sequence):
        items = [known(item) for item in value.items]
        return DYNAMIC if DYNAMIC in items else tuple(items)
    if isinstance(value, Mapping) and isinstance(value.node, ast.Dict):
        try:
            return ast.literal_eval(value.node)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return DYNAMIC
    if isinstance(value, Choice):
        every = [known(option) for option in value.options]
        same = all(type(item) is type(every[0]) and item == every[0] for item in every)
        return every[0] if same else DYNAMIC
    return DYNAMIC


def arguments_given(reached: Reached) -> list[Argument]:
    """Return a call's arguments in the order in which they are given; a later one of a name replaces an earlier."""
    # params["count"] = 5; params["count"] = 7; run(**params)    5, then 7, which counts
    found: list[Argument] = []
    for name, slot in reached.order:
        every: list[Slot] = []
        each: Slot | None = slot
        while each is not None and len(every) < _MOST_BEFORE:
            every.append(each)
            each = each.before
        found += [_argument(name, each, reached) for each in reversed(every)]
    return found


_MOST_BEFORE = 20  # values that are replaced before the call is made


def _argument(name: str, slot: Slot, reached: Reached) -> Argument:
    key = slot.key or (slot.others[0] if slot.others else reached.node)
    value: ast.expr = slot.expression or reached.node
    if slot.expression is None and isinstance(slot.value, Known) and slot.value.trace:
        value = slot.value.trace[-1].node
    return Argument(name, value, key, slot.holder, slot.scope, slot.value, slot.repeated, slot.maybe, slot.others)


def why_unknown(argument: Argument) -> tuple[str, ast.AST]:
    """Return the end of a sentence that says why a value is not known, and where that shows."""
    if argument.places:
        lines = ", ".join(sorted({str(node.lineno) for node in argument.places}, key=int))  # type: ignore[attr-defined]
        return say("is set in more than one place (lines {lines})", lines=lines), argument.places[0]
    if isinstance(argument.worth, Unknown):
        return argument.worth.why, argument.worth.node or argument.value
    return say("is only known when the script runs"), argument.value
