"""The images that environments and containers begin with, as a typed object; it stands in ``containers.yaml``."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import NamedTuple

from generator.facts.compiled import DATA


class Images(NamedTuple):
    """Images by their tags, and the version of uv that installs packages.

    ``bases`` are what containers begin with, by their names in a config, and then by the version of Python as ``3.8``.
    """

    azure: str
    bases: Mapping[str, Mapping[str, str]]
    uv: str
    edge_agent: str
    edge_hub: str


@functools.cache
def load_images() -> Images:
    """Return the images."""
    data = DATA["containers"]
    return Images(data["azure"], data["bases"], data["uv"], data["edge"]["agent"], data["edge"]["hub"])
