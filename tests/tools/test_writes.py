"""Each system call of a command that writes is the last one, fails, or is interrupted: the old bytes or the new are there.

A process that has all imported already is copied for each round; strace attaches to the copy and injects the fault.
"""

from __future__ import annotations

import contextlib
import functools
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
from generator.actions.prove import converted as read_converted
from generator.actions.prove import proof_requests
from generator.cli.main import main
from generator.convert.proof import PROOF_FILE, Proof, proof_text, settings_digest
from generator.trial.answers import answers_of_script

SERVER = """\
import ctypes, os, signal, sys, traceback
from tests.support import writers

def quiet(file):
    for number in (1, 2):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)

def run(arguments):
    try:
        return writers.run(arguments)
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

TEMPORARY = re.compile(r"\.scoregen\.[0-9a-f]{12}\.[0-9a-f]{6}\.[0-9a-f]{8}\.[0-9a-f]{6}")
NOT_OF_FILES = {"brk", "madvise", "mmap", "mprotect", "munmap", "exit_group"}
OF_SPACE = {"fsync", "link", "linkat", "openat", "rename", "renameat", "renameat2", "write"}

EXAMPLE = Path(__file__).parents[2] / "examples" / "convert"
OLD = generate("module: Score Model")
REWRITE = "module: Score Model\nmode: rewrite\nparameters: {append_or_result_only: false}\n"
WRONG = OLD.replace("append_or_result_only=True", 'append_or_result_only="True"')


class Command(NamedTuple):
    """A command line, the files that it finds, and whether it makes a folder, with all that is in it at once."""

    arguments: list[str]
    there: dict[str, bytes]
    is_folder: bool = False


def texts(**there: str) -> dict[str, bytes]:
    return {name: text.encode() for name, text in there.items()}


@functools.cache
def converted() -> dict[str, bytes]:
    """Return the example's model, what it is converted to, and a proof of that, which the script says nothing of yet."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        with contextlib.redirect_stdout(None), contextlib.redirect_stderr(None):
            assert main(["convert", str(EXAMPLE), "-o", "new"]) == 0
        made = read_converted(Path("new"))
        script, requests = Path("new/score.py").resolve(), proof_requests(made.script.settings, made.model, [], 3)
        answers = answers_of_script(script, sys.executable, script.parent, requests, 60)
        proof = Proof("another", settings_digest(made.script.settings), "a test", tuple(requests), tuple(answers), {})
        Path("new", PROOF_FILE).write_bytes(proof_text(proof))
        there = {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}
        os.chdir(here)
    return there


def bundled() -> dict[str, bytes]:
    """Return a config, its bundle with older data, and the data."""
    svd = "module: Score SVD Recommender\nparameters: {prediction_kind: Item Recommendation}\n"
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        Path("scoregen.yaml").write_text(svd + "datasets: {training_data: {path: ratings.csv}}\n")
        Path("ratings.csv").write_text("old\n")
        with contextlib.redirect_stdout(None), contextlib.redirect_stderr(None):
            assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
        there = {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}
        os.chdir(here)
    return there | {"ratings.csv": b"new\n" * 100_000, "out/ratings.csv.orig": b"kept\n"}


THREE = "scripts:\n" + "".join(f"- {{module: Score Model, output: {name}.py}}\n" for name in "abc")
COMMANDS = {
    "generate": Command(
        ["generate", "scoregen.yaml"],
        texts(**{"scoregen.yaml": THREE, "a.py": OLD, "b.py": OLD}),
    ),
    "sync": Command(["sync", "scoregen.yaml"], texts(**{"scoregen.yaml": REWRITE, "score.py": OLD})),
    "rewrite": Command(["rewrite", "score.py", "--set", "append_or_result_only=false"], texts(**{"score.py": OLD})),
    "check --fix": Command(["check", "--fix", "score.py"], texts(**{"score.py": WRONG})),
    "extract -o": Command(
        ["extract", "score.py", "-o", "scoregen.yaml"], texts(**{"score.py": OLD, "scoregen.yaml": "\n"})
    ),
    "bundle --force": Command(["bundle", "scoregen.yaml", "-d", "out", "--force"], bundled()),
    "init": Command(["init", "score.py"], texts(**{"score.py": OLD})),
    "init --pre-commit": Command(
        ["init", "--pre-commit"],
        texts(**{".git/HEAD": "ref: refs/heads/main\n", ".pre-commit-config.yaml": "repos: []\n"}),
    ),
    "convert": Command(["convert", str(EXAMPLE), "-o", "new"], {}, is_folder=True),
    "prove": Command(["prove", "new"], converted()),
    "ui": Command(["ui", "score.py"], texts(**{"score.py": OLD, "scoregen.yaml": "module: Score Model\n"})),
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


def fill(folder: Path, there: dict[str, bytes]) -> None:
    """Have a folder hold these files and nothing else."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, text in there.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)


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
    assert done.left != command.there
    return done


def left_over(after: Round, clean: Round) -> set[str]:
    """Return the names of the files that should not be there."""
    return after.left.keys() - clean.left.keys()


def states(after: Round, clean: Round, command: Command) -> list[str]:
    """Return of each file that the command writes whether it is old or new. Fails if one is neither."""
    found = []
    for name, new in sorted(clean.left.items()):
        old = command.there.get(name)
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
        assert all(any(map(TEMPORARY.fullmatch, Path(left).parts)) for left in left_over(after, clean))
    files = len(states(clean, clean, command))
    each = [0, files] if command.is_folder else [*range(files + 1)]  # one after the other
    assert sorted(state.count("new") for state in seen) == each


def test_the_content_is_on_the_disk_before_it_has_its_name(clean: Round) -> None:
    written: dict[str, str] = {}  # what was done last with each file that is open for writing
    names = 0
    for line in clean.seen.splitlines():
        if made := re.match(r'openat\(\d+, "\.scoregen\.[^"]*", [^)]*O_CREAT.* = (\d+)$', line):
            written[made[1]] = "open"
        elif done := re.match(r"(write|fsync)\((\d+)", line):
            written |= {done[2]: done[1]} if done[2] in written else {}
        elif line.startswith(("rename", "link")):
            names += 1
            assert set(written.values()) <= {"fsync"}
    assert names
    assert written


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
        assert name == "exit_group" or after.code in (130, clean.code), after.printed
        assert "Traceback" not in after.printed
