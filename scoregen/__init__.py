"""scoregen for Python programs: ``import scoregen``, ``python -m scoregen``.

The package is called ``generator``, as its folder; this hands on what it offers, and sees that it is ours.

>>> import scoregen
>>> script = scoregen.generate("module: svd")
>>> scoregen.check(script)
[]
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator import (
        ConfigError,
        Dataset,
        Description,
        FileError,
        Finding,
        RefusedError,
        Response,
        ScoregenError,
        Table,
        UsageError,
        __version__,
        check,
        check_conda,
        check_folder,
        config_schema,
        describe,
        extract,
        generate,
        generate_conda,
        load_tables,
        rewrite,
    )

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
    "__version__",
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


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(_generator(), name)


def __dir__() -> list[str]:
    return sorted(__all__)


def _generator() -> Any:
    """Return the package ``generator`` that lies beside this one. Raises ImportError where another is in its place."""
    try:
        import generator  # when it is first needed: see ``__main__``
    except ModuleNotFoundError as error:
        if error.name != "generator":
            raise
        raise ImportError("scoregen: its package `generator` is missing: install scoregen again") from None
    found = getattr(generator, "__file__", None) or next(iter(generator.__path__), "?")
    beside = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "generator")
    if os.path.dirname(os.path.abspath(found)) != beside:
        raise ImportError(
            f"scoregen: another `generator` is in the way, {found!r}: rename it, take its folder out of PYTHONPATH, "
            "or install scoregen into a virtual environment of its own"
        )
    return generator
