"""``proof.json``: what the old model answered, with which its open form is compared from then on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.convert.compare import Answer, Comparison
from generator.model.error import ModelError
from generator.rules.settings import Settings
from generator.translations.language import mark, say

PROOF_FILE = "proof.json"
_FORMAT = 1


class Proof(NamedTuple):
    """The requests, the old model's answers, and the digests of the open model and the settings that gave the same."""

    model: str
    settings: str
    against: str
    requests: tuple[str, ...]
    answers: tuple[Answer, ...]
    summary: Mapping[str, Any]


def digest(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of an open model's files, by name."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(hashlib.sha256(files[name]).digest())
    return whole.hexdigest()


def settings_digest(settings: Settings) -> str:
    """Return the SHA-256 of all that decides what a script answers besides its model, and what that is scored by."""
    said = settings._replace(table=settings.table.id)._asdict()  # type: ignore[arg-type]  # its name is enough
    del said["trees"]
    return hashlib.sha256(json.dumps(said, default=dict, sort_keys=True).encode()).hexdigest()


def proves(head: bytes, model: str, settings: str) -> bool:
    """Say whether a ``proof.json``, of which the beginning is enough, is of an open model and settings, by digests."""
    return f'"model": "{model}",\n "settings": "{settings}"'.encode() in head


def summary_of(comparison: Comparison) -> dict[str, Any]:
    """Return the figures of a comparison, as the proof keeps them."""
    return {
        mark("cells"): comparison.cells,
        mark("equal to the last bit"): comparison.exact,
        mark("largest difference"): comparison.largest,
        mark("different"): comparison.different,
        mark("refused by both"): comparison.refused_by_both,
        mark("refused by the new script alone"): len(comparison.refused_by_new),
        mark("answered by the new script alone"): len(comparison.failed_by_old),
    }


def proof_text(proof: Proof) -> bytes:
    """Return the file."""
    cases = [
        {"request": request, "answer": answer.body, "error": answer.error, "seconds": round(answer.seconds, 6)}
        for request, answer in zip(proof.requests, proof.answers, strict=True)
    ]
    said = {
        "format": _FORMAT,
        "model": proof.model,
        "settings": proof.settings,
        "against": proof.against,
        "summary": proof.summary,
        "cases": cases,
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def parse_proof(content: bytes) -> Proof:
    """Return what the file says. Raises ModelError."""
    try:
        match json.loads(content):
            case {
                "format": 1,
                "model": str(model),
                "settings": str(settings),
                "against": str(against),
                "summary": dict(summary),
                "cases": [_, *_] as cases,
            }:
                requests = tuple(str(case["request"]) for case in cases)
                return Proof(model, settings, against, requests, tuple(map(_answer, cases)), summary)
    except (ValueError, LookupError, TypeError, RecursionError):
        pass
    raise ModelError(say("it is not a proof: `scoregen prove DIR --against PYTHON` makes one"))


def _answer(case: Mapping[str, Any]) -> Answer:
    error = case["error"] and (str(case["error"][0]), str(case["error"][1]))
    return Answer(None if error else str(case["answer"]), error or None, float(case["seconds"]))
