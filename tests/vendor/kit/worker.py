"""Does jobs for the tests in one process, since the runtimes' imports are slow.

Each line of stdin is a job, a JSON object: ``do`` names it, the rest are its arguments. Each line of stdout is the
answer. All else that the runtime prints goes to stderr.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import scoring
import signatures
import vw_options

JOBS: dict[str, Callable[..., Any]] = {
    "score": scoring.score,
    "describe": signatures.describe,
    "try_arguments": vw_options.try_arguments,
    "help_text": vw_options.help_text,
}


def main() -> None:
    """Answer the jobs, one after the other, until stdin ends."""
    jobs, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # the descriptors, not sys.stdout: C++ code prints as well
    os.dup2(2, 1)
    for line in jobs:
        job = json.loads(line)
        answer = JOBS[job.pop("do")](**job)
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
