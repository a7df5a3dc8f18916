"""``scoregen generate``: write the score.py that a config describes."""

from __future__ import annotations

import argparse
import functools
import sys
from pathlib import Path

from generator.actions.check_config import missing_datasets
from generator.actions.find_configs import Owners, place
from generator.actions.generate import contents, differences, outputs, own_paths, refuse_two_owners, write
from generator.cli.commands import FORCE_HELP
from generator.cli.commands.differences import add_format, refuse_format_alone, report_differences
from generator.cli.commands.failures import code_of
from generator.cli.commands.outcomes import say_findings, say_notes, say_what_happened, show_differences
from generator.cli.commands.paths import named, named_path
from generator.config.parse import parse_config
from generator.files.named import read_named_config
from generator.findings import Finding, UsageError
from generator.text.yaml_reader import read_document
from generator.translations.language import say

_STDOUT = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("configs", metavar="CONFIG", nargs="+", type=named_path, help=say("a YAML config"))
    parser.add_argument(
        "-o",
        dest="output",
        metavar="FILE",
        type=named,
        help=say("write there instead, - for standard output: takes one config of one script"),
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help=say("write nothing, show what differs, and exit with 1 if anything does"),
    )
    add_format(parser)
    parser.add_argument("--force", action="store_true", help=say(FORCE_HELP))


def run(arguments: argparse.Namespace) -> int:
    """Generate every config's scripts; a config with a problem stops none of the others. Raises UsageError."""
    output: str | None = arguments.output
    if output is not None and len(arguments.configs) > 1:
        raise UsageError(say("-o takes one file, and one config"))
    if output == _STDOUT and arguments.check:
        raise UsageError(say("--check compares with a file, and -o - names none"))
    refuse_format_alone(arguments)
    arguments.configs = list(dict.fromkeys(arguments.configs))
    taken = own_paths(arguments.configs)
    if arguments.format != "text":
        judge = functools.partial(_judged, arguments=arguments, taken=taken)
        return report_differences(arguments.configs, judge, arguments.format)
    return max(code_of(path, functools.partial(_generate, path, arguments, taken)) for path in arguments.configs)


def _judged(path: Path, arguments: argparse.Namespace, taken: dict[Path, Path]) -> list[Finding]:
    """Return what is to be said of a config and of its files. Raises ConfigError, RefusedError, FileError."""
    document = read_document(read_named_config(path))
    config = parse_config(document, check_outputs=arguments.output is None)
    if not arguments.output:
        refuse_two_owners(path, config, Owners({place(str(path)): document}))
    found = outputs(path, config, taken, arguments.output and Path(arguments.output))
    return [*config.warnings, *missing_datasets(path, config), *differences(found)]


def _generate(path: Path, arguments: argparse.Namespace, taken: dict[Path, Path]) -> int:
    """Generate one config's scripts; ``taken`` says which config has which file already.

    Raises ConfigError, RefusedError, FileError.
    """
    document = read_document(read_named_config(path))
    config = parse_config(document, check_outputs=arguments.output is None)
    missing = [] if arguments.output else missing_datasets(path, config)
    say_findings(path, [*config.warnings, *missing])
    if arguments.output is not None and len(config.scripts) > 1:
        raise UsageError(say("has {scripts} scripts, and -o takes one: leave -o out", scripts=len(config.scripts)))
    if arguments.output == _STDOUT:
        sys.stdout.buffer.write(contents(path, config.scripts[0])[0])
        return 0
    if not arguments.output:
        refuse_two_owners(path, config, Owners({place(str(path)): document}))
    found = outputs(path, config, taken, arguments.output and Path(arguments.output))
    if arguments.check:
        show_differences(path, found)
        return int(any(output.is_outdated for output in found))
    backups = write(found, force=arguments.force)
    say_notes(found)
    say_what_happened({output.path: output.state for output in found}, backups)
    return 0
