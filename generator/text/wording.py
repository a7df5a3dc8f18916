"""How messages quote, shorten and propose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.text.invisible import can_be_seen, escaped
from generator.text.meaning import possible
from generator.text.similar import nearest
from generator.translations.language import say

_LONGEST_SHOWN = 60
_NO_BLANK = r"\s*([^\W\d][\w -]*):(?![\s/\\])(.+)"


def either(words: Sequence[str]) -> str:
    """Return words as a choice: ``A, B or C``."""
    return say(" or ").join(filter(None, (", ".join(words[:-1]), words[-1])))


def show(value: Any) -> str:
    """Return a config's value as a message quotes it: YAML's words, text in quotes, nothing long."""
    if isinstance(value, str):
        text = shortened(value)
        return f"'{text}'" if can_be_seen(text) and "'" not in text else escaped(repr(text))
    if value is None:
        return say("an empty value")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return say("a mapping")
    return say("a list") if isinstance(value, (list, tuple)) else shortened(str(value))


def show_key(key: str) -> str:
    """Return a key as a message names it: as it is, unless it is long or cannot be seen."""
    return key if can_be_seen(key) and len(key) <= _LONGEST_SHOWN else show(key)


def suggestion(word: Any, candidates: Mapping[str, str] | Iterable[str]) -> str:
    """Return the end of a message that names the nearest candidate, or nothing when none is near.

    A mapping gives each candidate the spelling to propose.
    """
    near = nearest(word, candidates) if isinstance(word, str) else None
    if near is None:
        return ""
    return say(
        "; did you mean {candidates!r}?", candidates=candidates[near] if isinstance(candidates, Mapping) else near
    )


def several(word: Any, names: Sequence[str]) -> str:
    """Return the end of a message that names all that a word may stand for; nothing where there are not several."""
    if len(names) < 2:
        return ""
    return say("; {word} fits {names}: write one of them", word=show(word), names=say(" and ").join(map(show, names)))


def part_of(word: str, called: Mapping[str, tuple[str, ...]]) -> str:
    """Return the end of a message that names all of whose names a word may be a part; nothing where there is none."""
    fits = possible(word, called)
    return several(word, fits) or (say("; did you mean {candidates!r}?", candidates=fits[0]) if fits else "")


def without_blank(line: str) -> str:
    """Say what to write for ``key:value``, which YAML takes for one text; nothing where a line is something else."""
    found = re.fullmatch(_NO_BLANK, line)
    if not found:
        return ""
    return say("a blank is missing behind the colon: write {show}", show=show(f"{found[1]}: {found[2].rstrip()}"))


def shortened(text: str) -> str:
    """Return the beginning of a text that is too long for a message."""
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "..."
