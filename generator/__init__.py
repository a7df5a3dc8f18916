"""scoregen: the score.py of Azure Machine Learning designer models, generated from a config.

The public names are imported when they are first used, so that a command pays only for what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.actions.describe import Description
    from generator.api import (
        check,
        check_conda,
        check_folder,
        config_schema,
        describe,
        extract,
        generate,
        generate_conda,
        rewrite,
    )
    from generator.facts.modules import Table, load_tables
    from generator.findings import ConfigError, FileError, Finding, RefusedError, ScoregenError, UsageError
    from generator.rules.settings import Dataset, Response

__all__ = [
    "ConfigError",
    "Dataset",
    "Description",
    "FileError",
    "Finding",
    "RefusedError",
    "Response",
    "ScoregenError",
    "Table",
    "UsageError",
    "check",
    "check_conda",
    "check_folder",
    "config_schema",
    "describe",
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
    "Description": "actions.describe",
    "FileError": "findings",
    "Finding": "findings",
    "RefusedError": "findings",
    "Response": "rules.settings",
    "ScoregenError": "findings",
    "Table": "facts.modules",
    "UsageError": "findings",
    "check": "api",
    "check_conda": "api",
    "check_folder": "api",
    "config_schema": "api",
    "describe": "api",
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
