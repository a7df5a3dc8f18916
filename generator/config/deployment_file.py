"""deployment.yml and endpoint.yml, as people write them for Azure's command line: what of them can be judged."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.facts.azure import AZURE_MARKS
from generator.findings import Path
from generator.rules.settings import BATCH, ENDPOINTS
from generator.text.yaml_reader import Document, read_document

_SCHEMA = re.compile(r"/(managedOnline|kubernetesOnline|batch)(Deployment|Endpoint)\.schema\.json$")
_OF_BATCH = ("mini_batch_size", "output_action", "output_file_name", "retry_settings", "error_threshold")
_OF_ONLINE = ("instance_type", "request_settings", "liveness_probe", "readiness_probe", "app_insights_enabled")


class Named(NamedTuple):
    """A path that a file names, as it is written there, where that stands, and as a path from the file's folder."""

    text: str
    path: Path
    local: str


class DeploymentFile(NamedTuple):
    """A deployment: what it is for (``online`` or ``batch``), and what it names; each None where it says nothing.

    ``model`` is the local folder or file of the model. ``needs_environment`` if it deploys a model that is no MLflow
    model, and so needs an environment and a script; None where a model of the workspace may be either.
    """

    document: Document
    kind: str | None
    endpoint: str | None
    code: Named | None
    script: Named | None
    conda: Named | None
    model: Named | None
    needs_environment: bool | None
    has_environment: bool


class EndpointFile(NamedTuple):
    """An endpoint: what it is for (``online`` or ``batch``), and its name."""

    document: Document
    kind: str | None
    name: str | None


def is_mentioned(content: bytes) -> bool:
    """Say, at little cost, whether a YAML file can be a deployment or an endpoint."""
    return any(mark.encode() in content for mark in AZURE_MARKS)


def parse_azure_file(content: bytes) -> DeploymentFile | EndpointFile | Document | None:
    """Return what a YAML file says; the document where it cannot be read, None where it is neither of the two."""
    document = read_document(content)
    if document.mistakes:
        return document
    data = document.value
    if not isinstance(data, Mapping):
        return None
    match = _SCHEMA.search(str(data.get("$schema", "")))
    if match and match[2] == "Endpoint":
        return EndpointFile(document, _family(match[1]), _text(data.get("name")))
    if match or "code_configuration" in data:
        return _deployment(document, data, _family(match[1]) if match else _kind_by_keys(data))
    return None


def _family(schema: str) -> str:
    return BATCH if schema == BATCH else ENDPOINTS[0]


def _kind_by_keys(data: Mapping[str, Any]) -> str | None:
    """Return the kind of a deployment without a schema, by the keys that only one kind has."""
    kinds = {
        kind for kind, keys in ((BATCH, _OF_BATCH), (ENDPOINTS[0], _OF_ONLINE)) if any(key in data for key in keys)
    }
    return kinds.pop() if len(kinds) == 1 else None


def _deployment(document: Document, data: Mapping[str, Any], kind: str | None) -> DeploymentFile:
    code_configuration, environment, model = data.get("code_configuration"), data.get("environment"), data.get("model")
    code, script = None, None
    if isinstance(code_configuration, Mapping):
        code = _named(code_configuration.get("code"), ("code_configuration", "code"))
        folder = code.local if code else "."
        script = _named(code_configuration.get("scoring_script"), ("code_configuration", "scoring_script"), folder)
    conda = (
        _named(environment.get("conda_file"), ("environment", "conda_file"))
        if isinstance(environment, Mapping)
        else None
    )
    return DeploymentFile(
        document,
        kind,
        _text(data.get("endpoint_name")),
        code,
        script,
        conda,
        _named(model.get("path"), ("model", "path")) if isinstance(model, Mapping) else _named(model, ("model",)),
        needs_environment=_needs_environment(model, script),
        has_environment=environment is not None,
    )


def _needs_environment(model: Any, script: Named | None) -> bool | None:
    if isinstance(model, Mapping):
        return model.get("type") != "mlflow_model"
    if model is None:
        return script is not None
    return True if script else None


def _named(value: Any, path: Path, folder: str = ".") -> Named | None:
    """Return a path of this machine; None for what is in the workspace, or on the web, or no path."""
    if not isinstance(value, str) or not value or "://" in value or value.startswith("azureml:") or "\0" in value:
        return None
    return Named(value, path, posixpath.normpath(posixpath.join(folder, value.replace("\\", "/"))))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
