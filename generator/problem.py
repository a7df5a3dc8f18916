"""What is wrong with a config or a change, and where."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Place(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    column: int


class Problem(NamedTuple):
    """Something in a config that needs attention: ``where`` is the dotted path to it, empty for the whole."""

    place: Place
    severity: Literal["error", "warning"]
    where: str
    message: str

    def __str__(self) -> str:
        severity = "" if self.severity == "error" else f"{self.severity}: "
        where = f"{self.where}: " if self.where else ""
        return f"{self.place.line}:{self.place.column}: {severity}{where}{self.message}"


class ConfigError(ValueError):
    """A config cannot be used. ``problems`` holds all that is wrong with it, warnings too; of thousands the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
