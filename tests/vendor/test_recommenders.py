"""Both recommenders in every mode, beside the downloaded script as a user edits it by hand."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator import generate
from tests.vendor.runtimes import place_dataset

from .edits import edit
from .runtimes import Answer, Model, Models

Columns = dict[str, list[Any]]

ALL_ITEMS = "From All Items"
RATED = "From Rated Items (for model evaluation)"
UNRATED = "From Unrated Items (to suggest new items to users)"
MEMBERS = {ALL_ITEMS: "FromAllItems", RATED: "FromRatedItems", UNRATED: "FromUnratedItems"}
USERS = ("u1", "u2", "u3")


class Recommender(NamedTuple):
    """How a recommender's parameters are called, and what becomes of the downloaded script's only one."""

    module: str
    prediction_kind: str
    selection: str
    most: str
    pool: str
    ratings: str
    downloaded: str


SVD = Recommender(
    module="score_svd_recommender",
    prediction_kind="prediction_kind",
    selection="recommended_item_selection",
    most="max_recommended_item_count",
    pool="min_recommendation_pool_size",
    ratings="return_ratings",
    downloaded="prediction_kind=RecommenderPredictionKind.RatingPrediction",
)
WIDE_AND_DEEP = Recommender(
    module="score_wide_and_deep_recommender",
    prediction_kind="recommender_prediction_kind",
    selection="recommended_item_selection",
    most="maximum_number_of_items_to_recommend_to_a_user",
    pool="minimum_size_of_the_recommendation_pool_for_a_single_user",
    ratings="whether_to_return_the_predicted_ratings_of_the_items_along_with_the_labels",
    downloaded="recommender_prediction_kind='Rating Prediction'",
)
both = pytest.mark.parametrize("recommender", [SVD, WIDE_AND_DEEP], ids=lambda recommender: recommender.module)
with_ratings = pytest.mark.parametrize("ratings", [True, False], ids=["ratings", "no ratings"])


def item_config(recommender: Recommender, selection: str, most: int, ratings: bool, **more: Any) -> dict[str, Any]:
    """Return the config of an item recommendation; ``pool`` and ``training_data`` where the selection wants them."""
    parameters: dict[str, Any] = {
        recommender.prediction_kind: "Item Recommendation",
        recommender.selection: selection,
        recommender.most: most,
        recommender.ratings: ratings,
    }
    if "pool" in more:
        parameters[recommender.pool] = more["pool"]
    config = {"module": recommender.module, "parameters": parameters}
    return config | ({"datasets": {"training_data": more["training_data"]}} if "training_data" in more else {})


def hand_edited(
    recommender: Recommender,
    model: Model,
    selection: str,
    most: int,
    ratings: bool,
    pool: int = 1,
    training_data: Path | None = None,
) -> str:
    """Return the downloaded script, edited to recommend items."""
    if recommender is SVD:
        parameters = (
            "prediction_kind=RecommenderPredictionKind.ItemRecommendation, "
            f"recommended_item_selection=RecommendedItemSelection.{MEMBERS[selection]}, "
            f"max_recommended_item_count={most}, min_recommendation_pool_size={pool}, return_ratings={ratings}"
        )
        enums = "RecommenderPredictionKind\n"
        replacements = {recommender.downloaded: parameters, enums: f"RecommendedItemSelection, {enums}"}
    else:
        parameters = (
            f"recommender_prediction_kind='Item Recommendation', recommended_item_selection='{selection}', "
            f"{recommender.most}={most}, {recommender.pool}={pool}, {recommender.ratings}='{ratings}'"
        )
        replacements = {recommender.downloaded: parameters}
    if training_data:
        replacements |= _with_training_data(recommender, training_data)
    return edit(model.downloaded, replacements)


def _with_training_data(recommender: Recommender, path: Path) -> dict[str, str]:
    """Return the replacements that make the downloaded script read the training data, at each request."""
    source = f"DataFrameDirectory.load({str(path)!r})"
    if path.suffix == ".csv":
        source = f"DataFrameDirectory.create(data=pd.read_csv({str(path)!r}))"
    imports = "import pandas as pd\nfrom azureml.studio.core.io.data_frame_directory import DataFrameDirectory\n"
    return {
        "training_data=None": f"training_data=DataTable.from_dfd({source})"
        if recommender is SVD
        else f"training_data={source}",
        "import os\n": f"import os\n{imports}",
    }


def rated_items(model: Model, name: str = "ratings.csv") -> dict[str, set[str]]:
    """Return the items that each user has rated in the training data."""
    rated = defaultdict(set)
    with (model.runtime.models / name).open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rated[row["user"]].add(row["item"])
    return rated


def request_for(model: Model, count: int) -> str:
    """Return a request: for each of some users, ``count`` of the items they have rated, and one for the last."""
    pairs = [
        (user, item) for user in USERS for item in sorted(rated_items(model)[user])[: count if user != "u3" else 1]
    ]
    return json.dumps([{"user": user, "item": item, "rating": 3} for user, item in pairs])


def recommended(answer: Answer) -> dict[str, list[str]]:
    """Return the items that a response recommends to each user, the best first, without the padding."""
    columns: Columns = answer.body
    names = [name for name in columns if " Item " in name]
    return {
        user: [columns[name][row] for name in names if isinstance(columns[name][row], str)]
        for row, user in enumerate(columns["User"])
    }


def item_columns(kind: str, most: int, ratings: bool) -> list[str]:
    """Return the columns that a response must have, in their order."""
    names = ["User"]
    for number in range(1, most + 1):
        names += [f"{kind} Item {number}"] + ([f"Predicted Rating {number}"] if ratings else [])
    return names


@both
def test_ratings_are_predicted(models: Models, recommender: Recommender) -> None:
    model = models(recommender.module)
    config = {"module": recommender.module, "parameters": {recommender.prediction_kind: "Rating Prediction"}}
    answer = model.score(generate(config))
    assert list(answer.body) == ["User", "Item", "Scored Rating"]
    pairs = [(row["user"], row["item"]) for row in model.rows]
    assert list(zip(answer.body["User"], answer.body["Item"], strict=True)) == pairs
    assert all(isinstance(rating, float) for rating in answer.body["Scored Rating"])
    assert answer == model.score(model.downloaded)


@both
@with_ratings
@pytest.mark.parametrize("most", [1, 3])
def test_items_are_recommended_from_all(models: Models, recommender: Recommender, most: int, ratings: bool) -> None:
    model = models(recommender.module)
    answer = model.score(generate(item_config(recommender, ALL_ITEMS, most, ratings)))
    assert list(answer.body) == item_columns("Recommended", most, ratings)
    assert {len(set(items)) for items in recommended(answer).values()} == {most}
    if ratings:
        for row in range(len(answer.body["User"])):
            predicted = [answer.body[f"Predicted Rating {number}"][row] for number in range(1, most + 1)]
            assert predicted == sorted(predicted, reverse=True)
    assert answer == model.score(hand_edited(recommender, model, ALL_ITEMS, most, ratings))


@both
def test_all_items_include_those_that_a_user_has_rated(models: Models, recommender: Recommender) -> None:
    """Without which the tests of the unrated ones would show nothing."""
    model = models(recommender.module)
    answer = model.score(generate(item_config(recommender, ALL_ITEMS, 40, False)))
    everything = set().union(*rated_items(model).values())
    assert all(set(items) == everything for items in recommended(answer).values())


@both
@with_ratings
def test_items_are_recommended_from_rated(models: Models, recommender: Recommender, ratings: bool) -> None:
    model = models(recommender.module)
    request = request_for(model, 4)
    answer = model.score(generate(item_config(recommender, RATED, 3, ratings, pool=1)), request)
    assert list(answer.body) == item_columns("Rated", 3, ratings)
    assert {user: len(items) for user, items in recommended(answer).items()} == {"u1": 3, "u2": 3, "u3": 1}
    for user, items in recommended(answer).items():
        assert set(items) <= {row["item"] for row in json.loads(request) if row["user"] == user}
    assert answer == model.score(hand_edited(recommender, model, RATED, 3, ratings), request)


@both
def test_small_pools_are_left_out(models: Models, recommender: Recommender) -> None:
    """The designer's default, 2, holds where the config says nothing."""
    model = models(recommender.module)
    request = request_for(model, 4)
    config = item_config(recommender, RATED, 3, False)
    answers = {pool: _with_pool(model, recommender, config, pool, request) for pool in (None, 2, 4, 5)}
    assert {pool: list(recommended(answer)) for pool, answer in answers.items()} == {
        None: ["u1", "u2"],
        2: ["u1", "u2"],
        4: ["u1", "u2"],
        5: [],
    }
    assert answers[4] == model.score(hand_edited(recommender, model, RATED, 3, False, pool=4), request)


def _with_pool(
    model: Model, recommender: Recommender, config: dict[str, Any], pool: int | None, request: str
) -> Answer:
    parameters = config["parameters"] | ({} if pool is None else {recommender.pool: pool})
    return model.score(generate(config | {"parameters": parameters}), request)


@both
@with_ratings
@pytest.mark.parametrize("relative_to", ["script", "model"])
@pytest.mark.parametrize("name", ["ratings.csv", "ratings_directory"])
def test_items_are_recommended_from_unrated(
    models: Models, recommender: Recommender, name: str, relative_to: str, ratings: bool, tmp_path: Path
) -> None:
    model = models(recommender.module)
    folder, model_folder = tmp_path / "script", tmp_path / "model"
    path = place_dataset(model, name, (folder if relative_to == "script" else model_folder) / "data")
    link_model(model, model_folder)
    dataset = {"path": f"data/{name}", "relative_to": relative_to}
    folder.mkdir(exist_ok=True)
    script = generate(item_config(recommender, UNRATED, 3, ratings, training_data=dataset))
    answer = model.score(script, folder=folder, model=model_folder)
    assert list(answer.body) == item_columns("Recommended", 3, ratings)
    assert answer == model.score(hand_edited(recommender, model, UNRATED, 3, ratings, training_data=path))


@both
def test_unrated_items_are_all_but_the_rated(models: Models, recommender: Recommender, tmp_path: Path) -> None:
    model = models(recommender.module)
    place_dataset(model, "ratings.csv", tmp_path)
    config = item_config(recommender, UNRATED, 40, False, training_data={"path": "ratings.csv"})
    answer = model.score(generate(config), request_for(model, 1), folder=tmp_path)
    rated = rated_items(model)
    everything = set().union(*rated.values())
    assert {user: set(items) for user, items in recommended(answer).items()} == {
        user: everything - rated[user] for user in USERS
    }


@both
@pytest.mark.parametrize("name", ["digit_ratings.csv", "digit_ratings_directory"])
def test_ids_of_digits_are_text(models: Models, recommender: Recommender, name: str, tmp_path: Path) -> None:
    """The model knows item 007: data that says 7 would leave it in."""
    model = models(recommender.module, "digit_ids")
    place_dataset(model, name, tmp_path)
    config = item_config(recommender, UNRATED, 40, False, training_data={"path": name})
    rated = rated_items(model, "digit_ratings.csv")
    everything = set().union(*rated.values())
    answer = model.score(generate(config), folder=tmp_path)
    assert {user: set(items) for user, items in recommended(answer).items()} == {
        row["user"]: everything - rated[row["user"]] for row in model.rows
    }


@both
@pytest.mark.parametrize(
    ("name", "error"), [("ratings.csv", "FileNotFoundError"), ("ratings_directory", "InvalidDirectoryError")]
)
def test_a_dataset_is_loaded_once(
    models: Models, recommender: Recommender, name: str, error: str, tmp_path: Path
) -> None:
    """The data is gone once init() is through, and every request is answered as before."""
    model = models(recommender.module)
    script = generate(item_config(recommender, UNRATED, 3, True, training_data={"path": name}))
    path = place_dataset(model, name, tmp_path)
    before = model.score(script, folder=tmp_path)
    assert before.body
    assert model.score_all(script, [model.samples] * 2, folder=tmp_path, remove=path) == [before, before]
    assert not path.exists()
    assert model.score(script, folder=tmp_path).error == error  # the file is what was read


@pytest.mark.parametrize("form", ["{}.csv", "{}_directory"])
def test_features_help_with_new_users_and_items(models: Models, form: str, tmp_path: Path) -> None:
    """The model knows features, but not those of user u30 and of item m40, whom nobody has rated either."""
    model = models(WIDE_AND_DEEP.module, "with_features")
    request = json.dumps([{"user": "u30", "item": "m1", "rating": 3}, {"user": "u1", "item": "m40", "rating": 3}])
    plain = model.score(generate({"module": WIDE_AND_DEEP.module}), request)
    names = ("user_features", "item_features")
    answers = {
        name: model.score(_with_features(model, [name], form, tmp_path), request, folder=tmp_path) for name in names
    }
    answers["both"] = model.score(_with_features(model, names, form, tmp_path), request, folder=tmp_path)
    new_user, new_item = plain.body["Scored Rating"]
    rated = {name: answer.body["Scored Rating"] for name, answer in answers.items()}
    assert rated["user_features"][0] != new_user and rated["user_features"][1] == new_item
    assert rated["item_features"][0] == new_user and rated["item_features"][1] != new_item
    assert rated["both"] == [rated["user_features"][0], rated["item_features"][1]]


@pytest.mark.parametrize("form", ["{}.csv", "{}_directory"])
def test_features_change_nothing_for_a_model_without(models: Models, form: str, tmp_path: Path) -> None:
    model = models(WIDE_AND_DEEP.module)
    script = _with_features(model, ["user_features", "item_features"], form, tmp_path)
    answer = model.score(script, folder=tmp_path)
    assert answer.body
    assert answer == model.score(model.downloaded)


def _with_features(model: Model, names: list[str] | tuple[str, ...], form: str, folder: Path) -> str:
    """Place the datasets in the script's folder, and return the script."""
    for name in names:
        place_dataset(model, form.format(name), folder)
    datasets = {name: {"path": form.format(name)} for name in names}
    return generate({"module": WIDE_AND_DEEP.module, "datasets": datasets})


def link_model(model: Model, folder: Path) -> None:
    """Make a model folder of its own, in which more can be placed."""
    folder.mkdir(exist_ok=True)
    (folder / model.outputs.name).symlink_to(model.outputs)
