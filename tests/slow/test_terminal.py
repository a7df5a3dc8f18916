"""What a terminal is sent: codes as links (OSC 8) where the project has an address, and where escapes are wanted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import generate

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
WRONG = generate("module: svd").replace("RatingPrediction,", "RatingPredictions,")
PROGRAM = """
import sys
from generator.cli.main import main
from generator.report import addresses
addresses.address = lambda label: {address!r} if label == addresses.CODES else ""
sys.exit(main(["check", "score.py"]))
"""
LINK = "\x1b]8;;https://example.org/checks#sg102\x1b\\\x1b[31mSG102\x1b[0m\x1b]8;;\x1b\\"


@pytest.fixture(autouse=True)
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "score.py").write_text(WRONG)


def shown(address: str, environment: dict[str, str] | None = None, *, on_terminal: bool = True) -> str:
    """Return what a check sends to a pseudo-terminal, or else to a pipe, where the codes have an address."""
    known = {"PATH": os.environ["PATH"], "TERM": "xterm-256color"} | (environment or {})
    command = [sys.executable, "-c", PROGRAM.format(address=address)]
    if not on_terminal:
        return subprocess.run(command, env=known, capture_output=True, text=True, check=False).stdout
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, env=known, stdout=theirs, stderr=subprocess.STDOUT) as process:
        os.close(theirs)
        sent = b""
        try:
            while part := os.read(ours, 1 << 16):
                sent += part
        except OSError:  # as Linux ends what is read of a terminal that nobody has open any more
            pass
        finally:
            os.close(ours)
    assert process.returncode == 1
    return sent.decode()


def test_a_code_is_a_link_to_its_page() -> None:
    sent = shown("https://example.org/checks")
    assert LINK in sent
    assert "1 error in 1 file" in sent


def test_without_an_address_there_is_no_link() -> None:
    sent = shown("")
    assert "\x1b[31mSG102" in sent
    assert "\x1b]8" not in sent


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_who_wants_no_escapes_gets_none(environment: dict[str, str]) -> None:
    sent = shown("https://example.org/checks", environment)
    assert "SG102" in sent
    assert "\x1b" not in sent


def test_a_file_gets_no_link() -> None:
    assert "\x1b" not in shown("https://example.org/checks", on_terminal=False)
