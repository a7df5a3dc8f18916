"""Runs in another interpreter: takes an entry script through many requests, as the endpoint does.

    answers_child.py SCRIPT REQUESTS ANSWERS MOST [batch]

REQUESTS holds, as JSON, the bodies of the requests. To ANSWERS goes one JSON object on each line: a body, or the type
and the message of an exception, and the seconds that it took; or why no endpoint would take the script. With more than
MOST characters in all a null is the last of them. A script for a batch endpoint is given each body in a file; the body
that it answers is the rows, by columns.

This file is never imported by scoregen; it needs nothing but Python 3.8.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

if sys.flags.isolated:  # an embeddable Python of Windows does not look beside this file
    sys.path.insert(0, str(Path(__file__).parent))
from child import UnfitError, encoded, function_of, load, scorer_of  # type: ignore[import-not-found]

if sys.flags.isolated:
    del sys.path[0]

REFUSED = "refused"


class RefusalError(Exception):
    """A script refuses a request, and says why."""


class AMLResponse:
    """Stands in for the answer of Azure's server with which a script refuses a request."""

    def __init__(self, message: Any, *_: object, **__: object) -> None:
        """Keep what is to be said."""
        self.message = message

    def get_data(self, as_text: bool) -> str:
        """Return it as the body of the answer."""
        return json.dumps(self.message)


def message_of(body: str) -> str:
    """Return what a script says of a request that it refuses."""
    try:
        return str(json.loads(body)["message"])
    except (ValueError, LookupError, TypeError):
        return body


def main(script: str, requests: str, answers: str, most: str, *kind: str) -> None:
    """Write the answer to each request, and end the process without waiting for what the script has left behind."""
    left = int(most)
    with Path(answers).open("w", encoding="utf-8") as file:
        try:
            score = started(script)
        except UnfitError as error:
            file.write(json.dumps({"unfit": error.said}) + "\n")
            sys.exit(1)
        for request in json.loads(Path(requests).read_text(encoding="utf-8")):
            line = json.dumps(answer(score, request, is_batch=bool(kind)))
            left -= len(line)
            file.write((line if left >= 0 else "null") + "\n")
            file.flush()
            if left < 0:
                break
    os._exit(0)


def started(script: str) -> Any:
    """Import a script, have it load its model, and return what scores."""
    module = load(script)
    if getattr(module, "AMLResponse", module) is None:  # Azure's server is not here, by which a script refuses requests
        module.AMLResponse = AMLResponse
    function_of(module, "init")()
    return scorer_of(module)


def answer(score: Any, request: str, is_batch: bool) -> dict[str, Any]:
    """Return what a request is answered, and how long that took."""
    start = perf_counter()
    try:
        given: Any = rows_of(score, request) if is_batch else score(request)
        if type(given).__name__ == "AMLResponse":  # how a script refuses a request, with status 400
            raise RefusalError(message_of(given.get_data(as_text=True)))
        body = encoded(given)
    except RefusalError as error:
        return {"error": [REFUSED, str(error)[:1000]], "seconds": perf_counter() - start}
    except Exception as error:
        return {"error": [type(error).__name__, str(error)[:1000]], "seconds": perf_counter() - start}
    return {"body": body, "seconds": perf_counter() - start}


def rows_of(score: Any, body: str) -> dict[str, Any]:
    """Return the scored rows of a file, by columns. RefusalError: it has none, as one that is refused."""
    Path("rows.json").write_text(body, encoding="utf-8")
    frame = score([str(Path("rows.json").absolute())])
    if not len(frame.columns):
        raise RefusalError("the file is refused; the log says why")
    columns = {str(name): frame[name].tolist() for name in frame}
    found: dict[str, Any] = json.loads(json.dumps(columns, default=str))
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
