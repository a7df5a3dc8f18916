"""What fuzzing starts from, and what it has found: every target takes it without a complaint."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.seeds import CORPUS, kept, seeds
from tests.fuzz.targets import TARGETS

KEPT = [path for target in TARGETS for path in kept(target)]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_is_put_right(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("target", [target for target in TARGETS if target != "script"])
def test_the_seeds_of_a_target_pass(target: str) -> None:
    assert len(seeds(target)) > len(kept(target))
    for seed in seeds(target)[::5]:
        TARGETS[target](seed)


def test_every_kept_input_belongs_to_a_target() -> None:
    assert {path.parent.name for path in CORPUS.rglob("*") if path.is_file()} <= TARGETS.keys()
