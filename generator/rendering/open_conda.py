"""The conda file of a model in an open form: none of the designer's packages is in it."""

from __future__ import annotations

from generator.conda.block import CondaSettings
from generator.facts.conda import load_facts
from generator.facts.modules import Table
from generator.facts.open_form import open_form_of
from generator.rendering.score import RenderError
from generator.rendering.stamp import stamped
from generator.rules.settings import NUMPY
from generator.text.yaml_writer import says, scalar


def render_open_conda(
    table: Table, conda: CondaSettings, origin: str = "", *, is_batch: bool = False, trees: str = NUMPY
) -> str:
    """Return the text of the file for a batch endpoint or one that is asked; ``origin`` is the config's file name.

    ``trees`` is what scores boosted trees.
    ``conda.pins`` may have another version of Python. Raises RenderError.
    """
    known, channels = open_form_of(table.id, is_batch, trees), load_facts().channels
    by_conda = [f"python={conda.pins.get('python', known.python)}", "pip", *conda.conda_packages]
    by_pip = [*(f"{name}=={version}" for name, version in known.packages.items()), *conda.packages]
    lines = [
        f"name: {scalar(conda.name)}",
        "channels:",
        *(f"- {scalar(channel)}" for channel in channels),
        "dependencies:",
        *(f"- {scalar(text)}" for text in by_conda),
        "- pip:",
        *(f"  - {scalar(text)}" for text in by_pip),
    ]
    text = "".join(f"{line}\n" for line in lines)
    meant = {"name": conda.name, "channels": list(channels), "dependencies": [*by_conda, {"pip": by_pip}]}
    if not says(text, meant):
        raise RenderError("the conda file does not say what its settings say")
    return stamped(text, origin)
