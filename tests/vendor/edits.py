"""Scripts as a user edits them by hand, to compare the generated ones with."""

from __future__ import annotations

import ast

from generator import Table, generate


def edit(script: str, replacements: dict[str, str]) -> str:
    """Replace pieces of a script, each of which must stand in it exactly once."""
    for old, new in replacements.items():
        assert script.count(old) == 1, f"{old!r} stands {script.count(old)} times in:\n{script}"
        script = script.replace(old, new)
    return script


def scoring_call(tree: ast.Module) -> ast.Call:
    """Return the call whose keywords are the module's: ``run(...)``, or the ``dict(...)`` that is handed to it."""
    (call,) = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and len(node.keywords) > 1)
    return call


def default_with(table: Table, parameters: dict[str, str], without: str = "") -> str:
    """Return the default script whose call has just these parameters (as source), and all ports but ``without``."""
    source = generate({"module": table.id})
    call = scoring_call(ast.parse(source))
    ports = {port.name for port in table.ports if port.name != without}
    kept = [keyword for keyword in call.keywords if keyword.arg in ports]
    given = [ast.keyword(name, ast.parse(source, mode="eval").body) for name, source in parameters.items()]
    call.keywords = kept + given
    lines = source.splitlines(keepends=True)
    start = sum(map(len, lines[: call.lineno - 1])) + call.col_offset
    end = sum(map(len, lines[: (call.end_lineno or 0) - 1])) + (call.end_col_offset or 0)
    edited = source[:start] + ast.unparse(call) + source[end:]  # the rest as it is: unparsed, it may need this Python
    enums = dict.fromkeys(filter(None, (parameter.enum for parameter in table.parameters)))
    return f"from {table.import_paths[0]} import {', '.join([table.class_name, *enums])}\n{edited}"
