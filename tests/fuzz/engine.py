"""Fuzzes one target with atheris, in a process of its own: ``python -m tests.fuzz.engine TARGET FOLDER OPTION...``.

The folder is where inputs that reach new code are put; it holds the seeds at first. The options are libFuzzer's.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import atheris  # type: ignore

with atheris.instrument_imports(include=["generator"]):
    import generator

    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        runs = module.name.endswith("child")  # which another Python runs, in a process of its own
        if module.name not in ("generator.__main__", "generator.cli.completion") and not runs:
            importlib.import_module(module.name)

from tests.fuzz.targets import TARGETS


def main(target: str, folder: str, options: list[str]) -> None:
    """Fuzz until the options say so; a crash ends the process with another exit code than 0."""
    atheris.Setup([sys.argv[0], folder, *options], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
