"""Why a trial has failed, in words: where it was, what was said, and what is behind it."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from generator.facts.compiled import DATA
from generator.files.read import read_bytes_if_there, shown
from generator.findings import FileError
from generator.text.terminal import visible
from generator.translations.language import mark, say
from generator.trial.process import Frame, Outcome
from generator.trial.requests import Request
from generator.trial.response import read_response

_PLACES = {
    "import": mark("when it is imported"),
    "init": mark("in init()"),
    "run": mark("in run()"),
    "response": mark("in the response"),
}
_STATUS = 1 << 31  # with no less Windows ends a process itself
_UNFIT = "UnfitError"  # the child's own: what is wrong is not in a line of the script


def failure_lines(outcome: Outcome, script: str, timeout: float) -> list[str]:
    """Return what has happened: in the first line where and what, then the script's lines on the way there."""
    place = say(_PLACES[outcome.stage])
    raised = outcome.raised
    if raised is None:
        where = script if outcome.line is None else f"{script}:{outcome.line}"
        if outcome.timed_out:
            return [
                say(
                    "{where}: still {place} after {timeout:g} s, and ended there: --timeout gives it more",
                    where=where,
                    place=place,
                    timeout=timeout,
                )
            ]
        return [
            say(
                "{where}: the process ended {place}, with {ending}",
                where=where,
                place=place,
                ending=_in_words(outcome.code),
            )
        ]
    message = say(raised.said[0], **raised.said[1]) if raised.said else raised.message
    first, *more = map(visible, message.splitlines() or [""])
    if raised.said and raised.type == _UNFIT:
        return [f"{script}: {first}"]
    where = f"{script}:{raised.frames[-1].line}" if raised.frames else script
    lines = [f"{where}: {visible(raised.type)} {place}{': ' * bool(first)}{first}", *(f"    {line}" for line in more)]
    return lines + [f"    {_shown(next(frames))}" for _, frames in groupby(raised.frames, key=lambda frame: frame.line)]


def _shown(frame: Frame) -> str:
    function = f"{frame.function}(), " if frame.function.isidentifier() else ""
    return say("{function}line {line}: {source}", function=function, line=frame.line, source=visible(frame.source))


def reason(outcome: Outcome, request: Request, outputs: Path, python: str, megabytes: int | None = None) -> str | None:
    """Return what is behind it that a request has failed or was refused; None where that is not known.

    ``outputs`` is the model's own folder, ``python`` the interpreter as it is shown.
    """
    given = request.given
    facts = facts_of(json.loads(given), _schema(outputs / "_schema.json")) if isinstance(given, str) else {}
    facts |= {"python": python, "model": shown(outputs), "samples": request.name}
    return explained(outcome, facts | ({"memory": f"{megabytes:,}"} if megabytes else {}))


def _schema(path: Path) -> object:
    try:
        return json.loads(read_bytes_if_there(path) or b"null")
    except (FileError, ValueError):
        return None


def _refusal(response: str) -> str | None:
    """Return how a script says that a request is wrong, as the exception that it would be without a server."""
    body = read_response(response).body
    message = body.get("message") if isinstance(body, dict) else None
    return f"ValueError: {message}" if isinstance(message, str) else None


def explained(outcome: Outcome, facts: Mapping[str, str]) -> str | None:
    """Return what is behind a failure, or a refused request; None where that is not known."""
    if outcome.raised:
        text: str | None = f"{outcome.raised.type}: {outcome.raised.message}"
    elif outcome.timed_out:
        return None
    elif outcome.response is not None:
        text = _refusal(outcome.response)
    else:
        text = _ending(outcome.code)
    if text is None:
        return None
    for failure in DATA["failures"]:
        if match := re.search(failure["error"], text):
            means = _filled(say(failure["means"]), {**facts, **match.groupdict()})
            if means is not None:
                return visible(means)
    return None


def _filled(text: str, known: Mapping[str, str]) -> str | None:
    """Return a text with what is known in place of each {name}; None where one is not known."""
    try:
        return re.sub(r"\{(\w+)\}", lambda name: known[name[1]], text)
    except KeyError:
        return None


def facts_of(request: Any, schema: Any) -> dict[str, str]:
    """Return what the explanations can say of a request's JSON, given that of the model's ``_schema.json``."""
    if not isinstance(request, list):
        return {"instead": say("one object") if isinstance(request, dict) else say("a single value")}
    if not request:
        return {"instead": say("an empty list")}
    if not all(isinstance(row, dict) for row in request):
        return {"instead": say("a list of something else than objects")}
    given = list(dict.fromkeys(name for row in request for name in row))
    try:
        wanted = [column["name"] for column in schema["columnAttributes"]]
    except (TypeError, KeyError):
        return {}
    lacking = [name for name in wanted if name not in given]
    unknown = [name for name in given if name not in wanted]
    facts = {"lacking": lacking, "unknown": unknown}
    return {name: ", ".join(map(repr, columns)) for name, columns in facts.items() if columns}


def _in_words(code: int) -> str:
    """Return how a process has ended, in words."""
    which = _ending(code).rpartition(" ")[2]
    return say("exit code {code}", code=which) if code >= 0 else say("signal {name}", name=which)


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}" if code < _STATUS else f"exit code 0x{code:X}"  # as Windows's own pages name it
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
