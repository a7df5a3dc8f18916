"""What each command does, seen from inside the process: which files it opens, which programs it starts, what it imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.cli.commands import SUMMARIES
from tests.files.test_places import CONFIG, SCRIPT, contents, inside, sprung

__all__ = ["inside"]  # a fixture


class Case(NamedTuple):
    """What a command is given, which programs it may start, and whether it writes."""

    arguments: list[str]
    starts: frozenset[str] = frozenset()
    writes: bool = False


GIT = frozenset({"git"})
CASES = {
    "bundle": [Case(["bundle", "scoregen.yaml", "-d", "bundle"], writes=True)],
    "check": [
        Case(["check"], GIT),
        Case(["check", "score.py", "--format", "json"]),
        Case(["check", "score.py", "--format", "sarif"]),
        Case(["check", "wrong.py", "--fix"], writes=True),
    ],
    "completion": [Case(["completion", "bash"])],
    "explain": [Case(["explain", "SG102"])],
    "extract": [Case(["extract", "score.py"]), Case(["extract", "score.py", "-o", "new.yaml"], writes=True)],
    "generate": [
        Case(["generate", "scoregen.yaml", "-o", "-"]),
        Case(["generate", "--check", "scoregen.yaml"]),
        Case(["generate", "svd.yaml"], writes=True),
    ],
    "init": [
        Case(["init", "sub/score.py"], writes=True),
        Case(["init", "--pre-commit"], GIT, writes=True),
    ],
    "modules": [Case(["modules"])],
    "rewrite": [
        Case(["rewrite", "score.py", "--set", "append_or_result_only=false", "--diff"]),
        Case(["rewrite", "score.py", "--set", "append_or_result_only=false"], writes=True),
    ],
    "schema": [Case(["schema"]), Case(["schema", "-o", "schema.json"], writes=True)],
    "sync": [
        Case(["sync", "--check"], GIT),
        Case(["sync", "svd.yaml"], writes=True),
        Case(["sync", "rewrite.yaml"], writes=True),
    ],
}

WATCHED = """\
import json, sys
log, *arguments = sys.argv[1:]
events = []

def watch(event, arguments):
    if event == "exec":
        arguments = (arguments[0].co_filename, *arguments[0].co_names)
    elif event in ("compile", "marshal.loads", "object.__getattr__", "sys._getframe"):
        return
    events.append([event, *map(str, arguments[:3])])

sys.addaudithook(watch)
from generator.cli.main import main
try:
    code = main(arguments)
finally:
    seen = list(events)
    with open(log, "w") as file:
        json.dump(seen, file)
sys.exit(code)
"""

SPRUNG = "springs_the_trap"
TRAP = f"{SPRUNG} = open({{mark!r}}, 'a').write(__name__ + '\\n')\n"


@pytest.fixture
def desk(inside: Path) -> Path:
    """A repository with scripts that leave a mark when they are run, and datasets that keep a reader waiting."""
    subprocess.run(["git", "init", "--quiet"], check=True)
    trapped = TRAP.format(mark=str(inside.parent / "sprung")) + SCRIPT
    (inside / "score.py").write_text(trapped)
    (inside / "sub" / "score.py").write_text(trapped)
    (inside / "wrong.py").write_text(trapped.replace("_only=True", '_only="True"'))
    os.mkfifo(inside / "ratings.csv")
    (inside / "scoregen.yaml").write_text(CONFIG)
    (inside / "svd.yaml").write_text(
        "module: Score SVD Recommender\noutput: svd.py\n"
        "parameters: {prediction_kind: ItemRecommendation, recommended_item_selection: FromUnratedItems}\n"
        "datasets: {training_data: {path: ratings.csv}}\n"
    )
    (inside / "rewrite.yaml").write_text(f"{CONFIG}mode: rewrite\nparameters: {{append_or_result_only: false}}\n")
    return inside


ALL = [pytest.param(case, id=" ".join(case.arguments)) for cases in CASES.values() for case in cases]


OTHERS = {"convert", "describe", "prove", "runtime", "serve", "try", "ui"}
"""The commands that run programs, ask a network or serve one, as it is their work; and two that need a model."""


def test_every_other_command_is_watched() -> None:
    assert {*CASES, *OTHERS} == set(SUMMARIES)


WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = ("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "shutil.")
PROGRAMS = ("os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "pty.")
NETWORK = ("ftplib.", "http.", "imaplib.", "poplib.", "smtplib.", "socket.", "urllib.", "webbrowser.")


@pytest.mark.parametrize("case", ALL)
def test_what_a_command_does(case: Case, desk: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    there = contents(desk)
    command = [sys.executable, "-B", "-c", WATCHED, str(log), *case.arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1) or "pip install" in done.stderr, done.stderr
    events = json.loads(log.read_text())

    assert [event for event in events if event[0].startswith((*PROGRAMS, *NETWORK))] == []
    assert {event[1] for event in events if event[0] == "subprocess.Popen"} <= case.starts

    assert sprung(desk) == []
    assert [
        event for event in events if event[0] == "exec" and (SPRUNG in event or event[1].startswith(str(desk)))
    ] == []
    imported = {event[1].partition(".")[0] for event in events if event[0] == "import"}
    assert not imported & {"azureml", "numpy", "pandas", "score", "wrong"}

    no_file = os.devnull  # what git reads from, and complains to
    opened = [event for event in events if event[0] == "open" and event[1] != no_file and not event[1].isdecimal()]
    assert [event for event in opened if event[1].endswith("ratings.csv")] == []
    written = [event[1] for event in opened if event[2] not in ("r", "rb", "None") or int(event[3]) & WRITING]
    changes = [event for event in events if event[0].startswith(CHANGES)]
    if not case.writes:
        assert (written, changes, contents(desk)) == ([], [], there)
    for name in written:
        assert Path(name).name.startswith(".scoregen.") or case.arguments[0] == "bundle"


PROBE = "import sys; print(*sys.modules)"
IMPORTING = """\
import contextlib, importlib, pkgutil, sys
names = set()
sys.addaudithook(lambda event, arguments: event == "import" and names.add(arguments[0].partition(".")[0]))
import generator
for module in pkgutil.walk_packages(generator.__path__, "generator."):
    if module.name not in ("generator.__main__", "generator.trial.child"):
        with contextlib.suppress(ModuleNotFoundError):  # what is installed for completion alone
            importlib.import_module(module.name)
generator.generate("module: Score Model")
generator.extract(generator.rewrite(generator.generate("module: Score Model"), {"append_or_result_only": False}))
print(*names)
"""


@pytest.fixture(scope="module")
def names() -> set[str]:
    """The names of all modules that the commands import, or would if they were there, and others that Python tries."""
    done = subprocess.run([sys.executable, "-c", IMPORTING], capture_output=True, text=True, check=True)
    found = set(done.stdout.split())
    assert {"generator", "argparse", "yaml", "libcst"} <= found
    return found - {"generator"} | {"azureml", "sitecustomize", "usercustomize"}


@pytest.fixture(scope="module")
def names_of_python(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that ``python -m`` imports, from the current folder if they are there, before a package can act."""
    folder = tmp_path_factory.mktemp("probe")
    (folder / "probe").mkdir()
    (folder / "probe" / "__init__.py").write_text("from __future__ import annotations\n")
    (folder / "probe" / "__main__.py").write_text(PROBE)
    done = subprocess.run([sys.executable, "-m", "probe"], cwd=folder, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("start", ["the command", "python -m"])
@pytest.mark.parametrize("case", [cases[0] for cases in CASES.values()], ids=lambda case: case.arguments[0])
def test_no_module_of_the_current_folder_is_imported(
    case: Case, start: str, desk: Path, names: set[str], names_of_python: set[str]
) -> None:
    script = Path(sys.executable).with_name("scoregen")
    if start == "the command" and not script.exists():
        pytest.skip(f"there is no {script}: scoregen is not installed")
    command = [str(script)] if start == "the command" else [sys.executable, "-m", "generator"]
    for name in names if start == "the command" else names - names_of_python:
        for folder in (desk, desk / "sub"):
            (folder / f"{name}.py").write_text(TRAP.format(mark=str(desk.parent / "sprung")))
    done = subprocess.run([*command, *case.arguments], capture_output=True, text=True, check=False)
    assert (done.returncode in (0, 1, 2), "fault of scoregen" in done.stderr) == (True, False), done.stderr
    assert sprung(desk) == []
