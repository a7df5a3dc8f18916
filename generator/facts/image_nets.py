"""The nets that the designer's image models are made of."""

from __future__ import annotations

from typing import NamedTuple

from generator.facts.compiled import DATA


class ImageNet(NamedTuple):
    """A net: its family, how many blocks each of its parts has, of which kind they are, and their groups."""

    family: str
    layers: tuple[int, ...]
    block: str = ""
    groups: int = 1


def image_nets() -> dict[str, ImageNet]:
    """Return the nets that are known, by name."""
    return {name: ImageNet(**said) for name, said in DATA["image_nets"].items()}
