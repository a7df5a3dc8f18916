"""What other Python programs call. Nothing here prints or writes; `check_folder` and `describe` alone read files."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.actions import check as checking
from generator.actions import describe as describing
from generator.actions import extract as extraction
from generator.actions import judge as judging
from generator.actions import rewrite as rewriting
from generator.conda.block import complete_conda
from generator.conda.check import check_conda as judge_conda
from generator.config.parse import Script, parse_config
from generator.config.published_schema import published_schema
from generator.files.read import shown
from generator.findings import ConfigError, FileError, Finding
from generator.rendering.conda_env import render_conda
from generator.rendering.score import render
from generator.report.addresses import SCHEMA, address
from generator.rules.module_names import table_named
from generator.translations.language import say

if TYPE_CHECKING:
    from generator.actions.describe import Description
    from generator.rules.settings import Dataset, Response


def generate(config: str | Mapping[str, Any], *, origin: str = "") -> str:
    """Return the source of the entry script that a config describes.

    ``config`` is YAML text, or the mapping that such a text holds; it must describe one script. ``origin`` is the
    config's file name, for the script's first line. Raises ConfigError, which holds all that is wrong with the config.

    >>> script = generate({"module": "svd", "parameters": {"prediction kind": "item recommendation"}})
    >>> compile(script, "score.py", "exec").co_name
    '<module>'
    """
    return render(_script(config).settings, origin)


def generate_conda(config: str | Mapping[str, Any], *, origin: str = "") -> str:
    """Return the text of the conda file that goes with the script of a config: of its ``conda``, or the module's own.

    ``config`` and ``origin`` are those of ``generate``. Raises ConfigError.

    >>> generate_conda({"module": "svd"}).splitlines()[-1]
    '  - azureml-designer-serving==0.0.13'
    """
    script = _script(config)
    conda = script.conda or complete_conda(True)
    assert conda  # there is one unless none is wanted
    return render_conda(script.settings.table, conda, origin)


def _script(config: str | Mapping[str, Any]) -> Script:
    scripts = parse_config(config, check_outputs=False).scripts
    if len(scripts) != 1:
        message = say(
            "one script is wanted, but the config holds {number}: pass one block of the list", number=len(scripts)
        )
        raise ConfigError(Finding(message, path=("scripts",)))
    return scripts[0]


def rewrite(
    source: str,
    changes: Mapping[str, Any],
    *,
    unset: Collection[str] = (),
    datasets: Mapping[str, Dataset] | None = None,
    prune: bool = False,
    response: Response | None = None,
) -> str:
    """Return a script with its parameters and its response changed, and every other character as it was.

    ``changes`` gives parameters, by name or label, values in the form of a config; ``datasets`` gives dataset ports
    what the script is to load once, at start; ``unset`` names parameters and dataset ports to take out. What the new
    mode needs comes along; what it ignores stays, unless ``prune``; and so does what ``response`` does not name. Raises
    RefusedError where the script cannot be changed safely, ConfigError where a change is not allowed.

    >>> script = rewrite(generate("module: train model"), {"append score columns to output": False})
    >>> list(extract(script)["parameters"].values())
    [False]
    """
    rewritten = rewriting.rewrite(source, changes, unset=unset, datasets=datasets, prune=prune, response=response)
    return str(rewritten.source)


def check(source: str) -> list[Finding]:
    """Return what is to be said about a script, in the order of its lines: nothing if it scores no designer model.

    >>> script = generate("module: train model").replace("_only=True", "_only=1")
    >>> [finding.message for finding in check(script)]
    ['1 stands where the module takes a boolean: write True or False']
    """
    return checking.check(source)


def check_conda(source: str, module: str | None = None, *, scikit_learn: Collection[str] = ()) -> list[Finding]:
    """Return what is to be said about a conda file, in the order of its lines.

    ``module`` is the Score module of the script that the file is for, by any of its names; without it only what every
    module needs is judged. ``scikit_learn`` names the versions with which the model was trained, where they are known.
    Raises UsageError for a module that is not known.

    >>> found = check_conda("dependencies: [python=3.8, {pip: [azureml-designer-core==0.0.80]}]", "svd")
    >>> found[0].code, found[0].message.partition(",")[0]
    ('SG209', 'is missing')
    """
    table = None if module is None else table_named(module)
    return judge_conda(source, table, tuple(scikit_learn))


def check_folder(folder: str | os.PathLike[str]) -> dict[str, list[Finding]]:
    """Return what is to be said about each script, config, conda file and deployment in a folder and below it.

    The keys are their paths, which begin with ``folder``; a file that is fine has an empty list, and one that is none
    of a designer model is not there. Nothing is changed. Raises FileError where the folder or a file cannot be read.

    >>> check_folder("no such folder")
    Traceback (most recent call last):
    ...
    generator.findings.FileError: no such folder: is not a folder
    """
    path = os.fspath(folder)
    if not Path(path).is_dir():
        raise FileError(say("{folder}: is not a folder", folder=shown(path)))
    return judging.check_folder(path)


def describe(path: str | os.PathLike[str]) -> list[Description]:
    """Return what the models are that a path leads to: a model folder, the folder around one, or a config.

    Each ``Description`` has the module, the columns with what a request holds there, an example of a request, and what
    is answered. No code of the model is run. Raises FileError, and ConfigError for a config that is not valid.

    >>> describe("no such folder")
    Traceback (most recent call last):
    ...
    generator.findings.FileError: no such folder: cannot be read: No such file or directory
    """
    return describing.describe(Path(path))


def extract(source: str) -> dict[str, Any]:
    """Return the config that would generate a script, by the names of the script. Raises RefusedError.

    >>> sorted(extract(generate("module: svd")))
    ['module', 'parameters']
    """
    return dict(extraction.extract(source).config)


def config_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a config, as ``scoregen schema`` prints it.

    >>> config_schema()["$defs"]["score_svd_recommender.prediction_kind"]["description"]
    'Recommender prediction kind. Default: Rating Prediction.'
    """
    return published_schema(address(SCHEMA))
