"""Find the configs that a command works on: by name, below a folder, or by a script that they generate.

A config's outputs lie in its own folder or below it, so that the folders above a script are all there is to look at.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from generator.files.listing import is_conda, is_config, is_python, names_in
from generator.files.read import LARGEST_CONFIG, from_folder, read_bytes
from generator.files.search import configs_below
from generator.findings import FileError

if TYPE_CHECKING:
    from generator.text.yaml_reader import Document


class Owners:
    """Finds the configs of scripts; it reads each config once in a run of a command."""

    def __init__(self, documents: Mapping[str, Document] | None = None) -> None:
        """Begin with nothing read, or with what was read of configs, by their ``place``."""
        self._configs: dict[str, list[str]] = {}
        self._documents = dict(documents or {})
        self._outputs: dict[str, set[str]] = {}

    def of(self, script: str) -> list[str]:
        """Return the configs, by real path, that name a script; ``script`` is the path of a file or of none yet.

        They are looked for from the script's folder (that of the link, if it is one) up to the repository's root or,
        where there is none, the current folder.
        """
        real, folders = _real(script), _with_those_above(os.path.dirname(place(script)))
        return [config for folder in folders for config in self._configs_in(folder) if real in self._outputs_of(config)]

    def is_unnamed(self, path: str) -> bool:
        """Say whether a path is that of a script or a conda file, by its name, and no config names it."""
        return (is_python(path) or is_conda(path)) and not os.path.isdir(path) and not self.of(path)

    def _configs_in(self, folder: str) -> list[str]:
        if folder not in self._configs:
            paths = [os.path.join(folder, name) for name in filter(is_config, names_in(folder))]
            self._configs[folder] = [path for path in paths if os.path.isfile(path)]
        return self._configs[folder]

    def document(self, config: str) -> Document:
        """Return what was read of a config, by its ``place``. Raises FileError."""
        if config not in self._documents:
            from generator.text.yaml_reader import read_document  # brings yaml, which no script without a config needs

            self._documents[config] = read_document(read_bytes(from_here(config), LARGEST_CONFIG))
        return self._documents[config]

    def _outputs_of(self, config: str) -> set[str]:
        if config not in self._outputs:
            self._outputs[config] = set(self._named(config))
        return self._outputs[config]

    def _named(self, config: str) -> Iterator[str]:
        from generator.config.parse import named_outputs  # brings yaml

        with contextlib.suppress(FileError):
            for output in named_outputs(self.document(config)):
                if "\0" not in output:
                    yield _real(os.path.join(os.path.dirname(config), output))


def _real(path: str) -> str:
    """Return where a path leads, in one spelling where Windows takes several."""
    return os.path.normcase(os.path.realpath(path))


def _with_those_above(folder: str) -> list[str]:
    folders = [folder]
    while not os.path.lexists(os.path.join(folders[-1], ".git")):
        above = os.path.dirname(folders[-1])
        if above == folders[-1]:
            here = os.getcwd()
            return folders[: folders.index(here) + 1] if here in folders else [folder]
        folders.append(above)
    return folders


def find_configs(paths: Iterable[str], owners: Owners) -> tuple[list[str], list[OSError]]:
    """Return the configs that are named or found, or that name a script which is handed over, each once.

    Also returned is why folders cannot be listed.
    """
    found: dict[str, str] = {}
    unlisted: list[OSError] = []
    for path in paths:
        if os.path.isdir(path):
            below, errors = configs_below(path)
            unlisted += errors
        elif is_python(path) or is_conda(path):
            below = [from_here(config) for config in owners.of(path)]
        else:
            below = [path]
        for config in below:
            found.setdefault(place(config), config)
    return list(found.values()), unlisted


def place(path: str) -> str:
    """Return what is the same for all ways to name a file; a symbolic link is a file of its own."""
    folder, name = os.path.split(path)
    return os.path.join(os.path.realpath(folder), name)


def from_here(path: str) -> str:
    """Return a path as it is seen from the current folder, if it is below."""
    relative = from_folder(path)
    return path if relative.startswith(os.pardir) else relative
