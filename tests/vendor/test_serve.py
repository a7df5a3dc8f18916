"""``scoregen serve`` with the real server and model: eight clients at once, and nothing left when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator import generate
from tests.support.server_desk import free_port, until
from tests.tools.test_serve import processes

from .runtimes import Models, quiet_environment

CLIENTS, REQUESTS = 8, 10


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_eight_clients_at_once_and_then_killed(models: Models, tmp_path: Path, number: signal.Signals) -> None:
    model, port = models("score_svd_recommender"), free_port()
    script = tmp_path / "score.py"
    script.write_text(generate("module: Score SVD Recommender"), encoding="utf-8")
    command = [sys.executable, "-m", "generator", "serve", str(script), "--model-dir", str(model.folder)]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [*command, "--python", str(model.runtime.python), "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env=quiet_environment() | {"TMPDIR": str(tmp_path)},
            start_new_session=True,
        )
    try:
        assert server.stdout
        assert "answers at" in server.stdout.readline(), (tmp_path / "log").read_text()
        ask = server.stdout.readline().replace("curl ", "curl --silent --show-error ")
        with ThreadPoolExecutor(CLIENTS) as pool:
            answers = set(pool.map(lambda _: os.popen(ask).read(), range(CLIENTS * REQUESTS)))
        assert len(answers) == 1
        assert len(model.score(script.read_text()).body["Scored Rating"]) == len(model.rows)
        assert "Scored Rating" in answers.pop()
        server.send_signal(number)
        server.wait(20)
        until(lambda: processes(port) == [])
    finally:
        server.kill()
        server.communicate()
