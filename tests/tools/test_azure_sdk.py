"""The definitions as Azure's own SDK reads them: it knows every key, and takes from it what the config says.

Nothing is sent anywhere.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from azure.ai import ml

from generator.config.deployment import Deployment, is_registered
from generator.facts.modules import tables_by_key
from tests.support.definitions import Case, cases, read, rendered

CONDA = {"name": "project_environment", "dependencies": ["python=3.8.10", {"pip": ["azureml-defaults==1.54.0"]}]}
ENDPOINTS = {
    "online": (ml.load_online_endpoint, ml.entities.ManagedOnlineEndpoint),
    "kubernetes": (ml.load_online_endpoint, ml.entities.KubernetesOnlineEndpoint),
    "batch": (ml.load_batch_endpoint, ml.entities.BatchEndpoint),
}
DEPLOYMENTS = {
    "online": (ml.load_online_deployment, ml.entities.ManagedOnlineDeployment),
    "kubernetes": (ml.load_online_deployment, ml.entities.KubernetesOnlineDeployment),
    "batch": (ml.load_batch_deployment, ml.entities.BatchDeployment),
}

cases_of = pytest.mark.parametrize("path", cases(), ids=lambda path: path.name)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Return a folder with all that a deployment takes; the definitions are still to come."""
    folder = tmp_path / "a bundle"
    folder.mkdir()
    (folder / "score.py").write_text("def init(): ...\ndef run(data): ...\n", encoding="utf-8")
    (folder / "conda_env.yaml").write_text(yaml.safe_dump(CONDA), encoding="utf-8")
    for name in ("consume.py", "_samples.json", "README.md"):
        (folder / name).touch()
    return folder


def write(case: Case, bundle: Path) -> None:
    for name, text in rendered(case).items():
        (bundle / name).write_text(text, encoding="utf-8")
    if not is_registered(case.deployment.model):
        (bundle / case.deployment.model).mkdir(parents=True, exist_ok=True)


@cases_of
def test_the_endpoint_is_what_the_config_says(path: Path, bundle: Path) -> None:
    case = read(path)
    write(case, bundle)
    load, kind = ENDPOINTS[case.kind]
    endpoint: Any = load(bundle / "endpoint.yml")
    assert type(endpoint) is kind
    assert endpoint.name == case.deployment.endpoint
    assert endpoint.auth_mode == ("aad_token" if case.kind == "batch" else "key")
    if case.kind == "kubernetes":
        assert endpoint.compute == compute(case.deployment)


@cases_of
def test_the_deployment_is_what_the_config_says(path: Path, bundle: Path) -> None:
    case = read(path)
    write(case, bundle)
    meant = case.deployment
    load, kind = DEPLOYMENTS[case.kind]
    deployment: Any = load(bundle / "deployment.yml")
    assert type(deployment) is kind
    assert (deployment.name, deployment.endpoint_name) == (meant.name, meant.endpoint)
    if is_registered(meant.model):
        assert deployment.model == meant.model.removeprefix("azureml:")
    else:
        assert Path(deployment.model.path).resolve() == (bundle / meant.model).resolve()
        assert deployment.model.type == "custom_model"
    assert Path(bundle, deployment.code_configuration.code).resolve() == bundle.resolve()
    assert deployment.code_configuration.scoring_script == "score.py"
    assert deployment.environment.conda_file == CONDA
    assert deployment.environment.image.startswith("mcr.microsoft.com/azureml/")
    for name, value in settings(case, deployment).items():
        assert value == getattr(meant, name), name


def settings(case: Case, deployment: Any) -> dict[str, Any]:
    """Return what a loaded deployment says, by the names of the config."""
    if case.kind == "batch":
        assert deployment.output_action == "append_row"
        assert deployment.compute == compute(case.deployment)
        return {
            "instance_count": deployment.resources.instance_count,
            "mini_batch_size": deployment.mini_batch_size,
            "mini_batch_timeout_seconds": deployment.retry_settings.timeout,
            "max_concurrency_per_instance": deployment.max_concurrency_per_instance,
            "error_threshold": deployment.error_threshold,
            "output_file_name": deployment.output_file_name,
        }
    timeout = deployment.request_settings.request_timeout_ms
    for probe in (deployment.liveness_probe, deployment.readiness_probe):
        assert probe.period * probe.failure_threshold * 1000 > timeout
    said = {
        "instance_count": deployment.instance_count,
        "instance_type": deployment.instance_type,
        "request_timeout_seconds": timeout / 1000,
    }
    if case.kind == "kubernetes":
        requested, limit = deployment.resources.requests, deployment.resources.limits
        assert (requested.cpu, requested.memory) == (limit.cpu, limit.memory)
        said |= {"cpu": requested.cpu, "memory": requested.memory}
    return said


def compute(deployment: Deployment) -> str:
    """Return a compute as the SDK knows it: without what says that it is one of the workspace."""
    assert deployment.compute
    return deployment.compute.removeprefix("azureml:")


@cases_of
def test_the_sdk_keeps_every_key(path: Path, bundle: Path) -> None:
    case = read(path)
    write(case, bundle)
    load, _ = DEPLOYMENTS[case.kind]
    loaded: Any = load(bundle / "deployment.yml")
    kept = json.loads(json.dumps(loaded._to_dict()))
    meant = yaml.safe_load(rendered(case)["deployment.yml"])
    for key in meant.keys() - {"$schema", "model", "code_configuration", "environment", "type"}:
        said = {name: value for name, value in kept[key].items() if value} if isinstance(kept[key], dict) else kept[key]
        assert said == meant[key], key


def test_an_unknown_key_would_be_an_error(bundle: Path) -> None:
    for path in cases():
        case = read(path)
        for name, (load, _) in (("endpoint.yml", ENDPOINTS[case.kind]), ("deployment.yml", DEPLOYMENTS[case.kind])):
            (bundle / name).write_text(rendered(case)[name] + "instance_kount: 1\n", encoding="utf-8")
            with pytest.raises(Exception, match="instance_kount"):
                load(bundle / name)


def test_a_missing_conda_file_would_be_an_error(bundle: Path) -> None:
    (bundle / "conda_env.yaml").unlink()
    for path in cases():
        case = read(path)
        write(case, bundle)
        with pytest.raises(Exception, match=r"conda_env\.yaml"):
            DEPLOYMENTS[case.kind][0](bundle / "deployment.yml")


def test_the_sdk_reads_a_definition_of_each_module(bundle: Path) -> None:
    blocks: dict[str, dict[str, Any]] = {"online": {}, "kubernetes": {"compute": "aks"}, "batch": {"compute": "cpu"}}
    for table in set(tables_by_key().values()):
        for kind, block in blocks.items():
            case = Case(table, kind, {"endpoint": "my-endpoint", "model": "azureml:m:1", **block})
            write(case, bundle)
            ENDPOINTS[kind][0](bundle / "endpoint.yml")
            DEPLOYMENTS[kind][0](bundle / "deployment.yml")
