"""Commands that write, for the tests that have each of their system calls fail: as ``main``, in this process alone."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

import generator.actions.prove as proving
from generator.cli.main import main
from generator.convert.compare import Answer
from generator.convert.proof import PROOF_FILE, parse_proof
from generator.findings import ScoregenError
from generator.ui.saving import save
from generator.ui.work import given_by, open_path


def run(arguments: list[str]) -> int:
    """Run a command line; ``ui FOLDER`` saves what the page would. Returns the exit code."""
    if arguments[0] == "ui":
        return _saved(Path(arguments[1]))
    if arguments[0] == "prove":  # what the scripts answer takes processes of their own, which write nothing
        known = _answers(arguments[1])

        def answers(*_: object, **__: object) -> list[Answer]:
            return list(known)

        proving.answers_of_script = answers  # type: ignore[attr-defined]  # which it has imported
    return main(arguments)


@functools.cache
def _answers(folder: str) -> tuple[Answer, ...]:
    """Return the answers of a proof, which are read once, before anything fails."""
    return parse_proof(Path(folder, PROOF_FILE).read_bytes()).answers


def _saved(folder: Path) -> int:
    try:
        work = open_path(folder)
        print(*save(work, given_by(work, work.config), force=True), sep="\n", flush=True)
    except ScoregenError as error:
        print(*error.lines("scoregen.yaml"), sep="\n", file=sys.stderr)
        return 2
    except OSError:
        print("standard output cannot be written", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0
