"""A script of a config becomes all the files that its deployment needs, besides the model."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType

from generator.actions.generate import conda_text
from generator.conda.block import CondaSettings, conda_faults
from generator.conda.environment_file import read_environment
from generator.conda.recipe import NoRuntimeError, recipe_of
from generator.conda.versions import ANY, series
from generator.config.deployment import Deployment, complete_deployment, deployment_faults, is_registered
from generator.config.parse import Script
from generator.config.schema import DEFAULT_OUTPUT
from generator.facts.conda import load_facts
from generator.findings import ConfigError, Finding
from generator.model.names import CONDA_FILE, MODEL_FOLDER, OPEN_MODEL
from generator.rendering.azure_yaml import render_deployment, render_endpoint, render_environment, render_model
from generator.rendering.client import render_client
from generator.rendering.container import (
    DOCKERFILE,
    KUBERNETES,
    LOCK,
    PORT,
    REGISTRY,
    edge_manifest,
    image_of,
    render_container,
)
from generator.rendering.score import RenderError, template
from generator.rendering.stamp import stamped
from generator.rules.settings import BATCH, ENDPOINTS, Settings
from generator.script.scopes import found_in
from generator.script.understand.run_kind import find_run
from generator.text.wording import show, show_key
from generator.translations.language import mark, say
from generator.trial.runtime import lock_for

SAMPLES = "_samples.json"
README = "README.md"
_COPIED = re.compile(r'^<!-- Copied: ("(?:[^"\\]|\\.)*") ([0-9a-f]+) -->$', re.MULTILINE)
_LONGEST_NAME = 32

_SAMPLES_ARE = mark("the request that consume.py sends first")
_CONTENTS = {
    CONDA_FILE: "the environment in which it runs",
    "endpoint.yml": "the endpoint, for Azure's command line",
    "deployment.yml": "its deployment: model, script, environment and machines",
    "environment.yml": "registers the environment, so that Azure makes it once",
    "model.yml": "registers the model",
    "consume.py": "asks the endpoint, from the command line or from Python",
    DOCKERFILE: "builds a container of your own",
    ".dockerignore": "what a container has no use for",
    LOCK: "the version and the hashes of every package of the container",
    "uv.toml": "what it takes to compile some of them",
    "requirements.in": f"what {LOCK} is made of",
    "overrides.txt": f"what decides where packages contradict each other, for {LOCK}",
    KUBERNETES: "runs the container on a Kubernetes cluster, without Azure",
}


def bundle(
    script: Script,
    source: bytes,
    conda: CondaSettings,
    deployment: Deployment,
    found: Collection[str],
    origin: str,
    copied: Mapping[str, str] = MappingProxyType({}),
    *,
    is_proven: bool = False,
) -> dict[str, bytes]:
    """Return the files for a script's deployment, by their names.

    ``source`` is the script, ``conda`` what its conda file holds, ``deployment`` one of ``deployments``, ``origin`` the
    config's file name. ``found`` says which of the ``wanted_files`` are there to be put beside it, ``copied`` the
    digests of their files, by which a later bundle tells whether a copy was edited, ``is_proven`` whether a script for
    an open model answers as the old one. Raises RenderError.
    """
    settings = script.settings
    name = script.output.rpartition("/")[2]
    for fault in conda_faults(settings.table, {}):
        raise _refused(script, "conda", fault.message)
    _refuse_misplaced(script, name)
    _refuse_other_kind(script, source)
    conda_file = conda_text(script, conda, origin)
    files = {
        name: source,
        CONDA_FILE: conda_file.encode(),
        "endpoint.yml": render_endpoint(deployment, settings.endpoint, origin).encode(),
        "deployment.yml": render_deployment(
            settings.table, deployment, settings.endpoint, name, origin, is_open=script.is_open
        ).encode(),
    }
    files["environment.yml"] = render_environment(deployment, origin).encode()
    if not is_registered(deployment.model):
        files["model.yml"] = render_model(deployment, origin).encode()
    if script.container:
        files |= _container(script, script.container, conda_file, deployment, name, origin)
    if settings.endpoint != BATCH:
        files["consume.py"] = render_client(settings, origin, script.transforms).encode()
    readme = _readme(script, files, deployment, found, origin, python=_python_of(conda_file), is_proven=is_proven)
    return files | {README: stamped(readme + _noted(copied), "", "<!-- ", " -->").encode()}


def _readme(
    script: Script,
    files: Collection[str],
    deployment: Deployment,
    found: Collection[str],
    origin: str,
    *,
    python: str,
    is_proven: bool,
) -> str:
    """Return the steps from the folder to the endpoint and back."""
    name = script.output.rpartition("/")[2]
    contents = {name: "the entry script"} | {name: what for name, what in _CONTENTS.items() if name in files}
    wanted = wanted_files(script.settings)
    return template("bundle.md.j2").render(
        table=script.settings.table,
        deployment=deployment,
        registered=is_registered(deployment.model),
        family="batch" if script.settings.endpoint == BATCH else "online",
        files=contents | {path: what for path, what in wanted.items() if path in found},
        missing={path: what for path, what in wanted.items() if path not in found},
        origin=origin,
        is_open=script.is_open,
        is_proven=is_proven,
        script=name,
        other="green" if deployment.name != "green" else "blue",
        python=python,
        model_folder=_model_folder(script),
        container=script.container,
        is_locked=LOCK in files,
        image=image_of(deployment),
        registry=REGISTRY,
        port=PORT,
        manifest=edge_manifest(deployment),
    )


def read_copied(readme: str) -> dict[str, str]:
    """Return the digests that a bundle's README notes of the files that were copied, by their paths beside it."""
    return {json.loads(name): digest for name, digest in _COPIED.findall(readme)}


def _noted(copied: Mapping[str, str]) -> str:
    """Return the end of a README that notes digests of copied files where no reader sees them."""
    lines = [f"<!-- Copied: {json.dumps(name)} {digest} -->\n" for name, digest in copied.items() if "--" not in name]
    return "".join(["\n", *lines]) if lines else ""


def _refuse_other_kind(script: Script, source: bytes) -> None:
    """Raise ConfigError where a script that keeps its code has a run() for another kind of endpoint."""
    if not script.keeps_code:
        return
    run = found_in(source, find_run)
    wanted = BATCH if script.settings.endpoint == BATCH else ENDPOINTS[0]
    if run and run.kind and run.kind != wanted:
        takes = say("a list of files") if run.kind == BATCH else say("the text of a request")
        message = say(
            "run() of {output} takes {takes}, and the endpoint is for {wanted}: name another",
            output=show(script.output),
            takes=takes,
            wanted=wanted,
        )
        raise _refused(script, "output", message)


def _python_of(conda_file: str) -> str:
    """Return the Python of a conda file, as ``3.8``."""
    python = next(item for item in read_environment(conda_file).requirements if item.name == load_facts().python.name)
    clauses = (python.spec or ANY)[0]
    return series(clauses[0].version) if clauses else ""


def _container(
    script: Script, base: str, conda_file: str, deployment: Deployment, name: str, origin: str
) -> dict[str, bytes]:
    """Return the files of a container, by their names. Raises ConfigError where none can be made."""
    if script.settings.endpoint == BATCH:
        message = say("a batch endpoint has no server that a container could run: leave it out")
        raise _refused(script, "container", message)
    try:
        recipe = recipe_of(read_environment(conda_file).requirements)
        made = render_container(recipe, lock_for(recipe), base, deployment, name, _model_folder(script), origin)
    except (NoRuntimeError, RenderError) as error:
        raise _refused(script, "container", str(error)) from None
    return {path: text.encode() for path, text in made.items()}


def _model_folder(script: Script) -> str:
    """Return how the model's own folder is called."""
    return OPEN_MODEL if script.is_open else MODEL_FOLDER


def _refuse_misplaced(script: Script, name: str) -> None:
    """Raise ConfigError where a file would take another's place, or is not in the folder that Azure is given."""
    if name in (*_CONTENTS, README, SAMPLES):
        message = say(
            "{name} is another file of the bundle: name it {default}", name=show(name), default=DEFAULT_OUTPUT
        )
        raise _refused(script, "output", message)
    for port, dataset in script.settings.datasets.items():
        normal = posixpath.normpath(dataset.path)
        if dataset.relative_to == "script" and normal in (name, *_CONTENTS, README):
            message = say("{path} is another file of the bundle: give the data another name", path=show(dataset.path))
            raise _refused(script, f"datasets.{port}.path", message)


def _refused(script: Script, where: str, message: str) -> ConfigError:
    return ConfigError(Finding(message, path=(where,), place=script.place))


def folders(scripts: Sequence[Script]) -> list[str]:
    """Return the folder of each script in the bundle; a single one needs none of its own. Raises ConfigError."""
    if len(scripts) == 1:
        return [""]
    names = [f"{script.output.removesuffix('.py').replace('/', '-')}/" for script in scripts]
    for script, name in zip(scripts, names, strict=True):
        if names.count(name) > 1:
            message = say(
                "{output} and another have one folder, {name}: rename one",
                output=show(script.output),
                name=show_key(name),
            )
            raise _refused(script, "output", message)
    return names


def deployments(scripts: Sequence[Script], models: Sequence[str | None] = ()) -> list[Deployment]:
    """Return the deployment of each script, with names of our own where the config has none. Raises ConfigError.

    ``models`` are the model folders that are known, each as its script's deployment.yml is to name it.
    """
    above = "../" * (1 if len(scripts) == 1 else 2)
    found = [
        script.deployment or _proposed(script, model or above + _model_folder(script))
        for script, model in zip_longest(scripts, models)
    ]
    names = [(deployment.endpoint, deployment.name) for deployment in found]
    for script, (endpoint, name) in zip(scripts, names, strict=True):
        if names.count((endpoint, name)) > 1:
            message = say(
                "two scripts would be deployed as {name} of {endpoint}: give each an `endpoint` or `name` of its own",
                name=name,
                endpoint=endpoint,
            )
            raise _refused(script, "deployment", message)
    return found


def _proposed(script: Script, model: str) -> Deployment:
    kind = script.settings.endpoint
    block = {"endpoint": script.settings.table.id.replace("_", "-")[:_LONGEST_NAME], "model": model}
    faults = deployment_faults(block, kind)
    if faults:
        message = say(
            "a bundle for {kind} needs it: {faults}", kind=kind, faults="; ".join(each.message for each in faults)
        )
        raise _refused(script, "deployment", message)
    return complete_deployment(block, kind)


def wanted_files(settings: Settings) -> dict[str, str]:
    """Return what goes with a script as it is, by its path from the script, with a word on what it is."""
    datasets = {
        dataset.path: f"what the script loads as {name}"
        for name, dataset in settings.datasets.items()
        if dataset.relative_to == "script"
    }
    return datasets | ({} if settings.endpoint == BATCH else {SAMPLES: _SAMPLES_ARE})
