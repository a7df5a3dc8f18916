"""Which tests run when: these only when they are asked for, and each kind of runtime when it is selected."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from .runtimes import MODULES, Models

ROOT = Path(__file__).parents[2]
LEFT_OUT = "tests/vendor: not run;"


def _pytest(
    *arguments: str, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **(environment or {})}, capture_output=True, text=True
    )


@pytest.mark.parametrize("arguments", [[], ["tests"], ["."]], ids=str)
def test_left_out_and_said_so(arguments: list[str]) -> None:
    done = _pytest("--collect-only", "-q", *arguments)
    assert "\ntests/vendor/test_" not in f"\n{done.stdout}"  # others may name these
    assert LEFT_OUT in done.stdout


@pytest.mark.parametrize(
    ("argument", "folder"),
    [
        ("tests/vendor", ROOT),
        ("tests/vendor/test_guards.py", ROOT),
        ("vendor", ROOT / "tests"),
        (".", ROOT / "tests/vendor"),
    ],
)
def test_asked_for(argument: str, folder: Path) -> None:
    done = _pytest("--collect-only", "-q", argument, folder=folder)
    assert "test_guards.py::" in done.stdout
    assert LEFT_OUT not in done.stdout


def test_a_kind_that_is_not_selected_is_skipped() -> None:
    test = "tests/vendor/test_defaults.py::test_default_script_responds_as_the_downloaded_one[score_model]"
    done = _pytest(test, environment={"SCOREGEN_VENDOR_KINDS": "pytorch"})
    assert "1 skipped" in done.stdout
    assert "classic is not selected: SCOREGEN_VENDOR_KINDS" in done.stdout


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"SCOREGEN_VENDOR_KINDS": "classic modern"}, "SCOREGEN_VENDOR_KINDS names modern"),
        ({"SCOREGEN_VENDOR_KINDS": ""}, "SCOREGEN_VENDOR_KINDS names nothing"),
        ({"SCOREGEN_VENDOR": str(ROOT / "cache")}, "is in the checkout"),
    ],
)
def test_settings_that_make_no_sense(environment: dict[str, str], message: str) -> None:
    done = _pytest("tests/vendor", "--collect-only", environment=environment)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert message in done.stderr


def test_a_runtime_that_ends_says_why(models: Models) -> None:
    """And the next job has another."""
    runtime = models.runtime(MODULES["score_model"])
    with pytest.raises(RuntimeError, match="no such module"):
        runtime.ask("describe", path="no such module", class_name="None")
    assert runtime.ask("score", script="none.py", model_dir="", requests=[""], remove=[])[0]["error"]
