"""Pickles as the designer's packages leave them, made without those packages."""

from __future__ import annotations

import pickle
import sys
from types import ModuleType
from typing import Any


def stand_in(full_name: str, *arguments: Any, **attributes: Any) -> Any:
    """Return an object that is pickled under another class's name: NEWOBJ (or REDUCE with arguments), then BUILD."""
    module_name, _, class_name = full_name.rpartition(".")
    parts = module_name.split(".")
    for length in range(1, len(parts) + 1):
        sys.modules.setdefault(".".join(parts[:length]), ModuleType(module_name))  # pickle imports what it names
    module = sys.modules[module_name]
    if not hasattr(module, class_name):
        setattr(module, class_name, type(class_name, (), {"__module__": module_name, "__reduce__": _reduce}))
    instance = getattr(module, class_name)()
    vars(instance).update(attributes, stand_in_arguments=arguments)
    return instance


def _reduce(self: Any) -> tuple[Any, ...]:
    attributes = dict(vars(self))
    arguments = attributes.pop("stand_in_arguments")
    return (type(self), arguments, attributes) if attributes else (type(self), arguments)


def dumped(model: Any) -> bytes:
    """Return the pickle, by the protocol that the designer uses."""
    return pickle.dumps(model, protocol=4)
