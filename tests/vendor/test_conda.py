"""Conda files on the designer's own packages: a rendered file can be installed as conda does it, and scores.

Each environment takes minutes when it is first wanted. It is kept beside the runtimes until its file changes.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import generate
from generator.conda.block import CondaSettings, complete_conda
from generator.conda.versions import key
from generator.facts.conda import load_facts
from generator.facts.modules import Table, load_tables, tables_by_key
from generator.rendering.conda_env import render_conda

from .runtimes import KIT, MODULES, Model, Models, Runtime, cache_folder, quiet_environment

FACTS = load_facts()
KINDS = {kind: [tables_by_key()[module] for module in MODULES if MODULES[module] == kind] for kind in MODULES.values()}
PACKAGES = {package.name: package for package in FACTS.packages}
kinds = pytest.mark.parametrize("kind", KINDS)


def dependencies(table: Table) -> tuple[dict[str, str], list[str]]:
    """Return what a module's file has conda install, by name, and its requirements for pip."""
    settings = complete_conda(True)
    assert isinstance(settings, CondaSettings)
    *by_conda, by_pip = yaml.safe_load(render_conda(table, settings))["dependencies"]
    return dict(text.split("=") for text in by_conda), by_pip["pip"]


def uv(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    command = shutil.which("uv", path=f"{os.environ['PATH']}{os.pathsep}{Path(sys.executable).parent}")
    assert command, "uv is missing: it is among the requirements of the tests"
    return run(command, *arguments, check=check)


def run(*command: str, check: bool = True, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    alone = {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}  # pip as Azure has it: with PyPI and nothing else
    done = subprocess.run(command, cwd=folder, env=quiet_environment() | alone, capture_output=True, text=True)
    assert done.returncode == 0 or not check, done.stdout + done.stderr
    return done


class Environment:
    """An environment that was made from the files of a kind's modules, in the way of conda."""

    def __init__(self, kind: str, runtime: Runtime) -> None:
        self.home = cache_folder() / "conda" / kind
        self.python = self.home / "env" / "bin" / "python"
        self._runtime = runtime
        self.files = [dependencies(table) for table in KINDS[kind]]
        if not self._is_built():
            self._build()

    def _is_built(self) -> bool:
        stamp = self.home / "stamp"
        return stamp.exists() and stamp.read_text() == json.dumps(self.files) and os.access(self.python, os.X_OK)

    def _build(self) -> None:
        """Install conda's part, then pip's: of the modules of one package, which differ in the former alone."""
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(parents=True)
        by_conda = {name: version for packages, _ in self.files for name, version in packages.items()}
        pip = by_conda.pop("pip")
        assert self._runtime_version().startswith(by_conda.pop("python").rpartition(".")[0] + ".")
        uv("venv", "-q", "--python", str(self._runtime.python), str(self.python.parents[1]))
        self._install("setuptools", "wheel", f"pip=={pip}")
        self._install_of_conda(by_conda)
        (requirements,) = {tuple(texts) for _, texts in self.files}
        (self.home / "requirements.txt").write_text("\n".join(requirements))
        run(str(self.python), "-m", "pip", "install", "-U", "-r", str(self.home / "requirements.txt"))
        (self.home / "stamp").write_text(json.dumps(self.files))

    def _install_of_conda(self, packages: dict[str, str]) -> None:
        """Install from PyPI what conda has by other names, built already, or from the system."""
        names = {extra.name: extra.on_pypi or extra.name for table in load_tables() for extra in table.conda}
        packages.pop("cudatoolkit", None)
        for name, version in packages.items():
            if name == "scikit-surprise":
                self._install("cython<3", "numpy==1.19.1")
                self._install("--no-build-isolation", "--no-deps", f"{name}=={version}")
            else:
                self._install(f"{names[name]}=={version}")
        if "torchvision" in packages and not shutil.which("mpicc"):
            self._pretend("mpi4py", "3.0.3")  # Azure's image has what it is built with; scoring does without

    def _install(self, *arguments: str) -> None:
        uv("pip", "install", "-q", "--python", str(self.python), *arguments)

    def _pretend(self, name: str, version: str) -> None:
        (packages,) = (self.home / "env" / "lib").glob("python*/site-packages")
        folder = packages / f"{name}-{version}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        (folder / "INSTALLER").write_text("conda\n")
        (folder / "RECORD").touch()

    def _runtime_version(self) -> str:
        return run(str(self._runtime.python), "-c", "import platform; print(platform.python_version())").stdout

    def train(self, kind: str) -> Path:
        """Return the folder of models that this environment has trained."""
        folder = self.home / "models"
        if not folder.exists():
            unfinished = self.home / "unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            run(str(self.python), str(KIT / f"train_{kind}.py"), folder=unfinished)
            unfinished.rename(folder)
        return folder


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def environment(kind: str, models: Models) -> Environment:
    return Environment(kind, models.runtime(kind))


@pytest.fixture
def scoring(environment: Environment, kind: str, tmp_path: Path) -> Iterator[Runtime]:
    """Start the kind's process in the environment instead of its own."""
    runtime = Runtime(kind, tmp_path / "log")
    runtime.python = environment.python
    yield runtime
    runtime.stop()


def rounded(answer: Any) -> Any:
    assert answer.error is None, answer
    return json.loads(answer.response, parse_float=lambda text: round(float(text), 4))


def test_a_rendered_file_can_be_installed_and_scores(
    environment: Environment, scoring: Runtime, kind: str, models: Models, tmp_path: Path
) -> None:
    """By the recommender that an environment has trained itself: another release does not load it."""
    folder = environment.train(kind) if kind == "recommender" else scoring.models
    for table in KINDS[kind]:
        expected = models(table.id).score(generate({"module": table.name}))
        model = Model(scoring, folder / table.id, lambda: tmp_path)
        assert rounded(model.score(generate({"module": table.name}))) == rounded(expected)


def test_the_server_is_in_the_environment(environment: Environment) -> None:
    assert "--entry_script" in run(str(environment.python.with_name("azmlinfsrv")), "--help", check=False).stdout


def test_the_pins_are_installed(environment: Environment) -> None:
    installed = json.loads(uv("pip", "list", "--format", "json", "--python", str(environment.python)).stdout)
    versions = {item["name"].lower(): item["version"] for item in installed}
    for _, requirements in environment.files:
        for name, version in (text.split("==") for text in requirements):
            assert versions[name] == version
    assert versions[FACTS.core.name] not in FACTS.core.empty


@kinds
def test_a_file_holds_what_its_runtime_is_built_from(kind: str) -> None:
    """The runtimes of the other tests have the same packages, of which these two kinds' are of an older release."""
    lines = (KIT / "requirements" / f"{kind}.txt").read_text().splitlines()
    built = dict(line.split("==") for line in lines if "==" in line)
    for table in KINDS[kind]:
        by_conda, by_pip = dependencies(table)
        pins = dict(text.split("==") for text in by_pip)
        extras = {extra.on_pypi or extra.name: extra.version for extra in table.conda if extra.name in by_conda}
        for name, version in built.items():
            if name in (table.package, FACTS.serving.name) and kind in ("classic", "recommender"):
                assert tuple(map(int, version.split("."))) <= tuple(map(int, pins[name].split(".")))
            elif not name.startswith("tensorflow"):  # conda does not install it
                assert (pins | extras)[name] == version


RELEASES = [
    *((package.name, release, True) for package in FACTS.packages for release in package.empty),
    *((shared.name, release, True) for shared in (FACTS.serving, FACTS.core) for release in shared.empty),
    *((package.name, package.version, False) for package in FACTS.packages),
]


@pytest.mark.parametrize(("name", "release", "is_empty"), RELEASES)
def test_the_releases_that_are_said_to_be_empty_are(name: str, release: str, is_empty: bool, tmp_path: Path) -> None:
    target = tmp_path / "target"
    options = ("--no-deps", "--python-version", "3.8", "--target", str(target))
    uv("pip", "install", "-q", *options, f"{name}=={release}")
    files = [path for path in target.rglob("*.py") if path.is_file()]
    assert (not files) == is_empty


@pytest.mark.parametrize("package", FACTS.packages, ids=lambda package: package.name)
def test_the_requirements_contradict_each_other_where_it_is_said(package: Any, tmp_path: Path) -> None:
    table = next(table for table in load_tables() if table.package == package.name)
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("\n".join(dependencies(table)[1]))
    options = ("--python-version", "3.8", "--python-platform", "x86_64-manylinux_2_31", "--no-header", "-q")
    done = uv("pip", "compile", *options, str(requirements), check=False)
    assert (done.returncode != 0) == package.contradicts
    assert ("unsatisfiable" in done.stderr) == package.contradicts


def test_without_a_pin_azureml_defaults_cannot_be_installed(models: Models, tmp_path: Path) -> None:
    environment = Environment("vowpal_wabbit", models.runtime("vowpal_wabbit"))
    done = run(
        *(str(environment.python), "-m", "pip", "download", "-q", "-d", str(tmp_path), FACTS.defaults.name), check=False
    )
    assert done.returncode != 0
    assert "No matching distribution found for azureml-inference-server-http~=1.4" in done.stderr


def test_the_core_is_asked_for_as_it_is_said(environment: Environment, kind: str) -> None:
    package = PACKAGES[KINDS[kind][0].package]
    script = "import importlib.metadata as of, json, sys; print(json.dumps([of.requires(sys.argv[1]), of.version(sys.argv[2])]))"
    asked, core = json.loads(run(str(environment.python), "-c", script, package.name, FACTS.core.name).stdout)
    assert any(text.startswith(FACTS.core.name) for text in asked) == package.names_core
    assert core == next(row.version for row in reversed(package.core) if key(row.since) <= key(package.version))


def wheel(folder: Path, name: str, version: str, *requires: str) -> None:
    """Write a package without code."""
    stem = f"{name}-{version}"
    metadata = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {text}" for text in requires)]
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{stem}.dist-info/METADATA", "\n".join(["Metadata-Version: 2.1", *metadata]))
        archive.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{stem}.dist-info/RECORD", "")


@pytest.mark.parametrize(
    ("asks", "order", "core"),
    [
        ("core==1", ["modules", "serving"], "1"),
        ("core==1", ["serving", "modules"], "2"),
        ("internal", ["modules", "serving"], "2"),
        ("internal", ["core==1", "modules", "serving"], "1"),
    ],
)
def test_an_old_pip_does_what_it_is_asked_first(
    asks: str, order: list[str], core: str, models: Models, tmp_path: Path
) -> None:
    environment = Environment("vowpal_wabbit", models.runtime("vowpal_wabbit"))
    wheel(tmp_path, "modules", "1", asks)
    wheel(tmp_path, "internal", "1", "core==1")
    wheel(tmp_path, "serving", "1", "core>=1")
    wheel(tmp_path, "core", "1")
    wheel(tmp_path, "core", "2")
    target = tmp_path / "target"
    options = ("--no-index", "--find-links", str(tmp_path), "--target", str(target))
    run(str(environment.python), "-m", "pip", "install", *options, *order)
    assert [path.name for path in target.glob("core-*")] == [f"core-{core}.dist-info"]
