"""Setting parameters in a script as it stands in its file: in its bytes, whatever their encoding."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from generator.actions.rewrite import rewrite
from generator.facts.modules import Table
from generator.findings import START, RefusedError
from generator.rules.settings import Dataset, Response
from generator.script.source import UndecodableError, comes_back, decode, encode
from generator.translations.language import say


class Recoded(NamedTuple):
    """A rewritten script's bytes, and what was changed beyond what was asked for, a sentence each."""

    content: bytes
    notes: tuple[str, ...]


def rewrite_bytes(
    content: bytes,
    changes: Mapping[str, Any],
    *,
    unset: Collection[str] = (),
    datasets: Mapping[str, Dataset] | None = None,
    prune: bool = False,
    response: Response | None = None,
    table: Table | None = None,
    predictions: tuple[float, ...] = (),
) -> Recoded:
    """Return a script's bytes with its parameters changed; the arguments are those of ``rewrite``, which does it.

    Raises RefusedError where the script cannot be changed safely, ConfigError where a change is not allowed.
    """
    source, encoding = decoded(content)
    if not comes_back(content, source, encoding):
        raise RefusedError(
            say("what {encoding} decodes here it does not encode again: save the script as UTF-8", encoding=encoding),
            START,
        )
    rewritten = rewrite(
        source,
        changes,
        unset=unset,
        datasets=datasets,
        prune=prune,
        response=response,
        table=table,
        predictions=predictions,
    )
    try:
        return Recoded(encode(rewritten.source, encoding), rewritten.notes)
    except UnicodeEncodeError as error:
        said = ascii(error.object[error.start : error.end])
        message = say(
            "the script's encoding, {encoding}, has no {said}: save it as UTF-8", encoding=error.encoding, said=said
        )
        raise RefusedError(message, START) from None


def decoded(content: bytes) -> tuple[str, str]:
    """Return a script's text and its encoding, as ``decode`` does. Raises RefusedError for what cannot be read."""
    try:
        return decode(content)
    except UndecodableError as error:
        raise RefusedError(say("cannot be read as text: {message}", message=error.message), error.place) from None
