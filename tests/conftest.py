"""The tests that run only when they are asked for: a plain ``pytest`` leaves them out, and says so."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["LANGUAGE"] = "en"  # whatever the locale of whoever runs them

for _number in (signal.SIGINT, getattr(signal, "SIGQUIT", signal.SIGINT)):
    if signal.getsignal(_number) == signal.SIG_IGN:  # started behind `&`: so would be all that the tests start
        signal.signal(_number, signal.SIG_DFL)

settings.register_profile("quick", max_examples=10, deadline=None)
settings.register_profile("thorough", max_examples=200, deadline=None)
settings.register_profile("scale", max_examples=10_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

_HERE = Path(__file__).parent
_LEFT_OUT = {
    "slow": "tests that take seconds each: round trips of many scripts, injected faults, scripts on trial, other processes",
    "vendor": "tests on the designer's own runtimes",
    "tools": "tests with many processes or other programs: shells, pre-commit, Azure's SDK, installed wheels, the client",
    "hostile": "tests of files made to hang or to kill",
    "differential": "tests that run scripts in many styles before and after each change",
}


def asked_for(config: pytest.Config, folder: str) -> bool:
    """Say whether the command line names a folder of tests or something in it."""
    named = (config.invocation_params.dir / argument.partition("::")[0] for argument in config.args)
    return any(path.resolve().is_relative_to(_HERE / folder) for path in named)


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep coverage out of the processes that a test starts: it imports modules, and writes what others may not."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, which is the current one, and above which git looks for no repository."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes ``-n auto`` starts: one more than can work at a time, since some tests wait."""
    return (os.cpu_count() or 1) + 1


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the tests out unless they are asked for."""
    left_out = any(
        collection_path.is_relative_to(_HERE / folder) and not asked_for(config, folder) for folder in _LEFT_OUT
    )
    return True if left_out else None


def pytest_collection_finish() -> None:
    """Keep what was collected, thousands of tests that stay, from being searched for garbage again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which tests were left out."""
    for folder, what in _LEFT_OUT.items():
        if not asked_for(config, folder):
            terminalreporter.write_line(f"tests/{folder}: not run; `pytest tests/{folder}` runs {what}")
