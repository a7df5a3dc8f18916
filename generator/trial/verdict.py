"""What is to be said of each request of a trial: its answer, what was not scored, what differs from the expected."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from generator.files.read import shown
from generator.translations.language import say
from generator.trial.expected import Kept, differences
from generator.trial.process import Outcome
from generator.trial.requests import Request
from generator.trial.response import Response, Table, read_response, table_of

_WRONG = 400  # from this status on an answer says that the request is wrong
_FAILED = 500  # what an endpoint answers for a script that has failed
_RECOMMENDED = re.compile(r".*\D1")  # the first of several columns of one kind: there is a row for each user then


class Verdict(NamedTuple):
    """What came of a request. ``differs`` is None where no answer is expected, ``table`` where it has no rows."""

    request: Request
    outcome: Outcome
    response: Response | None
    table: Table | None
    unscored: list[str]
    differs: list[str] | None

    @property
    def is_fine(self) -> bool:
        """Whether the answer is the expected one; where none is expected, whether all was scored."""
        if self.differs is not None:
            return not self.differs
        return self.response is not None and self.outcome.status < _WRONG and not self.unscored

    @property
    def is_refused(self) -> bool:
        """Whether the script has answered that the request is wrong."""
        return self.response is not None and self.outcome.status >= _WRONG

    @property
    def kept(self) -> Kept:
        """The answer as it is kept in a file."""
        return Kept(self.outcome.status, self.response.body) if self.response else Kept(_FAILED, None)


def judge(request: Request, outcome: Outcome, expected: Kept | None) -> Verdict:
    """Return the verdict on what came of a request."""
    response = None if outcome.response is None else read_response(outcome.response)
    table = table_of(response.body) if response and response.is_json and outcome.status < _WRONG else None
    unscored = _unscored(request, outcome, table) if response else []
    verdict = Verdict(request, outcome, response, table, unscored, None)
    return verdict if expected is None else verdict._replace(differs=differences(expected, verdict.kept))


def as_json(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as ``--format json`` shows it."""
    outcome, table = verdict.outcome, verdict.table
    said: dict[str, Any] = {
        "request": verdict.request.name,
        "fine": verdict.is_fine,
        "status": verdict.kept.status,
        "stage": outcome.stage,
        "seconds": outcome.seconds,
        "answer": verdict.kept.answer,
        "rows": None if table is None else len(table.rows),
        "columns": table and table.names,
        "unscored": verdict.unscored,
        "differences": verdict.differs,
    }
    raised = outcome.raised
    if raised:
        lines = [frame.line for frame in raised.frames]
        said["error"] = {"type": raised.type, "message": raised.message, "line": lines[-1] if lines else None}
    elif not verdict.response:
        said["error"] = {"type": None, "message": None, "line": outcome.line, "timed_out": outcome.timed_out}
    return said


def _unscored(request: Request, outcome: Outcome, table: Table | None) -> list[str]:
    """Say which files or how many rows of a request have no place in the answer, where that can be told."""
    if not isinstance(request.given, str):
        return _files_without_rows(request.given, outcome.response or "")
    rows = request.rows
    if table is None or not rows or len(table.rows) >= len(rows) or _is_by_user(table, rows):
        return []
    return [
        say(
            "{sent} rows were sent, and {came} came back: the log (--verbose) may say why",
            sent=len(rows),
            came=len(table.rows),
        )
    ]


def _is_by_user(table: Table, rows: list[Any]) -> bool:
    """Say whether an answer has a row for each user: columns that are counted, or as many rows as one key has values.

    Three rows of two users become two: ``User, Recommended Item 1, Recommended Item 2``.
    """
    if table.names is not None:
        return any(map(_RECOMMENDED.fullmatch, table.names))
    keys = {key for row in rows if isinstance(row, dict) for key in row}
    values = (len({json.dumps(row.get(key)) for row in rows}) for key in keys)
    return all(isinstance(row, dict) for row in rows) and len(table.rows) in values


def _files_without_rows(paths: list[str], answer: str) -> list[str]:
    """Name the files of a batch that no row of the answer names, where the answer names others."""
    named = {
        path: any(json.dumps(Path(path).name, ensure_ascii=ascii_only) in answer for ascii_only in (True, False))
        for path in paths
    }
    lacking = [path for path, is_named in named.items() if not is_named and any(named.values())]
    return [say("{path}: has no row in the answer: --verbose shows the log", path=shown(path)) for path in lacking]
