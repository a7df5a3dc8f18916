"""The locks that travel with scoregen: what each is made for, and how. A stand-in plays uv's part."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from generator.conda.recipe import fulfils
from generator.facts.runtimes import Lock, load_runtimes, lock_path
from generator.trial import locks
from generator.trial.locks import locked, main, recipe_of_lock
from tests.support import stand_in_uv

LOCKS = load_runtimes().locks


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for uv; return where its calls are written."""
    uv, command = tmp_path / "uv", shlex.join([sys.executable, stand_in_uv.__file__])
    uv.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
    if os.name == "nt":
        uv = tmp_path / "uv.bat"
        uv.write_text(f"@{subprocess.list2cmdline([sys.executable, stand_in_uv.__file__])} %*\n")
    uv.chmod(0o755)
    monkeypatch.setattr("generator.trial.uv.uv_program", lambda: str(uv))
    monkeypatch.setenv("STAND_IN_LOG", str(tmp_path / "log"))
    return tmp_path / "log"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_each_lock_holds_what_it_is_made_for(lock: Lock) -> None:
    recipe = recipe_of_lock(lock)
    text = lock_path(lock.name).read_text(encoding="utf-8")
    assert recipe.python == lock.python
    assert fulfils(text, lock.python, recipe)
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", part) for part in re.split(r"\n(?=\w)", text) if "==" in part)


def test_a_lock_is_what_uv_resolves_for_the_recipe(log: Path) -> None:
    assert locked(recipe_of_lock(LOCKS[0])) == "made-up==1.0\n"
    find, resolve = log.read_text().splitlines()
    assert find == f"python find --system --no-python-downloads {LOCKS[0].python}"
    assert resolve.startswith(f"pip compile requirements.in --python {sys.executable} ")
    assert "--generate-hashes" in resolve


def test_only_the_locks_that_are_named_are_made(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(locks, "lock_path", lambda name: tmp_path / "locks" / f"{name}.txt")
    main([LOCKS[1].name])
    assert [path.stem for path in (tmp_path / "locks").iterdir()] == [LOCKS[1].name]
    assert capsys.readouterr().out.splitlines()[0] == f"{LOCKS[1].name} ..."
    known = load_runtimes()._replace(locks=LOCKS[:3])
    monkeypatch.setattr(locks, "load_runtimes", lambda: known)
    main([])
    assert {path.stem for path in (tmp_path / "locks").iterdir()} == {lock.name for lock in LOCKS[:3]}
