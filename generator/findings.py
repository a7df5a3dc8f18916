"""Whatever can be wrong: one record for what is found in a user's file, and one family of errors."""

import contextlib
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "info"]
Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in a config: the keys and indices that lead to it."""


class Place(NamedTuple):
    """A line and a column, both counted from 1, columns in characters."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


START = Place(1, 1)


class Finding(NamedTuple):
    """One thing that is found in a config, a script or a conda file.

    ``path`` is what it is about: the keys to a place in a config, a parameter of a script, a package of a conda file.
    ``end`` is the first place behind it, ``code`` that of the check that found it. ``allowed`` is what the place may
    hold, as source, and ``suggestion`` what to write there instead.
    """

    message: str
    severity: Severity = "error"
    path: Path = ()
    place: Place = START
    end: Place | None = None
    code: str = ""
    allowed: tuple[str, ...] | None = None
    suggestion: str | None = None

    @property
    def about(self) -> str:
        """The path as a message names it: ``scripts[0].parameters.name``."""
        parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path)
        return "".join(parts).removeprefix(".")

    @property
    def said(self) -> str:
        """The message, after what it is about: ``scripts[0].output: ...``."""
        return f"{about}: {self.message}" if (about := self.about) else self.message

    @property
    def line(self) -> int:
        """The line of its place."""
        return self.place.line

    @property
    def column(self) -> int:
        """The column of its place."""
        return self.place.column

    @property
    def behind(self) -> Place:
        """The first place behind it; its own where it covers nothing."""
        return self.end or self.place

    @property
    def order(self) -> tuple[Place, Place, str]:
        """By what findings of one file are sorted."""
        return self.place, self.behind, self.code

    def __str__(self) -> str:
        severity = "" if self.severity == "error" else f"{self.severity}: "
        return f"{self.place}: {severity}{self.said}"


class ScoregenError(Exception):
    """What a user can do something about: the message, where it shows if that is known, and the exit code it brings."""

    exit_code = 1

    def __init__(self, message: str, place: Place | None = None) -> None:
        """Remember the message and the place."""
        super().__init__(message if place is None else f"{place}: {message}")
        self.message = message
        self.place = place

    @property
    def line(self) -> int:
        """The line of its place; the first, where it is about the whole."""
        return (self.place or START).line

    @property
    def column(self) -> int:
        """The column of its place; the first, where it is about the whole."""
        return (self.place or START).column

    def lines(self, path: str) -> list[str]:
        """Return what to say of the file at ``path``, as it is shown, a line each."""
        return [f"{path}:{self}" if self.place else f"{path}: {self.message}"]


class ConfigError(ScoregenError):
    """A config, or a change that is asked for, cannot be used.

    ``findings`` holds all that is wrong with it, warnings too; of thousands the first.
    """

    def __init__(self, *findings: Finding) -> None:
        """Remember the findings."""
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings

    def lines(self, path: str) -> list[str]:
        """Return a line for each finding."""
        return [f"{path}:{finding}" for finding in self.findings]


class RefusedError(ScoregenError):
    """A file is left alone: the place says where that shows, the message why, and what to do.

    ``file`` names it, where it is another than the one that is worked on.
    """

    file: str | None = None

    def in_file(self, name: str) -> "RefusedError":
        """Return the error with the name of the file that it is about, as it is shown."""
        self.file = self.file or name
        return self

    def lines(self, path: str) -> list[str]:
        """Return the message, with the name of its file."""
        return super().lines(self.file or path)


@contextlib.contextmanager
def in_file(name: str) -> Iterator[None]:
    """Add the name of the file that it is about, as it is shown, to a RefusedError of the block."""
    try:
        yield
    except RefusedError as error:
        raise error.in_file(name) from None


class UnfollowableError(ScoregenError):
    """The code of a script is not understood: ``node`` of its syntax tree is where that shows, None for the whole."""

    def __init__(self, message: str, node: Any = None) -> None:
        """Remember the node."""
        super().__init__(message)
        self.node = node


class FileError(ScoregenError):
    """A file cannot be read or written. The message names the file."""

    exit_code = 2

    def lines(self, path: str) -> list[str]:
        """Return the message, which names the file that it is about."""
        return [self.message]


class UsageError(ScoregenError):
    """The command line asks for what is not possible."""

    exit_code = 2
