"""Patterns of the versions below another, for a schema, which compares texts and no numbers.

    below("20.3")      20.2.4, 20, 9.0.1.post1     not 20.3, 20.10
    all_below("20.3")  20.2.4, 20.2, 9             not 20, which is any 20 to conda
    equal("0.0.80")    0.0.80, 0.0.80.0            not 0.0.8, 0.0.80.post1

They say of what fits ``VERSION`` the same as ``versions.key``.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.conda.versions import key

_NUMBER = "(?:0|[1-9][0-9]{0,5})"
_POST = r"(?:\.post[0-9]{1,3})?"
END = r"$(?!\n)"  # to Python the dollar alone matches before a line feed too
VERSION = rf"^{_NUMBER}(?:\.{_NUMBER}){{0,4}}{_POST}{END}"
"""A release: numbers, none with a zero before it, and that of a post-release."""


def below(version: str) -> str:
    """Return the pattern of the versions that come before one."""
    return rf"^(?:{'|'.join([*_shorter(version), *_smaller(version)])}){_POST}{END}"


def all_below(version: str) -> str:
    """Return the pattern of the versions that come before one, whatever numbers follow those that are given."""
    return rf"^(?:{'|'.join(_smaller(version))}){_POST}{END}"


def equal(version: str) -> str:
    """Return the pattern of a version, however many zeros it ends with."""
    return rf"^{_dotted(key(version)[0] or (0,))}(?:\.0)*{END}"


def up_to(version: str) -> str:
    """Return the pattern of a version, and of those that come before it; of no version but 0 for an empty text."""
    return f"{below(version)}|{equal(version)}" if version else equal("0")


def python(series: str) -> str:
    """Return the pattern of the Pythons of a series, such as ``3.8``."""
    return rf"^{_dotted(key(series)[0])}(?:\.(?:[0-9]|[12][0-9]|30)(?:\.0)*)?{END}"


def _shorter(version: str) -> Iterator[str]:
    """Yield the beginnings of a version: 20 is 20.0, and so below 20.3."""
    numbers = key(version)[0]
    yield from (_dotted(numbers[:index]) for index in range(1, len(numbers)))


def _smaller(version: str) -> Iterator[str]:
    numbers = key(version)[0]
    for index, number in enumerate(numbers):
        if number:
            before = _dotted(numbers[:index]) + r"\." if index else ""
            yield rf"{before}(?:{'|'.join(_less(number))})(?:\.{_NUMBER})*"


def _less(number: int) -> Iterator[str]:
    """Yield patterns of the numbers below one: for 140 those of one digit, of two, and 1[0-3][0-9]."""
    digits = str(number)
    for length in range(1, len(digits)):
        yield "[0-9]" if length == 1 else f"[1-9][0-9]{{{length - 1}}}"
    for index, digit in enumerate(map(int, digits)):
        first = 1 if index == 0 and len(digits) > 1 else 0
        if digit > first:
            yield f"{digits[:index]}[{first}-{digit - 1}]" + "[0-9]" * (len(digits) - index - 1)


def _dotted(numbers: tuple[int, ...]) -> str:
    return r"\.".join(map(str, numbers))
