"""``scoregen runtime``: what is made of a conda file, once, whole or not at all. A stand-in plays uv's part."""

from __future__ import annotations

import json
import pickle
import shlex
import sys
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.trial.cache import runtimes
from generator.trial.runtime import explained
from tests.support import stand_in_uv

CONDA = """\
dependencies:
- python=3.8.10
- pip=20.2
- vowpalwabbit=8.8.1
- pip:
  - azureml-defaults
  - azureml-designer-vowpal-wabbit-modules==0.0.52
  - azureml-designer-serving==0.0.13
"""


class Desk:
    """A folder with a conda file, a cache of its own, and a program that stands in for uv."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.cache = folder / "cache" / "scoregen" / "runtimes"
        self.log = folder / "uv.log"
        self._capsys = capsys

    def run(self, *arguments: str) -> tuple[int, list[str], list[str]]:
        code = main(["runtime", *arguments])
        out, err = self._capsys.readouterr()
        return code, out.splitlines(), err.splitlines()

    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def installed(self) -> int:
        return sum(call.startswith("pip install") for call in self.calls())


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    tools = tmp_path / "tools"
    tools.mkdir()
    uv = tools / "uv"
    uv.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(stand_in_uv.__file__)} "$@"\n')
    uv.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("STAND_IN_LOG", str(tmp_path / "uv.log"))
    monkeypatch.setattr("generator.trial.uv.uv_program", lambda: str(uv))
    Path("conda_env.yaml").write_text(CONDA)
    return Desk(tmp_path, capsys)


def test_a_runtime_is_made_once(desk: Desk) -> None:
    code, out, err = desk.run("make", "conda_env.yaml")
    (runtime,) = runtimes()
    assert (code, out) == (0, [str(runtime.python)])
    assert err[:3] == [
        f"{runtime.name}: making an environment of Python 3.8",
        f"{runtime.name}: resolving 5 requirements",
        f"{runtime.name}: installing packages",
    ]
    assert runtime.is_whole
    assert runtime.lock.read_text() == "made-up==1.0\n"
    assert (runtime.folder / "overrides.txt").read_text().splitlines()[-1] == "azureml-designer-serving==0.0.13"
    assert desk.run("make", "conda_env.yaml") == (0, out, [])
    assert desk.installed() == 1


def test_what_is_there_is_listed_found_and_removed(desk: Desk) -> None:
    assert desk.run("list") == (0, [f"0 in {desk.cache}"], [])
    code, out, err = desk.run("path", "conda_env.yaml")
    assert (code, out) == (1, [])
    assert "there is no runtime vowpal-wabbit-0.0.52-py38-" in err[0]
    assert err[0].endswith(": `scoregen runtime make conda_env.yaml` makes it")
    desk.run("make", "conda_env.yaml")
    (runtime,) = runtimes()
    assert desk.run("path", "conda_env.yaml") == desk.run("path", runtime.name) == (0, [str(runtime.python)], [])
    assert desk.run("list")[1][0].split()[0] == runtime.name
    assert desk.run("remove", runtime.name) == (0, [f"{runtime.name}: removed"], [])
    assert runtimes() == []
    assert desk.run("remove", "conda_env.yaml")[0] == 1


def test_a_name_that_is_nothings_removes_nothing(desk: Desk) -> None:
    desk.run("make", "conda_env.yaml")
    for action in ("remove", "path"):
        code, out, err = desk.run(action, "nonsense")
        assert (code, out) == (2, [])
        assert err == ["nonsense: is neither a runtime nor a file: `scoregen runtime list` names the runtimes"]
    assert desk.run("make", "nonsense")[2] == ["nonsense: cannot be read: No such file or directory"]
    assert len(runtimes()) == 1


def test_other_requirements_make_another_runtime(desk: Desk) -> None:
    desk.run("make", "conda_env.yaml")
    Path("conda_env.yaml").write_text(CONDA + "  - shap==0.39.0\n")
    desk.run("make", "conda_env.yaml")
    assert len(runtimes()) == desk.installed() == 2


def test_a_runtime_whose_python_is_gone_is_made_anew(desk: Desk) -> None:
    desk.run("make", "conda_env.yaml")
    (runtime,) = runtimes()
    runtime.python.unlink()
    runtime.python.symlink_to("/nowhere")
    assert desk.run("list")[1][0].endswith("not whole: make it again, or remove it")
    assert desk.run("make", "conda_env.yaml")[0] == 0
    assert desk.installed() == 2


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("error: failed to copy: No space left on device (os error 28)", "the disk is full: a runtime takes"),
        (
            "  cause: Because adal was not found in the cache and you require adal==1.2.7",
            "uv is told not to use the network",
        ),
        ("error: Failed to fetch: dns error: failed to lookup address", "the package index cannot be reached"),
        ("error: command '/usr/bin/gcc' failed: No such file", "there is no compiler: install one"),
        ("unable to execute 'cc': No such file or directory", "there is no compiler: install one"),
        ("error: Microsoft Visual C++ 14.0 or greater is required", "there is no compiler: install one"),
        ("Hash mismatch for `six==1.17.0`", "another file than the one that was locked"),
        ("error: No interpreter found for Python 3.8 in managed installations", "there is no such Python"),
        ("  x No solution found when resolving dependencies", "take out the pins that you have added"),
        ("something else", "uv pip install has failed"),
    ],
)
def test_a_failure_is_explained(said: str, means: str) -> None:
    assert means in str(explained("uv pip install has failed", f"before\n{said}\nafter"))


def test_a_failure_leaves_nothing_and_is_repaired_by_the_next_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAND_IN_SAYS", "error: No space left on device (os error 28)")
    code, out, err = desk.run("make", "conda_env.yaml")
    assert (code, out) == (2, [])
    assert "| error: No space left on device (os error 28)" in err
    assert err[-1].startswith("conda_env.yaml: no runtime could be made: uv pip install has failed: the disk is full")
    assert runtimes() == []
    monkeypatch.delenv("STAND_IN_SAYS")
    assert desk.run("make", "conda_env.yaml")[0] == 0


def test_a_cache_that_cannot_be_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path("file").absolute()))
    code, out, err = desk.run("make", "conda_env.yaml")
    assert (code, out) == (2, [])
    assert "file/scoregen/runtimes: cannot be written: Not a directory" in err[-1].replace("\\", "/")


def test_without_uv(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(desk.cache.parents[1]))
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(desk.cache))
    monkeypatch.setenv("PATH", "/nowhere")
    code, _, err = desk.run("make", str(desk.log.with_name("conda_env.yaml")))
    assert code == 2
    assert "there is no uv, which makes runtimes: `pip install uv` brings it" in err[-1]


def conda_file(python: str, *packages: str) -> str:
    return json.dumps({"dependencies": [f"python={python}", "pip=20.2", {"pip": list(packages)}]})


def test_a_model_of_a_later_release_gets_the_packages_that_load_it(desk: Desk) -> None:
    outputs = Path("model/trained_model_outputs")
    outputs.mkdir(parents=True)
    given = (CLASSIC + "==0.0.185", "azureml-defaults", "azureml-designer-serving==0.0.13")
    (outputs / "conda_env.yaml").write_text(conda_file("3.8.10", *given))
    (outputs / "_data.pkl").write_bytes(pickle.dumps({"_sklearn_version": "1.5.0"}, protocol=4))
    code, _, err = desk.run("make", "model")
    assert (code, err[0]) == (
        0,
        "model: the model was trained with scikit-learn 1.5.0, which conda_env.yaml does not install: "
        "classic-0.0.195 on Python 3.9 is taken instead",
    )
    assert runtimes()[0].name.startswith("classic-0.0.195-py39-")
    (outputs / "_data.pkl").write_bytes(pickle.dumps({"_sklearn_version": "0.22.2"}, protocol=4))
    code, _, err = desk.run("make", "model/trained_model_outputs")
    assert (code, err[0].partition(":")[0].rpartition("-")[0]) == (0, "classic-0.0.185-py38")


CLASSIC = "azureml-designer-classic-modules"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (conda_file("3.6.8", f"{CLASSIC}==0.0.150"), f"nothing is known of {CLASSIC} 0.0.150 on Python 3.6; known is"),
        (conda_file("3.8.10", f"{CLASSIC}==0.0.195"), f"nothing is known of {CLASSIC} 0.0.195 on Python 3.8; known is"),
        (conda_file("3.8.10", CLASSIC), f"{CLASSIC} is not pinned: write {CLASSIC}==0.0.185"),
        (conda_file("3.8.10", f"{CLASSIC}==0.0.196"), f"{CLASSIC} 0.0.196 is an empty release"),
        (json.dumps({"dependencies": ["pip"]}), "it pins no Python: add one to its dependencies, as python=3.12"),
        (conda_file("3.8.10", "-r more.txt", f"{CLASSIC}==0.0.185"), "'-r more.txt' names a file"),
        ("dependencies: {}\n", "dependencies is not a list"),
    ],
)
def test_what_nothing_is_known_of_is_refused(desk: Desk, file: str, said: str) -> None:
    Path("conda_env.yaml").write_text(file)
    code, out, err = desk.run("make", "conda_env.yaml")
    assert (code, out) == (2, [])
    assert err[-1].startswith("conda_env.yaml: ")
    assert said in err[-1]


def test_nothing_to_make_a_runtime_of(desk: Desk) -> None:
    Path("empty").mkdir()
    Path("score.py").write_text("import azureml\n")
    Path("conda_env.yaml").unlink()
    assert desk.run("make", "empty")[2] == [
        "empty: has no folder trained_model_outputs: name the one that holds it, or a script"
    ]
    assert "the module that it scores with is not told" in desk.run("make", "score.py")[2][0]
    assert desk.run("make")[0] == 2
