"""2,000 changed model files: each is refused, or still the same model, and nothing of it runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.hostile.processes import LONGEST_SECONDS, MOST_MEGABYTES

ROOT = Path(__file__).parents[2]
COUNT = 2000


def test_a_changed_model_is_refused_or_the_same(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.hostile.model_files", str(ROOT / "tests/convert/recorded"), str(COUNT)]
    with (tmp_path / "told").open("w") as told, (tmp_path / "said").open("w") as said:
        process = subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, (tmp_path / "said").read_text()[-2000:]
    assert usage.ru_maxrss / 1024 < MOST_MEGABYTES
    found = [json.loads(line) for line in (tmp_path / "told").read_text().splitlines()]
    assert len(found) == COUNT
    assert max(outcome["seconds"] for outcome in found) < LONGEST_SECONDS
    assert [outcome for outcome in found if outcome["outcome"] == "another"] == []
    counts = Counter((outcome["kind"], outcome["outcome"]) for outcome in found)
    # other bytes may be another number, which the designer's runtime would score by, too
    assert {kind for kind, outcome in counts if outcome == "other values"} <= {"bytes", "shapes"}
    assert all(counts[kind, "refused"] > 100 for kind in ("bytes", "instructions", "names", "shapes"))
