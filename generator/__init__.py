"""scoregen: the score.py of Azure Machine Learning designer models, generated from a config.

The public names are imported when they are first used, so that a command pays only for what it needs.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from generator.api import check, extract, generate, rewrite
    from generator.diagnostic import Diagnostic
    from generator.problem import ConfigError, Problem
    from generator.schema import config_schema
    from generator.script.reading import RefusedError
    from generator.settings import Dataset, Response
    from generator.table import Table, load_tables

__all__ = [
    "ConfigError",
    "Dataset",
    "Diagnostic",
    "Problem",
    "RefusedError",
    "Response",
    "Table",
    "check",
    "config_schema",
    "extract",
    "generate",
    "load_tables",
    "rewrite",
]
__version__ = "0.1.0"

_HOMES = {
    "ConfigError": "problem",
    "Dataset": "settings",
    "Diagnostic": "diagnostic",
    "Problem": "problem",
    "RefusedError": "script.reading",
    "Response": "settings",
    "Table": "table",
    "check": "api",
    "config_schema": "schema",
    "extract": "api",
    "generate": "api",
    "load_tables": "table",
    "rewrite": "api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
