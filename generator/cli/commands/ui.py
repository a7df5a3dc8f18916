"""``scoregen ui``: a page in the browser, for those who rather choose than write."""

from __future__ import annotations

import argparse

from generator.cli.commands.paths import named_path
from generator.findings import UsageError
from generator.translations.language import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "folder", metavar="FOLDER", nargs="?", type=named_path, help=say("a model folder, or a score.py")
    )
    parser.add_argument("--port", metavar="PORT", type=int, default=0, help=say("default: one that is free"))
    parser.add_argument("--no-browser", action="store_true", help=say("print the address, and open no browser"))


def run(arguments: argparse.Namespace) -> int:
    """Serve the page until it is stopped. Raises UsageError."""
    try:
        from generator.ui.server import serve  # with starlette, which is an extra
    except ImportError as error:
        remedy = say('it comes with the extra ui: `pip install ".[ui]"` in a clone')
        raise UsageError(say("the page needs the package {name}: {remedy}", name=error.name, remedy=remedy)) from None
    serve(arguments.folder, arguments.port, open_browser=not arguments.no_browser)
    return 0
