"""Loads a score.py and runs it, as the endpoint does: init() once, then run() for each request."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import runpy
import shutil
from pathlib import Path
from typing import Any


def load(script: str, model_dir: str) -> dict[str, Any]:
    """Load a script afresh and call its init(); return its names."""
    os.environ["AZUREML_MODEL_DIR"] = model_dir
    names = runpy.run_path(script)
    names["init"]()
    return names


def score(script: str, model_dir: str, requests: list[str], remove: list[str]) -> list[dict[str, Any]]:
    """Return what run() gives back for each request: a ``response``, or an ``error`` and its ``message``.

    The error of an answer with a status of its own is that status, as text.
    What ``remove`` lists is deleted after init(): the script must need it no more. An error in init() is the answer to
    every request, since the endpoint would serve none.
    """
    try:
        run = load(script, model_dir)["run"]
    except Exception as error:
        return [_error(error)] * len(requests)
    for path in map(Path, remove):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return [_answer(run, request) for request in requests]


def _answer(run: Any, request: str) -> dict[str, Any]:
    try:
        answer = run(request)
        if inspect.isawaitable(answer):
            answer = asyncio.run(answer)
        if hasattr(answer, "status_code"):
            return {"error": str(answer.status_code), "message": json.loads(answer.get_data(as_text=True))["message"]}
        return {"response": answer}
    except Exception as error:
        return _error(error)


def _error(error: Exception) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": str(error)}
