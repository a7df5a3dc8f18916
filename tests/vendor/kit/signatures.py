"""Says what a Score module's class takes, as the class itself has it."""

from __future__ import annotations

import importlib
import inspect
from enum import Enum
from typing import Any


def describe(path: str, class_name: str) -> list[dict[str, Any]]:
    """Return what is known of each keyword of the class's run(), in their order.

    The classic modules annotate a keyword with an object that holds label, default, minimum and condition, the others
    with a type: what an annotation lacks is None.
    """
    run = getattr(importlib.import_module(path), class_name).run
    keywords = inspect.signature(run).parameters.values()
    return [_described(keyword) for keyword in keywords if keyword.name != "self"]


def _described(keyword: inspect.Parameter) -> dict[str, Any]:
    annotation = keyword.annotation
    kind = getattr(annotation, "data_type", annotation)
    parent_values = getattr(annotation, "parent_parameter_val", None)
    return {
        "name": keyword.name,
        "type": getattr(kind, "__name__", None),
        "options": _options(kind),
        "label": getattr(annotation, "name", None),
        "default": _plain(getattr(annotation, "default_value", None)),
        "minimum": getattr(annotation, "min_value", None),
        "optional": getattr(annotation, "is_optional", None),
        "parent": getattr(annotation, "parent_parameter", None),
        "parent_values": None if parent_values is None else [_plain(value) for value in parent_values],
    }


def _options(kind: Any) -> dict[str, str] | None:
    """Return the designer's name of each member of an Enum.

    The classic Enums have it in the member's annotation, the others as its value.
    """
    if not (isinstance(kind, type) and issubclass(kind, Enum)):
        return None
    notes = getattr(kind, "__annotations__", {})
    return {member.name: notes[member.name].name if member.name in notes else member.value for member in kind}


def _plain(value: Any) -> Any:
    return value.name if isinstance(value, Enum) else value
