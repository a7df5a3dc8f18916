"""Two scripts' answers to the same requests, compared cell by cell."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from generator.findings import ScoregenError
from generator.text.terminal import cut, visible
from generator.translations.language import say

REFUSED = "refused"
"""The type of what is no exception: a script refuses a request, and says why."""
_NUMBERS = re.compile(r"(-?\d+\.\d+)")
_KEPT = 100  # differences
_LONGEST = 300  # columns of what is shown of a cell
_LONGEST_NAME = 60
_MOST_LEVELS = 100
_SMALLEST = 1e-15
"""Numbers that differ by less are equal: 1 - p of a probability p has no more digits."""


class Tolerance(NamedTuple):
    """How far real numbers may differ, relative to the larger one.

    ``of_texts`` is whether the numbers in a text may, too. With ``of_roots`` it is enough that the squares of numbers
    of 32 bits do: a root makes a small difference large where it is taken of next to nothing.
    """

    bound: float
    of_texts: bool = False
    of_roots: bool = False


DOUBLE = Tolerance(1e-12)
"""Both sides compute with 64 bits."""
SINGLE = Tolerance(1e-5, of_texts=True)
"""Both sides compute with 32 bits."""
_TOLERANCES = dict.fromkeys(("vowpal_wabbit", "poisson", "wide_and_deep", "image_net"), SINGLE)
_TOLERANCES["anomalies"] = SINGLE._replace(of_roots=True)


class Answer(NamedTuple):
    """What a request was answered: the body as the endpoint sends it, or the type and message of an exception."""

    body: str | None
    error: tuple[str, str] | None
    seconds: float


class Difference(NamedTuple):
    """Where two answers differ: the number of the request, the way to the cell, and what stands there."""

    request: int
    where: str
    old: str
    new: str


class Comparison(NamedTuple):
    """How many cells were compared, how many are equal to the last bit, and the largest difference that is allowed.

    ``different`` is how many cells differ, ``differences`` are the first of them. ``refused_by_both`` counts requests,
    and the other two say why one script alone did not answer: the old one fails, or the new one takes no value that
    would be silently changed. Neither is a difference.
    """

    cells: int
    exact: int
    largest: float
    different: int
    differences: tuple[Difference, ...]
    refused_by_both: int
    refused_by_new: tuple[str, ...]
    failed_by_old: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        """Whether there was something to compare, and no cell differs."""
        return self.cells > 0 and not self.different


def compare(old: Sequence[Answer], new: Sequence[Answer], tolerance: Tolerance = DOUBLE) -> Comparison:
    """Return how two scripts' answers compare; ``old`` and ``new`` are in the order of the requests.

    Raises ScoregenError for an answer that is no JSON, or has too many levels.
    """
    cells = exact = both = different = 0
    largest = 0.0
    differences: list[Difference] = []
    refused: list[str] = []
    failed: list[str] = []

    def differ(number: int, where: str, left: str, right: str) -> None:
        nonlocal different
        different += 1
        if different <= _KEPT:
            differences.append(Difference(number, where, left, right))

    for number, (before, after) in enumerate(zip(old, new, strict=True)):
        if before.error and after.error:
            both += 1
        elif before.error:
            failed.append(": ".join(before.error))
        elif after.error and after.error[0] == REFUSED:
            refused.append(after.error[1])
        elif after.error:
            differ(number, "", "an answer", ": ".join(after.error))
        else:
            for where, left, right in _cells(_said(number, before), _said(number, after)):
                cells += 1
                apart = distance(left, right, tolerance)
                exact += apart == 0
                if apart is None or apart > tolerance.bound:
                    is_kept = different < _KEPT
                    differ(number, where, *(repr(value) if is_kept else "" for value in (left, right)))
                else:
                    largest = max(largest, apart)
    return Comparison(cells, exact, largest, different, tuple(differences), both, tuple(refused), tuple(failed))


def _said(number: int, answer: Answer) -> Any:
    """Return what the answer to a request says. Raises ScoregenError where that is no JSON."""
    try:
        return decoded(answer.body)
    except (ValueError, RecursionError):
        message = say(
            "request {number}: an answer is not JSON that can be compared: {start}",
            number=number,
            start=cut(visible((answer.body or "")[:_LONGEST]), _LONGEST),
        )
        raise ScoregenError(message) from None


def decoded(body: str | None) -> Any:
    """Return what a response says; the designer's scripts encode it twice."""
    value = json.loads(body or "null")
    return json.loads(value) if isinstance(value, str) else value


def distance(old: Any, new: Any, tolerance: Tolerance = DOUBLE) -> float | None:
    """Return how far two cells are apart: 0 for equal ones, a share for real numbers, None for others.

    A date counts as equal however it is written: pandas gives one of a table of dates alone as nanoseconds. Texts are
    as far apart as the numbers in them, and roots as what they are of, where the tolerance says so.
    """
    if type(old) is int and isinstance(new, str):
        return 0.0 if _nanoseconds(new) == old else None
    if type(old) is not type(new):
        return None
    if isinstance(old, float):
        if old == new or (old != old and new != new):
            return 0.0
        apart = abs(old - new)
        share = apart / max(abs(old), abs(new))
        if tolerance.of_roots and _has_32_bits(old) and _has_32_bits(new):
            share = min(share, abs(old * old - new * new))
        return None if share != share else min(apart, share) if apart < _SMALLEST else share
    if isinstance(old, str) and old != new:
        if _date(old) == _date(new) is not None:
            return 0.0
        return _distance_of_texts(old, new) if tolerance.of_texts else None
    return 0.0 if old == new else None


def _has_32_bits(number: float) -> bool:
    return abs(number) <= 1 and struct.unpack("f", struct.pack("f", number))[0] == number


def tolerance_of(facts: Mapping[str, Any]) -> Tolerance:
    """Return how far the answers of an open model may differ, given what ``model.json`` says."""
    return _TOLERANCES.get(facts["learner"]["kind"], DOUBLE)


def _distance_of_texts(old: str, new: str) -> float | None:
    """Return how far the numbers in two texts are apart: of ``1:0.5 2:0.25`` and ``1:0.5 2:0.28`` it is 0.07.

    The last digit of each was rounded, so that one more or less of it is no more than the smallest distance.
    """
    parts = list(zip(_NUMBERS.split(old), _NUMBERS.split(new), strict=False))
    if len(_NUMBERS.split(old)) != len(_NUMBERS.split(new)) or any(left != right for left, right in parts[::2]):
        return None
    return max((_distance_of_rounded(left, right) for left, right in parts[1::2]), default=None)


def _distance_of_rounded(old: str, new: str) -> float:
    left, right = Decimal(old), Decimal(new)
    if left == right:
        return 0.0
    last = Decimal(10) ** -max(len(text.partition(".")[2]) for text in (old, new))
    beyond = (abs(left - right) - last) / max(abs(left), abs(right))
    return max(float(beyond), _SMALLEST)


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _nanoseconds(text: str) -> int | None:
    """Return a date as nanoseconds since 1970; None for a text that is no date, or names a time zone."""
    date = _date(text)
    if date is None or date.tzinfo is not None:
        return None
    return (date - datetime(1970, 1, 1)) // timedelta(microseconds=1) * 1000


def _cells(old: Any, new: Any, where: str = "", level: int = 0) -> Iterator[tuple[str, Any, Any]]:
    """Yield the cells of two responses side by side; where they have other keys or lengths, these as cells."""
    if level > _MOST_LEVELS:
        raise ScoregenError(say("an answer has more than {levels} levels", levels=_MOST_LEVELS))
    if isinstance(old, dict) and isinstance(new, dict):
        if list(old) != list(new):
            yield f"{where} (names)", list(old), list(new)
            return
        for name in old:
            yield from _cells(old[name], new[name], f"{where}.{name[:_LONGEST_NAME]}", level + 1)
    elif isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            yield f"{where} (length)", len(old), len(new)
            return
        for index, (left, right) in enumerate(zip(old, new, strict=True)):
            yield from _cells(left, right, f"{where}[{index}]", level + 1)
    else:
        yield where, old, new
