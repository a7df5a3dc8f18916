"""Environment markers: whether a requirement counts on the endpoint, ``pandas; python_version < "3.9"`` say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.conda.requirements import Requirement
from generator.conda.versions import pin, series
from generator.facts.conda import load_facts
from generator.text.wording import show
from generator.translations.language import say

if TYPE_CHECKING:
    from packaging.markers import Marker

_LINUX = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "sys_platform": "linux",
    "extra": "",
}
"""What every image of Azure's says of itself."""


def settled(requirements: Sequence[Requirement]) -> list[Requirement]:
    """Return requirements whose markers are judged for the Python that is among them.

    One whose marker holds counts like any other, one whose marker does not is absent. Where the Python is not pinned,
    or the marker asks for what is not known of the endpoint, it stays conditional.
    """
    if not any(item.marker for item in requirements):
        return list(requirements)
    name = load_facts().python.name
    version = next((pin(item.spec) for item in requirements if (item.manager, item.name) == ("conda", name)), None)
    return [_settled(item, version) if item.marker else item for item in requirements]


def _settled(requirement: Requirement, python: str | None) -> Requirement:
    from packaging import markers  # slow to import, and few files have need of it

    try:
        holds = _holds(markers.Marker(requirement.marker), python)
    except (markers.UndefinedComparison, markers.UndefinedEnvironmentName):
        holds = None
    except (markers.InvalidMarker, RecursionError):
        wrong = say("has {marker}, which is not a marker to pip", marker=show(requirement.marker))
        return requirement._replace(wrong=wrong)
    return requirement if holds is None else requirement._replace(is_conditional=False, is_absent=not holds)


def _holds(marker: Marker, python: str | None) -> bool | None:
    """Say whether a marker holds on the endpoint; None where that cannot be told."""
    text = str(marker)
    asks_for_micro = "python_full_version" in text or "implementation_version" in text
    is_told = python is not None and python.count(".") >= (2 if asks_for_micro else 1)
    if ("python" in text or asks_for_micro) and not is_told:
        return None
    if any(name in text for name in ("platform_release", "platform_version")):
        return None
    versions = {"python_version": series(python or "3.8"), "python_full_version": python or "3.8.10"}
    return marker.evaluate({**_LINUX, **versions, "implementation_version": versions["python_full_version"]})
