"""``scoregen serve``: where it listens, what it says, and that nothing of it is left however it ends.

A stand-in plays the part of Azure's inference server; ``tests/vendor`` has the real one.
"""

from __future__ import annotations

import contextlib
import os
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

from generator.cli.main import main

STAND_IN = Path(__file__).parents[1] / "support" / "stand_in_server"
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


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    return Desk(tmp_path)


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def processes(port: int) -> list[int]:
    """Return the processes whose command line names the port."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"--port\0{port}".encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return found


def test_it_answers_on_this_machine_alone_and_says_what_is_logged(desk: Desk) -> None:
    with desk.served() as process:
        assert process.stdout
        curl = process.stdout.readline()
        example = '"@model/trained_model_outputs/_samples.json"'
        json_type = '-H "Content-Type: application/json"'
        assert curl == f"curl http://127.0.0.1:{desk.port}/score {json_type} --data-binary {example}\n"
        assert desk.ask("[1]") == "first [1]"
        until(lambda: "\nasked\n" in desk.log())
        assert "a banner" not in desk.log()
        listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        assert f"0100007F:{desk.port:04X}" in listening
        assert f"00000000:{desk.port:04X}" not in listening


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGKILL])
@pytest.mark.parametrize("whom", ["scoregen", "guard"])
def test_nothing_is_left_however_it_ends(desk: Desk, number: signal.Signals, whom: str) -> None:
    if signal.getsignal(number) == signal.SIG_IGN:
        pytest.skip(f"{number.name} is ignored by the program that runs the tests")
    with desk.served() as process:
        started = processes(desk.port)
        assert len(started) >= 3  # scoregen, the guard, the master and its worker
        guard = next(pid for pid in started if b"guard.py" in Path(f"/proc/{pid}/cmdline").read_bytes())
        os.kill(process.pid if whom == "scoregen" else guard, number)
        if whom == "scoregen":
            code = process.wait(10)
            assert code == {signal.SIGINT: 0, signal.SIGTERM: 143, signal.SIGHUP: 129}.get(number, -number)
        until(lambda: not desk.listens())
        until(lambda: set(processes(desk.port)) <= {process.pid})


def test_a_change_starts_it_again(desk: Desk) -> None:
    with desk.served("score.py", "--watch") as process:
        assert desk.ask("x") == "first x"
        Path("score.py").write_text("raise ValueError('half saved')\n")
        until(lambda: "the server does not start" in desk.log())
        assert process.poll() is None
        Path("score.py").write_text(SCRIPT.replace("first", "second"))
        until(lambda: desk.listens() and desk.ask("x") == "second x")


def test_a_change_of_the_config_writes_the_script(desk: Desk) -> None:
    Path("scoregen.yaml").write_text("module: Score Model\n")
    with desk.served("scoregen.yaml", "--watch"):
        Path("scoregen.yaml").write_text("module: Score Modell\n")
        until(lambda: "scoregen.yaml:1:1: " in desk.log())
        assert Path("score.py").read_text() == SCRIPT
        Path("scoregen.yaml").write_text("module: Score Vowpal Wabbit Model\n")
        until(lambda: "score.py:" in desk.log().partition("scoregen.yaml:1:1: ")[2])


def said(desk: Desk, *arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = main(desk.command(*arguments)[3:])
    return code, capsys.readouterr().err.splitlines()


def test_a_port_that_is_taken(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", desk.port))
        other.listen()
        code, err = said(desk, capsys=capsys)
    assert (code, err) == (
        2,
        [f"score.py: port {desk.port} cannot be used: Address already in use: --port names another"],
    )


@pytest.mark.parametrize(
    ("script", "words"),
    [("import nothing_of_that_name", "`scoregen try` says why"), ("def init(): 1 / 0", "`scoregen try` says why")],
)
def test_a_script_that_does_not_start(desk: Desk, script: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("score.py").write_text(script)
    code, err = said(desk, capsys=capsys)
    assert code == 1
    assert err[-1] == f"score.py: the server does not start: {words}"
    assert any(line.startswith("| ") and "Error" in line for line in err)


def test_without_the_server(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.python.unlink()
    desk.python.symlink_to(sys.executable)
    code, err = said(desk, capsys=capsys)
    assert code == 1
    assert err[-1].endswith("lacks azureml-inference-server-http: `pip` brings it, or --runtime")


def test_a_batch_script_has_no_server(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    Path("score.py").write_text("def init(): pass\n\n\ndef run(mini_batch): pass\n")
    code, err = said(desk, capsys=capsys)
    assert code == 2
    assert "`scoregen try --samples FILE` runs it" in err[0]
