"""``python -m benchmarks.serving OLD NEW MODEL...``: converted models beside the designer's, by Azure's own server.

OLD is an environment with the designer's packages, NEW one of a converted script's ``conda_env.yaml``; both have
azmlinfsrv in their ``bin``. MODEL is a folder with a ``trained_model_outputs``, whose score.py is what the designer has
left. Both scripts are asked the same. Times are the least of several, since whatever else a machine does only adds to
them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

RESULTS = Path(__file__).with_name("serving.md")
_HEAD = "| model | same bytes | first answer, old | new | one row, old | new | ratio | 10,000 rows, old | new | ratio |"
_ROWS = 10_000
_CLIENTS = 8
_STARTED_WITHIN = 120


def main() -> int:
    """Measure, print the table, and write it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--trees", choices=("numpy", "lightgbm"), default="numpy", help="what scores boosted trees")
    parser.add_argument("--no-results", action="store_true", help="print the table only")
    given = parser.parse_args()
    lines = [_HEAD, "|---" * (_HEAD.count("|") - 1) + "|"]
    for model in given.models:
        lines.append(_line(model, given.old.absolute(), given.new.absolute(), given.trees))
        print(lines[-1], flush=True)
    if not given.no_results:
        RESULTS.write_text("\n".join([f"Measured on {_machine()}.", "", *lines, ""]), encoding="utf-8")
    return 0


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}"


def _line(model: Path, old: Path, new: Path, trees: str) -> str:
    """Return the line of a model."""
    outputs = model.absolute() / "trained_model_outputs"
    samples = json.loads((outputs / "_samples.json").read_text(encoding="utf-8"))
    bodies = [json.dumps(rows).encode() for rows in (samples[:1], samples, (samples * _ROWS)[:_ROWS])]
    with TemporaryDirectory() as name:
        made = Path(name, "converted")
        command = [sys.executable, "-m", "generator", "convert", str(outputs), "-o", str(made)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        if trees != "numpy":
            with (made / "scoregen.yaml").open("a", encoding="utf-8") as config:
                config.write(f"convert: {{trees: {trees}}}\n")
            command = [sys.executable, "-m", "generator", "generate", str(made / "scoregen.yaml")]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with _served(old, outputs / "score.py", outputs.parent, name) as before:
            answers, first_old, one_old, many_old = _measured(before, bodies)
        with _served(new, made / "score.py", made, name) as after:
            answers_new, first_new, one_new, many_new = _measured(after, bodies)
    cells = ["yes" if answers == answers_new else "no", f"{first_old:.1f} s", f"{first_new:.1f} s"]
    for before_, after_ in ((one_old, one_new), (many_old, many_new)):
        cells += [f"{before_ * 1000:.1f} ms", f"{after_ * 1000:.1f} ms", f"{after_ / before_:.2f}"]
    return f"| {model.name} | {' | '.join(cells)} |"


@contextmanager
def _served(environment: Path, script: Path, model: Path, folder: str) -> Iterator[tuple[str, float]]:
    """Serve a script, and give its address and when it was started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(environment / "bin" / "azmlinfsrv"), "--entry_script", str(script), "--model_dir", str(model)]
    path = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"  # where it looks for gunicorn
    start = time.monotonic()
    server = subprocess.Popen(
        [*command, "--port", str(port)],
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield f"http://127.0.0.1:{port}/score", start
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _measured(served: tuple[str, float], bodies: list[bytes]) -> tuple[list[bytes], float, float, float]:
    """Return the answers, the seconds to the first one, and those of a request of one row and of many."""
    url, start = served
    first = b""
    while not first:
        try:
            first = _ask(url, bodies[0])
        except OSError:
            if time.monotonic() - start > _STARTED_WITHIN:
                raise
            time.sleep(0.02)
    seconds = time.monotonic() - start
    answers = [_ask(url, body) for body in bodies]
    with ThreadPoolExecutor(_CLIENTS) as clients:
        at_once = list(clients.map(lambda body: _ask(url, body), [bodies[1]] * _CLIENTS * 4))
    if set(at_once) != {answers[1]}:
        raise RuntimeError(f"{_CLIENTS} clients at once got other answers than one")
    return answers, seconds, _least(url, bodies[0], 50), _least(url, bodies[2], 3)


def _least(url: str, body: bytes, times: int) -> float:
    """Return the seconds that the quickest of some requests takes."""

    def timed(_: int) -> float:
        start = time.perf_counter()
        _ask(url, body)
        return time.perf_counter() - start

    return min(map(timed, range(times)))


def _ask(url: str, body: bytes) -> bytes:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        answer: Any = response.read()
    return bytes(answer)


if __name__ == "__main__":
    sys.exit(main())
