"""Writing where the system refuses it: files of someone else, immutable ones, a full disk; without root's rights."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import generate
from generator.cli.main import main
from tests.files.test_files import CONFIG, IS_ROOT, NEW, OLD, OTHER, names

pytestmark = pytest.mark.usefixtures("unmeasured")

NOBODY = 65534
GROUP = 2345  # which nobody is in

AS_NOBODY = f"""\
import contextlib, io, os, sys
from pathlib import Path
from generator.cli.main import main
folder, *arguments = sys.argv[1:]
warm = Path(folder, "warm")  # all is imported before the right to read it is gone
warm.mkdir()
(warm / "scoregen.yaml").write_text("module: Score Model\\n")
with contextlib.redirect_stdout(io.StringIO()):
    main(["generate", str(warm / "scoregen.yaml")])
os.chdir(folder)
if os.geteuid() == 0:
    os.setgroups([{GROUP}])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
sys.exit(main(arguments))
"""


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that others can reach, unlike those of pytest, with a config whose script is out of date."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        (folder / "scoregen.yaml").write_text(CONFIG)
        (folder / "score.py").write_bytes(OLD)
        yield folder
        folder.chmod(0o777)


def run_as_nobody(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command in a folder without root's rights; return its exit code and what it prints."""
    command = [sys.executable, "-c", AS_NOBODY, str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_in_a_read_only_folder_nothing_changes(mode: int, public: Path) -> None:
    (public / "inner").mkdir()
    (public / "scoregen.yaml").write_text("module: Score Model\noutput: inner/score.py\n")
    (public / "inner" / "score.py").write_bytes(OLD)
    (public / "inner" / "score.py").chmod(0o666)
    (public / "inner").chmod(mode)
    code, out, err = run_as_nobody(public, "generate", "scoregen.yaml")
    (public / "inner").chmod(0o755)
    assert (code, out) == (2, "")
    assert err.startswith("inner/score.py: cannot be ")
    assert err.endswith(": Permission denied\n")
    assert {path.name: path.read_bytes() for path in (public / "inner").iterdir()} == {"score.py": OLD}


def test_a_read_only_file_is_left_alone(public: Path) -> None:
    (public / "score.py").chmod(0o444)
    code, out, err = run_as_nobody(public, "generate", "scoregen.yaml")
    assert (code, out, err) == (2, "", "score.py: cannot be written: it is read-only\n")
    assert (names(public), (public / "score.py").read_bytes()) == ({"scoregen.yaml", "score.py"}, OLD)


def test_a_file_of_someone_else_that_all_may_write_is_written(public: Path) -> None:
    (public / "score.py").chmod(0o646)
    assert run_as_nobody(public, "generate", "scoregen.yaml") == (0, "score.py: replaced\n", "")
    after = (public / "score.py").stat()
    assert (stat.S_IMODE(after.st_mode), after.st_uid) == (0o646, NOBODY if IS_ROOT else os.getuid())
    assert (public / "score.py").read_bytes() == NEW


@pytest.mark.skipif(not IS_ROOT, reason="only root can give a file to someone else")
def test_the_group_is_kept_by_who_is_in_it(public: Path) -> None:
    os.chown(public / "score.py", 0, GROUP)
    (public / "score.py").chmod(0o664)
    assert run_as_nobody(public, "generate", "scoregen.yaml") == (0, "score.py: replaced\n", "")
    after = (public / "score.py").stat()
    assert (after.st_uid, after.st_gid, stat.S_IMODE(after.st_mode)) == (NOBODY, GROUP, 0o664)


@pytest.mark.skipif(not IS_ROOT, reason="only root can give a file to someone else")
def test_in_a_sticky_folder_the_file_of_someone_else_stays(public: Path) -> None:
    public.chmod(0o1777)
    (public / "score.py").chmod(0o666)
    code, out, err = run_as_nobody(public, "generate", "scoregen.yaml")
    assert (code, out, err) == (2, "", "score.py: cannot be written: Operation not permitted\n")
    assert (names(public), (public / "score.py").read_bytes()) == ({"scoregen.yaml", "score.py"}, OLD)


@pytest.mark.parametrize("attribute", ["i", "a"], ids=["immutable", "append-only"])
def test_an_immutable_file_is_left_alone(attribute: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "score.py"
    path.write_bytes(OLD)
    (folder / "scoregen.yaml").write_text(CONFIG)
    try:
        done = subprocess.run(["chattr", f"+{attribute}", path], capture_output=True, text=True, check=False)
        refused = done.stderr if done.returncode else ""
    except FileNotFoundError:
        refused = "there is no chattr"
    if refused:
        pytest.skip(f"files cannot be made immutable here: {refused}")
    try:
        assert main(["generate", "scoregen.yaml"]) == 2
    finally:
        subprocess.run(["chattr", f"-{attribute}", path], check=True)
    assert "score.py: cannot be written: " in capsys.readouterr().err
    assert (names(folder), path.read_bytes()) == ({"scoregen.yaml", "score.py"}, OLD)


def test_on_a_full_disk_the_old_bytes_stay(folder: Path) -> None:
    disk = folder / "disk"
    disk.mkdir()
    script = f"""
        mount -t tmpfs -o size=64k tmpfs {disk} || exit 77
        cd {disk}
        cp {folder}/script.py score.py
        printf 'module: Score Model\\n' > scoregen.yaml
        head -c 100000 /dev/zero > filler 2>/dev/null
        {sys.executable} -m generator generate scoregen.yaml; echo exit $?
        {sys.executable} -m generator init --module 'Score Model'; echo exit $?
        {sys.executable} -m generator extract {folder}/script.py -o new.yaml; echo exit $?
        ls -A; cmp score.py {folder}/script.py && echo old
    """
    (folder / "script.py").write_text(generate(OTHER))
    command = ["unshare", "-rm", "sh", "-c", script]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no unshare")
    if "exit" not in done.stdout:
        pytest.skip(f"no disk can be mounted here: {done.stderr}")
    assert done.stdout.split() == ["exit", "2", "exit", "2", "exit", "2", "filler", "score.py", "scoregen.yaml", "old"]
    first, second, third = done.stderr.splitlines()
    assert first == "score.py: cannot be written: No space left on device"
    assert second.startswith("scoregen.yaml: is there already") or "has a config already" in second
    assert third == "new.yaml: cannot be written: No space left on device"
