"""A model folder becomes one that needs none of the designer's packages: open model, script, config, environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.config.parse import Script, parse_config
from generator.config.schema import CONFIG_FILE
from generator.config.write import config_of, config_text
from generator.facts.modules import load_tables
from generator.findings import RefusedError, UsageError
from generator.model.names import CONDA_FILE, FACTS_FILE, OPEN_MODEL, SAMPLES
from generator.model.open_model import parse_open_model
from generator.rendering.conda_env import render_open_conda
from generator.rendering.open_score import render_open
from generator.text.yaml_reader import read_document
from generator.translations.language import say

SCRIPT = "score.py"
_BY_NAME = ("request", "endpoint")
"""What a config says by names alone."""
_OF_THE_PLACE = ("output", "model", "mode", "required-version")
"""What is of the old script alone."""
_CARRIED = (*_BY_NAME, "parameters", "datasets", "response")


def said_by_config(config: bytes) -> tuple[dict[str, Any], Script]:
    """Return what the config of one script sets, by name, and the script. Raises ConfigError, UsageError."""
    document = read_document(config)
    scripts = parse_config(document).scripts
    if len(scripts) != 1:
        raise UsageError(say("it has {number} scripts: name a config of one", number=len(scripts)))
    if scripts[0].keeps_code:
        raise UsageError(say("its script has code of its own, which is not converted: name the model's folder"))
    raw = _only_script(document.value)
    by_name = {section: raw[section] for section in _BY_NAME if section in raw}
    return config_of(scripts[0].settings) | by_name, scripts[0]


def left_of_config(old: bytes, new: bytes) -> list[str]:
    """Return what is set in the config of one script, and not in the one that its model's has become, by key."""
    before, after = (_only_script(read_document(config).value) for config in (old, new))
    return [key for key in before if key not in after and key not in _OF_THE_PLACE]


def _only_script(document: Mapping[str, Any]) -> Mapping[str, Any]:
    (script,) = document.get("scripts", [document])
    return {**{key: document[key] for key in document if key != "scripts"}, **script}


def convert_folder(
    model: Mapping[str, bytes], given: Mapping[str, Any] | None, assumed: str | None = None
) -> dict[str, bytes]:
    """Return the files of the folder that a model folder is converted to, by their paths in it.

    ``model`` has the files of the folder by name, ``given`` is what is set for its script: that is set in the new one
    too. ``assumed`` is the release whose model it is taken for.

    Raises ModelError, RefusedError, ConfigError.
    """
    from generator.convert.convert import convert  # with numpy, which is an extra

    files = {f"{OPEN_MODEL}/{name}": content for name, content in convert(model, assumed).items()}
    opened = parse_open_model(files[f"{OPEN_MODEL}/{FACTS_FILE}"])
    table = next(table for table in load_tables() if table.id == opened.module)
    given = given or {"module": table.name}
    config: dict[str, Any] = {"module": given["module"], "model": OPEN_MODEL, "conda": True}
    config |= {section: given[section] for section in _CARRIED if section in given}
    text = config_text(config)
    (parsed,) = parse_config(text).scripts
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
        CONDA_FILE: render_open_conda(table, parsed.conda, CONFIG_FILE).encode(),
    }
    if SAMPLES in model:
        files[f"{OPEN_MODEL}/{SAMPLES}"] = model[SAMPLES]
    return files
