"""What is no longer known: values that are used, lost, or handed to code that cannot be seen."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from generator.script.journal import MISSING
from generator.script.kinds import in_class, key_read
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
    Partial,
    Ref,
    Sequence,
    Slot,
    Super,
    Unknown,
    Value,
    View,
)
from generator.script.scopes import Scope
from generator.script.state import State
from generator.script.trace import MOST_ESCAPED, OTHER, READ, Given, TooLongError
from generator.translations.language import say

_CHANGEABLE = (Mapping, Instance, Function, Class, Method, Partial, Super)


# json.dumps(params)      reads the dict and leaves it as it is: _glance
# change(params)          may do anything to it: _escape, and nothing that is in it is known from then on
# rows = [params, 5]      keeps it where it is not followed: it escapes too, and the 5 is used for something
class Escapes(State):
    """Notes what uses a value, and what may change it unseen."""

    def _use(self, node: ast.expr) -> Value:
        """Follow an expression whose value is looked at, and return the value."""
        value = self._value(node)
        self._consume(value, OTHER)
        return value

    def _consume(self, value: Value, by: Any) -> None:
        """Note what uses a value."""
        # top = settings["top"]; run(count=top)    the expression settings["top"] is consumed by that call's count
        # if top > 3: ...                          and by OTHER: an editor leaves it alone, as more would change
        if type(value) is Known:
            consumers = self.consumers
            for spot in reversed(value.trace):
                key = id(spot.node)
                if key in consumers:
                    consumers[key].add(by)
                else:
                    consumers[key] = {by}
                if by == OTHER and (name := key_read(spot.node)):
                    by = (READ, name)  # what comes before is looked up by a name: settings["top"]
        elif isinstance(value, (Choice, Sequence)):
            for each in _parts(value):
                self._consume(each, by)

    def _glance(self, value: Value) -> None:
        """Note that a function reads a value and leaves it as it is; a function that it is given is called."""
        if isinstance(value, (Function, Method, Partial, Class)):
            self._escape(value)
        elif isinstance(value, (Mapping, View)):
            mapping = value if isinstance(value, Mapping) else value.mapping
            for name, slot in mapping.slots.items():
                self._consume(slot.value, (READ, name))
                if isinstance(slot.value, (Function, Method, Partial)):
                    self._escape(slot.value)
        elif isinstance(value, Instance):
            self._show(value)
        elif isinstance(value, (Choice, Sequence)):
            for each in _parts(value):
                self._glance(each)
        elif isinstance(value, Ref):
            if value.path == "globals()":
                self._escape(value)
        else:
            self._consume(value, OTHER)

    def _show(self, instance: Instance) -> None:
        """Follow what makes a text of an object, which may be done here."""
        # f"{settings}" runs its __str__(), if it has one
        for name in ("__format__", "__str__", "__repr__"):
            method = in_class(instance.of, name)
            if isinstance(method, Function):
                given = Given([instance], {}, True, UNKNOWN)
                self._either(lambda: bool(self._apply(method, given, method.node)) or True, lambda: True)  # noqa: B023

    def _lose(self, value: Value) -> None:
        """Give up what can be changed, or called, by a name that is no longer followed."""
        if isinstance(value, _CHANGEABLE):
            self._escape(value)
        elif isinstance(value, (Choice, Sequence)):
            for each in _parts(value):
                self._lose(each)
        elif isinstance(value, View):
            self._lose_items(value.mapping)

    def _lose_items(self, mapping: Mapping) -> None:
        for slot in mapping.slots.values():
            self._lose(slot.value)

    def _escape(self, value: Value) -> None:
        """Give up a value that is handed to code that cannot be seen, and all that such code can reach by it."""
        if isinstance(value, Known):
            self._consume(value, OTHER)
        elif isinstance(value, Ref):
            if value.path == "globals()":
                self._hide(self._names.module.node)
        elif isinstance(value, (Mapping, Instance)):
            if value.escaped is None:
                value.escaped = Unknown(say("may be changed by code that cannot be followed"))
                inside = value.slots if isinstance(value, Mapping) else value.attributes
                self._births_of_escaped.append(inside.born)
                for each in list(inside.values()):
                    self._escape(each.value if isinstance(each, Slot) else each)
                if isinstance(value, Instance) and value.of:
                    self._escape(value.of)
        elif isinstance(value, (Choice, Sequence)):
            for each in _parts(value):
                self._escape(each)
        elif isinstance(value, Function):
            self._escape_function(value)
        elif isinstance(value, Super):
            self._escape(value.instance)
        elif isinstance(value, Method):
            self._escape(value.owner)
            if isinstance(value.function, Function):
                self._escape_function(value.function)
        elif isinstance(value, Class):
            for each in value.attributes.values():
                if isinstance(each, (Function, Mapping, Instance)):
                    self._escape(each)
        elif isinstance(value, Partial):
            self._escape(value.given)
            self._escape(value.function)
            for each in value.positional:
                self._escape(each)
        elif isinstance(value, View):
            self._lose_items(value.mapping)
            self._glance(value)

    def _escape_function(self, function: Function) -> None:
        """Follow a function that may be called at any time: what it changes is not known from then on."""
        key = (id(function.node), id(function.frame))
        if key in self._escaped_ids:
            return
        self._escaped_ids[key] = function
        if len(self._escaped) >= MOST_ESCAPED:
            raise TooLongError
        self._escaped.append(function)
        if function.frame is self._module and self._is_start:
            return  # it is followed with the requests, when the whole module is there
        self._follow_any_time(
            function.scope, function.frame, lambda: self._escape(self._apply(function, None, function.node))
        )

    def _follow_any_time(self, scope: Scope, frame: Frame, follow: Callable[[], object]) -> None:
        """Follow code that may run at any time from now on, and give up what it changes."""
        # timer = Timer(60, change); timer.start()    what change() sets is not known from here on
        self._free_names_escape(scope, frame)
        mark = self._journal.mark()
        self._running[-1].branches += 1
        follow()
        self._running[-1].branches -= 1
        changes = self._journal.since(mark)
        self._journal.undo(mark)
        for cell, (container, _, _) in changes.items():
            self._journal.volatile[cell] = container
        self._journal.widen(mark, changes)

    def _free_names_escape(self, scope: Scope, around: Frame) -> None:
        """Give up names of the functions around that may stand for something else by the time some code runs."""
        # def run(data):
        #     top = 5
        #     later(lambda: module.run(count=top))    7, by the time it runs
        #     top = 7
        frame: Frame | None = around
        while frame is not None and frame is not self._module:
            for name, bindings in frame.scope.bindings.items():
                value = frame.cells.get(name, MISSING)
                if isinstance(value, (Mapping, Instance)) and scope.reads(name, frame.scope):
                    self._lose(value)  # what it holds then is not known
                if (len(bindings) > 1 or value is MISSING) and scope.reads(name, frame.scope):
                    self._journal.volatile[(id(frame.cells), name)] = frame.cells
                    if value is not MISSING:
                        self._journal.write(frame.cells, name, UNKNOWN)
                        self._lose(value)
            frame = frame.parent

    def _hide(self, node: ast.AST) -> None:
        """Give up the names of the module: code that cannot be seen may change any of them."""
        # exec(code), globals().update(read())    any name of the module may stand for something else
        self.opaque = self.opaque or node
        frame: Frame | None = self._frame
        while frame is not None:
            for value in list(frame.cells.values()):
                self._lose(value)
            frame = frame.parent
        for value in list(self._module.cells.values()):
            self._lose(value)


def _parts(value: Choice | Sequence) -> tuple[Value, ...]:
    return value.options if isinstance(value, Choice) else value.items
