"""Prove that a converted model answers as the original: both are asked the same requests."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.actions.convert import SCRIPT
from generator.actions.model_folder import model_folder_at
from generator.actions.open_model import open_files, whole
from generator.config.parse import Script, parse_config
from generator.config.schema import CONFIG_FILE
from generator.convert.compare import Answer, Comparison, Tolerance, compare, tolerance_of
from generator.convert.proof import (
    PROOF_FILE,
    Proof,
    digest,
    parse_proof,
    proof_text,
    settings_digest,
    summary_of,
)
from generator.convert.request_forms import bodies
from generator.convert.requests import proof_rows
from generator.files.folder import copies, temporary_folder, write_new_folder
from generator.files.listing import names_in
from generator.files.read import LARGEST_CONFIG, is_there, read_bytes, shown
from generator.files.replace import Source, replace_all
from generator.findings import FileError, UsageError, in_file
from generator.model.names import CONDA_FILE, FACTS_FILE, LARGEST_WEIGHTS, MODEL_FOLDER, SAMPLES
from generator.model.open_model import OpenModel, parse_open_model
from generator.model.samples import parse_samples
from generator.rendering.open_answer import optional_columns
from generator.rendering.open_score import render_open
from generator.rendering.score import render
from generator.rendering.stamp import is_same
from generator.rules.settings import BATCH, Settings
from generator.translations.language import say
from generator.trial.answers import NoAnswersError, answers_of_script
from generator.trial.endpoint import answers_of_endpoint

_LARGEST_PROOF = 100_000_000
_LACKS = "No module named"  # as Python has it
_TIMEOUT = 1800.0


class Proven(NamedTuple):
    """What a proof has shown: the comparison, and the answers of both, whose first is that to the samples.

    ``is_of_this_model`` is whether the answers that were kept are those to the very model that is compared now.
    """

    comparison: Comparison
    old: tuple[Answer, ...]
    new: tuple[Answer, ...]
    is_of_this_model: bool = True


class Converted(NamedTuple):
    """A converted model's folder, its only script, and the digest of its open model."""

    folder: Path
    script: Script
    model: OpenModel
    digest: str

    @property
    def facts(self) -> Path:
        """Where its model.json is."""
        return self.folder / (self.script.model or "") / FACTS_FILE

    @property
    def tolerance(self) -> Tolerance:
        """How far its answers may differ from the old ones."""
        return tolerance_of(self.model.facts)

    @property
    def is_batch(self) -> bool:
        """Whether its script is handed files."""
        return self.script.settings.endpoint == BATCH


def converted(folder: Path) -> Converted:
    """Return what stands in a folder that ``convert`` has written. Raises ConfigError, FileError, ModelError."""
    if not is_there(folder / CONFIG_FILE):
        raise FileError(
            say(
                "{folder}: has no {config}: name the folder that `scoregen convert` has written",
                folder=shown(folder),
                config=CONFIG_FILE,
            )
        )
    scripts = parse_config(read_bytes(folder / CONFIG_FILE, LARGEST_CONFIG)).scripts
    if len(scripts) > 1:
        raise FileError(
            say("{path}: has {number} scripts: prove takes one", path=shown(folder / CONFIG_FILE), number=len(scripts))
        )
    (script,) = scripts
    if script.model is None:
        raise FileError(
            say(
                "{path} has no `model:`: name a folder that `scoregen convert` has written",
                path=shown(folder / CONFIG_FILE),
            )
        )
    place = folder / script.model
    files = open_files(place, script.settings.trees)
    if FACTS_FILE not in files:
        raise FileError(say("{place} holds no open model: `scoregen convert` makes one", place=shown(place)))
    with in_file(shown(place / FACTS_FILE)):
        return Converted(folder, script, parse_open_model(files[FACTS_FILE]), digest(files))


def old_model(made: Converted, given: Path | None) -> Path:
    """Return the folder of the model that was converted: the one that is given, or one near, known by its digest.

    Raises FileError, also where it is another model; UsageError where none is near.
    """
    if given is not None:
        folder = model_folder_at(given) or given
        if not _is_made_from(made, folder):
            raise FileError(
                say("{folder} holds another model than the one that was converted: name that", folder=shown(folder))
            )
        return folder
    near = dict.fromkeys(base.resolve() for base in (made.folder.parent, Path()))
    folders = [base / name / MODEL_FOLDER for base in near for name in ("", *names_in(base))]
    found = next((folder for folder in folders if _is_made_from(made, folder)), None)
    if found is None:
        raise UsageError(say("the old model is needed, and is not near: name its folder with --model-dir"))
    return found


def _is_made_from(made: Converted, folder: Path) -> bool:
    """Say whether the open model was made from what a folder holds. Raises FileError, ModelError."""
    with whole(made.facts):
        known = {folder / name: str(digest) for name, digest in made.model.facts["made_from"].items()}
    return all(
        place.is_relative_to(folder)
        and os.pardir not in place.relative_to(folder).parts
        and os.path.isfile(place)  # noqa: PTH113 (Path's raises where a folder may not be looked into)
        and hashlib.sha256(read_bytes(place, LARGEST_WEIGHTS)).hexdigest() == known[place]
        for place in known
    )


def prove_again(made: Converted, own: str) -> Proven:
    """Compare the script's answers with those that are kept from an earlier proof.

    ``own`` is the Python that runs the script. Raises FileError, ModelError, NoAnswersError.
    """
    place = made.folder / PROOF_FILE
    if not place.exists():
        raise FileError(
            say(
                "{place} is not there: name what answers for the old model with --against, to make it",
                place=shown(place),
            )
        )
    with in_file(shown(place)):
        proof = parse_proof(read_bytes(place, _LARGEST_PROOF))
    settings = settings_digest(made.script.settings)
    if proof.settings != settings:
        raise FileError(
            say("{place} is of another config than this one: make it anew, with --against", place=shown(place))
        )
    new = _new_answers(made, own, list(proof.requests))
    proven = Proven(
        compare(proof.answers, new, made.tolerance),
        proof.answers,
        tuple(new),
        is_of_this_model=proof.model == made.digest,
    )
    if proven.comparison.is_equal and not proven.is_of_this_model:
        _keep(made, proof._replace(model=made.digest))
    return proven


def prove_with_runtime(made: Converted, own: str, python: str, model: Path, rows: int) -> Proven:
    """Compare the script's answers with those of the designer's model, which ``python`` runs, and keep them.

    ``model`` is the designer's folder. The old script is the one that the same config generates for it.
    Raises ConfigError, FileError, ModelError, NoAnswersError.
    """
    requests = _requests(made, rows)
    with temporary_folder() as folder:
        model = model.resolve()
        script, home = folder / "old" / SCRIPT, model.parent
        datasets = made.script.settings.datasets.values()
        needed = {one.path: made.folder / one.path for one in datasets if one.relative_to == "script"}
        if model.name != MODEL_FOLDER:  # the only name by which a script finds it
            home, needed[MODEL_FOLDER] = script.parent, model
        files: dict[str, bytes | Source] = {SCRIPT: render(made.script.settings, CONFIG_FILE).encode()}
        files |= {copy.name: copy.content for copy in copies(script.parent, needed, made.folder)}
        write_new_folder(script.parent, files)
        old = answers_of_script(script, python, home, requests, _TIMEOUT, is_batch=made.is_batch)
    return _kept(made, own, f"a script in {Path(python).name}", requests, old)


def prove_with_endpoint(made: Converted, own: str, url: str, key: str | None, rows: int) -> Proven:
    """Compare the script's answers with those of an endpoint that runs the old one, and keep them.

    Raises ConfigError, FileError, ModelError, NoAnswersError, UsageError.
    """
    if made.is_batch:
        raise UsageError(
            say("a batch endpoint answers no requests: prove against a Python with the designer's packages")
        )
    requests = _requests(made, rows)
    return _kept(made, own, "an endpoint", requests, answers_of_endpoint(url, key, requests))


def proof_requests(settings: Settings, model: OpenModel, samples: Sequence[dict[str, Any]], rows: int) -> list[str]:
    """Return the bodies of the requests that both scripts of the same settings are asked; the same each time."""
    return bodies(settings, proof_rows(model, samples, rows), optional_columns(settings, model))


def _requests(made: Converted, rows: int) -> list[str]:
    assert made.script.model is not None  # as `converted` has seen
    place = made.folder / made.script.model / SAMPLES
    samples = parse_samples(read_bytes(place, LARGEST_CONFIG)) if place.exists() else []
    with whole(made.facts):
        return proof_requests(made.script.settings, made.model, samples, rows)


def _new_answers(made: Converted, own: str, requests: list[str]) -> list[Answer]:
    folder = made.folder.resolve()
    script = folder / made.script.output
    try:
        return answers_of_script(script, own, folder, requests, _TIMEOUT, is_batch=made.is_batch)
    except NoAnswersError as error:
        if _LACKS not in str(error):
            raise
        remedy = say("name a Python that has the packages of {conda} with --python", conda=CONDA_FILE)
        raise NoAnswersError(f"{error}; {remedy}") from error


def _kept(made: Converted, own: str, against: str, requests: list[str], old: list[Answer]) -> Proven:
    """Compare, and keep the old answers where they are the same."""
    new = _new_answers(made, own, requests)
    comparison = compare(old, new, made.tolerance)
    if comparison.is_equal:
        settings = settings_digest(made.script.settings)
        _keep(made, Proof(made.digest, settings, against, tuple(requests), tuple(old), summary_of(comparison)))
    return Proven(comparison, tuple(old), tuple(new))


def _keep(made: Converted, proof: Proof) -> None:
    """Write a proof, and the script, which says that it is not proven; one that was edited stays as it is."""
    before, after = (
        render_open(made.script.settings, made.model, CONFIG_FILE, is_proven=is_proven).encode()
        for is_proven in (False, True)
    )
    files, script = {made.folder / PROOF_FILE: proof_text(proof)}, made.folder / made.script.output
    if is_same(read_bytes(script), before):
        files[script] = after
    replace_all(files)
