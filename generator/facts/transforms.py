"""What a training pipeline does to pictures, as typed objects; it stands in ``transforms.yaml``."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import NamedTuple

from generator.facts.compiled import DATA


class Transform(NamedTuple):
    """What is done to pictures that are to be scored, by so many pixels. ``transforms.yaml`` has the rest."""

    name: str
    label: str
    does: str
    minimum: int


class TransformFacts(NamedTuple):
    """The transforms in the designer's order, the largest amount, and why others are left out, by their labels."""

    applied: tuple[Transform, ...]
    largest: int
    left_out: Mapping[str, str]


@functools.cache
def load_transforms() -> TransformFacts:
    """Return what is known of transforms."""
    data = DATA["transforms"]
    return TransformFacts(
        tuple(Transform(**entry) for entry in data["applied"]),
        data["largest"],
        {label: group["because"] for group in data["left_out"] for label in group["labels"]},
    )
