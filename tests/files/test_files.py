"""Writing files: the old bytes or the new, never less, whoever else is at work and whatever the system refuses."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import struct
from pathlib import Path
from typing import Any

import pytest

from generator import generate
from generator.cli.main import main
from generator.files import replace as writing
from generator.files.replace import create, replace_all
from generator.findings import FileError

pytestmark = pytest.mark.usefixtures("unmeasured")

CONFIG = "module: Score Model\nparameters: {append_or_result_only: false}\n"
OTHER = "module: Score Model\n"
NEW = generate(CONFIG, origin="scoregen.yaml").encode()
OLD = generate(OTHER).encode()  # which scoregen wrote, so that it may be replaced
NAME_MAX = 255
PATH_MAX = 4095
NOBODY = 65534
GROUP = 2345  # which nobody is in
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"warm"}


def test_mode_and_owner_are_kept(folder: Path) -> None:
    path = folder / "score.py"
    path.write_bytes(b"old")
    owner = (1234, 2345) if IS_ROOT else (os.getuid(), os.getgid())
    os.chown(path, *owner)
    path.chmod(0o4751)
    replace_all({path: b"new"})
    after = path.stat()
    assert (path.read_bytes(), (after.st_uid, after.st_gid)) == (b"new", owner)
    assert stat.S_IMODE(after.st_mode) == 0o4751


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="access lists are kept on Linux alone")
def test_an_access_list_is_kept(folder: Path) -> None:
    """Without it, the most that anybody in the list may do would be what the whole group may."""
    path = folder / "score.py"
    path.write_bytes(b"old")
    path.chmod(0o600)
    entries = [(1, 6, 0xFFFFFFFF), (2, 6, NOBODY), (4, 0, 0xFFFFFFFF), (0x10, 6, 0xFFFFFFFF), (0x20, 0, 0xFFFFFFFF)]
    access = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)
    try:
        os.setxattr(path, "system.posix_acl_access", access)
    except OSError:
        pytest.skip("this file system has no access lists")
    replace_all({path: b"new"})
    assert (path.read_bytes(), os.getxattr(path, "system.posix_acl_access")) == (b"new", access)


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o000])
def test_a_new_file_has_the_usual_mode(mask: int, folder: Path) -> None:
    before = os.umask(mask)
    try:
        replace_all({folder / "replaced": b"new"})
        create(folder / "created", b"new")
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o666 & ~mask}


def test_what_is_kept_from_others_is_never_open_to_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "score.py"
    path.write_bytes(b"old")
    path.chmod(0o600)
    modes = []
    chmod = os.chmod

    def look(file: int | Path, mode: int) -> None:
        modes.append(stat.S_IMODE(os.stat(file).st_mode))  # noqa: PTH116
        chmod(file, mode)

    monkeypatch.setattr(os, "chmod", look)
    replace_all({path: b"new"})
    assert modes == [0o600]


@pytest.mark.parametrize("there", [True, False], ids=["a file", "nothing yet"])
def test_a_link_is_followed_and_stays(there: bool, folder: Path) -> None:
    (folder / "real").mkdir()
    target = folder / "real" / "score.py"
    if there:
        target.write_bytes(b"old")
    (folder / "second").symlink_to("real/score.py")
    (folder / "first").symlink_to("second")
    replace_all({folder / "first": b"new"})
    assert (folder / "first").readlink() == Path("second")
    assert (folder / "second").readlink() == Path("real/score.py")
    assert (names(folder / "real"), target.read_bytes()) == ({"score.py"}, b"new")


def test_a_link_to_where_no_folder_is_cannot_be_written(folder: Path) -> None:
    (folder / "score.py").symlink_to("gone/score.py")
    with pytest.raises(FileError, match=r"score\.py: cannot be written: the folder .* does not exist"):
        replace_all({folder / "score.py": b"new"})
    assert (folder / "score.py").is_symlink()


def test_a_folder_can_be_a_link(folder: Path) -> None:
    (folder / "real").mkdir()
    (folder / "link").symlink_to("real")
    replace_all({folder / "link" / "score.py": b"new"})
    create(folder / "link" / "scoregen.yaml", b"new")
    assert names(folder / "real") == {"score.py", "scoregen.yaml"}
    assert (folder / "link").is_symlink()


def test_another_name_of_the_file_keeps_the_old_bytes(folder: Path) -> None:
    (folder / "score.py").write_bytes(b"old")
    os.link(folder / "score.py", folder / "kept.py")
    replace_all({folder / "score.py": b"new"})
    assert [(folder / name).read_bytes() for name in ("score.py", "kept.py")] == [b"new", b"old"]


@pytest.mark.parametrize("char", ["x", "\u00e9", "\U0001f600"])
def test_a_name_can_be_as_long_as_the_system_allows(char: str, folder: Path) -> None:
    size = len(char.encode())
    name = char * (NAME_MAX // size) + "x" * (NAME_MAX % size)
    for content in (b"old", b"new"):
        replace_all({folder / name: content})
    assert (names(folder), (folder / name).read_bytes()) == ({name}, b"new")


@pytest.mark.parametrize("name", ["a b.py", "\u00e9\n.py", "-", ".scoregen.", "\udcff.py"])
def test_any_name_will_do(name: str, folder: Path) -> None:
    replace_all({folder / name: b"old"})
    replace_all({folder / name: b"new"}, {folder / name: b"old"})
    assert (names(folder), (folder / name).read_bytes()) == ({name}, b"new")


def test_a_path_can_be_as_long_as_the_system_allows(folder: Path) -> None:
    while (room := PATH_MAX - len(f"{Path.cwd()}/score.py")) > 1:
        part = Path("x" * min(200, room - 1))
        part.mkdir()
        os.chdir(part)
    path = Path.cwd() / "score.py"
    assert len(str(path)) >= PATH_MAX - 1
    replace_all({path: b"new"})
    assert (os.listdir(), path.read_bytes()) == (["score.py"], b"new")  # noqa: PTH208


@pytest.mark.parametrize("known", [b"other", None], ids=["was another", "was not there"])
def test_what_someone_else_has_changed_is_not_replaced(known: bytes | None, folder: Path) -> None:
    mine, theirs = folder / "mine.py", folder / "theirs.py"
    mine.write_bytes(b"old")
    theirs.write_bytes(b"theirs")
    with pytest.raises(FileError, match=r"theirs\.py: was changed by another program meanwhile: nothing is written"):
        replace_all({mine: b"new", theirs: b"new"}, {mine: b"old", theirs: known})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"mine.py": b"old", "theirs.py": b"theirs"}


def test_what_someone_else_has_taken_away_is_not_brought_back(folder: Path) -> None:
    with pytest.raises(FileError, match="was changed by another program meanwhile"):
        replace_all({folder / "score.py": b"new"}, {folder / "score.py": b"old"})
    assert names(folder) == set()


def test_what_someone_else_has_written_the_same_way_is_no_conflict(folder: Path) -> None:
    (folder / "score.py").write_bytes(b"new")
    replace_all({folder / "score.py": b"new"}, {folder / "score.py": b"old"})
    assert (folder / "score.py").read_bytes() == b"new"


COMMANDS = {
    "generate": ["generate", "scoregen.yaml"],
    "generate -o": ["generate", "other.yaml", "-o", "score.py"],
    "sync": ["sync", "scoregen.yaml"],
    "rewrite": ["rewrite", "score.py", "--set", "append_or_result_only=false"],
    "check --fix": ["check", "--fix", "score.py"],
    "extract": ["extract", "script.py", "-o", "score.py"],
    "init --pre-commit": ["init", "--pre-commit"],
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=list(COMMANDS))
def test_a_command_does_not_replace_what_is_saved_while_it_works(
    arguments: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = generate(OTHER)
    (folder / ".git").mkdir()
    (folder / "scoregen.yaml").write_text(CONFIG)
    (folder / "other.yaml").write_text(CONFIG)
    (folder / "script.py").write_text(old)
    (folder / "score.py").write_text(old.replace("=True", '="True"') if "--fix" in arguments else old)
    written = folder / (".pre-commit-config.yaml" if "init" in arguments else "score.py")
    if "init" in arguments:
        written.write_text("repos: []\n")
    stage = writing._stage

    def someone_saves(*staged: Any) -> None:
        stage(*staged)
        written.write_bytes(b"theirs")

    monkeypatch.setattr(writing, "_stage", someone_saves)
    there = names(folder)
    assert main(arguments) == 2
    assert f"{written.name}: was changed by another program meanwhile: nothing is written" in capsys.readouterr().err
    assert (written.read_bytes(), names(folder)) == (b"theirs", there)


def test_a_link_that_leads_elsewhere_by_now_is_not_followed(folder: Path) -> None:
    (folder / "inside").mkdir()
    (folder / "outside").mkdir()
    (folder / "link").symlink_to("inside")
    path = folder / "link" / "score.py"
    place = writing.writable(path)
    (folder / "link").unlink()
    (folder / "link").symlink_to("outside")
    with pytest.raises(FileError, match="leads elsewhere by now: nothing is written"):
        replace_all({path: b"new"}, places={path: place})
    assert names(folder / "inside") == names(folder / "outside") == set()


@pytest.mark.parametrize("step", ["_stage", "_rename"])
def test_a_folder_that_becomes_a_link_on_the_way_is_not_followed(
    step: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("above/inside", "outside/inside"):
        (folder / name).mkdir(parents=True)
    path = folder / "above" / "inside" / "score.py"
    path.write_bytes(b"old")
    (folder / "outside" / "inside" / "score.py").write_bytes(b"theirs")
    do = getattr(writing, step)

    def swapped(*given: Any) -> None:
        (folder / "above").rename(folder / "moved")
        (folder / "above").symlink_to("outside")
        do(*given)

    monkeypatch.setattr(writing, step, swapped)
    if step == "_stage":
        with pytest.raises(FileError, match=r"score\.py: cannot be written: Not a directory"):
            replace_all({path: b"new"})
    else:  # the folder was held open by then
        replace_all({path: b"new"})
    assert names(folder / "outside" / "inside") == names(folder / "moved" / "inside") == {"score.py"}
    assert (folder / "outside" / "inside" / "score.py").read_bytes() == b"theirs"
    assert (folder / "moved" / "inside" / "score.py").read_bytes() == (b"old" if step == "_stage" else b"new")


CALLS = {
    "replace_all": ("open", "stat", "access", "fsync", "chmod", "replace"),
    "create": ("open", "stat", "fsync", "link"),
}


@pytest.mark.parametrize(("write", "call"), [(write, call) for write, calls in CALLS.items() for call in calls])
def test_whichever_call_the_system_refuses_the_old_bytes_stay(
    write: str, call: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call of a kind in turn; tests/tools has the kernel refuse the real ones."""
    paths = [folder / "a.py", folder / "b.py"]
    real, number, reached = getattr(os, call), 0, True
    while reached:
        reached, left = False, number
        for path in paths:
            path.write_bytes(b"old") if write == "replace_all" else path.unlink(missing_ok=True)

        def refusing(*arguments: Any, **named: Any) -> Any:
            nonlocal left, reached
            left -= 1
            if left == -1:
                reached = True
                raise OSError(errno.EIO, "Input/output error")
            return real(*arguments, **named)

        with monkeypatch.context() as patched, contextlib.suppress(FileError):
            patched.setattr(os, call, refusing)
            replace_all(dict.fromkeys(paths, b"new")) if write == "replace_all" else create(paths[0], b"new")
        after = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert set(after.values()) <= {b"old", b"new"}
        assert set(after) == {"a.py", "b.py"} if write == "replace_all" else set(after) <= {"a.py"}
        number += 1
    assert number > 1
    assert set(after.values()) == {b"new"}


@pytest.mark.parametrize("there", ["nothing", "file", "dangling link", "folder"])
@pytest.mark.parametrize("has_links", [True, False], ids=["with hard links", "without hard links"])
def test_create_replaces_nothing(there: str, has_links: bool, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "scoregen.yaml"
    stage = writing._stage

    def appears(*staged: Any) -> None:
        stage(*staged)
        if there == "file":
            path.write_bytes(b"theirs")
        elif there == "folder":
            path.mkdir()
        elif there == "dangling link":
            path.symlink_to("gone")

    monkeypatch.setattr(writing, "_stage", appears)
    if not has_links:
        monkeypatch.setattr(os, "link", lambda *_, **__: (_ for _ in ()).throw(PermissionError(errno.EPERM, "no")))
    if there == "nothing":
        create(path, b"new")
        assert path.read_bytes() == b"new"
    else:
        with pytest.raises(FileError, match="is there already"):
            create(path, b"new")
        assert path.is_dir() or path.is_symlink() or path.read_bytes() == b"theirs"
    assert names(folder) == {"scoregen.yaml"}
