"""Windows, as far as it can be played here: no handles on folders, files that are open, drives, names it keeps."""

from __future__ import annotations

import ctypes
import io
import json
import ntpath
import os
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

import generator.trial.cache  # noqa: F401 (it takes what this system has, before another is played)
from generator import generate
from generator.actions import workers
from generator.actions.find_configs import Owners
from generator.cli.main import main
from generator.files import listing, windows
from generator.files import replace as writing
from generator.files import search as searching
from generator.files.read import as_on_the_disk, from_folder
from generator.files.replace import replace_all, writable
from generator.findings import FileError, UsageError
from generator.report import sarif
from generator.trial.server import check_port

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
    monkeypatch.setattr(windows, "SYSTEM", "nt")
    monkeypatch.setattr(windows, "_PAUSES", (0.0, 0.0))
    monkeypatch.setattr(os, "replace", _as_windows_replaces(os.replace))
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.delattr(os, "fork", raising=False)
    monkeypatch.setattr(os, "fsdecode", _as_windows_decodes)

    def other_drive(*_: Any) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", other_drive)


def _as_windows_decodes(name: str | bytes | os.PathLike[str]) -> str:
    """Return a name as Windows has it: of bytes that are no UTF-8 it makes none."""
    told = os.fspath(name)
    return told if isinstance(told, str) else told.decode("utf-8", "surrogatepass")


def _as_windows_replaces(replace: Callable[..., None]) -> Callable[..., None]:
    """Return what replaces no folder, and no file at the first try, as if a virus scanner had it open."""
    tried: set[str] = set()

    def replacing(source: str | Path, target: str | Path, **named: Any) -> None:
        if Path(target).is_dir() or str(source) not in tried:
            tried.add(str(source))
            raise PermissionError(13, "Access is denied")
        replace(source, target, **named)

    return replacing


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
    Path("out").mkdir()  # a folder that is empty takes another's place on Linux alone
    assert main(arguments) in (0, 1)
    said = "".join(capsys.readouterr())
    assert "fault" not in said
    assert "cannot be" not in said
    assert not list(Path().rglob(".scoregen.*"))
    assert {path.name for path in Path().iterdir()} >= before


@pytest.mark.usefixtures("without_handles")
def test_a_name_in_git_that_windows_cannot_have_stops_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "score.py").write_text(BAD)
    (folder / "\udce9.py").write_text(BAD)
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], check=True)
    (folder / "\udce9.py").unlink()
    assert main(["check", "."]) == 1
    said = "".join(capsys.readouterr())
    assert "score.py:" in said
    assert "a fault of scoregen" not in said


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
        patched.setattr(windows, "SYSTEM", "nt")
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
    monkeypatch.setattr(windows, "SYSTEM", "nt")
    with pytest.raises(FileError, match="Windows keeps this name for itself"):
        writable(folder / name)


@pytest.mark.parametrize("name", ["score.py", "console.py", "com.py", "com10.py", ".con", "a.con"])
def test_a_name_that_windows_does_not_keep(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "SYSTEM", "nt")
    assert writable(folder / name) == folder / name


@pytest.mark.usefixtures("without_handles")
def test_a_path_on_another_drive_is_shown_whole(folder: Path) -> None:
    assert from_folder("score.py") == str(folder / "score.py")


@pytest.mark.usefixtures("without_handles")
def test_many_files_are_checked_without_another_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workers, "_MANY", 2)
    for number in range(5):
        Path(f"s{number}.py").write_text(BAD)
    assert main(["check", "."]) == 1
    assert capsys.readouterr().out.count("SG101") == 5


def test_a_port_that_is_taken_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))  # on Windows, whoever may reuse an address takes it from one that listens
        monkeypatch.setattr(windows, "SYSTEM", "nt")
        monkeypatch.setattr(socket.socket, "setsockopt", lambda *_: pytest.fail("it takes the port of another"))
        with pytest.raises(UsageError, match="cannot be used"):
            check_port(other.getsockname()[1])


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("C:\\data\\model_1", "C:\\data\\model_1"),
        ("C:\\My data\\m", '"C:\\My data\\m"'),
        ("it's", '"it\'s"'),
        ("a&b", '"a&b"'),
        ("$HOME's", "'$HOME''s'"),
    ],
)
def test_a_word_as_the_command_prompt_and_powershell_take_it(
    word: str, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shlex.split(windows.quoted(word)) == [word]
    monkeypatch.setattr(windows, "SYSTEM", "nt")
    assert windows.quoted(word) == typed


class _Kept(io.BytesIO):
    def close(self) -> None:
        """Keep what was written: the stream around this closes it."""


class _Console(io.TextIOWrapper):
    def __init__(self, code_page: str, is_terminal: bool) -> None:
        super().__init__(_Kept(), encoding=code_page, newline="\r\n")
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, bool], _Console]]:
    """Yield what puts a console of a code page, or a file, in the place of both standard streams."""

    def put(code_page: str, is_terminal: bool) -> _Console:
        made = _Console(code_page, is_terminal)
        monkeypatch.delenv("PYTHONIOENCODING", raising=False)
        for name in ("stdout", "stderr"):
            monkeypatch.setattr(sys, name, made)
        return made

    yield put
    monkeypatch.undo()


STRANGE = "\u65e5\xe9\xc3\U0001f600"
CONFIG_AT_ODDS = f"module: Score Mod\xe9l {STRANGE}\n"
SAYING = [
    ["check", "."],
    ["generate", "--check", "scoregen.yaml"],
    ["rewrite", "--diff", "--set", "max_recommended_item_count=9", f"{STRANGE}.py"],
    ["extract", f"{STRANGE}.py"],
    ["--lang", "fr", "check", "."],
]


@pytest.mark.parametrize("code_page", ["cp1252", "cp437", "cp850"])
@pytest.mark.parametrize("arguments", SAYING, ids=lambda arguments: " ".join(arguments).replace(STRANGE, "odd"))
def test_a_console_that_lacks_a_character_shows_its_escape(
    arguments: list[str], code_page: str, console: Callable[[str, bool], _Console], folder: Path
) -> None:
    (folder / f"{STRANGE}.py").write_text(f"{BAD}# {STRANGE}\n", encoding="utf-8")
    (folder / f"{STRANGE}.scoregen.yaml").write_text(CONFIG_AT_ODDS, encoding="utf-8")
    shown = console(code_page, True)
    code = main(arguments)
    shown.flush()
    said = shown.buffer.getvalue()  # type: ignore[attr-defined]
    assert code in (0, 1)
    assert b"fault of scoregen" not in said
    if arguments == ["check", "."]:
        assert STRANGE.encode(shown.encoding, "backslashreplace") + b".py:" in said


MADE_FOR_PROGRAMS = [
    *(["check", "--format", style, "."] for style in ("json", "sarif", "junit", "gitlab", "github", "azure")),
    ["modules", "--format", "json"],
    ["extract", f"{STRANGE}.py"],
]


@pytest.mark.parametrize(
    "arguments", MADE_FOR_PROGRAMS, ids=lambda arguments: " ".join(arguments).replace(STRANGE, "odd")
)
def test_what_goes_into_a_file_is_utf_8_whatever_the_code_page(
    arguments: list[str], console: Callable[[str, bool], _Console], folder: Path
) -> None:
    (folder / f"{STRANGE}.py").write_text(f"{BAD}# {STRANGE}\n", encoding="utf-8")
    (folder / f"{STRANGE}.scoregen.yaml").write_text(CONFIG_AT_ODDS, encoding="utf-8")
    file = console("cp1252", False)
    assert main(arguments) in (0, 1)
    file.flush()
    said = file.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    if arguments[-1] == "." and "junit" in arguments:
        assert f"{STRANGE}.py" in [case.get("name") for case in ElementTree.fromstring(said).iter("testcase")]
    elif "github" in arguments:
        assert f"::error file={STRANGE}.py," in said
    elif "azure" in arguments:
        assert f"sourcepath={STRANGE}.py;" in said
    elif arguments[0] != "extract":
        json.loads(said)


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (["check", "score.py"], "score.py:1:1: SG100: not valid Python: "),
        (["check", "."], "score.py:1:1: SG100: not valid Python: "),
        (["check", "-"], "<stdin>:1:1: SG100: not valid Python: "),
        (["extract", "-"], "<stdin>:1:1: "),
        (["rewrite", "-", "--set", "max_recommended_item_count=9"], "<stdin>:1:1: cannot be read as text: "),
        (["check", "conda_env.yaml"], "conda_env.yaml: cannot be judged: "),
        (["check", "scoregen.yaml"], "scoregen.yaml:1:1: SG400: "),
        (["generate", "scoregen.yaml"], "scoregen.yaml:1:1: "),
        (["sync", "."], "scoregen.yaml:1:1: "),
        (["bundle", "scoregen.yaml", "-d", "out"], "scoregen.yaml:1:1: "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_utf_16_is_named_wherever_it_is_read(
    arguments: list[str],
    place: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, content in {"score.py": GOOD, "scoregen.yaml": CONFIG, "conda_env.yaml": "dependencies: []\n"}.items():
        (folder / name).write_bytes(f"\ufeff{content}".replace("\n", "\r\n").encode("utf-16-le"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((folder / "score.py").read_bytes())))
    assert main(arguments) == 1
    said = "".join(capsys.readouterr())
    assert f"{place}it is UTF-16, which Windows PowerShell writes by `>`: save it as UTF-8\n" in said


def test_utf_16_is_found_by_git_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "score.py").write_bytes(f"\ufeff{GOOD}".encode("utf-16-le"))
    (folder / "other.py").write_bytes("\ufeffprint()\n".encode("utf-16-le"))
    (folder / "scoregen.yaml").unlink()
    subprocess.run(["git", "init", "-q"], check=True)
    for _ in range(2):
        assert main(["check", "."]) == 1
        assert capsys.readouterr().out.splitlines()[1:] == ["1 error in 1 file"]
        subprocess.run(["git", "add", "."], check=True)


def test_who_has_seen_enough_on_windows(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Closed(io.TextIOWrapper):
        def write(self, text: str) -> int:
            raise OSError(22, "Invalid argument")

        def fileno(self) -> int:
            return spare

    spare = os.open(os.devnull, os.O_WRONLY)
    monkeypatch.setattr(windows, "SYSTEM", "nt")
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", Closed(_Kept()))
        assert main(["modules"]) == 1
    os.close(spare)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("length", [200, 240, 280])
def test_a_path_that_is_too_long_for_windows_is_said(
    length: int, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    deep = folder.joinpath(*["d" * 20] * ((length - len(str(folder)) - 20) // 21))
    deep = deep / ("e" * (length - len(str(deep)) - len("/scoregen.yaml") - 1))
    deep.mkdir(parents=True)
    (deep / "scoregen.yaml").write_text(CONFIG)
    assert len(str(deep / "scoregen.yaml")) == length
    opening = os.open

    def limited(path: Any, *given: Any, **named: Any) -> int:
        if len(str(Path(path).absolute())) > windows.LONGEST_PATH:
            raise FileNotFoundError(2, "No such file or directory", path)
        return opening(path, *given, **named)

    monkeypatch.setattr(os, "open", limited)
    monkeypatch.setattr(os, "supports_dir_fd", set())
    monkeypatch.setattr(windows, "SYSTEM", "nt")
    code = main(["generate", str(deep / "scoregen.yaml")])
    err = capsys.readouterr().err
    assert code == (0 if length == 200 else 2)
    assert (f"has {length - len('scoregen.yaml') + len('score.py')} characters" in err) == (length == 240)
    assert (f"has {length} characters, and Windows may take no more than 259" in err) == (length == 280)


def test_outputs_that_differ_in_capitals_only_are_one_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "scoregen.yaml").write_text(
        "scripts:\n- {module: Score Model, output: a/score.py}\n- {module: Score Model, output: a/Score.py}\n"
    )
    assert main(["generate", "scoregen.yaml"]) == 1
    assert (
        "scoregen.yaml:3:25: scripts[1].output: 'a/Score.py' is 'a/score.py' of line 2 too, on Windows and macOS: give each its own"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("data/Ratings.csv", "data/Ratings.csv"),
        ("data/ratings.csv", "data/Ratings.csv"),
        ("./DATA/../data/Ratings.csv", "./data/../data/Ratings.csv"),
        ("data/e\u0301.csv", "data/\xe9.csv"),
        ("data/rating.csv", None),
        ("ratings.csv/inner", None),
    ],
)
def test_a_name_is_that_on_the_disk_on_every_system(
    name: str, found: str | None, platform: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "Ratings.csv").touch()
    (folder / "data" / "\xe9.csv").touch()
    monkeypatch.setattr(sys, "platform", platform)
    assert as_on_the_disk(folder, name) == found


def test_a_dataset_in_other_capitals_than_on_the_disk(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unrated = "  recommended_item_selection: FromUnratedItems\n"
    (folder / "scoregen.yaml").write_text(
        "module: Score SVD Recommender\nparameters:\n  prediction_kind: Item Recommendation\n"
        f"{unrated}datasets:\n  training_data: Ratings.csv\n"
    )
    assert main(["generate", "scoregen.yaml"]) == 0
    assert "'Ratings.csv' is 'ratings.csv' on the disk, and the endpoint tells them apart" in capsys.readouterr().err


def test_configs_are_found_in_any_spelling_that_windows_takes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "score.py").write_text(GOOD)
    monkeypatch.setattr(os.path, "normcase", str.lower)
    assert Owners().of(str(folder / "SCORE.PY")) == [str(folder / "scoregen.yaml")]


class _AsWindows:
    """``os`` with the paths of Windows."""

    path, sep, curdir, pardir = ntpath, "\\", ".", ".."


@pytest.mark.parametrize(
    ("path", "folder", "is_in"),
    [
        ("C:\\work\\a.py", "C:\\work", True),
        ("C:\\work", "C:\\work", True),
        ("C:\\a.py", "C:\\", True),
        ("C:\\workshop\\a.py", "C:\\work", False),
        ("D:\\work\\a.py", "C:\\work", False),
        ("\\\\server\\share\\a.py", "\\\\server\\share\\", True),
        ("\\\\server\\other\\a.py", "\\\\server\\share\\", False),
        ("\\\\server\\share\\a.py", "C:\\", False),
    ],
)
def test_what_is_within_a_drive_or_a_share(
    path: str, folder: str, is_in: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "os", _AsWindows)
    assert searching.is_within(path, folder) is is_in


@pytest.mark.parametrize(
    ("name", "is_below"),
    [
        ("sub\\a.py", True),
        ("C:\\a.py", False),
        ("C:a.py", False),
        ("\\a.py", False),
        ("\\\\server\\share\\a.py", False),
        ("sub\\..\\..\\a.py", False),
        ("sub\\.\\a.py", False),
    ],
)
def test_names_of_an_index_lead_nowhere_on_windows_either(
    name: str, is_below: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "os", _AsWindows)
    assert listing._is_below(name) is is_below


def test_git_names_files_with_slashes_and_windows_with_back_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    class Os(_AsWindows):
        fsdecode = staticmethod(os.fsdecode)

    answers = {"ls-files": b"H 100644 0 0\tsub/score.py\0H 100644 0 0\t../out.py\0", "check-ignore": None}
    monkeypatch.setattr(listing, "os", Os)
    monkeypatch.setattr(listing, "git", lambda _, command, *rest, **__: answers[command] if "-v" in rest else b"")
    monkeypatch.setattr(listing, "_is_left_out", lambda *_: False)
    assert list(listing.files_of("C:\\work", listing.can_be_checked, [])) == ["sub\\score.py"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("sub\\score.py", "sub/score.py"),
        ("D:\\w\\score.py", "file:///D:/w/score.py"),
        ("\\\\server\\share\\score.py", "file://server/share/score.py"),
    ],
)
def test_reports_name_files_as_their_readers_do(path: str, uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "PurePath", PureWindowsPath)
    assert sarif._artifact(path)["uri"] == uri


def test_a_checkout_with_line_ends_of_windows_is_current(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "scoregen.yaml").write_text(CONFIG + "conda: true\n")
    assert main(["sync", "."]) == 1
    for path in folder.glob("*.[py]*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["sync", "--check", "."]) == 0
    assert main(["rewrite", "score.py", "--set", "max_recommended_item_count=9"]) == 0
    assert main(["check", "--fix", "."]) == 0
    content = (folder / "score.py").read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") > 50
    assert "fault" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "output", ["sub\\score.py", "..\\score.py", "\\score.py", "C:\\score.py", "\\\\server\\share\\score.py"]
)
def test_a_config_has_slashes_between_folders(output: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "scoregen.yaml").write_text(f"module: Score Model\noutput: '{output}'\n")
    assert main(["generate", "scoregen.yaml"]) == 1
    assert f"'{output}' is not a usable path: name a file, with / between folders" in capsys.readouterr().err
    assert not list(folder.glob("*.py"))


@pytest.mark.parametrize("can", [True, False])
@pytest.mark.parametrize("is_console", [True, False])
def test_a_console_is_asked_to_take_colours(can: bool, is_console: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    modes: list[int] = []

    def told(_: int, mode: Any) -> bool:
        mode._obj.value = 3
        return is_console

    def set_to(_: int, mode: int) -> bool:
        modes.append(mode)
        return can

    kernel = SimpleNamespace(GetStdHandle=lambda number: number, GetConsoleMode=told, SetConsoleMode=set_to)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert windows.takes_escapes()
    assert modes == []
    monkeypatch.setattr(sys, "platform", "win32")
    assert windows.takes_escapes() is (can or not is_console)
    assert modes == ([7, 7] if can else [7]) * is_console
