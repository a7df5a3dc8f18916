"""The config or the script that a user names: one is not read as the other, which would be called invalid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.files.listing import is_python, is_yaml
from generator.files.read import LARGEST_CONFIG, read_bytes, shown
from generator.files.windows import quoted
from generator.findings import ConfigError, Finding, RefusedError
from generator.translations.language import say

if TYPE_CHECKING:
    from pathlib import Path


def read_named_config(path: Path | str) -> bytes:
    """Return the bytes of the config that a user names. Raises FileError, and ConfigError for a Python file."""
    content = read_bytes(path, LARGEST_CONFIG)
    if is_python(str(path)):
        script = quoted(shown(path))
        why = say("is a script, and a config is asked for: `scoregen init {script}` writes one", script=script)
        raise ConfigError(Finding(why, code="SG400"))
    return content


def read_named_script(path: Path | str) -> bytes:
    """Return the bytes of the script that a user names. Raises FileError, and RefusedError for a YAML file."""
    content = read_bytes(path)
    if is_yaml(str(path)):
        why = say("is a YAML file, and a script is asked for: name the score.py that it is about")
        raise RefusedError(why)
    return content
