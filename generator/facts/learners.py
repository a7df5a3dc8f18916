"""What is known of the classes that a designer model is made of."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

from generator.facts.compiled import DATA


class KnownClass(NamedTuple):
    """The attributes of a class: those that scoring goes by, those that are known with some values, and the rest."""

    read: frozenset[str]
    fixed: dict[str, tuple[Any, ...]]
    ignored: frozenset[str]


@functools.cache
def known_classes() -> dict[str, KnownClass]:
    """Return what is known of each class, by its full name."""
    return {
        name: KnownClass(frozenset(entry["read"]), entry.get("fixed", {}), frozenset(entry.get("ignored", ())))
        for name, entry in DATA["learners"].items()
    }


def of_task(task: str, kind: str = "") -> dict[str, str]:
    """Return what an open model says of its task: the task, and the id of the Score module whose models do it.

    Where several modules do it, the learner's kind decides.
    """
    module = DATA["tasks"][task]
    return {"module": module[kind] if isinstance(module, dict) else module, "task": task}
