"""Ended is ended: after a signal at any moment no process goes on, nothing is written, and the next run tidies up."""

from __future__ import annotations

import contextlib
import functools
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator import generate

SIGNALS = ("TERM", "HUP", "INT", "QUIT", "KILL")
MOMENTS = 20  # of each signal in each of two commands
FILES = 3000
PATIENCE = 2  # seconds, after which nothing may run or be written
SVD = {"module": "score_svd_recommender", "parameters": {"prediction_kind": "ItemRecommendation"}}
OLD = generate(SVD)
COUNT = "max_recommended_item_count"
_ROOT = Path(__file__).parents[2]
_SPIN = "import time\ndef init():\n    time.sleep(60)\ndef run(data):\n    return data\n"
_TRIES = f"""
import sys
from generator.cli.main import program
from generator.files.folder import temporary_folder
from generator.trial.process import Trial, attempt
from generator.ui import app
from generator.ui.answer import Answer

def tries(*_):
    with temporary_folder() as folder:
        script = folder / "score.py"
        script.write_text({_SPIN!r})
        attempt(Trial(str(script), sys.executable, str(folder), ["[]"], 60))
    return Answer("it has ended")

app.answer = tries
program()
"""
_OTHER = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"


class Ended(NamedTuple):
    """How a command ended by a signal: its exit code, and which processes were left in the end."""

    code: int
    left: set[int]


def of_session(session: int) -> set[int]:
    """Return the processes of a session that have not ended."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                state, _, _, its = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            except OSError:
                continue
            if int(its) == session and state != "Z":
                found.add(int(entry.name))
    return found


def line_of(process: int) -> bytes:
    """Return the command line of a process, if it is still there."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def end(
    arguments: list[str],
    folder: Path,
    name: str,
    moment: Callable[[subprocess.Popen[bytes]], None],
    output: int = subprocess.DEVNULL,
    program: tuple[str, str] = ("-m", "generator"),
) -> Ended:
    """Run a command in a folder, end it by a signal at a moment, and look what is left 2 seconds later."""
    process = subprocess.Popen(
        [sys.executable, *program, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output if output == subprocess.PIPE else subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(_ROOT), "TMPDIR": str(folder.parent)},
        start_new_session=True,
    )
    moment(process)
    process.send_signal(getattr(signal, f"SIG{name}"))
    code = process.wait(10)
    assert process.stderr is None or b"Traceback" not in process.stderr.read()
    until = time.monotonic() + PATIENCE
    while (left := of_session(process.pid)) and time.monotonic() < until:
        time.sleep(0.02)
    for number in left:
        os.kill(number, signal.SIGKILL)
    return Ended(code, left)


def has_begun(path: Path, mark: bytes, process: subprocess.Popen[bytes]) -> None:
    """Wait until a file has been written, and a little longer."""
    until = time.monotonic() + 5
    while mark not in path.read_bytes() and time.monotonic() < until and process.poll() is None:
        time.sleep(0.01)
    time.sleep(random.Random(mark).uniform(0, 0.3))


def expected(name: str) -> set[int]:
    """Return the exit codes that a signal may bring: its own, and that of a command that was done before."""
    number = getattr(signal, f"SIG{name}")
    return {128 + number, -number, 0, 1}


def leftovers(folder: Path) -> set[str]:
    return {path.name for path in [*folder.iterdir(), *folder.parent.iterdir()] if path.name[:10] in (".scoregen.",)}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("above") / "many"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"s{number}.py").write_text(OLD)
    return folder


@pytest.fixture
def moments() -> Iterator[Callable[[subprocess.Popen[bytes]], None]]:
    chance = random.Random(7)
    yield lambda _: time.sleep(chance.uniform(0.05, 1.2))


@pytest.mark.parametrize("name", SIGNALS)
def test_a_check_of_many_files(name: str, many: Path, moments: Callable[[subprocess.Popen[bytes]], None]) -> None:
    for _ in range(MOMENTS):
        ended = end(["check", "."], many, name, moments)
        assert ended.left == set()
        assert ended.code in expected(name)


@pytest.mark.parametrize("name", SIGNALS)
def test_a_rewrite_of_many_files(name: str, many: Path, moments: Callable[[subprocess.Popen[bytes]], None]) -> None:
    """Each file is the old one or the new one, and what a killed run has left is removed by the next."""
    changed = 0
    for number in range(MOMENTS):
        count = 1000 * (1 + SIGNALS.index(name)) + number
        names = [f"s{place}.py" for place in range(FILES)]
        first = functools.partial(has_begun, many / "s0.py", f"{COUNT}={count}".encode())
        moment = first if number % 2 else moments
        ended = end(["rewrite", *names, "--set", f"{COUNT}={count}"], many, name, moment)
        assert ended.left == set()
        assert ended.code in expected(name)
        assert name == "KILL" or leftovers(many) == set()
        changed += sum(f"{COUNT}={count}".encode() in (many / path).read_bytes() for path in names[:: FILES // 30])
    assert changed
    assert all((many / f"s{place}.py").read_text().endswith(OLD[-100:]) for place in range(FILES))
    replaced = ["rewrite", "s0.py", "--set", f"{COUNT}={9 + SIGNALS.index(name)}"]
    assert subprocess.run([sys.executable, "-m", "generator", *replaced], cwd=many, check=False).returncode == 0
    assert leftovers(many) == set()


@pytest.mark.parametrize("name", SIGNALS)
def test_git_that_waits_for_ever(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / "score.py").write_text(OLD)
    os.mkfifo(folder / ".gitignore")

    def waits(process: subprocess.Popen[bytes]) -> None:
        """Wait until git has begun to read the pipe."""
        until = time.monotonic() + 4
        while not any(b"--others" in line_of(number) for number in of_session(process.pid)):
            assert time.monotonic() < until
            time.sleep(0.01)
        time.sleep(0.2)

    ended = end(["check", "."], folder, name, waits)
    assert ended.left == set()
    assert ended.code in expected(name) - {0, 1}


def test_git_that_waits_for_ever_is_not_waited_for(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "score.py").write_text(OLD.replace("recommended_item_selection=", "recommended_item_selecton="))
    os.mkfifo(tmp_path / ".gitignore")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "check", "."],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        timeout=12,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "score.py" in done.stdout


@pytest.mark.parametrize("name", SIGNALS)
def test_a_script_under_trial(name: str, tmp_path: Path) -> None:
    """It ends with all that it has started, and the next trial takes away what this one had to leave."""
    model = tmp_path / "work" / "trained_model_outputs"
    model.mkdir(parents=True)
    (model / "_samples.json").write_text("[{}]")
    script = tmp_path / "work" / "score.py"
    script.write_text(_OTHER + _SPIN)
    arguments = ["try", "score.py", "--model-dir", ".", "--python", sys.executable]

    def runs(process: subprocess.Popen[bytes]) -> None:
        """Wait until the script has been at work for a while."""
        time.sleep(1.5)
        assert process.poll() is None

    before = of_others(script)
    ended = end(arguments, script.parent, name, runs)
    assert ended.code in expected(name) - {0}
    until = time.monotonic() + PATIENCE
    while of_others(script) > before and time.monotonic() < until:
        time.sleep(0.02)
    assert of_others(script) == before
    left = [path.name for path in tmp_path.iterdir() if path.name.startswith("scoregen.")]
    assert len(left) == (name == "KILL")
    script.write_text("def init():\n    pass\ndef run(data):\n    return data\n")
    again = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=script.parent,
        env=os.environ | {"PYTHONPATH": str(_ROOT), "TMPDIR": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert again.returncode == 0, again.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["work"]


def of_others(script: Path) -> set[int]:
    """Return the processes that have to do with a script under trial, in whatever session they are."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                line = (entry / "cmdline").read_bytes()
                environment = (entry / "environ").read_bytes()
            except OSError:
                continue
            if str(script).encode() in line or f"AZUREML_MODEL_DIR={script.parent}".encode() in environment:
                found.add(int(entry.name))
    return found


def address_of(process: subprocess.Popen[bytes]) -> str:
    """Return what the server of the page prints first."""
    assert process.stdout
    return process.stdout.readline().decode().strip()


@pytest.mark.parametrize("name", SIGNALS)
def test_a_page_with_files_that_were_sent(name: str, tmp_path: Path) -> None:
    """What a browser has sent is taken away at the end; by the next start, where this one could not."""
    home = tmp_path / "home"
    home.mkdir()

    def left() -> list[Path]:
        return [path for path in tmp_path.rglob("*") if path.name == "score.py"]

    def sends(process: subprocess.Popen[bytes]) -> None:
        """Wait for the page, and send it a script."""
        address = address_of(process)
        parts = f'--x\r\nContent-Disposition: form-data; name="files"; filename="score.py"\r\n\r\n{OLD}\r\n--x--\r\n'
        headers = {"Content-Type": "multipart/form-data; boundary=x", "Origin": address.rsplit("/", 2)[0]}
        with urllib.request.urlopen(urllib.request.Request(f"{address}open", parts.encode(), headers), timeout=20):
            assert left()

    def starts(process: subprocess.Popen[bytes]) -> None:
        assert address_of(process)

    ended = end(["ui", "--no-browser"], home, name, sends, subprocess.PIPE)
    assert ended.left == set()
    assert ended.code in expected(name)
    assert bool(left()) == (name == "KILL")
    end(["ui", "--no-browser"], home, "INT", starts, subprocess.PIPE)
    assert left() == []


@pytest.mark.parametrize("name", ["TERM", "INT"])
def test_a_page_whose_script_is_tried(name: str, tmp_path: Path) -> None:
    """The script ends with the page, and nothing of it is left."""
    model = tmp_path / "work" / "trained_model_outputs"
    shutil.copytree(_ROOT / "examples" / "convert" / "trained_model_outputs", model)
    (model / "score.py").write_text(generate({"module": "score_model"}))
    before = {path.name for path in tmp_path.iterdir()}

    def asks(process: subprocess.Popen[bytes]) -> None:
        """Try a request, and wait until its script runs."""
        address = address_of(process)
        with urllib.request.urlopen(address, timeout=20) as page:
            work = page.geturl().partition("?")[0]
        headers = {"Origin": address.rsplit("/", 2)[0], "Content-Type": "application/x-www-form-urlencoded"}
        request = urllib.request.Request(f"{work}/try", b"body=[]", headers)
        threading.Thread(target=_until_the_end, args=(request,), daemon=True).start()
        until = time.monotonic() + 10
        while not of_others(tmp_path / "scoregen.") and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.3)

    ended = end(
        ["ui", "trained_model_outputs", "--no-browser"], model.parent, name, asks, subprocess.PIPE, ("-c", _TRIES)
    )
    assert ended.code in expected(name)
    assert {path.name for path in tmp_path.iterdir()} == before
    assert of_others(tmp_path) == set()


def _until_the_end(request: urllib.request.Request) -> None:
    with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=20):
        pass
