"""``scoregen sync``: bring the files of configs up to date, and fail if any was not."""

from __future__ import annotations

import argparse
import os
import sys

from generator.actions.find_configs import Owners, find_configs
from generator.cli.commands import FORCE_HELP, PRE_COMMIT
from generator.cli.commands.differences import add_format, refuse_format_alone
from generator.cli.commands.failures import fail
from generator.cli.commands.paths import named
from generator.files.read import failure, shown
from generator.report.formats import FORMATS, report
from generator.text.verbosity import note
from generator.translations.language import mark, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "paths",
        metavar="CONFIG",
        type=named,
        nargs="*",
        default=["."],
        help=say("a config, a script (for the configs that name it), or a folder to search; default: this folder"),
    )
    parser.add_argument("--check", action="store_true", help=say("write nothing, show what would change"))
    add_format(parser)
    parser.add_argument("--force", action="store_true", help=say(FORCE_HELP))


def run(arguments: argparse.Namespace) -> int:
    """Bring every config's files up to date; a problem of one stops none of the others. Raises UsageError."""
    refuse_format_alone(arguments)
    owners = Owners()
    configs, unlisted = find_configs(arguments.paths, owners)
    for error in unlisted:
        fail(failure(error.filename, mark("read"), error))
    unnamed = [] if PRE_COMMIT in os.environ else [path for path in arguments.paths if owners.is_unnamed(path)]
    for path in unnamed:
        print(say("{path}: no config names it: `scoregen init SCRIPT` writes one", path=shown(path)), file=sys.stderr)
    worst = 2 if unlisted else int(bool(unnamed))
    if not configs:
        if any(map(os.path.isdir, arguments.paths)):
            note(say("no scoregen.yaml or *.scoregen.yaml there or below: `scoregen init SCRIPT` writes one"))
        if arguments.format != FORMATS[0]:
            sys.stdout.write(report(arguments.format, [], [], []))
        return worst

    from generator.cli.commands.config_sync import sync_all  # brings yaml, which a commit without configs can spare

    return max(worst, sync_all(configs, owners, arguments))
