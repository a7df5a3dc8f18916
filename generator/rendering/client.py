"""Settings become consume.py, the client of its endpoint."""

from __future__ import annotations

import ast

from generator.rendering.score import RenderError, template
from generator.rendering.stamp import stamped
from generator.rules.settings import Settings


def render_client(settings: Settings, origin: str = "") -> str:
    """Return the source of the client for a script's settings; ``origin`` is the config's name, for the first line.

    Raises RenderError.
    """
    reading = settings.reading
    client = template(f"consume_{reading.form}.py.j2", "consume.py.j2")
    source = stamped(client.render(table=settings.table, request=settings.request, reading=reading), origin)
    try:
        ast.parse(source, feature_version=(3, 8))
    except SyntaxError as error:
        raise RenderError(f"the client is no Python: {error}") from error
    return source
