"""A glance at a conda file tells what reading it in full tells, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.conda.block import complete_conda
from generator.conda.environment_file import read_environment
from generator.conda.plain import glance
from generator.facts.modules import load_tables
from generator.rendering.conda_env import render_conda
from tests.support.history import FILES, text_of
from tests.support.model_folders import CONDA

WRITTEN = [render_conda(table, settings) for table in load_tables() if (settings := complete_conda(True))]
LEFT = [CONDA.format(package=table.package, release="0.0.185") for table in load_tables()]
HISTORIC = [text_of(file) for file in FILES]
LINES = st.sampled_from(sorted({line for text in [*WRITTEN, *LEFT, *HISTORIC] for line in text.splitlines(True)}))
ODD = st.sampled_from(
    [
        "- python=3\n",
        "- python\n",
        "- python>=3.8\n",
        "- python=3.8.*\n",
        "- python=3.10\n",
        "- Python=3.9.1\n",
        "- no=1.0\n",
        "- pip:\n",
        "  - no\n",
        "  - azureml-defaults\n",
        "  - azureml-defaults # close\n",
        "  - pandas==1.0 ; python_version < '3'\n",
        "  - -r other.txt\n",
        "# python=3.9\n",
        "- 'python=3.9'\n",
        "dependencies:\n",
        "name: yes\n",
        "- &a python=3.9.1\n",
        "\n",
        "\ufeff",
        "\x85",
        "---\n",
        "  ",
    ]
)
TEXTS = st.lists(LINES | ODD, max_size=14).map("".join)


def assert_same(text: str) -> None:
    told = glance(text)
    if told is not None:
        environment = read_environment(text)
        assert environment.wrong == ()
        assert told.python == environment.python
        assert [name.lower() for name in told.packages] == [item.name for item in environment.requirements]


@pytest.mark.parametrize("text", [*WRITTEN, *LEFT, *HISTORIC])
def test_the_usual_files_are_told_at_a_glance(text: str) -> None:
    assert glance(text)
    assert_same(text)


@given(TEXTS, st.data())
@example("dependencies:\n- python=3.9.1\n- python=3.8.1\n- pip:\n  - azureml-x\n", None)
def test_any_file_is_told_right_or_not_at_all(text: str, data: st.DataObject | None) -> None:
    assert_same(text)
    if data is None:
        return
    base = data.draw(st.sampled_from([*WRITTEN, *LEFT])).splitlines(True)
    at = data.draw(st.integers(0, len(base)))
    assert_same("".join([*base[:at], data.draw(LINES | ODD), *base[at + data.draw(st.integers(0, 1)) :]]))
