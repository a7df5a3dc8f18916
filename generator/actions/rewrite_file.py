"""Rewrite a script as bytes, in whatever encoding its file has."""

from __future__ import annotations

from collections.abc import Callable

from generator.actions.rewrite import Rewritten
from generator.findings import START, RefusedError
from generator.script.source import UndecodableError, comes_back, decode, encode
from generator.translations.language import say


def rewrite_bytes(content: bytes, change: Callable[[str], Rewritten]) -> tuple[bytes, tuple[str, ...]]:
    """Return a script's bytes as ``change`` rewrites its text, and the notes that this brings.

    Raises RefusedError where the script cannot be changed safely, and what ``change`` raises.
    """
    try:
        source, encoding = decode(content)
    except UndecodableError as error:
        raise RefusedError(say("cannot be read as text: {message}", message=error.message), error.place) from None
    if not comes_back(content, source, encoding):
        raise RefusedError(
            say("what {encoding} decodes here it does not encode again: save the script as UTF-8", encoding=encoding),
            START,
        )
    rewritten = change(source)
    try:
        return encode(rewritten.source, encoding), rewritten.notes
    except UnicodeEncodeError as error:
        said = ascii(error.object[error.start : error.end])
        message = say(
            "the script's encoding, {encoding}, has no {said}: save it as UTF-8", encoding=error.encoding, said=said
        )
        raise RefusedError(message, START) from None
