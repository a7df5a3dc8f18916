"""Bytes that are no UTF-8: what to say of them."""

from __future__ import annotations

import codecs

from generator.translations.language import say


def is_utf16(content: bytes) -> bool:
    """Say whether a file begins as one of UTF-16 does."""
    return content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def without_nulls(content: bytes) -> bytes:
    """Return what a file in UTF-16 says, as far as that is ASCII; any other file as it is."""
    return content.replace(b"\0", b"") if is_utf16(content) else content


def utf16() -> str:
    """Return what to say of a file in UTF-16, and where it may come from."""
    return say("it is UTF-16, which Windows PowerShell writes by `>`: save it as UTF-8")


def not_utf8(error: UnicodeDecodeError) -> str:
    """Return why bytes were no UTF-8."""
    return utf16() if is_utf16(error.object) else say("not UTF-8: byte 0x{byte:02x}", byte=error.object[error.start])
