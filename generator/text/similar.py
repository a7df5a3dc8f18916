"""What a user meant: names compared without their accidents, and the nearest of the names that are allowed."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable

APOSTROPHES = "'\u2018\u2019\u201b\u02bb\u02bc\u00b4`\u2032\uff07"
_APOSTROPHES = dict.fromkeys(map(ord, APOSTROPHES), "'")
_LEAST_SIMILAR = 0.7
_LONGEST_NAME = 200  # difflib is quadratic: nobody mistypes a name of that length


@functools.lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """Return ``text`` without regard to case, accents and apostrophe style: equal results name the same thing."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def same_file(name: str) -> str:
    """Return what is the same for two names that Windows or macOS takes for one: in any case, composed or not."""
    return unicodedata.normalize("NFC", name).casefold()


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that ``word`` most likely stands for, or None when none is near.

    Nearest is first one of the same letters and digits, then the only one that continues the word (or that the word
    continues), then the most similar one.
    """
    import difflib  # slow to import, and only where something is misspelt

    if len(word) > _LONGEST_NAME:
        return None
    by_letters: dict[str, str] = {}
    for candidate in candidates:
        by_letters.setdefault(letters(candidate), candidate)
    wanted = letters(word)
    if wanted in by_letters:
        return by_letters[wanted]
    continued = [key for key in by_letters if _one_continues(key, wanted)]
    if len(continued) == 1:
        return by_letters[continued[0]]
    similar = difflib.get_close_matches(wanted, by_letters, n=1, cutoff=_LEAST_SIMILAR)
    return by_letters[similar[0]] if similar else None


@functools.lru_cache(maxsize=1024)
def letters(text: str) -> str:
    """Return the letters and digits of a text, folded; of a long one, those of its beginning."""
    return "".join(char for char in fold(text[:_LONGEST_NAME]) if char.isalnum())


def _one_continues(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 3 and longer.startswith(shorter)
