"""The configs that ``scoregen sync`` has found: their files are brought up to date, and what happened is printed."""

from __future__ import annotations

import argparse
import functools
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from generator.actions.check_config import missing_datasets
from generator.actions.find_configs import Owners, place
from generator.actions.generate import Output, differences, outputs, own_paths, refuse_two_owners, write
from generator.cli.commands.differences import report_differences
from generator.cli.commands.failures import code_of
from generator.cli.commands.outcomes import say_findings, say_notes, say_what_happened, show_differences, what_was_put
from generator.config.parse import parse_config
from generator.findings import Finding
from generator.text.verbosity import detail, report
from generator.translations.language import say


def sync_all(configs: Sequence[str], owners: Owners, arguments: argparse.Namespace) -> int:
    """Bring every config's files up to date, and return the exit code; an invalid config does not stop the others."""
    taken = own_paths(map(Path, configs))
    if arguments.format != "text":
        judge = functools.partial(_judged, taken=taken, owners=owners)
        return report_differences(map(Path, configs), judge, arguments.format)
    found: list[Output] = []
    worst = 0
    for config in configs:
        path = Path(config)
        work = functools.partial(_sync, path, taken, owners, found, arguments)
        worst = max(worst, code_of(path, work))
    if found:
        report(_summary(found, arguments.check))
    return max(worst, int(any(output.is_outdated for output in found)))


def _judged(path: Path, taken: dict[Path, Path], owners: Owners) -> list[Finding]:
    """Return what is to be said of a config and of its files. Raises ConfigError, RefusedError, FileError."""
    config = parse_config(owners.document(place(str(path))))
    refuse_two_owners(path, config, owners)
    return [*config.warnings, *missing_datasets(path, config), *differences(outputs(path, config, taken))]


def _sync(
    path: Path, taken: dict[Path, Path], owners: Owners, found: list[Output], arguments: argparse.Namespace
) -> int:
    """Bring one config's files up to date, add them to those that are found, and return the exit code.

    Raises ConfigError, RefusedError, FileError.
    """
    config = parse_config(owners.document(place(str(path))))
    say_findings(path, [*config.warnings, *missing_datasets(path, config)])
    refuse_two_owners(path, config, owners)
    its = outputs(path, config, taken)
    if arguments.check:
        show_differences(path, its)
    else:
        backups = write(its, force=arguments.force)
        say_notes(its)
        for output in its:
            detail(what_was_put(output.path, output.state))
        say_what_happened({output.path: output.state for output in its if output.is_outdated}, backups)
    found += its
    return 0


def _summary(found: list[Output], check: bool) -> str:
    count = Counter(output.state for output in found)
    if check:
        return say(
            "{count} out of date, {unchanged} unchanged",
            count=count["written"] + count["replaced"],
            unchanged=count["unchanged"],
        )
    return ", ".join(f"{count[state]} {state}" for state in ("written", "replaced", "unchanged") if count[state])
