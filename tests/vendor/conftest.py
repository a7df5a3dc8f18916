"""Fixtures of the vendor tests, which run only when they are asked for: ``pytest tests/vendor``.

They need the designer's own packages, gigabytes of them, so a plain ``pytest`` leaves them out, and says so.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from .runtimes import Models, cache_folder, selected_kinds

_HERE = Path(__file__).parent


def _asked_for(config: pytest.Config) -> bool:
    """Say whether the command line names this folder or something in it."""
    named = (config.invocation_params.dir / argument.partition("::")[0] for argument in config.args)
    return any(path.resolve().is_relative_to(_HERE) for path in named)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse settings that make no sense, before anything runs."""
    if _asked_for(config):
        selected_kinds()
        cache_folder()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the tests out unless they are asked for."""
    return None if _asked_for(config) or not collection_path.is_relative_to(_HERE) else True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say that the tests were left out."""
    if not _asked_for(config):
        terminalreporter.write_line("tests/vendor: not run; `pytest tests/vendor` tests on the designer's own runtimes")


def pytest_report_header(config: pytest.Config) -> str | None:
    """Name the runtimes."""
    return f"vendor runtimes: {', '.join(selected_kinds())} in {cache_folder()}" if _asked_for(config) else None


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Models]:
    """Give access to the trained models and their runtimes."""
    models = Models(tmp_path_factory.mktemp("vendor"), functools.partial(_announce, pytestconfig))
    yield models
    models.stop()


def _announce(config: pytest.Config, line: str) -> None:
    """Say something while a test runs, whose output is captured."""
    terminal = config.pluginmanager.getplugin("terminalreporter")
    capture = config.pluginmanager.getplugin("capturemanager")
    if terminal and capture:
        with capture.global_and_fixture_disabled():
            terminal.write_line(f"\n{line}")
