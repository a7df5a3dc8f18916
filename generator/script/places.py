"""Findings at the nodes of a script's syntax tree."""

from __future__ import annotations

import ast
from typing import Any

from generator.facts.codes import load_codes
from generator.findings import Finding, Place, Severity
from generator.text.spans import Text


class Places(Text):
    """The text of a script, of whose nodes findings are made."""

    def finding(
        self,
        code: str,
        node: Any,
        about: str | None,
        message: str,
        allowed: tuple[str, ...] | None = None,
        suggestion: str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """Return a finding at a node, with the code's own severity unless another is given."""
        start, end = self.places(node)
        path = () if about is None else (about,)
        return Finding(message, severity or load_codes()[code].severity, path, start, end, code, allowed, suggestion)

    def places(self, node: Any) -> tuple[Place, Place]:
        """Return the first place of a node, and the first behind it."""
        return self.place(node), Place(node.end_lineno, self.column(node.end_lineno, node.end_col_offset))


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
