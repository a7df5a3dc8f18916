"""scoregen: the score.py of Azure Machine Learning designer models, generated from a config.

The public names are imported when they are first used, so that a command pays only for what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.api import check, check_conda, config_schema, extract, generate, generate_conda, rewrite
    from generator.facts.modules import Table, load_tables
    from generator.findings import ConfigError, Finding, RefusedError
    from generator.rules.settings import Dataset, Response

__all__ = [
    "ConfigError",
    "Dataset",
    "Finding",
    "RefusedError",
    "Response",
    "Table",
    "check",
    "check_conda",
    "config_schema",
    "extract",
    "generate",
    "generate_conda",
    "load_tables",
    "rewrite",
]
__version__ = "0.1.0"

_HOMES = {
    "ConfigError": "findings",
    "Dataset": "rules.settings",
    "Finding": "findings",
    "RefusedError": "findings",
    "Response": "rules.settings",
    "Table": "facts.modules",
    "check": "api",
    "check_conda": "api",
    "config_schema": "api",
    "extract": "api",
    "generate": "api",
    "generate_conda": "api",
    "load_tables": "facts.modules",
    "rewrite": "api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib  # only where a name is asked for: a command asks for none

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
