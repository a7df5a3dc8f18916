"""What scripts share: a check or a rewrite holds for all scripts whose sections that matter are the same.

Of many scripts most are alike but for what does not matter to the scoring call. The results are those of ``checking``
and ``rewriting``, which look at the sections that matter, once for each kind of scripts, and at the whole of a script
of which there is something to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.actions import check as checking
from generator.actions import rewrite as rewriting
from generator.actions.rewrite import Rewritten
from generator.actions.sections import sections_that_matter
from generator.findings import ConfigError, RefusedError
from generator.text.spans import Edit, Text, within

if TYPE_CHECKING:
    from generator.findings import Finding

_MOST = 128  # kinds of scripts


class _Rewrite(NamedTuple):
    """The new code of each section that matters, and what was changed beyond what was asked for."""

    codes: list[str]
    notes: tuple[str, ...]


_clean: set[tuple[str, ...]] = set()
_rewrites: dict[tuple[Any, ...], _Rewrite] = {}


def check(source: str) -> list[Finding]:
    """Return what ``checking.check`` returns, sooner for a script that is as clean as one before it."""
    if not checking.mentions_a_module(source):
        return []
    kind = tuple([section.code for section in sections_that_matter(source) or ()])
    if kind and kind not in _clean and not checking.check("".join(kind)):
        _make_room(_clean)
        _clean.add(kind)
    return [] if kind in _clean else checking.check(source)


def rewrite(source: str, changes: Mapping[str, Any], **others: Any) -> Rewritten:
    """Return what ``rewriting.rewrite`` returns, sooner for a script that is as one before it.

    Only parameters that are set are looked into for that. Raises RefusedError and ConfigError.
    """
    is_plain = not any(others.values()) and all(isinstance(value, (str, int, bool)) for value in changes.values())
    sections = sections_that_matter(source) if is_plain else None
    if not sections:
        return rewriting.rewrite(source, changes, **others)
    codes = [section.code for section in sections]
    kind = (*((name, type(value), value) for name, value in changes.items()), *codes)
    if kind not in _rewrites:
        known = _rewrite(codes, changes)
        if known is None:
            return rewriting.rewrite(source, changes)
        _make_room(_rewrites)
        _rewrites[kind] = known
    known = _rewrites[kind]
    edits = [Edit((start, start + len(code)), new) for (start, code, _), new in zip(sections, known.codes, strict=True)]
    return Rewritten(Text(source).edited(edits), known.notes)


def _rewrite(codes: list[str], changes: Mapping[str, Any]) -> _Rewrite | None:
    """Rewrite sections; None where that is refused, or an edit is not well inside of one: what is around may matter."""
    try:
        rewritten = rewriting.rewrite("".join(codes), changes)
    except (RefusedError, ConfigError):
        return None
    start = 0
    left = list(rewritten.edits or ())
    edited = []
    for code in codes:
        inside = [edit for edit in left if within(edit.span, (start + 1, start + len(code) - 1))]
        left = [edit for edit in left if edit not in inside]
        moved = [Edit((edit.span[0] - start, edit.span[1] - start), edit.text) for edit in inside]
        edited.append(Text(code).edited(moved))
        start += len(code)
    return None if left else _Rewrite(edited, rewritten.notes)


def _make_room(known: set[Any] | dict[Any, Any]) -> None:
    if len(known) >= _MOST:
        known.clear()
