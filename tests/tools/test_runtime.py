"""``scoregen runtime make``, twice at once and broken off: a runtime is made once, and is whole or not there."""

from __future__ import annotations

import contextlib
import os
import pty
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.trial.cache import runtimes
from tests.slow.test_runtime import CONDA
from tests.support import stand_in_uv

PROGRAM = """
import os, sys
import generator.trial.uv
generator.trial.uv.uv_program = lambda: os.environ["STAND_IN_UV"]
from generator.cli.main import main
sys.exit(main(["runtime", "make", "conda_env.yaml"]))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    uv = tmp_path / "uv"
    uv.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(stand_in_uv.__file__)} "$@"\n')
    uv.chmod(0o755)
    (tmp_path / "conda_env.yaml").write_text(CONDA)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("STAND_IN_LOG", str(tmp_path / "uv.log"))
    monkeypatch.setenv("STAND_IN_UV", str(uv))
    return tmp_path


def installed() -> int:
    """Return how often packages were installed."""
    log = Path(os.environ["STAND_IN_LOG"])
    return log.read_text().count("pip install") if log.exists() else 0


def start(**environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_two_at_once_share_one(folder: Path) -> None:
    first = start(STAND_IN_WAITS=str(folder / "go"))
    until(installed)
    second = start()
    assert second.stderr
    assert "another process is making it; waiting for that" in second.stderr.readline()
    (folder / "go").touch()
    outputs = {process.communicate()[0] for process in (first, second)}
    assert (first.returncode, second.returncode, len(outputs), installed()) == (0, 0, 1, 1)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_one_that_is_broken_off_is_not_taken_for_whole(folder: Path, number: signal.Signals) -> None:
    if signal.getsignal(number) == signal.SIG_IGN:
        pytest.skip(f"{number.name} is ignored by the program that runs the tests")
    broken = start(STAND_IN_WAITS="never")
    until(installed)
    broken.send_signal(number)
    broken.communicate()
    half = list(folder.glob("cache/scoregen/runtimes/*/env/half"))
    if half:  # nobody could tidy up: what installs ends all the same
        until(lambda: not is_written(half[0]))
    assert not any(runtime.is_whole for runtime in runtimes())
    assert start().wait() == 0
    assert [runtime.is_whole for runtime in runtimes()] == [True]


def is_written(path: Path) -> bool:
    """Say whether a file is still written again and again."""
    before = path.stat().st_mtime_ns
    time.sleep(0.2)
    return path.stat().st_mtime_ns != before


ASKS = """
import os, sys
import generator.trial.uv
generator.trial.uv.uv_program = lambda: os.environ["STAND_IN_UV"]
from generator.cli.main import main
sys.exit(main(["try", "model"]))
"""


def on_a_terminal(answer: str) -> tuple[int, str]:
    """Return the exit code and the output of ``scoregen try`` on a terminal, where its question gets an answer."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-c", ASKS])
    output = b""
    with contextlib.suppress(OSError):  # so ends a terminal whose program has ended
        while chunk := os.read(terminal, 1 << 16):
            if b"[y/N]" in chunk:
                os.write(terminal, f"{answer}\n".encode())
            output += chunk
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), output.decode()


@pytest.mark.parametrize(("answer", "makes"), [("n", False), ("", False), ("y", True)])
def test_on_a_terminal_somebody_is_asked(folder: Path, answer: str, makes: bool) -> None:
    outputs = folder / "model" / "trained_model_outputs"
    outputs.mkdir(parents=True)
    (outputs / "conda_env.yaml").write_text(CONDA)
    (outputs / "_samples.json").write_text("[]")
    (outputs / "score.py").write_text("import azureml.designer\n")
    code, output = on_a_terminal(answer)
    assert "Make it? [y/N]" in output
    assert (installed() > 0) == makes
    assert code == (1 if makes else 2)  # the stand-in's Python has no azureml either
    assert ("the script imports the designer's packages" in output) == (not makes)
    assert ("installing packages ..." in output) == makes
