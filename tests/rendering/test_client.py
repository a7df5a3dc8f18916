"""The client as it is rendered; ``tests/tools/test_client.py`` runs it against a server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator import load_tables
from generator.rendering.client import render_client
from generator.rules.settings import complete
from tests.support.golden import CLIENTS, clients

TABLES = {table.id: table for table in load_tables()}


@pytest.mark.parametrize("path", clients(), ids=lambda path: path.parent.name)
def test_the_golden_client(path: Path) -> None:
    assert clients()[path] == path.read_text(encoding="utf-8")


def test_both_forms_of_request_have_a_golden_client() -> None:
    assert {path.parent.name for path in clients()} == {"score_model", "score_image_model"}


def test_each_module_has_a_client_that_names_it() -> None:
    for table in TABLES.values():
        assert table.name in render_client(complete(table, {}, {}))


@pytest.mark.parametrize("width", [88, 100])
def test_the_clients_are_black_clean(width: int) -> None:
    command = [sys.executable, "-m", "black", "--check", "-q", "-l", str(width), "--workers", "1", str(CLIENTS)]
    assert subprocess.run(command).returncode == 0


def test_the_origin_is_one_comment_line(tmp_path: Path) -> None:
    source = render_client(complete(TABLES["score_model"], {}, {}), "a\nimport os  # coding: latin-1")
    assert source.splitlines()[1].startswith('"""')
    assert "coding:" not in source.splitlines()[0]
