"""What it takes to make an endpoint's environment anywhere, as typed objects; it stands in ``runtimes.yaml``."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.facts.compiled import DATA

_LOCKS = Path(__file__).with_name("locks")


class RuntimeSet(NamedTuple):
    """What is installed with a package's releases, from one on, on a Python. ``runtimes.yaml`` describes each field."""

    package: str
    since: str
    python: str
    overrides: tuple[str, ...]
    without: tuple[str, ...] = ()
    instead: Mapping[str, str] = {}
    build: Mapping[str, tuple[str, ...]] = {}


class Lock(NamedTuple):
    """A file of ``locks/``: its name without the ending, the id of the module that it serves, and its Python.

    ``release`` is that of the module's package, if it is not the one that scoregen writes for the Python; ``is_open``
    if it serves the module's models in an open form, of which ``trees`` scores boosted trees.
    """

    name: str
    module: str
    python: str
    release: str = ""
    is_open: bool = False
    trees: str = "numpy"


class RuntimeFacts(NamedTuple):
    """All that ``runtimes.yaml`` says."""

    base: tuple[str, ...]
    sets: tuple[RuntimeSet, ...]
    locks: tuple[Lock, ...]


@functools.cache
def load_runtimes() -> RuntimeFacts:
    """Return what is known of runtimes."""
    data = DATA["runtimes"]
    sets = tuple(RuntimeSet(**entry) for entry in data["sets"])
    return RuntimeFacts(data["base"], sets, tuple(Lock(**entry) for entry in data["locks"]))


def lock_path(name: str) -> Path:
    """Return where the lock of that name is, below this folder."""
    return _LOCKS / f"{name}.txt"
