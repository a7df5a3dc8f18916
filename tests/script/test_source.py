"""The bytes of a script as text and back."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.script.source import UndecodableError, decode, encode

ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"\xef\xbb\xbf",
    "latin-1": b"# -*- coding: latin-1 -*-\n",
    "cp1252": b"#!/usr/bin/python\r\n# vim: set fileencoding=cp1252 :\r\n",
    "shift_jis": b"# coding: shift_jis\r",
}
lines = st.lists(st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"])), max_size=5)


@given(st.sampled_from(list(ENCODINGS)), lines, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_every_byte_comes_back(encoding: str, texts: list[str], newline: str, ends: bool) -> None:
    body = newline.join(["x = 1", "y = 2", *texts]) + newline * ends
    try:
        content = ENCODINGS[encoding] + body.encode(encoding.removesuffix("-sig"))
        body = content.removeprefix(b"\xef\xbb\xbf").decode(encoding.removesuffix("-sig"))
    except UnicodeError:
        return  # not a text of this encoding
    text, found = decode(content)
    assert text == body
    if encoding != "shift_jis":  # which has several bytes for some characters
        assert encode(text, found) == content


@given(st.binary(max_size=60), st.sampled_from(list(ENCODINGS.values())))
def test_bytes_of_any_kind_are_read_as_python_reads_them(body: bytes, head: bytes) -> None:
    content = head + body
    try:
        text, encoding = decode(content)
    except UndecodableError as error:
        assert 1 <= error.line <= 1 + content.count(b"\n") + content.count(b"\r") and error.column >= 1
    else:
        assert tree(text) == tree(content)
        if encoding != "shift_jis":
            assert encode(text, encoding) == content


def tree(source: str | bytes) -> str | None:
    try:
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError):
        return None


def test_line_endings_and_the_end_are_kept() -> None:
    for content in (b"a\r\nb\rc\nd", b"\r\n", b"", b"a = 1", b"\xef\xbb\xbfa\r\n"):
        assert encode(*decode(content)) == content
    assert decode(b"\xef\xbb\xbfa\r\n") == ("a\r\n", "utf-8-sig")


def test_an_encoding_in_the_second_line_counts_and_in_the_third_does_not() -> None:
    assert decode(b"#!x\r\n# coding: latin-1\r\n'\xe9'") == ("#!x\r\n# coding: latin-1\r\n'\xe9'", "iso-8859-1")
    assert decode(b"#!x\r# coding: latin-1\r'\xe9'")[1] == "iso-8859-1"
    with pytest.raises(UndecodableError):
        decode(b"#!x\n#\n# coding: latin-1\n'\xe9'")


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"x = 1\r\ny = '\xe9'\r\n", (2, 6), "the byte 0xe9 is not utf-8: save the file as UTF-8"),
        (b"\xef\xbb\xbf\nx = '\xe9'", (2, 6), "the byte 0xe9 is not utf-8: save the file as UTF-8"),
        (b"# coding: ascii\n# \xc3\xa9", (2, 3), "the byte 0xc3 is not ascii: declare the right encoding"),
        (b"# coding: nonsense\n", (1, 1), "unknown encoding: nonsense"),
        (b"# coding: ascii \xc3\xa9", (1, 17), "the byte 0xc3 is not ascii: declare the right encoding"),
        (b"# coding: hex\n", (1, 1), "the encoding hex cannot be used: 'hex' is not a text encoding"),
        (b"\xef\xbb\xbf# coding: latin-1\n", (1, 1), "encoding problem: utf-8"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(content: bytes, place: tuple[int, int], message: str) -> None:
    with pytest.raises(UndecodableError) as caught:
        decode(content)
    assert (caught.value.line, caught.value.column) == place
    assert caught.value.message.startswith(message)
