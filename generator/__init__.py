"""scoregen: the score.py of Azure Machine Learning designer models, generated from a config.

The public names are imported when they are first used, so that a command pays only for what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.api import generate
    from generator.config import ConfigError, Problem
    from generator.schema import config_schema
    from generator.table import Table, load_tables

__all__ = ["ConfigError", "Problem", "Table", "config_schema", "generate", "load_tables"]
__version__ = "0.1.0"

_HOMES = {
    "ConfigError": "config",
    "Problem": "config",
    "Table": "table",
    "config_schema": "schema",
    "generate": "api",
    "load_tables": "table",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
