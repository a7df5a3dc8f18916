"""Which of several things a name means: spelt in another way, or only a part of it, as long as no other fits.

A part is a run of whole words, of three letters or more; a word may have the s of its plural or not. What is taken is a
pattern, which the JSON Schema holds too, so that editors and scoregen agree.
"""

import functools
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from generator.text.similar import APOSTROPHES, fold

_SHORTEST = 3
_LONGEST = 200  # characters: no name is that long
_WORD = r"[^\W_]+"
_BETWEEN = rf"[\W_{''.join(filter(str.isalpha, APOSTROPHES))}]*"
_Meaning = TypeVar("_Meaning", bound=Hashable)


class Names(NamedTuple):
    """What one thing may be called, and what all others beside it are called."""

    own: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """A pattern, for JSON Schema too, of all that means the one thing alone."""
        return _pattern(self)


def names_of(called: Mapping[_Meaning, tuple[str, ...]], meaning: _Meaning) -> Names:
    """Return the names of a thing beside those of all others; ``called`` says what each may be called."""
    others = (name for other, names in called.items() if other != meaning for name in names)
    return Names(called[meaning], tuple(others))


def meant(word: str, called: Mapping[_Meaning, tuple[str, ...]]) -> _Meaning | None:
    """Return the only thing that ``word`` can mean; None where there is none, or several."""
    for meaning, names in called.items():
        if word in names:
            return meaning
    if len(word) > _LONGEST:
        return None
    fitting = [meaning for meaning in called if re.search(names_of(called, meaning).pattern, word)]
    return fitting[0] if len(fitting) == 1 else None


def possible(word: str, called: Mapping[_Meaning, tuple[str, ...]]) -> list[_Meaning]:
    """Return all things of whose names ``word`` may be a part."""
    if len(word) > _LONGEST:
        return []
    return [each for each, names in called.items() if re.search(_pattern(Names(names, ())), word)]


@functools.cache
def spelling_of(name: str) -> str:
    """Return the pattern, for JSON Schema too, of a name, whatever its case, accents and hyphens."""
    words = re.findall(_WORD, name)
    return f"{_BETWEEN}{_spelt(words, len(words), in_any_case)}{_BETWEEN}$"


def spelling_of_one(words: Iterable[str]) -> str:
    """Return the pattern, for JSON Schema too, of one of several words in any case, and of nothing else."""
    return f"^(?:{'|'.join(map(in_any_case, words))})$"


def in_any_case(word: str) -> str:
    """Return the pattern, for JSON Schema too, of a word in any case: ``gz`` becomes ``[gG][zZ]``."""
    return "".join(map(_any_case, word))


@functools.cache
def _pattern(names: Names) -> str:
    # Own "Green Apple" and "Sweet Apple", others "Green Pear": no other has "sweet" or "apple", so that each is enough;
    # "green" needs "apple" behind it.
    foreign = {_fold(run) for name in names.others for run in _runs(name)}
    whole = {_fold(re.findall(_WORD, name)) for name in names.others}
    ways: list[str] = []
    for name in dict.fromkeys(names.own):
        words = re.findall(_WORD, name)
        if _fold(words) not in whole:
            ways.append(_spelt(words, len(words)))
        for start in range(len(words)):
            run = words[start:]
            least = next((length for length in range(1, len(run) + 1) if _is_alone(run[:length], foreign)), None)
            if least:
                ways.append(_spelt(run, least))
    return f"^{_BETWEEN}(?:{'|'.join(dict.fromkeys(ways))}){_BETWEEN}$"


def _runs(name: str) -> Iterator[list[str]]:
    words = re.findall(_WORD, name)
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield words[start:end]


def _fold(run: list[str]) -> str:
    return fold("".join(map(_singular, run)))


def _is_alone(run: list[str], foreign: set[str]) -> bool:
    together = _fold(run)
    return len(together) >= _SHORTEST and together not in foreign


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _SHORTEST and re.search("[^sS][sS]$", word) else word


def _in_any_number(word: str) -> str:
    has_two = len(word) >= _SHORTEST and not re.search("[sS][sS]$", word)
    return in_any_case(_singular(word)) + ("[sS]?" if has_two else "")


def _spelt(words: list[str], least: int, spelt: Callable[[str], str] = _in_any_number) -> str:
    """Return the pattern of words in any spelling, of which the first are needed, and each further one may follow."""
    needed = _BETWEEN.join(map(spelt, words[:least]))
    further = ""
    for word in reversed(words[least:]):
        further = f"(?:{_BETWEEN}{spelt(word)}{further})?"
    return needed + further


@functools.cache
def _any_case(letter: str) -> str:
    plain = fold(letter)
    alike = dict.fromkeys([letter.lower(), letter.upper(), *((plain, plain.upper()) if len(plain) == 1 else ())])
    return f"[{''.join(alike)}]" if len(alike) > 1 else letter
