"""Each system call of a command that writes is the last one, fails, or is interrupted: the old bytes or the new are there.

A process that has all imported already is copied for each round; strace attaches to the copy and injects the fault.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator import generate
from generator.cli.main import main

SERVER = """\
import ctypes, os, signal, sys, traceback
from generator.cli.main import main

def quiet(file):
    for number in (1, 2):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)

def run(arguments):
    try:
        return main(arguments)
    except BaseException:
        traceback.print_exc()
        return 99

answers = os.dup(1)
warm, work, output, *arguments = sys.argv[1:]
quiet(output)
os.chdir(warm)
run(arguments)
os.chdir(work)
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        ctypes.CDLL(None).prctl(0x59616D61, -1)  # whoever is asked to trace it may
        quiet(output)
        os.kill(os.getpid(), signal.SIGSTOP)
        code = run(arguments)
        sys.stdout.flush()
        os._exit(code)
    os.waitpid(child, os.WUNTRACED)
    os.write(answers, b"%d\\n" % child)
    os.write(answers, b"%d\\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""

TEMPORARY = re.compile(r"\.scoregen\.[0-9a-f]{12}\.[0-9a-f]{6}\.[0-9a-f]{6}")
NOT_OF_FILES = {"brk", "madvise", "mmap", "mprotect", "munmap", "exit_group"}
OF_SPACE = {"fsync", "link", "linkat", "openat", "rename", "renameat", "renameat2", "write"}

OLD = generate("module: Score Model")
REWRITE = "module: Score Model\nmode: rewrite\nparameters: {append_or_result_only: false}\n"
WRONG = OLD.replace("append_or_result_only=True", 'append_or_result_only="True"')


class Command(NamedTuple):
    """A command line, and the files that it finds."""

    arguments: list[str]
    there: dict[str, str]


def bundled() -> dict[str, str]:
    """Return a config, its bundle with older data, and the data."""
    svd = "module: Score SVD Recommender\nparameters: {prediction_kind: Item Recommendation}\n"
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        Path("scoregen.yaml").write_text(svd + "datasets: {training_data: {path: ratings.csv}}\n")
        Path("ratings.csv").write_text("old\n")
        with contextlib.redirect_stdout(None), contextlib.redirect_stderr(None):
            assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
        there = {str(path): path.read_text() for path in Path().rglob("*") if path.is_file()}
        os.chdir(here)
    return there | {"ratings.csv": "new\n" * 100_000, "out/ratings.csv.orig": "kept\n"}


COMMANDS = {
    "generate": Command(
        ["generate", "scoregen.yaml"],
        {"scoregen.yaml": "scripts:\n" + "".join(f"- {{module: Score Model, output: {x}.py}}\n" for x in "abc")}
        | {"a.py": OLD, "b.py": OLD},
    ),
    "sync": Command(["sync", "scoregen.yaml"], {"scoregen.yaml": REWRITE, "score.py": OLD}),
    "rewrite": Command(["rewrite", "score.py", "--set", "append_or_result_only=false"], {"score.py": OLD}),
    "check --fix": Command(["check", "--fix", "score.py"], {"score.py": WRONG}),
    "extract -o": Command(["extract", "score.py", "-o", "scoregen.yaml"], {"score.py": OLD, "scoregen.yaml": "\n"}),
    "bundle --force": Command(["bundle", "scoregen.yaml", "-d", "out", "--force"], bundled()),
    "init": Command(["init", "score.py"], {"score.py": OLD}),
    "init --pre-commit": Command(
        ["init", "--pre-commit"], {".git/HEAD": "ref: refs/heads/main\n", ".pre-commit-config.yaml": "repos: []\n"}
    ),
}


class Round(NamedTuple):
    """What came of a round: the exit code (below 0: the signal), what was printed, what strace saw, and the files."""

    code: int
    printed: str
    seen: str
    left: dict[str, bytes]


Play = Callable[[str], Round]


def faults(seen: str) -> list[tuple[str, int]]:
    """Return the system calls that strace saw, each by its name and which of that name it is."""
    counts: Counter[str] = Counter()
    found = []
    for name in re.findall(r"^(\w+)\(", seen, re.M):
        counts[name] += 1
        found.append((name, counts[name]))
    return found


def fill(folder: Path, there: dict[str, str]) -> None:
    """Have a folder hold these files and nothing else."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, text in there.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextlib.contextmanager
def played(command: Command, folder: Path) -> Iterator[Play]:
    """Yield a function that runs the command with a fault in strace's words, none if empty."""
    warm, work, output, log = (folder / name for name in ("warm", "work", "output", "log"))
    fill(warm, command.there)
    fill(work, command.there)
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, *map(str, (warm, work, output)), *command.arguments],
        env=os.environ | {"PATH": ""},  # without git, init writes the same whatever fails
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )

    def play(fault: str) -> Round:
        assert server.stdin
        assert server.stdout
        fill(work, command.there)
        print(file=server.stdin, flush=True)
        child = int(server.stdout.readline())
        inject = ["-e", f"inject={fault}"] if fault else []
        strace = subprocess.Popen(["strace", "-o", log, *inject, "-p", str(child)], stderr=subprocess.PIPE, text=True)
        assert strace.stderr
        said = strace.stderr.readline()
        os.kill(child, signal.SIGCONT)
        code = int(server.stdout.readline())
        strace.communicate()
        if "attached" not in said:
            pytest.skip(f"strace may not trace here: {said}")
        return Round(code, output.read_text(), log.read_text(), contents(work))

    with server:
        yield play


@pytest.fixture(params=COMMANDS.values(), ids=list(COMMANDS))
def command(request: pytest.FixtureRequest) -> Command:
    assert isinstance(request.param, Command)
    return request.param


@pytest.fixture
def play(command: Command, tmp_path: Path) -> Iterator[Play]:
    if shutil.which("strace") is None:
        pytest.skip("there is no strace, which Debian has in the package strace")
    with played(command, tmp_path) as play:
        yield play


@pytest.fixture
def clean(play: Play, command: Command) -> Round:
    """What comes of the command when nothing goes wrong."""
    done = play("")
    assert done.code in (0, 1)
    assert done.left != {name: text.encode() for name, text in command.there.items()}
    return done


def left_over(after: Round, clean: Round) -> set[str]:
    """Return the names of the files that should not be there."""
    return after.left.keys() - clean.left.keys()


def states(after: Round, clean: Round, command: Command) -> list[str]:
    """Return of each file that the command writes whether it is old or new. Fails if one is neither."""
    found = []
    for name, new in sorted(clean.left.items()):
        old = command.there[name].encode() if name in command.there else None
        content = after.left.get(name)
        assert content in (old, new), f"{name} is neither old nor new: {content!r}"
        if old != new:
            found.append("old" if content == old else "new")
    return found


def test_killed_before_any_system_call(play: Play, clean: Round, command: Command) -> None:
    seen = set()
    for name, number in faults(clean.seen):
        after = play(f"{name}:signal=KILL:when={number}")
        seen.add(tuple(states(after, clean, command)))
        assert after.code in (-signal.SIGKILL, clean.code)
        assert all(TEMPORARY.fullmatch(Path(left).name) for left in left_over(after, clean))
    files = len(states(clean, clean, command))
    assert sorted(state.count("new") for state in seen) == [*range(files + 1)]  # one after the other


def test_the_content_is_on_the_disk_before_it_has_its_name(clean: Round) -> None:
    calls = [name for name, _ in faults(clean.seen)]
    named = min(place for place, name in enumerate(calls) if name.startswith(("rename", "link")))
    assert calls[:named].count("fsync") == len(re.findall(r"^openat\(\d+, \"\.scoregen\.", clean.seen, re.M))
    assert "write" not in calls[max(place for place, name in enumerate(calls) if name == "fsync") : named]


@pytest.mark.parametrize("error", ["EIO", "EACCES", "ENOSPC"])
def test_any_system_call_fails(error: str, play: Play, clean: Round, command: Command) -> None:
    codes = Counter[int]()
    for name, number in faults(clean.seen):
        if name in NOT_OF_FILES or (error == "ENOSPC" and name not in OF_SPACE):
            continue
        after = play(f"{name}:error={error}:when={number}")
        found = states(after, clean, command)
        assert left_over(after, clean) == set(), f"{name} {number}"
        assert after.code in (clean.code, 2), after.printed
        assert after.code == 2 or set(found) == {"new"}, f"{name} {number}"
        assert after.code != 2 or "cannot be" in after.printed, f"{name} {number}: {after.printed}"
        codes[after.code] += 1
    assert codes[2]


def test_interrupted_before_any_system_call(play: Play, clean: Round, command: Command) -> None:
    for name, number in faults(clean.seen):
        after = play(f"{name}:signal=INT:when={number}")
        states(after, clean, command)
        assert left_over(after, clean) == set(), f"{name} {number}"
        assert name == "exit_group" or after.code in (130, clean.code)
        assert "Traceback" not in after.printed
