"""The bytes of a script as text and back again: what nobody edits keeps every byte."""

from __future__ import annotations

import codecs
import re

from generator.findings import START, ScoregenError
from generator.text.encodings import is_utf16, utf16
from generator.text.spans import Text
from generator.translations.language import say

_FOR_NAMES = ("idna", "punycode")  # quadratic: a megabyte takes minutes
_DECLARED = rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)"


class UndecodableError(ScoregenError):
    """Python cannot read the bytes as text: where that shows, and why."""


def decode(content: bytes) -> tuple[str, str]:
    """Return a script's text as Python reads it, with its own line endings, and the encoding to write it back in.

    A byte order mark is part of the encoding, not of the text. Raises UndecodableError.
    """
    if is_utf16(content):
        raise UndecodableError(utf16(), START)
    encoding = _encoding(content)
    try:
        if codecs.lookup(encoding).name in _FOR_NAMES:
            raise UnicodeError(say("it is made for the names of hosts"))
        return content.decode(encoding), encoding
    except UnicodeDecodeError as error:
        start = error.start + (len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
        raise _undecodable(content, start, encoding) from None
    except (UnicodeError, LookupError) as error:  # LookupError: a codec like hex, which is none of text
        raise _unusable(encoding, error) from None


def encode(text: str, encoding: str) -> bytes:
    """Return the bytes of a text that ``decode`` returned, edited or not.

    Unedited they are the same ones, but for encodings that write one text in several ways, like utf-7. Raises
    UnicodeEncodeError, also where Python would read a character as another: shift_jis writes a yen sign as a backslash.
    """
    content = text.encode(encoding)
    read = text if encoding.startswith("utf-8") else content.decode(encoding, errors="replace")
    if read != text:
        differ = (index for index, pair in enumerate(zip(text, read, strict=False)) if pair[0] != pair[1])
        start = next(differ, len(text) - 1)
        raise UnicodeEncodeError(encoding, text, start, start + 1, say("it would be read as another character"))
    return content


def comes_back(content: bytes, text: str, encoding: str) -> bool:
    """Say whether the text of a script, as ``decode`` returned it, has the script's own bytes."""
    try:
        return encode(text, encoding) == content
    except UnicodeEncodeError:
        return False


def _encoding(content: bytes) -> str:
    """Return the encoding that the first two lines declare, in a comment (PEP 263) or by a byte order mark."""
    first = b"\n".join(content.split(b"\n", 2)[:2]).splitlines(keepends=True)[:2]
    if not any(b"coding" in line for line in first):
        return "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
    import tokenize  # slow to import, and only where an encoding is declared

    declared = [re.match(_DECLARED, line) for line in first]
    # From Python 3.14 on it decodes these lines too. What else stands there is judged by decode(), in every version.
    alone = [b"# coding: %s\n" % found[1] if found else line for found, line in zip(declared, first, strict=True)]
    try:
        return tokenize.detect_encoding(iter(alone).__next__)[0]
    except SyntaxError as error:
        raise UndecodableError(str(error.msg), START) from None
    except LookupError as error:
        raise _unusable(next(found[1] for found in declared if found).decode(), error) from None


def _unusable(encoding: str, error: Exception) -> UndecodableError:
    return UndecodableError(
        say("the encoding {encoding} cannot be used: {error}", encoding=encoding, error=error), START
    )


def _undecodable(content: bytes, start: int, encoding: str) -> UndecodableError:
    before = content[:start].decode(encoding, errors="replace")
    name = encoding.removesuffix("-sig")
    hint = say("save the file as UTF-8") if name == "utf-8" else say("declare the right encoding")
    return UndecodableError(
        say("the byte 0x{byte:02x} is not {name}: {hint}", byte=content[start], name=name, hint=hint),
        Text(before).place_at(len(before)),
    )
