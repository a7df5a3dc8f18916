"""Settings become consume.py, the client of its endpoint."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from generator.rendering.score import RenderError, template
from generator.rendering.stamp import stamped
from generator.rules.settings import Settings


def render_client(settings: Settings, origin: str = "", transforms: Sequence[tuple[str, int]] = ()) -> str:
    """Return the source of the client for a script's settings; ``origin`` is the config's name, for the first line.

    ``transforms`` names what is done to each picture, in this order, with the amount of pixels. Raises RenderError.
    """
    reading = settings.reading
    client = template(f"consume_{reading.form}.py.j2", "consume.py.j2")
    about = {"table": settings.table, "request": settings.request, "reading": reading, "transforms": transforms}
    source = stamped(client.render(about), origin)
    try:
        ast.parse(source, feature_version=(3, 8))
    except SyntaxError as error:
        raise RenderError(f"the client is no Python: {error}") from error
    return source
