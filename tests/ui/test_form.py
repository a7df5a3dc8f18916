"""A config as a form, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from generator.config.parse import parse_config
from generator.facts.modules import Table, load_tables, tables_by_key
from generator.findings import ConfigError
from generator.rules.modes import counts
from generator.translations.language import speaking
from generator.ui.form import Field, config_of, fields_of
from generator.ui.views import choice_of, label_of
from generator.ui.work import given_by, open_module

SVD = tables_by_key()["score_svd_recommender"]
ITEMS = "Item Recommendation"
KIND = {"prediction_kind": ITEMS}
UNRATED = "From Unrated Items (to suggest new items to users)"


def sent(fields: list[Field], **changes: str) -> dict[str, str]:
    """Return what a browser sends of fields: nothing of those that are disabled."""
    return {field.key: field.value for field in fields if not field.needs} | changes


@pytest.mark.parametrize("table", load_tables(), ids=lambda table: table.id)
def test_a_form_that_is_sent_as_it_is_changes_nothing(table: Table, tmp_path: Path) -> None:
    work = open_module(table, tmp_path)
    before = parse_config(work.config).scripts[0].settings
    config = config_of(sent(fields_of(work.config, table, "en")), work.config, table)
    after = parse_config(config).scripts[0].settings
    assert given_by(work, config).source == given_by(work, work.config).source
    assert (after.response, after.request, after.datasets) == (before.response, before.request, before.datasets)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_parameter_that_is_not_ignored_has_a_field_by_its_label(language: str) -> None:
    for table in load_tables():
        shown = {field.name: field.label for field in fields_of({"module": table.id}, table, language)}
        for parameter in table.parameters:
            labels = {label.text for label in parameter.labels if label.language == language}
            assert (parameter.name in shown) == (not parameter.ignored)
            if not parameter.ignored and labels:
                assert shown[parameter.name] in labels


def test_what_counts_in_another_mode_says_in_which() -> None:
    fields = {field.name: field for field in fields_of({"module": SVD.id}, SVD, "en")}
    assert fields["prediction_kind"].needs == ""
    assert fields["training_data"].needs == "Recommender prediction kind: Item Recommendation"
    with speaking("fr"):
        french = {field.name: field for field in fields_of({"module": SVD.id}, SVD, "fr")}
    assert french["training_data"].needs == (
        "Type de prédiction du générateur de recommandations\xa0: Recommandation d'éléments"
    )
    fields = {field.name: field for field in fields_of({"module": SVD.id, "parameters": KIND}, SVD, "en")}
    assert fields["training_data"].needs == f"Recommended item selection: {UNRATED}"
    chosen = {"prediction_kind": ITEMS, "recommended_item_selection": UNRATED}
    fields = {field.name: field for field in fields_of({"module": SVD.id, "parameters": chosen}, SVD, "en")}
    assert fields["training_data"].needs == ""
    assert (fields["max_recommended_item_count"].value, fields["max_recommended_item_count"].minimum) == ("5", 1)


@over(data=st.data(), table=st.sampled_from(load_tables()))
def test_whatever_is_chosen_counts_as_the_tables_say(data: st.DataObject, table: Table) -> None:
    config: dict[str, Any] = {"module": table.id}
    for _ in range(3):  # what is chosen makes other fields count
        fields = fields_of(config, table, "en")
        chosen = {
            field.key: data.draw(st.sampled_from(field.choices))
            for field in fields
            if field.choices and not field.needs
        }
        config = config_of(sent(fields, **chosen), config, table)
        settings = parse_config(config, check_outputs=False).scripts[0].settings if _is_whole(config) else None
        for field in fields_of(config, table, "en") if settings else ():
            if settings and field.section == "parameters":
                assert (field.needs == "") == counts(table, table.parameter(field.name), settings.parameters)


def _is_whole(config: dict[str, Any]) -> bool:
    try:
        parse_config(config, check_outputs=False)
    except ConfigError as error:
        assert "needs" in str(error) or "dataset" in str(error)  # a mode without its dataset
        return False
    return True


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("parameters.max_recommended_item_count", "0", "0 is below the minimum: use 1 or more"),
        ("parameters.max_recommended_item_count", "many", "'many' is not a whole number: use 1 or more"),
        ("parameters.max_recommended_item_count", "9" * 5000, "is not a whole number"),
        ("parameters.max_recommended_item_count", "--5", "'--5' is not a whole number"),
        ("datasets.training_data", "", "is needed: name a .csv file, which is to lie beside score.py"),
        ("datasets.training_data", "/etc/ratings.csv", ""),
    ],
)
def test_what_is_wrong_is_said_at_the_field(key: str, value: str, message: str, tmp_path: Path) -> None:
    chosen = {"prediction_kind": ITEMS, "recommended_item_selection": UNRATED}
    before = {"module": SVD.id, "parameters": chosen}
    config = config_of(sent(fields_of(before, SVD, "en"), **{key: value}), before, SVD)
    work = open_module(SVD, tmp_path)._replace(config=config)
    given = given_by(work, config)
    assert given.source == ""
    problems = {field.key: field.problem for field in fields_of(config, SVD, "en", given.problems)}
    assert problems[key]
    assert message in problems[key]


def test_what_a_choice_makes_count_no_more_leaves_the_config() -> None:
    before = {"module": SVD.id, "parameters": KIND}
    form = sent(fields_of(before, SVD, "en"))
    assert form["parameters.min_recommendation_pool_size"] == "2"
    after = config_of(form | {"parameters.recommended_item_selection": UNRATED}, before, SVD)
    assert "min_recommendation_pool_size" not in after["parameters"]


def test_every_choice_and_every_dataset_is_said_in_words() -> None:
    for table in load_tables():
        for field in fields_of({"module": table.id}, table, "en"):
            assert field.section == "parameters" or label_of(field) != field.label.lower()
            assert field.section == "parameters" or not {choice_of(field, each) for each in field.choices} & {
                *field.choices
            }
