"""Fixtures of the vendor tests, which run only when they are asked for: ``pytest tests/vendor``.

They need the designer's own packages, gigabytes of them, so a plain ``pytest`` leaves them out, and says so.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest

from tests.conftest import asked_for

from .runtimes import Models, cache_folder, selected_kinds


def pytest_configure(config: pytest.Config) -> None:
    """Refuse settings that make no sense, before anything runs."""
    if asked_for(config, "vendor"):
        selected_kinds()
        cache_folder()


def pytest_report_header(config: pytest.Config) -> str | None:
    """Name the runtimes."""
    return (
        f"vendor runtimes: {', '.join(selected_kinds())} in {cache_folder()}" if asked_for(config, "vendor") else None
    )


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
