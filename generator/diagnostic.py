"""What a check has to say about a script or the conda file beside it, and where."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.text.spans import Text

if TYPE_CHECKING:
    from generator.facts.codes import Severity

_IGNORE = r"(?i)#\s*scoregen:\s*ignore\b(?:\[([^\]]*)\])?"


class Diagnostic(NamedTuple):
    """One finding. Lines and columns count from 1, columns in characters; the end is the first column behind.

    ``parameter`` is what it is about: a parameter of a script, a package of a conda file. ``allowed`` is what the place
    may hold, as source, and ``suggestion`` what to write there instead.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    severity: Severity
    parameter: str | None
    message: str
    allowed: tuple[str, ...] | None = None
    suggestion: str | None = None


class Places(Text):
    """The text of a script, of whose nodes findings are made."""

    def finding(
        self,
        code: str,
        node: Any,
        parameter: str | None,
        message: str,
        allowed: tuple[str, ...] | None = None,
        suggestion: str | None = None,
        severity: Severity | None = None,
    ) -> Diagnostic:
        """Return a finding at a node, with the code's own severity unless another is given."""
        start = self.column(node.lineno, node.col_offset)
        end = self.column(node.end_lineno, node.end_col_offset)
        spot = (node.lineno, start, node.end_lineno, end)
        return Diagnostic(*spot, code, severity or _severity(code), parameter, message, allowed, suggestion)


def _severity(code: str) -> Severity:
    from generator.facts.codes import load_codes  # a clean script needs none

    return load_codes()[code].severity


def is_ignored(diagnostic: Diagnostic, lines: list[str]) -> bool:
    """Say whether a comment silences a finding: one at the end of the line that it names."""
    codes = _ignored_codes(lines[diagnostic.line - 1]) if diagnostic.line <= len(lines) else ()
    return codes is None or diagnostic.code in codes


@functools.lru_cache(maxsize=16)
def _ignored_codes(line: str) -> Collection[str] | None:
    """Return the codes that a line's comment has silenced; None for all."""
    match = re.search(_IGNORE, line)
    if match and match[1] is None:
        return None
    return re.split(r"[\s,]+", match[1].strip().upper()) if match else ()


def name_node(key: ast.AST) -> Any:
    """Return a node that covers an argument's name alone, as it stands in a call, a dict display or a subscript."""
    if isinstance(key, ast.Subscript):
        return key.slice
    if isinstance(key, ast.keyword) and key.arg:
        end = key.col_offset + len(key.arg.encode())
        return ast.Name(
            key.arg, lineno=key.lineno, col_offset=key.col_offset, end_lineno=key.lineno, end_col_offset=end
        )
    return key
