"""``scoregen extract``: the config that would generate an existing script."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.actions.extract import extract
from generator.actions.ownership import put
from generator.cli.commands import FORCE_OUTPUT_HELP
from generator.cli.commands.failures import fail
from generator.cli.commands.outcomes import lines_of, what_was_put
from generator.cli.commands.paths import named
from generator.config.write import config_text
from generator.files.named import read_named_script
from generator.files.read import read_standard_input, shown
from generator.files.replace import writable
from generator.findings import FileError, ScoregenError
from generator.script.source import decode
from generator.text.verbosity import report
from generator.translations.language import say

_STANDARD = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("script", metavar="SCRIPT", type=named, help=say("a score.py, - for standard input"))
    parser.add_argument(
        "-o",
        dest="output",
        metavar="CONFIG",
        type=named,
        default=_STANDARD,
        help=say("write there; default: standard output"),
    )
    parser.add_argument("--force", action="store_true", help=say(FORCE_OUTPUT_HELP))


def run(arguments: argparse.Namespace) -> int:
    """Print or write the config, and name what it does not carry over."""
    name = "<stdin>" if arguments.script == _STANDARD else shown(Path(arguments.script))
    try:
        source, _ = decode(_content(arguments.script))
        extracted = extract(source)
        _put(config_text(extracted.config).encode(), arguments)
    except ScoregenError as error:
        return fail(error, name)
    sys.stderr.write(lines_of(name, extracted.left))
    return 1 if extracted.left else 0


def _content(script: str) -> bytes:
    return read_standard_input() if script == _STANDARD else read_named_script(script)


def _put(content: bytes, arguments: argparse.Namespace) -> None:
    if arguments.output == _STANDARD:
        sys.stdout.buffer.write(content)
        return
    path = Path(arguments.output)
    if arguments.script != _STANDARD and writable(path) == Path(arguments.script).resolve():
        raise FileError(say("{path}: cannot be written: it is the script itself", path=shown(path)))
    report(what_was_put(path, *put(path, content, force=arguments.force)))
