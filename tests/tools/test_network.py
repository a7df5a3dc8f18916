"""No command speaks to the network, nor do the programs that it starts: strace sees no call that could."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import generate
from generator.facts.modules import tables_by_key
from tests.support.model_folders import leave_model

COMMANDS = ["check", "sync --check", "init --pre-commit", "generate scoregen.yaml", "extract score.py"]
COMMANDS += ["bundle scoregen.yaml -d out", "rewrite score.py --set append_or_result_only=false", "describe .."]
STRACE = ["strace", "-f", "-q", "-e", "trace=network", "-e", "signal=none", "-o"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    subprocess.run(["git", "init", "--quiet"], check=True)
    leave_model(tmp_path, tables_by_key()["Score Model"])
    (folder / "scoregen.yaml").write_text("module: Score Model\n")
    (folder / "score.py").write_text(generate("module: Score Model", origin="scoregen.yaml"))
    return folder


def calls(log: Path, *command: str) -> list[str]:
    """Return the calls to the network of a program and of those that it starts."""
    if shutil.which("strace") is None:
        pytest.skip("there is no strace, which Debian has in the package strace")
    done = subprocess.run([*STRACE, log, *command], capture_output=True, text=True, check=False)
    if not log.exists() or "PTRACE" in done.stderr:
        pytest.skip(f"strace may not trace here: {done.stderr}")
    assert done.returncode == 0, done.stderr
    return [line for line in log.read_text().splitlines() if "exited with" not in line]


@pytest.mark.parametrize("arguments", COMMANDS)
def test_no_command_speaks_to_the_network(arguments: str, folder: Path) -> None:
    assert calls(folder.parent / "log", sys.executable, "-m", "generator", *arguments.split()) == []


def test_who_does_is_seen(folder: Path) -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'])"
    assert any(
        "socket(AF_INET, SOCK_STREAM" in call for call in calls(folder.parent / "log", sys.executable, "-c", code)
    )
