"""The forms in which a script may write each parameter, proven on the modules: as the tables have it, and no other.

A form works when there is a response that holds something: some modules fail silently, with an empty one.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator import Table, load_tables
from generator.facts.modules import Parameter

from .edits import default_with
from .runtimes import Answer, Models

TABLES = {table.id: table for table in load_tables()}
SVD = "score_svd_recommender"
CALLS = {
    "score_model": {"append_or_result_only": "True"},
    "assign_data_to_clusters": {"append_or_result_only": "True"},
    SVD: {
        "prediction_kind": "RecommenderPredictionKind.ItemRecommendation",
        "recommended_item_selection": "RecommendedItemSelection.FromRatedItems",
        "max_recommended_item_count": "3",
        "min_recommendation_pool_size": "1",
        "return_ratings": "True",
    },
    "score_wide_and_deep_recommender": {
        "recommender_prediction_kind": "'Item Recommendation'",
        "recommended_item_selection": "'From Rated Items (for model evaluation)'",
        "maximum_number_of_items_to_recommend_to_a_user": "3",
        "minimum_size_of_the_recommendation_pool_for_a_single_user": "1",
        "whether_to_return_the_predicted_ratings_of_the_items_along_with_the_labels": "'True'",
    },
    "score_vowpal_wabbit_model": {
        "vw_arguments": "'--link logistic'",
        "name_of_the_test_data_file": "'data.txt'",
        "specify_file_type": "'VW'",
        "include_an_extra_column_containing_labels": "True",
        "include_an_extra_column_containing_raw_scores": "True",
    },
}
"""For each module a call that works, and in which every parameter counts that may count."""

modules = pytest.mark.parametrize("module", CALLS)


def works(answer: Answer) -> bool:
    """Say whether there is a response that holds something."""
    return answer.error is None and bool(answer.body) and all(answer.body.values())


def _sources(table: Table, parameter: Parameter) -> Iterator[tuple[str, str]]:
    """Yield the forms of a value, and its source in each."""
    given = CALLS[table.id][parameter.name]
    yield "none", "None"
    if parameter.type == "option":
        option = next(
            option for option in parameter.options if given in (repr(option.name), _member(parameter, option.member))
        )
        yield "string", repr(option.name)
        if parameter.enum:
            yield "member", _member(parameter, option.member)
    elif parameter.type == "integer":
        yield from {"integer": "1", "string": "'1'", "real": "1.0", "boolean": "True"}.items()
    elif parameter.type == "boolean":
        yield from {"boolean": "True", "string": "'True'", "integer": "1", "other string": "'true'"}.items()
    else:
        yield "string", given


def _member(parameter: Parameter, member: str) -> str:
    return f"{parameter.enum}.{member}"


def _should_work(parameter: Parameter, form: str) -> bool:
    if form in parameter.written_as:
        return True
    if form == "none":  # as good as left out
        return not parameter.required
    if parameter.type == "integer":
        return parameter.never_boolean is None if form == "boolean" else parameter.converts
    return False


@modules
def test_forms(models: Models, module: str) -> None:
    table, call = TABLES[module], CALLS[module]
    assert list(call) == [parameter.name for parameter in table.parameters]
    assert works(models(module).score(default_with(table, call)))
    forms = [(parameter, *source) for parameter in table.parameters for source in _sources(table, parameter)]
    found = {
        (parameter.name, form): works(models(module).score(default_with(table, call | {parameter.name: source})))
        for parameter, form, source in forms
    }
    assert found == {(parameter.name, form): _should_work(parameter, form) for parameter, form, _ in forms}


@modules
def test_what_is_required(models: Models, module: str) -> None:
    """Left out where it counts, a required parameter is missed, and no other."""
    table, call = TABLES[module], CALLS[module]
    calls = {name: {other: call[other] for other in call if other != name} for name in call}
    found = {name: works(models(module).score(default_with(table, call))) for name, call in calls.items()}
    assert found == {parameter.name: not parameter.required for parameter in table.parameters}


@modules
def test_minima(models: Models, module: str) -> None:
    """One less than the minimum, in the call in which all counts, and where ratings are predicted."""
    table, call = TABLES[module], CALLS[module]
    numbers = [parameter for parameter in table.parameters if parameter.type == "integer"]
    ratings = {table.parameters[0].name: _rating_prediction(module)}
    for parameter in numbers:
        assert parameter.minimum is not None
        least = {parameter.name: str(parameter.minimum - 1)}
        found = [works(models(module).score(default_with(table, call | least | more))) for more in ({}, ratings)]
        assert found == [parameter.minimum_holds == "never", parameter.minimum_holds != "always"]


def _rating_prediction(module: str) -> str:
    return "RecommenderPredictionKind.RatingPrediction" if module == SVD else "'Rating Prediction'"


@modules
def test_which_ports_must_be_passed(models: Models, module: str) -> None:
    table, call = TABLES[module], CALLS[module]
    for port in table.datasets:
        assert works(models(module).score(default_with(table, call, port.name))) == (port.passed == "if given")
