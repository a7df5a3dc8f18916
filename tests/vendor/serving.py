"""Azure's inference server, serving a script with a model of the runtime that it is installed in."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from .runtimes import Model, quiet_environment

LONGEST_START = 120

ON_LOOPBACK = (
    "from azureml_inference_server_http import amlserver; amlserver.DEFAULT_HOST = '127.0.0.1'; amlserver.run()"
)
"""The server's own program, which listens on all interfaces unless it is told otherwise."""


@contextlib.contextmanager
def served(model: Model, script: Path, log: Path) -> Iterator[str]:
    """Serve a script with a model's runtime, and yield where; what the server prints goes to the log."""
    with serving(model.runtime.python, script, model.folder, log) as address:
        yield address


@contextlib.contextmanager
def serving(python: Path, script: Path, model_dir: Path, log: Path) -> Iterator[str]:
    """Serve a script on this machine alone, and yield where; what the server prints goes to the log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(python), "-c", ON_LOOPBACK, "--entry_script", str(script)]
    with log.open("w") as printed:
        server = subprocess.Popen(
            [*command, "--model_dir", str(model_dir), "--port", str(port)],
            stdout=printed,
            stderr=printed,
            cwd=script.parent,
            env=quiet_environment() | {"TMPDIR": str(log.parent)},
            start_new_session=True,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + LONGEST_START
        while True:
            with contextlib.suppress(OSError):  # while it starts
                urllib.request.urlopen(address, timeout=LONGEST_START).close()
                break
            if server.poll() is not None or time.monotonic() > until:
                raise AssertionError(log.read_text(errors="replace")[-2000:])
            time.sleep(0.2)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
