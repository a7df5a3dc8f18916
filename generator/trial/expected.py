"""Answers that are kept in a file, and in what others differ from them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from generator.findings import ScoregenError
from generator.text.wording import shortened
from generator.translations.language import say

_CLOSE = 1e-9  # of real numbers: the last digits differ from processor to processor
_MOST = 20


class Kept(NamedTuple):
    """An answer: its status, as HTTP has it, and what it says; None for one of a script that has failed."""

    status: int
    answer: Any


class ExpectedError(ScoregenError):
    """A file does not hold answers as they are kept."""


def read_expected(content: bytes) -> dict[str, Kept]:
    """Return the answers that a file holds, by the names of the requests. Raises ExpectedError."""
    try:
        said = json.loads(content)
        return {name: Kept(entry["status"], entry["answer"]) for name, entry in said.items()}
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise ExpectedError(
            say("holds no answers that `scoregen try --update` has kept: {error}", error=error)
        ) from None


def written(answers: Mapping[str, Kept]) -> bytes:
    """Return the content of a file that holds answers."""
    return (json.dumps({name: kept._asdict() for name, kept in answers.items()}, indent=1) + "\n").encode()


def differences(expected: Kept, came: Kept) -> list[str]:
    """Return in what an answer differs from the one that is expected, of many differences the first.

    Real numbers may differ by a billionth; all else is equal or not, the order of rows too, but not that of keys.
    """
    if expected.status != came.status:
        return [say("status {came} instead of {expected}", came=came.status, expected=expected.status)]
    found = list(islice(_differ(expected.answer, came.answer, ""), _MOST + 1))
    return [*found[:_MOST], say("... and more")] if len(found) > _MOST else found


def _differ(old: Any, new: Any, where: str) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() ^ new.keys()):
            yield f"{where}.{key} ".lstrip(".") + (say("is missing") if key in old else say("is new"))
        for key in [key for key in old if key in new]:
            yield from _differ(old[key], new[key], f"{where}.{key}".lstrip("."))
    elif isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            yield say(
                "{where}: {new} items instead of {old}", where=where or say("the answer"), new=len(new), old=len(old)
            )
            return
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _differ(before, after, f"{where}[{index}]")
    elif not _same(old, new):
        yield say("{where}: {new} instead of {old}", where=where or say("the answer"), new=_shown(new), old=_shown(old))


def _same(old: Any, new: Any) -> bool:
    """Say whether two values are the same to a client: 1 and 1.0 are, 1 and true are not."""
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if isinstance(old, int) and isinstance(new, int):
        return old == new
    if isinstance(old, (int, float)) and isinstance(new, (int, float)):
        return (old != old and new != new) or math.isclose(old, new, rel_tol=_CLOSE, abs_tol=0)
    return type(old) is type(new) and bool(old == new)


def _shown(value: Any) -> str:
    return shortened(json.dumps(value, ensure_ascii=False))
