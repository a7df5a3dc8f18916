"""Random trees of odd entries: each is walked to its end, what is good in it is found, and nothing is changed outside."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import generate
from generator.cli.main import main

ASKED = "SCOREGEN_TREES"
TREES = int(os.environ.get(ASKED, "100"))
"""How many trees are walked: as many as take 20 seconds on an idle machine; SCOREGEN_TREES=10000 walks more."""
FIRST = int(os.environ.get("SCOREGEN_TREES_FROM", "0"))
"""The first of their seeds: SCOREGEN_TREES_FROM=50000 walks others."""
LONGEST = 20  # seconds for one tree
GOOD = generate({"module": "score_svd_recommender", "parameters": {"prediction_kind": "ItemRecommendation"}})
BAD = GOOD.replace("recommended_item_selection=", "recommended_item_selecton=").encode()
CONFIG = b"module: Score Model\n"
NAMES = [
    "a",
    "B",
    "con",
    "a b",
    "-r",
    "é",
    "e\u0301",
    "\u202e",
    "\x1b[31m",
    "a\nb",
    "::error::x",
    "##vso[x]",
    "~",
    "*",
    "'",
    '"',
]
NAMES += [
    "\udcff",
    "x" * 200,
    ".git",
    ".GIT",
    "node_modules",
    "__pycache__",
    "scoregen",
    "score",
    "%",
    "$HOME",
    "a\\b",
    "a:b",
    " ",
]
ENDS = [".py", ".py", ".yaml", ".scoregen.yaml", ".scoregen.yml", "", ".py ", ".PY"]
TARGETS = [
    ".",
    "..",
    "../outside",
    "../outside/other.py",
    "nowhere",
    "/dev/zero",
    "/",
    "own.py",
    "x" * 300,
    "own.py/x",
    "\n",
]


def _file(chance: random.Random, path: Path) -> None:
    content = chance.choice([BAD, CONFIG, GOOD.encode(), b"", b"\xff\x00", b"- [\n", BAD[:500]])
    with path.open("xb") as file:
        file.write(content)
    path.chmod(chance.choice([0o644, 0o644, 0o600, 0o444, 0o000, 0o777]))


def _folder(chance: random.Random, path: Path) -> None:
    path.mkdir()
    if chance.random() < 0.1:
        (path / "pyvenv.cfg").touch()


def _chain(chance: random.Random, path: Path) -> None:
    """Make folders one in another, until the path is longer than the system takes."""
    here = os.open(path.parent, os.O_RDONLY)
    try:
        name = path.name
        for _ in range(chance.choice([20, 200, 1200])):
            os.mkdir(name, dir_fd=here)
            inner = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here, name = inner, "deep"
        os.close(os.open("s.py", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    finally:
        os.close(here)


def _socket(_: random.Random, path: Path) -> None:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as made:  # a path may be too long for one
        made.bind(str(path))


MAKERS: list[tuple[int, Callable[[random.Random, Path], object]]] = [
    (8, _file),
    (6, _folder),
    (4, lambda chance, path: path.symlink_to(chance.choice(TARGETS))),
    (1, lambda _, path: path.symlink_to(path.name)),
    (1, lambda _, path: os.mkfifo(path)),
    (1, _socket),
    (1, _chain),
]


def grow(chance: random.Random, root: Path) -> None:
    """Fill a folder at random."""
    folders = [root]
    for _ in range(chance.randrange(3, 25)):
        path = chance.choice(folders) / (chance.choice(NAMES) + chance.choice(ENDS))
        (make,) = chance.choices([maker for _, maker in MAKERS], [weight for weight, _ in MAKERS])
        with contextlib.suppress(FileExistsError, ValueError, OSError):
            make(chance, path)
            if path.is_dir() and not path.is_symlink():
                folders.append(path)


@contextlib.contextmanager
def in_time(seconds: int) -> Iterator[None]:
    def late(*_: object) -> None:
        raise AssertionError("it does not come to an end")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    yield tmp_path
    os.chdir("/")
    subprocess.run(["rm", "-rf", "--", str(tmp_path)], check=True)  # pytest cannot take away what is very deep


def test_random_trees(place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    outside = place / "outside" / "other.py"
    outside.parent.mkdir()
    outside.write_bytes(BAD)
    for seed in range(FIRST, FIRST + TREES):
        chance = random.Random(seed)
        root = place / "root"
        root.mkdir()
        (root / "own.py").write_bytes(BAD)
        monkeypatch.chdir(root)
        is_repository = chance.random() < 0.3
        if is_repository:
            subprocess.run(["git", "init", "-q", "."], check=True)
        grow(chance, root)
        if is_repository and chance.random() < 0.7:
            subprocess.run(["timeout", "5", "git", "add", "-A"], capture_output=True, check=False)
        command = chance.choice([["check"], ["check", "--fix"], ["sync"], ["sync", "--check"], ["check", "--strict"]])
        with in_time(LONGEST):
            code = main([*command, "."])
        out, err = capfd.readouterr()
        told = f"seed {seed}, {command}: {code}\n{out[-2000:]}\n{err[-2000:]}"
        assert code in (0, 1, 2), told
        assert "Traceback" not in err, told
        assert "fault of scoregen" not in err, told
        assert "standard output" not in err, told
        assert all(
            line.isprintable() for line in f"{out}\n{err}".split("\n") if not line.startswith(("+", "-", " "))
        ), told
        assert not any(line.startswith(("::", "##vso")) for line in f"{out}\n{err}".splitlines()), told
        assert outside.read_bytes() == BAD, told
        assert [path.name for path in outside.parent.iterdir()] == ["other.py"], told
        if command[0] == "check":
            assert "own.py" in out, told
        if command == ["check", "--fix"]:
            assert (root / "own.py").read_text() == GOOD, told
        os.chdir(place)
        subprocess.run(["chmod", "-R", "u+rwX", str(root)], capture_output=True, check=False)
        subprocess.run(["rm", "-rf", "--", str(root)], check=True)
