"""The YAML files beside a script: what is to be said about a conda file, and how it is put right."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from generator.actions.model_folder import scikit_learn_beside
from generator.actions.module_beside import module_beside
from generator.conda.check import check_conda
from generator.conda.fix import FixedConda, fix_conda_and_count
from generator.facts.conda import mentions_a_package
from generator.facts.modules import Table
from generator.findings import Finding


class CondaFile(NamedTuple):
    """A conda file, the module of the scripts beside it, and the scikit-learn that the model there names."""

    content: bytes
    table: Table | None
    scikit_learn: tuple[str, ...]

    def findings(self) -> list[Finding]:
        """Return what is to be said about the file, in the order of its lines."""
        return check_conda(self.content, self.table, self.scikit_learn)

    def fixed(self) -> FixedConda | None:
        """Return the file with what is surely meant; None where it is not UTF-8."""
        try:
            return fix_conda_and_count(self.content.decode(), self.table, self.scikit_learn)
        except UnicodeDecodeError:
            return None


def conda_file(path: str, content: bytes) -> CondaFile | None:
    """Return the conda file at a path; None for a file that is none of a designer model's."""
    table = module_beside(path)
    if table is None and not mentions_a_package(content):
        return None
    return CondaFile(content, table, scikit_learn_beside(Path(path)))
