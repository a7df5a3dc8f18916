"""Scripts in many styles on the designer's runtime: what rewrite sets there is what the module answers with."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from generator import rewrite
from generator.actions.check import check
from generator.findings import RefusedError
from tests.support.styles import Style, styles

from .runtimes import Models

MODULE = "score_svd_recommender"
_APART = (
    "-response_head",  # leaves rows out
    "-imports_itself",  # the worker runs it under no name
    "-two_models_one_constant",  # answer with what both say
    "-two_models_two_dicts",
    "-loop_over_batches",  # answers with a frame for each batch
    "-frame_changed_behind_its_list",  # answers in a shape of its own
)
CHANGES: dict[str, dict[str, Any]] = {
    "ratings": {"prediction_kind": "RatingPrediction"},
    "items": {
        "prediction_kind": "ItemRecommendation",
        "recommended_item_selection": "FromAllItems",
        "max_recommended_item_count": 2,
        "return_ratings": True,
    },
}


def fit_styles() -> list[Style]:
    """Return the styles that Python 3.8 can run, whose response is the frame's columns, and that need no file beside."""
    found = []
    for style in styles():
        of_columns = style.table.id == MODULE and 'to_dict("list")' in style.source
        if of_columns and not style.beside and not style.name.endswith(_APART) and not _of_a_newer_python(style):
            found.append(style)
    return found


def _of_a_newer_python(style: Style) -> bool:
    try:
        ast.parse(style.source, feature_version=(3, 8))
    except SyntaxError:
        return True
    return any("needs Python" in finding.message for finding in check(style.source))


STYLES = fit_styles()


def test_there_are_styles_enough() -> None:
    assert len(STYLES) >= 40


@pytest.mark.parametrize("style", STYLES, ids=[style.name for style in STYLES])
def test_what_is_set_is_what_is_answered(models: Models, style: Style) -> None:
    """The plainest style with the same values answers the same."""
    model = models(MODULE)
    plain = next(each for each in STYLES if each.name.endswith("-keywords"))
    for name, change in CHANGES.items():
        try:
            made = rewrite(style.source, change)
        except RefusedError:
            continue
        wanted = model.score(rewrite(plain.source, change)).body
        assert model.score(made).body == wanted, name
