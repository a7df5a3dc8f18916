"""The codes of the checks as typed objects. What they say stands in ``codes.yaml``."""

import functools
import re
from collections.abc import Callable, Collection
from typing import Literal, NamedTuple, TypeVar

from generator.facts.compiled import DATA
from generator.findings import Finding, Severity

Function = TypeVar("Function")
_IGNORE = r"(?i)#\s*scoregen:\s*ignore\b(?:\[([^\]]*)\])?"


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
    model_of: str | None = None
    about: Literal["script", "conda file", "deployment", "config"] = "script"
    can_be_ignored: bool = True
    whole: bool = False


@functools.cache
def load_codes() -> dict[str, Code]:
    """Return the codes by their names, in order."""
    return {data["code"]: Code(**data) for data in DATA["codes"]}


def is_ignored(finding: Finding, lines: list[str]) -> bool:
    """Say whether a comment silences a finding whose code can be silenced: one at the end of the line that it names."""
    codes = _ignored_codes(lines[finding.line - 1]) if finding.line <= len(lines) else ()
    return (codes is None or finding.code in codes) and load_codes()[finding.code].can_be_ignored


@functools.lru_cache(maxsize=16)
def _ignored_codes(line: str) -> Collection[str] | None:
    """Return the codes that a line's comment has silenced; None for all."""
    match = re.search(_IGNORE, line)
    if match and match[1] is None:
        return None
    return re.split(r"[\s,]+", match[1].strip().upper()) if match else ()


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
