"""Which pins of a config go together, as a JSON Schema: what ``judge`` has against the file that they make.

The judge has the words; this is for editors, and for whoever validates a config without scoregen. What a block leaves
out follows the release, and the release follows the Python (see ``block``), so that a pin that is not there counts too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from generator.conda.ranges import all_below, below, python, up_to
from generator.conda.releases import fitting
from generator.conda.versions import key
from generator.facts.conda import Package, Python, Pythons, load_facts

Schema: TypeAlias = dict[str, Any]
Pins: TypeAlias = dict[str, "Schema | None"]
"""What each of some pins fits; None for one that is left out."""


def pin_rules(package: Package) -> list[Schema]:
    """Return schemas of a ``pins`` mapping, each of which it must fit: no two of them that are known not to work."""
    return [_never(pins) for pins in _misfits(package)]


def _misfits(package: Package) -> Iterator[Pins]:
    yield {package.name: _text(below(package.pythons[0].since))}
    yield from _wrong_pythons(package)
    yield from _wrong_pips(package)
    yield from _wrong_defaults(package)


def _wrong_pythons(package: Package) -> Iterator[Pins]:
    facts = load_facts()
    name = facts.python.name
    for row, releases in _ranges(package):
        if not row.may_fit_others:
            yield {package.name: releases, name: _other(_of_series(row.fit))}
    fitting_default = [known.series for known in facts.pythons if _fits(package, known.series)]
    yield {package.name: None, name: _other(_of_series(fitting_default))}


def _wrong_pips(package: Package) -> Iterator[Pins]:
    if not package.contradicts:
        return
    facts = load_facts()
    new_pip: Pins = {facts.pip.name: _other(_text(all_below(facts.pip.below)))}
    yield {package.name: _text(up_to(package.version)), **new_pip}
    for release, of_python in _defaults(package):
        if key(release) <= key(package.version):
            yield of_python | new_pip


def _wrong_defaults(package: Package) -> Iterator[Pins]:
    facts = load_facts()
    of_python, name = facts.python.name, facts.defaults.name
    for known in facts.pythons:
        yield {of_python: _of_series([known.series]), name: _unusable(known, package)}
    any_known = _of_series([known.series for known in facts.pythons])
    for row, releases in _ranges(package):
        own = facts.python_of(row.fit[0])
        assert own  # each that fits a release is known
        for other in (None, _other(any_known)):
            yield {package.name: releases, of_python: other, name: _unusable(own, package)}
    default = fitting(package, package.version)
    own = facts.python_of(default.fit[0]) if default else None
    assert own  # the release that is written by default is known
    yield {package.name: None, of_python: None, name: _unusable(own, package)}


def _unusable(of: Python, package: Package) -> Schema:
    """Hold for the releases of azureml-defaults that are no longer to be had on a Python, or do not fit it."""
    gone = _text(up_to(of.gone_until))
    is_sure = not of.seen_with or package.name in of.seen_with
    return {"anyOf": [gone, _other(_text(below(of.below)))]} if is_sure else gone


def _defaults(package: Package) -> Iterator[tuple[str, Pins]]:
    """Yield the release that a block gets which pins none, with the Python that brings it."""
    facts = load_facts()
    yield package.version, {package.name: None, facts.python.name: None}
    for known in facts.pythons:
        release = package.set_for(known.series).release
        yield release, {package.name: None, facts.python.name: _of_series([known.series])}


def _fits(package: Package, series: str) -> bool:
    row = fitting(package, package.set_for(series).release)
    return bool(row and (row.may_fit_others or series in row.fit))


def _ranges(package: Package) -> Iterator[tuple[Pythons, Schema]]:
    """Yield the rows of Pythons that count from a release on, each with the schema of the releases up to the next."""
    for row, after in zip(package.pythons, [*package.pythons[1:], None], strict=True):
        from_it_on = _other(_text(below(row.since)))
        yield row, {"allOf": [from_it_on, _text(below(after.since))]} if after else from_it_on


def _of_series(series: Sequence[str]) -> Schema:
    return {"anyOf": [_text(python(one)) for one in series]}


def _text(pattern: str) -> Schema:
    return {"pattern": pattern}


def _other(schema: Schema) -> Schema:
    return {"not": schema}


def _never(pins: Pins) -> Schema:
    """Refuse pins of which those with a schema are there and fit it, while the others are left out."""
    there = {name: schema for name, schema in pins.items() if schema is not None}
    held: Schema = {"properties": there, "required": list(there)}
    absent = [{"required": [name]} for name, schema in pins.items() if schema is None]
    return {"not": held | ({"not": {"anyOf": absent}} if absent else {})}
