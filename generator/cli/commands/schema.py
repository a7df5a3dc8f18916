"""``scoregen schema``: print the JSON Schema of the config."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from generator.actions.ownership import put
from generator.cli.commands import FORCE_OUTPUT_HELP
from generator.cli.commands.outcomes import what_was_put
from generator.cli.commands.paths import named
from generator.config.published_schema import published_schema
from generator.report.addresses import SCHEMA, address
from generator.text.verbosity import report
from generator.translations.language import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "-o", dest="output", metavar="FILE", type=named, default="-", help=say("write there; default: standard output")
    )
    parser.add_argument("--force", action="store_true", help=say(FORCE_OUTPUT_HELP))


def run(arguments: argparse.Namespace) -> int:
    """Print or write the schema. Raises FileError, RefusedError."""
    text = json.dumps(published_schema(address(SCHEMA)), indent=2, ensure_ascii=False) + "\n"
    if arguments.output == "-":
        sys.stdout.write(text)
        return 0
    path = Path(arguments.output)
    report(what_was_put(path, *put(path, text.encode(), force=arguments.force)))
    return 0
