"""The versions for the conda file of a config's script: what the model needs decides what the config leaves open.

A model names the scikit-learn that saved it, and the conda file beside it pins the release that the designer wrote::

    model       conda_env.yaml beside it     the script's conda file
    0.22.2      classic-modules==0.0.179     classic-modules==0.0.179: its pins are kept
    1.5.0       classic-modules==0.0.185     classic-modules==0.0.195 on Python 3.9: the model decides
    none (SVD)  classic-modules==0.0.179     classic-modules==0.0.179: only the file tells
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.actions.model_folder import model_folder_of, scikit_learn_in
from generator.conda.block import CondaSettings, complete_conda, requirements_of
from generator.conda.block_schema import pinnable
from generator.conda.environment_file import read_environment
from generator.conda.judge import judge
from generator.conda.releases import fitting, known_releases, trained_by
from generator.conda.requirements import Requirement
from generator.conda.verdict import Verdict
from generator.conda.versions import pin
from generator.config.parse import Script
from generator.facts.codes import load_codes
from generator.facts.conda import load_facts
from generator.facts.modules import Table
from generator.files.read import read_bytes, shown
from generator.findings import ConfigError, FileError, Finding
from generator.model.names import CONDA_FILE
from generator.text.verbosity import detail
from generator.translations.language import say

_UNKNOWN = "SG213"  # a release of which nothing is known: no file is written for it


class ModelConda(NamedTuple):
    """What a conda file holds besides what its module needs, and what is to be said of where that comes from."""

    settings: CondaSettings
    notes: tuple[str, ...] = ()


class Needs(NamedTuple):
    """The versions that a model needs, by package, and where they come from; none where nothing tells them.

    ``is_known``: whether it is known what the release among them needs besides.
    """

    pins: Mapping[str, str]
    notes: tuple[str, ...] = ()
    is_known: bool = True


def conda_of(path: Path, script: Script) -> ModelConda:
    """Return what the conda file of a script of the config at ``path`` holds.

    Raises ConfigError where the config pins what cannot load the model.
    """
    given = script.conda or complete_conda({})
    assert given  # an empty block stands for a file
    for name, version in given.pins.items():
        detail(say("{name} {version}, as {config} pins it", name=name, version=version, config=shown(path)))
    folder = model_folder_of(path, script)
    if folder is None:
        missing = script.model is not None and not script.is_open
        note = say(
            "{model} is not there, so its versions are those of the config, or that the designer wrote last",
            model=script.model,
        )
        return ModelConda(given, (note,) if missing else ())
    table, scikit_learn = script.settings.table, scikit_learn_in(folder)
    needs = needs_of(folder, table, scikit_learn)
    for note in needs.notes:
        detail(note)
    pins = {name: version for name, version in needs.pins.items() if name not in _decided(table, given.pins)}
    settings = given._replace(pins=pins | dict(given.pins))
    for verdict in _errors(requirements_of(table, settings), table, scikit_learn):
        message = say("{about}: {wrong}: {remedy}", about=verdict.package, wrong=verdict.wrong, remedy=verdict.remedy)
        raise ConfigError(Finding(message, path=("conda", "pins"), place=script.place, code="SG413"))
    return ModelConda(settings, needs.notes if pins else ())


def needs_of(folder: Path, table: Table, scikit_learn: Sequence[str]) -> Needs:
    """Return the versions that a module's model needs, given its folder and the scikit-learn that it names."""
    package = load_facts().package(table)
    if package is None:
        return Needs({})
    try:
        requirements = requirements_in(folder / CONDA_FILE)
    except FileError:  # of a file that is not there or cannot be read, which a check says
        requirements = []
    name = shown(folder / CONDA_FILE)
    release = next((pin(item.spec) for item in requirements if item.name == package.name), None)
    trained = trained_by(package, scikit_learn)
    misfit = next((verdict for verdict in judge(requirements, table, scikit_learn) if verdict.code == "SG212"), None)
    if trained and (misfit or release is None):
        python = load_facts().python_of(trained.known.python)
        assert python  # each Python of a set is known
        pins = {load_facts().python.name: python.version, package.name: trained.known.release}
        installs = say("; {name} pins {release}", name=name, release=release) if release else ""
        note = say(
            "{name} {release}, since the model was trained with {trained}{installs}",
            name=package.name,
            release=trained.known.release,
            trained=trained,
            installs=installs,
        )
        return Needs(pins, (note,))
    faulty = {verdict.package for verdict in _errors(requirements, table, scikit_learn) if verdict.code != _UNKNOWN}
    known = pinnable(table)
    pins = {
        item.name: version
        for item in requirements
        if item.name in known and item.name not in faulty and (version := pin(item.spec))
    }
    if package.name not in pins:
        return Needs({})
    if fitting(package, pins[package.name]) is None:
        note = say(
            "{name} {pins} in {file}: nothing is known of it, only of {known_releases}",
            name=package.name,
            pins=pins[package.name],
            file=name,
            known_releases=known_releases(package),
        )
        return Needs(pins, (note,), is_known=False)
    because = "" if scikit_learn else say(": the model itself tells no release")
    return Needs(
        pins,
        (
            say(
                "{name} {pins} as {file} pins it{because}",
                name=package.name,
                pins=pins[package.name],
                file=name,
                because=because,
            ),
        ),
    )


def short(needs: Needs, table: Table) -> Needs:
    """Return the same versions without those that follow from the release: the release and the Python are named."""
    package = load_facts().package(table)
    if package is None or package.name not in needs.pins:
        return needs
    settings = complete_conda({"pins": {package.name: needs.pins[package.name]}})
    assert settings
    follows = {item.name: pin(item.spec) for item in requirements_of(table, settings)}
    named = (load_facts().python.name, package.name)
    pins = {name: version for name, version in needs.pins.items() if name in named or follows.get(name) != version}
    return needs._replace(pins=pins)


def _decided(table: Table, pins: Mapping[str, str]) -> set[str]:
    """Return what a config's pins leave to no one else: with a release or a Python pinned, all that follows from it."""
    facts = load_facts()
    decisive = {table.package, facts.python.name} & pins.keys()
    return set(pinnable(table)) if decisive else set(pins)


def _errors(requirements: Sequence[Requirement], table: Table, scikit_learn: Sequence[str]) -> list[Verdict]:
    codes = load_codes()
    found = judge(requirements, table, scikit_learn)
    return [item for item in found if (item.severity or codes[item.code].severity) == "error" or item.code == _UNKNOWN]


def requirements_in(path: Path) -> list[Requirement]:
    """Return what a conda file requires. Raises FileError."""
    return read_environment(read_bytes(path).decode("utf-8-sig", errors="replace")).requirements
