"""Which module the scripts in a folder are of, for the conda file and the model beside them."""

from __future__ import annotations

import os

from generator.checks.context import mentions_a_module
from generator.facts.modules import Table
from generator.files.listing import is_python, names_in
from generator.files.search import read_found
from generator.findings import FileError
from generator.script.calls import imported_modules
from generator.script.scopes import found_in

_FEW = 20  # scripts, which are read for the sake of another


def module_beside(path: str) -> Table | None:
    """Return the module of the scripts in a file's folder; None where they are of several, or of none."""
    tables = modules_beside(path)
    return tables.pop() if len(tables) == 1 else None


def modules_beside(path: str) -> set[Table]:
    """Return the modules of the scripts in a file's folder."""
    folder = os.path.dirname(path)
    return {table for name in filter(is_python, names_in(folder)) for table in _modules(os.path.join(folder, name))}


def is_called_beside(path: str, table: Table) -> bool:
    """Say whether another script in a file's folder calls a module, or there are too many scripts to tell."""
    folder, own = os.path.split(path)
    names = [name for name in names_in(folder) if is_python(name) and name != own]
    return len(names) > _FEW or any(table in _modules(os.path.join(folder, name)) for name in names)


def _modules(script: str) -> set[Table]:
    try:
        content = read_found(script)
    except FileError:  # which is said of the script
        return set()
    return set(found_in(content, imported_modules) or ()) if content and mentions_a_module(content) else set()
