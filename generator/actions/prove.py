"""Whether a converted model answers as the one that it was made of, asked of both."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.config.parse import Script, parse_config
from generator.config.schema import CONFIG_FILE
from generator.convert.compare import Answer, Comparison, bound_of, compare
from generator.convert.proof import PROOF_FILE, Proof, digest, parse_proof, proof_text, summary_of
from generator.convert.request_forms import bodies
from generator.convert.requests import proof_rows
from generator.files.folder import temporary_folder
from generator.files.read import LARGEST_CONFIG, read_bytes, shown
from generator.files.replace import replace_all
from generator.findings import UsageError
from generator.model.names import LARGEST_MODEL, SAMPLES
from generator.model.open_model import ARRAYS_FILE, FACTS_FILE, VOWPAL_WABBIT_FILE, OpenModel, parse_open_model
from generator.model.samples import parse_samples
from generator.rendering.open_answer import optional_columns
from generator.rendering.score import render
from generator.rules.settings import BATCH, Settings
from generator.trial.answers import answers_of_endpoint, answers_of_script

_LARGEST_PROOF = 500_000_000
_TIMEOUT = 1800.0


class Proven(NamedTuple):
    """What a proof has shown: the comparison, and the answers of both, whose first is that to the samples."""

    comparison: Comparison
    old: tuple[Answer, ...]
    new: tuple[Answer, ...]


class Converted(NamedTuple):
    """A converted model's folder, its only script, and the digest of its open model."""

    folder: Path
    script: Script
    model: OpenModel
    digest: str

    @property
    def bound(self) -> float:
        """How far its answers may differ from the old ones."""
        return bound_of(self.model.facts)

    @property
    def is_batch(self) -> bool:
        """Whether its script is handed files."""
        return self.script.settings.endpoint == BATCH


def converted(folder: Path) -> Converted:
    """Return what stands in a folder that ``convert`` has written. Raises ConfigError, FileError."""
    (script,) = parse_config(read_bytes(folder / CONFIG_FILE, LARGEST_CONFIG)).scripts
    if script.model is None:
        raise UsageError(
            f"{shown(folder / CONFIG_FILE)} has no `model:`: name a folder that `scoregen convert` has written"
        )
    place = folder / script.model
    names = [name for name in (FACTS_FILE, ARRAYS_FILE, VOWPAL_WABBIT_FILE) if (place / name).exists()]
    files = {name: read_bytes(place / name, LARGEST_MODEL) for name in names}
    if FACTS_FILE not in files:
        raise UsageError(f"{shown(place)} holds no open model: `scoregen convert` makes one")
    return Converted(folder, script, parse_open_model(files[FACTS_FILE]), digest(files))


def prove_again(made: Converted, own: str) -> Proven:
    """Compare the script's answers with those that are kept from an earlier proof.

    ``own`` is the Python that runs the script.

    Raises FileError, ModelError, NoAnswersError.
    """
    proof = parse_proof(read_bytes(made.folder / PROOF_FILE, _LARGEST_PROOF))
    new = _new_answers(made, own, list(proof.requests))
    return Proven(compare(proof.answers, new, made.bound), proof.answers, tuple(new))


def prove_with_runtime(made: Converted, own: str, python: str, model: Path, rows: int) -> Proven:
    """Compare the script's answers with those of the designer's model, which ``python`` runs, and keep them.

    ``model`` is the designer's folder. The old script is the one that the same config generates for it.
    Raises ConfigError, FileError, ModelError, NoAnswersError.
    """
    requests = _requests(made, rows)
    with temporary_folder() as folder:
        script = folder / "score.py"
        script.write_text(render(made.script.settings, CONFIG_FILE), encoding="utf-8")
        for dataset in made.script.settings.datasets.values():
            if dataset.relative_to == "script":
                (script.parent / dataset.path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(made.folder / dataset.path, script.parent / dataset.path)
        folder = model.resolve().parent
        old = answers_of_script(script, python, folder, requests, _TIMEOUT, is_batch=made.is_batch)
    return _kept(made, own, f"a script in {Path(python).name}", requests, old)


def prove_with_endpoint(made: Converted, own: str, url: str, key: str | None, rows: int) -> Proven:
    """Compare the script's answers with those of an endpoint that runs the old one, and keep them.

    Raises ConfigError, FileError, ModelError, NoAnswersError, UsageError.
    """
    if made.is_batch:
        raise UsageError("a batch endpoint answers no requests: prove against a Python with the designer's packages")
    requests = _requests(made, rows)
    return _kept(made, own, "an endpoint", requests, answers_of_endpoint(url, key, requests))


def proof_requests(settings: Settings, model: OpenModel, samples: Sequence[dict[str, Any]], rows: int) -> list[str]:
    """Return the bodies of the requests that both scripts of the same settings are asked; the same each time."""
    return bodies(settings, proof_rows(model, samples, rows), optional_columns(settings, model))


def _requests(made: Converted, rows: int) -> list[str]:
    assert made.script.model is not None  # as `converted` has seen
    place = made.folder / made.script.model / SAMPLES
    samples = parse_samples(read_bytes(place, LARGEST_CONFIG)) if place.exists() else []
    return proof_requests(made.script.settings, made.model, samples, rows)


def _new_answers(made: Converted, own: str, requests: list[str]) -> list[Answer]:
    folder = made.folder.resolve()
    script = folder / made.script.output
    return answers_of_script(script, own, folder, requests, _TIMEOUT, is_batch=made.is_batch)


def _kept(made: Converted, own: str, against: str, requests: list[str], old: list[Answer]) -> Proven:
    """Compare, and keep the old answers where they are the same."""
    new = _new_answers(made, own, requests)
    comparison = compare(old, new, made.bound)
    if comparison.is_equal:
        proof = Proof(made.digest, against, tuple(requests), tuple(old), summary_of(comparison))
        replace_all({made.folder / PROOF_FILE: proof_text(proof)})
    return Proven(comparison, tuple(old), tuple(new))
