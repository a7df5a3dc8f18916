"""Runs in the interpreter of a trial: takes an entry script through requests, as the endpoint does.

    child.py SCRIPT REQUESTS EVENTS TRACE SECONDS [MEGABYTES]

REQUESTS holds, as a JSON list, what run() is given each time: the body of a request, or the files that a batch endpoint
hands over. All that happens is told in EVENTS, one JSON object on each line, when it happens, so that it is known even
if the process ends there. Where the script is when it crashes, or when the SECONDS are over, goes to TRACE. With
MEGABYTES no process may ask for more memory.

This file is never imported by scoregen; it needs nothing but Python 3.8.
"""

from __future__ import annotations

import faulthandler
import importlib.util
import inspect
import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

_MOST_FRAMES = 10
_LONGEST = 10_000
_LONGEST_ANSWER = 25_000_000  # characters


class UnfitError(Exception):
    """The endpoint would refuse the script; the message says why.

    ``said`` is the message with placeholders and their values, with which scoregen says it in another language.
    """

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message.format(**values))
        self.said = [message, values]


def main(script: str, requests: str, events: str, trace: str, seconds: str, megabytes: str = "") -> None:
    """Take the script through its stages, and end the process without waiting for what the script has left behind."""
    process = os.getpid()
    if megabytes:
        limit_memory(int(megabytes) * 1_000_000)

    def tell(**event: Any) -> None:
        if os.getpid() != process:  # a copy of the process, which the script has made and let go on
            os._exit(0)
        with Path(events).open("a", encoding="utf-8") as file:
            file.write(json.dumps(event) + "\n")

    def step(stage: str, do: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        tell(stage=stage, **more)
        start = perf_counter()
        result = do(*arguments)
        tell(seconds=perf_counter() - start)
        return result

    all_given = json.loads(Path(requests).read_text(encoding="utf-8"))
    places = Path(trace).open("w", encoding="utf-8")  # noqa: SIM115 (the last to be closed)
    faulthandler.enable(places, all_threads=False)
    faulthandler.dump_traceback_later(float(seconds), file=places)
    try:
        module = step("import", load, script)
        step("init", function_of(module, "init"))
        run = scorer_of(module)
        for number, given in enumerate(all_given):
            try:
                answer = step("run", run, given, request=number)
                response = step("response", encoded if isinstance(given, str) else encoded_rows, answer)
                if len(response) > _LONGEST_ANSWER:
                    most = _LONGEST_ANSWER // 1_000_000
                    raise UnfitError("the answer has more than {most} MB: send fewer rows at once", most=most)
                tell(response=response, status=getattr(answer, "status_code", 200))
            except Exception as error:  # the endpoint goes on with the next request
                tell(error=described(error, script))
    except BaseException as error:
        tell(error=described(error, script))
    os._exit(0)


def limit_memory(most: int) -> None:
    """Have this process, and each that it starts, ask for no more bytes of memory; Windows has no such limit."""
    if sys.platform == "win32":
        return
    import resource  # there is none on Windows

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def load(script: str) -> Any:
    """Import the script as the endpoint does: from its path, its folder last among those of modules."""
    own = 0 if sys.flags.isolated else 1  # the folder of this file comes first, but for an embeddable Python of Windows
    sys.path[:] = [*sys.path[own:], str(Path(script).parent)]
    sys.argv[:] = [script]
    spec = importlib.util.spec_from_file_location("entry_module", script)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("init", "run"):
        function_of(module, name)
    return module


def function_of(module: Any, name: str) -> Any:
    """Return one of the two functions that the endpoint calls."""
    function = getattr(module, name, None)
    if not callable(function):
        raise UnfitError("there is no function {name}(), which the endpoint calls", name=name)
    return function


def scorer_of(module: Any) -> Callable[[Any], Any]:
    """Return what takes the request: run(), with the headers if it asks for them.

    One whose decorators describe its requests is given what these hold by the names of its arguments.
    """
    run: Callable[..., Any] = function_of(module, "run")
    names = set(inspect.signature(run).parameters)
    headers: dict[str, Any] = {"request_headers": {}} if "request_headers" in names else {}
    schemas = sys.modules.get("inference_schema.schema_util")
    if schemas and schemas.is_schema_decorated(run):
        return lambda given: run(
            **{name: value for name, value in json.loads(given).items() if name in names}, **headers
        )
    return (lambda given: run(given, **headers)) if headers else run


def encoded(answer: Any) -> str:
    """Return the response's body, as the endpoint makes it of what run() returns.

    A response of the server's own kind, with a status and a text, is sent as it is.
    """
    if hasattr(answer, "status_code") and hasattr(answer, "get_data"):
        text: str = answer.get_data(as_text=True)
        return text
    return json.dumps({} if answer is None else answer)


def encoded_rows(answer: Any) -> str:
    """Return as JSON what run() returns to a batch endpoint: a DataFrame, or a list whose items it writes as text."""
    if hasattr(answer, "to_json"):
        frame = json.loads(answer.to_json(orient="split", date_format="iso", default_handler=str))
        return json.dumps({"columns": list(map(str, frame["columns"])), "result": frame["data"]})
    if isinstance(answer, list):
        return json.dumps({"item": list(map(str, answer))})
    raise UnfitError("run() returns {kind}, neither a DataFrame nor a list", kind=type(answer).__name__)


def described(error: BaseException, script: str) -> dict[str, Any]:
    """Return what is to be told of an error: in the script's own lines, innermost last, and as a whole."""
    summary = traceback.extract_tb(error.__traceback__)
    frames = [(frame.lineno, frame.name, frame.line or "") for frame in summary if frame.filename == script]
    if isinstance(error, SyntaxError) and error.filename == script:
        frames.append((error.lineno or 1, "", (error.text or "").strip()))
    said = error.said if isinstance(error, UnfitError) else None
    try:
        message = str(error)
        whole = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    except Exception as another:  # an exception that cannot say what it is
        silent = UnfitError("(its message fails with {kind})", kind=type(another).__name__)
        message, whole, said = str(silent), "", silent.said
    return {
        "type": type(error).__name__,
        "message": message[:_LONGEST],
        "frames": frames[-_MOST_FRAMES:],
        "traceback": whole[-_LONGEST:],
        "said": said,
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
