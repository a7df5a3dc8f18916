"""Nothing is parsed twice: a command hands on what it has read."""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import generate
from generator.cli.main import main
from generator.facts.modules import load_tables
from generator.text import yaml_reader
from tests.support.model_folders import leave_downloaded

SHORT = 40  # characters: less is a value that is looked at, and no file
SVD = next(table for table in load_tables() if table.id == "score_svd_recommender")
CONFIG = f"module: {SVD.name}\nparameters: {{prediction_kind: Item Recommendation}}\nconda: true\n"
SCRIPT = generate({"module": SVD.name, "parameters": {"prediction_kind": "Item Recommendation"}})
THREE_ERRORS = SCRIPT.replace("=True", "='x'").replace("count=5", "count='x'").replace(".ItemRecommendation", ".No")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Counter[str]:
    """Return how often each text is parsed as Python or read as YAML, in a folder with all that the commands want."""
    count: Counter[str] = Counter()
    to_compile: Callable[..., Any] = builtins.compile
    loader: Callable[[str], Any] = vars(yaml_reader)["_Loader"]

    def compiled(source: Any, name: str = "", mode: str = "exec", flags: int = 0, *rest: Any, **named: Any) -> Any:
        if flags & ast.PyCF_ONLY_AST and len(source) > SHORT:
            count[f"Python: {source}"] += 1
        return to_compile(source, name, mode, flags, *rest, **named)

    def loaded(text: str) -> Any:
        count[f"YAML: {text}"] += len(text) > SHORT
        return loader(text)

    monkeypatch.setattr(builtins, "compile", compiled)
    monkeypatch.setattr(yaml_reader, "_Loader", loaded)
    monkeypatch.chdir(tmp_path)
    Path("scoregen.yaml").write_text(CONFIG, encoding="utf-8")
    for name, text in (("score.py", SCRIPT), ("wrong.py", THREE_ERRORS)):
        Path(name).write_text(text, encoding="utf-8")
    leave_downloaded(tmp_path, SVD)
    Path("empty").mkdir()
    count.clear()
    return count


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("check score.py wrong.py", 1),
        ("check wrong.py --format sarif", 1),
        ("rewrite score.py --set max_recommended_item_count=7", 0),
        ("rewrite score.py --set max_recommended_item_count=7 --check", 1),
        ("generate scoregen.yaml", 0),
        ("generate scoregen.yaml --check --format json", 1),
        ("sync", 1),
        ("sync --check", 1),
        ("bundle scoregen.yaml -d deploy", 0),
    ],
)
def test_a_command_parses_nothing_twice(line: str, code: int, parsed: Counter[str]) -> None:
    done = main(line.split())
    assert [text for text, times in parsed.items() if times > 1] == []
    assert parsed
    assert done == code


def test_a_script_beside_its_model_is_parsed_once(parsed: Counter[str]) -> None:
    Path("scoregen.yaml").unlink()
    assert main(["init", "trained_model_outputs/score.py"]) == 0
    assert [text for text, times in parsed.items() if times > 1] == []


def test_the_config_of_a_module_is_made_without_a_script(parsed: Counter[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("empty")
    assert main(["init", "--module", SVD.name]) == 0
    assert [text for text in parsed if text.startswith("Python: ") and "def run" in text] == []
