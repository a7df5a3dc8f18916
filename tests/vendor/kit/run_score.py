"""Runs a score.py once, as the endpoint would: run_score.py SCORE_PY MODEL_DIR SAMPLES_JSON. Prints what run() returned.

Run it with the runtime that build.sh made for that kind of model; logging goes to stderr, the result to stdout.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

from scoring import load

if __name__ == "__main__":
    script, model_dir, samples = sys.argv[1:4]
    with contextlib.redirect_stdout(sys.stderr):
        result = load(script, model_dir)["run"](Path(samples).read_text(encoding="utf-8"))
    print(result if isinstance(result, str) else json.dumps(result))
