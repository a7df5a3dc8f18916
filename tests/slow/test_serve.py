"""``scoregen serve``: where it listens, what it says, and what it does when a file changes.

A stand-in plays the part of Azure's inference server; ``tests/vendor`` has the real one.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from generator.cli.main import main
from tests.support.server_desk import SCRIPT, Desk, desk_in, until


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return desk_in(tmp_path, monkeypatch)


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
    [
        ("import nothing_of_that_name", "`scoregen try score.py` says why"),
        ("def init(): 1 / 0", "`scoregen try score.py` says why"),
    ],
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
    assert "`scoregen try score.py --samples FILE` runs it" in err[0]


def test_what_is_no_script_by_its_name(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    Path("notes.txt").touch()
    assert main(["serve", "notes.txt"]) == 2
    assert capsys.readouterr().err == "notes.txt: the endpoint takes a script only if its name ends in .py\n"
