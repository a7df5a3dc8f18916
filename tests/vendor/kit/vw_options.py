"""Tries Vowpal Wabbit arguments with the designer's module, each in a process of its own.

Some options end the process or never return, so nothing is tried in this one.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scoring import load


def try_arguments(
    script: str, model_dir: str, request: str, arguments: list[str], limit: float, together: int | None = None
) -> list[str]:
    """Return how the module takes each text of arguments: ``fine``, an error, ``ended: STATUS`` or ``hung``.

    ``script`` is a generated score.py, which imports the module and loads the model.
    """
    names = load(script, model_dir)
    frame = names["read_frame"](request)

    def predict(text: str) -> str:
        names["score_vowpal_wabbit_model"].ScoreVowpalWabbitModelModule().run(
            trained_vowpal_wabbit_model=names["init"].__globals__["model"],
            test_data=names["DataFrameDirectory"](frame, None),
            vw_arguments=text,
            specify_file_type="VW",
            include_an_extra_column_containing_labels=True,
            include_an_extra_column_containing_raw_scores=True,
        )
        return "fine"

    taken = []
    together = together or os.cpu_count() or 1
    for first in range(0, len(arguments), together):
        children = [Child(predict, text) for text in arguments[first : first + together]]
        taken += [child.finish(limit) for child in children]
    return taken


def help_text() -> str:
    """Return Vowpal Wabbit's own list of its options, which it prints before it ends the process."""
    from vowpalwabbit import pyvw

    def print_help(text: str) -> str:
        pyvw.vw(arg_str=text)
        return "fine"

    child = Child(print_help, "--help")
    child.finish(10)
    return child.printed


class Child:
    """A task in a process of its own."""

    def __init__(self, task: Callable[[str], str], text: str) -> None:
        self.printed = ""
        self._folder = tempfile.mkdtemp()
        self._answers, answer = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            _run(task, text, self._folder, answer)
        os.close(answer)

    def finish(self, limit: float) -> str:
        """Wait for ``limit`` seconds, and return how the task went."""
        ready, _, _ = select.select([self._answers], [], [], limit)
        if not ready:
            os.kill(self._process, signal.SIGKILL)
        said = os.read(self._answers, 100_000).decode() if ready else "hung"
        os.close(self._answers)
        _, status = os.waitpid(self._process, 0)
        printed = Path(self._folder, "stdout")
        self.printed = printed.read_text(errors="replace") if printed.exists() else ""
        shutil.rmtree(self._folder)
        return said or f"ended: {status}"


def _run(task: Callable[[str], str], text: str, folder: str, answer: int) -> Any:
    """Run the task where it can do no harm, and leave the process without the parent's cleaning up."""
    try:
        os.chdir(folder)  # some options write files
        # With some options, Vowpal Wabbit reads on where its model file ends, in whatever else is open.
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, *range(3, answer)):
            os.dup2(nothing, descriptor)
        os.dup2(os.open("stdout", os.O_WRONLY | os.O_CREAT), 1)
        try:
            said = task(text)
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
        os.write(answer, said.encode())
    finally:
        os._exit(0)
