"""``scoregen try``: run a script once, as the endpoint would, and show the response."""  # noqa: N999

from __future__ import annotations

import argparse
import codecs
import json
import math
import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.commands.failures import fail
from generator.files.read import read_bytes, read_bytes_if_there, read_standard_input, shown
from generator.findings import FileError
from generator.model.names import MODEL_FOLDER
from generator.text.terminal import cut, visible
from generator.trial.process import Outcome, Trial, attempt

if TYPE_CHECKING:
    from collections.abc import Callable

_STDIN = "-"
_TAKES_FILES = re.compile(rb"^def run\(\s*mini_batch\b", re.MULTILINE)
_TIMEOUT = 300.0
_LAST_LINES = 20
_LONGEST_LINE = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("script", metavar="SCRIPT", help="a score.py")
    parser.add_argument(
        "--model-dir", metavar="DIR", required=True, help=f"the model: AZUREML_MODEL_DIR, which holds {MODEL_FOLDER}"
    )
    parser.add_argument(
        "--samples",
        metavar="FILE",
        help=f"the request's JSON, - for standard input; default: {MODEL_FOLDER}/_samples.json of the model",
    )
    parser.add_argument(
        "--python", metavar="PYTHON", default=sys.executable, help="run it with this one; default: scoregen's own"
    )
    parser.add_argument("--timeout", metavar="SECONDS", type=_seconds, default=_TIMEOUT, help=f"default: {_TIMEOUT:g}")
    parser.add_argument("--verbose", action="store_true", help="show what the script prints, and errors as a whole")


def run(arguments: argparse.Namespace) -> int:
    """Run the script, and print the response or why there is none. No other command runs a script."""
    name = shown(arguments.script)
    try:
        content = _script(arguments.script)
        model_dir = _model_dir(arguments.model_dir)
        samples = _samples(arguments.samples, model_dir)
        request = _files(samples) if _TAKES_FILES.search(content) else _body(samples)
        script, python = _absolute(arguments.script), _interpreter(arguments.python)
        trial = Trial(str(script), str(python), str(model_dir), request, arguments.timeout)
        outcome = attempt(trial, _echo() if arguments.verbose else None)
    except FileError as error:
        return fail(error)
    except OSError as error:  # from the interpreter, or for want of a place for temporary files
        what = "scoregen try" if error.filename is None else f"{shown(error.filename)}: cannot be used"
        print(f"{what}: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"{name}: stopped", file=sys.stderr)
        return 1
    if not outcome.stage:
        _show_last_words(outcome)
        print(f"{shown(arguments.python)}: cannot run a script: it must be Python 3.8 or later", file=sys.stderr)
        return 2
    if outcome.response is None:
        if outcome.raised is None:
            _show_last_words(outcome)
        elif arguments.verbose:
            sys.stderr.write(outcome.raised.traceback)
        _explain(name, content, trial, outcome, samples)
        return 1
    _show(name, content, outcome)
    _show_files_without_rows(trial, outcome)
    return 0


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return seconds


def _script(path: str) -> bytes:
    content = read_bytes(path)
    if not path.endswith(".py"):
        raise FileError(f"{shown(path)}: the endpoint takes a script only if its name ends in .py")
    return content


def _model_dir(path: str) -> Path:
    """Return the folder around that of the model's files; either may be named. Raises FileError."""
    folder = _absolute(path)
    if not folder.is_dir():
        raise FileError(f"{shown(path)}: cannot be read: there is no such folder")
    if (folder / MODEL_FOLDER).is_dir():
        return folder
    if folder.name != MODEL_FOLDER:
        raise FileError(f"{shown(path)}: has no folder {MODEL_FOLDER}: name the one that has it, which holds the model")
    print(f"{shown(path)}: AZUREML_MODEL_DIR is the folder around it, {shown(folder.parent)}", file=sys.stderr)
    return folder.parent


def _interpreter(python: str) -> Path:
    found = shutil.which(python)
    if found is None:
        raise FileError(f"{shown(python)}: cannot be run: there is no such program")
    return _absolute(found)


def _absolute(path: str) -> Path:
    """Return an absolute path that follows no link: a virtual environment is known by that of its interpreter."""
    return Path(os.path.normpath(Path(path).absolute()))


def _samples(path: str | None, model_dir: Path) -> str:
    if path is not None:
        return path
    default = model_dir / MODEL_FOLDER / "_samples.json"
    if not default.exists():
        raise FileError(f"{shown(default)}: is not there: name a request with --samples, a JSON list of row objects")
    return str(default)


def _body(path: str) -> str:
    """Return the body of the request, as the endpoint hands it to the script. Raises FileError."""
    name, content = ("<stdin>", read_standard_input()) if path == _STDIN else (shown(path), read_bytes(path))
    try:
        body = content.decode("utf-8-sig")
        json.loads(body)
    except UnicodeDecodeError:
        raise FileError(f"{name}: is not UTF-8: save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise FileError(f"{name}:{error.lineno}:{error.colno}: is not JSON: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise FileError(f"{name}: is not JSON: {error}") from None
    return body


def _files(path: str) -> list[str]:
    """Return the files that a batch endpoint would hand to the script: the one named, or those of a folder."""
    if path == _STDIN:
        raise FileError("<stdin>: a script for a batch endpoint takes files: name one with --samples, or a folder")
    named = _absolute(path)
    files = sorted(file for file in named.iterdir() if file.is_file()) if named.is_dir() else [named]
    if not all(file.is_file() for file in files) or not files:
        raise FileError(f"{shown(path)}: cannot be read: there is no file")
    return list(map(str, files))


def _echo() -> Callable[[bytes], object]:
    """Return what shows the script's output as it comes, whatever bytes it is."""
    decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")

    def show(chunk: bytes) -> None:
        sys.stderr.write(decoder.decode(chunk))
        sys.stderr.flush()

    return show


def _show_last_words(outcome: Outcome) -> None:
    """Show the last lines that the script has printed, where nothing else says what has happened."""
    for line in outcome.output.decode("utf-8", "backslashreplace").splitlines()[-_LAST_LINES:]:
        print(f"| {cut(visible(line), _LONGEST_LINE)}", file=sys.stderr)


def _explain(name: str, content: bytes, trial: Trial, outcome: Outcome, samples: str) -> None:
    """Print what has failed, what is behind it, and what a check has to say about the script."""
    from generator.trial.failures import explained, facts_of, failure_lines

    for line in failure_lines(outcome, name, trial.timeout):
        print(line, file=sys.stderr)
    outputs = Path(trial.model_dir, MODEL_FOLDER)
    schema = _schema(outputs / "_schema.json")
    facts = facts_of(json.loads(trial.request), schema) if isinstance(trial.request, str) else {}
    facts |= {
        "python": shown(trial.python),
        "model": shown(outputs),
        "samples": "<stdin>" if samples == _STDIN else shown(samples),
    }
    behind = explained(outcome, facts)
    if behind:
        print(f"{name}: {behind}", file=sys.stderr)
    sys.stderr.write(_findings(name, content))


def _schema(path: Path) -> object:
    try:
        return json.loads(read_bytes_if_there(path) or b"null")
    except (FileError, ValueError):
        return None


def _findings(name: str, content: bytes) -> str:
    """Return what a check finds that keeps a script from working, as ``scoregen check`` prints it."""
    from generator.actions.check import check
    from generator.report import Checked
    from generator.report.text import as_text
    from generator.script.source import UndecodableError, decode

    try:
        source, _ = decode(content)
    except UndecodableError:  # which the interpreter has said already
        return ""
    found = [finding for finding in check(source) if finding.severity != "info"]
    return as_text([Checked(name, source, found)]) if found else ""


def _show_files_without_rows(trial: Trial, outcome: Outcome) -> None:
    """Name the files of a batch that no row names, where others are named: the log alone says what is wrong."""
    if isinstance(trial.request, str):
        return
    answer = outcome.response or ""
    named = {
        path: any(json.dumps(Path(path).name, ensure_ascii=ascii_only) in answer for ascii_only in (True, False))
        for path in trial.request
    }
    for path in (path for path, is_named in named.items() if not is_named and any(named.values())):
        print(f"{shown(path)}: has no row in the answer: --verbose shows the log", file=sys.stderr)


def _show(name: str, content: bytes, outcome: Outcome) -> None:
    """Print the response, how long it took, and what a client has to know."""
    from generator.trial.response import read_response, table_of
    from generator.trial.table import notes, summary, table_lines, text_lines

    assert outcome.response is not None
    response = read_response(outcome.response)
    table = table_of(response.body) if response.is_json else None
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    lines = table_lines(table, width) if table else text_lines(response, width)
    for line in [*lines, f"{name}: {summary(table, outcome)}", *(f"{name}: {note}" for note in notes(response))]:
        print(line)
    if table and not table.rows:
        sys.stdout.write(_findings(name, content))
        _show_last_words(outcome)
