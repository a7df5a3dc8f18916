"""``python -m tests.support.catalogues``: brings the catalogues up to date with the messages.

Run it after each change of a message: what is new stands in ``scoregen.po`` without a translation, what is gone is
taken out, and ``scoregen.mo`` is what gettext reads. A test holds that both are current and that nothing is missing.
"""

from __future__ import annotations

import ast
import functools
import io
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from generator.facts.compiled import DATA
from generator.translations.language import DOMAIN, ENGLISH, FOLDER, LANGUAGES
from generator.ui.views import words_of_the_page

Message: TypeAlias = "str | tuple[str, str]"

PACKAGE = Path(FOLDER).parent
_PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}  # 0 is one thing, as in French; CLDR has a third form for millions
_MAKING = {"say", "mark", "say_number", "mark_number"}
_OF_CHILDREN = {"UnfitError", "RefusalError"}  # whose messages are said by the process that has started a child
_IN_TABLES = {
    "codes": {"title", "meaning", "remedy"},
    "conda": {"because", "effect", "ignored", "meant_for", "what"},
    "tables": {"because", "effect", "ignored", "meant_for", "what"},
    "failures": {"means"},
    "runtime_failures": {"means"},
}
"""Under which keys of which facts a text is part of a message."""
_OF_ARGPARSE = (
    "usage: ",
    "positional arguments",
    "options",
    "show this help message and exit",
    "show program's version number and exit",
    "%(prog)s: error: %(message)s\n",
    "unrecognized arguments: %s",
    "the following arguments are required: %s",
    "one of the arguments %s is required",
    "not allowed with argument %s",
    "expected one argument",
    "expected at least one argument",
    "argument %(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "invalid %(type)s value: %(value)r",
)


@functools.cache
def messages() -> tuple[Message, ...]:
    """Return all messages of the package: those of its modules, of its tables, and what argparse says for it."""
    found = [message for path in sorted(PACKAGE.rglob("*.py")) for message in of_module(path.read_text("utf-8"))]
    facts = DATA
    return tuple(
        dict.fromkeys(
            [
                *found,
                *(text for name, keys in _IN_TABLES.items() for text in _of_tables(facts[name], keys)),
                *words_of_the_page().values(),
                *_OF_ARGPARSE,
            ]
        )
    )


def of_module(source: str) -> Iterator[Message]:
    """Yield the messages that a module hands to ``say``, ``mark`` or ``say_number``."""
    nodes = list(ast.walk(ast.parse(source)))
    ours = _OF_CHILDREN | {
        alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == "generator.translations.language"
        for alias in node.names
        if alias.name in _MAKING
    }
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours:
            texts = [item.value for item in node.args if isinstance(item, ast.Constant) and isinstance(item.value, str)]
            if node.func.id in ("say_number", "mark_number") and len(texts) > 1:
                yield texts[0], texts[1]
            elif texts:
                yield texts[0]


def _of_tables(data: Any, keys: Collection[object], key: object = None) -> Iterator[str]:
    """Yield the texts of the facts that are part of a message: those under one of the keys."""
    if isinstance(data, str):
        if key in keys:
            yield data
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield from _of_tables(value, keys, name)
    elif isinstance(data, (list, tuple)):
        for item in data:
            yield from _of_tables(item, keys, key)


def catalogue_file(language: str) -> Path:
    """Return where the catalogue of a language is, for people to edit."""
    return Path(FOLDER) / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(language: str) -> Catalog:
    """Return the catalogue of a language; an empty one where there is none yet."""
    path = catalogue_file(language)
    return read_po(io.BytesIO(path.read_bytes() if path.is_file() else b""))


def updated(language: str) -> Catalog:
    """Return the catalogue of a language with the messages that there are now, and what it has for them."""
    old = read_catalogue(language)
    new = Catalog(language)
    new.mime_headers = [("Plural-Forms", _PLURALS[language])]
    for message in messages():
        known = old.get(message)
        is_format = "{" in str(message)
        new.add(
            message,
            known.string if known and isinstance(known.id, str) == isinstance(message, str) else None,
            flags=["python-brace-format"] if is_format else [],
        )
    return new


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext's text, without the time at which it was made."""
    file = io.BytesIO()
    write_po(file, catalogue, width=120, omit_header=True, sort_output=True)
    header = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    return header + f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'.encode() + file.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it."""
    file = io.BytesIO()
    held = read_po(io.BytesIO(as_po(catalogue)))
    held.creation_date = held.revision_date = datetime(
        2000, 1, 1, tzinfo=timezone.utc
    )  # not of now: it changes nothing
    write_mo(file, held)
    return file.getvalue()


if __name__ == "__main__":
    for language in LANGUAGES:
        if language != ENGLISH:
            catalogue = updated(language)
            catalogue_file(language).parent.mkdir(parents=True, exist_ok=True)
            catalogue_file(language).write_bytes(as_po(catalogue))
            catalogue_file(language).with_suffix(".mo").write_bytes(as_mo(catalogue))
