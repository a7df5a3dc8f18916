"""A proof, and the folder that it is of, may come from anywhere: neither ends in a fault, nor reads what is elsewhere."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.actions import prove
from generator.actions.prove import converted, prove_with_runtime
from generator.cli.main import main
from generator.convert.compare import Answer
from generator.convert.proof import PROOF_FILE, settings_digest
from generator.findings import RefusedError
from tests.support.recorded import RECORDED

EXAMPLE = Path(__file__).parents[2] / "examples" / "convert"
CASE = {"request": "[]", "answer": '{"result": [1]}', "error": None, "seconds": 0.1}


@pytest.fixture
def made(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The folder that the example is converted to."""
    assert main(["convert", str(EXAMPLE), "-o", "new"]) == 0
    capsys.readouterr()
    return folder / "new"


def answering(*answers: Answer) -> Callable[..., list[Answer]]:
    return lambda *_, **__: list(answers)


def proof(made: Path, **changed: Any) -> str:
    said = {"format": 1, "model": "", "settings": settings_digest(converted(made).script.settings), "against": "a test"}
    return json.dumps({**said, "summary": {}, "cases": [CASE], **changed})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"cases": []}, "it is not a proof"),
        ({"cases": [{**CASE, "error": "x"}]}, "it is not a proof"),
        ({"cases": [{**CASE, "answer": "<html>"}]}, "request 0: an answer is not JSON that can be compared: <html>"),
        ({"cases": [{**CASE, "answer": 5}]}, "request 0: old 5, new {"),
        ({"cases": [{**CASE, "error": ["a\x1b[31m", "::error::"]}]}, "the old one says: a\\x1b[31m: ::error::"),
        ({"against": "\ud800"}, ""),
    ],
)
def test_a_proof_of_another(
    changed: dict[str, Any], said: str, made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (made / PROOF_FILE).write_text(proof(made, **changed))
    monkeypatch.setattr(prove, "answers_of_script", answering(Answer(CASE["answer"], None, 0.1)))  # type: ignore[arg-type]
    assert main(["prove", "new"]) == (1 if said else 0)
    assert said in capsys.readouterr().err


def test_what_differs_is_shown_in_short_lines(
    made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = json.dumps({"\x1b]0;x\x07\n::error::": "\u3164" * 10_000})
    (made / PROOF_FILE).write_text(proof(made, model=converted(made).digest, cases=[{**CASE, "answer": odd}] * 9))
    new = [Answer(json.dumps({"\x1b]0;x\x07\n::error::": 1}), None, 0.1)] * 8
    refused = Answer(None, ("refused", "no\n::error::\x1b[31m" + "x" * 9000), 0.1)
    monkeypatch.setattr(prove, "answers_of_script", answering(*new, refused))
    assert main(["prove", "new"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 6
    assert all(line.isprintable() and len(line) < 1000 and not line.startswith("::") for line in lines)
    assert "\u3164" not in "".join(lines)


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
@pytest.mark.parametrize(
    "command", [["sync", "--check", "."], ["prove", "."], ["bundle", "scoregen.yaml", "-d", "out"]]
)
def test_a_proof_that_is_no_file(
    command: list[str],
    make: Callable[[Path], None],
    made: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make(made / PROOF_FILE)
    monkeypatch.chdir(made)
    assert main(command) == 2
    said = "it is a folder, and a file is asked for" if (made / PROOF_FILE).is_dir() else "it is not a regular file"
    assert capsys.readouterr().err == f"proof.json: cannot be read: {said}\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [("made_from", None), ("made_from", 5), ("features", 5), ("columns", []), ("classes", None), ("task", None)],
)
@pytest.mark.parametrize(
    "command", [["sync", "--check", "new"], ["prove", "new", "--against", "x", "--model-dir", "."]]
)
def test_a_model_that_someone_has_changed(
    command: list[str], name: str, value: Any, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = made / "open_model" / "model.json"
    facts.write_text(json.dumps({**json.loads(facts.read_text()), name: value}))
    assert main(command) in (0, 1, 2)
    assert "fault" not in capsys.readouterr().err


def test_a_model_is_made_from_files_of_its_folder_alone(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = made / "open_model" / "model.json"
    facts.write_text(json.dumps({**json.loads(facts.read_text()), "made_from": {"../../../../etc/hostname": "x"}}))
    found = converted(made)
    monkeypatch.setattr(prove, "read_bytes", lambda path, *_: pytest.fail(f"{path} is read"))
    assert not prove._is_made_from(found, EXAMPLE / "trained_model_outputs")


def test_a_model_is_known_by_files_of_folders_within_its_own(tmp_path: Path) -> None:
    folder = next(folder for folder in RECORDED if folder.name == "wide_and_deep")
    shutil.copytree(folder, tmp_path / "old" / "trained_model_outputs")
    assert main(["convert", str(tmp_path / "old"), "-o", str(tmp_path / "new")]) == 0
    found = prove.converted(tmp_path / "new")
    assert prove.old_model(found, tmp_path / "old") == tmp_path / "old" / "trained_model_outputs"
    (tmp_path / "old" / "trained_model_outputs" / "model" / "_model.pkl").write_bytes(b"N.")
    assert not prove._is_made_from(found, tmp_path / "old" / "trained_model_outputs")


def test_a_model_with_a_link_is_not_copied(made: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = folder / "old"
    shutil.copytree(EXAMPLE / "trained_model_outputs", old)
    (old / "more").symlink_to("/dev/zero")
    monkeypatch.setattr(prove, "answers_of_script", answering())
    with pytest.raises(RefusedError, match="is a link, which is not copied"):
        prove_with_runtime(converted(made), "python", "python", old, 1)
