"""What a script's endpoint has beyond what lies beside the script: looked for where a finding hangs on it."""

from __future__ import annotations

from pathlib import Path

from generator.actions.check_yaml import content_of, deployment_of
from generator.actions.endpoint_beside import endpoint_of_files
from generator.actions.module_beside import is_called_beside
from generator.checks.context import Endpoint


def endpoint_around(script: str, beside: Endpoint) -> Endpoint:
    """Return the endpoint of a script, given what lies beside it: by the deployment that names it, if there is one.

    A model that another script beside it scores is that one's, unless the deployment names it.
    """
    endpoint, found = beside, deployment_of(script)
    if found:
        folder, deployment = Path(found[0]), found[1]
        name = deployment.conda.local if deployment.conda else ""
        conda = content_of(str(folder / name)) if name else None
        text = conda.decode("utf-8-sig", errors="replace") if conda is not None else None
        model = str(folder / deployment.model.local) if deployment.model else None
        endpoint = endpoint_of_files(beside, text, name, model)
        if model:
            return endpoint
    if endpoint.module and is_called_beside(script, endpoint.module):
        return endpoint._replace(module=None)
    return endpoint
