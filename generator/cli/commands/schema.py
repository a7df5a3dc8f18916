"""``scoregen schema``: print the JSON Schema of the config."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from generator.cli.commands.failures import fail
from generator.config.schema import config_schema
from generator.files.replace import replace_all
from generator.findings import FileError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("-o", dest="output", metavar="FILE", default="-", help="write there; default: standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print or write the schema."""
    text = json.dumps(config_schema(), indent=2, ensure_ascii=False) + "\n"
    if arguments.output == "-":
        sys.stdout.write(text)
        return 0
    try:
        replace_all({Path(arguments.output): text.encode()})
    except FileError as error:
        return fail(error)
    return 0
