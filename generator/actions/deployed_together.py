"""What the files of a deployment have against one another, and each alone cannot know.

A conda file and a script are judged by what lies beside them. In a deployment they may lie apart::

    deployment.yml            names all three
    environment/conda.yaml    is to have what the module of the script, and the model, need
    src/score.py              is to run on the Python of the conda file, and to suit the model
    models/trained_model_outputs
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.actions.check import examine
from generator.actions.endpoint_beside import endpoint_beside, endpoint_of_files
from generator.actions.model_folder import scikit_learn_in
from generator.actions.model_place import module_at_a_glance
from generator.checks.context import mentions_a_module
from generator.conda.check import check_conda
from generator.config.deployment_file import DeploymentFile, Named
from generator.facts.modules import Table
from generator.files.read import shown
from generator.findings import Finding
from generator.script.calls import imported_modules
from generator.script.scopes import found_in
from generator.script.source import UndecodableError, decode


def found_together(
    deployment: DeploymentFile, folder: Path, script: bytes | None, conda: bytes | None, of_conda: Sequence[Finding]
) -> Iterator[Finding]:
    """Yield what is said of a deployment's script and conda file together with all that it names, and of none alone.

    ``folder`` is that of the deployment, ``script`` and ``conda`` are the files' bytes, None where one is not there;
    ``of_conda`` is what is said of the conda file by itself. Each finding stands at the name of its file.
    """
    model = str(folder / deployment.model.local) if deployment.model else None
    if deployment.conda and conda is not None:
        table = _module(model, script)
        versions = scikit_learn_in(Path(model)) if model else ()
        yield from _new(check_conda(conda, table, versions) if table else [], of_conda, deployment.conda, folder)
    if deployment.script and script is not None and mentions_a_module(script):
        try:
            source, _ = decode(script)
        except UndecodableError:  # which is said of the script
            return
        path = str(folder / deployment.script.local)
        alone = endpoint_beside(path)
        name = deployment.conda.local if deployment.conda else ""
        together = endpoint_of_files(alone, conda.decode("utf-8-sig", errors="replace") if conda else None, name, model)
        found = examine(source, together).findings if together != alone else []
        if found:
            yield from _new(found, examine(source, alone).findings, deployment.script, folder)


def _module(model: str | None, script: bytes | None) -> Table | None:
    told = module_at_a_glance(model) if model else None
    if told:
        return told[0]
    tables = set(found_in(script, imported_modules) or ()) if script else set[Table]()
    return tables.pop() if len(tables) == 1 else None


def _new(findings: Sequence[Finding], alone: Sequence[Finding], file: Named, folder: Path) -> Iterator[Finding]:
    """Yield the findings in a file that are not among those which it gets alone, at its name in the deployment."""
    known = {(item.code, item.place, item.about) for item in alone}
    for item in findings:
        if (item.code, item.place, item.about) not in known:
            message = f"{shown(folder / file.local)}:{item.place}: {item.said}"
            yield Finding(message, item.severity, file.path, code=item.code)
