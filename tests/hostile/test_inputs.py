"""Every command that reads a file, given every hostile one: it ends in time, within its memory, and says why."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.configs import CONDA, CONFIGS, HOOKS
from tests.hostile.processes import assert_bounded, run
from tests.hostile.scripts import SCRIPT, SCRIPTS

_REWRITE = [
    "rewrite",
    "score.py",
    "--set",
    "prediction_kind=ItemRecommendation",
    "--response",
    "columns",
    "--strict-json",
]
_ON_SCRIPTS = {
    "check": ["check", "--fix", "--strict", "--format", "sarif", "score.py"],
    "rewrite": [*_REWRITE, "--dataset", "training_data=ratings.csv", "--set", "max_recommended_item_count=7"],
    "init": ["init", "score.py"],
}
_ON_CONFIGS = {"generate": ["generate", "--check", "scoregen.yaml"]}
_ON_CONFIGS_TOO = {"bundle": ["bundle", "scoregen.yaml", "-d", "out"], "sync": ["sync", "--check", "score.py"]}
_KINDS_OF_CONFIGS = ["aliases that double", "comments", "noise", "too large", "unknown keys", "300 whole scripts"]
_KINDS_OF_CONFIGS += ["140 deployments", "command lines, and an error at the end", "nothing but errors"]
_KINDS_OF_SCRIPTS = ["brackets without end", "subscripts", "one long line", "calls of the module", "keyword arguments"]
_KINDS_OF_SCRIPTS += ["a huge number", "noise", "utf-16", "punycode", "f-string of many parts", "too large"]
_ON_CONDA = {"check": ["check", "--fix", "--format", "sarif", "conda_env.yaml"]}

Made = Callable[[], str | bytes]


def given(commands: dict[str, list[str]], inputs: dict[str, Made]) -> pytest.MarkDecorator:
    """Hand a test every input under every command."""
    pairs = [
        pytest.param(arguments, made, id=f"{command}, {name}")
        for name, made in inputs.items()
        for command, arguments in commands.items()
    ]
    return pytest.mark.parametrize(("arguments", "made"), pairs)


def write(path: Path, made: Made) -> None:
    content = made()
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@given(_ON_SCRIPTS, SCRIPTS)
def test_a_script(arguments: list[str], made: Made, tmp_path: Path) -> None:
    write(tmp_path / "score.py", made)
    outcome = run(arguments, tmp_path)
    assert_bounded(outcome)
    assert outcome.code == 0 or "score.py" in outcome.printed


@given(_ON_CONFIGS, CONFIGS)
def test_a_config(arguments: list[str], made: Made, tmp_path: Path) -> None:
    write(tmp_path / "scoregen.yaml", made)
    outcome = run(arguments, tmp_path)
    assert_bounded(outcome)
    assert outcome.code == 0 or "scoregen.yaml" in outcome.printed or ".py" in outcome.printed


@given(_ON_CONFIGS_TOO, {name: CONFIGS[name] for name in _KINDS_OF_CONFIGS})
def test_a_config_of_another_command(arguments: list[str], made: Made, tmp_path: Path) -> None:
    """They read a config as generate does, so that one of each kind shows what is their own."""
    write(tmp_path / "scoregen.yaml", made)
    outcome = run(arguments, tmp_path)
    assert_bounded(outcome)
    assert outcome.code == 0 or "scoregen.yaml" in outcome.printed or ".py" in outcome.printed


@given({"sync": ["sync", "--check"]}, {name: SCRIPTS[name] for name in _KINDS_OF_SCRIPTS})
def test_a_script_of_a_config(arguments: list[str], made: Made, tmp_path: Path) -> None:
    """It is rewritten as rewrite does it, so that one of each kind shows what is sync's own."""
    write(tmp_path / "score.py", made)
    rewritten = "module: Score SVD Recommender\nmode: rewrite\nparameters: {prediction_kind: Item Recommendation}\n"
    (tmp_path / "scoregen.yaml").write_text(rewritten)
    outcome = run(arguments, tmp_path)
    assert_bounded(outcome)
    assert "score.py" in outcome.printed


@given(_ON_CONDA, CONDA)
def test_a_conda_file(arguments: list[str], made: Made, tmp_path: Path) -> None:
    write(tmp_path / "conda_env.yaml", made)
    outcome = run(arguments, tmp_path)
    assert_bounded(outcome)
    assert "conda_env.yaml" in outcome.printed


@given({"init": ["init", "--pre-commit"]}, HOOKS)
def test_a_pre_commit_config(arguments: list[str], made: Made, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path / ".pre-commit-config.yaml", made)
    outcome = run(arguments, tmp_path)
    assert_bounded(outcome)
    assert ".pre-commit-config.yaml" in outcome.printed


_READING = {
    "generate": ["generate", "FILE"],
    "bundle": ["bundle", "FILE", "-d", "out"],
    "rewrite": [*_REWRITE[:1], "FILE", *_REWRITE[2:]],
    "rewrite --config": ["rewrite", "score.py", "--config", "FILE"],
    "check": ["check", "FILE"],
    "check --fix": ["check", "--fix", "FILE"],
    "sync": ["sync", "FILE"],
    "extract": ["extract", "FILE"],
    "init": ["init", "FILE"],
    "try": ["try", "FILE", "--model-dir", "model"],
    "try --samples": ["try", "score.py", "--model-dir", "model", "--samples", "FILE"],
}


_NO_FILES = [
    "/dev/zero",
    "/dev/null",
    "pipe",
    "socket",
    "100 MB",
    "x" * 255,
    "x" * 256,
    "loop",
    "\udcff\n.yaml",
    "model",
]
_SEARCHING = ("check", "check --fix", "sync")


@pytest.mark.parametrize("file", _NO_FILES)
@pytest.mark.parametrize("command", _READING)
def test_what_is_no_file_to_read(command: str, file: str, tmp_path: Path) -> None:
    (tmp_path / "score.py").write_text(SCRIPT)
    (tmp_path / "model" / "trained_model_outputs").mkdir(parents=True)
    os.mkfifo(tmp_path / "pipe")
    os.mknod(tmp_path / "socket", stat.S_IFSOCK | 0o600)
    (tmp_path / "loop").symlink_to("loop")
    with (tmp_path / "100 MB").open("wb") as large:
        large.truncate(100_000_000)
    outcome = run([file if word == "FILE" else word for word in _READING[command]], tmp_path)
    assert_bounded(outcome)
    if file == "model" and command in _SEARCHING:
        assert outcome.code == 0
        return
    if file == "model" and command == "init":  # a folder is what init starts from
        assert outcome.code == 1
        assert "has no score.py to start from" in outcome.printed
        return
    assert outcome.code == 2
    assert file[:100] in outcome.printed or ascii(file) in outcome.printed


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "-"],
        ["extract", "-"],
        ["rewrite", "-", *_REWRITE[2:]],
        ["try", "score.py", "--model-dir", "model", "--samples", "-"],
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_standard_input_without_end(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "score.py").write_text(SCRIPT)
    (tmp_path / "model" / "trained_model_outputs").mkdir(parents=True)
    with Path("/dev/zero").open("rb") as endless:
        outcome = run(arguments, tmp_path, endless)
    assert_bounded(outcome)
    assert outcome.code in (1, 2)
    assert "<stdin>: cannot be read: it has more than 2 MB" in outcome.printed


@pytest.mark.parametrize("is_in_git", [False, True], ids=["", "in git"])
@pytest.mark.parametrize("command", ["check", "sync"])
def test_a_tree_of_100_000_files_and_links_in_circles(command: str, is_in_git: bool, tmp_path: Path) -> None:
    if is_in_git:
        subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    for folder in range(100):
        (tmp_path / str(folder)).mkdir()
        (tmp_path / str(folder) / "around").symlink_to("..")
        for number in range(1_000):
            os.close(os.open(tmp_path / str(folder) / f"{number}.py", os.O_CREAT))
    (tmp_path / "scoregen.yaml").write_text("module: Score Model\n")
    outcome = run([command], tmp_path)
    assert_bounded(outcome)
    assert command == "check" or "score.py" in outcome.printed
