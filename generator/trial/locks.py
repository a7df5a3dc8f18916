"""``python -m generator.trial.locks [NAME...]``: makes the locks that travel with scoregen, with uv and a network.

A lock holds the version and the hashes of every package of an environment, for Linux on x86-64, so that it can be made
again when the index has moved on. It needs each Python that ``runtimes.yaml`` names.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Collection

from generator.conda.block import complete_conda, requirements_of
from generator.conda.environment_file import read_environment
from generator.conda.recipe import Recipe, recipe_of
from generator.facts.conda import load_facts
from generator.facts.modules import tables_by_key
from generator.facts.runtimes import Lock, load_runtimes, lock_path
from generator.files.folder import temporary_folder
from generator.rendering.conda_env import render_open_conda
from generator.trial.runtime import resolve, write_uv_settings
from generator.trial.uv import find_python, run_uv

_BESIDES = ("inference-schema",)  # which the designer's own files name too


def main(names: Collection[str]) -> None:
    """Make the locks of these names; all, if none is named. Raises UvError, OSError."""
    for lock in load_runtimes().locks:
        if not names or lock.name in names:
            print(f"{lock.name} ...", flush=True)
            text = locked(recipe_of_lock(lock))
            lock_path(lock.name).parent.mkdir(exist_ok=True)
            lock_path(lock.name).write_text(text, encoding="utf-8", newline="\n")


def recipe_of_lock(lock: Lock) -> Recipe:
    """Return the recipe of the environment that a lock holds."""
    if lock.is_open:
        settings = complete_conda({})
        assert settings
        conda = render_open_conda(tables_by_key()[lock.module], settings, trees=lock.trees)
        return recipe_of(read_environment(conda).requirements)
    table = tables_by_key()[lock.module]
    pins = {load_facts().python.name: lock.python} | ({table.package: lock.release} if lock.release else {})
    settings = complete_conda({"packages": [*_BESIDES], "pins": pins})
    assert settings
    return recipe_of(requirements_of(table, settings))


def locked(recipe: Recipe) -> str:
    """Return the lock of a recipe. Raises UvError, OSError."""
    with temporary_folder() as folder:
        write_uv_settings(folder, recipe)
        uv = functools.partial(run_uv, folder=folder, tell=lambda line: print(f"| {line}"))
        resolve(recipe, find_python(recipe.python), folder / "lock", uv)
        return (folder / "lock").read_text(encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
