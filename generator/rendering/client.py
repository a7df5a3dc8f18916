"""A Score module's table becomes consume.py, the client of its endpoint."""

from __future__ import annotations

import ast

from generator.facts.modules import Table
from generator.rendering.score import RenderError, template
from generator.rendering.stamp import stamped


def render_client(table: Table, origin: str = "") -> str:
    """Return the source of the client; ``origin`` is the config's file name, for the first line. Raises RenderError."""
    form = next(port.form for port in table.ports if port.holds == "request")
    client = template(f"consume_{form}.py.j2", "consume.py.j2")
    source = stamped(client.render(table=table), origin)
    try:
        ast.parse(source, feature_version=(3, 8))
    except SyntaxError as error:
        raise RenderError(f"the client is no Python: {error}") from error
    return source
