"""What would change, as a unified diff."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

_CONTEXT = 3
_MANY = 4000  # lines of both texts: of more, what is in common is looked for nearby alone
_FAR = 200  # lines of both texts together
_ALIKE = 3  # lines, which are not the same by chance
_PLAIN = "\x1b[0m"


def unified_diff(old: bytes | None, new: bytes, name: str) -> str:
    """Return the unified diff from a file's bytes (None: there is no file) to other bytes."""
    before, after = _lines(old or b""), _lines(new)
    found = _Matcher(before, after).get_grouped_opcodes(_CONTEXT)
    lines = [f"--- {'/dev/null' if old is None else name}\n", f"+++ {name}\n"]
    for group in found:
        (_, from_old, _, from_new, _), (_, _, to_old, _, to_new) = group[0], group[-1]
        lines.append(f"@@ -{_range(from_old, to_old)} +{_range(from_new, to_new)} @@\n")
        for kind, old_start, old_end, new_start, new_end in group:
            if kind == "equal":
                lines += (f" {line}" for line in before[old_start:old_end])
            else:
                lines += (f"-{line}" for line in before[old_start:old_end])
                lines += (f"+{line}" for line in after[new_start:new_end])
    if len(lines) == 2:
        return ""
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


class _Matcher(difflib.SequenceMatcher[str]):
    """Finds the lines that two texts share, in bounded time: in long texts only near the last shared line.

    That is enough: a change touches few places, and the lines around each follow each other in both texts.
    """

    def __init__(self, before: list[str], after: list[str]) -> None:
        """Take the lines of both."""
        self._is_long = len(before) + len(after) > _MANY
        super().__init__(None, [] if self._is_long else before, [] if self._is_long else after)
        self.a, self.b = before, after

    def get_matching_blocks(self) -> list[difflib.Match]:
        """Return the lines in common as runs, the last of which is empty and at the end of both texts."""
        return list(_runs(self.a, self.b)) if self._is_long else super().get_matching_blocks()


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[difflib.Match]:
    """Yield the runs of lines in common, each found within so many lines behind the last."""
    old = new = 0
    while True:
        start = old
        while old < len(before) and new < len(after) and before[old] == after[new]:
            old, new = old + 1, new + 1
        if old > start:
            yield difflib.Match(start, new - (old - start), old - start)
        step = next(
            (
                (skipped, together - skipped)
                for together in range(1, _FAR)
                for skipped in range(together + 1)
                if _follows(before, after, old + skipped, new + together - skipped)
            ),
            None,
        )
        if step is None:
            break
        old, new = old + step[0], new + step[1]
    tail = _tail(before, after, old, new)
    if tail.size:
        yield tail
    yield difflib.Match(len(before), len(after), 0)


def _follows(before: Sequence[str], after: Sequence[str], old: int, new: int) -> bool:
    """Say whether the next lines are the same from two places on."""
    part = before[old : old + _ALIKE]
    return bool(part) and part == after[new : new + _ALIKE]


def _tail(before: Sequence[str], after: Sequence[str], old: int, new: int) -> difflib.Match:
    """Return the lines that both have at their end, behind two places."""
    size = 0
    while size < min(len(before) - old, len(after) - new) and before[-1 - size] == after[-1 - size]:
        size += 1
    return difflib.Match(len(before) - size, len(after) - size, size)


def _range(start: int, end: int) -> str:
    """Return the lines of a hunk as a diff names them."""
    size = end - start
    if size == 1:
        return str(start + 1)
    return f"{start + 1 if size else start},{size}"


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
