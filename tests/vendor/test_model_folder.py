"""The designer's untouched download of each module, through init, sync and bundle: nothing is lost, and all is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from generator.cli.main import main
from generator.conda.environment_file import read_environment
from generator.conda.versions import pin
from generator.facts.modules import tables_by_key
from generator.model.names import MODEL_FOLDER

from .runtimes import MODULES, Models


@pytest.mark.parametrize("module", MODULES)
def test_a_download_keeps_its_pins_and_all_that_is_in_it(
    module: str, models: Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = models(module).outputs
    monkeypatch.chdir(tmp_path)
    shutil.copytree(outputs, MODEL_FOLDER)
    before = contents(Path(MODEL_FOLDER))
    assert main(["init", "."]) == 0
    said = capsys.readouterr().err
    package = tables_by_key()[module].package
    pins = versions((outputs / "conda_env.yaml").read_text())
    assert f"{package} {pins[package]} as {MODEL_FOLDER}/conda_env.yaml pins it" in said
    assert main(["sync"]) == 1  # it has written, as a hook says
    assert main(["bundle", "scoregen.yaml", "-d", "deploy"]) == 0
    for path in ("conda_env.yaml", "deploy/conda_env.yaml"):
        written = versions(Path(path).read_text())
        assert {name: written[name] for name in pins} == pins
    assert contents(Path(MODEL_FOLDER)) == before
    assert main(["check", "--strict", "score.py", "conda_env.yaml", "deploy"]) == 0
    assert yaml.safe_load(Path("scoregen.yaml").read_text())["model"] == MODEL_FOLDER
    assert main(["describe", "scoregen.yaml"]) == 0
    described = capsys.readouterr().out
    assert f"{package} {pins[package]}" in described
    assert all(f"\n    {name}" in described for name in models(module).rows[0])


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def versions(text: str) -> dict[str, str]:
    """Return the packages that a conda file pins, with their versions."""
    found = {item.name: pin(item.spec) for item in read_environment(text).requirements}
    return {name: version for name, version in found.items() if version}
