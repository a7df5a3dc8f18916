"""What is generated is formatted as black would: in 88 characters and in 100."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.actions.test_generate import CASES
from tests.rendering.test_open_score import CONFIGS, script_of
from tests.support.golden import generated


@pytest.mark.parametrize("width", [88, 100])
def test_the_scripts_are_black_clean(width: int, tmp_path: Path) -> None:
    for config in CASES:
        (tmp_path / f"{config.parent.name}_{config.stem}.py").write_text(generated(config), encoding="utf-8")
    command = [sys.executable, "-m", "black", "--check", "-q", "-l", str(width), "--workers", "1", str(tmp_path)]
    assert subprocess.run(command, check=False).returncode == 0


def test_the_converted_scripts_are_black_clean(tmp_path: Path) -> None:
    for number, source in enumerate(map(script_of, CONFIGS)):
        (tmp_path / f"script{number}.py").write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "black", "--check", "-q", "-l", "100", "--workers", "1", str(tmp_path)]
    assert subprocess.run(command, check=False).returncode == 0
