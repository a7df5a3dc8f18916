"""The golden deployments: a deployment block, and the endpoint.yml and deployment.yml expected of it.

``python -m tests.support.definitions`` rewrites what is expected on purpose; read the difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.config.deployment import Deployment, complete_deployment, deployment_faults
from generator.facts.modules import Table, tables_by_key
from generator.rendering.azure_yaml import render_deployment, render_endpoint

FOLDER = Path(__file__).parents[2] / "golden" / "deployment"


class Case(NamedTuple):
    """What a case's config says."""

    table: Table
    kind: str
    block: dict[str, Any]

    @property
    def deployment(self) -> Deployment:
        """The block with its defaults."""
        assert deployment_faults(self.block, self.kind) == []
        return complete_deployment(self.block, self.kind)


def cases() -> list[Path]:
    """Return the folders of the cases: ``scoregen.yaml``, ``endpoint.yml`` and ``deployment.yml``."""
    return sorted(path.parent for path in FOLDER.glob("*/scoregen.yaml"))


def read(case: Path) -> Case:
    """Return what a case's config says."""
    config = yaml.safe_load((case / "scoregen.yaml").read_text(encoding="utf-8"))
    return Case(tables_by_key()[config["module"]], config.get("endpoint", "online"), config["deployment"])


def rendered(case: Case) -> dict[str, str]:
    """Return the definitions that a case gives now, by their files."""
    table, kind, deployment = case.table, case.kind, case.deployment
    return {
        "endpoint.yml": render_endpoint(deployment, kind, "scoregen.yaml"),
        "deployment.yml": render_deployment(table, deployment, kind, "score.py", "scoregen.yaml"),
    }


def main() -> None:
    """Rewrite what is expected."""
    for case in cases():
        for name, text in rendered(read(case)).items():
            (case / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
