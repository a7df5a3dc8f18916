"""A bundle's container and definitions, as hadolint and Azure's own SDK read them. Nothing is sent anywhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from azure.ai import ml

from generator.cli.main import main
from generator.facts.containers import load_images
from generator.facts.modules import load_tables


@pytest.mark.parametrize("base", load_images().bases)
@pytest.mark.parametrize("table", [table.id for table in load_tables()])
def test_hadolint_has_nothing_to_say(table: str, base: str, tmp_path: Path) -> None:
    (tmp_path / "scoregen.yaml").write_text(f"module: {table}\ncontainer: {{base: {base}}}\n")
    assert main(["bundle", str(tmp_path / "scoregen.yaml"), "-d", str(tmp_path / "out")]) == 0
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, tmp_path / "out" / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_sdk_takes_the_model_and_the_environment(tmp_path: Path) -> None:
    (tmp_path / "scoregen.yaml").write_text(
        "module: Score Model\ndeployment: {endpoint: my-endpoint, model: ../trained_model_outputs}\n"
    )
    (tmp_path / "trained_model_outputs").mkdir()
    assert main(["bundle", str(tmp_path / "scoregen.yaml"), "-d", str(tmp_path / "out")]) == 0
    model: Any = ml.load_model(tmp_path / "out" / "model.yml")
    assert (model.name, model.type) == ("my-endpoint", "custom_model")
    assert Path(model.path).resolve() == tmp_path / "trained_model_outputs"
    environment: Any = ml.load_environment(tmp_path / "out" / "environment.yml")
    assert environment.image.startswith("mcr.microsoft.com/azureml/")
    assert environment.conda_file["dependencies"][0] == "python=3.8.10"
