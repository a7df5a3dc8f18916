"""A container's steps without a daemon: the commands of the Dockerfile in a clean folder, then the bundle's own client."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.trial.uv import find_python, uv_program

from .runtimes import Models
from .serving import serving


@pytest.mark.parametrize("module", ["score_vowpal_wabbit_model", "score_svd_recommender"])
def test_the_dockerfile_makes_what_answers_the_client(models: Models, tmp_path: Path, module: str) -> None:
    model = models(module)
    (tmp_path / "scoregen.yaml").write_text(f"module: {module}\ncontainer: true\n")
    (tmp_path / "_samples.json").write_text(model.samples)
    out = tmp_path / "out"
    assert main(["bundle", str(tmp_path / "scoregen.yaml"), "-d", str(out)]) == 0
    dockerfile = (out / "Dockerfile").read_text().replace("\\\n", "")
    image = tmp_path / "image"
    (python,) = re.findall(r"^FROM python:(\d\.\d+)", dockerfile, re.MULTILINE)
    subprocess.run([uv_program(), "venv", "--quiet", "--python", find_python(python), image], check=True)
    app = image / "app"
    app.mkdir()
    environment = os.environ | {"VIRTUAL_ENV": str(image), "PATH": f"{image / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    for instruction, words in re.findall(r"^(COPY|RUN|ENTRYPOINT) (.*)$", dockerfile, re.MULTILINE):
        if instruction == "ENTRYPOINT":
            entry = json.loads(words)
        elif instruction == "COPY" and "--from" not in words:
            copy([word for word in words.split() if not word.startswith("--")], out, app)
        elif "uv pip install" in words:
            install = words.partition("&& ")[2].replace("--system ", "")  # the environment stands for the system
            assert shlex.split(install)[:3] == ["uv", "pip", "install"]
            command = [uv_program(), *shlex.split(install)[1:]]
            subprocess.run([word for word in command if word != "--no-cache"], cwd=app, env=environment, check=True)
    assert not any((app / name).exists() for name in ("README.md", "deployment.yml", "Dockerfile", "consume.py"))
    script = app / entry[entry.index("--entry_script") + 1]
    assert (image / "bin" / entry[0]).exists()
    with serving(image / "bin" / "python", script, model.folder, tmp_path / "log") as address:
        client = subprocess.run(
            [sys.executable, "consume.py"],
            cwd=out,
            env=os.environ | {"AZUREML_SCORING_URI": f"{address}/score", "AZUREML_ENDPOINT_KEY": "none"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert client.returncode == 0, client.stderr
    assert json.loads(client.stdout)


def copy(words: list[str], source: Path, target: Path) -> None:
    """Do what COPY does with the files of a build, less those that .dockerignore names."""
    *names, where = words
    assert where == "./"
    ignored = [line for line in (source / ".dockerignore").read_text().splitlines() if not line.startswith("#")]
    for name in names:
        if name == ".":
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(*ignored), dirs_exist_ok=True)
        else:
            shutil.copyfile(source / name, target / name)
