"""The language in which scoregen speaks: English, unless a catalogue of another one is asked for.

A message is written where it is made, in English with named placeholders: ``say("{name} is not there", name=path)``.
``python -m tests.support.catalogues`` gathers them for the catalogues, which are gettext's.
"""

from __future__ import annotations

import contextlib
import functools
import gettext
import os
from collections.abc import Iterator, Mapping
from contextvars import ContextVar

ENGLISH = "en"
DOMAIN = "scoregen"
FOLDER = os.path.dirname(os.path.abspath(__file__))
LANGUAGES = (ENGLISH, "fr")
"""The languages that there are; all but the first have a catalogue in a folder of that name."""

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_spoken: ContextVar[str] = ContextVar("_spoken", default=ENGLISH)


def say(message: str, /, **values: object) -> str:
    """Return a message in the language that is spoken, with the values in its placeholders."""
    language = _spoken.get()
    if language in LANGUAGES[1:]:
        message = _catalogue(language).gettext(message)
    return message.format_map(values) if values else message


def say_number(number: int, one: str, many: str) -> str:
    """Return one of two messages with the placeholder ``number``: that for one thing, or that for many."""
    language = _spoken.get()
    if language not in LANGUAGES[1:]:
        return (one if number == 1 else many).format(number=number)
    return _catalogue(language).ngettext(one, many, number).format(number=number)


def mark_number(one: str, many: str) -> tuple[str, str]:
    """Return the two messages of a table as they are: ``say_number`` takes one of them where that is said."""
    return one, many


def mark(message: str) -> str:
    """Return a message of a table as it is: ``say`` translates it where it is said."""
    return message


def spoken() -> str:
    """Return the language that is spoken."""
    return _spoken.get()


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in a language meanwhile; files that are written are in English, whoever writes them."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language that the locale names, as gettext has it: the first variable that is set decides."""
    named = next((value for name in _VARIABLES if (value := environment.get(name))), "")
    wanted = (locale.partition("_")[0].partition(".")[0].lower() for locale in named.split(":"))
    return next((language for language in wanted if language in LANGUAGES), ENGLISH)


@functools.cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, FOLDER, [language])
