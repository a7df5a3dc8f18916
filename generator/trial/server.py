"""Azure's inference server, the one that runs on endpoints, for a script on this machine alone."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from generator.files import windows
from generator.findings import UsageError
from generator.translations.language import say
from generator.trial.guarded_process import end, start
from generator.trial.process import environment

HOST = "127.0.0.1"
PORT = 5001  # the server's own choice
PACKAGE = "azureml-inference-server-http"
_PROGRAM = (  # left to itself, it listens on every network
    "from azureml_inference_server_http import amlserver; amlserver.DEFAULT_HOST = '127.0.0.1'; amlserver.run()"
)
_PAUSE = 0.2  # seconds between two looks
_KEPT = 40  # lines of its log
_LONGEST_LINE = 1 << 16  # bytes: a script may print without end, and no line break


class Service(NamedTuple):
    """What is to be served: absolute paths, and the port."""

    script: str
    python: str
    model_dir: str
    port: int

    @property
    def address(self) -> str:
        """Where requests are to be sent."""
        return f"http://{HOST}:{self.port}/score"


def check_port(port: int) -> None:
    """Raise UsageError if another program listens on a port of this machine."""
    with socket.socket() as probe:
        if windows.SYSTEM != "nt":  # there it would take the port of a program that listens
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that is closing is no hindrance
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise UsageError(
                say("port {port} cannot be used: {reason}: --port names another", port=port, reason=error.strerror)
            ) from None


class Server:
    """A server that has been started, with all its processes. ``lines`` has the last that it has printed."""

    def __init__(self, service: Service, folder: Path, say: Callable[[str], object]) -> None:
        """Start it in an empty folder; each line that it prints, once it is ready, goes to ``say``. Raises OSError."""
        arguments = ["--entry_script", service.script, "--model_dir", service.model_dir, "--port", str(service.port)]
        command = [service.python, "-c", _PROGRAM, *arguments]
        self.lines: deque[str] = deque(maxlen=_KEPT)
        self._service = service
        self._say = say
        self._is_ready = False
        self._process = start(command, folder, environment(os.environ, service.model_dir))
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def has_ended(self) -> bool:
        """Whether it has ended by itself."""
        return self._process.poll() is not None

    def wait_until_ready(self) -> bool:
        """Wait until it answers, and say whether it does: it has ended if not."""
        while not self.has_ended:
            if self._answers():
                self._is_ready = True
                return True
            time.sleep(_PAUSE)
        self._reader.join(1)
        return False

    def end(self) -> None:
        """End it with all its processes."""
        end(self._process)
        self._reader.join(1)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self._service.port, timeout=_PAUSE * 5)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/")
            return connection.getresponse().status == http.client.OK
        return False

    def _read(self) -> None:
        process: subprocess.Popen[bytes] = self._process
        pipe = process.stdout
        assert pipe
        for line in iter(lambda: pipe.readline(_LONGEST_LINE), b""):
            text = line.decode("utf-8", "backslashreplace").rstrip()
            self.lines.append(text)
            if self._is_ready:
                self._say(text)
