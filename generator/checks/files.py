"""Files that are no entry script of a Score module, and what they are."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from generator.checks.context import Context
from generator.checks.registry import Remark, check
from generator.facts.modules import load_entry_points
from generator.findings import START
from generator.translations.language import say


@check("SG121")
def scores_nothing(script: Context) -> Iterator[Remark]:
    """Say of a file that was named that there is nothing in it to check."""
    if script.is_named and not (script.unreadable or script.imported or _pipeline_imports(script)):
        yield Remark(START, say("no Score module of the designer is imported here, so nothing of it is checked"))


@check("SG122")
def script_of_a_pipeline(script: Context) -> Iterator[Remark]:
    """Say what the entry script of a whole pipeline is."""
    for node in _pipeline_imports(script):
        message = say(
            "this is the entry script of a pipeline that was deployed from the designer: it holds no "
            'settings, and its requests are {"Inputs": {"input1": [rows]}, "GlobalParameters": {}}'
        )
        yield Remark(node, message)


def _pipeline_imports(script: Context) -> list[ast.AST]:
    """Return the imports that bring the run() of a pipeline."""
    bindings = script.names.module.bindings.get("run", ())
    found: list[ast.AST] = [
        item.node for item in bindings if (item.target or "").rpartition(".")[0] in load_entry_points()
    ]
    stars = [path for path in script.names.module.stars if path in load_entry_points()]
    return found or ([script.tree.body[0]] if stars else [])
