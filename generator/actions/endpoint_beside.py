"""What the conda file beside a script says of its endpoint."""

from __future__ import annotations

from pathlib import Path

from generator.actions.model_folder import columns_in
from generator.checks.context import DESIGNERS, Endpoint
from generator.conda.environment_file import read_environment
from generator.conda.judge import python_of
from generator.facts.conda import CONDA_FILE
from generator.facts.python import DEFAULT, version_of
from generator.files.search import read_found
from generator.findings import FileError

_NAMES = (CONDA_FILE, CONDA_FILE.replace(".yaml", ".yml"))


def endpoint_beside(script: str) -> Endpoint:
    """Return the endpoint of a script by the conda file in its folder; the designer's where none can be read.

    The model's columns are those of the model folder that the script is in, or that stands beside it.
    """
    folder = Path(script).parent
    return _by_conda_file(folder)._replace(dates=tuple(column.name for column in columns_in(folder) if column.is_date))


def _by_conda_file(folder: Path) -> Endpoint:
    for name in _NAMES:
        try:
            content = read_found(str(folder / name))
        except FileError:  # which is said of the file itself, where it is checked
            continue
        if content is not None:
            return endpoint_of(content.decode("utf-8-sig", errors="replace"), name)
    return DESIGNERS


def endpoint_of(text: str, name: str) -> Endpoint:
    """Return the endpoint that the text of a conda file describes, by its file's name."""
    requirements = read_environment(text).requirements
    python = python_of(requirements)
    packages = frozenset(requirement.name.replace("-", "_") for requirement in requirements if requirement.name)
    if python is None:
        return Endpoint(DEFAULT, "", packages)
    return Endpoint(version_of(python), name, packages)
