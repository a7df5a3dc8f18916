"""The facts, which stand in YAML beside the code: the tables, the check codes, what is known of the packages, and where
helpers are imported from.

``compiled.py`` holds them as Python, since reading YAML takes longer than a whole check. It knows by a checksum which
YAML it was made from; when that has changed, the YAML is read instead.
"""

from __future__ import annotations

import functools
import os
from typing import Any

_HERE = os.path.dirname(__file__)
_SINGLE = ("codes.yaml", "conda.yaml", "helpers.yaml")


@functools.cache
def load_data() -> dict[str, Any]:
    """Return the facts: ``tables`` and ``codes`` as lists, ``helpers`` and ``conda`` as the mappings that they are."""
    from generator.facts.compiled import CHECKSUM, DATA, SIZES

    paths = {name: os.path.join(_HERE, name) for name in _names()}
    stats = {name: os.stat(path) for name, path in paths.items()}
    compiled = os.stat(os.path.join(_HERE, "compiled.py")).st_mtime_ns
    older = all(stat.st_mtime_ns < compiled for stat in stats.values())
    if older and {name: stat.st_size for name, stat in stats.items()} == SIZES:
        return DATA
    found = sources()
    return DATA if checksum(found) == CHECKSUM else parse(found)


def sources() -> dict[str, bytes]:
    """Return the YAML files by their names within the package, in order, with line feeds alone."""
    found = {}
    for name in _names():
        with open(os.path.join(_HERE, name), "rb") as file:
            found[name] = file.read().replace(b"\r\n", b"\n")
    return found


def _names() -> list[str]:
    tables = [f"tables/{name}" for name in os.listdir(os.path.join(_HERE, "tables")) if name.endswith(".yaml")]
    return sorted([*_SINGLE, *tables])


def checksum(found: dict[str, bytes]) -> int:
    """Return the number by which compiled facts know the YAML that they were made from."""
    import zlib

    return zlib.crc32(b"\0".join(found.values()))


def parse(found: dict[str, bytes]) -> dict[str, Any]:
    """Return what the YAML says."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    said = {name: yaml.load(source, loader) for name, source in found.items()}
    return {
        **{name.removesuffix(".yaml"): said.pop(name) for name in _SINGLE},
        "tables": list(said.values()),
    }
