"""Runs in the designer's runtime: takes the scripts of one model through the same request in turn, and tells the costs.

    scoring_worker.py MODEL REQUEST ROUNDS SCRIPT...

The first script is what the others are held against. Prints a JSON list: for each script the median seconds of
processor time for a request, the median of the rounds' ratios, the ratio of the memory at its peak, and its answer's
length.
This file needs nothing but Python 3.8.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import logging
import os
import runpy
import sys
import tracemalloc
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any


def main(model: str, request: str, rounds: str, *scripts: str) -> list[dict[str, Any]]:
    """Return the costs of each script."""
    os.environ["AZUREML_MODEL_DIR"] = model
    logging.disable(logging.CRITICAL)
    bodies = json.loads(Path(request).read_text(encoding="utf-8"))
    runs = [load(script) for script in scripts]
    seconds: list[list[float]] = [[] for _ in runs]
    answers = [run(body) for run, body in zip(runs, bodies)]  # noqa: B905 (Python 3.8)
    for _ in range(int(rounds)):
        gc.collect()
        for run, body, times in zip(runs, bodies, seconds):  # noqa: B905
            start = process_time()
            run(body)
            times.append(process_time() - start)
    peaks = [peak(run, body) for run, body in zip(runs, bodies)]  # noqa: B905
    return [
        {
            "seconds": median(times),
            "ratio": median(ours / theirs for ours, theirs in zip(times, seconds[0])),  # noqa: B905
            "memory": most / peaks[0],
            "answer": len(answer if isinstance(answer, str) else json.dumps(answer)),
        }
        for times, most, answer in zip(seconds, peaks, answers)  # noqa: B905
    ]


def load(script: str) -> Any:
    """Return a script's run(), once its model is loaded."""
    names = runpy.run_path(script)
    names["init"]()
    run = names["run"]
    if "sample_rows" in names:  # it describes its requests, so the server parses them
        return lambda body: run(**json.loads(body))
    return run


def peak(run: Any, body: str) -> int:
    """Return the most bytes that a request takes."""
    tracemalloc.start()
    run(body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


if __name__ == "__main__":
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        costs = main(*sys.argv[1:])
    print(json.dumps(costs))
