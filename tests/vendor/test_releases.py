"""From an untouched model folder to an answer, by the bundle's own conda file and pip 20.2, for models of two releases.

Each environment is made once, in minutes: on Python 3.9 pip 20.2 compiles lightgbm and gensim, for which there must be a
C compiler.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
import yaml

from generator import generate
from generator.cli.main import main
from generator.conda.block import complete_conda
from generator.facts.modules import tables_by_key
from generator.model.names import MODEL_FOLDER
from generator.rendering.conda_env import render_conda

from .runtimes import KIT, cache_folder
from .serving import serving
from .test_bundle import asked, strictly
from .test_history import python_of, run

TABLE = tables_by_key()["score_model"]
RELEASES = {"0.0.179": ("3.8", "0.22.2"), "0.0.195": ("3.9", "1.5.0")}
releases = pytest.mark.parametrize("release", RELEASES)


def installed(conda_file: str) -> Path:
    """Return the Python of an environment that pip 20.2 has made of a conda file, once for all that ask for the same."""
    *by_conda, by_pip = yaml.safe_load(conda_file)["dependencies"]
    versions = dict(text.split("=") for text in by_conda)
    digest = hashlib.sha256(json.dumps([by_conda, by_pip]).encode()).hexdigest()[:12]
    home = cache_folder() / "releases" / digest
    python = home / "env" / "bin" / "python"
    if not (home / "stamp").exists():
        shutil.rmtree(home, ignore_errors=True)
        checked(python_of(versions["python"]), "-m", "venv", str(home / "env"))
        checked(str(python), "-m", "pip", "install", "-q", f"pip=={versions['pip']}", "setuptools<58", "wheel")
        requirements = home / "requirements.txt"
        requirements.write_text("\n".join(by_pip["pip"]))
        checked(str(python), "-m", "pip", "install", "-r", str(requirements))
        (home / "stamp").touch()
    return python


def checked(*command: str, folder: Path | None = None) -> None:
    done = run(*command, folder=folder)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


def trained(release: str) -> Path:
    """Return the model folder that a release leaves, trained once."""
    settings = complete_conda({"pins": {TABLE.package: release}})
    assert settings
    python = installed(render_conda(TABLE, settings))
    folder = python.parents[2] / "model"
    if not folder.exists():
        unfinished = folder.with_name("unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        checked(str(python), str(KIT / "train_release.py"), folder=unfinished)
        unfinished.rename(folder)
    return folder / MODEL_FOLDER


@releases
def test_the_bundle_of_an_untouched_folder_serves_its_model(
    release: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(trained(release), MODEL_FOLDER)
    assert main(["init", "."]) == 0
    assert main(["bundle", "scoregen.yaml", "-d", "deploy"]) == 0
    assert main(["check", "--strict", "deploy"]) == 0
    conda_file = Path("deploy/conda_env.yaml").read_text()
    python, _ = RELEASES[release]
    assert f"- python={python}." in conda_file
    assert f"{TABLE.package}=={release} " in conda_file
    with serving(installed(conda_file), tmp_path / "deploy/score.py", tmp_path, tmp_path / "log") as address:
        answer = strictly(asked(tmp_path / "deploy", address, []))
    assert {row[-2] for row in answer["result"]} <= {"yes", "no"}
    assert all(0 <= row[-1] <= 1 for row in answer["result"])
    assert len(answer["result"]) == len(json.loads(Path(MODEL_FOLDER, "_samples.json").read_text()))


@releases
def test_the_environment_of_the_other_release_is_refused_before(
    release: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (other,) = set(RELEASES) - {release}
    shutil.copytree(trained(release), tmp_path / MODEL_FOLDER)
    settings = complete_conda({"pins": {TABLE.package: other}})
    assert settings
    monkeypatch.chdir(tmp_path / MODEL_FOLDER)
    Path("conda_env.yaml").write_text(render_conda(TABLE, settings))
    assert main(["check", "conda_env.yaml"]) == 1
    said = capsys.readouterr().out
    python, scikit_learn = RELEASES[release]
    assert "SG212" in said
    assert f"the model was trained with scikit-learn {scikit_learn}" in said
    assert f"on Python {python}: this file installs {RELEASES[other][1]}" in said


@releases
def test_the_other_environment_does_not_answer(release: str, tmp_path: Path) -> None:
    """So the refusal is no false alarm, for a model with a column of texts; some of numbers alone answer all the same."""
    (other,) = set(RELEASES) - {release}
    shutil.copytree(trained(release), tmp_path / MODEL_FOLDER)
    settings = complete_conda({"pins": {TABLE.package: other}})
    assert settings
    (tmp_path / "score.py").write_text(generate({"module": TABLE.name}))
    samples = tmp_path / MODEL_FOLDER / "_samples.json"
    python = installed(render_conda(TABLE, settings))
    done = run(str(python), str(KIT / "run_score.py"), str(tmp_path / "score.py"), str(tmp_path), str(samples))
    assert done.returncode != 0
