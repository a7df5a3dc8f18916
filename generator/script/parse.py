"""A script's text as a syntax tree, within limits, and what a statement says whatever its layout."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import warnings
from typing import Any

from generator.translations.language import say

_TOKEN = r"\w+|[^\w\s]"
_MOST_TOKENS = 100_000  # each can take Python a kilobyte
_MOST_LOOKED_AT = 5_000_000_000  # characters: before 3.12, Python goes through an f-string for each brace in it
_LONG = 3500
_BASES = ("0x", "0X", "0o", "0O", "0b", "0B")
_LONG_NUMBER = f"0[xXoObB][0-9a-fA-F_]{{{_LONG}}}"
_MOST_BITS = 14_000  # Python converts no longer numbers to text, and so shows no node that holds one


def parse(source: str) -> ast.Module:
    """Parse a script. Raises SyntaxError, ValueError, RecursionError or MemoryError; Python's warnings are not ours."""
    if len(source) > _MOST_TOKENS:
        _refuse_too_much(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree: Any = compile(source, "<unknown>", "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    if len(source) > _LONG and any(base in source for base in _BASES) and re.search(_LONG_NUMBER, source):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value.bit_length() > _MOST_BITS:
                raise ValueError(say("a number in it is too long to be written out"))
    return tree  # type: ignore[no-any-return]


def _refuse_too_much(source: str) -> None:
    """Raise ValueError for what Python's parser takes too long for."""
    may_be_many = sum(1 for _ in re.finditer(_TOKEN, source)) > _MOST_TOKENS
    if not may_be_many and source.count("{") * len(source) <= _MOST_LOOKED_AT:
        return
    import tokenize  # slow to import, and only for large scripts

    number = looked_at = 0
    with contextlib.suppress(SyntaxError, tokenize.TokenError):  # the parser will say so
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            is_formatted = "f" in token.string[:2].lower() and token.type == tokenize.STRING
            number += len(re.findall(_TOKEN, token.string)) if is_formatted else 1
            looked_at += token.string.count("{") * len(token.string) if is_formatted else 0
            if number > _MOST_TOKENS:
                raise ValueError(say("it has more than {most:,} words and signs", most=_MOST_TOKENS))
            if looked_at > _MOST_LOOKED_AT:
                raise ValueError(say("it has an f-string that is too long"))


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def said(node: ast.stmt) -> str:
    """Return what a statement says, its docstring left out."""
    try:
        return ast.dump(_without_docstring(node))
    except RecursionError:  # nested so deeply that it is none of what is generated
        return ""


def say_the_same(one: ast.stmt, other: ast.stmt) -> bool:
    """Say whether two statements say the same, their docstrings left out."""
    return type(one) is type(other) and _are_alike(_without_docstring(one), _without_docstring(other))


def _are_alike(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, ast.AST):
        return all(_are_alike(getattr(one, field, None), getattr(other, field, None)) for field in one._fields)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_are_alike, one, other))
    return repr(one) == repr(other)  # 0.0 is not -0.0


def _without_docstring(node: ast.stmt) -> ast.stmt:
    if isinstance(node, _DEFINITIONS) and ast.get_docstring(node, clean=False) is not None:
        fields = {field: getattr(node, field) for field in node._fields}
        return type(node)(**(fields | {"body": node.body[1:]}))
    return node
