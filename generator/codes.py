"""The codes of the checks: each with its severity, its meaning, a remedy, and a wrong and a right example.

The documentation and the tests are made from them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "info"]


class Code(NamedTuple):
    """One code, with examples that differ in nothing but what it is about.

    ``wrong`` and ``right`` are the settings in a scoring call of ``module`` (a table's id), one on each line; without a
    module they are the functions of a script, or its import of the module and its functions. In functions, ``model``
    is the loaded model and ``read_request(data)`` makes of a request what the module takes.
    """

    code: str
    severity: Severity
    title: str
    meaning: str
    remedy: str
    wrong: str
    right: str
    module: str | None = None
    can_be_ignored: bool = True


CODES: dict[str, Code] = {
    entry.code: entry
    for entry in (
        Code(
            "SG100",
            "error",
            "the file is not valid Python",
            "Python cannot read the script, so the endpoint cannot start.",
            "Correct the syntax at the place that the message names. It may be left over from Python 2, or be newer than "
            "the Python that runs scoregen.",
            wrong="""\
def run(data):
    print "scoring", data
    (result,) = ScoreModelModule().run(
        learner=model,
        test_data=read_request(data),
        append_or_result_only=True,
    )
    return json.dumps({"result": result.data_frame.values.tolist()})
""",
            right="""\
def run(data):
    print("scoring", data)
    (result,) = ScoreModelModule().run(
        learner=model,
        test_data=read_request(data),
        append_or_result_only=True,
    )
    return json.dumps({"result": result.data_frame.values.tolist()})
""",
            can_be_ignored=False,
        ),
        Code(
            "SG101",
            "error",
            "unknown parameter",
            "The module has no parameter of that name. Some modules fail, some drop it without a word.",
            "Write the name as the module has it, or take the argument out. `scoregen modules` lists the names.",
            wrong="""\
recommender_prediction_kind="Item Recommendation",
recommended_item_selection="From All Items",
maximum_number_of_items_to_recommend_to_a_user=10,
whether_to_return_the_predicted_ratings="True",
""",
            right="""\
recommender_prediction_kind="Item Recommendation",
recommended_item_selection="From All Items",
maximum_number_of_items_to_recommend_to_a_user=10,
whether_to_return_the_predicted_ratings_of_the_items_along_with_the_labels="True",
""",
            module="score_wide_and_deep_recommender",
        ),
        Code(
            "SG102",
            "error",
            "value not allowed",
            "The value is none of those that the module knows, so the request fails.",
            "Write one of the values that the message lists, letter for letter.",
            wrong="""\
recommender_prediction_kind="Item Recommendation",
recommended_item_selection="From all items",
maximum_number_of_items_to_recommend_to_a_user=10,
""",
            right="""\
recommender_prediction_kind="Item Recommendation",
recommended_item_selection="From All Items",
maximum_number_of_items_to_recommend_to_a_user=10,
""",
            module="score_wide_and_deep_recommender",
        ),
        Code(
            "SG103",
            "error",
            "wrong type",
            "The module takes the value in another form: as a member of an Enum, a text, a whole number or a boolean.",
            "Write the value in the form that the message names. The modules differ: one option is a member of an Enum for "
            "Score SVD Recommender and a text for Score Wide and Deep Recommender.",
            wrong="""\
prediction_kind="Rating Prediction",
""",
            right="""\
prediction_kind=RecommenderPredictionKind.RatingPrediction,
""",
            module="score_svd_recommender",
        ),
        Code(
            "SG104",
            "error",
            "below the minimum",
            "A lesser value makes the request fail or empties the response; a warning where the module does not look.",
            "Write the minimum that the message names, or more.",
            wrong="""\
prediction_kind=RecommenderPredictionKind.ItemRecommendation,
recommended_item_selection=RecommendedItemSelection.FromAllItems,
max_recommended_item_count=0,
return_ratings=False,
""",
            right="""\
prediction_kind=RecommenderPredictionKind.ItemRecommendation,
recommended_item_selection=RecommendedItemSelection.FromAllItems,
max_recommended_item_count=10,
return_ratings=False,
""",
            module="score_svd_recommender",
        ),
        Code(
            "SG105",
            "error",
            "missing argument",
            "The module always needs the argument: no default is filled in.",
            "Add the argument to the call.",
            wrong="",
            right="""\
append_or_result_only=True,
""",
            module="score_model",
        ),
        Code(
            "SG106",
            "error",
            "missing argument of the chosen mode",
            "In this mode the module needs the argument: the request fails, or the response is empty.",
            "Add the argument, or choose the mode that does without it.",
            wrong="""\
prediction_kind=RecommenderPredictionKind.ItemRecommendation,
recommended_item_selection=RecommendedItemSelection.FromAllItems,
max_recommended_item_count=10,
""",
            right="""\
prediction_kind=RecommenderPredictionKind.ItemRecommendation,
recommended_item_selection=RecommendedItemSelection.FromAllItems,
max_recommended_item_count=10,
return_ratings=False,
""",
            module="score_svd_recommender",
        ),
        Code(
            "SG107",
            "error",
            "missing dataset",
            "The chosen mode needs a dataset, and the script hands over none.",
            "Load the dataset once, in init(), and hand it to the call: for a recommender, the ratings that it was trained "
            "with.",
            wrong="""\
def init():
    global model
    model = ModelDirectory.load(MODEL_FOLDER).model


def run(data):
    (result,) = ScoreSVDRecommenderModule().run(
        learner=model,
        test_data=read_request(data),
        training_data=None,
        prediction_kind=RecommenderPredictionKind.ItemRecommendation,
        recommended_item_selection=RecommendedItemSelection.FromUnratedItems,
        max_recommended_item_count=10,
        return_ratings=False,
    )
    return json.dumps(result.data_frame.to_dict("list"))
""",
            right="""\
def init():
    global model, ratings
    model = ModelDirectory.load(MODEL_FOLDER).model
    ratings = DataTable(pd.read_csv(os.path.join(MODEL_FOLDER, "ratings.csv")))


def run(data):
    (result,) = ScoreSVDRecommenderModule().run(
        learner=model,
        test_data=read_request(data),
        training_data=ratings,
        prediction_kind=RecommenderPredictionKind.ItemRecommendation,
        recommended_item_selection=RecommendedItemSelection.FromUnratedItems,
        max_recommended_item_count=10,
        return_ratings=False,
    )
    return json.dumps(result.data_frame.to_dict("list"))
""",
        ),
        Code(
            "SG108",
            "error",
            "Enum used but not imported",
            "The first request ends in a NameError.",
            "Add the Enum to the import of the module.",
            wrong="""\
from azureml.studio.modules.recommendation.score_svd_recommender.score_svd_recommender import (
    ScoreSVDRecommenderModule,
    RecommenderPredictionKind,
)


def run(data):
    (result,) = ScoreSVDRecommenderModule().run(
        learner=model,
        test_data=read_request(data),
        prediction_kind=RecommenderPredictionKind.ItemRecommendation,
        recommended_item_selection=RecommendedItemSelection.FromAllItems,
        max_recommended_item_count=10,
        return_ratings=False,
    )
    return json.dumps(result.data_frame.to_dict("list"))
""",
            right="""\
from azureml.studio.modules.recommendation.score_svd_recommender.score_svd_recommender import (
    ScoreSVDRecommenderModule,
    RecommenderPredictionKind,
    RecommendedItemSelection,
)


def run(data):
    (result,) = ScoreSVDRecommenderModule().run(
        learner=model,
        test_data=read_request(data),
        prediction_kind=RecommenderPredictionKind.ItemRecommendation,
        recommended_item_selection=RecommendedItemSelection.FromAllItems,
        max_recommended_item_count=10,
        return_ratings=False,
    )
    return json.dumps(result.data_frame.to_dict("list"))
""",
        ),
        Code(
            "SG109",
            "error",
            "command line option not to be used",
            "The module sets the option itself, does not support it or does not know it; a warning where the request "
            "works, and the option does harm or nothing.",
            "Take the option out. `scoregen modules score_vowpal_wabbit_model` lists those that are refused.",
            wrong="""\
vw_arguments="--link logistic --predictions scores.txt",
specify_file_type="VW",
include_an_extra_column_containing_labels=True,
include_an_extra_column_containing_raw_scores=True,
""",
            right="""\
vw_arguments="--link logistic",
specify_file_type="VW",
include_an_extra_column_containing_labels=True,
include_an_extra_column_containing_raw_scores=True,
""",
            module="score_vowpal_wabbit_model",
        ),
        Code(
            "SG110",
            "info",
            "ignored parameter",
            "The parameter has no effect in the chosen mode.",
            "Take the argument out, or choose the mode in which it counts. It does no harm where it is.",
            wrong="""\
prediction_kind=RecommenderPredictionKind.RatingPrediction,
max_recommended_item_count=10,
""",
            right="""\
prediction_kind=RecommenderPredictionKind.RatingPrediction,
""",
            module="score_svd_recommender",
        ),
        Code(
            "SG111",
            "info",
            "option not meant for production",
            "The designer's reference gives this option for evaluating a model.",
            "Choose another option for an endpoint, unless it serves an evaluation.",
            wrong="""\
recommender_prediction_kind="Item Recommendation",
recommended_item_selection="From Rated Items (for model evaluation)",
maximum_number_of_items_to_recommend_to_a_user=10,
minimum_size_of_the_recommendation_pool_for_a_single_user=2,
""",
            right="""\
recommender_prediction_kind="Item Recommendation",
recommended_item_selection="From All Items",
maximum_number_of_items_to_recommend_to_a_user=10,
""",
            module="score_wide_and_deep_recommender",
        ),
        Code(
            "SG112",
            "info",
            "NaN in the response",
            "The response can hold NaN, which is no JSON: browsers and strict clients reject it.",
            "Replace NaN by None before json.dumps, and have it refuse what is left with allow_nan=False.",
            wrong="""\
def run(data):
    (result,) = ScoreSVDRecommenderModule().run(
        learner=model,
        test_data=read_request(data),
        prediction_kind=RecommenderPredictionKind.ItemRecommendation,
        recommended_item_selection=RecommendedItemSelection.FromRatedItems,
        max_recommended_item_count=10,
        min_recommendation_pool_size=2,
        return_ratings=False,
    )
    frame = result.data_frame
    return json.dumps(frame.to_dict("list"))
""",
            right="""\
def run(data):
    (result,) = ScoreSVDRecommenderModule().run(
        learner=model,
        test_data=read_request(data),
        prediction_kind=RecommenderPredictionKind.ItemRecommendation,
        recommended_item_selection=RecommendedItemSelection.FromRatedItems,
        max_recommended_item_count=10,
        min_recommendation_pool_size=2,
        return_ratings=False,
    )
    frame = result.data_frame.astype(object)
    frame = frame.where(frame.notna(), None)
    return json.dumps(frame.to_dict("list"), allow_nan=False)
""",
        ),
        Code(
            "SG113",
            "info",
            "rows are not checked",
            "When the rows of a request carry different keys, values move from one row to another, silently.",
            "Refuse a request whose rows carry different keys, or collect the columns from the schema's names.",
            wrong="""\
def run(data):
    columns = {}
    for row in json.loads(data):
        for name, value in row.items():
            columns.setdefault(name, [])
            columns[name].append(decode_nan(value))
    (result,) = ScoreModelModule().run(
        learner=model,
        test_data=DataTable.from_dfd(create_dfd_from_dict(columns, SCHEMA)),
        append_or_result_only=True,
    )
    return json.dumps({"result": result.data_frame.values.tolist()})
""",
            right="""\
def run(data):
    rows = json.loads(data)
    if any(row.keys() != rows[0].keys() for row in rows):
        raise ValueError("the rows carry different keys")
    columns = {name: [decode_nan(row[name]) for row in rows] for name in rows[0]}
    (result,) = ScoreModelModule().run(
        learner=model,
        test_data=DataTable.from_dfd(create_dfd_from_dict(columns, SCHEMA)),
        append_or_result_only=True,
    )
    return json.dumps({"result": result.data_frame.values.tolist()})
""",
        ),
        Code(
            "SG114",
            "info",
            "value known only when the script runs",
            "What the value is cannot be told from the text, so it is not checked; nor is what depends on it.",
            "Make sure that the module will take the value, or write it into the script.",
            wrong="""\
prediction_kind=RecommenderPredictionKind.ItemRecommendation,
recommended_item_selection=RecommendedItemSelection.FromAllItems,
max_recommended_item_count=int(os.getenv("ITEMS", "10")),
return_ratings=False,
""",
            right="""\
prediction_kind=RecommenderPredictionKind.ItemRecommendation,
recommended_item_selection=RecommendedItemSelection.FromAllItems,
max_recommended_item_count=10,
return_ratings=False,
""",
            module="score_svd_recommender",
        ),
        Code(
            "SG115",
            "error",
            "argument without its name",
            "The module takes its arguments by name only.",
            "Write each argument as name=value.",
            wrong="""\
def run(data):
    (result,) = ScoreModelModule().run(model, test_data=read_request(data), append_or_result_only=True)
    return json.dumps({"result": result.data_frame.values.tolist()})
""",
            right="""\
def run(data):
    (result,) = ScoreModelModule().run(learner=model, test_data=read_request(data), append_or_result_only=True)
    return json.dumps({"result": result.data_frame.values.tolist()})
""",
        ),
        Code(
            "SG116",
            "error",
            "argument given twice",
            "Python refuses a call that gives one argument twice.",
            "Keep one of the two. What overrides a dict goes into the dict, not into the call.",
            wrong="""\
def run(data):
    score_params = dict(
        learner=model,
        test_data=read_request(data),
        append_or_result_only=True,
    )
    (result,) = ScoreModelModule().run(**score_params, append_or_result_only=False)
    return json.dumps({"result": result.data_frame.values.tolist()})
""",
            right="""\
def run(data):
    score_params = dict(
        learner=model,
        test_data=read_request(data),
        append_or_result_only=False,
    )
    (result,) = ScoreModelModule().run(**score_params)
    return json.dumps({"result": result.data_frame.values.tolist()})
""",
        ),
        Code(
            "SG117",
            "info",
            "parameters that cannot be followed",
            "How the script puts its parameters together cannot be told from the text, so they are not checked.",
            "Put the parameters into the call, or into one dict that is filled only on the way to the call.",
            wrong="""\
def run(data):
    with open("settings.json") as file:
        score_params = json.load(file)
    (result,) = ScoreModelModule().run(learner=model, test_data=read_request(data), **score_params)
    return json.dumps({"result": result.data_frame.values.tolist()})
""",
            right="""\
def run(data):
    score_params = dict(append_or_result_only=True)
    (result,) = ScoreModelModule().run(learner=model, test_data=read_request(data), **score_params)
    return json.dumps({"result": result.data_frame.values.tolist()})
""",
        ),
        Code(
            "SG118",
            "info",
            "no scoring call",
            "The script imports a Score module, and no call of the module's run() is found, so nothing is checked.",
            "Call run() on the class, or on a name that the class or its instance is assigned to.",
            wrong="""\
def scorer():
    return ScoreModelModule()


def run(data):
    (result,) = scorer().run(
        learner=model,
        test_data=read_request(data),
        append_or_result_only=True,
    )
    return json.dumps({"result": result.data_frame.values.tolist()})
""",
            right="""\
def run(data):
    scorer = ScoreModelModule()
    (result,) = scorer.run(
        learner=model,
        test_data=read_request(data),
        append_or_result_only=True,
    )
    return json.dumps({"result": result.data_frame.values.tolist()})
""",
        ),
    )
}
