"""Whole statements of a script, put in and taken out with their lines."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from generator.script.text import Edit, Text

_BETWEEN = re.compile(r"[ \t\f]*;(?:[ \t\f]|\\(?:\r\n|\r|\n))*\Z")
_REST_OF_LINE = re.compile(r"[ \t\f]*;?[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_LINE = re.compile(r"[^\r\n]*")


def without(text: Text, tree: ast.Module, removed: Collection[ast.stmt], comments: bool = False) -> list[Edit]:
    """Return the edits that take statements out, and what shares their lines stays.

    ``comments`` also takes the comments above a statement out. A block that would be empty gets a ``pass``.
    """
    edits: list[Edit] = []
    for block in _blocks(tree, removed):
        gone = [statement for statement in block if statement in removed]
        if len(gone) == len(block):
            edits.append(Edit(text.span(gone.pop()), "pass"))
        for line in _lines(text, block):
            edits += _from_line(text, line, [statement for statement in line if statement in gone], comments)
    return edits


def behind(text: Text, statement: ast.stmt, source: str) -> Edit:
    """Return the edit that puts a statement in behind another."""
    start, end = text.span(statement)
    before = text.source[line_start(text, start) : start]
    rest = _REST_OF_LINE.match(text.source, end)
    if before.strip() or not rest:
        return Edit((end, end), f"; {source}")
    end = line_end(text, end)
    return Edit((end, end), f"{text.newline}{before}{source}")


def before(text: Text, statement: ast.stmt, source: str) -> Edit:
    """Return the edit that puts a statement in before another, and the comments above that."""
    start, _ = text.span(statement)
    indentation = text.source[line_start(text, start) : start]
    if indentation.strip():
        return Edit((start, start), f"{source}; ")
    start = _start_of_comments(text, line_start(text, start), indentation)
    return Edit((start, start), f"{indentation}{source}{text.newline}")


def behind_imports(text: Text, tree: ast.Module, lines: list[str]) -> list[Edit]:
    """Return the edit that adds imports behind the last import of the module, or else at its beginning."""
    if not lines:
        return []
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    docstring = tree.body[:1] if ast.get_docstring(tree, clean=False) is not None else []
    last = (imports or docstring)[-1:]
    if last:
        end = line_end(text, text.span(last[0])[1])
        return [Edit((end, end), "".join(text.newline + line for line in lines))]
    start = line_start(text, text.span(tree.body[0])[0])
    return [Edit((start, start), "".join(line + text.newline for line in lines))]


def line_start(text: Text, index: int) -> int:
    """Return where the line of a place begins."""
    return max(text.source.rfind("\n", 0, index), text.source.rfind("\r", 0, index)) + 1


def line_end(text: Text, index: int) -> int:
    """Return where the line of a place ends, before the line break."""
    match = _LINE.match(text.source, index)
    return match.end() if match else index


def _blocks(tree: ast.Module, removed: Collection[ast.stmt]) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree) if removed else ():
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list) and any(statement in removed for statement in block):
                yield block


def _lines(text: Text, block: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """Yield the statements of a block, those between semicolons together."""
    line: list[ast.stmt] = []
    for statement in block:
        if line and not _BETWEEN.match(text.source[text.span(line[-1])[1] : text.span(statement)[0]]):
            yield line
            line = []
        line.append(statement)
    yield line


def _from_line(text: Text, line: list[ast.stmt], gone: list[ast.stmt], comments: bool) -> Iterator[Edit]:
    start, end = text.span(line[0])[0], text.span(line[-1])[1]
    indentation = text.source[line_start(text, start) : start]
    rest = _REST_OF_LINE.match(text.source, end)
    if len(gone) == len(line) and not indentation.strip() and rest:
        start, end = line_start(text, start), rest.end()
        if comments:
            start = _start_of_comments(text, start, indentation)
        if end == len(text.source) and rest[0][-1:] not in ("\r", "\n"):  # the file stays without a last line break
            start -= 2 if text.source[:start].endswith("\r\n") else min(start, 1)
        yield Edit((start, end), "")
        return
    spans = [text.span(statement) for statement in line]
    kept = [statement not in gone for statement in line]
    for index, statement in enumerate(line):
        if statement in gone and any(kept[:index]):
            yield Edit((spans[index - 1][1], spans[index][1]), "")
        elif statement in gone:
            yield Edit((spans[index][0], spans[index + 1][0] if index + 1 < len(line) else spans[index][1]), "")


def _start_of_comments(text: Text, start: int, indentation: str) -> int:
    """Return where the comments begin that stand right above a line, as far indented."""
    while start:
        previous = line_start(text, start - (2 if text.source[:start].endswith("\r\n") else 1))
        line = text.source[previous:start]
        if not line.startswith(indentation + "#"):
            break
        start = previous
    return start
