"""Where a script looks for its datasets."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Iterator

from generator.checks.context import Context
from generator.checks.registry import Remark, check
from generator.rules.dataset_path import place_fault


@check("SG131")
def elsewhere(script: Context) -> Iterator[Remark]:
    """Find datasets that are read from where only the author's machine has them."""
    if not any(call.table.datasets for call in script.calls):
        return
    read = [use.node.args[0] for use in script.names.method_calls if _reads_a_dataset(use.node)]
    given = [given.node for _, port, given in script.ports if given and port.holds == "dataset"]
    for node in [*read, *given]:
        path = _path(node)
        fault = place_fault(path) if path is not None else ""
        if fault:
            yield Remark(node, fault)


def _reads_a_dataset(call: ast.Call) -> bool:
    """Say whether a call is ``pd.read_csv(path)`` or ``DataFrameDirectory.load(path)``."""
    called = call.func
    if not call.args or not isinstance(called, ast.Attribute) or called.attr not in ("load", "read_csv"):
        return False
    owner = called.value
    name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return called.attr == "read_csv" or name.endswith("DataFrameDirectory")


def _path(node: ast.expr) -> str | None:
    """Return the path that stands in an expression, of one that is joined the part that is known; None for others."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
        parts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        return posixpath.join("", *parts)
    return None
