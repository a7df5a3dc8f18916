"""``scoregen explain``: say what a check code means."""

from __future__ import annotations

import argparse
import sys

from generator.facts.codes import load_codes
from generator.findings import UsageError
from generator.report.code_pages import as_list, as_markdown, as_text
from generator.text.wording import suggestion
from generator.translations.language import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("code", metavar="CODE", nargs="?", help=say("a check code, like SG101; all when left out"))
    parser.add_argument("--format", choices=("text", "markdown"), default="text", help=say("default: text"))


def run(arguments: argparse.Namespace) -> int:
    """Print one code's page, or a list of all. Raises UsageError."""
    code = None
    if arguments.code is not None:
        code = load_codes().get(arguments.code.upper())
        if code is None:
            near = suggestion(arguments.code, load_codes().keys())
            message = say(
                "{code!r} is not a check code{near} (`scoregen explain` lists them)", code=arguments.code, near=near
            )
            raise UsageError(message)
    if arguments.format == "markdown":
        page = as_markdown([code] if code else load_codes().values())
    else:
        page = as_text(code) if code else as_list(load_codes().values())
    sys.stdout.write(page)
    return 0
