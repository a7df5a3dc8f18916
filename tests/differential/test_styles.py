"""Every rewrite and extract of every style against what happens when the script runs.

``tests/checks/test_styles.py`` has what check and fix make of them.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from generator.actions.extract import extract
from generator.actions.rewrite import Rewritten, rewrite
from generator.facts.modules import Parameter
from generator.findings import RefusedError
from generator.rules.literals import spell
from generator.rules.settings import Dataset, Response, canonical
from tests.support.designer_stubs import Outcome, executed
from tests.support.styles import Style, styles

STYLES = styles()
IDS = [style.name for style in STYLES]
NOT_ALL = {
    "any_all_sorted_readers", "dataclass_default_factory", "guard_reset_by_helper", "item_methods",
    "json_settings_in_text", "lazy_dict_changed_later", "loop_over_batches", "lru_cached_settings", "match_on_setting",
    "named_tuple_as_dict", "none_or_dict_by_request", "none_or_dict_other_way_round", "only_set_ones",
    "override_from_request", "own_enum_in_dict", "presets_by_environment", "service_static_and_class_methods",
    "shallow_copy_then_set", "simple_namespace_vars", "try_import", "two_names_for_one_lazy_dict",
    "second_call_changes_what_is_shared", "two_maximums", "two_models_one_constant", "two_models_two_dicts", "two_modes",
    "bases_swapped", "class_swapped",
    "function_default_changed",
    "generator_of_module_dict", "generator_reads_dict_later", "thread_started_then_changed",
    "break_in_try_with_finally", "cached_parameters", "cached_parameters_changed", "chain_map", "chained_items",
    "conditional_spread", "coroutine_awaited_after_change", "coroutine_of_constant", "dataclass_as_dict",
    "defaults_filled_in_loop", "dict_by_max", "dict_by_setitem", "dict_by_unbound_update",
    "dict_changed_by_generator", "dict_changed_in_any", "dict_default_that_keeps", "dict_filtered", "dict_from_file",
    "dict_from_function_early_returns", "dict_from_function_in_two_ways", "dict_from_own_dict", "dict_from_zip",
    "dict_in_a_list", "dict_in_conditional", "dict_in_own_list_class", "dict_in_try", "dict_in_tuple_of_tuple",
    "dict_in_with_suppress", "dict_in_zip", "dict_to_helper_that_returns_it", "dict_to_json", "dict_to_unknown",
    "gathered_calls", "generator_expression_consumed_later", "generator_of_results", "global_dict_replaced_in_run",
    "helper_with_star_arguments", "in_a_thread", "list_of_dicts", "locals_spread", "loop_keeps_older_dict",
    "loop_target_is_item", "mapped_rows", "method_called_init", "module_dict_changed_for_next", "module_dict_got",
    "module_dict_in_init_branch", "module_dict_item_logged", "module_dict_popped_for_next",
    "module_dict_read_by_dead_function", "module_dict_read_by_function", "module_dict_tested", "one_line_if_item",
    "own_context_changes_dict", "own_dict_class", "own_module_changes_dict", "partial_keywords_changed",
    "partial_overridden", "recursive_helper", "response_to_json", "response_wrapped", "run_is_patched",
    "setdefault_absent", "setdefault_maybe", "setdefault_present", "spread_again", "subscript_added",
    "subscript_by_loop", "subscript_in_branch", "subscript_in_branch_of_environment", "update_from_request",
    "update_pairs", "walrus_read",
    "copied_object_shares_dict", "context_hands_dict_out", "defaultdict_hands_dict_out", "generator_hands_dict_out",
    "escapes_behind_the_call", "escapes_behind_the_call_in_a_loop", "pipeline_of_functions", "run_rebound_in_debug",
    "run_with_two_formats", "frame_changed_behind_its_list", "list_cut_in_place", "named_list_in_result_logged",
    "response_by_own_dict", "section_made_where_item_is_set", "next_of_one_iterator", "popped_from_one_list",
    "nothing_deleted_in_loop", "others_popped_in_loop",
}  # fmt: skip
"""Styles in which something cannot be set, since only the running script knows what the call is given there."""


class Change(NamedTuple):
    """What is asked of rewrite."""

    name: str
    values: Mapping[str, Any] = {}
    unset: tuple[str, ...] = ()
    prune: bool = False
    datasets: Mapping[str, Dataset] = {}
    response: Response | None = None


def changes(style: Style) -> Iterator[Change]:
    """Yield what is tried with a style: each parameter set to each kind of value, and each taken out."""
    for parameter in style.table.parameters:
        for value in _values(parameter):
            yield Change(f"{parameter.name}={value}", {parameter.name: value})
        yield Change(f"unset {parameter.name}", unset=(parameter.name,))
    yield Change("records", response=Response("records"))
    yield Change("strict", response=Response(None, True))
    yield Change("object", response=Response(None, None, "object"))
    if style.table.id == "score_svd_recommender":
        items = {"prediction_kind": "ItemRecommendation", "recommended_item_selection": "FromAllItems"}
        yield Change("items", items)
        yield Change("prune", {"prediction_kind": "RatingPrediction"}, prune=True)
        unrated = items | {"recommended_item_selection": "FromUnratedItems"}
        yield Change("unrated", unrated, datasets={"training_data": Dataset("ratings.csv")})


def _values(parameter: Parameter) -> list[Any]:
    if parameter.type == "option":
        return [option.member for option in parameter.options if option.member != "FromUnratedItems"][:2]
    values: dict[str, list[Any]] = {"boolean": [True, False], "integer": [7], "text": ["--link identity"]}
    return values[parameter.type]


@functools.cache
def outcome(source: str, name: str) -> Outcome:
    style = next(style for style in STYLES if style.name == name)
    beside = {"ratings.csv": "user,item,rating\n"} | style.beside
    return executed(source, style.requests, beside)


def rewritten(style: Style, change: Change) -> Rewritten | None:
    """Return what is made of a style; None where it is refused."""
    try:
        return rewrite(
            style.source,
            change.values,
            unset=change.unset,
            prune=change.prune,
            datasets=change.datasets,
            response=change.response,
            table=style.table,
        )
    except RefusedError:
        return None


def faults(style: Style, change: Change, made: Rewritten) -> Iterator[str]:
    """Yield what is wrong with a rewrite, by what arrives before and after it."""
    before, after = outcome(style.source, style.name), outcome(made.source, style.name)
    if after.error and not before.error:
        yield f"it fails: {after.error}"
        return
    if not change.response and len(before.calls) == len(after.calls) and after.responses != before.responses:
        yield f"it answers {after.responses}, not {before.responses}"
    if change.response and change.response.body is None and decoded(after) != decoded(before):
        yield f"it answers {after.responses}, not what was in {before.responses}"
    if len(before.calls) != len(after.calls):
        yield f"run() is called {len(after.calls)} times, not {len(before.calls)}"
    wanted = {name: shown(style.table.parameter(name), value) for name, value in change.values.items()}
    noted = {note.partition(" ")[0] for note in made.notes}
    for old, new in zip(before.calls, after.calls, strict=False):
        if old.module != style.table.class_name:
            if old != new:
                yield f"{old.module} is given {new.given}, not {old.given}"
            continue
        for name in dict.fromkeys([*old.given, *new.given]):
            got = new.given.get(name, "nothing")
            if name in wanted and str(got) != str(wanted[name]):  # the text "True" is what some modules take for True
                yield f"{name} is {got}, not {wanted[name]}"
            elif name in change.unset and got != "nothing":
                yield f"{name} is {got}, and was to be taken out"
            elif name in {*wanted, *change.unset, *noted, *change.datasets}:
                continue
            elif got != old.given.get(name, "nothing") and not (change.prune and got == "nothing"):
                yield f"{name} is {got}, not {old.given.get(name, 'nothing')}"
        for name in wanted.keys() - new.given.keys():
            yield f"{name} does not arrive"


def decoded(result: Outcome) -> list[Any]:
    """Return what the responses say, whoever makes JSON of them, with null for NaN."""
    return [json.loads(_text(_text(response)), parse_constant=lambda name: None) for response in result.responses]


def _text(response: Any) -> str:
    try:
        json.loads(response)
    except (TypeError, ValueError):
        return json.dumps(response)
    return str(response)


def shown(parameter: Parameter, value: Any) -> Any:
    """Return a value as the recorder shows it."""
    source = spell(parameter, canonical(parameter, value))
    return source if parameter.enum and parameter.written_as[0] == "member" else eval(source)


@pytest.mark.parametrize("style", STYLES, ids=IDS)
def test_what_is_rewritten_arrives_and_nothing_else_changes(style: Style) -> None:
    wrong = []
    for change in changes(style):
        made = rewritten(style, change)
        if made:
            wrong += [f"{change.name}: {fault}" for fault in faults(style, change, made)]
    assert wrong == []


@pytest.mark.parametrize("style", STYLES, ids=IDS)
def test_what_is_extracted_arrives(style: Style) -> None:
    try:
        config = extract(style.source).config
    except RefusedError:
        return
    for call in outcome(style.source, style.name).calls:
        if call.module == style.table.class_name:
            for name, value in config.get("parameters", {}).items():
                assert str(call.given.get(name)) == str(shown(style.table.parameter(name), value)), name


def test_there_are_styles_enough() -> None:
    assert len(STYLES) >= 150


@pytest.mark.parametrize("style", STYLES, ids=IDS)
def test_what_may_be_set_is_refused_only_where_it_cannot_be_known(style: Style) -> None:
    refused = [change.name for change in changes(style) if not change.unset and rewritten(style, change) is None]
    assert bool(refused) == (style.name.partition("-")[2] in NOT_ALL), refused
