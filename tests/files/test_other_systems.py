"""Windows, as far as it can be played here: no handles on folders, files that are open, drives, names it keeps."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from generator import generate
from generator.cli.main import main
from generator.files import replace as writing
from generator.files.read import from_folder
from generator.files.replace import replace_all, writable
from generator.findings import FileError

GOOD = generate({"module": "score_svd_recommender", "parameters": {"prediction_kind": "ItemRecommendation"}})
BAD = GOOD.replace("recommended_item_selection=", "recommended_item_selecton=")
CONFIG = "module: Score SVD Recommender\nparameters: {prediction_kind: Item Recommendation}\n"
DATA = "datasets: {training_data: {path: ratings.csv}}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "scoregen.yaml").write_text(CONFIG + DATA)
    (tmp_path / "ratings.csv").write_text("a,b\n")
    return tmp_path


@pytest.fixture
def without_handles(monkeypatch: pytest.MonkeyPatch) -> None:
    """No handles on folders, no bits that Windows lacks, and folders on other drives."""
    monkeypatch.setattr(os, "supports_dir_fd", set())
    monkeypatch.setattr(writing, "_SAME_FILE", 0)
    monkeypatch.setattr(sys, "platform", "win32")

    def other_drive(*_: Any) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", other_drive)


COMMANDS = [
    ["generate", "scoregen.yaml"],
    ["sync", "."],
    ["sync", "score.py"],
    ["bundle", "scoregen.yaml", "-d", "out"],
    ["rewrite", "score.py", "--set", "max_recommended_item_count=9"],
    ["check", "--fix", "."],
    ["extract", "score.py", "-o", "other.yaml"],
    ["init", "other.py"],
]


@pytest.mark.usefixtures("without_handles")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_that_writes(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    if "." in arguments and "--fix" in arguments:
        Path("score.py").write_text(BAD)
    elif arguments[0] not in ("generate", "sync", "bundle") or "score.py" in arguments:
        Path("score.py").write_text(generate(CONFIG + DATA, origin="scoregen.yaml"))
    Path("other.py").write_text(GOOD)
    if arguments[0] == "init":
        Path("scoregen.yaml").unlink()
    before = {path.name for path in Path().iterdir()}
    assert main(arguments) in (0, 1)
    said = "".join(capsys.readouterr())
    assert "fault" not in said
    assert "cannot be" not in said
    assert not list(Path().rglob(".scoregen.*"))
    assert {path.name for path in Path().iterdir()} >= before


@pytest.mark.parametrize(("refusals", "is_written"), [(0, True), (3, True), (4, False)])
def test_a_file_that_is_open_elsewhere_is_tried_a_few_times(
    refusals: int, is_written: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [PermissionError(13, "Access is denied")] * refusals
    replace = os.replace

    def refusing(*given: Any, **named: Any) -> None:
        if left:
            raise left.pop()
        replace(*given, **named)

    path = folder / "score.py"
    path.write_bytes(b"old")
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refusing)
        patched.setattr(writing, "_SYSTEM", "nt")
        patched.setattr(time, "sleep", lambda _: None)
        if is_written:
            replace_all({path: b"new"})
        else:
            with pytest.raises(FileError, match=r"score\.py: cannot be written: Access is denied"):
                replace_all({path: b"new"})
    assert path.read_bytes() == (b"new" if is_written else b"old")
    assert {path.name for path in folder.iterdir()} == {"score.py", "scoregen.yaml", "ratings.csv"}


@pytest.mark.parametrize("name", ["con.py", "NUL", "aux .py", "lpt1.x.py", "com\xb9.py", "a:b.py", "a.py.", "a.py "])
def test_a_name_that_windows_keeps(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert writable(folder / name) == folder / name
    monkeypatch.setattr(writing, "_SYSTEM", "nt")
    with pytest.raises(FileError, match="Windows keeps this name for itself"):
        writable(folder / name)


@pytest.mark.parametrize("name", ["score.py", "console.py", "com.py", "com10.py", ".con", "a.con"])
def test_a_name_that_windows_does_not_keep(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_SYSTEM", "nt")
    assert writable(folder / name) == folder / name


@pytest.mark.usefixtures("without_handles")
def test_a_path_on_another_drive_is_shown_whole(folder: Path) -> None:
    assert from_folder("score.py") == str(folder / "score.py")
