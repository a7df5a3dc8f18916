"""The checks by their codes, and what a check says of a script."""

from __future__ import annotations

import functools
import importlib
import os
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from generator.facts.codes import Register
from generator.findings import Place, Severity

if TYPE_CHECKING:
    import ast

    from generator.checks.context import Context


class Remark(NamedTuple):
    """What a check says: of which node or place, what is wrong there, and of which argument that is.

    ``allowed`` is what may stand there, as source, ``suggestion`` what to write there, and ``severity`` where it is not
    the code's own.
    """

    node: ast.AST | Place
    message: str
    about: str | None = None
    allowed: tuple[str, ...] | None = None
    suggestion: str | None = None
    severity: Severity | None = None


Check: TypeAlias = "Callable[[Context], Iterator[Remark]]"

check: Register[Check] = Register()
"""Registers a function as the check of a code: ``@check("SG104")``."""


@functools.cache
def all_checks() -> Mapping[str, Check]:
    """Return the checks by their codes, those of every file of this folder."""
    for name in sorted(os.listdir(os.path.dirname(__file__))):  # noqa: PTH120, PTH208 (pathlib is slow to import)
        if name.endswith(".py") and not name.startswith("_"):
            importlib.import_module(f"{__package__}.{name.removesuffix('.py')}")
    return check
