"""``scoregen modules``: show what each Score module takes."""

from __future__ import annotations

import argparse
import sys

from generator.facts.modules import load_tables, tables_by_key
from generator.report.module_pages import as_json, as_markdown, as_text
from generator.rules.module_names import table_meant
from generator.text.wording import suggestion

_FORMATS = {"text": as_text, "json": as_json, "markdown": as_markdown}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("module", metavar="MODULE", nargs="?", help="a table's id, a Score or a training module's name")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Print one module's table, or all."""
    tables = load_tables()
    if arguments.module is not None:
        table = table_meant(arguments.module)
        if table is None:
            names = ", ".join(table.id for table in tables)
            near = suggestion(arguments.module, list(tables_by_key()))
            print(f"scoregen modules: {arguments.module!r} is not a module{near} (known: {names})", file=sys.stderr)
            return 2
        tables = (table,)
    sys.stdout.write(_FORMATS[arguments.format](tables))
    return 0
