"""Rows as the request of a config holds them: in their envelope, with columns of the caller's own, some left out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from generator.facts.modules import Parameter
from generator.rules.settings import ROW, Settings

Row = dict[str, Any]
_KEPT = (7, "a text", None, 0.5, True, "")


def bodies(settings: Settings, groups: Sequence[Sequence[Row]], optional: Collection[str]) -> list[str]:
    """Return the bodies of requests for groups of rows.

    ``optional`` are the columns that a request may leave out: every other one does. Parameters that a request may set
    are set by all but the first of every few.
    """
    request, found = settings.request, []
    if request.body == ROW:
        groups = [[row] for group in groups for row in group]
    settable = list(_settings(settings))
    for number, group in enumerate(groups):
        left_out = optional if number % 2 else ()
        rows: list[Row] = [{name: row[name] for name in row if name not in left_out} for row in group]
        for name in request.keep:
            for place, row in enumerate(rows):
                row[name] = _KEPT[(number + place) % len(_KEPT)]
        given = settable[number % len(settable)]
        found.append(json.dumps(_enveloped(settings, rows, given), ensure_ascii=False))
    return found


def _enveloped(settings: Settings, rows: list[Row], given: dict[str, Any]) -> Any:
    request = settings.request
    body: Any = rows[0] if request.body == ROW else rows
    if request.body == "designer":
        body = {"WebServiceInput0": body}
    return {"Inputs": body, "GlobalParameters": given} if request.is_enveloped else body


def _settings(settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield what requests may set: nothing, then each parameter by itself."""
    yield {}
    for name in settings.request.parameters:
        for value in _values(settings.table.parameter(name)):
            yield {name: value}


def _values(parameter: Parameter) -> Sequence[Any]:
    if parameter.type == "boolean":
        return (False, True)
    if parameter.type == "integer":
        return (parameter.minimum or 0, (parameter.minimum or 0) + 2)
    return [option.name for option in parameter.options]
