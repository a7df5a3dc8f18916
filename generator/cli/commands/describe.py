"""``scoregen describe``: say what a model is."""

from __future__ import annotations

import argparse
import functools
import sys

from generator.actions.describe import describe
from generator.cli.commands.failures import code_of
from generator.cli.commands.paths import named_path
from generator.report.model_pages import as_json, as_markdown, as_text
from generator.translations.language import say

_FORMATS = {"text": as_text, "json": as_json, "markdown": as_markdown}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "path", metavar="PATH", type=named_path, help=say("a model folder, the folder around one, or a config")
    )
    parser.add_argument("--format", choices=_FORMATS, default="text", help=say("default: text"))


def run(arguments: argparse.Namespace) -> int:
    """Print what the models are that the path leads to."""
    return code_of(arguments.path, functools.partial(_print, arguments))


def _print(arguments: argparse.Namespace) -> int:
    sys.stdout.write(_FORMATS[arguments.format](describe(arguments.path)))
    return 0
