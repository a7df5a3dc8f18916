"""A Vowpal Wabbit model: nothing is to be converted, since newer releases load the file of 8.8.1."""

from __future__ import annotations

import struct
from typing import Any

from generator.convert.parts import NotConvertibleError
from generator.facts.learners import of_task
from generator.translations.language import say

VERSION = "8.8.1"
"""The release of Vowpal Wabbit that the designer trains with."""


def open_vowpal_wabbit(model: bytes) -> dict[str, Any]:
    """Return the open form of a model's file, which begins with its version: 06000000 "8.8.1" 00. Raises ModelError."""
    start = struct.pack("<I", len(VERSION) + 1) + VERSION.encode() + b"\0"
    if not model.startswith(start):
        raise NotConvertibleError(
            say("it is not of Vowpal Wabbit {version}, with which the designer trains", version=VERSION)
        )
    return {**of_task("examples"), "learner": {"kind": "vowpal_wabbit"}}
