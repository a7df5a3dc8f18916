"""How much is said beside a command's result: with -q nothing but errors, with -v also what was read and decided."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from contextvars import ContextVar

from generator.text.terminal import visible

QUIET, NORMAL, VERBOSE = range(3)


_level: ContextVar[int] = ContextVar("_level", default=NORMAL)
_told: set[str] = set()
"""The details that were said already: each is said once."""


@contextlib.contextmanager
def at_volume(level: int) -> Iterator[None]:
    """Say as much meanwhile as a level asks for."""
    before = _level.set(level)
    _told.clear()
    try:
        yield
    finally:
        _level.reset(before)


def is_quiet() -> bool:
    """Say whether only errors and results are wanted."""
    return _level.get() == QUIET


def is_verbose() -> bool:
    """Say whether details are wanted."""
    return _level.get() == VERBOSE


def report(text: str) -> None:
    """Print on standard output what was done, unless only the result itself is wanted."""
    if not is_quiet():
        print(_lines(text))


def note(text: str) -> None:
    """Print on standard error what is good to know and no error, unless only errors are wanted."""
    if not is_quiet():
        print(_lines(text), file=sys.stderr)


def detail(text: str) -> None:
    """Print on standard error, once, what was read, taken or decided, where that is wanted."""
    if is_verbose() and text not in _told:
        _told.add(text)
        print(_lines(text), file=sys.stderr)


def _lines(text: str) -> str:
    """Return a text of one line or several in which nothing disturbs a terminal, whatever names it is about."""
    return "\n".join(map(visible, text.split("\n")))
