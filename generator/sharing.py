"""What scripts share: a check or a rewrite holds for all scripts whose sections that matter are the same.

Of many scripts most are alike but for what does not matter to the scoring call. The results are those of ``checking``
and ``rewriting``, which look at one script of each kind, as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator import checking, rewriting
from generator.record import Record
from generator.rewriting import Rewritten
from generator.script.text import Edit, Text, within
from generator.sections import Section, sections_that_matter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from generator.diagnostic import Diagnostic

_MOST = 128  # kinds of scripts


class _Rewrite(Record):
    """The new code of each section that matters, and what was changed beyond what was asked for."""

    codes: list[str]
    notes: tuple[str, ...]


_clean: set[tuple[str, ...]] = set()
_rewrites: dict[tuple[Any, ...], _Rewrite] = {}


def check(source: str) -> list[Diagnostic]:
    """Return what ``checking.check`` returns, sooner for a script that is as clean as one before it."""
    sections = sections_that_matter(source)
    kind = tuple([section.code for section in sections or ()])
    if kind in _clean and checking.mentions_a_module(source):
        return []
    found = checking.check(source)
    if kind and not found and checking.mentions_a_module(source):
        _make_room(_clean)
        _clean.add(kind)
    return found


def rewrite(source: str, changes: Mapping[str, Any], **others: Any) -> Rewritten:
    """Return what ``rewriting.rewrite`` returns, sooner for a script that is as one before it.

    Only parameters that are set are looked into for that. Raises RefusedError and ConfigError.
    """
    is_plain = not any(others.values()) and all(isinstance(value, (str, int, bool)) for value in changes.values())
    sections = sections_that_matter(source) if is_plain else None
    if not sections:
        return rewriting.rewrite(source, changes, **others)
    asked = [(name, type(value), value) for name, value in changes.items()]
    kind = (tuple(asked), *(section.code for section in sections))
    if kind not in _rewrites:
        rewritten = rewriting.rewrite(source, changes)
        codes = _codes(rewritten.edits, sections)
        if codes is None:
            return rewritten
        _make_room(_rewrites)
        _rewrites[kind] = _Rewrite(codes, rewritten.notes)
    known = _rewrites[kind]
    edits = [Edit((start, start + len(code)), new) for (start, code, _), new in zip(sections, known.codes, strict=True)]
    return Rewritten(Text(source).edited(edits), known.notes)


def _codes(edits: tuple[Edit, ...] | None, sections: list[Section]) -> list[str] | None:
    """Return the sections' new code; None where an edit is not well inside of one: what is around may matter."""
    codes = []
    left = list(edits or ())
    for start, code, _ in sections:
        inner = (start + 1, start + len(code) - 1)
        inside = [edit for edit in left if within(edit.span, inner)]
        left = [edit for edit in left if edit not in inside]
        codes.append(
            Text(code).edited([Edit((edit.span[0] - start, edit.span[1] - start), edit.text) for edit in inside])
        )
    return None if edits is None or left else codes


def _make_room(known: set[Any] | dict[Any, Any]) -> None:
    if len(known) >= _MOST:
        known.clear()
