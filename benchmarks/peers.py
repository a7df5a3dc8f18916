"""The programs that scoregen is compared with, which stand beside this Python, and the rules that they are given."""

from __future__ import annotations

import importlib.metadata
import os
import sys
from pathlib import Path

PACKAGES = ("ast-grep-cli", "libcst", "pyupgrade")
INSTALL = "python -m pip install -e '.[bench]'"
ARGUMENT = "max_recommended_item_count"
CODEMOD = Path(__file__).with_name("codemod.py")

_AST_GREP = """\
id: items
language: python
severity: warning
message: the number of items
rule:
  pattern: {{context: 'f({argument}=$COUNT)', selector: keyword_argument}}
"""


class MissingError(Exception):
    """A program is not beside this Python; the message says how to install it."""


def path(name: str) -> str:
    """Return the path of a program. Raises MissingError."""
    found = Path(sys.executable).parent / (name + (".exe" if os.name == "nt" else ""))
    if not found.exists():
        raise MissingError(f"{found} is missing: install what is compared with, in the checkout: {INSTALL}")
    return str(found)


def versions() -> str:
    """Return the packages with their versions."""
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)


def find(folder: Path, target: str) -> list[str]:
    """Return ast-grep's command that finds the argument; the rule is written into the folder."""
    rule = folder / "find.yml"
    rule.write_text(_AST_GREP.format(argument=ARGUMENT), encoding="utf-8")
    return [path("ast-grep"), "scan", "--json=stream", "--rule", str(rule), target]


def codemod(target: str, value: int) -> list[str]:
    """Return the command of the smallest libcst codemod that sets the argument."""
    return [sys.executable, str(CODEMOD), target, ARGUMENT, str(value)]
