"""``scoregen check``: say whether scripts will work on the endpoint."""

from __future__ import annotations

import argparse
import codecs
import functools
import os
import sys
from typing import TYPE_CHECKING

from generator.actions import workers
from generator.actions.judge import STDIN, Judged, judge, largest
from generator.actions.model_place import model_folder_in
from generator.cli.commands import PRE_COMMIT
from generator.cli.commands.paths import named
from generator.facts.azure import AZURE_MARKS
from generator.files.listing import is_yaml
from generator.files.read import failure, read_bytes, read_standard_input, shown
from generator.files.search import Target, read_found, search
from generator.findings import FileError, UsageError
from generator.report import Checked
from generator.report.formats import FORMATS, report
from generator.script.designer import packages
from generator.script.source import comes_back, encode
from generator.text import verbosity
from generator.text.encodings import is_utf16, utf16
from generator.text.verbosity import detail, is_quiet, note
from generator.translations.language import mark, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from generator.actions.check import Examined


INTERMIXED = True  # paths may stand between options
_NO_YAML = mark(
    "it is neither a config of scoregen (`module:`), nor a conda file with a package of the "
    "designer, nor a deployment of a designer model"
)
_NO_PYTHON = mark("by its name it is neither Python nor YAML, and it calls no Score module: name the entry script")
_NO_SCRIPT = mark("no Score module of the designer is imported in it: name the entry script, or its folder")
_NOTHING = mark(
    "nothing to check: no entry script, conda file or deployment of a designer model there or below, and no config"
)
_SCORES_NOTHING = "SG121"
_MARKS = (*(mark.encode() for mark in (*packages(), *AZURE_MARKS, "dependencies:")), codecs.BOM_UTF16_LE)
"""What a file that is worth a look holds, one of them at least."""


class _PassedByError(FileError):
    """A file in a folder is a link that leads out of it: it is not checked."""

    exit_code = 0


class _NotJudgedError(FileError):
    """A file was named, and there is nothing in it that can be judged."""

    exit_code = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        type=named,
        nargs="*",
        help=say("a script, a folder to search for scripts, or - for standard input; default: this folder"),
    )
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help=say("default: text"))
    parser.add_argument("--strict", action="store_true", help=say("exit with 1 for warnings too"))
    parser.add_argument("--fix", action="store_true", help=say("fix what can be fixed safely, and report the rest"))


def run(arguments: argparse.Namespace) -> int:
    """Check all scripts; a file that cannot be read or written stops none of the others. Raises UsageError."""
    if arguments.fix and STDIN in arguments.paths:
        raise UsageError(say("--fix writes to files, and - names none"))
    targets, unlisted = search(arguments.paths or [os.curdir], _MARKS)
    scripts: list[Checked] = []
    clean: list[str] = []
    failures: list[FileError] = []
    for script, wrong in _each(targets, arguments):
        failures += [wrong] if wrong else []
        scripts += [script] if script and script.findings else []
        clean += [script.path] if script and not script.findings else []
    failures = [failure(error.filename, mark("read"), error) for error in unlisted] + failures
    for each in failures:
        print(each, file=sys.stderr)
    if not (failures or PRE_COMMIT in os.environ):
        _name_barren(arguments.paths, [*(script.path for script in scripts), *clean])
    sys.stdout.write(report(arguments.format, scripts, clean, list(map(str, failures))))
    if not (is_quiet() or PRE_COMMIT in os.environ):
        folders = filter(os.path.isdir, arguments.paths or [os.curdir])
        for said in dict.fromkeys(filter(None, map(_conversion_at, folders))):
            note(said)
    fatal = ("error", "warning") if arguments.strict else ("error",)
    is_wrong = any(finding.severity in fatal for script in scripts for finding in script.findings)
    return max(int(is_wrong), *(each.exit_code for each in failures), 0)


def _name_barren(paths: Sequence[str], judged: Sequence[str]) -> None:
    """Note folders in which there was nothing to check, so that a mistyped name does not pass for a good one."""
    if not judged:
        note(say(_NOTHING))
    elif len(paths) > 1:
        places = [os.path.abspath(path) for path in judged]
        for folder in filter(os.path.isdir, paths):
            root = os.path.join(os.path.abspath(folder), "")
            if not any(place.startswith(root) for place in places):
                note(f"{shown(folder)}: {say(_NOTHING)}")


def _conversion_at(path: str) -> str | None:
    """Return whether the model whose folder was asked for can be converted; None where no model's folder was."""
    try:
        if model_folder_in(path) is None:
            return None
        from generator.actions.conversion import conversion_at  # brings pathlib and, where it is there, numpy

        return conversion_at(path)
    except FileError as error:
        return say("whether it can be converted is not known: {error}", error=error)


def _each(
    targets: Iterator[Target], arguments: argparse.Namespace
) -> Iterable[tuple[Checked | None, FileError | None]]:
    """Return what is to be said about each file, and why it cannot be read or written."""
    if len(arguments.paths) == 1 and not os.path.isdir(arguments.paths[0]):
        return _results(targets, arguments)
    work = functools.partial(_results, arguments=arguments)
    return work(targets) if arguments.fix else workers.each(work, targets)


def _results(targets: Iterable[Target], arguments: argparse.Namespace) -> list[tuple[Checked | None, FileError | None]]:
    found: list[tuple[Checked | None, FileError | None]] = []
    for target in workers.swept(targets):
        try:
            found.append((_checked(target, arguments), None))
        except FileError as error:
            found.append((None, error))
    return found


def _checked(target: Target, arguments: argparse.Namespace) -> Checked | None:
    """Return what is to be said about a file; None if there is nothing in it to judge. Raises FileError."""
    if target.leads_out:
        where = say("is a link that leads out of {within}, and is not looked at", within=shown(target.within))
        raise _PassedByError(
            say("{path}: {where}: name the file to have it checked", path=shown(target.path), where=where)
        )
    content = _content(target)
    if content is None:
        return None
    is_hook = PRE_COMMIT in os.environ  # which names every file of a kind
    judged = judge(target.path, content, target.named and (is_yaml(target.path) or not is_hook))
    if judged is None:
        if not target.named or is_hook:
            return None
        raise _not_judged(target, _why_not(target.path, content))
    if judged.conda:
        return _with_fixed_conda(target, content, judged, arguments)
    path = _name(target)
    if judged.script is None:
        text = content.decode("utf-8-sig", errors="replace") if judged.findings and is_yaml(path) else ""
        return Checked(path, text, judged.findings)
    for call in judged.script.script.calls:
        detail(say("{path}: calls {module}", path=shown(path), module=call.table.name))
    if target.path != STDIN and any(finding.code == _SCORES_NOTHING for finding in judged.findings):
        raise _not_judged(target, say(_NO_SCRIPT))
    if not judged.findings:
        return Checked(path, "", [])
    if arguments.fix or arguments.format == "sarif":
        return _with_fixes(judged.script, content, judged.encoding, target, arguments)
    return Checked(path, judged.script.source, judged.findings)


def _name(target: Target) -> str:
    return "<stdin>" if target.path == STDIN else target.path


def _not_judged(target: Target, reason: str) -> _NotJudgedError:
    return _NotJudgedError(say("{path}: cannot be judged: {reason}", path=shown(target.path), reason=reason))


def _why_not(path: str, content: bytes) -> str:
    if not is_yaml(path):
        return say(_NO_PYTHON)
    return utf16() if is_utf16(content) else say(_NO_YAML)


def _content(target: Target) -> bytes | None:
    if target.path == STDIN:
        return read_standard_input()
    most = largest(target.path)
    return read_bytes(target.path, most) if target.named else read_found(target.path, most)


def _with_fixed_conda(target: Target, content: bytes, judged: Judged, arguments: argparse.Namespace) -> Checked:
    """Fix a conda file where that is asked for, and return what is then to be said of it. Raises FileError."""
    file, findings = judged.conda, judged.findings
    assert file
    fixed = file.fixed() if findings and arguments.fix else None
    if fixed:
        tell = verbosity.report if arguments.format == "text" else verbosity.note
        file = file._replace(content=_replaced(target, content, fixed.text.encode(), fixed.number, tell))
        findings = file.findings()
    return Checked(target.path, file.content.decode("utf-8-sig", errors="replace") if findings else "", findings)


def _with_fixes(
    examined: Examined, content: bytes, encoding: str, target: Target, arguments: argparse.Namespace
) -> Checked:
    """Put a script right where that is asked for, and return what is then to be said of it. Raises FileError."""
    from generator.actions.fix import edits_for_each, fix_examined  # only for fixes, and where they are shown

    path = _name(target)
    if arguments.fix and comes_back(content, examined.source, encoding):
        examined, number = fix_examined(examined)
        tell = verbosity.report if arguments.format == "text" else verbosity.note
        _replaced(target, content, encode(examined.source, encoding), number, tell)
    edits = edits_for_each(examined) if arguments.format == "sarif" else {}
    return Checked(path, examined.source if examined.findings else "", examined.findings, edits)


def _replaced(target: Target, old: bytes, new: bytes, number: int, tell: Callable[[str], None]) -> bytes:
    """Write a fixed file, say how many findings were fixed, and return its content. Raises FileError."""
    if number:
        from generator.files.replace import replace_at  # only for fixes: pathlib is slow to import

        replace_at(target.path, new, old)
        tell(say("{path}: {number} fixed", path=shown(target.path), number=number))
    return new
