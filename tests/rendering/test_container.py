"""A container of one's own: which files it takes, and that they hold together."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from generator.actions.bundle_files import bundle as make_bundle
from generator.actions.bundle_files import deployments
from generator.cli.main import main
from generator.conda.block import complete_conda
from generator.conda.environment_file import read_environment
from generator.conda.recipe import recipe_of
from generator.config.parse import parse_config
from generator.facts.containers import load_images
from generator.facts.modules import load_tables
from generator.facts.runtimes import load_runtimes

FILES = [".dockerignore", "Dockerfile", "kubernetes.yml", "requirements.lock"]
CONFIG = "module: {}\ncontainer: true\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def bundle(config: str) -> Path:
    Path("scoregen.yaml").write_text(config)
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    return Path("out")


@pytest.mark.parametrize("table", [table.id for table in load_tables()])
def test_every_module_has_a_container_with_a_lock(table: str) -> None:
    out = bundle(CONFIG.format(table))
    assert [name for name in FILES if (out / name).exists()] == FILES
    dockerfile = (out / "Dockerfile").read_text()
    for line in re.findall(r"^COPY (?!--)(.*) \./$", dockerfile, re.MULTILINE):
        assert all((out / name).exists() for name in line.split())
    assert ("uv.toml" in dockerfile) == (out / "uv.toml").exists() == (table == "score_svd_recommender")
    entry = json.loads(re.findall(r"^ENTRYPOINT (.*)$", dockerfile, re.MULTILINE)[0])
    assert (entry[0], entry[2]) == ("azmlinfsrv", "score.py")
    assert "USER 1000" in dockerfile
    assert ":latest" not in dockerfile + (out / "deployment.yml").read_text() + (out / "README.md").read_text()
    ignored = (out / ".dockerignore").read_text().splitlines()
    assert not {"score.py", "requirements.lock", "uv.toml", "*"} & set(ignored)


def test_what_kubernetes_and_iot_edge_are_given_runs_the_same_image() -> None:
    out = bundle(
        "module: Score Model\ncontainer: true\ndeployment: {endpoint: My-Endpoint, model: ../trained_model_outputs}\n"
    )
    deployment, service = yaml.safe_load_all((out / "kubernetes.yml").read_text())
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    assert deployment["spec"]["selector"]["matchLabels"] == deployment["spec"]["template"]["metadata"]["labels"]
    assert service["spec"]["selector"] == deployment["spec"]["selector"]["matchLabels"]
    assert service["spec"]["ports"][0]["targetPort"] == container["ports"][0]["containerPort"]
    assert container["securityContext"]["runAsNonRoot"]
    readme = (out / "README.md").read_text()
    (manifest,) = re.findall(r"^```json\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    agent = json.loads(manifest)["modulesContent"]["$edgeAgent"]["properties.desired"]
    module = agent["modules"]["my-endpoint"]["settings"]
    assert module["image"] == container["image"] == "myregistry.azurecr.io/my-endpoint:1"
    assert f"docker push {module['image']}" in readme
    assert "5001/tcp" in json.loads(module["createOptions"])["HostConfig"]["PortBindings"]


def test_versions_without_a_lock_are_said_with_what_makes_one(capsys: pytest.CaptureFixture[str]) -> None:
    out = bundle("module: Score Model\ncontainer: true\nconda: {packages: [shap==0.39.0]}\n")
    assert not (out / "requirements.lock").exists()
    assert "shap==0.39.0" in (out / "requirements.in").read_text().splitlines()
    readme = (out / "README.md").read_text()
    assert "uv pip compile requirements.in --override overrides.txt" in readme
    assert " --python 3.8 --python-platform linux --output-file requirements.lock\n" in readme
    said = "requirements.lock: none travels with scoregen for these versions: README.md has the command that makes it"
    assert str(Path("out", said)) in capsys.readouterr().err
    (out / "requirements.lock").write_text("made by uv")
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 0
    assert said not in capsys.readouterr().err
    assert (out / "requirements.lock").read_text() == "made by uv"


def test_a_container_without_a_server_or_a_known_environment_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    batch = "module: Score Model\nendpoint: batch\ncontainer: true\ndeployment: {endpoint: abc, model: '../trained_model_outputs', compute: my-cluster}\n"
    Path("scoregen.yaml").write_text(batch)
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    assert "container: a batch endpoint has no server" in capsys.readouterr().err
    assert not Path("out").exists()


def test_a_model_in_an_open_form_has_a_container_of_its_own_python() -> None:
    (script,) = parse_config({"module": "Score Model", "model": "open_model", "container": True}).scripts
    conda, (deployment,) = complete_conda({}), deployments([script])
    assert conda
    source = b"def init(): pass\n\n\ndef run(data): return data\n"
    files = {
        name: content.decode() for name, content in make_bundle(script, source, conda, deployment, [], "c").items()
    }
    python = recipe_of(read_environment(files["conda_env.yaml"]).requirements).python
    assert f"FROM {load_images().bases['python'][python]} AS served" in files["Dockerfile"]
    assert files["Dockerfile"].endswith("/model/open_model\n")
    assert "numpy==" in files["requirements.lock"]
    assert "uv pip compile" not in files["README.md"]


def test_without_being_asked_for_there_is_none() -> None:
    out = bundle("module: Score Model\n")
    assert not any((out / name).exists() for name in FILES)
    assert "docker build" not in (out / "README.md").read_text()


def test_every_python_of_a_runtime_has_an_image() -> None:
    images = load_images()
    assert {entry.python for entry in load_runtimes().sets} <= images.bases["python"].keys()
    every = [image for base in images.bases.values() for image in base.values()]
    assert all(":" in image and not image.endswith("latest") for image in (images.azure, *every))


@pytest.mark.parametrize("python", ["3.8", "3.12"])
def test_a_container_may_begin_with_microsofts_image(python: str) -> None:
    model = "model: open_model\n" if python == "3.12" else ""
    (script,) = parse_config(f"module: Score Model\n{model}container: {{base: inference}}\n").scripts
    conda, (deployment,) = complete_conda({}), deployments([script])
    assert conda
    source = b"def init(): pass\n\n\ndef run(data): return data\n"
    dockerfile = make_bundle(script, source, conda, deployment, [], "c")["Dockerfile"].decode()
    lines = [line for line in dockerfile.splitlines() if line.startswith(("FROM", "USER"))]
    image = load_images().bases["inference"][python]
    assert lines == [f"FROM {image} AS served", "USER 0", "USER 1000", "FROM served"]


def test_a_base_without_an_image_of_the_models_python_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("scoregen.yaml").write_text(
        "module: Score Model\ncontainer: {base: inference}\nconda: {pins: {python: '3.9.18', "
        "azureml-designer-classic-modules: 0.0.195}}\n"
    )
    assert main(["bundle", "scoregen.yaml", "-d", "out"]) == 1
    said = capsys.readouterr().err
    assert "container: of inference, no image with Python 3.9 is known: take python for its base" in said


@pytest.mark.parametrize("said", ["{}", "{base: python}", "true"])
def test_the_base_is_pythons_own_image_if_none_is_named(said: str) -> None:
    (script,) = parse_config(f"module: Score Model\ncontainer: {said}\n").scripts
    assert script.container == "python"
