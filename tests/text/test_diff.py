"""A diff is a patch: it makes the one text from the other, whatever they are, and names few lines besides the changed."""

from __future__ import annotations

import difflib
import random
import re

import pytest

from generator.report.diff import as_diff
from generator.text.diff import unified_diff


def patched(old: str, diff: str) -> str:
    """Return what a diff makes of a text; fails where it does not fit."""
    before, after, at = old.splitlines(keepends=True), [], 0
    for line in diff.splitlines(keepends=True)[2:]:
        hunk = re.match(r"@@ -(\d+)(?:,(\d+))? ", line)
        if hunk:
            start = int(hunk[1]) - (hunk[2] != "0")
            after += before[at:start]
            at = start
        elif line[0] in " -":
            assert before[at] == line[1:]
            after += [line[1:]] if line[0] == " " else []
            at += 1
        else:
            assert line[0] == "+"
            after.append(line[1:])
    return "".join(after + before[at:])


def changed(lines: list[str], chance: random.Random) -> list[str]:
    """Return lines with a few of them deleted, doubled, replaced."""
    found = list(lines)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(found) + 1)
        kind = chance.choice(["insert", "delete", "replace"])
        size = 0 if kind == "insert" else chance.choice([1, 3, 50, 400])
        new = [] if kind == "delete" else [f"new {chance.random()}\n" for _ in range(chance.choice([1, 3, 50, 400]))]
        found[place : place + size] = new
    return found


@pytest.mark.parametrize("size", [0, 1, 30, 3000, 5000])
@pytest.mark.parametrize("kinds", [2, 156, 10**9])
def test_a_diff_makes_the_new_text_of_the_old(size: int, kinds: int) -> None:
    chance = random.Random(size + kinds)
    for _ in range(3):
        before = [f"{chance.randrange(kinds)}\n" for _ in range(size)]
        after = changed(before, chance)
        old, new = "".join(before), "".join(after)
        assert patched(old, unified_diff(old.encode(), new.encode(), "a.py")) == new


def test_a_short_diff_is_that_of_difflib() -> None:
    before = [f"{number}\n" for number in range(100)]
    after = [*before[:10], "x\n", *before[11:50], *before[60:], "y\n"]
    expected = "".join(difflib.unified_diff(before, after, "a.py", "a.py"))
    assert unified_diff("".join(before).encode(), "".join(after).encode(), "a.py") == expected
    assert unified_diff(None, b"a\nb", "a.py") == (
        "--- /dev/null\n+++ a.py\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n"
    )
    assert unified_diff(b"a\n", b"a\n", "a.py") == ""


def test_the_diff_of_a_long_text_shows_the_places_that_differ() -> None:
    """Of lines that repeat, difflib alone would compare each with each."""
    before = [f"{number % 156}\n" for number in range(200_000)]
    after = ["import a\n", *before[:1000], "x\n", "y\n", *before[1001:150_000], *before[150_002:]]
    diff = unified_diff("".join(before).encode(), "".join(after).encode(), "a.py")
    assert sum(line[0] in "+-" for line in diff.splitlines()) - 2 == 1 + 3 + 2
    assert patched("".join(before), diff) == "".join(after)


def test_what_cannot_be_seen_is_escaped() -> None:
    diff = unified_diff(b"a\r\n", "\ta\x1b]0;x\x07 \u202e\u3164\r\n".encode(), "a.py")
    shown = as_diff(diff, False, {})
    assert "+\ta\\x1b]0;x\\x07 \\u202e\\u3164\r\n" in shown
    assert "-a\r\n" in shown
