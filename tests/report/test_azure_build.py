"""What tells one run of Azure Pipelines from another in SARIF; ``tests/tools`` has the service's own rules for it."""

from __future__ import annotations

from generator.report.azure_build import automation_details

BUILD = {
    "TF_BUILD": "True",
    "SYSTEM_COLLECTIONURI": "https://dev.azure.com/contoso/",
    "SYSTEM_TEAMPROJECT": "models",
    "SYSTEM_DEFINITIONID": "12",
    "SYSTEM_PHASEID": "3a3a2a60",
    "SYSTEM_PHASENAME": "Job",
    "BUILD_DEFINITIONNAME": "scripts",
    "BUILD_SOURCEBRANCH": "refs/heads/feature/one",
    "BUILD_BUILDID": "345",
}


def test_a_build_says_whose_it_is() -> None:
    assert automation_details(BUILD) == {
        "id": "azuredevops/pipeline/build/contoso/models/12/3a3a2a60/feature/one/345",
        "properties": {
            "azuredevops/pipeline/build/buildDefinitionId": "12",
            "azuredevops/pipeline/build/buildDefinitionName": "scripts",
            "azuredevops/pipeline/build/phaseId": "3a3a2a60",
            "azuredevops/pipeline/build/phaseName": "Job",
        },
    }


def test_elsewhere_it_is_the_tool_alone() -> None:
    assert automation_details(BUILD | {"TF_BUILD": ""}) == {"id": "scoregen/"}
    assert automation_details({}) == {"id": "scoregen/"}
