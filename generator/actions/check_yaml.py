"""Check the YAML files beside a script: conda files, deployments and endpoints."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.actions.deployed_together import found_together
from generator.actions.model_folder import scikit_learn_beside
from generator.actions.model_place import module_at_a_glance
from generator.actions.module_beside import module_beside, modules_beside
from generator.checks.context import mentions_a_module
from generator.conda.check import check_conda
from generator.conda.fix import FixedConda, fix_conda_and_count
from generator.config.deployment_checks import Beside, check_deployment
from generator.config.deployment_file import DeploymentFile, EndpointFile, is_mentioned, parse_azure_file
from generator.facts.conda import mentions_a_package
from generator.facts.modules import Table
from generator.files.listing import is_conda, is_yaml, names_in
from generator.files.search import read_found
from generator.findings import FileError, Finding
from generator.model.names import MODEL_FOLDER
from generator.script.scopes import found_in
from generator.script.understand.run_kind import find_run
from generator.text.spans import Text
from generator.text.yaml_reader import Document

_AROUND = 3  # folders, of which one may hold the deployment of a script: src/, the one around it, and the next


class CondaFile(NamedTuple):
    """A conda file, the module of the model or the scripts beside it, and the scikit-learn that the model names."""

    content: bytes
    table: Table | None
    scikit_learn: tuple[str, ...]

    def findings(self) -> list[Finding]:
        """Return what is to be said about the file, in the order of its lines."""
        return check_conda(self.content, self.table, self.scikit_learn)

    def fixed(self) -> FixedConda | None:
        """Return the file with what can be fixed safely; None where it is not UTF-8."""
        try:
            return fix_conda_and_count(self.content.decode(), self.table, self.scikit_learn)
        except UnicodeDecodeError:
            return None


def conda_file(path: str, content: bytes) -> CondaFile | None:
    """Return the conda file at a path; None for a file that is none of a designer model's.

    It is one if it names a package of the designer's. Where it names none, but lies beside a script of a designer
    module, it is one by the name that the designer gives it, or if a deployment beside it names it.
    """
    if b"dependencies" not in content and not is_conda(path):
        return None
    mentions = mentions_a_package(content)
    if not mentions and not is_conda(path) and not _is_named_by_a_deployment(path):
        return None
    told = module_at_a_glance(os.path.dirname(path))
    table = told[0] if told else module_beside(path)
    if table is None and not mentions:
        return None
    return CondaFile(content, table, scikit_learn_beside(Path(path)))


def _is_named_by_a_deployment(path: str) -> bool:
    name = os.path.normpath(path)
    for beside, content in _azure_files(os.path.dirname(path)):
        found = parse_azure_file(content)
        if isinstance(found, DeploymentFile) and found.conda:
            named = os.path.normpath(os.path.join(os.path.dirname(beside), found.conda.local))
            if named == name:
                return True
    return False


def _azure_files(folder: str) -> Iterator[tuple[str, bytes]]:
    """Yield the YAML files of a folder that can be deployments or endpoints."""
    for name in filter(is_yaml, names_in(folder)):
        content = content_of(os.path.join(folder, name))
        if content is not None and is_mentioned(content):
            yield os.path.join(folder, name), content


def check_azure_file(path: str, content: bytes) -> list[Finding] | None:
    """Return what is to be said about a deployment or an endpoint of a designer model; None for any other file."""
    if not is_mentioned(content):
        return None
    found = parse_azure_file(content)
    folder = os.path.dirname(path)
    if isinstance(found, DeploymentFile) and _is_of_a_designer_model(found, folder):
        script = content_of(os.path.join(folder, found.script.local)) if found.script else None
        lines = Text(content.decode("utf-8-sig")).lines
        return check_deployment(found, _beside(found, path, script), lines, [*_together(found, folder, script)])
    if isinstance(found, EndpointFile) and modules_beside(path):
        return []
    if isinstance(found, Document) and modules_beside(path):
        return [Finding(item.message, place=item.place, code="SG300") for item in found.mistakes]
    return None


def _is_of_a_designer_model(deployment: DeploymentFile, folder: str) -> bool:
    """Say whether a deployment is of a designer model: by its model, its conda file, or a script that is there."""
    if deployment.model and MODEL_FOLDER in deployment.model.local.split("/"):
        return True
    script = content_of(os.path.join(folder, deployment.script.local)) if deployment.script else None
    if script is not None and mentions_a_module(script):
        return True
    conda = content_of(os.path.join(folder, deployment.conda.local)) if deployment.conda else None
    if conda is not None and mentions_a_package(conda):
        return True
    return bool(modules_beside(os.path.join(folder, "deployment.yml")))


def deployment_of(script: str) -> tuple[str, DeploymentFile] | None:
    """Return the deployment that names a script, and its folder: the script's own, or one of those around it."""
    folder = os.path.dirname(script)
    for _ in range(_AROUND):
        for path, content in _azure_files(folder):
            found = parse_azure_file(content)
            if isinstance(found, DeploymentFile) and found.script:
                named = os.path.join(os.path.dirname(path), found.script.local)
                if os.path.abspath(named) == os.path.abspath(script):
                    return folder, found
        folder = os.path.join(folder, os.pardir)
    return None


def _together(deployment: DeploymentFile, folder: str, script: bytes | None) -> Iterator[Finding]:
    """Yield what is said of the files that a deployment names together, and of none of them alone."""
    name = os.path.join(folder, deployment.conda.local) if deployment.conda else ""
    conda = content_of(name) if name else None
    alone = conda_file(name, conda) if conda is not None else None
    return found_together(deployment, Path(folder), script, conda, alone.findings() if alone else ())


def _beside(deployment: DeploymentFile, path: str, script: bytes | None) -> Beside:
    folder = os.path.dirname(path)
    named = (deployment.code, deployment.script, deployment.conda, deployment.model)
    there = {item.local: os.path.exists(os.path.join(folder, item.local)) for item in named if item}
    run = found_in(script, find_run) if script is not None else None
    endpoints = [
        found
        for beside, content in _azure_files(folder)
        if os.path.normpath(beside) != os.path.normpath(path)
        and isinstance(found := parse_azure_file(content), EndpointFile)
    ]
    return Beside(
        there,
        run is not None,
        run.kind if run else None,
        endpoints[0] if len(endpoints) == 1 else None,
    )


def content_of(path: str) -> bytes | None:
    """Return a file's bytes; None where there is none, or it cannot be read."""
    try:
        return read_found(path)
    except FileError:
        return None
