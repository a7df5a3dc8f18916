"""Syntax that is newer than a version of Python, and where a script holds it."""

from __future__ import annotations

import ast
import functools
import io
import re
import sys
import token as tokens
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.facts.python import Construct, Version, load_syntax
from generator.script.scopes import COMPREHENSIONS
from generator.text.spans import Text

_OWN = sys.version_info[:2]
_QUOTE = "\"\"\"|'''|\"|'"
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def newer_syntax(text: Text, tree: ast.Module, python: Version) -> Iterator[tuple[Construct, Any]]:
    """Yield the syntax of a script that a version of Python lacks, each with the node that holds it."""
    kinds: dict[type, list[Construct]] = {}
    for construct in (construct for mark, construct in _marked(python) if mark.search(text.source)):
        for name in construct.nodes:
            if hasattr(ast, name):
                kinds.setdefault(getattr(ast, name), []).append(construct)
    for node in ast.walk(tree) if kinds else ():
        for construct in kinds.get(type(node), ()):
            found = _FINDERS.get(construct.name, _whole)
            yield from ((construct, place) for place in found(node, text))


@functools.cache
def _marked(python: Version) -> list[tuple[re.Pattern[str], Construct]]:
    """Return the syntax that a version lacks, each piece with what is to be in a text that holds it."""
    newer = (item for item in load_syntax() if python < item.since <= _OWN)  # what is newer still does not parse
    return [(re.compile(item.mark), item) for item in newer]


def _whole(node: Any, text: Text) -> Iterator[Any]:
    """The node is of a kind that older versions lack."""
    yield node


def _future(node: ast.ImportFrom, text: Text) -> Iterator[Any]:
    if node.module == "__future__" and any(alias.name == "annotations" for alias in node.names):
        yield node


def _positional_only(node: ast.arguments, text: Text) -> Iterator[Any]:
    yield from node.posonlyargs[-1:]


def _self_documenting(node: ast.JoinedStr, text: Text) -> Iterator[Any]:
    """Find ``f"{x=}"``, of which the tree is that of ``f"x={x!r}"``: only the text tells them apart."""
    for before, part in zip(node.values, node.values[1:], strict=False):
        if isinstance(before, ast.Constant) and isinstance(part, ast.FormattedValue):
            said = re.sub(r"\s", "", str(before.value))
            expression = re.sub(r"\s", "", ast.unparse(part.value))
            written = re.sub(r"\s", "", text.of(node))
            if said.endswith(f"{expression}=") and f"{{{expression}=" in written:
                yield node
                return


def _bare_starred(value: ast.expr | None, text: Text) -> Iterator[Any]:
    """Find ``a, *b`` without parentheses around it."""
    if isinstance(value, ast.Tuple) and not _is_enclosed(value, text):
        yield from [item for item in value.elts if isinstance(item, ast.Starred)][:1]


def _is_enclosed(node: ast.Tuple, text: Text) -> bool:
    """Say whether one pair of parentheses is around all of a tuple: ``(1, 2)``, but not ``(1), (2)``."""
    source = text.of(node)
    depth, is_closed = 0, False
    for kind, string in _tokens(source) if source[:1] == "(" else ():
        if is_closed:
            return string == ")"  # that of the brackets that are put around
        if kind == tokens.OP:
            depth += (string in "([{") - (string in ")]}")
            is_closed = depth == 0
    return False


def _starred_value(node: ast.Return | ast.Yield, text: Text) -> Iterator[Any]:
    yield from _bare_starred(node.value, text)


def _starred_iterable(node: ast.For, text: Text) -> Iterator[Any]:
    yield from _bare_starred(node.iter, text)


def _annotated_tuple(node: ast.AnnAssign, text: Text) -> Iterator[Any]:
    if isinstance(node.value, ast.Tuple) and not _is_enclosed(node.value, text):
        yield node.value


def _continue_in_finally(node: ast.Try, text: Text) -> Iterator[Any]:
    """Find the statements of a loop around ``finally``: a loop within it has its own."""
    stack: list[ast.AST] = list(node.finalbody)
    while stack:
        inner = stack.pop()
        if isinstance(inner, ast.Continue):
            yield inner
        elif not isinstance(inner, (*_SCOPES, ast.For, ast.AsyncFor, ast.While)):
            stack += ast.iter_child_nodes(inner)


def _free_decorator(node: Any, text: Text) -> Iterator[Any]:
    """Find decorators that are not ``name.name`` or a call of that."""
    for decorator in node.decorator_list:
        inner = decorator.func if isinstance(decorator, ast.Call) else decorator
        while isinstance(inner, ast.Attribute):
            inner = inner.value
        start = text.span(decorator)[0]
        if not isinstance(inner, ast.Name) or text.source[:start].rstrip(" \t\f\\\r\n")[-1:] == "(":
            yield decorator


def _parenthesised_with(node: ast.With, text: Text) -> Iterator[Any]:
    """Find ``with (a as b, c):``, but not ``with (a), (b):`` or ``with (a) as b:``."""
    first = node.items[0].context_expr
    start = text.span(node)[0]
    behind = re.compile(r"(?:async[\s\\]+)?with[\s\\]*").match(text.source, start)
    if behind is None or text.source[behind.end() : behind.end() + 1] != "(":
        return
    is_plain = len(node.items) == 1 and node.items[0].optional_vars is None
    header = text.source[behind.end() : text.span(node.body[0])[0]]
    if not is_plain and _closes_before_colon(header):
        yield first


def _closes_before_colon(header: str) -> bool:
    """Say whether the bracket that begins a header closes right before the header's colon."""
    depth = 0
    for kind, string in _tokens(header):
        if kind == tokens.OP:
            if depth == 0 and string == ":" and header[:1] == "(":
                return True
            depth += (string in "([{") - (string in ")]}")
        if depth == 0 and string not in ")]}" and kind not in (tokens.NL, tokens.COMMENT):
            return False
    return False


def _bare_walrus(node: Any, text: Text) -> Iterator[Any]:
    values = node.elts if isinstance(node, ast.Set) else [node.slice if isinstance(node, ast.Subscript) else node.elt]
    for value in values:
        if isinstance(value, ast.NamedExpr) and text.source[: text.span(value)[0]].rstrip()[-1:] != "(":
            yield value


def _starred_index(node: ast.Subscript, text: Text) -> Iterator[Any]:
    yield from _bare_starred(node.slice, text)


def _starred_annotation(node: ast.arg, text: Text) -> Iterator[Any]:
    if isinstance(node.annotation, ast.Starred):
        yield node.annotation


def _inner_asynchronous(node: Any, text: Text) -> Iterator[Any]:
    if not any(generator.is_async for generator in node.generators):
        for inner in ast.walk(node):
            if (
                inner is not node
                and isinstance(inner, COMPREHENSIONS)
                and any(part.is_async for part in inner.generators)
            ):
                yield inner


def _own_quotes(node: ast.JoinedStr, text: Text) -> Iterator[Any]:
    """Find f-strings that older versions read to another end: there, an f-string is a string, and then taken apart."""
    around: list[str] = []
    for kind, string in _tokens(text.of(node)):
        name = tokens.tok_name[kind]
        if name == "FSTRING_START":
            quote = re.search(_QUOTE, string)
            if any(outer in string for outer in around):
                yield node
                return
            around.append(quote[0] if quote else string)
        elif name == "FSTRING_END":
            around.pop()
        elif around and _is_refused(kind, string, around):
            yield node
            return


def _is_refused(kind: int, string: str, around: list[str]) -> bool:
    """Say whether older versions refuse a token in the braces of f-strings with the given quotes."""
    if kind == tokens.COMMENT or (kind == tokens.NL and len(around[-1]) == 1):
        return True
    if kind == tokens.STRING:
        return "\\" in string or any(quote in string for quote in around)
    is_text = tokens.tok_name[kind] == "FSTRING_MIDDLE"
    outer = around[:-1] if is_text else ()
    return any(quote in string for quote in outer) or (bool(outer) and "\\" in string)


def _tokens(source: str) -> Iterator[tuple[int, str]]:
    """Yield the tokens of a piece of source, as far as it has any."""
    import tokenize  # slow to import, and few scripts hold what only their tokens tell

    lines = io.StringIO(f"({source})\n", newline=None)  # splitlines() would break a line at U+2028, as Python does not
    found: Iterable[tokenize.TokenInfo] = tokenize.generate_tokens(lines.readline)
    depth_one = False
    try:
        for token in found:
            if depth_one:
                yield token.type, token.string
            depth_one = True  # the bracket that is put around, so that line breaks are allowed
    except (tokenize.TokenError, SyntaxError):
        return


def _type_parameters(node: Any, text: Text) -> Iterator[Any]:
    yield from getattr(node, "type_params", ())[:1]


def _with_default(node: Any, text: Text) -> Iterator[Any]:
    if getattr(node, "default_value", None) is not None:
        yield node


def _bare_exceptions(node: ast.ExceptHandler, text: Text) -> Iterator[Any]:
    if isinstance(node.type, ast.Tuple) and not _is_enclosed(node.type, text):
        yield node.type


_FINDERS: dict[str, Callable[[Any, Text], Iterator[Any]]] = {
    "future annotations": _future,
    "positional-only": _positional_only,
    "self-documenting": _self_documenting,
    "starred return": _starred_value,
    "annotated tuple": _annotated_tuple,
    "continue in finally": _continue_in_finally,
    "decorator": _free_decorator,
    "parenthesised with": _parenthesised_with,
    "starred for": _starred_iterable,
    "walrus in a set": _bare_walrus,
    "walrus in an index": _bare_walrus,
    "starred index": _starred_index,
    "starred annotation": _starred_annotation,
    "asynchronous comprehension": _inner_asynchronous,
    "f-string": _own_quotes,
    "type parameters": _type_parameters,
    "type parameter default": _with_default,
    "bare except list": _bare_exceptions,
}
"""How each piece of syntax is told; what is not here is told by the kind of its node alone."""
