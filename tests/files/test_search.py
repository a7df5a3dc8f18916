"""Which files are looked at."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.files.search import Target, read_found, search


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


@pytest.fixture(params=["git", "no work tree", "no git"])
def with_and_without_git(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "git":
        git("init", "--quiet")
    elif request.param == "no git":
        monkeypatch.setenv("PATH", "")
    return str(request.param)


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def save(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("")


def found(*paths: str) -> list[str]:
    found, unlisted = search(paths or ["."])
    targets = list(found)
    assert unlisted == []
    return [target.path for target in targets]


def test_a_folder_is_searched_for_python_files(with_and_without_git: str) -> None:
    save("b.py", "a.py", "a.pyc", "sub/deeper/\u00e9 \n.py", "sub/x.py", "notes.txt", "py")
    assert found() == ["a.py", "b.py", "sub/deeper/\u00e9 \n.py", "sub/x.py"]
    assert found("sub") == found("./sub/") == ["sub/deeper/\u00e9 \n.py", "sub/x.py"]
    assert found(str(Path("sub").resolve())) == [str(Path(name).resolve()) for name in found("sub")]


def test_what_is_not_the_user_s_own_is_left_out(with_and_without_git: str) -> None:
    save("a.py", ".git/hooks/x.py", "env/pyvenv.cfg", "env/lib/site-packages/x.py", "deep/.venv/pyvenv.cfg")
    save("deep/.venv/x.py", "deep/b.py", ".hidden/c.py")
    assert found() == [".hidden/c.py", "a.py", "deep/b.py"]
    assert found("env") == ["env/lib/site-packages/x.py"]  # named, so it is meant


def test_without_git_what_it_usually_ignores_is_left_out() -> None:
    save("a.py", "node_modules/x/y.py", "__pycache__/z.py")
    assert found() == ["a.py"]


def test_what_git_ignores_is_left_out() -> None:
    git("init", "--quiet")
    save("a.py", "out/b.py", "sub/c.py", "sub/kept.py", "tracked/out/d.py")
    Path(".gitignore").write_text("out/\n")
    Path("sub/.gitignore").write_text("*\n!kept.py\n")
    git("add", "--force", "tracked/out/d.py")
    assert found() == ["a.py", "sub/kept.py", "tracked/out/d.py"]
    assert found("sub") == ["sub/kept.py"]
    assert found("out") == ["out/b.py"]  # named, so it is meant
    assert found("out/b.py", "sub/c.py") == ["out/b.py", "sub/c.py"]


def test_a_hook_s_repository_is_not_taken_for_that_of_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "--quiet", "other")
    git("init", "--quiet", "own")
    save("own/a.py", "own/sub/b.py")
    monkeypatch.setenv("GIT_DIR", str(Path("other/.git").resolve()))
    monkeypatch.setenv("GIT_INDEX_FILE", str(Path("other/.git/index").resolve()))
    assert found("own") == ["own/a.py", "own/sub/b.py"]


def test_links_to_folders_are_not_followed(with_and_without_git: str) -> None:
    save("real/a.py")
    Path("link").symlink_to("real")
    Path("real/circle").symlink_to("..")
    assert found() == ["real/a.py"]
    assert found("link") == ["link/a.py"]


def test_each_file_is_found_once_and_named_when_it_was() -> None:
    save("a.py", "sub/b.py")
    found, _ = search([".", "./a.py", "sub", str(Path("sub/b.py").resolve()), "gone.py"])
    targets = list(found)
    assert [target.named for target in targets] == [True, True, True]
    assert [Path(target.path).name for target in targets] == ["a.py", "b.py", "gone.py"]


def test_what_is_no_folder_is_taken_as_named() -> None:
    save("script", "other.txt")
    assert list(search(["script", "other.txt", "gone"])[0]) == [
        Target(name, True) for name in ("script", "other.txt", "gone")
    ]


def test_a_folder_that_cannot_be_listed_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    save("a.py", "closed/b.py", "open/c.py")
    scandir = os.scandir

    def closed(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    found, unlisted = search(["."])
    targets = list(found)
    assert [target.path for target in targets] == ["a.py", "open/c.py"]
    assert [error.filename for error in unlisted] == ["./closed"]


def test_a_found_file_is_read_whole_or_not_at_all() -> None:
    git("init", "--quiet")
    Path("long.py").write_bytes(b"\r\n0" * 100_000)
    save("gone.py")
    git("add", ".")
    Path("gone.py").unlink()
    Path("broken.py").symlink_to("nowhere")
    Path("folder.py").mkdir()
    assert found() == ["broken.py", "gone.py", "long.py"]
    assert read_found("long.py") == Path("long.py").read_bytes()
    assert [read_found(name) for name in ("gone.py", "broken.py", "folder.py")] == [None, None, None]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_keeps_nobody_waiting() -> None:
    os.mkfifo("pipe.py")
    assert found() == []
    Path("link.py").symlink_to("pipe.py")
    git("init", "--quiet")
    assert not read_found("link.py")


def test_a_repository_in_a_repository_is_searched_when_it_is_named() -> None:
    git("init", "--quiet")
    git("init", "--quiet", "inner")
    save("a.py", "inner/b.py")
    assert found() == ["a.py"]
    assert found(".", "inner") == ["a.py", "inner/b.py"]
    shutil.rmtree(".git")
    assert found() == ["a.py", "inner/b.py"]


def test_files_without_a_mark_are_left_out_where_git_can_tell(with_and_without_git: str) -> None:
    save("none.py", "gone.py", "sub/none.py")
    for name in ("a.py", "sub/b \u00e9\t.py", "sub/untracked.py", "binary.py"):
        Path(name).write_bytes(b"\0 import azureml" if name == "binary.py" else b"import azureml")
    for name, target in (("link.py", "a.py"), ("sub/link.py", "../a.py"), ("lost.py", "nowhere")):
        Path(name).symlink_to(target)
    if with_and_without_git == "git":
        for key in ("grep.fullName", "submodule.recurse", "grep.column", "grep.lineNumber"):
            git("config", key, "true")
        git("config", "color.grep", "always")
        git("add", "a.py", "none.py", "gone.py", "sub/none.py", "sub/b \u00e9\t.py", "link.py", "lost.py")
        git("update-index", "--assume-unchanged", "none.py")
        Path("gone.py").unlink()
    Path("none.py").write_text("# now it holds azureml")
    holding = {"a.py", "binary.py", "link.py", "none.py", "sub/b \u00e9\t.py", "sub/link.py", "sub/untracked.py"}
    for folder in (".", "sub"):
        targets, _ = search([folder], [b"azureml"])
        names = {target.path for target in targets}
        assert {name for name in names if b"azureml" in (read_found(name) or b"")} == {
            name for name in holding if folder == "." or name.startswith("sub/")
        }
        assert with_and_without_git != "git" or "sub/none.py" not in names


def test_nothing_holds_the_mark(with_and_without_git: str) -> None:
    save("a.py")
    targets, _ = search(["."], [b"azureml", b"other"])
    assert [target.path for target in targets] == ([] if with_and_without_git == "git" else ["a.py"])
