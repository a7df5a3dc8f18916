"""Which module the scripts in a folder are of, for the conda file beside them."""

from __future__ import annotations

import os

from generator.checks.context import mentions_a_module
from generator.facts.modules import Table
from generator.files.listing import is_python, names_in
from generator.files.search import read_found
from generator.findings import FileError
from generator.script.calls import imported_modules
from generator.script.parse import parse
from generator.script.scopes import scan
from generator.script.source import UndecodableError, decode


def module_beside(path: str) -> Table | None:
    """Return the module of the scripts in a file's folder; None where they are of several, or of none."""
    folder = os.path.dirname(path)
    names = filter(is_python, names_in(folder))
    tables = {table for name in names for table in _modules(os.path.join(folder, name))}
    return tables.pop() if len(tables) == 1 else None


def _modules(script: str) -> set[Table]:
    try:
        content = read_found(script)
        if content is None or not mentions_a_module(content):
            return set()
        return set(imported_modules(scan(parse(decode(content)[0]))))
    except (FileError, UndecodableError, SyntaxError, ValueError, RecursionError, MemoryError):
        return set()  # what is wrong with a script is said of the script
