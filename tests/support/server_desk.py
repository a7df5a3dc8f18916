"""A folder with a model, a script and a stand-in for Azure's inference server, to try ``scoregen serve`` on."""

from __future__ import annotations

import contextlib
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

STAND_IN = Path(__file__).parent / "stand_in_server"
SCRIPT = "def init():\n    pass\n\n\ndef run(data):\n    print('asked', flush=True)\n    return 'first ' + data\n"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Desk:
    """A folder with a model and a script, and a server for it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.python = folder / "python"
        self.python.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(STAND_IN))} exec {sys.executable} "$@"\n')
        self.python.chmod(0o755)
        Path("model/trained_model_outputs").mkdir(parents=True)
        Path("model/trained_model_outputs/_samples.json").write_text("[1]")
        Path("score.py").write_text(SCRIPT)

    def command(self, *arguments: str) -> list[str]:
        more = ["--model-dir", "model", "--python", str(self.python), "--port", str(self.port)]
        return [sys.executable, "-m", "generator", "serve", *(arguments or ("score.py",)), *more]

    @contextlib.contextmanager
    def served(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        with Path("log").open("w") as log:
            process = subprocess.Popen(
                self.command(*arguments), stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True
            )
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert line == f"score.py: answers at http://127.0.0.1:{self.port}/score (Ctrl-C ends it)\n", self.log()
            yield process
            process.send_signal(signal.SIGINT)
            process.wait(30)  # where coverage is measured, it writes what it has seen
        finally:
            process.kill()
            process.communicate()

    def log(self) -> str:
        return Path("log").read_text()

    def ask(self, body: str) -> str:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/score", body.encode())
        with urllib.request.urlopen(request, timeout=10) as response:
            return str(response.read(), "utf-8")

    def listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def desk_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Make a desk in an empty folder, and work there."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    return Desk(folder)


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
