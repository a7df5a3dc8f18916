"""The text of a conda file, of the designer's packages or for a model in an open form; it is read back before use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from generator.conda.block import CondaSettings, requirements_of
from generator.conda.requirements import Requirement
from generator.conda.versions import series
from generator.facts.conda import Facts, load_facts
from generator.facts.modules import Table
from generator.facts.open_form import open_form_of
from generator.rendering.score import RenderError
from generator.rendering.stamp import stamped
from generator.rules.settings import NUMPY
from generator.text.yaml_writer import says, scalar


def render_conda(table: Table, conda: CondaSettings, origin: str = "") -> str:
    """Return the text of a module's conda file; ``origin`` is the config's file name, for the first line.

    Raises RenderError, and KeyError where nothing is known of the module's package.
    """
    facts = load_facts()
    requirements = requirements_of(table, conda)
    by_conda = [requirement.text for requirement in requirements if requirement.manager == "conda"]
    by_pip = [requirement.text for requirement in requirements if requirement.manager == "pip"]
    return _conda_file(conda.name, by_conda, by_pip, origin, dict(_reasons(table, facts, requirements)))


def render_open_conda(
    table: Table, conda: CondaSettings, origin: str = "", *, is_batch: bool = False, trees: str = NUMPY
) -> str:
    """Return the text of the conda file of a model in an open form, which holds none of the designer's packages.

    It is for a batch endpoint or one that is asked; ``trees`` is what scores boosted trees. ``conda.pins`` may have
    another version of Python. Raises RenderError.
    """
    known = open_form_of(table.id, is_batch, trees)
    by_conda = [f"python={conda.pins.get('python', known.python)}", "pip", *conda.conda_packages]
    by_pip = [*(f"{name}=={version}" for name, version in known.packages.items()), *conda.packages]
    return _conda_file(conda.name, by_conda, by_pip, origin)


def _conda_file(
    name: str, by_conda: list[str], by_pip: list[str], origin: str, reasons: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Return the text of a conda file, which was read back; ``reasons`` are comments by the packages' names."""
    channels = list(load_facts().channels)

    def line(margin: str, text: str) -> str:
        return f"{margin}- {scalar(text)}{reasons.get(text.partition('=')[0], '')}\n"

    text = "".join(
        (
            f"name: {scalar(name)}\n",
            "channels:\n",
            *(line("", channel) for channel in channels),
            "dependencies:\n",
            *(line("", text) for text in by_conda),
            "- pip:\n",
            *(line("  ", text) for text in by_pip),
        )
    )
    if not says(text, {"name": name, "channels": channels, "dependencies": [*by_conda, {"pip": by_pip}]}):
        raise RenderError("the conda file does not say what its settings say")
    return stamped(text, origin)


def _reasons(table: Table, facts: Facts, requirements: Sequence[Requirement]) -> Iterator[tuple[str, str]]:
    """Yield the packages whose versions matter, each with a comment that says why."""
    package = facts.package(table)
    assert package  # there are requirements of it
    if package.contradicts:
        yield facts.pip.name, f"  # {facts.pip.below} and later refuse the designer's packages"
    pin = next(item.text for item in requirements if item.name == facts.python.name)
    python = facts.python_of(series(pin.partition("=")[2]))
    if python:
        yield facts.defaults.name, f"  # {python.note}"
    for name, empty in ((facts.core.name, facts.core.empty), (package.name, package.empty)):
        yield name, f"  # the newest release, {empty[-1]}, is empty"
