"""By what a YAML file is known as a deployment or an endpoint of Azure's command line."""

from __future__ import annotations

AZURE_MARKS = ("code_configuration", "Deployment.schema.json", "Endpoint.schema.json")
"""What such a file holds, one of them at least."""
