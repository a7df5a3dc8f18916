"""What a name means that is spelt in another way, or only a part of one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator import config_schema, generate
from generator.config.parse import parse_config
from generator.facts.modules import load_tables
from generator.findings import ConfigError
from generator.rules.module_names import table_meant
from generator.rules.settings import option_meant, parameter_name
from generator.text.meaning import meant, names_of, possible

SVD = next(table for table in load_tables() if table.id == "score_svd_recommender")
KIND, SELECTION = SVD.parameters[:2]
MODULES = {table: table.keys for table in load_tables()}
VALIDATOR = Draft202012Validator(config_schema())


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("svd", "Score SVD Recommender"),
        ("wide and deep", "Score Wide and Deep Recommender"),
        ("Wide & Deep", "Score Wide and Deep Recommender"),
        ("SCORE-model", "Score Model"),
        ("train model", "Score Model"),
        ("anomaly detection", "Score Model"),
        ("image", "Score Image Model"),
        ("vowpal_wabbit", "Score Vowpal Wabbit Model"),
        ("clusters", "Assign Data to Clusters"),
        ("cluster", "Assign Data to Clusters"),
        ("Images", "Score Image Model"),
        ("score models", "Score Model"),
        ("SVD recommenders", "Score SVD Recommender"),
        ("noter le générateur de recommandation svd", "Score SVD Recommender"),
        ("\u201cScore\u00a0SVD\u00a0Recommender\u201d", "Score SVD Recommender"),
        ("recommenders", None),
        ("Noter le générateur de recommandations SVD", "Score SVD Recommender"),
        ("entrainer le generateur de recommandations svd", "Score SVD Recommender"),
        (
            "Effectuer l\u2019apprentissage du générateur de recommandations Wide and Deep",
            "Score Wide and Deep Recommender",
        ),
        ("Scorer un modèle Vowpal Wabbit", "Score Vowpal Wabbit Model"),
        ("Noter le modèle", "Score Model"),
        ("Affecter des données aux clusters", "Assign Data to Clusters"),
        ("générateur de recommandations", None),
        ("recommender", None),
        ("model", None),
        ("vw", None),
        ("score", None),
        ("svdx", None),
        ("s", None),
        ("", None),
        ("svd\n", "Score SVD Recommender"),
    ],
)
def test_a_module_is_known_by_what_fits_it_alone(name: str, module: str | None) -> None:
    table = table_meant(name)
    assert (table and table.name) == module


@pytest.mark.parametrize(
    ("text", "member"),
    [
        ("All", "FromAllItems"),
        ("from-all-items", "FromAllItems"),
        ("rated items", "FromRatedItems"),
        ("Unrated", "FromUnratedItems"),
        ("to suggest new items", "FromUnratedItems"),
        ("from unrated items (to suggest", "FromUnratedItems"),
        ("À partir de tous les éléments", "FromAllItems"),
        ("a partir d\u2019elements notes (pour l\u2019evaluation du modele)", "FromRatedItems"),
        ("éléments non notés", "FromUnratedItems"),
        ("élément noté", "FromRatedItems"),
        ("all item", "FromAllItems"),
        ("« unrated item »", "FromUnratedItems"),
        ("item", None),
        ("éléments", None),
        ("items", None),
        ("From", None),
        ("FromUndatedItems", None),
        ("unr", None),
    ],
)
def test_an_option_is_known_by_what_fits_it_alone(text: str, member: str | None) -> None:
    assert option_meant(SELECTION, text) == member


def test_a_whole_name_comes_before_a_part_of_another() -> None:
    called = {1: ("Score",), 2: ("Score Model",)}
    assert (meant("score", called), meant("Model", called), meant("score model", called)) == (1, 2, 2)
    assert possible("score", called) == [1, 2]


@pytest.mark.parametrize("key", ["Prediction-Kind", "predictionKind", "recommender prediction kind", "PREDICTION_KIND"])
def test_a_parameter_is_known_in_any_spelling(key: str) -> None:
    assert parameter_name(SVD, key) == "prediction_kind"


@pytest.mark.parametrize(
    "key",
    ["Type de prédiction de recommandation", "Type de prédiction du générateur de recommandations"],
)
def test_a_parameter_is_known_by_each_generation_of_its_label(key: str) -> None:
    assert parameter_name(SVD, key) == "prediction_kind"


@pytest.mark.parametrize(
    ("said", "meant"),
    [("oui", "True"), ("NON", "False"), ("Oui", "True"), ("vrai", "True"), ("FALSE", "False"), ("Yes", "True")],
)
def test_a_boolean_may_be_said_in_words(said: str, meant: str) -> None:
    config = {"module": "train model", "parameters": {"Ajouter des colonnes de score à la sortie": said}}
    assert f"append_or_result_only={meant}" in generate(config)
    assert VALIDATOR.is_valid(config)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("kind", "; did you mean 'prediction_kind'? (known"),
        ("selection", "; did you mean 'recommended_item_selection'? (known"),
        ("s\u00e9lections", "; did you mean 'recommended_item_selection'? (known"),
        ("items", "; 'items' fits 'recommended_item_selection' and 'max_recommended_item_count' and"),
        ("xyz", "Score SVD Recommender (known"),
    ],
)
def test_all_are_named_of_which_a_key_may_be_a_part(key: str, said: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(said)):
        generate({"module": "svd", "parameters": {key: 1}})


@pytest.mark.parametrize("key", ["kind", "pre-diction kind", "prediction%kindx", ""])
def test_a_part_of_a_parameter_is_not_it(key: str) -> None:
    assert parameter_name(SVD, key) == key


WORDS = [
    "svd",
    "SVD",
    "score",
    "Train",
    "recommender",
    "recommenders",
    "models",
    "wide",
    "and",
    "&",
    "deep",
    "model",
    "image",
    "x",
    "un",
    "rated",
]
ITEMS = [
    "from",
    "item",
    "user",
    "all",
    "rated",
    "un",
    "unrated",
    "Items",
    "(for",
    "model",
    "evaluation)",
    "to",
    "users",
    "new",
    "xyz",
]


def spelt(words: list[str]) -> st.SearchStrategy[str]:
    between = st.sampled_from(["", " ", "-", "_", "  ", "("])
    return st.lists(st.tuples(st.sampled_from(words), between), max_size=5).map(
        lambda pairs: "".join(word + gap for word, gap in pairs)
    )


@given(spelt(WORDS), spelt(ITEMS))
def test_editors_and_scoregen_take_the_same(module: str, selection: str) -> None:
    for config in (
        {"module": module},
        {"module": "svd", "parameters": {"prediction_kind": "item recommendation", SELECTION.name: selection}},
    ):
        try:
            parse_config(config)
            said = []
        except ConfigError as error:
            said = [finding.message for finding in error.findings]
        assert VALIDATOR.is_valid(config) == (not said), (config, said)


def test_only_one_thing_is_meant_by_what_a_pattern_takes() -> None:
    for table in MODULES:
        pattern = names_of(MODULES, table).pattern
        for other in MODULES:
            assert [key for key in other.keys if re.search(pattern, key)] == ([*other.keys] if other is table else [])


def test_a_config_in_other_words_gives_the_same_script() -> None:
    plain = generate(
        {
            "module": "Score SVD Recommender",
            "parameters": {"prediction_kind": "Item Recommendation", "recommended_item_selection": "FromUnratedItems"},
            "datasets": {"training_data": {"path": "ratings.csv"}},
        }
    )
    short = "module: svd\nparameters: {Prediction-Kind: item recommendation, recommended item selection: unrated}\n"
    short += "datasets: {training_data: ratings.csv}\n"
    assert generate(short) == plain
