"""The codes of the checks as typed objects. What they say stands in ``codes.yaml``."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from generator.facts.load import load_data

if TYPE_CHECKING:
    Severity: TypeAlias = Literal["error", "warning", "info"]


class Code(NamedTuple):
    """One code. ``codes.yaml`` describes each field."""

    code: str
    severity: Severity
    title: str
    meaning: str
    remedy: str
    wrong: str
    right: str
    module: str | None = None
    model: str | None = None
    about: Literal["script", "conda file"] = "script"
    can_be_ignored: bool = True


@functools.cache
def load_codes() -> dict[str, Code]:
    """Return the codes by their names, in order."""
    return {data["code"]: Code(**data) for data in load_data()["codes"]}
