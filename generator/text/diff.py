"""What would change, as a unified diff."""

from __future__ import annotations

import difflib
import re

_PLAIN = "\x1b[0m"


def unified_diff(old: bytes | None, new: bytes, name: str) -> str:
    """Return the unified diff from a file's bytes (None: there is no file) to other bytes."""
    lines = difflib.unified_diff(
        _lines(old or b""), _lines(new), "/dev/null" if old is None else name, name, lineterm="\n"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def coloured(diff: str) -> str:
    """Return a diff in the colours that git gives it, for a terminal."""
    return "".join(
        f"{_colour(line)}{line.rstrip(chr(10))}{_PLAIN}\n" if _colour(line) else line for line in _split(diff)
    )


def _colour(line: str) -> str:
    if line.startswith(("---", "+++")):
        return "\x1b[1m"
    return {"-": "\x1b[31m", "+": "\x1b[32m", "@": "\x1b[36m"}.get(line[:1], "")


def _lines(content: bytes) -> list[str]:
    return _split(content.decode(errors="backslashreplace"))


def _split(text: str) -> list[str]:
    """Split at line feeds alone, as patch and git do."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)
