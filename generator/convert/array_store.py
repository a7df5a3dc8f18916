"""The arrays of an open model, by name, and the texts beside them, by their files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

import numpy.typing as npt


@dataclass
class ArrayStore:
    """Collects the arrays and texts of a learner; those of a learner within another one have a name of their own.

    ``width`` is how many features the learner is given.
    """

    width: int
    prefix: str = ""
    arrays: dict[str, npt.NDArray[Any]] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)

    def keep(self, name: str, array: npt.NDArray[Any]) -> str:
        """Keep an array, and return the name by which the open model finds it."""
        self.arrays[self.prefix + name] = array
        return self.prefix + name

    def keep_text(self, name: str, text: str) -> dict[str, str]:
        """Keep a text, and return its file and its SHA-256, by which the open model finds and knows it."""
        content = text.encode()
        self.texts[self.prefix + name] = content
        return {"file": self.prefix + name, "sha256": hashlib.sha256(content).hexdigest()}

    def within(self, index: int) -> ArrayStore:
        """Return the store for one of the learners that a learner is made of."""
        return ArrayStore(self.width, f"{self.prefix}{index}.", self.arrays, self.texts)
