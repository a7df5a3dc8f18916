"""Scripts that Python cannot read."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.context import Context
from generator.checks.registry import Remark, check
from generator.translations.language import say


@check("SG100")
def not_python(script: Context) -> Iterator[Remark]:
    """Find what keeps Python from reading the script."""
    if script.unreadable:
        yield Remark(script.unreadable.place, say("not valid Python: {reason}", reason=script.unreadable.reason))
