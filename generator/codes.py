"""The codes of the checks as typed objects. What they say stands in ``codes.yaml``."""

from __future__ import annotations

import functools

from generator.data import load_data
from generator.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    Severity: TypeAlias = Literal["error", "warning", "info"]


class Code(Record):
    """One code. ``codes.yaml`` describes each field."""

    code: str
    severity: Severity
    title: str
    meaning: str
    remedy: str
    wrong: str
    right: str
    module: str | None = None
    about: Literal["script", "conda file"] = "script"
    can_be_ignored: bool = True


@functools.cache
def load_codes() -> dict[str, Code]:
    """Return the codes by their names, in order."""
    return {data["code"]: Code(**data) for data in load_data()["codes"]}
