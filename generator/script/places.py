"""Where the nodes of a script's syntax tree stand."""

from __future__ import annotations

import ast
from typing import Any

from generator.findings import Place
from generator.text.spans import Text


class Places(Text):
    """The text of a script, of whose nodes something is said."""

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
