"""What other Python programs call. Nothing here touches files or the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.config import ConfigError, Problem, parse_config
from generator.document import Place
from generator.render import render


def generate(config: str | Mapping[str, Any], *, origin: str = "") -> str:
    """Return the source of the entry script that a config describes.

    ``config`` is YAML text, or the mapping that such a text holds; it must describe one script. ``origin`` is the
    config's file name, for the script's first line. Raises ConfigError, which holds all that is wrong with the config.
    """
    scripts = parse_config(config, check_outputs=False).scripts
    if len(scripts) != 1:
        message = f"one script is wanted, but the config holds {len(scripts)}: pass one block of the list"
        raise ConfigError((Problem(Place(1, 1), "error", "scripts", message),))
    return render(scripts[0].settings, origin)
