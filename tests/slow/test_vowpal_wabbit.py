"""Vowpal Wabbit's models in a new release: the answers that 8.8.1 gave in the designer's runtime, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from generator.model.open_model import VOWPAL_WABBIT_FILE
from tests.support.open_scripts import assert_answers_as_before, loaded, opened, rendered

vowpalwabbit = pytest.importorskip("vowpalwabbit", reason="it is not installed: `pip install -e '.[test]'` brings it")

FOLDER = Path(__file__).parents[1] / "convert" / "vowpal_wabbit"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the script of a model that tells a probability, started."""
    files = opened(FOLDER)
    return loaded(rendered({}, files), files, tmp_path, monkeypatch)


def test_the_newest_release_answers_as_the_old_one(script: ModuleType) -> None:
    """Among 120 examples are probabilities of 1e-30, of which no digit may be lost."""
    assert_answers_as_before(FOLDER, opened(FOLDER), script, 300)


@pytest.mark.parametrize(
    ("example", "odd"),
    [
        ("| a:x b:0.5", "a:x"),
        ("| a: b:0.5", "a:"),
        ("| see http://x b:0.5", "http://x"),
        ("| b:0.5 a:--3", "a:--3"),
        ("| a:1e400", "a:1e400"),
        ("| a:1 |f:1e-400 b", "|f:1e-400"),
    ],
)
def test_a_value_that_the_releases_read_differently_is_refused(script: ModuleType, example: str, odd: str) -> None:
    with pytest.raises(ValueError, match="row 2, column 'example': ") as refused:
        script.run(json.dumps([{"example": "| a:1"}, {"example": example}]))
    assert str(refused.value).endswith(f": '{odd}' has no 32-bit number")


@pytest.mark.parametrize("example", ["1 'id:x| a", "id:x|f a:.5", "| a:-.5 b:nan c:1e-38", "|f:2 12:30 a1e500:2"])
def test_other_colons_are_not_refused(script: ModuleType, example: str) -> None:
    assert "Results" in json.loads(script.run(json.dumps([{"example": example}])))


def test_raw_scores_of_any_length_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of 10,000 classes are longer than a pipe holds."""
    files, place = opened(FOLDER), tmp_path / "model.vw"
    model = vowpalwabbit.Workspace(arg_list=["--oaa", "10000", "-b", "10", "--quiet", "-f", str(place)])
    model.learn("2 | a")
    model.finish()
    files[VOWPAL_WABBIT_FILE] = place.read_bytes()
    config = {"parameters": {"vw_arguments": ""}}
    script = loaded(rendered(config, files), files, tmp_path, monkeypatch)
    for count in (1, 3):
        found = json.loads(script.run(json.dumps([{"example": "2 | a"}] * count)))
        assert len(found["Results"]) == count
        assert {len(scores.split()) for scores in found["Raw Scores"]} == {10000}
