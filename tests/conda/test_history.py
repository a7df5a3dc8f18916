"""Conda files of 2019 to 2025, as the designer wrote them and as people changed them: an error where none can be made.

Each was resolved by pip 20.2 on its Python, with PyPI as it was on 2026-11-26; what pip said in the end stands beside it.
``tests/vendor/test_history.py`` does that again.
"""

from __future__ import annotations

import pytest

from generator.conda.check import check_conda
from generator.conda.fix import fix_conda
from tests.support.history import FILES, HistoricFile, text_of

files = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


@files
def test_an_error_is_found_where_the_environment_cannot_be_made(file: HistoricFile) -> None:
    errors = [finding for finding in check_conda(text_of(file), None) if finding.severity == "error"]
    assert [finding.code for finding in errors] == list(file.codes)
    assert bool(errors) == (not file.works)


@files
def test_what_is_put_right_is_right_then(file: HistoricFile) -> None:
    fixed = fix_conda(text_of(file), None)
    assert [finding for finding in check_conda(fixed, None) if finding.severity == "error"] == []
    if file.works:
        assert fixed == text_of(file) or check_conda(text_of(file), None)
