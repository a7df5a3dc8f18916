"""The arrays of an open model, by name."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt


class ArrayStore:
    """Collects the arrays of a learner; those of a learner within another one have a name of their own.

    ``width`` is how many features the learner is given.
    """

    def __init__(self, width: int, prefix: str = "", arrays: dict[str, npt.NDArray[Any]] | None = None) -> None:
        self.width = width
        self.prefix = prefix
        self.arrays = {} if arrays is None else arrays

    def keep(self, name: str, array: npt.NDArray[Any]) -> str:
        """Keep an array, and return the name by which the open model finds it."""
        self.arrays[self.prefix + name] = array
        return self.prefix + name

    def within(self, index: int) -> ArrayStore:
        """Return the store for one of the learners that a learner is made of."""
        return ArrayStore(self.width, f"{self.prefix}{index}.", self.arrays)
