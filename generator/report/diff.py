"""Print a diff safely on a terminal and in the log of a build service."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.report.text import wants_colour
from generator.text.diff import coloured
from generator.text.invisible import can_be_seen, escaped
from generator.text.terminal import without_commands

_SERVICES = ("GITHUB_ACTIONS", "TF_BUILD")
_INNER_RETURN = re.compile(r"\r(?!\n|$)")  # which begins a line for a service


def as_diff(diff: str, is_terminal: bool, environment: Mapping[str, str]) -> str:
    """Return a diff in colour for a terminal, with an escape for each character that cannot be seen.

    In a service's log none of its lines is taken for a command either. What has escapes is no patch any more.
    """
    diff = "\n".join(_visible(line) for line in diff.split("\n"))
    if any(environment.get(name) for name in _SERVICES):
        diff = "".join(f"{without_commands(line)}\n" for line in _INNER_RETURN.sub(r"\\r", diff).split("\n")[:-1])
    return coloured(diff) if wants_colour(is_terminal, environment) else diff


def _visible(line: str) -> str:
    """Return a line of a diff with escapes; tabs stay, and the carriage return of a line end."""
    if can_be_seen(line):
        return line
    end = "\r" if line.endswith("\r") else ""
    return "\t".join(map(escaped, line.removesuffix(end).split("\t"))) + end
