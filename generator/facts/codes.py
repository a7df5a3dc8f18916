"""The codes of the checks as typed objects. What they say stands in ``codes.yaml``."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Literal, NamedTuple, TypeVar

from generator.facts.compiled import DATA
from generator.findings import Severity

Function = TypeVar("Function")


class Code(NamedTuple):
    """One code. ``codes.yaml`` describes each field."""

    code: str
    severity: Severity
    title: str
    meaning: str
    remedy: str
    wrong: str = ""
    right: str = ""
    module: str | None = None
    model: str | None = None
    dates: str | None = None
    about: Literal["script", "conda file", "deployment", "config"] = "script"
    can_be_ignored: bool = True
    whole: bool = False


@functools.cache
def load_codes() -> dict[str, Code]:
    """Return the codes by their names, in order."""
    return {data["code"]: Code(**data) for data in DATA["codes"]}


class Register(dict[str, Function]):
    """Functions by the code whose check each is."""

    def __call__(self, code: str) -> Callable[[Function], Function]:
        """Return the decorator that registers the check of a code. Raises ValueError for a second one."""
        if code in self:
            raise ValueError(f"{code} has a check already")

        def registered(function: Function) -> Function:
            self[code] = function
            return function

        return registered
