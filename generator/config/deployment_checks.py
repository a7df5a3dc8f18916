"""deployment.yml and endpoint.yml: whether they fit each other, their script, and what lies beside them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from generator.config.deployment_file import DeploymentFile, EndpointFile, Named
from generator.facts.codes import Register, is_ignored, load_codes
from generator.findings import Finding, Path, Severity
from generator.model.names import MODEL_FOLDER
from generator.rules.settings import BATCH, ENDPOINTS
from generator.text.wording import show
from generator.translations.language import mark, say

_GIVES = {BATCH: mark("a list of files"), ENDPOINTS[0]: mark("the text of a request")}
_CURE = {
    BATCH: mark("a config with `endpoint: batch` gives a script for it"),
    ENDPOINTS[0]: mark("a config without `endpoint: batch` gives a script for it"),
}


class Beside(NamedTuple):
    """What lies beside a deployment: which of the paths that it names are there, its script's run(), its endpoint.

    ``run_kind`` is the kind of endpoint that run() is made for, None where that cannot be told, or there is no script.
    """

    there: Mapping[str, bool]
    has_run: bool = False
    run_kind: str | None = None
    endpoint: EndpointFile | None = None


class Remark(NamedTuple):
    """What a check says of a place in a deployment, and the severity where it is not the code's own."""

    path: Path
    message: str
    severity: Severity | None = None


Check: TypeAlias = Callable[[DeploymentFile, Beside], Iterator[Remark]]

check: Register[Check] = Register()
"""Registers a function as the check of a code for deployments."""


def check_deployment(
    deployment: DeploymentFile, beside: Beside, lines: list[str], of_its_files: Iterable[Finding] = ()
) -> list[Finding]:
    """Return what is to be said about a deployment, in the order of its lines, without what comments silence.

    ``of_its_files`` is said besides, at the keys that name them.
    """
    document = deployment.document
    found = [
        Finding(
            remark.message,
            remark.severity or load_codes()[code].severity,
            remark.path,
            document.place(remark.path),
            code=code,
        )
        for code, rule in check.items()
        for remark in rule(deployment, beside)
    ]
    found += [item._replace(place=document.place(item.path)) for item in of_its_files]
    return sorted((item for item in found if not is_ignored(item, lines)), key=lambda finding: finding.order)


@check("SG301")
def other_kind(deployment: DeploymentFile, beside: Beside) -> Iterator[Remark]:
    """Find a run() that is made for another kind of endpoint than the one that calls it."""
    kind, script = deployment.kind, deployment.script
    if script is None or not beside.has_run or kind is None:
        return
    gives = say("a deployment of this kind ({kind}) hands run() {gives}", kind=kind, gives=say(_GIVES[kind]))
    if beside.run_kind is None:
        message = say(
            "{gives}, and it cannot be told what run() of {text} takes: look at what it does with it",
            gives=gives,
            text=show(script.text),
        )
        yield Remark(script.path, message, "info")
    elif beside.run_kind != kind:
        message = say(
            "{gives}, and run() of {text} takes {takes}: {cure}",
            gives=gives,
            text=show(script.text),
            takes=say(_GIVES[beside.run_kind]),
            cure=say(_CURE[kind]),
        )
        yield Remark(script.path, message)


@check("SG302")
def not_there(deployment: DeploymentFile, beside: Beside) -> Iterator[Remark]:
    """Find paths that lead nowhere."""
    code = deployment.code
    for named in (code, deployment.script, deployment.conda, deployment.model):
        if named is None or beside.there.get(named.local, True):
            continue
        if named is deployment.script and code and not beside.there.get(code.local, True):
            continue  # the folder around it is what is not there
        yield Remark(named.path, say("{text} is not there: {where}", text=show(named.text), where=_where(named)))


def _where(named: Named) -> str:
    folder, name = posixpath.split(named.local)
    return say("put {name} into {folder}, or name the place where it is", name=name, folder=show(folder or "."))


@check("SG303")
def no_environment(deployment: DeploymentFile, beside: Beside) -> Iterator[Remark]:
    """Find deployments without what every model but an MLflow model needs: an environment and a script."""
    at = _first(deployment, "model")
    environment = "environment: {conda_file: conda_env.yaml, image: ...}"
    script = "code_configuration: {code: ., scoring_script: score.py}"
    if deployment.needs_environment is None and not deployment.has_environment:
        message = say(
            "unless this is an MLflow model, it has no environment to run in and no script that scores it: add "
            "`{environment}` and `{script}`",
            environment=environment,
            script=script,
        )
        yield Remark(at, message, "warning")
        return
    if deployment.needs_environment and not deployment.has_environment:
        yield Remark(at, say("the model has no environment to run in: add `{example}`", example=environment))
    if deployment.needs_environment and deployment.script is None:
        yield Remark(at, say("the model has no script that scores it: add `{example}`", example=script))


def _first(deployment: DeploymentFile, key: str) -> Path:
    return (key,) if isinstance(deployment.document.value, Mapping) and key in deployment.document.value else ()


@check("SG304")
def other_model_folder(deployment: DeploymentFile, beside: Beside) -> Iterator[Remark]:
    """Find models in a folder in which the script does not look for it."""
    model = deployment.model
    if model and posixpath.basename(model.local) != MODEL_FOLDER:
        message = say(
            "{text} does not end with {model_folder}, in which the script looks for its model",
            text=show(model.text),
            model_folder=MODEL_FOLDER,
        )
        yield Remark(model.path, say("{message}: name that folder", message=message))


@check("SG305")
def other_endpoint(deployment: DeploymentFile, beside: Beside) -> Iterator[Remark]:
    """Find a deployment that does not go with the endpoint beside it."""
    endpoint = beside.endpoint
    if endpoint is None:
        return
    if endpoint.kind and deployment.kind and endpoint.kind != deployment.kind:
        message = say(
            "the deployment is for {kind}, the endpoint beside it for {other}: make them one kind",
            kind=deployment.kind,
            other=endpoint.kind,
        )
        yield Remark(_first(deployment, "$schema"), message, "error")
    elif endpoint.name and deployment.endpoint and endpoint.name != deployment.endpoint:
        message = say(
            "{endpoint} is not the endpoint beside it, {name}: name that one",
            endpoint=show(deployment.endpoint),
            name=show(endpoint.name),
        )
        yield Remark(("endpoint_name",), message)
