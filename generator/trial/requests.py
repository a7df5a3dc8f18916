"""The requests of a trial: what run() is given each time, read from the files that a user names."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.files.read import read_bytes, read_standard_input, shown
from generator.findings import FileError
from generator.rules.settings import BATCH
from generator.script.scopes import found_in
from generator.script.understand.run_kind import find_run
from generator.text.encodings import not_utf8
from generator.translations.language import say
from generator.trial.target import absolute

STDIN = "-"
_BATCH_NAME = re.compile(rb"^def run\(\s*mini_batch\b", re.MULTILINE)


class Request(NamedTuple):
    """A request: what a user calls it, and its body, or the files that a batch endpoint hands over."""

    name: str
    given: str | list[str]

    @property
    def rows(self) -> list[Any] | None:
        """The rows of its body; None where it is no list, or of files."""
        body = json.loads(self.given) if isinstance(self.given, str) else None
        return body if isinstance(body, list) else None


def takes_files(script: bytes) -> bool:
    """Say whether the run() of a script is that of a batch endpoint, which is handed files.

    What it does with its argument decides; where that does not tell, what the argument is called.
    """
    found = found_in(script, find_run)
    return found.kind == BATCH if found and found.kind else bool(_BATCH_NAME.search(script))


def read_requests(named: Sequence[str], script: bytes) -> list[Request]:
    """Return the requests of the files that are named; a batch endpoint is given all of them at once.

    A batch is meant where run() takes one, or a folder is named. Raises FileError.
    """
    if takes_files(script) or any(path != STDIN and Path(path).is_dir() for path in named):
        return [Request(", ".join(map(shown, named)), [file for path in named for file in _files(path)])]
    return [_in_file(path) for path in named]


def _in_file(path: str) -> Request:
    """Return the request of a file, or of standard input."""
    name = "<stdin>" if path == STDIN else shown(Path(path).as_posix())
    content = read_standard_input() if path == STDIN else read_bytes(path)
    try:
        body = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{name}: {not_utf8(error)}") from None
    return request_of(name, body)


def request_of(name: str, body: str) -> Request:
    """Return the request of a body, which must be JSON. Raises FileError, which names it."""
    try:
        json.loads(body)
    except json.JSONDecodeError as error:
        message = say(
            "{name}:{lineno}:{colno}: is not JSON: {msg}",
            name=name,
            lineno=error.lineno,
            colno=error.colno,
            msg=error.msg,
        )
        raise FileError(message) from None
    except (ValueError, RecursionError) as error:
        raise FileError(say("{name}: is not JSON: {error}", name=name, error=error)) from None
    return Request(name, body)


def _files(path: str) -> list[str]:
    """Return the files that a path stands for: the one named, or those of a folder."""
    if path == STDIN:
        raise FileError(say("<stdin>: a script for a batch endpoint takes files: name one with --samples, or a folder"))
    named = absolute(path)
    files = sorted(file for file in named.iterdir() if file.is_file()) if named.is_dir() else [named]
    if not all(file.is_file() for file in files) or not files:
        raise FileError(say("{path}: cannot be read: there is no file", path=shown(path)))
    return list(map(str, files))
