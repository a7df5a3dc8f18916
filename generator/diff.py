"""What would change, as a unified diff."""

from __future__ import annotations

import difflib
import re


def unified_diff(old: bytes | None, new: bytes, name: str) -> str:
    """Return the unified diff from a file's bytes (None: there is no file) to other bytes."""
    lines = difflib.unified_diff(
        _lines(old or b""), _lines(new), "/dev/null" if old is None else name, name, lineterm="\n"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(content: bytes) -> list[str]:
    """Split at line feeds alone, as patch and git do."""
    return re.findall(r"[^\n]*\n|[^\n]+", content.decode(errors="backslashreplace"))
