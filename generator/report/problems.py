"""What is wrong with a config, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.text.terminal import visible

if TYPE_CHECKING:
    from generator.findings import Finding


def as_lines(path: str, problems: Iterable[Finding]) -> str:
    """Return a line for each problem of the config at ``path``, as it is shown."""
    return "".join(f"{visible(f'{path}:{problem}')}\n" for problem in problems)
