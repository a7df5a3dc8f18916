"""What check says of working scripts in many styles, against what happens when they run on stand-ins."""

from __future__ import annotations

import pytest

from generator.actions.check import check
from generator.actions.fix import fix
from tests.support.designer_stubs import executed
from tests.support.styles import Style, styles


@pytest.mark.parametrize("style", styles(), ids=lambda style: style.name)
def test_check_says_what_happens_and_what_works_is_not_fixed(style: Style) -> None:
    found = check(style.source)
    error = executed(style.source, style.requests, {"ratings.csv": "user,item,rating\n"} | style.beside).error
    if error:
        assert found, error
    else:
        wrong = [item for item in found if item.severity == "error" and "the endpoint has 3.8" not in item.message]
        assert wrong == []
        assert fix(style.source) == style.source


def test_a_key_that_the_settings_lack_is_told_where_it_is_read() -> None:
    style = next(style for style in styles() if style.name == "score_svd_recommender-module_dict_read_by_function")
    line = next(number for number, text in enumerate(style.source.splitlines(), 1) if "SETTINGS[" in text)
    spoilt = style.source.replace('SETTINGS["max_recommended_item_count"]', 'SETTINGS["max_recommended_item_cuont"]')
    assert executed(spoilt, style.requests, style.beside).error
    assert ("SG117", line) in [(item.code, item.place and item.place.line) for item in check(spoilt)]
    assert "SG117" not in {item.code for item in check(style.source)}


@pytest.mark.parametrize("error", ["KeyError", "(ValueError, KeyError)", "LookupError as error"])
def test_a_key_that_the_settings_may_lack_leaves_them_known(error: str) -> None:
    style = next(style for style in styles() if style.name == "score_svd_recommender-module_dict_read_by_function")
    asked = f"    try:\n        SETTINGS['note']\n    except {error}:\n        pass\n    if not health():\n"
    expected = style.source.replace("    if not health():\n", asked)
    assert not executed(expected, style.requests, style.beside).error
    assert [item.code for item in check(expected)] == [item.code for item in check(style.source)]
    anything = expected.replace(f"except {error}:", "except Exception:")
    assert "SG117" in {item.code for item in check(anything)}
