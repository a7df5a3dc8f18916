"""What a user names to try, to serve or to make a runtime for: a model folder, a script, a config or a conda file."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import NamedTuple

from generator.conda.block import CondaSettings, complete_conda, requirements_of
from generator.conda.check import check_conda
from generator.conda.environment_file import read_environment
from generator.conda.fix import fix_conda
from generator.conda.recipe import NoRuntimeError, Recipe, recipe_of
from generator.conda.requirements import Requirement
from generator.config.parse import Script, parse_config
from generator.facts.modules import Table
from generator.files.read import LARGEST_CONFIG, head, read_bytes, shortest, shown
from generator.findings import FileError, Finding
from generator.model.names import CONDA_FILE, LARGEST_MODEL, LEARNER, MODEL_FOLDER, OPEN_MODEL
from generator.model.scikit_learn import named_version
from generator.script.calls import imported_modules
from generator.script.scopes import found_in
from generator.text.verbosity import detail
from generator.text.yaml_reader import read_document
from generator.translations.language import say

SCRIPT = "score.py"
_OWN_FOLDERS = (MODEL_FOLDER, OPEN_MODEL)
_DESIGNERS = re.compile(rb"\bazureml\b")
"""What a script names that imports the designer's packages; Azure's server is in ``azureml_inference_server_http``."""


class Target(NamedTuple):
    """What is to be run: absolute paths, each None where it is not told.

    ``model_dir`` is what AZUREML_MODEL_DIR is to be: the folder around the model's own. ``config_script`` is that of
    the config where one was named.
    """

    script: Path | None
    model_dir: Path | None
    config: Path | None = None
    config_script: Script | None = None
    conda_file: Path | None = None

    @property
    def outputs(self) -> Path | None:
        """The model's own folder: that of the designer, or of a model in an open form."""
        return self.model_dir / (_own_folder(self.model_dir) or MODEL_FOLDER) if self.model_dir else None


def find_target(named: str, model_dir: str | None = None) -> Target:
    """Return what a path stands for; ``model_dir`` names the model where it lies elsewhere.

    Raises FileError, and ConfigError for a config that is not valid.
    """
    path = absolute(named)
    given = named_model(model_dir) if model_dir is not None else None
    if path.is_dir():
        found = model_around(path)
        if found is None:
            message = say(
                "{named}: has no folder {model_folder}: name the one that holds it, or a script",
                named=shown(named),
                model_folder=MODEL_FOLDER,
            )
            raise FileError(message)
        return _told(Target(_script_in(found), given or found))
    if path.suffix in (".yaml", ".yml"):
        return _told(_from_yaml(named, path, given))
    return _told(Target(path, given or model_around(path.parent)))


def _told(target: Target) -> Target:
    """Say which folder is taken for the model's, where that is wanted, and return the target."""
    if target.outputs:
        detail(say("{folder}: taken as the folder of the model", folder=shown(shortest(target.outputs))))
    return target


def _from_yaml(named: str, path: Path, given: Path | None) -> Target:
    """Return what a conda file or a config stands for."""
    content = read_bytes(named, LARGEST_CONFIG)
    if is_conda_file(content):
        return Target(None, given or model_around(path.parent), conda_file=path)
    scripts = parse_config(content).scripts
    if len(scripts) > 1:
        names = ", ".join(shown(script.output) for script in scripts)
        message = say(
            "{named}: has several scripts, of which one can be run: name one of {names}",
            named=shown(named),
            names=names,
        )
        raise FileError(message)
    script = absolute(path.parent / scripts[0].output)
    if given is None and scripts[0].model is not None:
        given = named_model(str(path.parent / scripts[0].model))
    return Target(script, given or model_around(script.parent) or model_around(path.parent), path, scripts[0])


def is_conda_file(content: bytes) -> bool:
    """Say whether a YAML file is a conda file: it has ``dependencies``."""
    document = read_document(content).value
    return isinstance(document, dict) and "dependencies" in document


def absolute(path: str | Path) -> Path:
    """Return an absolute path that follows no link: a virtual environment is known by that of its interpreter."""
    return Path(os.path.normpath(Path(path).absolute()))


def model_around(folder: Path) -> Path | None:
    """Return what AZUREML_MODEL_DIR is for a folder that is a model's own, or holds that; None for any other."""
    if folder.name in _OWN_FOLDERS:
        return folder.parent
    return folder if _own_folder(folder) else None


def _own_folder(folder: Path) -> str | None:
    """Return the name of the model's own folder in a folder; None where there is none."""
    return next((name for name in _OWN_FOLDERS if (folder / name).is_dir()), None)


def _script_in(folder: Path) -> Path:
    """Return the script of a model: the designer leaves it in the model's own folder, ``convert`` beside that."""
    return folder / SCRIPT if _own_folder(folder) == OPEN_MODEL else folder / MODEL_FOLDER / SCRIPT


def named_model(path: str) -> Path:
    """Return what AZUREML_MODEL_DIR is for the folder that a user names as the model. Raises FileError."""
    folder = absolute(path)
    if not folder.is_dir():
        raise FileError(say("{path}: cannot be read: there is no such folder", path=shown(path)))
    found = model_around(folder)
    if found is None:
        message = say(
            "{path}: has no folder {model_folder}: name the one that has it, which holds the model",
            path=shown(path),
            model_folder=MODEL_FOLDER,
        )
        raise FileError(message)
    return found


def needs_designer(content: bytes) -> bool:
    """Say whether a script imports the designer's packages, as far as its text tells at a glance."""
    return bool(_DESIGNERS.search(content))


def recipe_of_target(target: Target) -> Recipe:
    """Return the recipe for the environment in which a target runs.

    What a config says under ``conda`` decides, else the conda file beside the script, else that beside the model, else
    what a config of the module would give. Raises NoRuntimeError, FileError.
    """
    if target.config and target.config_script and target.config_script.conda:
        detail(say("the environment: that of `conda` in {config}", config=shown(shortest(target.config))))
        return recipe_of(_of_module(target.config_script.settings.table, target.config_script.conda))
    found = _conda_file_of(target)
    if found is not None:
        detail(say("the environment: that of {file}", file=shown(shortest(found))))
        return _of_file(found, target)
    table = target.config_script.settings.table if target.config_script else _module_of(target.script)
    if table is None:
        message = say(
            "there is no {conda_file} beside it, and the module that it scores with is not told", conda_file=CONDA_FILE
        )
        raise NoRuntimeError(message)
    detail(say("the environment: that of {module}, as the designer wrote it last", module=table.name))
    return recipe_of(_of_module(table, None))


def _conda_file_of(target: Target) -> Path | None:
    """Return the conda file of a target: the one that was named, that beside the script, or that beside the model."""
    folders = (target.script.parent if target.script else None, target.outputs)
    beside = [folder / CONDA_FILE for folder in folders if folder]
    return target.conda_file or next((path for path in beside if path.is_file()), None)


def wrong_release(target: Target) -> tuple[Path, bytes, list[Finding]] | None:
    """Return a target's conda file, what it holds, and what is said of a release in it that cannot load the model.

    None where it can, or nothing tells. The file beside the model counts for nothing where the model says otherwise.
    """
    path = _conda_file_of(target)
    if path is None or target.outputs is None or path.parent == target.outputs:
        return None
    scikit_learn = _scikit_learn(target.outputs)
    if scikit_learn is None:
        return None
    content = read_bytes(path)
    of_file = check_conda(content, None)
    found = [finding for finding in check_conda(content, None, [scikit_learn]) if finding not in of_file]
    return (path, content, found) if found else None


def _of_file(path: Path, target: Target) -> Recipe:
    """Return the recipe of a conda file; one beside a model gives way where the model says that it cannot load it."""
    text = read_bytes(path).decode("utf-8-sig", "replace")
    scikit_learn = _scikit_learn(path.parent) if path.parent == target.outputs else None
    try:
        if scikit_learn is None:
            return _of_text(text)
        fixed = _of_text(fix_conda(text, None, (scikit_learn,)))
        with contextlib.suppress(NoRuntimeError):
            if _of_text(text).title == fixed.title:
                return fixed
        note = say(
            "the model was trained with scikit-learn {scikit_learn}, which {conda_file} does not install: "
            "{title} on Python {python} is taken instead",
            scikit_learn=scikit_learn,
            conda_file=CONDA_FILE,
            title=fixed.title,
            python=fixed.python,
        )
        return fixed._replace(notes=(*fixed.notes, note))
    except NoRuntimeError as error:
        raise NoRuntimeError(f"{shown(path)}: {error.message}") from None


def _of_text(text: str) -> Recipe:
    environment = read_environment(text)
    if environment.wrong:
        raise NoRuntimeError(environment.wrong[0].message)
    return recipe_of(environment.requirements)


def _scikit_learn(outputs: Path) -> str | None:
    """Return the scikit-learn that a model names; None for one that names none or cannot be read."""
    try:
        return named_version(head(outputs / LEARNER, LARGEST_MODEL))
    except OSError:
        return None


def _of_module(table: Table, conda: CondaSettings | None) -> list[Requirement]:
    settings = conda or complete_conda({})
    assert settings
    try:
        return requirements_of(table, settings)
    except KeyError:
        raise NoRuntimeError(say("nothing is known of {package}", package=table.package)) from None


def _module_of(script: Path | None) -> Table | None:
    """Return the module that a script imports; None where it imports none, or several."""
    if script is None:
        return None
    try:
        modules = found_in(read_bytes(script), imported_modules)
    except FileError:
        return None
    return next(iter(modules)) if modules and len(modules) == 1 else None
