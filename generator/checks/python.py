"""What the endpoint's Python lacks."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from generator.checks.context import Context
from generator.checks.newer_names import newer_names
from generator.checks.newer_syntax import newer_syntax
from generator.checks.registry import Remark, check
from generator.facts.python import shown
from generator.findings import START
from generator.translations.language import say


@check("SG119")
def syntax_of_a_newer_python(script: Context) -> Iterator[Remark]:
    """Find syntax with which the script does not start on the endpoint, as far as this Python can tell."""
    if not script.is_entry_script:
        return
    own = sys.version_info[:2]
    if script.endpoint.python > own:
        message = say(
            "the endpoint has Python {python}{said}, and scoregen runs on {own}: what only the newer one "
            "takes or refuses is not judged",
            python=shown(script.endpoint.python),
            said=_said(script),
            own=shown(own),
        )
        yield Remark(START, message, severity="info")
    for construct, node in newer_syntax(script.places, script.tree, script.endpoint.python):
        yield Remark(
            node,
            say(
                "{what} needs Python {since}{here}",
                what=construct.what,
                since=shown(construct.since),
                here=_here(script),
            ),
        )


@check("SG120")
def name_of_a_newer_python(script: Context) -> Iterator[Remark]:
    """Find names, methods and arguments that the endpoint's Python lacks, and those that it no longer has."""
    if not script.is_entry_script:
        return
    endpoint = script.endpoint
    for lacking in newer_names(script.names, endpoint.python, endpoint.packages):
        message = say("{wrong}: {remedy}", wrong=lacking.message + _here(script), remedy=_fails(lacking.error))
        yield Remark(lacking.node, message, severity=None if lacking.is_sure else "warning")


def _here(script: Context) -> str:
    return say(", and the endpoint has {python}{said}", python=shown(script.endpoint.python), said=_said(script))


def _said(script: Context) -> str:
    return say(" by {file}", file=script.endpoint.file) if script.endpoint.file else ""


def _fails(error: str) -> str:
    return (
        say("{value} {error} there", value="an" if error[0] in "AEIOU" else "a", error=error)
        if error
        else say("it fails there")
    )
