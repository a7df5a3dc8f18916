"""Nothing leaves its place: where files are written, what is run, what is imported, and who is asked over the network."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import generate
from generator.cli.main import main
from generator.files.git import git
from generator.files.replace import replace_all
from generator.files.search import search

ROOT = Path(__file__).parents[2]
CONFIG = "module: Score Model\n"
SCRIPT = generate(CONFIG, origin="scoregen.yaml")
OUTDATED = generate({"module": "Score Model", "parameters": {"append_or_result_only": False}})  # scoregen's own


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
    (outside / "score.py").write_text(OUTDATED)
    (folder / ".git" / "hooks" / "pre-commit").write_text("theirs")
    (folder / "out").symlink_to("../outside")
    (folder / "up").symlink_to("..")
    (folder / "over").symlink_to("up/outside")
    (folder / "git").symlink_to(".git")
    (folder / "link.py").symlink_to("../outside/score.py")
    (folder / "dangling.py").symlink_to("../outside/new.py")
    (folder / "within.py").symlink_to("sub/score.py")
    (folder / "here").symlink_to(".")
    (folder / "sub" / "score.py").write_text(OUTDATED)
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
        (inside.parent / name).write_text(OUTDATED)  # the next example starts as the first


@pytest.mark.parametrize("command", ["generate", "sync"])
def test_a_folder_that_is_made_a_link_after_it_was_judged_leads_nowhere_else(
    command: str, inside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (inside / "a").mkdir()
    (inside / "scoregen.yaml").write_text("module: Score Model\noutput: a/other.py\n")

    def swapped(*given: Any, **named: Any) -> None:
        (inside / "a").rmdir()
        (inside / "a").symlink_to("../outside")
        replace_all(*given, **named)

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
    assert main(["sync", "link.py"]) == 1
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
    assert main(["sync", *handed]) == (1 if handed == ["sub/score.py"] else 0)
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
    assert [target.path for target in search(["."], [b"azureml"])[0]]
    for arguments in (["check"], ["check", "sub"], ["sync"], ["sync", "--check"], ["init", "--pre-commit"]):
        assert main(arguments) == 0, capsys.readouterr().err
    for folder in (".git", "sub"):
        git(hostile / folder, "rev-parse", "HEAD")
        git(hostile / folder, "describe", "--tags", "--exact-match", "HEAD")
        git(hostile / folder, "check-ignore", "--quiet", ".")
    assert sprung(hostile) == []
