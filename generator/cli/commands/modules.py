"""``scoregen modules``: show what each Score module takes."""

from __future__ import annotations

import argparse
import sys

from generator.facts.modules import load_tables
from generator.report.module_pages import as_json, as_markdown, as_text
from generator.rules.module_names import table_named
from generator.translations.language import say

_FORMATS = {"text": as_text, "json": as_json, "markdown": as_markdown}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "module", metavar="MODULE", nargs="?", help=say("the name of a Score or training module, or a part of it")
    )
    parser.add_argument("--format", choices=_FORMATS, default="text", help=say("default: text"))


def run(arguments: argparse.Namespace) -> int:
    """Print one module's table, or all. Raises UsageError."""
    tables = load_tables()
    if arguments.module is not None:
        tables = (table_named(arguments.module),)
    sys.stdout.write(_FORMATS[arguments.format](tables))
    return 0
