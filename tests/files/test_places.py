"""Nothing leaves its place: where files are written, what is run, what is imported, and who is asked over the network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import generate
from generator.cli.commands import SUMMARIES
from generator.cli.main import main
from generator.files.git import git
from generator.files.replace import replace_all
from generator.files.search import search

ROOT = Path(__file__).parents[2]
CONFIG = "module: Score Model\n"
SCRIPT = generate(CONFIG, origin="scoregen.yaml")


def contents(folder: Path) -> dict[str, str | bytes]:
    """Return what is in a folder, with links as links."""
    return {
        str(path.relative_to(folder)): f"-> {path.readlink()}" if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository to work in, with links that lead out of it."""
    outside, folder = tmp_path / "outside", tmp_path / "inside"
    for path in (outside, folder / "sub", folder / ".git" / "hooks"):
        path.mkdir(parents=True)
    (outside / "score.py").write_text("theirs")
    (folder / ".git" / "hooks" / "pre-commit").write_text("theirs")
    (folder / "out").symlink_to("../outside")
    (folder / "up").symlink_to("..")
    (folder / "over").symlink_to("up/outside")
    (folder / "git").symlink_to(".git")
    (folder / "link.py").symlink_to("../outside/score.py")
    (folder / "dangling.py").symlink_to("../outside/new.py")
    (folder / "within.py").symlink_to("sub/score.py")
    (folder / "here").symlink_to(".")
    (folder / "sub" / "score.py").write_text("ours")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    return folder


def changed(folder: Path, before: dict[str, str | bytes]) -> set[str]:
    after = contents(folder)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


ESCAPES = [
    *("../score.py", "sub/../../score.py", "./../score.py", "{tmp}/outside/score.py", "//{tmp}/outside/score.py"),
    *("out/score.py", "up/score.py", "over/score.py", "here/out/score.py", "sub/../out/score.py", "up/inside/../x.py"),
    *("link.py", "dangling.py", "here/here/link.py", "sub\\..\\..\\score.py"),
    *(".git/hooks/pre-commit", ".git/config", "git/hooks/pre-commit", ".GIT/x", "sub/.git", "here/.git/hooks/new"),
]


@pytest.mark.parametrize("output", ESCAPES)
@pytest.mark.parametrize("command", [["generate"], ["generate", "--check"], ["sync"]], ids=" ".join)
def test_an_output_outside_is_refused(
    command: list[str], output: str, inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inside / "scoregen.yaml").write_text(
        json.dumps({"module": "Score Model", "output": output.format(tmp=inside.parent)})
    )
    before = contents(inside.parent)
    assert main([*command, "scoregen.yaml"]) in (1, 2)
    assert contents(inside.parent) == before
    assert "scoregen.yaml:1:" in (said := capsys.readouterr().err) or "cannot be written" in said


@pytest.mark.parametrize("output", ["within.py", "here/sub/score.py", "sub/../score.py", "$HOME", "~", "..."])
def test_an_output_inside_is_written(output: str, inside: Path) -> None:
    (inside / "scoregen.yaml").write_text(json.dumps({"module": "Score Model", "output": output}))
    before = contents(inside.parent)
    assert main(["generate", "scoregen.yaml"]) == 0
    (written,) = changed(inside.parent, before)
    assert written.startswith("inside/")
    assert (inside.parent / written).read_text() == SCRIPT


PARTS = [
    "..",
    ".",
    "",
    "sub",
    "out",
    "up",
    "over",
    "here",
    "git",
    ".git",
    "link.py",
    "within.py",
    "score.py",
    "inside",
    "~",
]


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=6), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_output_only_the_config_s_folder_changes(inside: Path, parts: list[str], absolute: bool) -> None:
    output = "/".join(parts)
    output = f"{inside.parent}/{output}" if absolute else output
    (inside / "scoregen.yaml").write_text(json.dumps({"module": "Score Model", "output": output}))
    before = contents(inside.parent)
    code = main(["sync", "scoregen.yaml"])
    names = changed(inside.parent, before)
    assert code or not names
    for name in names:
        assert name.startswith("inside/")
        assert "/.git/" not in name
        (inside.parent / name).write_text("ours")  # the next example starts as the first


@pytest.mark.parametrize("command", ["generate", "sync"])
def test_a_folder_that_is_made_a_link_after_it_was_judged_leads_nowhere_else(
    command: str, inside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (inside / "a").mkdir()
    (inside / "scoregen.yaml").write_text("module: Score Model\noutput: a/other.py\n")

    def swapped(*given: Any) -> None:
        (inside / "a").rmdir()
        (inside / "a").symlink_to("../outside")
        replace_all(*given)

    monkeypatch.setattr("generator.actions.generate.replace_all", swapped)
    before = contents(inside.parent / "outside")
    assert main([command, "scoregen.yaml"]) == 2
    assert capsys.readouterr().err == "a/other.py: leads elsewhere by now: nothing is written, run again\n"
    assert contents(inside.parent / "outside") == before


@pytest.fixture
def theirs(inside: Path) -> Path:
    """Another folder, with a config whose script is out of date."""
    folder = inside.parent / "outside"
    (folder / "scoregen.yaml").write_text(CONFIG)
    subprocess.run(["git", "init", "--quiet"], check=True)
    return folder


def test_a_config_that_is_a_link_is_at_home_where_the_link_is(inside: Path, theirs: Path) -> None:
    (inside / "scoregen.yaml").symlink_to(theirs / "scoregen.yaml")
    before = contents(theirs)
    assert main(["sync"]) == 1
    assert (inside / "score.py").read_text() == SCRIPT
    (inside / "score.py").unlink()
    (inside / "score.py").symlink_to(theirs / "score.py")
    assert main(["sync"]) == 1
    assert contents(theirs) == before


def test_a_script_that_is_a_link_does_not_stand_for_configs_elsewhere(inside: Path, theirs: Path) -> None:
    before = contents(theirs)
    assert main(["sync", "link.py"]) == 0
    assert main(["sync", "out"]) == 1, "a folder that is named is searched wherever it is"
    assert changed(theirs, before) == {"score.py"}


@pytest.mark.parametrize("handed", [["."], ["sub"], ["sub/score.py"]], ids=" ".join)
def test_a_folder_that_was_replaced_by_a_link_is_not_searched(handed: list[str], inside: Path, theirs: Path) -> None:
    """Git lists what its index has, whatever lies there by now."""
    (inside / "sub" / "more").mkdir()
    (inside / "sub" / "more" / "scoregen.yaml").write_text(CONFIG)
    subprocess.run(["git", "add", "sub"], check=True)
    (inside / "sub" / "more" / "scoregen.yaml").unlink()
    (inside / "sub" / "more").rmdir()
    (inside / "sub" / "more").symlink_to(theirs)
    before = contents(inside.parent)
    assert main(["sync", *handed]) == 0
    assert contents(inside.parent) == before


def test_the_hooks_go_nowhere_but_into_the_repository(
    inside: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (theirs / "shared.yaml").write_text("repos: []\n")
    (inside / ".pre-commit-config.yaml").symlink_to(theirs / "shared.yaml")
    before = contents(theirs)
    assert main(["init", "--pre-commit"]) == 2
    assert "it leads out of the repository" in capsys.readouterr().err
    assert contents(theirs) == before


ARMED = """\
[core]
    fsmonitor = {trap}
    hooksPath = {hooks}
    pager = {trap}
    editor = {trap}
    sshCommand = {trap}
    gitProxy = {trap}
    askPass = {trap}
[pager]
    ls-files = {trap}
    grep = {trap}
[alias]
    ls-files = !{trap}
    grep = !{trap}
[diff]
    external = {trap}
[diff "trap"]
    command = {trap}
    textconv = {trap}
[filter "trap"]
    clean = {trap}
    smudge = {trap}
    process = {trap}
    required = true
[credential]
    helper = !{trap}
[gpg]
    program = {trap}
[protocol "ext"]
    allow = always
[core]
    repositoryFormatVersion = 1
[extensions]
    partialClone = origin
[remote "origin"]
    promisor = true
    url = "ext::{trap} x"
    uploadpack = {trap}
"""


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A program that leaves a mark where it was run."""
    path = tmp_path / "trap"
    path.write_text(f'#!/bin/sh\necho "$0 $@" >> {tmp_path}/sprung\nexit 1\n')
    path.chmod(0o755)
    return path


@pytest.fixture
def hostile(inside: Path, trap: Path) -> Path:
    """A repository whose own settings have git run a program wherever it can, and that lacks an object."""
    (inside / "a.py").write_text(SCRIPT)
    (inside / "scoregen.yaml").write_text(CONFIG)
    (inside / "score.py").write_text(SCRIPT)
    (inside / ".gitattributes").write_text("* diff=trap filter=trap\n")
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.attributesFile=/dev/null")
    subprocess.run(["git", "init", "--quiet"], check=True)
    subprocess.run(["git", *identity, "add", "--all"], check=True)
    subprocess.run(["git", *identity, "commit", "--quiet", "--message", "all"], check=True)
    for command in (["update-index", "--assume-unchanged", "a.py"], ["update-index", "--skip-worktree", "score.py"]):
        subprocess.run(["git", *command], check=True)
    blob = subprocess.run(["git", "rev-parse", "HEAD:a.py"], check=True, capture_output=True, text=True).stdout.strip()
    (inside / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    hooks = inside / ".git" / "hooks"
    for name in ("post-index-change", "pre-auto-gc", "reference-transaction", "fsmonitor-watchman"):
        (hooks / name).symlink_to(trap)
    with (inside / ".git" / "config").open("a") as config:
        config.write(ARMED.format(trap=trap, hooks=hooks))
    return inside


def sprung(folder: Path) -> list[str]:
    mark = folder.parent / "sprung"
    lines = mark.read_text().splitlines() if mark.exists() else []
    mark.unlink(missing_ok=True)
    return lines


@pytest.mark.parametrize("arguments", [["ls-files", "--others"], ["cat-file", "-e", "HEAD:a.py"]], ids=" ".join)
def test_the_trap_works_in_the_git_of_others(arguments: list[str], hostile: Path) -> None:
    subprocess.run(["git", *arguments], capture_output=True, check=False)
    assert sprung(hostile)
    git(hostile, *arguments)
    assert sprung(hostile) == []


def test_looking_at_a_repository_runs_nothing_of_it(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [target.path for target in search(["."], ["azureml"])[0]]
    for arguments in (["check"], ["check", "sub"], ["sync"], ["sync", "--check"], ["init", "--pre-commit"]):
        assert main(arguments) == 0, capsys.readouterr().err
    for folder in (".git", "sub"):
        git(hostile / folder, "rev-parse", "HEAD")
        git(hostile / folder, "describe", "--tags", "--exact-match", "HEAD")
        git(hostile / folder, "check-ignore", "--quiet", ".")
    assert sprung(hostile) == []


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


def test_every_command_but_try_is_watched() -> None:
    assert {*CASES, "try"} == set(SUMMARIES)


WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = ("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "shutil.")
PROGRAMS = ("os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "pty.")
NETWORK = ("ftplib.", "http.", "imaplib.", "poplib.", "smtplib.", "socket.", "urllib.", "webbrowser.")


@pytest.mark.parametrize("case", ALL)
def test_what_a_command_does(case: Case, desk: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    there = contents(desk)
    command = [sys.executable, "-c", WATCHED, str(log), *case.arguments]
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

    opened = [event for event in events if event[0] == "open" and not event[1].isdecimal()]  # not those by a handle
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
