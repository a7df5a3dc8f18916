"""Reads a model's pickle without running it: what it holds becomes plain values and inert objects.

A pickle is a program for a small stack machine: it names classes and functions, which Python's own ``pickle`` imports
and calls. This machine knows the same instructions and calls nothing::

    NEWOBJ  sklearn.linear_model._logistic.LogisticRegression ()    becomes   Object(name, arguments=())
    BUILD   {"coef_": ..., "C": 1.0}                                becomes   its attributes
    REDUCE  numpy.core.multiarray.scalar (dtype, b"...")            becomes   Object(name, arguments=(dtype, b"..."))

Arrays are inert too: ``generator/convert/parts.py`` makes numpy's of them. A name of a package that no designer model
is made of is refused, and so is an instruction that such a model never holds.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable
from typing import Any

from generator.model.error import ModelError, refuse_larger
from generator.model.names import LARGEST_MODEL
from generator.translations.language import say

MOST_STEPS = 4_000_000
"""How many instructions a pickle may have: at most some 10 seconds and 500 MB, whatever they are."""

_PACKAGES = (
    *("azureml", "lightgbm", "nimbusml", "numpy", "pandas"),
    *("scipy", "sklearn", "surprise", "tensorflow", "torch"),
)
_OF_PYTHON = (
    *("builtins.int", "builtins.list", "builtins.object", "builtins.set", "builtins.slice"),
    *("collections.OrderedDict", "collections.defaultdict", "copyreg._reconstructor", "copy_reg._reconstructor"),
    *("pathlib.PosixPath", "tempfile.TemporaryDirectory", "weakref.finalize"),
)
_MAPPINGS = ("collections.OrderedDict", "collections.defaultdict")


class Name(str):
    """The full name of a class or function in a pickle, such as ``numpy.ndarray``."""

    __slots__ = ()


class Object:
    """What a pickle would make by calling ``name`` with ``arguments``; nothing is called.

    ``attributes`` is its state where that is a mapping, as for most classes; ``state`` is any other, as for arrays.
    """

    __slots__ = ("arguments", "attributes", "name", "state")

    def __init__(self, name: str, arguments: tuple[Any, ...]) -> None:
        self.name = name
        self.arguments = arguments
        self.attributes: dict[str, Any] = {}
        self.state: Any = None

    def __repr__(self) -> str:
        return f"<{self.name}>"


def read_pickle(content: bytes) -> Any:
    """Return what a pickle holds, as plain values and Objects.

    Sets become lists, dicts of a kind of their own plain dicts. Raises ModelError for what is no pickle, is cut off,
    has more than LARGEST_MODEL bytes or MOST_STEPS instructions, or names what no designer model is made of.
    """
    refuse_larger(content, LARGEST_MODEL)
    machine = _Machine()
    try:
        for count, (instruction, argument, position) in enumerate(pickletools.genops(content)):
            if count == MOST_STEPS:
                raise ModelError(say("it has more than {most_steps:,} instructions", most_steps=MOST_STEPS))
            step = _STEPS.get(instruction.name)
            if step is None:
                message = say(
                    "byte {position}: {name} is not an instruction of a designer model",
                    position=position,
                    name=instruction.name,
                )
                raise ModelError(message)
            step(machine, argument)
    except ModelError:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, MemoryError) as error:
        raise ModelError(say("it is damaged: {error}", error=str(error)[:200] or type(error).__name__)) from error
    if len(machine.stack) != 1 or machine.marks:
        raise ModelError(say("it is damaged: it does not end with one value"))
    return machine.stack[0]


class _Machine:
    """The stack, the places of the marks in it, what was remembered, and each name once."""

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self.marks: list[int] = []
        self.memo: dict[int, Any] = {}
        self.names: dict[str, Name] = {}

    def push(self, value: Any) -> None:
        self.stack.append(value)

    def take(self, count: int) -> list[Any]:
        """Take the last values off the stack, none of those before the last mark."""
        start = len(self.stack) - count
        if start < (self.marks[-1] if self.marks else 0):
            raise ModelError(say("it is damaged: an instruction finds too few values"))
        taken = self.stack[start:]
        del self.stack[start:]
        return taken

    def take_marked(self) -> list[Any]:
        """Take all that was pushed since the last mark."""
        taken = self.stack[self.marks[-1] :]
        del self.stack[self.marks.pop() :]
        return taken

    def top(self, kind: type) -> Any:
        """Return the last value, which must be of a kind."""
        (value,) = self.take(1)
        self.stack.append(value)
        if not isinstance(value, kind):
            raise ModelError(
                say("it is damaged: {name} where {wanted} belongs", name=type(value).__name__, wanted=kind.__name__)
            )
        return value

    def remember(self, place: int | None) -> None:
        self.memo[len(self.memo) if place is None else place] = self.top(object)

    def name(self, full_name: str) -> None:
        package = full_name.partition(".")[0]
        if package not in _PACKAGES and full_name not in _OF_PYTHON:
            message = say(
                "it names {full_name}, of which no designer model is made; nothing of it was run",
                full_name=full_name[:200],
            )
            raise ModelError(message)
        self.push(self.names.setdefault(full_name, Name(full_name)))

    def name_from_stack(self) -> None:
        module, name = self.take(2)
        if type(module) is not str or type(name) is not str:
            raise ModelError(say("it is damaged: a name is not text"))
        self.name(f"{module}.{name}")

    def call(self) -> None:
        called, arguments = self.take(2)
        if not isinstance(called, Name) or not isinstance(arguments, tuple):
            raise ModelError(say("it is damaged: it calls something that is neither a class nor a function"))
        self.push({} if called in _MAPPINGS else Object(called, arguments))

    def set_state(self) -> None:
        (state,) = self.take(1)
        if isinstance(self.stack[-1] if self.stack else None, dict):
            return  # the attributes of a mapping of a kind of its own, as PyTorch's have
        made = self.top(Object)
        made.state = state
        for part in state if isinstance(state, tuple) else (state,):  # (attributes, slots)
            if isinstance(part, dict):
                made.attributes = {**made.attributes, **part}

    def stored(self) -> tuple[Any, ...]:
        """Take the words by which a pickle names what is stored outside of it."""
        words = self.top(tuple)
        self.take(1)
        return tuple(words)

    def append(self, values: list[Any]) -> None:
        self.top(list).extend(values)

    def set_items(self, values: list[Any]) -> None:
        keys, found = values[::2], values[1::2]
        for key in keys:
            if isinstance(key, tuple):  # to hash nested ones takes as long as somebody likes
                raise ModelError(say("it has a tuple as a key"))
        self.top(dict).update(zip(keys, found, strict=True))


_Step = Callable[[_Machine, Any], None]
_VALUES = (
    *("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT"),
    *("UNICODE", "SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8", "SHORT_BINBYTES", "BINBYTES", "BINBYTES8"),
)
_STEPS: dict[str, _Step] = {
    **dict.fromkeys(("PROTO", "FRAME", "STOP"), lambda machine, argument: None),
    **dict.fromkeys(_VALUES, _Machine.push),
    "NONE": lambda machine, _: machine.push(None),
    "NEWTRUE": lambda machine, _: machine.push(True),
    "NEWFALSE": lambda machine, _: machine.push(False),
    "EMPTY_LIST": lambda machine, _: machine.push([]),
    "EMPTY_SET": lambda machine, _: machine.push([]),
    "EMPTY_DICT": lambda machine, _: machine.push({}),
    "EMPTY_TUPLE": lambda machine, _: machine.push(()),
    "TUPLE1": lambda machine, _: machine.push(tuple(machine.take(1))),
    "TUPLE2": lambda machine, _: machine.push(tuple(machine.take(2))),
    "TUPLE3": lambda machine, _: machine.push(tuple(machine.take(3))),
    "TUPLE": lambda machine, _: machine.push(tuple(machine.take_marked())),
    "MARK": lambda machine, _: machine.marks.append(len(machine.stack)),
    "APPEND": lambda machine, _: machine.append(machine.take(1)),
    "APPENDS": lambda machine, _: machine.append(machine.take_marked()),
    "ADDITEMS": lambda machine, _: machine.append(machine.take_marked()),
    "SETITEM": lambda machine, _: machine.set_items(machine.take(2)),
    "SETITEMS": lambda machine, _: machine.set_items(machine.take_marked()),
    **dict.fromkeys(("PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"), _Machine.remember),
    **dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), lambda machine, place: machine.push(machine.memo[place])),
    "GLOBAL": lambda machine, names: machine.name(names.replace(" ", ".", 1)),
    "STACK_GLOBAL": lambda machine, _: machine.name_from_stack(),
    "REDUCE": lambda machine, _: machine.call(),
    "NEWOBJ": lambda machine, _: machine.call(),
    "BINPERSID": lambda machine, _: machine.push(Object("stored elsewhere", machine.stored())),
    "BUILD": lambda machine, _: machine.set_state(),
}
