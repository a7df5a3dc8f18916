"""Whole statements of a script, put in and taken out with their lines."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from generator.text.spans import Edit, Text

_BETWEEN = re.compile(r"[ \t\f]*;(?:[ \t\f]|\\(?:\r\n|\r|\n))*\Z")
_REST_OF_LINE = re.compile(r"[ \t\f]*;?[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")


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
    return [_without_last_line_break(text, edit) for edit in _merged(edits)]


def behind(text: Text, statement: ast.stmt, source: str) -> Edit:
    """Return the edit that puts a statement in behind another."""
    start, end = text.span(statement)
    before = text.source[text.line_start(start) : start]
    rest = _REST_OF_LINE.match(text.source, end)
    if before.strip() or not rest:  # if x: a = 1 -> if x: a = 1; b = 2
        return Edit((end, end), f"; {source}")
    end = text.line_end(end)
    return Edit((end, end), f"{text.newline}{before}{source}")


def before(text: Text, statement: ast.stmt, source: str) -> Edit:
    """Return the edit that puts a statement in before another, and the comments above that."""
    start, _ = text.span(statement)
    indentation = text.source[text.line_start(start) : start]
    if indentation.strip():  # if x: b = 2 -> if x: a = 1; b = 2
        return Edit((start, start), f"{source}; ")
    start = _start_of_comments(text, text.line_start(start), indentation)
    return Edit((start, start), f"{indentation}{source}{text.newline}")


def behind_imports(text: Text, tree: ast.Module, lines: list[str], gone: Collection[ast.stmt] = ()) -> list[Edit]:
    """Return the edit that adds imports behind the last import of the module, or else at its beginning.

    ``gone`` are imports that are taken out.
    """
    if not lines:
        return []
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom)) and node not in gone]
    docstring = tree.body[:1] if ast.get_docstring(tree, clean=False) is not None else []
    block = _last_without_gap(imports)
    keys = [_import_key(text.of(node)) for node in block]
    edits = []
    for line in sorted(lines, key=_import_key) if len(block) > 1 and keys == sorted(keys) else lines:
        # import a, import c -> import a, import b, import c; behind the last where they are not sorted
        later = [node for node, key in zip(block, keys, strict=True) if key > _import_key(line)]
        if len(block) > 1 and keys == sorted(keys) and later:
            start = text.line_start(text.span(later[0])[0])
            edits.append(Edit((start, start), line + text.newline))
        elif imports or docstring:
            end = text.line_end(text.span((imports or docstring)[-1])[1])
            edits.append(Edit((end, end), text.newline + line))
        else:
            start = text.line_start(text.span(tree.body[0])[0])
            edits.append(Edit((start, start), line + text.newline))
    return edits


def _last_without_gap(imports: list[ast.Import | ast.ImportFrom]) -> list[ast.Import | ast.ImportFrom]:
    """Return the last imports between which no line is left."""
    block = imports[-1:]
    for node in reversed(imports[:-1]):
        if block[0].lineno - (node.end_lineno or node.lineno) > 1:
            break
        block.insert(0, node)
    return block


def _import_key(source: str) -> tuple[bool, str]:
    """Return what sorted imports are sorted by: plain ones first, then the module's name."""
    words = source.split()
    return words[0] == "from", words[1].lower()


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
    indentation = text.source[text.line_start(start) : start]
    rest = _REST_OF_LINE.match(text.source, end)
    if len(gone) == len(line) and not indentation.strip() and rest:
        start, end = text.line_start(start), rest.end()
        if comments:
            start = _start_of_comments(text, start, indentation)
        yield Edit((start, end), "")
        return
    spans = [text.span(statement) for statement in line]
    kept = [statement not in gone for statement in line]
    for index, statement in enumerate(line):  # a = 1; b = 2; c = 3 -> a = 1; c = 3
        if statement in gone and any(kept[:index]):
            yield Edit((spans[index - 1][1], spans[index][1]), "")
        elif statement in gone:
            yield Edit((spans[index][0], spans[index + 1][0] if index + 1 < len(line) else spans[index][1]), "")


def _merged(edits: list[Edit]) -> list[Edit]:
    """Join what is taken out where nothing stands between."""
    merged: list[Edit] = []
    for edit in sorted(edits):
        if merged and merged[-1].span[1] == edit.span[0] and not merged[-1].text + edit.text:
            merged[-1] = Edit((merged[-1].span[0], edit.span[1]), "")
        else:
            merged.append(edit)
    return merged


def _without_last_line_break(text: Text, edit: Edit) -> Edit:
    """Keep a file without a last line break as it is when its last lines are taken out."""
    # "a = 1\nb = 2" -> "a = 1", which ends as before: without a line break
    (start, end), source = edit
    if source or end < len(text.source) or text.source[-1:] in ("\r", "\n") or start != text.line_start(start):
        return edit
    return Edit((start - (2 if text.source[:start].endswith("\r\n") else min(start, 1)), end), "")


def _start_of_comments(text: Text, start: int, indentation: str) -> int:
    """Return where the comments begin that stand right above a line, as far indented."""
    while start:
        previous = text.line_start(start - (2 if text.source[:start].endswith("\r\n") else 1))
        line = text.source[previous:start]
        if not line.startswith(indentation + "#"):
            break
        start = previous
    return start
