"""Which build of Azure Pipelines a report is of, as GitHub Advanced Security for Azure DevOps asks for it in SARIF."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PREFIX = "azuredevops/pipeline/build"
_PROPERTIES = {
    "buildDefinitionId": "SYSTEM_DEFINITIONID",
    "buildDefinitionName": "BUILD_DEFINITIONNAME",
    "phaseId": "SYSTEM_PHASEID",
    "phaseName": "SYSTEM_PHASENAME",
}


def automation_details(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return what tells one run from others: under Azure Pipelines the build, elsewhere the tool alone."""
    if not environment.get("TF_BUILD"):
        return {"id": "scoregen/"}
    organization = environment.get("SYSTEM_COLLECTIONURI", "").rstrip("/").rpartition("/")[2]
    branch = environment.get("BUILD_SOURCEBRANCH", "").removeprefix("refs/heads/")
    names = ("SYSTEM_TEAMPROJECT", "SYSTEM_DEFINITIONID", "SYSTEM_PHASEID")
    parts = [organization, *(environment.get(name, "") for name in names), branch, environment.get("BUILD_BUILDID", "")]
    properties = {f"{_PREFIX}/{name}": environment.get(variable, "") for name, variable in _PROPERTIES.items()}
    return {"id": "/".join([_PREFIX, *parts]), "properties": properties}
