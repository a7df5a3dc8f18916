"""The sections of a script: top-level statements between blank lines, and which of them matter for its scoring call.

A section that is complete by itself means in the script what it means alone: where it ends no bracket and no string is
open, and no statement that could go on. What it can do to others it does by names, since each rule follows names. So
one that shares no name with those that matter, imports nothing and calls nothing that a rule looks for matters to none.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.actions.check import STRICT, collects
from generator.facts.modules import load_tables
from generator.script.calls import METHOD, packages
from generator.script.parse import parse
from generator.script.scopes import Names, scan

_BEGINNINGS = re.compile(r"\n\n(?=[A-Za-z_@#])")
_COMMENTS = re.compile(r"(?:#[^\n]*\n|\n)*")
_MOST_PIECES = 8  # of one section: paragraphs of a text in quotes, say
_MOST_OUTLINES = 1024
_LONGEST = 20_000  # characters of a script: what is remembered is to stay small


class Section(NamedTuple):
    """A part of a script: its code, without the comments above it, and where that begins."""

    start: int
    code: str
    outline: Outline


class Outline(NamedTuple):
    """What the rest of a script can see of a section.

    ``binds`` are the names that it gives a meaning in the module, ``shared`` those whose readers matter, ``reads`` all
    names that it reads anywhere. ``matters`` says whether it does in any script.
    """

    binds: frozenset[str]
    shared: frozenset[str]
    reads: frozenset[str]
    matters: bool


def sections_that_matter(source: str) -> list[Section] | None:
    """Return the sections of a script on which its check depends, and what its scoring call is given, in their order.

    None where that cannot be told from the sections.
    """
    every = _sections(source)
    if every is None:
        return None
    found = [section for section in every if section.outline.matters]
    others = [section for section in every if not section.outline.matters]
    joined = found
    while joined and others:
        binds = frozenset().union(*(section.outline.binds for section in found))
        shared = frozenset().union(*(section.outline.shared for section in found))
        used = binds.union(*(section.outline.reads for section in found))
        joined = [
            section
            for section in others
            if not (section.outline.binds.isdisjoint(used) and section.outline.reads.isdisjoint(shared))
        ]
        if joined:
            found = [section for section in every if section in found or section in joined]
            others = [section for section in others if section not in joined]
    return found


def _sections(source: str) -> list[Section] | None:
    if "\r" in source or len(source) > _LONGEST:
        return None
    found: list[Section] = []
    pieces = _pieces(source)
    start = 0
    for piece in pieces:
        above, outline = _read(piece)
        for _ in range(_MOST_PIECES):
            if outline or not (following := next(pieces, "")):
                break
            piece += following
            above, outline = _read(piece)
        if outline is None:
            return None
        found.append(Section(start + above, piece[above:], outline))
        start += len(piece)
    return found


def _read(piece: str) -> tuple[int, Outline | None]:
    """Return where the code of a piece begins, behind comments and blank lines, and its outline."""
    comments = _COMMENTS.match(piece)
    above = comments.end() if comments else 0
    return above, _outline(piece[above:])


def _pieces(source: str) -> Iterator[str]:
    start = 0
    for match in _BEGINNINGS.finditer(source):
        yield source[start : match.end()]
        start = match.end()
    yield source[start:]


@functools.lru_cache(_MOST_OUTLINES)
def _outline(code: str) -> Outline | None:
    """Return what the rest of a script can see of a section; None where it cannot be read alone, or imports stars."""
    try:
        names = scan(parse(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if any(scope.stars for scope in names.scopes):
        return None
    bindings = names.module.bindings
    return Outline(
        frozenset(bindings),
        frozenset(name for name in bindings if not all(_is_foreign(binding.target) for binding in bindings[name])),
        frozenset(name for scope in names.scopes for name in scope.uses),
        _matters(code, names),
    )


def _is_foreign(target: str | None) -> bool:
    """Say whether a binding is the import of something that no rule follows to its readers."""
    return target is not None and target.partition(".")[0] not in packages()


def _matters(code: str, names: Names) -> bool:
    if any(table.class_name in code for table in load_tables()):
        return True
    for scope in names.scopes:
        for bindings in scope.bindings.values():
            if any(binding.target is not None for binding in bindings):
                return True
    for use in names.method_calls:
        if (
            use.node.func.attr == METHOD
            or collects(use.node.func)
            or any(item.arg == STRICT for item in use.node.keywords)
        ):
            return True
    return False
