"""A model folder becomes one that needs none of the designer's packages: open model, script, config, environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.actions.extract import Left, extract
from generator.config.parse import parse_config
from generator.config.schema import CONFIG_FILE
from generator.config.write import config_text
from generator.convert.convert import convert
from generator.facts.modules import load_tables
from generator.findings import RefusedError
from generator.model.names import CONDA_FILE, OPEN_MODEL, SAMPLES
from generator.model.open_model import FACTS_FILE, parse_open_model
from generator.rendering.open_conda import render_open_conda
from generator.rendering.open_score import render_open
from generator.translations.language import say

SCRIPT = "score.py"
_CARRIED = ("parameters", "datasets", "response")


class Converted(NamedTuple):
    """The files of the new folder by their paths in it, and what the old script says that its config does not."""

    files: dict[str, bytes]
    left: tuple[Left, ...]


def convert_folder(model: Mapping[str, bytes], script: str | None, assumed: str | None = None) -> Converted:
    """Return what a model folder is converted to.

    ``model`` has the files of the folder by name, ``script`` is the source of the score.py beside them: what it sets is
    set in the new one too. ``assumed`` is the release whose model it is taken for.

    Raises ModelError, RefusedError, ConfigError.
    """
    files = {f"{OPEN_MODEL}/{name}": content for name, content in convert(model, assumed).items()}
    opened = parse_open_model(files[f"{OPEN_MODEL}/{FACTS_FILE}"])
    table = next(table for table in load_tables() if table.id == opened.module)
    given, left = extract(script) if script else ({"module": table.name}, ())
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
    return Converted(files, left)
