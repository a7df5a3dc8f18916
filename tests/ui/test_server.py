"""``scoregen ui`` as a process: it says where the page is, serves it to this machine, and ends at Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from generator.cli.main import main


def test_it_prints_its_address_serves_the_page_and_ends() -> None:
    command = [sys.executable, "-m", "generator", "ui", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stderr
            address = process.stdout.readline().strip()
            assert process.stderr.readline() == "Ctrl-C ends it.\n"
            with urllib.request.urlopen(address, timeout=20) as response:
                assert "<html" in response.read().decode()
            if os.name == "nt":
                pytest.skip("on Windows a test can send Ctrl-C to itself alone")
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
            assert process.stderr.read() == ""
        finally:
            process.kill()


def test_a_port_that_cannot_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["ui", "--no-browser", "--port", str(port)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"scoregen ui: port {port} cannot be used: ")
    assert said.endswith(": name another with --port, or none\n")
    assert main(["ui", "--no-browser", "--port", "70000"]) == 2


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delitem(sys.modules, "generator.ui.server", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main(["ui"]) == 2
    assert capsys.readouterr().err == (
        'scoregen ui: the page needs the package uvicorn: it comes with the extra ui: `pip install ".[ui]"` in a clone\n'
    )
