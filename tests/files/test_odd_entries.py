"""Links, pipes and other odd entries of a folder: none leads out of it, and none stops the rest."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import generate
from generator.cli.main import main
from generator.files.git import is_gits_own

GOOD = generate({"module": "score_svd_recommender", "parameters": {"prediction_kind": "ItemRecommendation"}})
BAD = GOOD.replace("recommended_item_selection=", "recommended_item_selecton=")
NAME = "placeholder/of_a_path.py"
NOWHERE = "../outside/.//./other.py"
OUTDATED = generate("module: Score Model")


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a wrong script, and a folder outside of it with another."""
    folder = tmp_path / "repository"
    for path in (folder, tmp_path / "outside"):
        path.mkdir()
    (tmp_path / "outside" / "other.py").write_text(BAD)
    (folder / "own.py").write_text(BAD)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return folder


@pytest.fixture(params=["git", "no git"])
def git_or_not(request: pytest.FixtureRequest) -> bool:
    if request.param == "git":
        git("init", "-q", ".")
    return bool(request.param == "git")


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def add(is_git: bool) -> None:
    if is_git:
        git("add", "-A")


def outside(folder: Path) -> str:
    return (folder.parent / "outside" / "other.py").read_text()


def test_a_link_that_leads_out_is_not_looked_at(
    git_or_not: bool, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("link.py").symlink_to("../outside/other.py")
    Path("inner.py").symlink_to("own.py")
    add(git_or_not)
    assert main(["check", "--fix", "."]) == 0
    said = capsys.readouterr()
    assert (
        said.err == "link.py: is a link that leads out of ., and is not looked at: name the file to have it checked\n"
    )
    assert "link.py" not in said.out
    assert (outside(repository), Path("own.py").read_text()) == (BAD, GOOD)
    assert main(["check", "--fix", "link.py"]) == 0
    assert outside(repository) == GOOD


def test_a_folder_behind_a_link_is_not_looked_at(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Git has it in its index as the folder that was there before."""
    git("init", "-q", ".")
    Path("sub").mkdir()
    shutil.copy(repository.parent / "outside" / "other.py", "sub/other.py")
    git("add", "-A")
    git("update-index", "--assume-unchanged", "sub/other.py")
    shutil.rmtree("sub")
    Path("sub").symlink_to("../outside")
    assert main(["check", "--fix", "."]) == 0
    assert "other.py" not in "".join(capsys.readouterr())
    assert outside(repository) == BAD


@pytest.mark.parametrize("path", ["../outside/.//./other.py", "/outside/././..other.py", "sub/../../ou/other.py"])
def test_an_index_names_nothing_outside(path: str, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = Path("x" * (len(path) - 3) + ".py")
    git("init", "-q", ".")
    name.write_text(BAD)
    git("add", str(name))
    git("update-index", "--assume-unchanged", str(name))
    index = Path(".git/index").read_bytes().replace(str(name).encode(), path.encode())[:-20]
    Path(".git/index").write_bytes(index + hashlib.sha1(index).digest())
    name.unlink()
    main(["check", "--fix", "."])
    assert "other.py" not in "".join(capsys.readouterr())
    assert outside(repository) == BAD


def _loop() -> None:
    Path("loop.py").symlink_to("loop.py")


def _pipe() -> None:
    os.mkfifo("pipe.py")
    Path("to_pipe.py").symlink_to("pipe.py")


def _device() -> None:
    Path("device.py").symlink_to("/dev/zero")


def _socket() -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.py")
    Path("to_socket.py").symlink_to("socket.py")


def _lost() -> None:
    Path("lost.py").symlink_to("nowhere")
    Path("lost_too.py").symlink_to("own.py/below")


def _long() -> None:
    Path("long.py").symlink_to("x" * 300)


def _folder() -> None:
    Path("folder.py").mkdir()
    Path("folder.py/__init__.py").touch()


ODD: dict[str, tuple[Callable[[], None], int]] = {
    "link in a circle": (_loop, 2),
    "link to a name that is too long": (_long, 2),
    "pipe": (_pipe, 1),
    "device": (_device, 1),
    "socket": (_socket, 1),
    "link that leads nowhere": (_lost, 1),
    "folder": (_folder, 1),
}


@pytest.mark.parametrize(("made", "code"), ODD.values(), ids=list(ODD))
def test_an_odd_entry_stops_nothing(
    made: Callable[[], None], code: int, git_or_not: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    made()
    add(git_or_not)
    assert main(["check", "."]) == code
    said = capsys.readouterr()
    assert "own.py" in said.out
    assert ("cannot be read" in said.err) == (code == 2)
    assert "standard output" not in said.err


@pytest.mark.parametrize(("made", "code"), ODD.values(), ids=list(ODD))
def test_an_odd_config_stops_nothing(
    made: Callable[[], None], code: int, git_or_not: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    made()
    for path in [path for path in Path().iterdir() if path.suffix == ".py" and path.name != "own.py"]:
        path.rename(f"{path.stem}.scoregen.yaml")
    if made is _loop:
        Path("loop.scoregen.yaml").unlink()
        Path("loop.scoregen.yaml").symlink_to("loop.scoregen.yaml")
    Path("scoregen.yaml").write_text("module: Score Model\n")
    add(git_or_not)
    assert main(["sync", "."]) == (1 if code == 1 else 2)
    said = capsys.readouterr()
    assert Path("score.py").exists()
    assert ("cannot be read" in said.err) == (code == 2)


def test_what_may_not_be_followed_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    Path("link.py").symlink_to("own.py")
    stat = os.stat

    def closed(path: str, **given: Any) -> os.stat_result:
        if path == "link.py":
            raise PermissionError(13, "Permission denied", path)
        return stat(path, **given)

    monkeypatch.setattr(os, "stat", closed)
    assert main(["check", "."]) == 2
    said = capsys.readouterr()
    assert said.err == "link.py: cannot be read: Permission denied\n"
    assert "own.py:" in said.out


def test_a_current_folder_that_is_gone(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("gone").mkdir()
    os.chdir("gone")
    (repository / "gone").rmdir()
    assert main(["check"]) == 2
    assert "the current folder is not there any more" in capsys.readouterr().err
    os.chdir(repository)


def test_a_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["check", "-"]) == 2
    assert capsys.readouterr().err == "<stdin>: cannot be read: it is closed\n"


@pytest.mark.parametrize(
    "output", [".GIT", ".git ", ".git.", "git~1", "GIT~1", ".git::$INDEX_ALLOCATION", ".g\u200cit", "\ufeff.git"]
)
def test_git_in_the_spelling_of_another_system(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("scoregen.yaml").write_text(f'module: Score Model\noutput: "{output}/hooks/x.py"\n', encoding="utf-8")
    Path(output, "hooks").mkdir(parents=True)
    assert main(["generate", "scoregen.yaml"]) == 1
    assert "is in .git, which is git's own" in capsys.readouterr().err
    assert list(Path(output, "hooks").iterdir()) == []


@pytest.mark.parametrize("name", [".github", ".gitignore", "git", "git~2", "x.git", "score.py"])
def test_what_is_not_git_s_own(name: str) -> None:
    assert not is_gits_own(name)
