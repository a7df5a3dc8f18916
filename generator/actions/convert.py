"""A model folder becomes one that needs none of the designer's packages: open model, script, config, environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.actions.generate import conda_text
from generator.config.parse import Config, Script, parse_config
from generator.config.schema import CONFIG_FILE
from generator.config.write import config_of, config_text
from generator.facts.modules import load_tables
from generator.findings import RefusedError, UsageError
from generator.model.names import CONDA_FILE, FACTS_FILE, OPEN_MODEL, SAMPLES
from generator.model.open_model import parse_open_model
from generator.rendering.open_score import render_open
from generator.text.yaml_reader import read_document
from generator.translations.language import say

SCRIPT = "score.py"
_BY_NAME = ("request", "endpoint")
"""What a config says by names alone."""
_OF_THE_PLACE = ("output", "model", "mode", "required-version")
"""What is of the old script alone."""
_CARRIED = (*_BY_NAME, "parameters", "datasets", "response")


def script_of_config(content: bytes) -> tuple[Script, dict[str, Any], list[str]]:
    """Return the script of a config that has one, what is set in it, by name, and the keys that are not carried over.

    Raises ConfigError, UsageError.
    """
    document = read_document(content)
    scripts = parse_config(document).scripts
    if len(scripts) != 1:
        raise UsageError(say("it has {number} scripts: name a config of one", number=len(scripts)))
    if scripts[0].keeps_code:
        raise UsageError(say("its script has code of its own, which is not converted: name the model's folder"))
    (block,) = document.value.get("scripts", [document.value])
    said = {**document.value, **block}
    by_name = {section: said[section] for section in _BY_NAME if section in said}
    given = config_of(scripts[0].settings) | by_name
    kept = {*_new_config(given), *_OF_THE_PLACE, "scripts"}
    return scripts[0], given, [key for key in said if key not in kept]


def _new_config(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the config of a converted model, for whose script something is given."""
    config = {"module": given["module"], "model": OPEN_MODEL, "conda": True}
    return config | {section: given[section] for section in _CARRIED if section in given}


def convert_folder(
    model: Mapping[str, bytes], given: Mapping[str, Any] | None, assumed: str | None = None
) -> tuple[dict[str, bytes], Config]:
    """Return the files of the folder that a model folder is converted to, by their paths in it, and its config.

    ``model`` has the files of the folder by name, ``given`` is what is set for its script: that is set in the new one
    too. ``assumed`` is the release whose model it is taken for. Raises ModelError, RefusedError, ConfigError.
    """
    from generator.convert.convert import convert  # with numpy, which is an extra

    files = {f"{OPEN_MODEL}/{name}": content for name, content in convert(model, assumed).items()}
    opened = parse_open_model(files[f"{OPEN_MODEL}/{FACTS_FILE}"])
    table = next(table for table in load_tables() if table.id == opened.module)
    text = config_text(_new_config(given or {"module": table.name}))
    config = parse_config(text)
    (parsed,) = config.scripts
    if parsed.settings.table is not table:
        raise RefusedError(
            say(
                "the script is for {name}, and the model for {model}", name=parsed.settings.table.name, model=table.name
            )
        )
    assert parsed.conda  # it stands in the config
    files |= {
        CONFIG_FILE: text.encode(),
        SCRIPT: render_open(parsed.settings, opened, CONFIG_FILE).encode(),
        CONDA_FILE: conda_text(parsed, parsed.conda, CONFIG_FILE).encode(),
    }
    if SAMPLES in model:
        files[f"{OPEN_MODEL}/{SAMPLES}"] = model[SAMPLES]
    return files, config
