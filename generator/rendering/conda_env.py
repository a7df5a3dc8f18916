"""Settings become the text of a conda file, which is read back before anyone sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.conda.block import CondaSettings, requirements_of
from generator.conda.requirements import Requirement
from generator.conda.versions import series
from generator.facts.conda import Facts, load_facts
from generator.facts.modules import Table
from generator.rendering.score import RenderError
from generator.rendering.stamp import stamped
from generator.text.yaml_writer import says, scalar


def render_conda(table: Table, conda: CondaSettings, origin: str = "") -> str:
    """Return the text of a module's conda file; ``origin`` is the config's file name, for the first line.

    Raises RenderError, and KeyError where nothing is known of the module's package.
    """
    facts = load_facts()
    requirements = requirements_of(table, conda)
    by_conda = [requirement.text for requirement in requirements if requirement.manager == "conda"]
    by_pip = [requirement.text for requirement in requirements if requirement.manager == "pip"]
    reasons = dict(_reasons(table, facts, requirements))
    lines = [
        f"name: {scalar(conda.name)}",
        "channels:",
        *(f"- {scalar(channel)}" for channel in facts.channels),
        "dependencies:",
        *(f"- {scalar(text)}{reasons.get(text.partition('=')[0], '')}" for text in by_conda),
        "- pip:",
        *(f"  - {scalar(text)}{reasons.get(text.partition('=')[0], '')}" for text in by_pip),
    ]
    text = "".join(f"{line}\n" for line in lines)
    meant = {"name": conda.name, "channels": list(facts.channels), "dependencies": [*by_conda, {"pip": by_pip}]}
    if not says(text, meant):
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
