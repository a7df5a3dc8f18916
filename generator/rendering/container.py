"""A recipe becomes what builds and runs a container of one's own: a Dockerfile, its lock, and Kubernetes' YAML."""

from __future__ import annotations

import json
from typing import Any

from generator.conda.recipe import Recipe
from generator.config.deployment import Deployment
from generator.facts.containers import load_images
from generator.rendering.score import RenderError, template
from generator.rendering.stamp import stamped
from generator.text.wording import either
from generator.text.yaml_writer import in_lines, says
from generator.translations.language import say

LOCK = "requirements.lock"
DOCKERFILE = "Dockerfile"
KUBERNETES = "kubernetes.yml"
PORT = 5001  # what Azure's inference server listens on by itself
REGISTRY = "myregistry.azurecr.io"
_SETTINGS = "uv.toml"
_USER = 1000
_PROBE = {"httpGet": {"path": "/", "port": PORT}, "periodSeconds": 10, "timeoutSeconds": 10, "failureThreshold": 40}
_FOR_AZURE = ("README.md", "conda_env.yaml", "*.yml", "consume.py", DOCKERFILE, ".dockerignore")


def render_container(
    recipe: Recipe, lock: str, base: str, deployment: Deployment, script: str, model_folder: str, origin: str
) -> dict[str, str]:
    """Return the files that build and run a container, by their names.

    ``lock`` is empty where there is none: then the files that uv makes one of stand in its place. ``base`` names what
    the image begins with, ``script`` the script's file, ``model_folder`` that of the model, ``origin`` the config.
    Raises RenderError where no image of the recipe's Python is known.
    """
    settings = uv_settings(recipe)
    files = (
        {LOCK: lock} | {name: text for name, text in settings.items() if name == _SETTINGS} if lock else dict(settings)
    )
    ignored = "".join(f"{name}\n" for name in _FOR_AZURE)
    files |= {
        DOCKERFILE: _dockerfile(recipe, base, script, model_folder, _SETTINGS in settings),
        ".dockerignore": ignored,
        KUBERNETES: _kubernetes(deployment),
    }
    return {name: stamped(text, origin) for name, text in files.items()}


def uv_settings(recipe: Recipe) -> dict[str, str]:
    """Return what uv reads in a folder, by the files' names: requirements, overrides, and what compiling needs."""
    files = {"requirements.in": recipe.requirements, "overrides.txt": recipe.overrides}
    if recipe.build:
        needs = [f"{name} = {json.dumps(texts)}" for name, texts in recipe.build.items()]
        files[_SETTINGS] = ("[extra-build-dependencies]", *needs)
    return {name: "".join(f"{line}\n" for line in lines) for name, lines in files.items()}


def image_of(deployment: Deployment) -> str:
    """Return what the image of an endpoint is called on the machine that builds it."""
    return f"{deployment.endpoint.lower()}:1"


def edge_manifest(deployment: Deployment) -> str:
    """Return the deployment manifest of an IoT Edge device, as JSON, with the endpoint as a module of it."""
    images = load_images()
    runtime = {"type": "docker", "settings": {"minDockerVersion": "v1.25", "loggingOptions": ""}}
    module = {
        "type": "docker",
        "status": "running",
        "restartPolicy": "always",
        "version": "1.0",
        "settings": {"image": f"{REGISTRY}/{image_of(deployment)}", "createOptions": _create_options()},
    }
    agent = {
        "schemaVersion": "1.1",
        "runtime": runtime,
        "systemModules": {
            "edgeAgent": {"type": "docker", "settings": {"image": images.edge_agent, "createOptions": "{}"}},
            "edgeHub": {
                "type": "docker",
                "status": "running",
                "restartPolicy": "always",
                "settings": {"image": images.edge_hub, "createOptions": "{}"},
            },
        },
        "modules": {deployment.endpoint.lower(): module},
    }
    hub = {"schemaVersion": "1.1", "routes": {}, "storeAndForwardConfiguration": {"timeToLiveSecs": 7200}}
    content = {"$edgeAgent": {"properties.desired": agent}, "$edgeHub": {"properties.desired": hub}}
    return json.dumps({"modulesContent": content}, indent=2)


def _create_options() -> str:
    """Return Docker's options for the module, which the manifest holds as a text: its port is one of the device."""
    port = f"{PORT}/tcp"
    return json.dumps({"HostConfig": {"PortBindings": {port: [{"HostIp": "127.0.0.1", "HostPort": str(PORT)}]}}})


def _dockerfile(recipe: Recipe, base: str, script: str, model_folder: str, has_uv_settings: bool) -> str:
    images = load_images()
    image = images.bases[base].get(recipe.python)
    if image is None:
        known = either([name for name in images.bases if recipe.python in images.bases[name]])
        remedy = say(": take {known} for its base", known=known) if known else ""
        raise RenderError(
            say(
                "of {base}, no image with Python {python} is known{remedy}",
                base=base,
                python=recipe.python,
                remedy=remedy,
            )
        )
    return template("Dockerfile.j2").render(
        image=image,
        uv=images.uv,
        settings=f"{LOCK} {_SETTINGS}" if has_uv_settings else LOCK,
        port=PORT,
        entry=json.dumps(["azmlinfsrv", "--entry_script", script, "--model_dir", "/model", "--port", str(PORT)]),
        model_folder=model_folder,
    )


def _kubernetes(deployment: Deployment) -> str:
    """Return a deployment and a service, as two documents of YAML."""
    name = deployment.endpoint.lower()
    labels = {"app": name}
    memory = {"memory": "4Gi", "cpu": "1"}
    container = {
        "name": "score",
        "image": f"{REGISTRY}/{image_of(deployment)}",
        "ports": [{"containerPort": PORT}],
        "resources": {"requests": dict(memory), "limits": dict(memory)},
        "readinessProbe": dict(_PROBE),
        "livenessProbe": {**_PROBE, "initialDelaySeconds": 30},
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": _USER,
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
        },
    }
    pod = {"metadata": {"labels": labels}, "spec": {"containers": [container]}}
    spec = {"replicas": deployment.instance_count, "selector": {"matchLabels": dict(labels)}, "template": pod}
    documents: list[dict[str, Any]] = [
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name}, "spec": spec},
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": name},
            "spec": {"selector": dict(labels), "ports": [{"port": 80, "targetPort": PORT}]},
        },
    ]
    texts = [
        in_lines(json.loads(json.dumps(document))) for document in documents
    ]  # a part that is shared gets no anchor
    if not all(says(text, document) for text, document in zip(texts, documents, strict=True)):
        raise RenderError("the definitions for Kubernetes do not say what is meant")
    return "---\n".join(texts)
