"""A runtime that is there in no time: this Python, with stand-ins for the designer's packages."""

from __future__ import annotations

import sys
from pathlib import Path

from generator.model.names import CONDA_FILE
from generator.trial.cache import Runtime, complete
from generator.trial.runtime import runtime_for
from generator.trial.target import Target, recipe_of_target

_INTERPRETER = """\
#!{python}
import runpy
import sys

sys.path.insert(0, {root!r})
from tests.support.designer_stubs import stubs

sys.argv = sys.argv[1:]
with stubs([]):
    runpy.run_path(sys.argv[0], run_name="__main__")
"""


def make_stand_in_runtime(model: Path) -> Runtime:
    """Make and return the runtime of a model's folder, in the cache that ``XDG_CACHE_HOME`` names."""
    target = Target(None, model.parent, conda_file=model / CONDA_FILE)
    runtime = runtime_for(recipe_of_target(target))
    runtime.python.parent.mkdir(parents=True)
    root = str(Path(__file__).parents[2])
    runtime.python.write_text(_INTERPRETER.format(python=sys.executable, root=root), encoding="utf-8")
    runtime.python.chmod(0o755)
    return complete(runtime, 0)
