"""The hooks for pre-commit: what they are, and from where pre-commit is to install them."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from urllib.parse import urlsplit
from urllib.request import url2pathname

from generator.files.git import git
from generator.text.yaml_reader import read_document

if TYPE_CHECKING:
    Hook: TypeAlias = Mapping[str, Any]

_FILE = ".pre-commit-hooks.yaml"


class Source(NamedTuple):
    """What a ``.pre-commit-config.yaml`` names as ``repo`` and ``rev``; no ``rev`` where it holds the hooks itself."""

    repo: str
    rev: str | None

    @property
    def is_of_this_machine(self) -> bool:
        """Whether the repository is a folder of this machine, from which nobody else can install the hooks."""
        return self.rev is not None and (os.path.isabs(self.repo) or self.repo.startswith("file:"))  # noqa: PTH117


IN_THE_CONFIG = Source("local", None)


@functools.cache
def hooks() -> tuple[Hook, ...]:
    """Return the hooks, each as pre-commit defines it."""
    package = Path(__file__).parents[1]
    installed = package / _FILE.removeprefix(".")
    path = installed if installed.is_file() else package.parent / _FILE
    return tuple(read_document(path.read_bytes()).value)


def entry(source: Source) -> dict[str, Any]:
    """Return what a ``.pre-commit-config.yaml`` lists for a source."""
    named = {"repo": source.repo} if source.rev is None else {"repo": source.repo, "rev": source.rev}
    return named | {"hooks": [listed(hook, source.repo) for hook in hooks()]}


def listed(hook: Hook, repo: str) -> dict[str, Any]:
    """Return a hook as it is listed under a ``repo``; under a local one it runs the installed command."""
    return {**hook, "language": "system"} if repo == IN_THE_CONFIG.repo else {"id": hook["id"]}


def installed_from() -> Source:
    """Return where this scoregen came from, if pre-commit can install it from there."""
    try:
        said = metadata.distribution("scoregen").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        said = None
    return source_of(json.loads(said)) if said else IN_THE_CONFIG


def source_of(direct_url: Mapping[str, Any]) -> Source:
    """Return the source that a ``direct_url.json`` names: a git repository, which pre-commit asks for, or none."""
    vcs, url = direct_url.get("vcs_info", {}), direct_url["url"]
    if vcs.get("vcs") == "git" and "subdirectory" not in direct_url:
        return Source(url, vcs["commit_id"])
    if "dir_info" in direct_url:
        return _source_in(url2pathname(urlsplit(url).path))
    return IN_THE_CONFIG


def _source_in(folder: str) -> Source:
    commit = git(folder, "rev-parse", "HEAD")
    is_root = git(folder, "rev-parse", "--show-prefix") == b"\n"
    if commit is None or not is_root or git(folder, "cat-file", "-e", f"HEAD:{_FILE}") is None:
        return IN_THE_CONFIG
    tag = git(folder, "describe", "--tags", "--exact-match", "HEAD")
    return Source(folder, os.fsdecode(tag or commit).strip())
