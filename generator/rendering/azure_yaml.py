"""A deployment becomes endpoint.yml and deployment.yml, as version 2 of Azure's command line takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from generator.config.deployment import Deployment, is_registered
from generator.facts.containers import load_images
from generator.facts.modules import Table
from generator.model.names import CONDA_FILE
from generator.rendering.score import RenderError
from generator.rendering.stamp import stamped
from generator.text.yaml_writer import in_lines, says

_Section: TypeAlias = "tuple[str, dict[str, Any]]"
"""A comment, which may be empty, and the keys below it."""

_SCHEMA_HOST = "https://azuremlschemas.azureedge.net/latest"
_SCHEMAS = {"online": "managedOnline", "kubernetes": "kubernetesOnline", "batch": "batch"}
_PROBE = {"initial_delay": 10, "period": 10, "timeout": 10, "success_threshold": 1, "failure_threshold": 40}

_ENVIRONMENT_NOTE = "Azure builds the environment on this image. Its Python is the one of the conda file."
_QUEUE_NOTE = "An instance scores one request at a time. Azure lets one more wait, and refuses others with status 429."
_PROBE_NOTE = "No probe is answered while score.py starts or scores. This lets 400 seconds of them go unanswered."
_BATCH_NOTE = "score.py is given mini_batch_size files at a time, and Azure appends what it returns to the output file."
_OPEN_NOTE = "What the script imports takes less than 0.1 GB of memory; the server and the model come on top."
_ROWS_NOTE = "The designer's packages take up to 0.5 GB of memory, and the model comes on top."
_IMAGES_NOTE = """\
An image model takes up to 1 GB of memory, and 2 GB on a machine of many cores: it scores as many pictures at once
as there are cores. On 2 cores, 4 pictures take from 0.1 seconds (ResNet-18) to 2 seconds (wide ResNets).
Where there is no GPU the model is loaded on the CPU, also one that was trained on a GPU."""
_IMAGES_TYPES_NOTE = """
Standard_DS3_v2 (4 cores, 14 GB) is enough for each; take more cores, as Standard_F8s_v2 has (8, 16 GB), for speed."""


def render_endpoint(deployment: Deployment, kind: str, origin: str = "") -> str:
    """Return the text of endpoint.yml; ``origin`` is the config's file name. Raises RenderError."""
    endpoint = {"name": deployment.endpoint, "auth_mode": "aad_token" if kind == "batch" else "key"}
    if kind == "kubernetes":
        endpoint["compute"] = _compute(deployment)
    return _text([(_command(kind, "endpoint"), {"$schema": _schema(kind, "Endpoint"), **endpoint})], origin)


def render_deployment(
    table: Table, deployment: Deployment, kind: str, script_name: str, origin: str = "", *, is_open: bool = False
) -> str:
    """Return the text of deployment.yml, for a folder that holds the script and its conda file. Raises RenderError.

    ``script_name`` is the script's file name, ``origin`` the config's. ``is_open``: whether its model is an open one.
    """
    needs = _OPEN_NOTE if is_open else _needs(table, kind)
    sections = _batch(deployment, needs) if kind == "batch" else _online(deployment, kind, needs)
    return _text([*_common(deployment, kind, script_name), *sections], origin)


def render_model(deployment: Deployment, origin: str = "") -> str:
    """Return the text of model.yml, which registers a model of the disk; see ``render_endpoint``."""
    model = {"name": deployment.endpoint, "path": deployment.model, "type": "custom_model"}
    note = "Register it with: az ml model create --file model.yml"
    return _text([(note, {"$schema": f"{_SCHEMA_HOST}/model.schema.json", **model})], origin)


def render_environment(deployment: Deployment, origin: str = "") -> str:
    """Return the text of environment.yml, which registers the conda file; see ``render_endpoint``."""
    environment = {"name": deployment.endpoint, "image": load_images().azure, "conda_file": CONDA_FILE}
    note = "Register it with: az ml environment create --file environment.yml"
    return _text([(note, {"$schema": f"{_SCHEMA_HOST}/environment.schema.json", **environment})], origin)


def _common(deployment: Deployment, kind: str, script_name: str) -> Iterator[_Section]:
    names = {"name": deployment.name, "endpoint_name": deployment.endpoint}
    if kind == "kubernetes":
        names["type"] = "kubernetes"
    command = _command(kind, "deployment", "--set-default" if kind == "batch" else "--all-traffic")
    yield command, {"$schema": _schema(kind, "Deployment"), **names}
    model = {"path": deployment.model, "type": "custom_model"}
    yield (
        "",
        {
            "model": deployment.model if is_registered(deployment.model) else model,
            "code_configuration": {"code": ".", "scoring_script": script_name},
        },
    )
    yield _ENVIRONMENT_NOTE, {"environment": {"conda_file": CONDA_FILE, "image": load_images().azure}}


def _online(deployment: Deployment, kind: str, needs: str) -> Iterator[_Section]:
    size: dict[str, Any] = {"instance_type": deployment.instance_type} if deployment.instance_type else {}
    size["instance_count"] = deployment.instance_count
    if kind == "kubernetes":
        container = {"cpu": deployment.cpu, "memory": deployment.memory}
        size["resources"] = {"requests": container, "limits": dict(container)}
    yield needs, size
    assert deployment.request_timeout_seconds
    timeout = {"request_timeout_ms": deployment.request_timeout_seconds * 1000}
    yield _QUEUE_NOTE, {"request_settings": {**timeout, "max_concurrent_requests_per_instance": 1}}
    yield _PROBE_NOTE, {"liveness_probe": dict(_PROBE), "readiness_probe": dict(_PROBE)}


def _batch(deployment: Deployment, needs: str) -> Iterator[_Section]:
    size = {"compute": _compute(deployment), "resources": {"instance_count": deployment.instance_count}}
    yield needs, size
    # Without `type: model` these are keys of their own, which every version of Azure's tools knows.
    work = {
        "max_concurrency_per_instance": deployment.max_concurrency_per_instance,
        "mini_batch_size": deployment.mini_batch_size,
        "retry_settings": {"max_retries": 3, "timeout": deployment.mini_batch_timeout_seconds},
        "error_threshold": deployment.error_threshold,
        "output_action": "append_row",
        "output_file_name": deployment.output_file_name,
        "logging_level": "info",
    }
    yield _BATCH_NOTE, work


def _schema(kind: str, of: str) -> str:
    return f"{_SCHEMA_HOST}/{_SCHEMAS[kind]}{of}.schema.json"


def _command(kind: str, what: str, *options: str) -> str:
    family = "batch" if kind == "batch" else "online"
    return " ".join([f"Create it with: az ml {family}-{what} create --file {what}.yml", *options])


def _compute(deployment: Deployment) -> str:
    assert deployment.compute
    return "azureml:" + deployment.compute.removeprefix("azureml:")


def _needs(table: Table, kind: str) -> str:
    if all(port.form != "image_directory" for port in table.ports):
        return _ROWS_NOTE
    return _IMAGES_NOTE + (_IMAGES_TYPES_NOTE if kind == "online" else "")


def _text(sections: list[_Section], origin: str) -> str:
    """Return sections, each with a comment above it, as YAML that was read back."""
    parts: list[str] = []
    for note, data in sections:
        parts += ["\n" * bool(parts), *(f"# {line}\n" for line in note.splitlines())]
        parts.append(in_lines(data))
    text = "".join(parts)
    meant = {key: value for _, data in sections for key, value in data.items()}
    if not says(text, meant):
        raise RenderError("a definition does not say what its settings say")
    return stamped(text, origin)
