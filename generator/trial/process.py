"""Runs the child of a trial, under a time limit, and gathers what it told before it ended."""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import re
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from generator.files.folder import temporary_folder
from generator.files.lifetime import stoppable
from generator.trial.guarded_process import end, start

CAN_LIMIT_MEMORY = importlib.util.find_spec("resource") is not None
"""Whether the system can limit what memory a process may ask for: Windows cannot."""

_CHILD = Path(__file__).with_name("child.py")
_GRACE = 2.0  # seconds, in which a child that is out of time still says where it is
_DRAINED = 0.5  # seconds, in which what it printed last is read
_PAUSE = 0.3  # seconds between two looks at what it has come to
_KEPT = 1 << 16  # bytes of the script's output
_STAYS = "PYTHONNOUSERSITE"  # with which a user keeps other packages out


class Trial(NamedTuple):
    """What is to be run: absolute paths, what run() is given each time, and how many seconds all may take.

    A request is its body, or for a batch endpoint the paths of files. ``megabytes`` are the most memory that each
    process may ask for, where CAN_LIMIT_MEMORY; None for as much as there is.
    """

    script: str
    python: str
    model_dir: str
    requests: list[str | list[str]]
    timeout: float
    megabytes: int | None = None


class Frame(NamedTuple):
    """A line of the script on the way to an error: its number, the function ("" for none) and its text."""

    line: int
    function: str
    source: str


class Raised(NamedTuple):
    """The exception that a trial ended with, and the frames of it that are the script's own, innermost last.

    ``said`` is the message as ``say`` takes it, where it is one of the child's own.
    """

    type: str
    message: str
    frames: list[Frame]
    traceback: str
    said: tuple[str, dict[str, str]] | None = None


class Outcome(NamedTuple):
    """What came of one request of a trial; of the trial, where it did not come to a request.

    ``stage`` is the last that began: import, init, run or response; "" if the child did not even start. ``seconds`` has
    those that were finished. There is a response, or an exception, or neither: then ``timed_out`` and the process's
    ``code`` (negative for a signal) say how it ended, and ``line`` where the script was, if known. ``output`` is the
    last that the process printed, unless that was echoed. ``status`` is that of the response, as HTTP has it.
    """

    stage: str
    seconds: dict[str, float]
    response: str | None
    raised: Raised | None
    timed_out: bool
    code: int
    line: int | None
    output: bytes
    status: int = 200


def attempt(
    trial: Trial, echo: Callable[[bytes], object] | None = None, tell: Callable[[str], object] | None = None
) -> list[Outcome]:
    """Run a script, and return what came of each request, as far as it came.

    ``echo`` is called with all that it prints, as it comes, ``tell`` with the stage that it has come to, now and then.
    The process and what it has started in its group are ended in any case. Raises OSError where it cannot be started.
    """
    with stoppable(), temporary_folder() as folder:
        requests, events, trace, work = (folder / part for part in ("requests", "events", "trace", "work"))
        requests.write_text(json.dumps(trial.requests), encoding="utf-8")
        events.touch()
        work.mkdir()  # of its own, since the endpoint does not start in the script's folder either
        command = [trial.python, str(_CHILD), trial.script, str(requests), str(events), str(trace), str(trial.timeout)]
        command += [] if trial.megabytes is None else [str(trial.megabytes)]
        watch = functools.partial(_tell_stage, events, tell) if tell else None
        code, timed_out, output = run_child(command, work, trial.model_dir, trial.timeout + _GRACE, echo, watch)
        told = _told(events.read_bytes())
        line = _line(trace.read_text(encoding="utf-8", errors="replace"), trial.script) if trace.exists() else None
    return [Outcome(**one, timed_out=timed_out, code=code, line=line, output=output) for one in told]


def _tell_stage(events: Path, tell: Callable[[str], object]) -> None:
    """Tell the stage that a child has come to by now."""
    tell(_told(events.read_bytes())[-1]["stage"])


def environment(own: Mapping[str, str], model_dir: str) -> dict[str, str]:
    """Return the environment of a script: the user's, with the Python of an endpoint in place of this one's.

    What says where this interpreter has its modules would lead another astray, and the endpoint knows none of it.
    """
    kept = {name: value for name, value in own.items() if name == _STAYS or not name.startswith(("PYTHON", "__PYVENV"))}
    python = {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return {**kept, **python, "AZUREML_MODEL_DIR": model_dir}


def run_child(
    command: list[str],
    folder: Path,
    model_dir: str,
    seconds: float,
    echo: Callable[[bytes], object] | None = None,
    watch: Callable[[], object] | None = None,
) -> tuple[int, bool, bytes]:
    """Run a child to its end; return its exit code, whether that was the time limit, and the end of its output.

    ``echo`` is called with what it prints, ``watch`` now and then while it runs. The process and what it has started in
    its group are ended in any case. Raises OSError where it cannot be started.
    """
    process = start(command, folder, environment(os.environ, model_dir))
    output = bytearray()
    # A process that the script leaves behind can hold the pipe open: nobody waits for its end.
    reader = threading.Thread(target=_gather, args=(process.stdout, output, echo), daemon=True)
    reader.start()
    timed_out = False
    try:
        timed_out = not _ended(process, time.monotonic() + seconds, watch)
    finally:
        end(process)
        reader.join(_DRAINED)
        if process.stdout and not reader.is_alive():
            process.stdout.close()
    return process.returncode, timed_out, bytes(output)


def _ended(process: subprocess.Popen[bytes], until: float, watch: Callable[[], object] | None) -> bool:
    """Wait for the end of a process, and say whether it came in time."""
    while (left := until - time.monotonic()) > 0:
        try:
            process.wait(min(left, _PAUSE))  # no longer: Windows hears no Ctrl-C meanwhile
            return True
        except subprocess.TimeoutExpired:
            if watch:
                watch()
    return False


def _gather(pipe: IO[bytes], output: bytearray, echo: Callable[[bytes], object] | None) -> None:
    while chunk := pipe.read(_KEPT):
        if echo:
            echo(chunk)
        else:
            output += chunk
            del output[:-_KEPT]


def _told(events: bytes) -> list[dict[str, Any]]:
    """Return what the child has told of each request; of the start alone, where it did not come to one.

    It may break off anywhere.
    """
    told: list[dict[str, Any]] = [{"stage": "", "seconds": {}, "response": None, "raised": None, "status": 200}]
    for line in events.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            break
        if "request" in event:  # each has the seconds of the start, and its own
            told.append({**told[0], "seconds": dict(told[0]["seconds"])})
        now = told[-1]
        now["stage"] = event.get("stage", now["stage"])
        if "seconds" in event:
            now["seconds"][now["stage"]] = event["seconds"]
        if "response" in event:
            now["response"], now["status"] = event["response"], event["status"]
        if "error" in event:
            error = event["error"]
            now["raised"] = Raised(**error | {"frames": [Frame(*frame) for frame in error["frames"]]})
    return told[1:] or told


def _line(trace: str, script: str) -> int | None:
    """Return the innermost line of the script in what faulthandler wrote; the main thread stands last there."""
    printable = re.sub(r"[\0-\x1f\x7f]", lambda char: f"\\x{ord(char[0]):02x}", script)
    name = printable.encode("ascii", "backslashreplace").decode()
    for thread in reversed(re.split(r"^(?:Current t|T)hread ", trace, flags=re.M)):
        if match := re.search(rf'File "{re.escape(name)}", line (\d+)', thread):
            return int(match[1])
    return None
