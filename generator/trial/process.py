"""Runs the child of a trial, under a time limit, and gathers what it told before it ended."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from generator.trial.guarded import end, start, stoppable

_CHILD = Path(__file__).with_name("child.py")
_GRACE = 0.5  # seconds, in which a child that is out of time still says where it is
_KEPT = 1 << 16  # bytes of the script's output
_STAYS = "PYTHONNOUSERSITE"  # with which a user keeps other packages out


class Trial(NamedTuple):
    """What is to be run: absolute paths, what run() is given, and how many seconds all may take.

    The request is its body, or for a batch endpoint the paths of files.
    """

    script: str
    python: str
    model_dir: str
    request: str | list[str]
    timeout: float


class Frame(NamedTuple):
    """A line of the script on the way to an error: its number, the function ("" for none) and its text."""

    line: int
    function: str
    source: str


class Raised(NamedTuple):
    """The exception that a trial ended with, and the frames of it that are the script's own, innermost last."""

    type: str
    message: str
    frames: list[Frame]
    traceback: str


class Outcome(NamedTuple):
    """What came of a trial.

    ``stage`` is the last that began: import, init, run or response; "" if the child did not even start. ``seconds`` has
    those that were finished. There is a response, or an exception, or neither: then ``timed_out`` and the process's
    ``code`` (negative for a signal) say how it ended, and ``line`` where the script was, if known. ``output`` is the
    last that the process printed, unless that was echoed.
    """

    stage: str
    seconds: dict[str, float]
    response: str | None
    raised: Raised | None
    timed_out: bool
    code: int
    line: int | None
    output: bytes


def attempt(trial: Trial, echo: Callable[[bytes], object] | None = None) -> Outcome:
    """Run a script, and return what came of it; ``echo`` is called with all that it prints, as it comes.

    The process and what it has started in its group are ended in any case. Raises OSError where the interpreter cannot
    be started.
    """
    with tempfile.TemporaryDirectory(prefix="scoregen.", ignore_cleanup_errors=True) as name, stoppable():
        folder = Path(name).resolve()
        request, events, trace, work = (folder / part for part in ("request", "events", "trace", "work"))
        request.write_text(json.dumps(trial.request), encoding="utf-8")
        events.touch()
        work.mkdir()  # of its own, since the endpoint does not start in the script's folder either
        files = map(str, (request, events, trace))
        code, timed_out, output = _run(trial, [str(_CHILD), trial.script, *files, str(trial.timeout)], work, echo)
        told = _told(events.read_bytes())
        line = _line(trace.read_text(encoding="utf-8", errors="replace"), trial.script) if trace.exists() else None
    return Outcome(**told, timed_out=timed_out, code=code, line=line, output=output)


def environment(own: Mapping[str, str], model_dir: str) -> dict[str, str]:
    """Return the environment of a script: the user's, with the Python of an endpoint in place of this one's.

    What says where this interpreter has its modules would lead another astray, and the endpoint knows none of it.
    """
    kept = {name: value for name, value in own.items() if name == _STAYS or not name.startswith(("PYTHON", "__PYVENV"))}
    python = {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return {**kept, **python, "AZUREML_MODEL_DIR": model_dir}


def _run(
    trial: Trial, arguments: list[str], folder: Path, echo: Callable[[bytes], object] | None
) -> tuple[int, bool, bytes]:
    """Run the child to its end; return its exit code, whether that was the time limit, and the end of its output."""
    process = start([trial.python, *arguments], folder, environment(os.environ, trial.model_dir))
    output = bytearray()
    # A process that the script leaves behind can hold the pipe open: nobody waits for its end.
    reader = threading.Thread(target=_gather, args=(process.stdout, output, echo), daemon=True)
    reader.start()
    timed_out = False
    try:
        process.wait(trial.timeout + _GRACE)
    except subprocess.TimeoutExpired:
        timed_out = True
    finally:
        end(process)
        reader.join(_GRACE)
        if process.stdout and not reader.is_alive():
            process.stdout.close()
    return process.returncode, timed_out, bytes(output)


def _gather(pipe: IO[bytes], output: bytearray, echo: Callable[[bytes], object] | None) -> None:
    while chunk := pipe.read(_KEPT):
        if echo:
            echo(chunk)
        else:
            output += chunk
            del output[:-_KEPT]


def _told(events: bytes) -> dict[str, Any]:
    """Return what the child has told, which may break off anywhere."""
    told: dict[str, Any] = {"stage": "", "seconds": {}, "response": None, "raised": None}
    for line in events.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            break
        told["stage"] = event.get("stage", told["stage"])
        told["response"] = event.get("response")
        if "seconds" in event:
            told["seconds"][told["stage"]] = event["seconds"]
        if "error" in event:
            error = event["error"]
            told["raised"] = Raised(**error | {"frames": [Frame(*frame) for frame in error["frames"]]})
    return told


def _line(trace: str, script: str) -> int | None:
    """Return the innermost line of the script in what faulthandler wrote; the main thread stands last there."""
    printable = re.sub(r"[\0-\x1f\x7f]", lambda char: f"\\x{ord(char[0]):02x}", script)
    name = printable.encode("ascii", "backslashreplace").decode()
    for thread in reversed(re.split(r"^(?:Current t|T)hread ", trace, flags=re.M)):
        if match := re.search(rf'File "{re.escape(name)}", line (\d+)', thread):
            return int(match[1])
    return None
