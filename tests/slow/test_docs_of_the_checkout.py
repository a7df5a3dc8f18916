"""The pages that have their reader change the project are true: each is tried in a copy of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.pages import PAGES_OF_THE_CHECKOUT, follow, session_in


@pytest.mark.parametrize("page", PAGES_OF_THE_CHECKOUT, ids=lambda path: path.name)
def test_a_page_shows_what_happens(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follow(page, session_in(tmp_path, monkeypatch))
