"""``scoregen check``: say whether scripts will work on the endpoint."""

from __future__ import annotations

import argparse
import os
import sys

from generator.checking import check, mentions_a_module
from generator.diagnostic import Diagnostic
from generator.files import FileError, read_bytes, replace_all, shown
from generator.report import Checked
from generator.script.source import UndecodableError, decode, encode
from generator.search import Target, read_found, search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_STDIN = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        default=["."],
        help="a script, a folder to search for scripts, or - for standard input; default: this folder",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--strict", action="store_true", help="exit with 1 for warnings too")
    parser.add_argument("--fix", action="store_true", help="put right what is surely meant, and report what is left")


def run(arguments: argparse.Namespace) -> int:
    """Check all scripts; a file that cannot be read or written stops none of the others."""
    if arguments.fix and _STDIN in arguments.paths:
        print("scoregen check: --fix writes to files, and - names none", file=sys.stderr)
        return 2
    targets, unlisted = search(arguments.paths)
    worst = 0
    for error in unlisted:
        print(f"{shown(error.filename)}: cannot be read: {error.strerror}", file=sys.stderr)
        worst = 2
    scripts = []
    for target in targets:
        try:
            script = _checked(target, arguments)
        except FileError as error:
            print(error, file=sys.stderr)
            worst = 2
        else:
            scripts += [script] if script else []
    sys.stdout.write(_report(scripts, arguments.format))
    return max(worst, _verdict(scripts, arguments.strict))


def _checked(target: Target, arguments: argparse.Namespace) -> Checked | None:
    """Return what is to be said about a file; None if it is no designer script. Raises FileError."""
    content = _content(target)
    if content is None or not mentions_a_module(content):
        return None
    name = "<stdin>" if target.path == _STDIN else shown(target.path)
    try:
        source, encoding = decode(content)
    except UndecodableError as error:
        message = f"not valid Python: {error.message}"
        spot = (error.line, error.column, error.line, error.column)
        return Checked(name, "", [Diagnostic(*spot, "SG100", "error", None, message)])
    findings = check(source)
    if arguments.fix and findings and encode(source, encoding) == content:
        source = _fixed(source, encoding, target, name, sys.stderr if arguments.format == "json" else sys.stdout)
        findings = check(source)
    return Checked(name, source if findings else "", findings)


def _content(target: Target) -> bytes | None:
    if target.path == _STDIN:
        return sys.stdin.buffer.read()
    return read_bytes(target.path) if target.named else read_found(target.path)


def _fixed(source: str, encoding: str, target: Target, name: str, notes: TextIO) -> str:
    """Put a file right and return what it holds then. Raises FileError."""
    from pathlib import Path

    from generator.fixing import fix_and_count

    fixed = fix_and_count(source)
    if fixed.number:
        replace_all({Path(target.path): encode(fixed.source, encoding)})
        print(f"{name}: {fixed.number} fixed", file=notes)
    return fixed.source


def _report(scripts: list[Checked], style: str) -> str:
    if style == "json":
        from generator.report.records import as_json

        return as_json(scripts)
    is_terminal = sys.stdout.isatty()
    if not is_terminal and not any(script.findings for script in scripts):
        return ""
    from generator.report.text import Style, as_text, wants_colour

    return as_text(scripts, Style(is_terminal, wants_colour(is_terminal, os.environ), _width(is_terminal)))


def _width(is_terminal: bool) -> int:
    if not is_terminal:
        return 0
    import shutil

    return shutil.get_terminal_size().columns


def _verdict(scripts: list[Checked], strict: bool) -> int:
    fatal = ("error", "warning") if strict else ("error",)
    return int(any(finding.severity in fatal for script in scripts for finding in script.findings))
