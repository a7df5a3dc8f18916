"""The answers of an entry script to many requests, from a process of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.convert.compare import Answer
from generator.files.folder import temporary_folder
from generator.files.lifetime import stoppable
from generator.files.replace import create
from generator.findings import ScoregenError
from generator.translations.language import say
from generator.trial.guarded_process import NOT_STARTED
from generator.trial.process import run_child

_CHILD = Path(__file__).with_name("answers_child.py")
_KEPT = 500  # characters of the last line that a process printed

MOST_IN_ALL = 50_000_000
"""How many characters all answers of a proof may have together."""


class NoAnswersError(ScoregenError):
    """A script answers no request at all; the message says why."""


def answers_of_script(
    script: Path, python: str, model_dir: Path, requests: Sequence[str], timeout: float, *, is_batch: bool = False
) -> list[Answer]:
    """Run a script once and return its answers, in order; one for a batch endpoint is given each request in a file.

    ``timeout`` is how many seconds all of them may take. Raises NoAnswersError where the script does not start, or ends
    before it has answered all.
    """
    with temporary_folder() as folder:
        asked, answered = folder / "requests", folder / "answers"
        create(asked, json.dumps(list(requests)).encode())
        found = shutil.which(python)
        if found is None:
            raise NoAnswersError(say("{python}: is not a program that can be started", python=python))
        command = [str(Path(found).absolute()), str(_CHILD), str(script), str(asked), str(answered), str(MOST_IN_ALL)]
        command += ["batch"] if is_batch else []
        try:
            with stoppable():
                code, timed_out, printed = run_child(command, folder, str(model_dir), timeout)
        except OSError as error:
            raise NoAnswersError(
                say("{python}: cannot be started: {reason}", python=python, reason=error.strerror)
            ) from error
        output = printed.decode(errors="replace").strip().rpartition("\n")[2][-_KEPT:]
        if code == NOT_STARTED:
            raise NoAnswersError(
                say("{python}: cannot be started: {reason}", python=python, reason=output.rpartition(": ")[2])
            )
        if timed_out:
            output = say("it was not ready after {timeout:.0f} seconds", timeout=timeout)
        told = list(map(json.loads, answered.read_text(encoding="utf-8").splitlines())) if answered.exists() else []
    if told and told[-1] is None:  # the last line of a child whose answers are too large
        raise NoAnswersError(too_much(script.name))
    if told and "unfit" in told[0]:
        message, values = told.pop()["unfit"]
        output = say(message, **values)
    if len(told) < len(requests):
        raise NoAnswersError(
            say(
                "{name} stopped after {done} of {all} requests: {output}",
                name=script.name,
                done=len(told),
                all=len(requests),
                output=output,
            )
        )
    return [_answer(line) for line in told]


def too_much(name: str) -> str:
    """Return what to say where all answers together are too large."""
    return say(
        "{name}: its answers have more than {number} MB: compare fewer rows, with --rows",
        name=name,
        number=MOST_IN_ALL // 1_000_000,
    )


def _answer(told: Mapping[str, Any]) -> Answer:
    error = told.get("error")
    return Answer(told.get("body"), error and (error[0], error[1]), told["seconds"])
