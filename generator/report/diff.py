"""A diff as it is printed, on a terminal and in the log of a service that runs builds."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.report.text import wants_colour
from generator.text.diff import coloured
from generator.text.terminal import without_commands

_SERVICES = ("GITHUB_ACTIONS", "TF_BUILD")
_INNER_RETURN = re.compile(r"\r(?!\n|$)")  # which begins a line for a service


def as_diff(diff: str, is_terminal: bool, environment: Mapping[str, str]) -> str:
    """Return a diff in colour for a terminal; for a service's log one of whose lines none is taken for a command.

    The latter may no longer be a patch.
    """
    if any(environment.get(name) for name in _SERVICES):
        diff = "".join(f"{without_commands(line)}\n" for line in _INNER_RETURN.sub(r"\\r", diff).split("\n")[:-1])
    return coloured(diff) if wants_colour(is_terminal, environment) else diff
