"""``scoregen serve``: nothing of it is left however it ends.

A stand-in plays the part of Azure's inference server; ``tests/vendor`` has the real one.
"""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

import pytest

from tests.support.server_desk import Desk, desk_in, until


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return desk_in(tmp_path, monkeypatch)


def processes(port: int) -> list[int]:
    """Return the processes whose command line names the port."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"--port\0{port}".encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return found


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
            caught = {signal.SIGINT: 0, signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGQUIT: 131}
            assert code == caught.get(number, -number)
        until(lambda: not desk.listens())
        until(lambda: set(processes(desk.port)) <= {process.pid})
