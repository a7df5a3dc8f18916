"""Records what the designer's runtime answers, for the fast suite: ``python -m tests.vendor.record PYTHON FOLDER [NAME...]``.

FOLDER holds models as ``kit/train_convert.py`` leaves them, PYTHON has the designer's packages. Each NAME, or NAME=OTHER to
call it so, becomes a folder below ``tests/convert/recorded``.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from generator.actions.model_folder import learned_in
from generator.actions.prove import proof_requests
from generator.config.parse import parse_config
from generator.convert.compare import compare
from generator.convert.proof import Proof, digest, proof_text, settings_digest, summary_of
from generator.model.names import FACTS_FILE, SAMPLES
from generator.model.open_model import parse_open_model
from generator.rendering.score import render
from generator.trial.answers import answers_of_script
from tests.support.open_scripts import opened
from tests.support.recorded import CONFIGS, RECORDS

RECORDED = Path(__file__).parents[1] / "convert" / "recorded"
ROWS = 10


def record(python: str, folder: Path, name: str) -> None:
    """Record one model's answers, under a name."""
    files = opened(folder)
    model = parse_open_model(files[FACTS_FILE])
    config = {"module": model.module, **CONFIGS.get(name, RECORDS)}
    (script,) = parse_config(config).scripts
    requests = proof_requests(script.settings, model, json.loads((folder / "_samples.json").read_bytes()), ROWS)
    with tempfile.TemporaryDirectory() as place:
        old = Path(place, "score.py")
        old.write_text(render(script.settings), encoding="utf-8")
        answers = answers_of_script(old, python, folder.parent, requests, 600)
    target = RECORDED / name
    for file in learned_in(folder).keys() - {SAMPLES}:
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / file, target / file)
    summary = summary_of(compare(answers, answers))
    proof = Proof(
        digest(files), settings_digest(script.settings), "a script in python", tuple(requests), tuple(answers), summary
    )
    (target / "proof.json").write_bytes(proof_text(proof))


if __name__ == "__main__":
    interpreter, models, *names = sys.argv[1:]
    for known, _, other in (word.partition("=") for word in names):
        record(interpreter, Path(models, known, "trained_model_outputs"), other or known)
        print(other or known)
