"""Reports of ``--check``: what generate, sync and bundle would change, in the formats of ``scoregen check``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from generator.files.read import LARGEST_CONFIG, read_bytes, shown
from generator.findings import ConfigError, FileError, Finding, ScoregenError, UsageError
from generator.report import Checked
from generator.report.formats import FORMATS, report
from generator.translations.language import say

if TYPE_CHECKING:
    from pathlib import Path


def add_format(parser: argparse.ArgumentParser) -> None:
    """Declare the option."""
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help=say("with --check; default: text"))


def refuse_format_alone(arguments: argparse.Namespace) -> None:
    """Raise UsageError where the option stands without ``--check``."""
    if arguments.format != FORMATS[0] and not arguments.check:
        raise UsageError(say("--format goes with --check"))


def report_differences(configs: Iterable[Path], judge: Callable[[Path], list[Finding]], style: str) -> int:
    """Print what ``judge`` finds of each config, or what stands in its way, and return the exit code."""
    found: list[Checked] = []
    clean: list[str] = []
    failures: list[str] = []
    for path in configs:
        try:
            findings = judge(path)
        except FileError as error:
            failures.append(str(error))
            continue
        except ScoregenError as error:
            findings = _findings(error, path)
        if findings:
            found.append(Checked(str(path), _text(path), sorted(findings, key=lambda finding: finding.order)))
        else:
            clean.append(str(path))
    for failure in failures:
        print(failure, file=sys.stderr)
    sys.stdout.write(report(style, found, clean, failures))
    is_wrong = any(finding.severity == "error" for checked in found for finding in checked.findings)
    return 2 if failures else int(is_wrong)


def _findings(error: ScoregenError, path: Path) -> list[Finding]:
    if isinstance(error, ConfigError):
        return [finding if finding.code else finding._replace(code="SG402") for finding in error.findings]
    return [Finding(line, path=("output",), code="SG412") for line in error.lines(shown(path))]


def _text(path: Path) -> str:
    try:
        return read_bytes(path, LARGEST_CONFIG).decode("utf-8-sig", errors="replace")
    except FileError:  # it is gone by now: the findings say what was in it
        return ""
