"""The facts, made from the YAML by ``python -m generator.facts.compile``: do not edit."""

from __future__ import annotations

from typing import Any

DATA: dict[str, Any] = {'codes': ({'code': 'SG100',
            'severity': 'error',
            'title': 'the file is not valid Python',
            'meaning': 'Python cannot read the script, so the endpoint cannot start.',
            'remedy': 'Correct the syntax at the place that the message names. It may be left over from Python 2, '
                      'or be newer than the Python that runs scoregen.',
            'can_be_ignored': False,
            'wrong': 'def run(data):\n'
                     '    print "scoring", data\n'
                     '    (result,) = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n',
            'right': 'def run(data):\n'
                     '    print("scoring", data)\n'
                     '    (result,) = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n'},
           {'code': 'SG101',
            'severity': 'error',
            'title': 'unknown parameter',
            'meaning': 'The module has no parameter of that name. Some modules fail, some drop it without a word.',
            'remedy': 'Write the name as the module has it, or take the argument out. `scoregen modules` lists the '
                      'names.',
            'module': 'score_wide_and_deep_recommender',
            'wrong': 'recommender_prediction_kind="Item Recommendation",\n'
                     'recommended_item_selection="From All Items",\n'
                     'maximum_number_of_items_to_recommend_to_a_user=10,\n'
                     'whether_to_return_the_predicted_ratings="True",\n',
            'right': 'recommender_prediction_kind="Item Recommendation",\n'
                     'recommended_item_selection="From All Items",\n'
                     'maximum_number_of_items_to_recommend_to_a_user=10,\n'
                     'whether_to_return_the_predicted_ratings_of_the_items_along_with_the_labels="True",\n'},
           {'code': 'SG102',
            'severity': 'error',
            'title': 'value not allowed',
            'meaning': 'The value is none of those that the module knows, so the request fails.',
            'remedy': 'Write one of the values that the message lists, letter for letter.',
            'module': 'score_wide_and_deep_recommender',
            'wrong': 'recommender_prediction_kind="Item Recommendation",\n'
                     'recommended_item_selection="From all items",\n'
                     'maximum_number_of_items_to_recommend_to_a_user=10,\n',
            'right': 'recommender_prediction_kind="Item Recommendation",\n'
                     'recommended_item_selection="From All Items",\n'
                     'maximum_number_of_items_to_recommend_to_a_user=10,\n'},
           {'code': 'SG103',
            'severity': 'error',
            'title': 'wrong type',
            'meaning': 'The module takes the value in another form: as a member of an Enum, a text, a whole number '
                       'or a boolean.',
            'remedy': 'Write the value in the form that the message names. The modules differ: one option is a '
                      'member of an Enum for Score SVD Recommender and a text for Score Wide and Deep Recommender.',
            'module': 'score_svd_recommender',
            'wrong': 'prediction_kind="Rating Prediction",\n',
            'right': 'prediction_kind=RecommenderPredictionKind.RatingPrediction,\n'},
           {'code': 'SG104',
            'severity': 'error',
            'title': 'below the minimum',
            'meaning': 'A lesser value makes the request fail or empties the response; a warning where the module '
                       'does not look.',
            'remedy': 'Write the minimum that the message names, or more.',
            'module': 'score_svd_recommender',
            'wrong': 'prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     'recommended_item_selection=RecommendedItemSelection.FromAllItems,\n'
                     'max_recommended_item_count=0,\n'
                     'return_ratings=False,\n',
            'right': 'prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     'recommended_item_selection=RecommendedItemSelection.FromAllItems,\n'
                     'max_recommended_item_count=10,\n'
                     'return_ratings=False,\n'},
           {'code': 'SG105',
            'severity': 'error',
            'title': 'missing argument',
            'meaning': 'The module always needs the argument: no default is filled in.',
            'remedy': 'Add the argument to the call.',
            'module': 'score_model',
            'wrong': '',
            'right': 'append_or_result_only=True,\n'},
           {'code': 'SG106',
            'severity': 'error',
            'title': 'missing argument of the chosen mode',
            'meaning': 'In this mode the module needs the argument: the request fails, or the response is empty.',
            'remedy': 'Add the argument, or choose the mode that does without it.',
            'module': 'score_svd_recommender',
            'wrong': 'prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     'recommended_item_selection=RecommendedItemSelection.FromAllItems,\n'
                     'max_recommended_item_count=10,\n',
            'right': 'prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     'recommended_item_selection=RecommendedItemSelection.FromAllItems,\n'
                     'max_recommended_item_count=10,\n'
                     'return_ratings=False,\n'},
           {'code': 'SG107',
            'severity': 'error',
            'title': 'missing dataset',
            'meaning': 'The chosen mode needs a dataset, and the script hands over none.',
            'remedy': 'Load the dataset once, in init(), and hand it to the call: for a recommender, the ratings '
                      'that it was trained with.',
            'wrong': 'def init():\n'
                     '    global model\n'
                     '    model = ModelDirectory.load(MODEL_FOLDER).model\n'
                     '\n'
                     '\n'
                     'def run(data):\n'
                     '    (result,) = ScoreSVDRecommenderModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        training_data=None,\n'
                     '        prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     '        recommended_item_selection=RecommendedItemSelection.FromUnratedItems,\n'
                     '        max_recommended_item_count=10,\n'
                     '        return_ratings=False,\n'
                     '    )\n'
                     '    return json.dumps(result.data_frame.to_dict("list"))\n',
            'right': 'def init():\n'
                     '    global model, ratings\n'
                     '    model = ModelDirectory.load(MODEL_FOLDER).model\n'
                     '    ratings = DataTable(pd.read_csv(os.path.join(MODEL_FOLDER, "ratings.csv")))\n'
                     '\n'
                     '\n'
                     'def run(data):\n'
                     '    (result,) = ScoreSVDRecommenderModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        training_data=ratings,\n'
                     '        prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     '        recommended_item_selection=RecommendedItemSelection.FromUnratedItems,\n'
                     '        max_recommended_item_count=10,\n'
                     '        return_ratings=False,\n'
                     '    )\n'
                     '    return json.dumps(result.data_frame.to_dict("list"))\n'},
           {'code': 'SG108',
            'severity': 'error',
            'title': 'Enum used but not imported',
            'meaning': 'The first request ends in a NameError.',
            'remedy': 'Add the Enum to the import of the module.',
            'wrong': 'from azureml.studio.modules.recommendation.score_svd_recommender.score_svd_recommender '
                     'import (\n'
                     '    ScoreSVDRecommenderModule,\n'
                     '    RecommenderPredictionKind,\n'
                     ')\n'
                     '\n'
                     '\n'
                     'def run(data):\n'
                     '    (result,) = ScoreSVDRecommenderModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     '        recommended_item_selection=RecommendedItemSelection.FromAllItems,\n'
                     '        max_recommended_item_count=10,\n'
                     '        return_ratings=False,\n'
                     '    )\n'
                     '    return json.dumps(result.data_frame.to_dict("list"))\n',
            'right': 'from azureml.studio.modules.recommendation.score_svd_recommender.score_svd_recommender '
                     'import (\n'
                     '    ScoreSVDRecommenderModule,\n'
                     '    RecommenderPredictionKind,\n'
                     '    RecommendedItemSelection,\n'
                     ')\n'
                     '\n'
                     '\n'
                     'def run(data):\n'
                     '    (result,) = ScoreSVDRecommenderModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     '        recommended_item_selection=RecommendedItemSelection.FromAllItems,\n'
                     '        max_recommended_item_count=10,\n'
                     '        return_ratings=False,\n'
                     '    )\n'
                     '    return json.dumps(result.data_frame.to_dict("list"))\n'},
           {'code': 'SG109',
            'severity': 'error',
            'title': 'command line that does not work',
            'meaning': 'The module does not know the option, sets it itself or does not support it, or the option '
                       'lacks its value or has one that is not taken. A warning where the request is answered all '
                       'the same, and the option has no effect or a harmful one.',
            'remedy': 'Write the option as the message has it, or take it out. `scoregen modules '
                      'score_vowpal_wabbit_model` lists those that are refused.',
            'module': 'score_vowpal_wabbit_model',
            'wrong': 'vw_arguments="--link logistic --raw_predictions scores.txt",\n'
                     'specify_file_type="VW",\n'
                     'include_an_extra_column_containing_labels=True,\n'
                     'include_an_extra_column_containing_raw_scores=True,\n',
            'right': 'vw_arguments="--link logistic",\n'
                     'specify_file_type="VW",\n'
                     'include_an_extra_column_containing_labels=True,\n'
                     'include_an_extra_column_containing_raw_scores=True,\n'},
           {'code': 'SG110',
            'severity': 'info',
            'title': 'ignored parameter',
            'meaning': 'The parameter has no effect in the chosen mode.',
            'remedy': 'Take the argument out, or choose the mode in which it counts. It does no harm where it is.',
            'module': 'score_svd_recommender',
            'wrong': 'prediction_kind=RecommenderPredictionKind.RatingPrediction,\n'
                     'max_recommended_item_count=10,\n',
            'right': 'prediction_kind=RecommenderPredictionKind.RatingPrediction,\n'},
           {'code': 'SG111',
            'severity': 'info',
            'title': 'option not meant for production',
            'meaning': "The designer's reference gives this option for evaluating a model.",
            'remedy': 'Choose another option for an endpoint, unless it serves an evaluation.',
            'module': 'score_wide_and_deep_recommender',
            'wrong': 'recommender_prediction_kind="Item Recommendation",\n'
                     'recommended_item_selection="From Rated Items (for model evaluation)",\n'
                     'maximum_number_of_items_to_recommend_to_a_user=10,\n'
                     'minimum_size_of_the_recommendation_pool_for_a_single_user=2,\n',
            'right': 'recommender_prediction_kind="Item Recommendation",\n'
                     'recommended_item_selection="From All Items",\n'
                     'maximum_number_of_items_to_recommend_to_a_user=10,\n'},
           {'code': 'SG112',
            'severity': 'info',
            'title': 'NaN in the response',
            'meaning': 'Where a list has fewer items than were asked for, the module fills it with NaN, whatever '
                       'the selection. JSON does not have NaN: browsers and strict clients reject such a response.',
            'remedy': 'Replace NaN by None before json.dumps, and have it refuse what is left with '
                      'allow_nan=False.',
            'wrong': 'def run(data):\n'
                     '    (result,) = ScoreSVDRecommenderModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     '        recommended_item_selection=RecommendedItemSelection.FromRatedItems,\n'
                     '        max_recommended_item_count=10,\n'
                     '        min_recommendation_pool_size=2,\n'
                     '        return_ratings=False,\n'
                     '    )\n'
                     '    frame = result.data_frame\n'
                     '    return json.dumps(frame.to_dict("list"))\n',
            'right': 'def run(data):\n'
                     '    (result,) = ScoreSVDRecommenderModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     '        recommended_item_selection=RecommendedItemSelection.FromRatedItems,\n'
                     '        max_recommended_item_count=10,\n'
                     '        min_recommendation_pool_size=2,\n'
                     '        return_ratings=False,\n'
                     '    )\n'
                     '    frame = result.data_frame.astype(object)\n'
                     '    frame = frame.where(frame.notna(), None)\n'
                     '    return json.dumps(frame.to_dict("list"), allow_nan=False)\n'},
           {'code': 'SG113',
            'severity': 'info',
            'title': 'rows are not checked',
            'meaning': 'When the rows of a request carry different keys, values move from one row to another, '
                       'silently.',
            'remedy': "Refuse a request whose rows carry different keys, or collect the columns from the schema's "
                      'names.',
            'wrong': 'def run(data):\n'
                     '    columns = {}\n'
                     '    for row in json.loads(data):\n'
                     '        for name, value in row.items():\n'
                     '            columns.setdefault(name, [])\n'
                     '            columns[name].append(decode_nan(value))\n'
                     '    (result,) = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=DataTable.from_dfd(create_dfd_from_dict(columns, SCHEMA)),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n',
            'right': 'def run(data):\n'
                     '    rows = json.loads(data)\n'
                     '    if any(row.keys() != rows[0].keys() for row in rows):\n'
                     '        raise ValueError("the rows carry different keys")\n'
                     '    columns = {name: [decode_nan(row[name]) for row in rows] for name in rows[0]}\n'
                     '    (result,) = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=DataTable.from_dfd(create_dfd_from_dict(columns, SCHEMA)),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n'},
           {'code': 'SG114',
            'severity': 'info',
            'title': 'value known only when the script runs',
            'meaning': 'What the value is cannot be told from the text, so it is not checked; nor is what depends '
                       'on it.',
            'remedy': 'Make sure that the module will take the value, or write it into the script.',
            'module': 'score_svd_recommender',
            'wrong': 'prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     'recommended_item_selection=RecommendedItemSelection.FromAllItems,\n'
                     'max_recommended_item_count=int(os.getenv("ITEMS", "10")),\n'
                     'return_ratings=False,\n',
            'right': 'prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     'recommended_item_selection=RecommendedItemSelection.FromAllItems,\n'
                     'max_recommended_item_count=10,\n'
                     'return_ratings=False,\n'},
           {'code': 'SG115',
            'severity': 'error',
            'title': 'argument without its name',
            'meaning': 'The module takes its arguments by name only.',
            'remedy': 'Write each argument as name=value.',
            'wrong': 'def run(data):\n'
                     '    (result,) = ScoreModelModule().run(model, test_data=read_request(data), '
                     'append_or_result_only=True)\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n',
            'right': 'def run(data):\n'
                     '    (result,) = ScoreModelModule().run(learner=model, test_data=read_request(data), '
                     'append_or_result_only=True)\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n'},
           {'code': 'SG116',
            'severity': 'error',
            'title': 'argument given twice',
            'meaning': 'Python refuses a call that gives one argument twice.',
            'remedy': 'Keep one of the two. What overrides a dict goes into the dict, not into the call.',
            'wrong': 'def run(data):\n'
                     '    score_params = dict(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    (result,) = ScoreModelModule().run(**score_params, append_or_result_only=False)\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n',
            'right': 'def run(data):\n'
                     '    score_params = dict(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=False,\n'
                     '    )\n'
                     '    (result,) = ScoreModelModule().run(**score_params)\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n'},
           {'code': 'SG117',
            'severity': 'info',
            'title': 'parameters that cannot be followed',
            'meaning': 'Not all that the call is given can be told from the text, so it is not all checked.',
            'remedy': 'Name the parameters in the call, or in one dict that is handed to nothing that may change '
                      'it.',
            'wrong': 'def run(data):\n'
                     '    with open("settings.json") as file:\n'
                     '        score_params = json.load(file)\n'
                     '    (result,) = ScoreModelModule().run(learner=model, test_data=read_request(data), '
                     '**score_params)\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n',
            'right': 'def run(data):\n'
                     '    score_params = dict(append_or_result_only=True)\n'
                     '    (result,) = ScoreModelModule().run(learner=model, test_data=read_request(data), '
                     '**score_params)\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n'},
           {'code': 'SG118',
            'severity': 'info',
            'title': 'no scoring call',
            'meaning': "The script imports a Score module, and run() reaches no call of the module's run(), so "
                       'nothing is checked.',
            'remedy': "Call the module's run() in run(), or in a function that run() calls.",
            'wrong': 'def score(data):\n'
                     '    (result,) = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n'
                     '\n'
                     '\n'
                     'def run(data):\n'
                     '    return json.dumps({"result": []})\n',
            'right': 'def run(data):\n'
                     '    scorer = ScoreModelModule()\n'
                     '    (result,) = scorer.run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n'},
           {'code': 'SG119',
            'severity': 'error',
            'title': 'syntax of a newer Python',
            'meaning': "The endpoint's Python cannot read the script, so it does not start. That Python is the one "
                       "of the conda file beside the script, or else 3.8. An information where the endpoint's "
                       'Python is newer than the one that runs scoregen, which then cannot tell.',
            'remedy': 'Write it without, as Python 3.8 has it.',
            'wrong': 'def run(data):\n'
                     '    match json.loads(data):\n'
                     '        case []:\n'
                     '            raise ValueError("no rows")\n'
                     '    (result,) = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n',
            'right': 'def run(data):\n'
                     '    if json.loads(data) == []:\n'
                     '        raise ValueError("no rows")\n'
                     '    (result,) = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n'},
           {'code': 'SG120',
            'severity': 'error',
            'title': 'name of a newer Python',
            'meaning': "The endpoint's Python lacks the module, name, method or argument, so the script does not "
                       'start or the request fails. A warning where it is not sure that the script comes by there, '
                       "or that the method is Python's.",
            'remedy': 'Write it without, or behind a question for the version.',
            'wrong': 'DEFAULTS = {"append_or_result_only": True}\n'
                     '\n'
                     '\n'
                     'def run(data):\n'
                     '    score_params = DEFAULTS | {"learner": model, "test_data": read_request(data)}\n'
                     '    (result,) = ScoreModelModule().run(**score_params)\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n',
            'right': 'DEFAULTS = {"append_or_result_only": True}\n'
                     '\n'
                     '\n'
                     'def run(data):\n'
                     '    score_params = {**DEFAULTS, "learner": model, "test_data": read_request(data)}\n'
                     '    (result,) = ScoreModelModule().run(**score_params)\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n'},
           {'code': 'SG121',
            'severity': 'info',
            'title': 'nothing to check',
            'meaning': 'Standard input imports no Score module of the designer, so nothing of it is checked. Of a '
                       'file that is named, standard error says the same, and the exit code is 1. One that calls a '
                       'Score module in another file is not followed there.',
            'remedy': 'Name the file that calls the Score module, or its folder.',
            'whole': True,
            'wrong': 'def run(data):\n    return {"result": []}\n',
            'right': 'from azureml.studio.modules.ml.score.score_generic_module.score_generic_module import '
                     'ScoreModelModule\n'
                     '\n'
                     '\n'
                     'def score(model, request):\n'
                     '    (result,) = ScoreModelModule().run(learner=model, test_data=request, '
                     'append_or_result_only=True)\n'
                     '    return result.data_frame\n'},
           {'code': 'SG122',
            'severity': 'info',
            'title': 'entry script of a pipeline',
            'meaning': 'A pipeline that was deployed from the designer has this entry script. It runs the whole '
                       'pipeline and holds no settings of a Score module, so there is nothing to check or to set. '
                       'Its requests and responses have another form, and it answers a wrong request with status '
                       '400 and the reason.',
            'remedy': 'Leave it as it is. For settings of your own, deploy the model alone, by the score.py beside '
                      'it.',
            'whole': True,
            'wrong': 'from azureml.designer.serving.dagengine.score_implementation import init, run\n',
            'right': 'from azureml.studio.modules.ml.score.score_generic_module.score_generic_module import '
                     'ScoreModelModule\n'
                     '\n'
                     '\n'
                     'def score(model, request):\n'
                     '    (result,) = ScoreModelModule().run(learner=model, test_data=request, '
                     'append_or_result_only=True)\n'
                     '    return result.data_frame\n'},
           {'code': 'SG123',
            'severity': 'error',
            'title': 'wrong use of the result',
            'meaning': 'run() of a Score module returns a tuple of one result, and the scored data is in one '
                       'attribute of that. What the script takes is not there, so every request fails.',
            'remedy': 'Unpack the result as `(result,) = ...`, and take the attribute that the message names.',
            'wrong': 'def run(data):\n'
                     '    result = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n',
            'right': 'def run(data):\n'
                     '    (result,) = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n'},
           {'code': 'SG124',
            'severity': 'error',
            'title': 'name that another function keeps',
            'meaning': 'A function gives the name a value without `global`, so no other function sees it, as when '
                       'init() loads a model for run(). Where it is read, that is a NameError. A warning where the '
                       'script may not come by there.',
            'remedy': 'Write `global NAME` in the function that gives the value.',
            'wrong': 'def init():\n'
                     '    model = ModelDirectory.load(MODEL_FOLDER).model\n'
                     '\n'
                     '\n'
                     'def run(data):\n'
                     '    (result,) = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n',
            'right': 'def init():\n'
                     '    global model\n'
                     '    model = ModelDirectory.load(MODEL_FOLDER).model\n'
                     '\n'
                     '\n'
                     'def run(data):\n'
                     '    (result,) = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n'},
           {'code': 'SG125',
            'severity': 'info',
            'title': 'predictions that are squeezed',
            'meaning': 'The downloaded script has `--link logistic`, which turns each prediction into a number '
                       'between 0 and 1. That is right for a model that was trained with `--loss_function '
                       'logistic`; of any other model the predictions are lost.',
            'remedy': 'Leave the option out, unless the model was trained so. What the model itself says is in the '
                      'column of raw scores.',
            'module': 'score_vowpal_wabbit_model',
            'wrong': 'vw_arguments="--link logistic",\n'
                     'specify_file_type="VW",\n'
                     'include_an_extra_column_containing_labels=True,\n'
                     'include_an_extra_column_containing_raw_scores=True,\n',
            'right': 'vw_arguments="",\n'
                     'specify_file_type="VW",\n'
                     'include_an_extra_column_containing_labels=True,\n'
                     'include_an_extra_column_containing_raw_scores=True,\n'},
           {'code': 'SG130',
            'severity': 'error',
            'title': 'dates in a response that cannot hold them',
            'meaning': 'A column of the model beside the script holds dates, and the script encodes the whole '
                       'scored table with json.dumps, which has no form for them. Every request fails with a '
                       'TypeError.',
            'remedy': 'Make the dates text, as `scoregen rewrite SCRIPT --strict-json` or `response` with '
                      '`strict_json` in a config does.',
            'dates': 'born',
            'wrong': 'def run(data):\n'
                     '    (result,) = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n',
            'right': 'def run(data):\n'
                     '    (result,) = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()}, default=str)\n'},
           {'code': 'SG131',
            'severity': 'warning',
            'title': 'dataset that only this machine has',
            'meaning': 'Nothing but the folders of the script and of the model is deployed. An absolute path, one '
                       'that leads out of the folder, a home folder, an address or a path with back slashes is not '
                       'there on the endpoint, so that it does not start.',
            'remedy': 'Put the data beside the script or the model, and start its path from there.',
            'wrong': 'def init():\n'
                     '    global model, ratings\n'
                     '    model = ModelDirectory.load(MODEL_FOLDER).model\n'
                     '    ratings = DataTable(pd.read_csv("C:/data/ratings.csv"))\n'
                     '\n'
                     '\n'
                     'def run(data):\n'
                     '    (result,) = ScoreSVDRecommenderModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        training_data=ratings,\n'
                     '        prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     '        recommended_item_selection=RecommendedItemSelection.FromUnratedItems,\n'
                     '        max_recommended_item_count=10,\n'
                     '        return_ratings=False,\n'
                     '    )\n'
                     '    return json.dumps(result.data_frame.to_dict("list"))\n',
            'right': 'def init():\n'
                     '    global model, ratings\n'
                     '    model = ModelDirectory.load(MODEL_FOLDER).model\n'
                     '    ratings = DataTable(pd.read_csv(os.path.join(MODEL_FOLDER, "ratings.csv")))\n'
                     '\n'
                     '\n'
                     'def run(data):\n'
                     '    (result,) = ScoreSVDRecommenderModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        training_data=ratings,\n'
                     '        prediction_kind=RecommenderPredictionKind.ItemRecommendation,\n'
                     '        recommended_item_selection=RecommendedItemSelection.FromUnratedItems,\n'
                     '        max_recommended_item_count=10,\n'
                     '        return_ratings=False,\n'
                     '    )\n'
                     '    return json.dumps(result.data_frame.to_dict("list"))\n'},
           {'code': 'SG132',
            'severity': 'error',
            'title': 'model of another module',
            'meaning': 'The Score module that the script calls does not score models of the kind that lies beside '
                       'the script, as the class in its _data.pkl or model_spec.yaml tells. The endpoint does not '
                       'start, or every request fails.',
            'remedy': 'Put the model beside the script that it is written for, or call the Score module that the '
                      'message names.',
            'model_of': 'assign_data_to_clusters',
            'wrong': 'def run(data):\n'
                     '    (result,) = ScoreModelModule().run(\n'
                     '        learner=model,\n'
                     '        test_data=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n',
            'right': 'def run(data):\n'
                     '    (result,) = AssignDataToClustersModule().run(\n'
                     '        cluster=model,\n'
                     '        data_table=read_request(data),\n'
                     '        append_or_result_only=True,\n'
                     '    )\n'
                     '    return json.dumps({"result": result.data_frame.values.tolist()})\n'},
           {'code': 'SG200',
            'severity': 'error',
            'title': 'the file is not a conda file',
            'about': 'conda file',
            'meaning': 'conda cannot read the file, so the environment cannot be made.',
            'remedy': 'Correct the file at the place that the message names.',
            'can_be_ignored': False,
            'module': 'score_model',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python: 3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-core==0.0.80\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-core==0.0.80\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG201',
            'severity': 'error',
            'title': 'requirement that cannot be read',
            'about': 'conda file',
            'meaning': 'conda or pip refuses the file for it. pip wants name==1.2, where conda has name=1.2 too.',
            'remedy': 'Write the requirement as the message proposes, or as the documentation of conda or pip has '
                      'it.',
            'module': 'score_model',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults=1.54.0\n'
                     '  - azureml-designer-core==0.0.80\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-core==0.0.80\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG202',
            'severity': 'error',
            'title': 'package given twice',
            'about': 'conda file',
            'meaning': 'pip 20.2 refuses a file that gives a package twice with different versions.',
            'remedy': 'Keep one of the two.',
            'module': 'score_model',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-core==0.0.80\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-core==0.0.80\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG203',
            'severity': 'error',
            'title': 'missing package of the designer',
            'about': 'conda file',
            'meaning': 'The script imports from the package, so it cannot start without it.',
            'remedy': 'Add the package under `pip:`, in the release that the downloaded conda file names.',
            'module': 'score_wide_and_deep_recommender',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-recommender-modules==0.0.65\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG204',
            'severity': 'error',
            'title': 'package of another module',
            'about': 'conda file',
            'meaning': 'The package holds other modules than the one that the script calls, so the script cannot '
                       'start.',
            'remedy': 'Write the package of the module, or deploy the script that belongs to the model.',
            'module': 'score_wide_and_deep_recommender',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-core==0.0.80\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-recommender-modules==0.0.65\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG205',
            'severity': 'error',
            'title': 'package of the designer that is not pinned',
            'about': 'conda file',
            'meaning': 'Some releases of these packages are empty, mostly the newest, and a package that is not '
                       'pinned may become one of them. A warning where only real releases are left: one may not '
                       'load the model that another trained.',
            'remedy': 'Pin the package with == to the release that the downloaded conda file names.',
            'module': 'score_wide_and_deep_recommender',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-recommender-modules\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-recommender-modules==0.0.65\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG206',
            'severity': 'error',
            'title': 'empty release',
            'about': 'conda file',
            'meaning': 'The release is on PyPI, but no file is in it. It can be installed, and the script that '
                       'imports from it cannot start.',
            'remedy': 'Pin the package to the release that the downloaded conda file names.',
            'module': 'score_wide_and_deep_recommender',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-recommender-modules==0.0.76\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-recommender-modules==0.0.65\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG207',
            'severity': 'error',
            'title': 'core package left to chance',
            'about': 'conda file',
            'meaning': 'Every script loads its model with azureml-designer-core, which the downloaded file does '
                       'not name. Other packages ask for it, and pip 20.2 does what it is asked first: '
                       'azureml-designer-serving asks for any release from some release on, and gets the newest, '
                       'which is empty. So the script cannot start.',
            'remedy': 'Add azureml-designer-core under `pip:`, in the release that the message names.',
            'module': 'score_model',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-core==0.0.80\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG208',
            'severity': 'error',
            'title': 'Python that does not fit the packages',
            'about': 'conda file',
            'meaning': "The releases of the designer's packages fit certain versions of Python. With another one "
                       'the environment cannot be made.',
            'remedy': 'Pin Python to the version that the message names.',
            'module': 'score_wide_and_deep_recommender',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-recommender-modules==0.0.65\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-recommender-modules==0.0.65\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG209',
            'severity': 'error',
            'title': 'pip that refuses the packages',
            'about': 'conda file',
            'meaning': "The designer's packages ask for versions that contradict each other. pip installs them all "
                       'the same up to 20.2, and refuses to from 20.3 on. A warning where the requirements can be '
                       'met today, or little is known of the release.',
            'remedy': 'Pin pip to 20.2, as the downloaded conda file does.',
            'module': 'score_wide_and_deep_recommender',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-recommender-modules==0.0.65\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-recommender-modules==0.0.65\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG210',
            'severity': 'error',
            'title': 'server that does not fit Python',
            'about': 'conda file',
            'meaning': 'azureml-defaults brings the server that runs the script. The downloaded conda file leaves '
                       "its release open, and the newest ones need a later Python than the designer's packages, so "
                       'the environment cannot be made any more. A warning where pip may find an older release by '
                       'itself.',
            'remedy': 'Pin azureml-defaults to the release that the message names.',
            'module': 'score_wide_and_deep_recommender',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults\n'
                     '  - azureml-designer-recommender-modules==0.0.65\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-recommender-modules==0.0.65\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG211',
            'severity': 'error',
            'title': 'missing package of the module',
            'about': 'conda file',
            'meaning': 'The module imports a package that conda installs, so the script cannot start without it. A '
                       'warning where the package is there and not pinned.',
            'remedy': 'Add the package under `dependencies:`, in the release that the message names.',
            'module': 'score_svd_recommender',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-core==0.0.80\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- scikit-surprise=1.1.0\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-core==0.0.80\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG212',
            'severity': 'error',
            'title': 'release that cannot load the model',
            'about': 'conda file',
            'meaning': 'The model in the folder names the scikit-learn that saved it, and the release in the file '
                       'installs another one. The endpoint starts, and every request fails. The template of the '
                       "designer's conda file stopped at a release, so that models of later ones lie beside a file "
                       'that cannot serve them. A warning where nothing is known of the scikit-learn that the '
                       'model names.',
            'remedy': "Pin the designer's packages to the releases that the message names, on their Python. "
                      '`scoregen check --fix` does so.',
            'module': 'score_model',
            'model': '1.5.0',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-core==0.0.80\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.9.18\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-core==0.0.86\n'
                     '  - azureml-designer-classic-modules==0.0.195\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG213',
            'severity': 'info',
            'title': 'release of which nothing is known',
            'about': 'conda file',
            'meaning': 'The release is older than those of which it is known what they need, so that nothing in '
                       'the file is judged.',
            'remedy': 'Try the environment before you deploy it, or train the model anew and take the file that is '
                      'beside it then.',
            'module': 'score_model',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.6.8\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.15.0\n'
                     '  - azureml-designer-classic-modules==0.0.99\n'
                     '  - azureml-designer-serving==0.0.10\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.6.8\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.47.0\n'
                     '  - azureml-designer-classic-modules==0.0.153\n'
                     '  - azureml-designer-serving==0.0.10\n'},
           {'code': 'SG214',
            'severity': 'warning',
            'title': 'core package of another release',
            'about': 'conda file',
            'meaning': "Each release of the designer's packages was made for one release of azureml-designer-core. "
                       'pip 20.2 takes the one that the file pins, and nobody has seen the two work together.',
            'remedy': 'Pin azureml-designer-core to the release that the message names.',
            'module': 'score_model',
            'wrong': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-core==0.0.77\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n',
            'right': 'name: project_environment\n'
                     'channels:\n'
                     '- conda-forge\n'
                     'dependencies:\n'
                     '- python=3.8.10\n'
                     '- pip=20.2\n'
                     '- pip:\n'
                     '  - azureml-defaults==1.54.0\n'
                     '  - azureml-designer-core==0.0.80\n'
                     '  - azureml-designer-classic-modules==0.0.185\n'
                     '  - azureml-designer-serving==0.0.13\n'},
           {'code': 'SG300',
            'severity': 'error',
            'title': 'the file is not a deployment',
            'about': 'deployment',
            'meaning': 'Azure cannot read the file, so nothing can be deployed with it.',
            'remedy': 'Correct the file at the place that the message names.',
            'can_be_ignored': False,
            'module': 'score_model',
            'wrong': '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\n'
                     'name: blue\n'
                     'name: green\n'
                     'endpoint_name: my-endpoint\n'
                     'model:\n'
                     '  path: trained_model_outputs\n'
                     '  type: custom_model\n'
                     'code_configuration:\n'
                     '  code: .\n'
                     '  scoring_script: score.py\n'
                     'environment:\n'
                     '  conda_file: conda_env.yaml\n'
                     '  image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest\n'
                     'instance_type: Standard_DS3_v2\n'
                     'instance_count: 1\n',
            'right': '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\n'
                     'name: blue\n'
                     'endpoint_name: my-endpoint\n'
                     'model:\n'
                     '  path: trained_model_outputs\n'
                     '  type: custom_model\n'
                     'code_configuration:\n'
                     '  code: .\n'
                     '  scoring_script: score.py\n'
                     'environment:\n'
                     '  conda_file: conda_env.yaml\n'
                     '  image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest\n'
                     'instance_type: Standard_DS3_v2\n'
                     'instance_count: 1\n'},
           {'code': 'SG301',
            'severity': 'error',
            'title': 'run() for another kind of endpoint',
            'about': 'deployment',
            'meaning': 'An online endpoint hands run() the text of a request, a batch endpoint a list of files. A '
                       'run() that takes the other fails at every call. What it takes is told by what it does with '
                       'its argument; where that cannot be told, it is an information.',
            'remedy': 'Generate a script for the kind of endpoint, by `endpoint` in a config, or deploy it on the '
                      'other kind.',
            'module': 'score_model',
            'wrong': '$schema: https://azuremlschemas.azureedge.net/latest/batchDeployment.schema.json\n'
                     'name: blue\n'
                     'endpoint_name: my-endpoint\n'
                     'model: azureml:my-model:1\n'
                     'code_configuration:\n'
                     '  code: .\n'
                     '  scoring_script: score.py\n'
                     'environment:\n'
                     '  conda_file: conda_env.yaml\n'
                     '  image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest\n'
                     'compute: azureml:cpu-cluster\n'
                     'mini_batch_size: 10\n',
            'right': '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\n'
                     'name: blue\n'
                     'endpoint_name: my-endpoint\n'
                     'model: azureml:my-model:1\n'
                     'code_configuration:\n'
                     '  code: .\n'
                     '  scoring_script: score.py\n'
                     'environment:\n'
                     '  conda_file: conda_env.yaml\n'
                     '  image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest\n'
                     'instance_type: Standard_DS3_v2\n'
                     'instance_count: 1\n'},
           {'code': 'SG302',
            'severity': 'error',
            'title': 'file that is not there',
            'about': 'deployment',
            'meaning': 'The deployment names a script, a folder, a conda file or a model that is not there, so it '
                       'cannot be made.',
            'remedy': 'Put the file there, or name the place where it is. Paths begin at the folder of the '
                      "deployment's file, that of the script at the `code` folder.",
            'module': 'score_model',
            'wrong': '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\n'
                     'name: blue\n'
                     'endpoint_name: my-endpoint\n'
                     'model:\n'
                     '  path: trained_model_outputs\n'
                     '  type: custom_model\n'
                     'code_configuration:\n'
                     '  code: .\n'
                     '  scoring_script: score.py\n'
                     'environment:\n'
                     '  conda_file: environment/conda_env.yaml\n'
                     '  image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest\n'
                     'instance_type: Standard_DS3_v2\n'
                     'instance_count: 1\n',
            'right': '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\n'
                     'name: blue\n'
                     'endpoint_name: my-endpoint\n'
                     'model:\n'
                     '  path: trained_model_outputs\n'
                     '  type: custom_model\n'
                     'code_configuration:\n'
                     '  code: .\n'
                     '  scoring_script: score.py\n'
                     'environment:\n'
                     '  conda_file: conda_env.yaml\n'
                     '  image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest\n'
                     'instance_type: Standard_DS3_v2\n'
                     'instance_count: 1\n'},
           {'code': 'SG303',
            'severity': 'error',
            'title': 'model without environment or script',
            'about': 'deployment',
            'meaning': "A model of the designer's is a custom model to Azure, which runs nothing but a script in "
                       'an environment. Only MLflow models go without. Of a model that the workspace has, it is a '
                       'warning, since it may be one.',
            'remedy': 'Add what the message names.',
            'module': 'score_model',
            'wrong': '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\n'
                     'name: blue\n'
                     'endpoint_name: my-endpoint\n'
                     'model:\n'
                     '  path: trained_model_outputs\n'
                     '  type: custom_model\n'
                     'code_configuration:\n'
                     '  code: .\n'
                     '  scoring_script: score.py\n'
                     'instance_type: Standard_DS3_v2\n'
                     'instance_count: 1\n',
            'right': '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\n'
                     'name: blue\n'
                     'endpoint_name: my-endpoint\n'
                     'model:\n'
                     '  path: trained_model_outputs\n'
                     '  type: custom_model\n'
                     'code_configuration:\n'
                     '  code: .\n'
                     '  scoring_script: score.py\n'
                     'environment:\n'
                     '  conda_file: conda_env.yaml\n'
                     '  image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest\n'
                     'instance_type: Standard_DS3_v2\n'
                     'instance_count: 1\n'},
           {'code': 'SG304',
            'severity': 'error',
            'title': 'model in another folder',
            'about': 'deployment',
            'meaning': 'The script looks for its model in `trained_model_outputs`, below the folder that Azure '
                       'names in AZUREML_MODEL_DIR. Azure keeps the name of the folder that is deployed, so under '
                       'another name the model is not found.',
            'remedy': 'Name the folder that the designer left, `trained_model_outputs`.',
            'module': 'score_model',
            'wrong': '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\n'
                     'name: blue\n'
                     'endpoint_name: my-endpoint\n'
                     'model:\n'
                     '  path: .\n'
                     '  type: custom_model\n'
                     'code_configuration:\n'
                     '  code: .\n'
                     '  scoring_script: score.py\n'
                     'environment:\n'
                     '  conda_file: conda_env.yaml\n'
                     '  image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest\n'
                     'instance_type: Standard_DS3_v2\n'
                     'instance_count: 1\n',
            'right': '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\n'
                     'name: blue\n'
                     'endpoint_name: my-endpoint\n'
                     'model:\n'
                     '  path: trained_model_outputs\n'
                     '  type: custom_model\n'
                     'code_configuration:\n'
                     '  code: .\n'
                     '  scoring_script: score.py\n'
                     'environment:\n'
                     '  conda_file: conda_env.yaml\n'
                     '  image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest\n'
                     'instance_type: Standard_DS3_v2\n'
                     'instance_count: 1\n'},
           {'code': 'SG305',
            'severity': 'warning',
            'title': 'endpoint that does not go with the deployment',
            'about': 'deployment',
            'meaning': 'The endpoint in the file beside the deployment has another name than the one that the '
                       'deployment is made for. An error where it is of another kind, so that it cannot have that '
                       'deployment.',
            'remedy': 'Make both of one kind, and name the endpoint in `endpoint_name`.',
            'module': 'score_model',
            'wrong': '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\n'
                     'name: blue\n'
                     'endpoint_name: our-endpoint\n'
                     'model:\n'
                     '  path: trained_model_outputs\n'
                     '  type: custom_model\n'
                     'code_configuration:\n'
                     '  code: .\n'
                     '  scoring_script: score.py\n'
                     'environment:\n'
                     '  conda_file: conda_env.yaml\n'
                     '  image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest\n'
                     'instance_type: Standard_DS3_v2\n'
                     'instance_count: 1\n',
            'right': '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\n'
                     'name: blue\n'
                     'endpoint_name: my-endpoint\n'
                     'model:\n'
                     '  path: trained_model_outputs\n'
                     '  type: custom_model\n'
                     'code_configuration:\n'
                     '  code: .\n'
                     '  scoring_script: score.py\n'
                     'environment:\n'
                     '  conda_file: conda_env.yaml\n'
                     '  image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest\n'
                     'instance_type: Standard_DS3_v2\n'
                     'instance_count: 1\n'},
           {'code': 'SG400',
            'severity': 'error',
            'title': 'the file is not a config',
            'about': 'config',
            'meaning': 'It is not YAML that scoregen reads, or nothing that a config could be, so nothing is '
                       'generated from it.',
            'remedy': 'Correct the file at the place that the message names.',
            'can_be_ignored': False,
            'wrong': 'module: Score Model\nparameters: {append_or_result_only: true\noutput: score.py\n',
            'right': 'module: Score Model\nparameters: {append_or_result_only: true}\noutput: score.py\n'},
           {'code': 'SG401',
            'severity': 'error',
            'title': 'unknown key',
            'about': 'config',
            'meaning': 'The config, or the module, has no such key.',
            'remedy': 'Write the key that the message proposes, or take it out.',
            'can_be_ignored': False,
            'wrong': 'module: Score Model\nparameters: {append_or_results_only: true}\n',
            'right': 'module: Score Model\nparameters: {append_or_result_only: true}\n'},
           {'code': 'SG402',
            'severity': 'error',
            'title': 'value that a config cannot have there',
            'about': 'config',
            'meaning': 'The value is not one of those that are allowed, or not of their kind.',
            'remedy': 'Write one of the values that the message names.',
            'can_be_ignored': False,
            'wrong': 'module: Score SVD Recommender\nparameters:\n  prediction_kind: Item Recomendation\n',
            'right': 'module: Score SVD Recommender\nparameters:\n  prediction_kind: Item Recommendation\n'},
           {'code': 'SG403',
            'severity': 'error',
            'title': 'missing key',
            'about': 'config',
            'meaning': 'The config lacks what the module needs, in the mode that it chooses.',
            'remedy': 'Add the key that the message names.',
            'can_be_ignored': False,
            'wrong': 'module: Score SVD Recommender\n'
                     'parameters:\n'
                     '  prediction_kind: Item Recommendation\n'
                     '  recommended_item_selection: From Unrated Items (to suggest new items to users)\n',
            'right': 'module: Score SVD Recommender\n'
                     'parameters:\n'
                     '  prediction_kind: Item Recommendation\n'
                     '  recommended_item_selection: From Unrated Items (to suggest new items to users)\n'
                     'datasets:\n'
                     '  training_data: {path: ratings.csv, relative_to: model}\n'},
           {'code': 'SG404',
            'severity': 'warning',
            'title': 'key without effect, or not to be advised',
            'about': 'config',
            'meaning': 'The value is allowed and does nothing in the mode that the config chooses, or something '
                       'else than is likely meant.',
            'remedy': 'Take the key out, or choose the mode in which it counts.',
            'wrong': 'module: Score SVD Recommender\n'
                     'parameters:\n'
                     '  prediction_kind: Rating Prediction\n'
                     '  max_recommended_item_count: 10\n',
            'right': 'module: Score SVD Recommender\n'
                     'parameters:\n'
                     '  prediction_kind: Item Recommendation\n'
                     '  max_recommended_item_count: 10\n'},
           {'code': 'SG405',
            'severity': 'error',
            'title': 'parameter given twice',
            'about': 'config',
            'meaning': 'Two keys stand for the same parameter, so it cannot be told which of the two values is '
                       'meant.',
            'remedy': 'Keep one of them.',
            'can_be_ignored': False,
            'wrong': 'module: Score Model\n'
                     'parameters:\n'
                     '  append_or_result_only: true\n'
                     '  Append score columns to output: false\n',
            'right': 'module: Score Model\nparameters:\n  append_or_result_only: true\n'},
           {'code': 'SG406',
            'severity': 'error',
            'title': 'output that cannot be written there',
            'about': 'config',
            'meaning': "The output is outside of the config's folder, or another script's.",
            'remedy': "Name a file in the config's folder, or below it, and give each script its own.",
            'can_be_ignored': False,
            'wrong': 'module: Score Model\noutput: ../score.py\n',
            'right': 'module: Score Model\noutput: score.py\n'},
           {'code': 'SG407',
            'severity': 'error',
            'title': "path that cannot be a dataset's",
            'about': 'config',
            'meaning': 'Nothing but the folder of the script, or of the model, is deployed, and a script loads '
                       '.csv files and the folders of designer datasets. An absolute path, one that leads out, an '
                       'address, another kind of file, or a name that Windows cannot hold fails there, or on a '
                       "colleague's machine.",
            'remedy': "Put the data in the folder of the script or of the model, as a .csv file or a dataset's "
                      'folder, and name its path from there.',
            'can_be_ignored': False,
            'wrong': 'module: Score SVD Recommender\n'
                     'parameters:\n'
                     '  prediction_kind: Item Recommendation\n'
                     '  recommended_item_selection: From Unrated Items (to suggest new items to users)\n'
                     'datasets:\n'
                     '  training_data: {path: /home/me/ratings.csv, relative_to: model}\n',
            'right': 'module: Score SVD Recommender\n'
                     'parameters:\n'
                     '  prediction_kind: Item Recommendation\n'
                     '  recommended_item_selection: From Unrated Items (to suggest new items to users)\n'
                     'datasets:\n'
                     '  training_data: {path: ratings.csv, relative_to: model}\n'},
           {'code': 'SG408',
            'severity': 'error',
            'title': 'another version of scoregen',
            'about': 'config',
            'meaning': 'The config says with which versions of scoregen it goes, and this is none of them.',
            'remedy': 'Install one that fits, or change `required-version`.',
            'can_be_ignored': False,
            'wrong': 'required-version: ">=999"\nmodule: Score Model\n',
            'right': 'required-version: ">=0.1"\nmodule: Score Model\n'},
           {'code': 'SG409',
            'severity': 'warning',
            'title': 'dataset that is not there',
            'about': 'config',
            'meaning': 'The script will look for the data in its own folder, and it is not there yet. `scoregen '
                       'bundle` needs it.',
            'remedy': 'Put the file or the folder there before you deploy.',
            'wrong': 'module: Score Wide and Deep Recommender\ndatasets:\n  user_features: {path: users.csv}\n',
            'right': 'module: Score Wide and Deep Recommender\n'
                     'datasets:\n'
                     '  user_features: {path: users.csv, relative_to: model}\n'},
           {'code': 'SG410',
            'severity': 'error',
            'title': 'file that differs from its config',
            'about': 'config',
            'meaning': 'The config would generate something else, or the file is not there. `generate`, `sync` and '
                       '`bundle` say so under `--check`.',
            'remedy': 'Run the command without `--check`.',
            'can_be_ignored': False},
           {'code': 'SG411',
            'severity': 'error',
            'title': "file that is not scoregen's to replace",
            'about': 'config',
            'meaning': 'scoregen did not write the file, it was edited since, or a newer version wrote it. '
                       '`generate`, `sync` and `bundle` leave it alone.',
            'remedy': "Name another `output`, keep the file's code with `mode` rewrite, or use `--force`, which "
                      'keeps it as NAME.orig.',
            'can_be_ignored': False},
           {'code': 'SG412',
            'severity': 'error',
            'title': 'script that cannot be changed safely',
            'about': 'config',
            'meaning': "With `mode` rewrite, the config's values are set in a script that is there. scoregen does "
                       'not follow this one far enough to do so.',
            'remedy': 'Change the script at the place that the message names, or have it replaced without `mode`.',
            'can_be_ignored': False},
           {'code': 'SG413',
            'severity': 'error',
            'title': 'config that does not fit its model',
            'about': 'config',
            'meaning': 'The config pins a release that cannot load the model that it names or that lies beside it, '
                       'lets a request leave out columns that the model does not have, names a folder that is not '
                       "a model folder, or a module that is not the model's, as the model's class or its conda "
                       'file tells. A column of the response, or under `keep`, that the model has in another '
                       'spelling is a warning.',
            'remedy': 'Correct what the message names. `scoregen describe` says what the model is.',
            'can_be_ignored': False}),
 'conda': {'name': 'project_environment',
           'channels': ('conda-forge',),
           'python': {'name': 'python'},
           'pythons': ({'series': '3.6',
                        'version': '3.6.8',
                        'defaults': '1.47.0',
                        'gone_until': '1.32.0',
                        'below': '1.48.0',
                        'because': 'from 1.48.0 on it asks for packages of which Python 3.6 has none',
                        'note': '1.48.0 and later need a later Python',
                        'takes_empty': False},
                       {'series': '3.8',
                        'version': '3.8.10',
                        'defaults': '1.54.0',
                        'below': '1.61.0',
                        'because': 'from 1.61.0 on it needs Python 3.9',
                        'note': '1.61.0 and later need Python 3.9'},
                       {'series': '3.9',
                        'version': '3.9.18',
                        'defaults': '1.54.0',
                        'below': '1.60.0',
                        'because': "from 1.60.0 on its server does not start beside the designer's packages",
                        'note': 'the server of 1.60.0 and later does not start here',
                        'seen_with': ('azureml-designer-classic-modules',)}),
           'pip': {'name': 'pip', 'version': '20.2', 'below': '20.3'},
           'defaults': {'name': 'azureml-defaults'},
           'serving': {'name': 'azureml-designer-serving',
                       'empty': ('0.0.17', '0.0.18'),
                       'names_core': ('0.0.19',),
                       'names_defaults': '0.0.13'},
           'core': {'name': 'azureml-designer-core', 'empty': ('0.0.87',)},
           'packages': ({'name': 'azureml-designer-classic-modules',
                         'version': '0.0.185',
                         'serving': '0.0.13',
                         'empty': ('0.0.196',),
                         'contradicts': True,
                         'pythons': ({'since': '0.0.140',
                                      'fit': ('3.6',),
                                      'may_fit_others': True,
                                      'scikit_learn': '0.22.2'},
                                     {'since': '0.0.175', 'fit': ('3.8',), 'scikit_learn': '0.22.2'},
                                     {'since': '0.0.186', 'fit': ('3.8', '3.9'), 'scikit_learn': '0.22.2.post1'},
                                     {'since': '0.0.191', 'fit': ('3.9',), 'scikit_learn': '1.5.0'}),
                         'sets': ({'release': '0.0.153', 'python': '3.6', 'serving': '0.0.10'},
                                  {'release': '0.0.185', 'python': '3.8', 'serving': '0.0.13'},
                                  {'release': '0.0.195', 'python': '3.9', 'serving': '0.0.13'}),
                         'core': ({'since': '0.0.175', 'version': '0.0.77'},
                                  {'since': '0.0.178', 'version': '0.0.78'},
                                  {'since': '0.0.179', 'version': '0.0.80'},
                                  {'since': '0.0.187', 'version': '0.0.82'},
                                  {'since': '0.0.188', 'version': '0.0.83'},
                                  {'since': '0.0.189', 'version': '0.0.84'},
                                  {'since': '0.0.192', 'version': '0.0.85'},
                                  {'since': '0.0.194', 'version': '0.0.86'}),
                         'names_core': False},
                        {'name': 'azureml-designer-recommender-modules',
                         'version': '0.0.65',
                         'serving': '0.0.13',
                         'empty': ('0.0.76',),
                         'contradicts': True,
                         'pythons': ({'since': '0.0.20', 'fit': ('3.6',), 'may_fit_others': True},
                                     {'since': '0.0.53', 'fit': ('3.8',)},
                                     {'since': '0.0.66', 'fit': ('3.8', '3.9')},
                                     {'since': '0.0.70', 'fit': ('3.9',)}),
                         'core': ({'since': '0.0.53', 'version': '0.0.77'},
                                  {'since': '0.0.61', 'version': '0.0.78'},
                                  {'since': '0.0.62', 'version': '0.0.80'},
                                  {'since': '0.0.67', 'version': '0.0.82'},
                                  {'since': '0.0.68', 'version': '0.0.83'},
                                  {'since': '0.0.69', 'version': '0.0.84'},
                                  {'since': '0.0.72', 'version': '0.0.85'},
                                  {'since': '0.0.74', 'version': '0.0.86'}),
                         'names_core': True},
                        {'name': 'azureml-designer-vowpal-wabbit-modules',
                         'version': '0.0.53',
                         'serving': '0.0.13',
                         'empty': ('0.0.63',),
                         'contradicts': False,
                         'pythons': ({'since': '0.0.18', 'fit': ('3.6',), 'may_fit_others': True},
                                     {'since': '0.0.48', 'fit': ('3.8',)},
                                     {'since': '0.0.55', 'fit': ('3.8', '3.9')}),
                         'core': ({'since': '0.0.48', 'version': '0.0.77'},
                                  {'since': '0.0.50', 'version': '0.0.78'},
                                  {'since': '0.0.51', 'version': '0.0.80'},
                                  {'since': '0.0.55', 'version': '0.0.82'},
                                  {'since': '0.0.56', 'version': '0.0.83'},
                                  {'since': '0.0.57', 'version': '0.0.84'},
                                  {'since': '0.0.59', 'version': '0.0.85'},
                                  {'since': '0.0.61', 'version': '0.0.86'}),
                         'names_core': True},
                        {'name': 'azureml-designer-pytorch-modules',
                         'version': '0.0.70',
                         'serving': '0.0.15',
                         'empty': ('0.0.80',),
                         'contradicts': True,
                         'pythons': ({'since': '0.0.59', 'fit': ('3.8',)},
                                     {'since': '0.0.71', 'fit': ('3.8', '3.9')}),
                         'core': ({'since': '0.0.59', 'version': '0.0.77'},
                                  {'since': '0.0.62', 'version': '0.0.78'},
                                  {'since': '0.0.63', 'version': '0.0.80'},
                                  {'since': '0.0.72', 'version': '0.0.82'},
                                  {'since': '0.0.73', 'version': '0.0.83'},
                                  {'since': '0.0.74', 'version': '0.0.84'},
                                  {'since': '0.0.76', 'version': '0.0.85'},
                                  {'since': '0.0.78', 'version': '0.0.86'}),
                         'names_core': True,
                         'formerly': 'azureml-designer-score-modules'})},
 'containers': {'azure': 'mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:20250601.v1',
                'bases': {'python': {'3.8': 'python:3.8.20-bookworm',
                                     '3.9': 'python:3.9.25-bookworm',
                                     '3.12': 'python:3.12.12-bookworm'},
                          'inference': {'3.8': 'mcr.microsoft.com/azureml/minimal-ubuntu20.04-py38-cpu-inference:20240122.v1',
                                        '3.12': 'mcr.microsoft.com/azureml/minimal-py312-inference:1.0'}},
                'uv': '0.13.9',
                'edge': {'agent': 'mcr.microsoft.com/azureiotedge-agent:1.5',
                         'hub': 'mcr.microsoft.com/azureiotedge-hub:1.5'}},
 'failures': ({'error': '^ModuleNotFoundError: No module named '
                        "'(?P<module>(azureml|pandas|inference_schema)[.\\w]*)'",
               'means': '{python} lacks {module}, which the endpoint has: leave --python out, and --runtime makes '
                        'an environment that has it'},
              {'error': "^ModuleNotFoundError: No module named '(?P<module>[^']+)'",
               'means': "{python} lacks {module}: install it there, and add it to the endpoint's conda_env.yaml if "
                        'that lacks it too; a module of your own goes beside the script'},
              {'error': '^FileNotFoundError: .*_schema\\.json',
               'means': '{model} is not complete: take all files that the designer has written there, those with _ '
                        'in front too'},
              {'error': '^InvalidDirectoryError: .*Meta file is not found',
               'means': 'a folder that the script loads has no _meta.yaml: take all files that the designer has '
                        'written there, those with _ in front too'},
              {'error': '^(InvalidLearnerError|InvalidModelDirectoryError|NullOrEmptyError: Input "Trained )',
               'means': 'the model in {model} is not complete, or is not of the module that the script runs'},
              {'error': '^ValueError: No valid image column is found in schema',
               'means': 'the model in {model} is not one of images'},
              {'error': "^(AttributeError: '\\w+' object has no attribute 'items'|TypeError: 'NoneType' object is "
                        'not iterable|ValueError: (Input json_data|the request must be a JSON list|row \\d+ of|No '
                        'valid image is provided))',
               'means': '{samples} holds {instead}, where the request must be a JSON list of row objects: '
                        '[{"column": "value", ...}, ...]'},
              {'error': '^(ValueError: (Input json_data|No valid image is provided)|KeyError|IndexError)',
               'means': "the rows of {samples} lack {lacking}, which the model's _schema.json has: every row must "
                        'have all columns; null stands for a value that is not known, but in columns of whole '
                        'numbers and of true or false, which take none'},
              {'error': '^ValueError: Input json_data',
               'means': "the rows of {samples} have {unknown}, which the model's _schema.json does not have: leave "
                        'it out'},
              {'error': '^ValueError: row (?P<row>\\d+) and the model differ in the columns (?P<columns>\\[.*\\])',
               'means': "in row {row} of {samples} the columns {columns} are missing, or are not the model's: "
                        'every row must have all columns of its _schema.json, and no other'},
              {'error': '^ValueError: row (?P<row>\\d+), columns? (?P<columns>.+): an id cannot be null',
               'means': 'row {row} of {samples} has null in {columns}: an id must be given in every row'},
              {'error': '^ValueError: row (?P<row>\\d+) repeats the ids of row (?P<first>\\d+)',
               'means': 'row {row} of {samples} has the same ids as row {first}: send each pair once'},
              {'error': '^ValueError: row (?P<row>\\d+), column (?P<column>.+): (?P<value>.+) is not ',
               'means': 'row {row} of {samples}: {value} is of another type than its column {column} in the '
                        "model's _schema.json, or too large for it"},
              {'error': '^TypeError: Cannot convert to type',
               'means': "a value in {samples} is of another type than its column in the model's _schema.json"},
              {'error': '^TooFewRowsInDatasetError',
               'means': 'no row of {samples} has a value in every column that the model computes with: at least '
                        'one must'},
              {'error': '^(Error: (Incorrect padding|Invalid base64)|ValueError: No valid image is provided)',
               'means': '{samples} must hold each image as a text: the content of the image file in base64'},
              {'error': '^NullOrEmptyError: Input "(?P<input>[^"]+)"',
               'means': 'the scoring call lacks {input}: `scoregen modules` shows what each mode needs'},
              {'error': '^FileNotFoundError: .*: [\'"](?P<path>(?![/\\\\]|\\w:)[^\'"]+)[\'"]$',
               'means': "the endpoint does not start in the script's folder: look for {path} from "
                        "os.path.dirname(__file__), or from the environment's AZUREML_MODEL_DIR"},
              {'error': '^FileNotFoundError: .*: [\'"](?P<path>[^\'"]+)[\'"]$',
               'means': "what the script loads must be deployed with it: beside the script, or in the model's "
                        'folder'},
              {'error': '^InvalidDirectoryError: .*not a valid parquet',
               'means': 'a dataset that the script loads is not there, or is not a folder of a designer dataset'},
              {'error': '^EOFError',
               'means': 'nobody is there on an endpoint to be asked: a script cannot read from standard input'},
              {'error': '^TypeError: Object of type (?P<type>\\w+) is not JSON serializable',
               'means': "JSON knows no {type}: return lists, dicts, texts and Python's own numbers, such as "
                        'frame.to_dict("records") of a DataFrame, array.tolist() or number.item()'},
              {'error': '^ValueError: Out of range float values are not JSON compliant',
               'means': 'the result has NaN or Infinity, which JSON does not have: replace it by None before '
                        'json.dumps'},
              {'error': "^NameError: name '(?P<name>[a-z_]\\w*)' is not defined",
               'means': 'what init() sets for run() it must declare: global {name}'},
              {'error': '^exit code 0xC0000(005|01D|094|0FD|374|409)$',
               'means': 'a library has crashed, which Python cannot catch: see that its version is the one in the '
                        'conda_env.yaml'},
              {'error': '^(SystemExit|exit code)',
               'means': 'the endpoint would go down with it: raise an exception where a request cannot be '
                        'answered'},
              {'error': '^MemoryError', 'means': 'it may have {memory} MB: --memory gives it more'},
              {'error': '^(MemoryError|signal SIGKILL)',
               'means': 'memory has run out, in all likelihood: the model needs more than this machine has free, '
                        "and so the endpoint's machine may have to be larger"},
              {'error': '^signal (SIGSEGV|SIGABRT|SIGBUS|SIGILL|SIGFPE)',
               'means': 'a library has crashed, which Python cannot catch: see that its version is the one in the '
                        'conda_env.yaml'}),
 'helpers': {'DataFrameDirectory': 'azureml.studio.core.io.data_frame_directory',
             'DataFrameSchema': 'azureml.studio.core.data_frame_schema',
             'DataTable': 'azureml.studio.common.datatable.data_table',
             'ModelDirectory': 'azureml.studio.core.io.model_directory',
             'create_dfd_from_dict': 'azureml.designer.serving.dagengine.converter',
             'create_imd_from_dict': 'azureml.designer.serving.dagengine.converter',
             'decode_nan': 'azureml.designer.serving.dagengine.utils',
             'data_type_conversion': 'azureml.studio.common.datatable'},
 'image_nets': {'resnet18': {'family': 'ResNet', 'block': 'basic', 'layers': (2, 2, 2, 2)},
                'resnet34': {'family': 'ResNet', 'block': 'basic', 'layers': (3, 4, 6, 3)},
                'resnet50': {'family': 'ResNet', 'block': 'bottleneck', 'layers': (3, 4, 6, 3)},
                'resnet101': {'family': 'ResNet', 'block': 'bottleneck', 'layers': (3, 4, 23, 3)},
                'resnet152': {'family': 'ResNet', 'block': 'bottleneck', 'layers': (3, 8, 36, 3)},
                'resnext50_32x4d': {'family': 'ResNet',
                                    'block': 'bottleneck',
                                    'layers': (3, 4, 6, 3),
                                    'groups': 32},
                'resnext101_32x8d': {'family': 'ResNet',
                                     'block': 'bottleneck',
                                     'layers': (3, 4, 23, 3),
                                     'groups': 32},
                'wide_resnet50_2': {'family': 'ResNet', 'block': 'bottleneck', 'layers': (3, 4, 6, 3)},
                'wide_resnet101_2': {'family': 'ResNet', 'block': 'bottleneck', 'layers': (3, 4, 23, 3)},
                'densenet121': {'family': 'DenseNet', 'layers': (6, 12, 24, 16)},
                'densenet161': {'family': 'DenseNet', 'layers': (6, 12, 36, 24)},
                'densenet169': {'family': 'DenseNet', 'layers': (6, 12, 32, 32)},
                'densenet201': {'family': 'DenseNet', 'layers': (6, 12, 48, 32)}},
 'learners': {'azureml.designer.modules.recommendation.dnn.common.feature_builder.FeatureBuilder': {'read': ('_feature_metas',
                                                                                                             '_features_df',
                                                                                                             'id_vocab')},
              'azureml.designer.modules.recommendation.dnn.common.feature_builder.FeatureMeta': {'read': ('fill',
                                                                                                          'vocab'),
                                                                                                 'ignored': ('name',
                                                                                                             'type_')},
              'azureml.designer.modules.recommendation.dnn.wide_and_deep.common.wide_n_deep_model.WideNDeepModel': {'read': ('hyper_params',
                                                                                                                             'user_feature_builder',
                                                                                                                             'item_feature_builder'),
                                                                                                                    'fixed': {'rel_checkpoints_dir': ('checkpoints',)},
                                                                                                                    'ignored': ('_tmp_dir',
                                                                                                                                'deep_columns',
                                                                                                                                'estimator',
                                                                                                                                'random_seed',
                                                                                                                                'save_dir',
                                                                                                                                'wide_columns')},
              'azureml.designer.modules.recommendation.dnn.wide_and_deep.common.wide_n_deep_model.WideNDeepModelHyperParams': {'read': ('activation_fn',
                                                                                                                                        'batch_norm',
                                                                                                                                        'crossed_dim',
                                                                                                                                        'hidden_units'),
                                                                                                                               'ignored': ('batch_size',
                                                                                                                                           'deep_lr',
                                                                                                                                           'deep_optimizer',
                                                                                                                                           'dropout',
                                                                                                                                           'embed_dim',
                                                                                                                                           'epochs',
                                                                                                                                           'item_dim',
                                                                                                                                           'user_dim',
                                                                                                                                           'wide_lr',
                                                                                                                                           'wide_optimizer')},
              'azureml.studio.modules.ml.initialize_models.binary_classifier.average_perceptron_biclassifier.average_perceptron_classifier.AveragePerceptronBiClassifier': {'read': ('model',
                                                                                                                                                                                     'normalizer',
                                                                                                                                                                                     'init_feature_columns_names',
                                                                                                                                                                                     'label_column_name',
                                                                                                                                                                                     'task_type',
                                                                                                                                                                                     'setting'),
                                                                                                                                                                            'fixed': {'_is_trained': (True,),
                                                                                                                                                                                      'normalized_feature_columns_names': (None,)},
                                                                                                                                                                            'ignored': ('_deployment_handler',
                                                                                                                                                                                        'encode_label',
                                                                                                                                                                                        'sub_model')},
              'azureml.studio.modules.ml.initialize_models.binary_classifier.boosted_decision_tree_biclassifier.boosted_decision_tree_biclassifier.BoostDecisionTreeBiClassifier': {'read': ('model',
                                                                                                                                                                                             'normalizer',
                                                                                                                                                                                             'init_feature_columns_names',
                                                                                                                                                                                             'label_column_name',
                                                                                                                                                                                             'task_type',
                                                                                                                                                                                             'setting'),
                                                                                                                                                                                    'fixed': {'_is_trained': (True,),
                                                                                                                                                                                              'normalized_feature_columns_names': (None,)},
                                                                                                                                                                                    'ignored': ('_deployment_handler',
                                                                                                                                                                                                'encode_label',
                                                                                                                                                                                                'sub_model')},
              'azureml.studio.modules.ml.initialize_models.binary_classifier.decision_forest_biclassifier.decision_forest_biclassifier.DecisionForestBiClassifier': {'read': ('model',
                                                                                                                                                                              'normalizer',
                                                                                                                                                                              'init_feature_columns_names',
                                                                                                                                                                              'label_column_name',
                                                                                                                                                                              'task_type',
                                                                                                                                                                              'setting'),
                                                                                                                                                                     'fixed': {'_is_trained': (True,),
                                                                                                                                                                               'normalized_feature_columns_names': (None,)},
                                                                                                                                                                     'ignored': ('_deployment_handler',
                                                                                                                                                                                 'encode_label',
                                                                                                                                                                                 'sub_model')},
              'azureml.studio.modules.ml.initialize_models.binary_classifier.logistic_regression_biclassifier.logistic_regression_biclassifier.LogisticRegressionBiClassifier': {'read': ('model',
                                                                                                                                                                                          'normalizer',
                                                                                                                                                                                          'init_feature_columns_names',
                                                                                                                                                                                          'label_column_name',
                                                                                                                                                                                          'task_type',
                                                                                                                                                                                          'setting'),
                                                                                                                                                                                 'fixed': {'_is_trained': (True,),
                                                                                                                                                                                           'normalized_feature_columns_names': (None,)},
                                                                                                                                                                                 'ignored': ('_deployment_handler',
                                                                                                                                                                                             'encode_label',
                                                                                                                                                                                             'sub_model')},
              'azureml.studio.modules.ml.initialize_models.binary_classifier.neural_network_biclassifier.neural_network_biclassifier.NeuralNetworkBiClassifier': {'read': ('model',
                                                                                                                                                                           'normalizer',
                                                                                                                                                                           'init_feature_columns_names',
                                                                                                                                                                           'label_column_name',
                                                                                                                                                                           'task_type',
                                                                                                                                                                           'setting'),
                                                                                                                                                                  'fixed': {'_is_trained': (True,),
                                                                                                                                                                            'normalized_feature_columns_names': (None,)},
                                                                                                                                                                  'ignored': ('_deployment_handler',
                                                                                                                                                                              'encode_label',
                                                                                                                                                                              'sub_model')},
              'azureml.studio.modules.ml.initialize_models.binary_classifier.support_vector_machine_biclassifier.support_vector_machine_biclassifier.SupportVectorMachineBiClassifier': {'read': ('model',
                                                                                                                                                                                                  'normalizer',
                                                                                                                                                                                                  'init_feature_columns_names',
                                                                                                                                                                                                  'label_column_name',
                                                                                                                                                                                                  'task_type',
                                                                                                                                                                                                  'setting'),
                                                                                                                                                                                         'fixed': {'_is_trained': (True,),
                                                                                                                                                                                                   'normalized_feature_columns_names': (None,)},
                                                                                                                                                                                         'ignored': ('_deployment_handler',
                                                                                                                                                                                                     'encode_label',
                                                                                                                                                                                                     'sub_model')},
              'azureml.studio.modules.ml.initialize_models.multi_classifier.boosted_decision_tree_multiclassifier.boosted_decision_tree_multiclassifier.BoostedDecisionTreeMultiClassifier': {'read': ('model',
                                                                                                                                                                                                       'normalizer',
                                                                                                                                                                                                       'init_feature_columns_names',
                                                                                                                                                                                                       'label_column_name',
                                                                                                                                                                                                       'task_type',
                                                                                                                                                                                                       'setting'),
                                                                                                                                                                                              'fixed': {'_is_trained': (True,),
                                                                                                                                                                                                        'normalized_feature_columns_names': (None,)},
                                                                                                                                                                                              'ignored': ('_deployment_handler',
                                                                                                                                                                                                          'encode_label',
                                                                                                                                                                                                          'sub_model')},
              'azureml.studio.modules.ml.initialize_models.multi_classifier.decision_forest_multiclassifier.decision_forest_multiclassifier.DecisionForestMultiClassifier': {'read': ('model',
                                                                                                                                                                                      'normalizer',
                                                                                                                                                                                      'init_feature_columns_names',
                                                                                                                                                                                      'label_column_name',
                                                                                                                                                                                      'task_type',
                                                                                                                                                                                      'setting'),
                                                                                                                                                                             'fixed': {'_is_trained': (True,),
                                                                                                                                                                                       'normalized_feature_columns_names': (None,)},
                                                                                                                                                                             'ignored': ('_deployment_handler',
                                                                                                                                                                                         'encode_label',
                                                                                                                                                                                         'sub_model')},
              'azureml.studio.modules.ml.initialize_models.multi_classifier.logistic_regression_multiclassifier.logistic_regression_multiclassifier.LogisticRegressionMultiClassifier': {'read': ('model',
                                                                                                                                                                                                  'normalizer',
                                                                                                                                                                                                  'init_feature_columns_names',
                                                                                                                                                                                                  'label_column_name',
                                                                                                                                                                                                  'task_type',
                                                                                                                                                                                                  'setting'),
                                                                                                                                                                                         'fixed': {'_is_trained': (True,),
                                                                                                                                                                                                   'normalized_feature_columns_names': (None,)},
                                                                                                                                                                                         'ignored': ('_deployment_handler',
                                                                                                                                                                                                     'encode_label',
                                                                                                                                                                                                     'sub_model')},
              'azureml.studio.modules.ml.initialize_models.multi_classifier.neural_network_multiclassifier.neural_network_multiclassifier.NeuralNetworkMultiClassifier': {'read': ('model',
                                                                                                                                                                                   'normalizer',
                                                                                                                                                                                   'init_feature_columns_names',
                                                                                                                                                                                   'label_column_name',
                                                                                                                                                                                   'task_type',
                                                                                                                                                                                   'setting'),
                                                                                                                                                                          'fixed': {'_is_trained': (True,),
                                                                                                                                                                                    'normalized_feature_columns_names': (None,)},
                                                                                                                                                                          'ignored': ('_deployment_handler',
                                                                                                                                                                                      'encode_label',
                                                                                                                                                                                      'sub_model')},
              'azureml.studio.modules.ml.initialize_models.multi_classifier.one_vs_all_multiclassifier.one_vs_all_multiclassifier.OneVsAllMultiClassifier': {'read': ('model',
                                                                                                                                                                      'normalizer',
                                                                                                                                                                      'init_feature_columns_names',
                                                                                                                                                                      'label_column_name',
                                                                                                                                                                      'task_type',
                                                                                                                                                                      'setting'),
                                                                                                                                                             'fixed': {'_is_trained': (True,),
                                                                                                                                                                       'normalized_feature_columns_names': (None,)},
                                                                                                                                                             'ignored': ('_deployment_handler',
                                                                                                                                                                         'encode_label',
                                                                                                                                                                         'sub_model')},
              'azureml.studio.modules.ml.initialize_models.multi_classifier.one_vs_one_multiclassifier.one_vs_one_multiclassifier.OneVsOneMultiClassifier': {'read': ('model',
                                                                                                                                                                      'normalizer',
                                                                                                                                                                      'init_feature_columns_names',
                                                                                                                                                                      'label_column_name',
                                                                                                                                                                      'task_type',
                                                                                                                                                                      'setting'),
                                                                                                                                                             'fixed': {'_is_trained': (True,),
                                                                                                                                                                       'normalized_feature_columns_names': (None,)},
                                                                                                                                                             'ignored': ('_deployment_handler',
                                                                                                                                                                         'encode_label',
                                                                                                                                                                         'sub_model')},
              'azureml.studio.modules.ml.initialize_models.regressor.bayesian_linear_regression.bayesian_linear_regression.BayesianLinearRegressor': {'read': ('model',
                                                                                                                                                               'normalizer',
                                                                                                                                                               'init_feature_columns_names',
                                                                                                                                                               'label_column_name',
                                                                                                                                                               'task_type',
                                                                                                                                                               'setting'),
                                                                                                                                                      'fixed': {'_is_trained': (True,),
                                                                                                                                                                'normalized_feature_columns_names': (None,)},
                                                                                                                                                      'ignored': ('_deployment_handler',
                                                                                                                                                                  'encode_label',
                                                                                                                                                                  'sub_model')},
              'azureml.studio.modules.ml.initialize_models.regressor.boosted_decision_tree_regressor.boosted_decision_tree_regression.BoostDecisionTreeRegressor': {'read': ('model',
                                                                                                                                                                             'normalizer',
                                                                                                                                                                             'init_feature_columns_names',
                                                                                                                                                                             'label_column_name',
                                                                                                                                                                             'task_type',
                                                                                                                                                                             'setting'),
                                                                                                                                                                    'fixed': {'_is_trained': (True,),
                                                                                                                                                                              'normalized_feature_columns_names': (None,)},
                                                                                                                                                                    'ignored': ('_deployment_handler',
                                                                                                                                                                                'encode_label',
                                                                                                                                                                                'sub_model')},
              'azureml.studio.modules.ml.initialize_models.regressor.decision_forest_regressor.decision_forest_regressor.DecisionForestRegressor': {'read': ('model',
                                                                                                                                                             'normalizer',
                                                                                                                                                             'init_feature_columns_names',
                                                                                                                                                             'label_column_name',
                                                                                                                                                             'task_type',
                                                                                                                                                             'setting'),
                                                                                                                                                    'fixed': {'_is_trained': (True,),
                                                                                                                                                              'normalized_feature_columns_names': (None,)},
                                                                                                                                                    'ignored': ('_deployment_handler',
                                                                                                                                                                'encode_label',
                                                                                                                                                                'sub_model')},
              'azureml.studio.modules.ml.initialize_models.regressor.fast_forest_quantile_regressor.fast_forest_quantile_regressor.FastForestQuantileRegressor': {'read': ('model',
                                                                                                                                                                           'normalizer',
                                                                                                                                                                           'init_feature_columns_names',
                                                                                                                                                                           'label_column_name',
                                                                                                                                                                           'task_type',
                                                                                                                                                                           'setting'),
                                                                                                                                                                  'fixed': {'_is_trained': (True,),
                                                                                                                                                                            'normalized_feature_columns_names': (None,)},
                                                                                                                                                                  'ignored': ('_deployment_handler',
                                                                                                                                                                              'encode_label',
                                                                                                                                                                              'sub_model')},
              'azureml.studio.modules.ml.initialize_models.regressor.linear_regressor.linear_regressor.OrdinaryLeastSquaresRegressor': {'read': ('model',
                                                                                                                                                 'normalizer',
                                                                                                                                                 'init_feature_columns_names',
                                                                                                                                                 'label_column_name',
                                                                                                                                                 'task_type',
                                                                                                                                                 'setting'),
                                                                                                                                        'fixed': {'_is_trained': (True,),
                                                                                                                                                  'normalized_feature_columns_names': (None,)},
                                                                                                                                        'ignored': ('_deployment_handler',
                                                                                                                                                    'encode_label',
                                                                                                                                                    'sub_model')},
              'azureml.studio.modules.ml.initialize_models.regressor.neural_network_regressor.neural_network_regressor.NeuralNetworkRegressor': {'read': ('model',
                                                                                                                                                          'normalizer',
                                                                                                                                                          'init_feature_columns_names',
                                                                                                                                                          'label_column_name',
                                                                                                                                                          'task_type',
                                                                                                                                                          'setting'),
                                                                                                                                                 'fixed': {'_is_trained': (True,),
                                                                                                                                                           'normalized_feature_columns_names': (None,)},
                                                                                                                                                 'ignored': ('_deployment_handler',
                                                                                                                                                             'encode_label',
                                                                                                                                                             'sub_model')},
              'azureml.studio.modules.ml.initialize_models.regressor.poisson_regressor.poisson_regressor.PoissonRegressor': {'read': ('model',
                                                                                                                                      'normalizer',
                                                                                                                                      'init_feature_columns_names',
                                                                                                                                      'label_column_name',
                                                                                                                                      'task_type',
                                                                                                                                      'setting'),
                                                                                                                             'fixed': {'_is_trained': (True,),
                                                                                                                                       'normalized_feature_columns_names': (None,)},
                                                                                                                             'ignored': ('_deployment_handler',
                                                                                                                                         'encode_label',
                                                                                                                                         'sub_model')},
              'azureml.studio.modules.anomaly_detection.initialize_models_anomaly_detection.pcabased_anomaly_detection.pcabased_anomaly_detection.PCAAnomalyDetectionModel': {'read': ('model',
                                                                                                                                                                                       'normalizer',
                                                                                                                                                                                       'init_feature_columns_names',
                                                                                                                                                                                       'label_column_name',
                                                                                                                                                                                       'task_type',
                                                                                                                                                                                       'setting'),
                                                                                                                                                                              'fixed': {'_is_trained': (True,),
                                                                                                                                                                                        'normalized_feature_columns_names': (None,)},
                                                                                                                                                                              'ignored': ('_deployment_handler',
                                                                                                                                                                                          'encode_label',
                                                                                                                                                                                          'sub_model')},
              'azureml.studio.modules.datatransform.common.named_encoder.NamedLabelEncoder': {'read': ('label_encoder',),
                                                                                              'ignored': ('column_name',)},
              'azureml.studio.modules.datatransform.common.named_encoder.NamedMinMaxEncoder': {'read': ('encoder',
                                                                                                        'std',
                                                                                                        'unfitted'),
                                                                                               'ignored': ('column_name',
                                                                                                           'constant_column_option')},
              'azureml.studio.modules.datatransform.common.named_encoder.NamedOneHotEncoder': {'read': ('one_hot_encoder',),
                                                                                               'ignored': ('column_name',)},
              'azureml.studio.modules.ml.common.normalizer.Normalizer': {'read': ('label_column_encoders',
                                                                                  'str_feature_column_encoders',
                                                                                  'numeric_feature_column_encoders'),
                                                                         'ignored': ('label_column_name',)},
              'azureml.studio.modules.ml.initialize_models.cluster.kmeans_cluster.kmeans_cluster.KMeansCluster': {'read': ('model',
                                                                                                                           'normalizer',
                                                                                                                           'init_feature_columns_names',
                                                                                                                           'label_column_name',
                                                                                                                           'task_type',
                                                                                                                           'setting',
                                                                                                                           'cluster_label'),
                                                                                                                  'fixed': {'normalized_feature_columns_names': (None,),
                                                                                                                            '_is_trained': (True,)},
                                                                                                                  'ignored': ('_deployment_handler',
                                                                                                                              'sub_model')},
              'azureml.studio.modules.ml.initialize_models.cluster.kmeans_cluster.kmeans_cluster.KMeansClusterSetting': {'read': ('alm',),
                                                                                                                         'ignored': ('_random_number_seed',
                                                                                                                                     'create_learner_mode',
                                                                                                                                     'enable_log',
                                                                                                                                     'kmeans_centroid_init',
                                                                                                                                     'kmeans_iter',
                                                                                                                                     'kmeans_metric',
                                                                                                                                     'noc',
                                                                                                                                     'normalize_features',
                                                                                                                                     'parameter_range')},
              'azureml.studio.modules.ml.initialize_models.regressor.fast_forest_quantile_regressor.fast_forest_quantile_regressor.FastForestQuantileRegressorSetting': {'read': ('quantile_value_list',),
                                                                                                                                                                         'ignored': ('_random_number_seed',
                                                                                                                                                                                     'bagging_fraction',
                                                                                                                                                                                     'create_learner_mode',
                                                                                                                                                                                     'enable_log',
                                                                                                                                                                                     'feature_fraction',
                                                                                                                                                                                     'minimum_instance_in_leaf',
                                                                                                                                                                                     'num_leaves',
                                                                                                                                                                                     'num_trees',
                                                                                                                                                                                     'parameter_range',
                                                                                                                                                                                     'quantile_sample_count',
                                                                                                                                                                                     'split_fraction')},
              'azureml.studio.modules.recommendation.train_svd_recommender.svd_recommender.SVDRecommender': {'read': ('model',),
                                                                                                             'ignored': ('_deployment_handler',)},
              'lightgbm.basic.Booster': {'read': ('handle', '_handle'),
                                         'fixed': {'best_iteration': (0,),
                                                   'pandas_categorical': (None,),
                                                   '_Booster__set_objective_to_none': (False,)},
                                         'ignored': ('_Booster__attr', '_Booster__higher_better_inner_eval',
                                                     '_Booster__init_predictor', '_Booster__inner_predict_buffer',
                                                     '_Booster__is_predicted_cur_iter', '_Booster__name_inner_eval',
                                                     '_Booster__need_reload_eval_info', '_Booster__num_class',
                                                     '_Booster__num_dataset', '_Booster__num_inner_eval',
                                                     '_network', '_train_data_name', 'best_score',
                                                     'name_valid_sets', 'network', 'params', 'train_set_version')},
              'lightgbm.sklearn.LGBMClassifier': {'read': ('_Booster', '_classes'),
                                                  'fixed': {'boosting_type': ('gbdt',),
                                                            '_best_iteration': (None, 0),
                                                            '_fobj': (None,)},
                                                  'ignored': ('_best_score', '_class_map', '_class_weight',
                                                              '_evals_result', '_le', '_n_classes', '_n_features',
                                                              '_n_features_in', '_objective', '_other_params',
                                                              'class_weight', 'colsample_bytree', 'fitted_',
                                                              'importance_type', 'learning_rate', 'max_depth',
                                                              'min_child_samples', 'min_child_weight',
                                                              'min_split_gain', 'n_estimators', 'n_jobs',
                                                              'num_leaves', 'objective', 'random_state',
                                                              'reg_alpha', 'reg_lambda', 'silent', 'subsample',
                                                              'subsample_for_bin', 'subsample_freq', 'verbosity')},
              'lightgbm.sklearn.LGBMRegressor': {'read': ('_Booster',),
                                                 'fixed': {'boosting_type': ('gbdt',),
                                                           '_best_iteration': (None, 0),
                                                           '_fobj': (None,)},
                                                 'ignored': ('_best_score', '_class_map', '_class_weight',
                                                             '_classes', '_evals_result', '_n_classes',
                                                             '_n_features', '_n_features_in', '_objective',
                                                             '_other_params', 'class_weight', 'colsample_bytree',
                                                             'fitted_', 'importance_type', 'learning_rate',
                                                             'max_depth', 'min_child_samples', 'min_child_weight',
                                                             'min_split_gain', 'n_estimators', 'n_jobs',
                                                             'num_leaves', 'objective', 'random_state', 'reg_alpha',
                                                             'reg_lambda', 'silent', 'subsample',
                                                             'subsample_for_bin', 'subsample_freq', 'verbosity')},
              'nimbusml.decomposition.pcaanomalydetector.PcaAnomalyDetector': {'read': (),
                                                                               'ignored': ('_allowed_roles',
                                                                                           '_BasePipelineItem_already_called',
                                                                                           'caching', 'center',
                                                                                           'export_version',
                                                                                           'feature',
                                                                                           'feature_column_name_',
                                                                                           'input',
                                                                                           'label_column_name_',
                                                                                           'normalize', 'output',
                                                                                           'oversampling',
                                                                                           'random_state', 'rank',
                                                                                           'type', 'weight')},
              'nimbusml.linear_model.poissonregressionregressor.PoissonRegressionRegressor': {'read': ('modelbytes',),
                                                                                              'ignored': ('_allowed_roles',
                                                                                                          '_BasePipelineItem_already_called',
                                                                                                          'caching',
                                                                                                          'dense_optimizer',
                                                                                                          'enforce_non_negativity',
                                                                                                          'export_version',
                                                                                                          'feature',
                                                                                                          'feature_column_name_',
                                                                                                          'history_size',
                                                                                                          'initial_weights_diameter',
                                                                                                          'input',
                                                                                                          'input_shape_',
                                                                                                          'l1_regularization',
                                                                                                          'l2_regularization',
                                                                                                          'label',
                                                                                                          'label_column_name_',
                                                                                                          'maximum_number_of_iterations',
                                                                                                          'normalize',
                                                                                                          'number_of_threads',
                                                                                                          'optimization_tolerance',
                                                                                                          'output',
                                                                                                          'quiet',
                                                                                                          'random_state',
                                                                                                          'stochastic_gradient_descent_initilaization_tolerance',
                                                                                                          'type',
                                                                                                          'use_threads',
                                                                                                          'weight')},
              'nimbusml.pipeline.Pipeline': {'read': ('modelbytes', 'steps'), 'fixed': {'export_version': (2,)}},
              'sklearn.cluster._kmeans.KMeans': {'read': ('cluster_centers_',),
                                                 'fixed': {'_sklearn_version': ('0.22.2', '1.5.0')},
                                                 'ignored': ('_algorithm', '_n_features_out', '_n_init',
                                                             '_n_threads', '_tol', 'algorithm', 'copy_x',
                                                             'inertia_', 'init', 'labels_', 'max_iter',
                                                             'n_clusters', 'n_features_in_', 'n_init', 'n_iter_',
                                                             'n_jobs', 'precompute_distances', 'random_state',
                                                             'tol', 'verbose')},
              'sklearn.ensemble._forest.RandomForestClassifier': {'read': ('estimators_', 'classes_'),
                                                                  'fixed': {'n_outputs_': (1,),
                                                                            '_sklearn_version': ('0.22.2',
                                                                                                 '1.5.0')},
                                                                  'ignored': ('_n_samples', '_n_samples_bootstrap',
                                                                              'base_estimator', 'base_estimator_',
                                                                              'bootstrap', 'ccp_alpha',
                                                                              'class_weight', 'criterion',
                                                                              'estimator', 'estimator_',
                                                                              'estimator_params', 'max_depth',
                                                                              'max_features', 'max_leaf_nodes',
                                                                              'max_samples',
                                                                              'min_impurity_decrease',
                                                                              'min_impurity_split',
                                                                              'min_samples_leaf',
                                                                              'min_samples_split',
                                                                              'min_weight_fraction_leaf',
                                                                              'monotonic_cst', 'n_classes_',
                                                                              'n_estimators', 'n_features_',
                                                                              'n_features_in_', 'n_jobs',
                                                                              'oob_score', 'random_state',
                                                                              'verbose', 'warm_start')},
              'sklearn.ensemble._forest.RandomForestRegressor': {'read': ('estimators_',),
                                                                 'fixed': {'n_outputs_': (1,),
                                                                           '_sklearn_version': ('0.22.2', '1.5.0')},
                                                                 'ignored': ('_n_samples', '_n_samples_bootstrap',
                                                                             'base_estimator', 'base_estimator_',
                                                                             'bootstrap', 'ccp_alpha',
                                                                             'class_weight', 'criterion',
                                                                             'estimator', 'estimator_',
                                                                             'estimator_params', 'max_depth',
                                                                             'max_features', 'max_leaf_nodes',
                                                                             'max_samples', 'min_impurity_decrease',
                                                                             'min_impurity_split',
                                                                             'min_samples_leaf',
                                                                             'min_samples_split',
                                                                             'min_weight_fraction_leaf',
                                                                             'monotonic_cst', 'n_estimators',
                                                                             'n_features_', 'n_features_in_',
                                                                             'n_jobs', 'oob_score', 'random_state',
                                                                             'verbose', 'warm_start')},
              'sklearn.linear_model._bayes.BayesianRidge': {'read': ('coef_', 'intercept_'),
                                                            'fixed': {'_sklearn_version': ('0.22.2', '1.5.0')},
                                                            'ignored': ('alpha_', 'alpha_1', 'alpha_2',
                                                                        'alpha_init', 'compute_score', 'copy_X',
                                                                        'fit_intercept', 'lambda_', 'lambda_1',
                                                                        'lambda_2', 'lambda_init', 'max_iter',
                                                                        'n_features_in_', 'n_iter', 'n_iter_',
                                                                        'normalize', 'scores_', 'sigma_', 'tol',
                                                                        'verbose', 'X_offset_', 'X_scale_')},
              'sklearn.linear_model._logistic.LogisticRegression': {'read': ('coef_', 'intercept_', 'classes_',
                                                                             'multi_class', 'solver'),
                                                                    'fixed': {'_sklearn_version': ('0.22.2',
                                                                                                   '1.5.0')},
                                                                    'ignored': ('C', 'class_weight', 'dual',
                                                                                'fit_intercept',
                                                                                'intercept_scaling', 'l1_ratio',
                                                                                'max_iter', 'n_features_in_',
                                                                                'n_iter_', 'n_jobs', 'penalty',
                                                                                'random_state', 'tol', 'verbose',
                                                                                'warm_start')},
              'sklearn.linear_model._perceptron.Perceptron': {'read': ('coef_', 'intercept_', 'classes_'),
                                                              'fixed': {'_sklearn_version': ('0.22.2', '1.5.0')},
                                                              'ignored': ('_expanded_class_weight',
                                                                          '_loss_function_', 'alpha', 'average',
                                                                          'C', 'class_weight', 'early_stopping',
                                                                          'epsilon', 'eta0', 'fit_intercept',
                                                                          'l1_ratio', 'learning_rate', 'loss',
                                                                          'loss_function_', 'max_iter',
                                                                          'n_features_in_', 'n_iter_',
                                                                          'n_iter_no_change', 'n_jobs', 'penalty',
                                                                          'power_t', 'random_state', 'shuffle',
                                                                          't_', 'tol', 'validation_fraction',
                                                                          'verbose', 'warm_start')},
              'sklearn.linear_model._ridge.Ridge': {'read': ('coef_', 'intercept_'),
                                                    'fixed': {'_sklearn_version': ('0.22.2', '1.5.0')},
                                                    'ignored': ('alpha', 'copy_X', 'fit_intercept', 'max_iter',
                                                                'n_features_in_', 'n_iter_', 'normalize',
                                                                'positive', 'random_state', 'solver', 'solver_',
                                                                'tol')},
              'sklearn.multiclass.OneVsOneClassifier': {'read': ('estimators_', 'classes_'),
                                                        'fixed': {'pairwise_indices_': (None,),
                                                                  '_sklearn_version': ('0.22.2', '1.5.0')},
                                                        'ignored': ('feature_names_in_', 'estimator',
                                                                    'n_features_in_', 'n_jobs')},
              'sklearn.multiclass.OneVsRestClassifier': {'read': ('estimators_', 'classes_'),
                                                         'fixed': {'_sklearn_version': ('0.22.2', '1.5.0')},
                                                         'ignored': ('feature_names_in_', 'estimator',
                                                                     'label_binarizer_', 'n_features_in_', 'n_jobs',
                                                                     'verbose')},
              'sklearn.neural_network._multilayer_perceptron.MLPClassifier': {'read': ('coefs_', 'intercepts_',
                                                                                       'activation',
                                                                                       'out_activation_',
                                                                                       'classes_'),
                                                                              'fixed': {'_sklearn_version': ('0.22.2',
                                                                                                             '1.5.0')},
                                                                              'ignored': ('_label_binarizer',
                                                                                          '_no_improvement_count',
                                                                                          '_optimizer',
                                                                                          '_random_state', 'alpha',
                                                                                          'batch_size',
                                                                                          'best_loss_',
                                                                                          'best_validation_score_',
                                                                                          'beta_1', 'beta_2',
                                                                                          'early_stopping',
                                                                                          'epsilon',
                                                                                          'hidden_layer_sizes',
                                                                                          'learning_rate',
                                                                                          'learning_rate_init',
                                                                                          'loss', 'loss_',
                                                                                          'loss_curve_', 'max_fun',
                                                                                          'max_iter', 'momentum',
                                                                                          'n_features_in_',
                                                                                          'n_iter_',
                                                                                          'n_iter_no_change',
                                                                                          'n_layers_', 'n_outputs_',
                                                                                          'nesterovs_momentum',
                                                                                          'power_t', 'random_state',
                                                                                          'shuffle', 'solver', 't_',
                                                                                          'tol',
                                                                                          'validation_fraction',
                                                                                          'validation_scores_',
                                                                                          'verbose',
                                                                                          'warm_start')},
              'sklearn.neural_network._multilayer_perceptron.MLPRegressor': {'read': ('coefs_', 'intercepts_',
                                                                                      'activation',
                                                                                      'out_activation_'),
                                                                             'fixed': {'_sklearn_version': ('0.22.2',
                                                                                                            '1.5.0')},
                                                                             'ignored': ('_no_improvement_count',
                                                                                         '_optimizer',
                                                                                         '_random_state', 'alpha',
                                                                                         'batch_size', 'best_loss_',
                                                                                         'best_validation_score_',
                                                                                         'beta_1', 'beta_2',
                                                                                         'early_stopping',
                                                                                         'epsilon',
                                                                                         'hidden_layer_sizes',
                                                                                         'learning_rate',
                                                                                         'learning_rate_init',
                                                                                         'loss', 'loss_',
                                                                                         'loss_curve_', 'max_fun',
                                                                                         'max_iter', 'momentum',
                                                                                         'n_features_in_',
                                                                                         'n_iter_',
                                                                                         'n_iter_no_change',
                                                                                         'n_layers_', 'n_outputs_',
                                                                                         'nesterovs_momentum',
                                                                                         'power_t', 'random_state',
                                                                                         'shuffle', 'solver', 't_',
                                                                                         'tol',
                                                                                         'validation_fraction',
                                                                                         'validation_scores_',
                                                                                         'verbose', 'warm_start')},
              'sklearn.preprocessing._data.MinMaxScaler': {'read': ('scale_', 'min_'),
                                                           'fixed': {'clip': (False,),
                                                                     '_sklearn_version': ('0.22.2', '1.5.0')},
                                                           'ignored': ('copy', 'data_max_', 'data_min_',
                                                                       'data_range_', 'feature_range',
                                                                       'n_features_in_', 'n_samples_seen_')},
              'sklearn.preprocessing._encoders.OneHotEncoder': {'read': ('categories_',),
                                                                'fixed': {'drop': (None,),
                                                                          'handle_unknown': ('ignore',),
                                                                          'dtype': ('numpy.float64',),
                                                                          'min_frequency': (None,),
                                                                          'max_categories': (None,),
                                                                          '_infrequent_enabled': (False,),
                                                                          '_sklearn_version': ('0.22.2', '1.5.0')},
                                                                'ignored': ('_drop_idx_after_grouping',
                                                                            '_n_features_outs', 'categories',
                                                                            'drop_idx_', 'feature_name_combiner',
                                                                            'n_features_in_', 'sparse',
                                                                            'sparse_output')},
              'sklearn.preprocessing._encoders.OrdinalEncoder': {'read': ('categories_',),
                                                                 'fixed': {'_infrequent_enabled': (False,),
                                                                           'min_frequency': (None,),
                                                                           'max_categories': (None,),
                                                                           'dtype': ('numpy.float64',),
                                                                           '_sklearn_version': ('0.22.2', '1.5.0')},
                                                                 'ignored': ('_missing_indices', 'categories',
                                                                             'encoded_missing_value',
                                                                             'handle_unknown', 'n_features_in_',
                                                                             'unknown_value')},
              'sklearn.svm._classes.LinearSVC': {'read': ('coef_', 'intercept_', 'classes_'),
                                                 'fixed': {'_sklearn_version': ('0.22.2', '1.5.0')},
                                                 'ignored': ('C', 'class_weight', 'dual', 'fit_intercept',
                                                             'intercept_scaling', 'loss', 'max_iter', 'multi_class',
                                                             'n_features_in_', 'n_iter_', 'penalty', 'random_state',
                                                             'tol', 'verbose')},
              'sklearn.tree._classes.DecisionTreeClassifier': {'read': ('tree_',),
                                                               'fixed': {'n_outputs_': (1,),
                                                                         '_sklearn_version': ('0.22.2', '1.5.0')},
                                                               'ignored': ('ccp_alpha', 'class_weight', 'classes_',
                                                                           'criterion', 'max_depth', 'max_features',
                                                                           'max_features_', 'max_leaf_nodes',
                                                                           'min_impurity_decrease',
                                                                           'min_impurity_split', 'min_samples_leaf',
                                                                           'min_samples_split',
                                                                           'min_weight_fraction_leaf',
                                                                           'monotonic_cst', 'n_classes_',
                                                                           'n_features_', 'n_features_in_',
                                                                           'presort', 'random_state', 'splitter')},
              'sklearn.tree._classes.DecisionTreeRegressor': {'read': ('tree_',),
                                                              'fixed': {'n_outputs_': (1,),
                                                                        '_sklearn_version': ('0.22.2', '1.5.0')},
                                                              'ignored': ('ccp_alpha', 'class_weight', 'criterion',
                                                                          'max_depth', 'max_features',
                                                                          'max_features_', 'max_leaf_nodes',
                                                                          'min_impurity_decrease',
                                                                          'min_impurity_split', 'min_samples_leaf',
                                                                          'min_samples_split',
                                                                          'min_weight_fraction_leaf',
                                                                          'monotonic_cst', 'n_features_',
                                                                          'n_features_in_', 'presort',
                                                                          'random_state', 'splitter')},
              'sklearn.tree._tree.Tree': {'read': ('nodes', 'values'), 'ignored': ('max_depth', 'node_count')},
              'surprise.prediction_algorithms.matrix_factorization.SVD': {'read': ('trainset', 'bu', 'bi', 'pu',
                                                                                   'qi'),
                                                                          'fixed': {'biased': (True,)},
                                                                          'ignored': ('bsl_options', 'init_mean',
                                                                                      'init_std_dev', 'lr_bi',
                                                                                      'lr_bu', 'lr_pu', 'lr_qi',
                                                                                      'n_epochs', 'n_factors',
                                                                                      'random_state', 'reg_bi',
                                                                                      'reg_bu', 'reg_pu', 'reg_qi',
                                                                                      'sim_options', 'verbose')},
              'surprise.trainset.Trainset': {'read': ('_raw2inner_id_users', '_raw2inner_id_items', '_global_mean',
                                                      'rating_scale', 'ur', 'ir'),
                                             'ignored': ('_inner2raw_id_items', '_inner2raw_id_users', 'n_items',
                                                         'n_ratings', 'n_users')}},
 'open_form': {'python': '3.12',
               'online': {'caller': ({'name': 'azureml-inference-server-http', 'version': '1.5.1'},),
                          'scoring': {'default': ({'name': 'numpy', 'version': '2.5.5'},),
                                      'score_vowpal_wabbit_model': ({'name': 'vowpalwabbit', 'version': '9.11.9'},),
                                      'score_image_model': ({'name': 'numpy', 'version': '2.5.5'},
                                                            {'name': 'onnxruntime', 'version': '1.32.0'},
                                                            {'name': 'pillow', 'version': '13.0.0'})}},
               'batch': {'caller': ({'name': 'azureml-core', 'version': '1.61.0.post4'},
                                    {'name': 'azureml-dataset-runtime[fuse]', 'version': '1.62.0.post1'},
                                    {'name': 'pandas', 'version': '3.1.1'}),
                         'scoring': {'default': ({'name': 'numpy', 'version': '2.3.2'},),
                                     'score_vowpal_wabbit_model': ({'name': 'vowpalwabbit', 'version': '9.11.9'},),
                                     'score_image_model': ({'name': 'numpy', 'version': '2.3.2'},
                                                           {'name': 'onnxruntime', 'version': '1.32.0'},
                                                           {'name': 'pillow', 'version': '13.0.0'})}},
               'trees': {'lightgbm': {'name': 'lightgbm', 'version': '4.7.0'}},
               'parameters': {'appends': 'append_or_result_only',
                              'labels': 'include_an_extra_column_containing_labels',
                              'raw_scores': 'include_an_extra_column_containing_raw_scores'},
               'recommenders': {'score_svd_recommender': {'kind': 'prediction_kind',
                                                          'selection': 'recommended_item_selection',
                                                          'most': 'max_recommended_item_count',
                                                          'least': 'min_recommendation_pool_size',
                                                          'ratings': 'return_ratings'},
                                'score_wide_and_deep_recommender': {'kind': 'recommender_prediction_kind',
                                                                    'selection': 'recommended_item_selection',
                                                                    'most': 'maximum_number_of_items_to_recommend_to_a_user',
                                                                    'least': 'minimum_size_of_the_recommendation_pool_for_a_single_user',
                                                                    'ratings': 'whether_to_return_the_predicted_ratings_of_the_items_along_with_the_labels'}},
               'dataset': 'training_data',
               'releases': {'0.0.179': '0.22.2', '0.0.185': '0.22.2', '0.0.195': '1.5.0'},
               'kinds': ('anomalies', 'boosted_classes', 'boosted_two_classes', 'boosted_value', 'decision',
                         'forest_of_classes', 'forest_of_values', 'image_net', 'k_means', 'linear', 'logistic',
                         'multinomial', 'net_of_classes', 'net_of_two_classes', 'net_of_values', 'one_against_all',
                         'one_against_one', 'poisson', 'svd', 'vowpal_wabbit', 'wide_and_deep')},
 'pipelines': {'entry_points': ('azureml.designer.serving.dagengine.score_implementation',)},
 'python': {'syntax': ({'name': 'future annotations',
                        'since': '3.7',
                        'what': '`from __future__ import annotations`',
                        'mark': '__future__',
                        'nodes': ('ImportFrom',)},
                       {'name': 'walrus',
                        'since': '3.8',
                        'what': 'an assignment within an expression (`:=`)',
                        'mark': ':=',
                        'nodes': ('NamedExpr',)},
                       {'name': 'positional-only',
                        'since': '3.8',
                        'what': 'parameters that are positional only (`/`)',
                        'mark': '/\\s*[,):]',
                        'nodes': ('arguments',)},
                       {'name': 'self-documenting',
                        'since': '3.8',
                        'what': '`=` in an f-string',
                        'mark': '=\\s*(![rsa])?\\s*(:[^{}]*)?\\}',
                        'nodes': ('JoinedStr',)},
                       {'name': 'starred return',
                        'since': '3.8',
                        'what': 'a starred item without parentheses behind return or yield',
                        'mark': '(return|yield)\\b[^\\n]*\\*',
                        'nodes': ('Return', 'Yield')},
                       {'name': 'annotated tuple',
                        'since': '3.8',
                        'what': 'a tuple without parentheses behind an annotation',
                        'mark': ':[^=\\n]*=[^\\n]*,',
                        'nodes': ('AnnAssign',)},
                       {'name': 'continue in finally',
                        'since': '3.8',
                        'what': 'continue in a finally block',
                        'mark': 'finally\\b',
                        'nodes': ('Try', 'TryStar')},
                       {'name': 'decorator',
                        'since': '3.9',
                        'what': 'a decorator that is more than a name or a call of one',
                        'mark': '@',
                        'nodes': ('FunctionDef', 'AsyncFunctionDef', 'ClassDef')},
                       {'name': 'parenthesised with',
                        'since': '3.9',
                        'what': 'context managers in parentheses',
                        'mark': 'with[ \\t\\\\\\r\\n]*\\(',
                        'nodes': ('With', 'AsyncWith')},
                       {'name': 'walrus in a set',
                        'since': '3.9',
                        'what': '`:=` without parentheses in a set',
                        'mark': ':=',
                        'nodes': ('Set', 'SetComp')},
                       {'name': 'starred for',
                        'since': '3.9',
                        'what': 'a starred item without parentheses behind for ... in',
                        'mark': 'in\\b[^\\n]*\\*',
                        'nodes': ('For', 'AsyncFor')},
                       {'name': 'walrus in an index',
                        'since': '3.10',
                        'what': '`:=` without parentheses in an index',
                        'mark': ':=',
                        'nodes': ('Subscript',)},
                       {'name': 'match',
                        'since': '3.10',
                        'what': 'a match statement',
                        'mark': 'match',
                        'nodes': ('Match',)},
                       {'name': 'except group',
                        'since': '3.11',
                        'what': '`except*`',
                        'mark': 'except\\s*\\*',
                        'nodes': ('TryStar',)},
                       {'name': 'starred index',
                        'since': '3.11',
                        'what': 'a starred item in an index',
                        'mark': '\\[[^\\]]*\\*',
                        'nodes': ('Subscript',)},
                       {'name': 'starred annotation',
                        'since': '3.11',
                        'what': 'a starred annotation',
                        'mark': ':\\s*\\*',
                        'nodes': ('arg',)},
                       {'name': 'asynchronous comprehension',
                        'since': '3.11',
                        'what': 'an asynchronous comprehension within another',
                        'mark': 'async\\s+for\\b',
                        'nodes': ('ListComp', 'SetComp', 'DictComp', 'GeneratorExp')},
                       {'name': 'f-string',
                        'since': '3.12',
                        'what': 'an f-string that holds its own quotes, a backslash or a comment in braces',
                        'mark': '(?i)\\b(f|fr|rf)["\']',
                        'nodes': ('JoinedStr',)},
                       {'name': 'type statement',
                        'since': '3.12',
                        'what': 'a type statement',
                        'mark': 'type',
                        'nodes': ('TypeAlias',)},
                       {'name': 'type parameters',
                        'since': '3.12',
                        'what': 'type parameters',
                        'mark': '\\b(def|class)\\s+\\w+\\s*\\[',
                        'nodes': ('FunctionDef', 'AsyncFunctionDef', 'ClassDef')},
                       {'name': 'type parameter default',
                        'since': '3.13',
                        'what': 'the default of a type parameter',
                        'mark': '\\[[^\\]]*=',
                        'nodes': ('TypeVar', 'ParamSpec', 'TypeVarTuple')},
                       {'name': 'template string',
                        'since': '3.14',
                        'what': 'a template string',
                        'mark': '(?i)\\b(t|tr|rt)["\']',
                        'nodes': ('TemplateStr',)},
                       {'name': 'bare except list',
                        'since': '3.14',
                        'what': 'several exceptions behind except without parentheses',
                        'mark': 'except[^\\n]*,',
                        'nodes': ('ExceptHandler',)}),
            'subscripted': {'3.9': ('builtins.list', 'builtins.dict', 'builtins.tuple', 'builtins.set',
                                    'builtins.frozenset', 'builtins.type', 'collections.deque',
                                    'collections.defaultdict', 'collections.OrderedDict', 'collections.Counter',
                                    'collections.ChainMap', 'collections.abc.Iterable', 'collections.abc.Iterator',
                                    'collections.abc.Generator', 'collections.abc.Callable',
                                    'collections.abc.Collection', 'collections.abc.Container',
                                    'collections.abc.Sequence', 'collections.abc.MutableSequence',
                                    'collections.abc.Mapping', 'collections.abc.MutableMapping',
                                    'collections.abc.Set', 'collections.abc.MutableSet',
                                    'contextlib.AbstractContextManager', 're.Match', 're.Pattern', 'queue.Queue',
                                    'os.PathLike')},
            'dict_union': '3.9',
            'type_union': '3.10',
            'telling_methods': ('add_note', 'bit_count', 'hardlink_to', 'is_relative_to', 'isascii', 'removeprefix',
                                'removesuffix', 'with_stem'),
            'bare_decorators': {'3.8': ('functools.lru_cache',)},
            'arguments': {'3.7': {'subprocess.run': ('capture_output', 'text'),
                                  'subprocess.check_output': ('text',),
                                  'subprocess.call': ('text',)},
                          '3.8': {'pathlib.Path.unlink': ('missing_ok',), 'logging.basicConfig': ('force',)},
                          '3.9': {'logging.basicConfig': ('encoding', 'errors'),
                                  'subprocess.run': ('user', 'group', 'extra_groups', 'umask')},
                          '3.10': {'builtins.zip': ('strict',), 'pathlib.Path.write_text': ('newline',)},
                          '3.12': {'pathlib.Path.glob': ('case_sensitive',),
                                   'pathlib.PurePath.relative_to': ('walk_up',)},
                          '3.14': {'builtins.map': ('strict',)}},
            'modules': {'3.14': ('annotationlib', 'compression', 'concurrent.interpreters', 'string.templatelib',
                                 'pathlib.types')}},
 'python_names': {'modules': {'3.7': ('contextvars', 'dataclasses', 'importlib.resources'),
                              '3.8': ('importlib.metadata', 'multiprocessing.resource_tracker',
                                      'multiprocessing.shared_memory'),
                              '3.9': ('graphlib', 'zoneinfo'),
                              '3.10': ('importlib.readers',),
                              '3.11': ('importlib.simple', 'tomllib', 'wsgiref.types'),
                              '3.12': (),
                              '3.13': ('dbm.sqlite3',)},
                  'modules_gone': {'3.7': ('macurl2path',),
                                   '3.8': ('macpath', 'multiprocessing.semaphore_tracker'),
                                   '3.9': ('dummy_threading',),
                                   '3.10': ('formatter', 'parser', 'symbol'),
                                   '3.11': ('binhex',),
                                   '3.12': ('asynchat', 'asyncore', 'imp', 'smtpd'),
                                   '3.13': ('aifc', 'audioop', 'cgi', 'cgitb', 'chunk', 'crypt', 'imghdr',
                                            'mailcap', 'nis', 'nntplib', 'ossaudiodev', 'pipes', 'sndhdr', 'spwd',
                                            'sunau', 'telnetlib', 'uu', 'xdrlib')},
                  'names': {'3.7': {'asyncio': ('BufferedProtocol', 'SendfileNotAvailableError', 'all_tasks',
                                                'create_task', 'current_task', 'get_running_loop', 'run'),
                                    'builtins': ('breakpoint',),
                                    'concurrent.futures': ('BrokenExecutor',),
                                    'contextlib': ('AbstractAsyncContextManager', 'AsyncExitStack',
                                                   'asynccontextmanager', 'nullcontext'),
                                    'crypt': ('METHOD_BLOWFISH',),
                                    'decimal': ('HAVE_CONTEXTVAR',),
                                    'gc': ('freeze', 'get_freeze_count', 'unfreeze'),
                                    'hmac': ('digest',),
                                    'http.server': ('ThreadingHTTPServer',),
                                    'importlib.abc': ('ResourceReader',),
                                    'importlib.util': ('source_hash',),
                                    'math': ('remainder',),
                                    'os': ('RWF_DSYNC', 'RWF_HIPRI', 'RWF_NOWAIT', 'RWF_SYNC', 'preadv', 'pwritev',
                                           'register_at_fork'),
                                    'pstats': ('SortKey',),
                                    'py_compile': ('PycInvalidationMode',),
                                    'queue': ('SimpleQueue',),
                                    're': ('Match', 'Pattern'),
                                    'symbol': ('sync_comp_for',),
                                    'sys': ('breakpointhook', 'get_coroutine_origin_tracking_depth',
                                            'get_int_max_str_digits', 'set_coroutine_origin_tracking_depth',
                                            'set_int_max_str_digits'),
                                    'time': ('CLOCK_BOOTTIME', 'clock_gettime_ns', 'clock_settime_ns',
                                             'monotonic_ns', 'perf_counter_ns', 'process_time_ns',
                                             'pthread_getcpuclockid', 'thread_time', 'thread_time_ns', 'time_ns'),
                                    'types': ('ClassMethodDescriptorType', 'MethodDescriptorType',
                                              'MethodWrapperType', 'WrapperDescriptorType', 'resolve_bases'),
                                    'typing': ('ForwardRef', 'OrderedDict'),
                                    'uuid': ('Enum', 'SafeUUID'),
                                    'xmlrpc.server': ('partial', 'signature')},
                            '3.8': {'ast': ('FunctionType', 'NamedExpr', 'PyCF_ALLOW_TOP_LEVEL_AWAIT',
                                            'PyCF_TYPE_COMMENTS', 'TypeIgnore', 'get_source_segment',
                                            'type_ignore'),
                                    'asyncio': ('MultiLoopChildWatcher', 'ThreadedChildWatcher'),
                                    'dummy_threading': ('ExceptHookArgs', 'excepthook'),
                                    'functools': ('cached_property', 'singledispatchmethod'),
                                    'gettext': ('dnpgettext', 'dpgettext', 'npgettext', 'pgettext'),
                                    'gzip': ('BadGzipFile',),
                                    'io': ('open_code',),
                                    'math': ('comb', 'dist', 'isqrt', 'perm', 'prod'),
                                    'multiprocessing': ('parent_process',),
                                    'multiprocessing.managers': ('SharedMemoryManager',),
                                    'multiprocessing.process': ('parent_process',),
                                    'os': ('MFD_ALLOW_SEALING', 'MFD_CLOEXEC', 'MFD_HUGETLB', 'MFD_HUGE_16GB',
                                           'MFD_HUGE_16MB', 'MFD_HUGE_1GB', 'MFD_HUGE_1MB', 'MFD_HUGE_256MB',
                                           'MFD_HUGE_2GB', 'MFD_HUGE_2MB', 'MFD_HUGE_32MB', 'MFD_HUGE_512KB',
                                           'MFD_HUGE_512MB', 'MFD_HUGE_64KB', 'MFD_HUGE_8MB', 'MFD_HUGE_MASK',
                                           'MFD_HUGE_SHIFT', 'POSIX_SPAWN_CLOSE', 'POSIX_SPAWN_DUP2',
                                           'POSIX_SPAWN_OPEN', 'copy_file_range', 'memfd_create', 'posix_spawn',
                                           'posix_spawnp'),
                                    'pickle': ('BYTEARRAY8', 'NEXT_BUFFER', 'PickleBuffer', 'READONLY_BUFFER'),
                                    'platform': ('win32_edition', 'win32_is_iot'),
                                    'plistlib': ('UID',),
                                    'pprint': ('pp',),
                                    'shlex': ('join',),
                                    'signal': ('raise_signal', 'strsignal', 'valid_signals'),
                                    'statistics': ('NormalDist', 'fmean', 'geometric_mean', 'multimode',
                                                   'quantiles'),
                                    'symbol': ('func_body_suite', 'func_type', 'func_type_input', 'namedexpr_test',
                                               'typelist'),
                                    'sys': ('addaudithook', 'audit', 'pycache_prefix', 'unraisablehook'),
                                    'threading': ('ExceptHookArgs', 'excepthook', 'get_native_id'),
                                    'types': ('CellType',),
                                    'typing': ('Final', 'Literal', 'Protocol', 'SupportsIndex', 'TypedDict',
                                               'final', 'get_args', 'get_origin', 'runtime_checkable'),
                                    'unicodedata': ('is_normalized',),
                                    'unittest': ('IsolatedAsyncioTestCase', 'addModuleCleanup'),
                                    'zipfile': ('Path',)},
                            '3.9': {'argparse': ('BooleanOptionalAction',),
                                    'ast': ('IntEnum', 'auto', 'contextmanager', 'main', 'nullcontext', 'unparse'),
                                    'asyncio': ('PidfdChildWatcher', 'Server', 'to_thread'),
                                    'functools': ('cache',),
                                    'gc': ('is_finalized',),
                                    'importlib.abc': ('Protocol', 'Traversable', 'TraversableResources',
                                                      'runtime_checkable'),
                                    'importlib.resources': ('as_file', 'files'),
                                    'inspect': ('ClassFoundException',),
                                    'keyword': ('issoftkeyword', 'softkwlist'),
                                    'math': ('lcm', 'nextafter', 'ulp'),
                                    'os': ('CLD_KILLED', 'CLD_STOPPED', 'P_PIDFD', 'pidfd_open',
                                           'waitstatus_to_exitcode'),
                                    'pstats': ('FunctionProfile', 'StatsProfile'),
                                    'random': ('randbytes',),
                                    'signal': ('pidfd_send_signal',),
                                    'sys': ('platlibdir',),
                                    'time': ('CLOCK_TAI',),
                                    'tracemalloc': ('reset_peak',),
                                    'types': ('GenericAlias',),
                                    'typing': ('Annotated',)},
                            '3.10': {'abc': ('update_abstractmethods',),
                                     'ast': ('Match', 'MatchAs', 'MatchClass', 'MatchMapping', 'MatchOr',
                                             'MatchSequence', 'MatchSingleton', 'MatchStar', 'MatchValue',
                                             'match_case', 'pattern'),
                                     'asynchat': ('warn',),
                                     'base64': ('b32hexdecode', 'b32hexencode'),
                                     'builtins': ('EncodingWarning', 'aiter', 'anext'),
                                     'contextlib': ('aclosing',),
                                     'dataclasses': ('KW_ONLY',),
                                     'importlib.abc': ('BinaryIO', 'Iterable', 'Text'),
                                     'importlib.metadata': ('FreezableDefaultDict', 'PackageMetadata', 'Pair',
                                                            'SimplePath', 'method_cache', 'packages_distributions',
                                                            'pass_none', 'unique_everseen'),
                                     'importlib.resources': ('ResourceReader',),
                                     'importlib.util': ('Loader',),
                                     'inspect': ('get_annotations',),
                                     'itertools': ('pairwise',),
                                     'os': ('EFD_CLOEXEC', 'EFD_NONBLOCK', 'EFD_SEMAPHORE', 'O_FSYNC', 'RWF_APPEND',
                                            'SPLICE_F_MORE', 'SPLICE_F_MOVE', 'SPLICE_F_NONBLOCK', 'eventfd',
                                            'eventfd_read', 'eventfd_write', 'splice'),
                                     'platform': ('freedesktop_os_release',),
                                     'statistics': ('correlation', 'covariance', 'linear_regression'),
                                     'sys': ('orig_argv', 'stdlib_module_names'),
                                     'threading': ('getprofile', 'gettrace'),
                                     'types': ('EllipsisType', 'NoneType', 'NotImplementedType', 'UnionType'),
                                     'typing': ('Concatenate', 'ParamSpec', 'ParamSpecArgs', 'ParamSpecKwargs',
                                                'TypeAlias', 'TypeGuard', 'is_typeddict')},
                            '3.11': {'ast': ('TryStar',),
                                     'asyncio': ('Barrier', 'BrokenBarrierError', 'Runner', 'TaskGroup', 'Timeout',
                                                 'timeout', 'timeout_at'),
                                     'builtins': ('BaseExceptionGroup', 'ExceptionGroup'),
                                     'cgitb': ('html_escape',),
                                     'contextlib': ('chdir',),
                                     'datetime': ('UTC',),
                                     'enum': ('CONFORM', 'CONTINUOUS', 'EJECT', 'EnumCheck', 'EnumType',
                                              'FlagBoundary', 'KEEP', 'NAMED_FLAGS', 'ReprEnum', 'STRICT',
                                              'StrEnum', 'UNIQUE', 'global_enum', 'global_enum_repr',
                                              'global_flag_repr', 'global_str', 'member', 'nonmember',
                                              'pickle_by_enum_name', 'pickle_by_global_name', 'property',
                                              'verify'),
                                     'hashlib': ('file_digest',),
                                     'http': ('HTTPMethod',),
                                     'importlib.machinery': ('NamespaceLoader',),
                                     'importlib.metadata': ('always_iterable',),
                                     'inspect': ('getmembers_static', 'ismethodwrapper'),
                                     'locale': ('getencoding',),
                                     'logging': ('getLevelNamesMapping',),
                                     'math': ('cbrt', 'exp2'),
                                     'operator': ('call',),
                                     'os': ('login_tty',),
                                     're': ('NOFLAG',),
                                     'signal': ('SIGSTKFLT',),
                                     'sys': ('exception',),
                                     'termios': ('tcgetwinsize', 'tcsetwinsize'),
                                     'typing': ('LiteralString', 'Never', 'NotRequired', 'Required', 'Self',
                                                'TypeVarTuple', 'Unpack', 'assert_never', 'assert_type',
                                                'clear_overloads', 'dataclass_transform', 'get_overloads',
                                                'reveal_type'),
                                     'unittest': ('doModuleCleanups', 'enterModuleContext')},
                            '3.12': {'ast': ('ParamSpec', 'TypeAlias', 'TypeVar', 'TypeVarTuple', 'type_param'),
                                     'asyncio': ('create_eager_task_factory', 'eager_task_factory'),
                                     'calendar': ('APRIL', 'AUGUST', 'DECEMBER', 'Day', 'FEBRUARY', 'JANUARY',
                                                  'JULY', 'JUNE', 'MARCH', 'MAY', 'Month', 'NOVEMBER', 'OCTOBER',
                                                  'SEPTEMBER'),
                                     'collections.abc': ('Buffer',),
                                     'csv': ('QUOTE_NOTNULL', 'QUOTE_STRINGS'),
                                     'genericpath': ('islink',),
                                     'inspect': ('AGEN_CLOSED', 'AGEN_CREATED', 'AGEN_RUNNING', 'AGEN_SUSPENDED',
                                                 'BufferFlags', 'getasyncgenlocals', 'getasyncgenstate',
                                                 'markcoroutinefunction'),
                                     'itertools': ('batched',),
                                     'logging': ('getHandlerByName', 'getHandlerNames'),
                                     'math': ('sumprod',),
                                     'ntpath': ('isjunction', 'splitroot'),
                                     'os': ('CLONE_FILES', 'CLONE_FS', 'CLONE_NEWCGROUP', 'CLONE_NEWIPC',
                                            'CLONE_NEWNET', 'CLONE_NEWNS', 'CLONE_NEWPID', 'CLONE_NEWTIME',
                                            'CLONE_NEWUSER', 'CLONE_NEWUTS', 'CLONE_SIGHAND', 'CLONE_SYSVSEM',
                                            'CLONE_THREAD', 'CLONE_VM', 'setns', 'unshare'),
                                     'random': ('binomialvariate',),
                                     'socketserver': ('ForkingUnixDatagramServer', 'ForkingUnixStreamServer'),
                                     'sys': ('activate_stack_trampoline', 'deactivate_stack_trampoline',
                                             'getunicodeinternedsize', 'is_stack_trampoline_active'),
                                     'threading': ('setprofile_all_threads', 'settrace_all_threads'),
                                     'tty': ('cfmakecbreak', 'cfmakeraw'),
                                     'types': ('get_original_bases',),
                                     'typing': ('TypeAliasType', 'override'),
                                     'uuid': ('main',)},
                            '3.13': {'ast': ('PyCF_OPTIMIZED_AST',),
                                     'asyncio': ('EventLoop', 'QueueShutDown'),
                                     'base64': ('z85decode', 'z85encode'),
                                     'builtins': ('PythonFinalizationError',),
                                     'concurrent.futures': ('InvalidStateError',),
                                     'configparser': ('MultilineContinuationError', 'UNNAMED_SECTION'),
                                     'copy': ('replace',),
                                     'enum': ('EnumDict',),
                                     'genericpath': ('isdevdrive', 'isjunction', 'lexists'),
                                     'glob': ('translate',),
                                     'importlib.machinery': ('AppleFrameworkLoader',),
                                     'importlib.resources': ('Anchor',),
                                     'math': ('fma',),
                                     'mimetypes': ('guess_file_type',),
                                     'ntpath': ('isreserved',),
                                     'os': ('POSIX_SPAWN_CLOSEFROM', 'TFD_CLOEXEC', 'TFD_NONBLOCK',
                                            'TFD_TIMER_ABSTIME', 'TFD_TIMER_CANCEL_ON_SET', 'grantpt',
                                            'posix_openpt', 'ptsname', 'timerfd_create', 'timerfd_gettime',
                                            'timerfd_gettime_ns', 'timerfd_settime', 'timerfd_settime_ns',
                                            'unlockpt'),
                                     'pathlib': ('UnsupportedOperation',),
                                     'platform': ('AndroidVer', 'IOSVersionInfo', 'android_ver', 'ios_ver'),
                                     'queue': ('ShutDown',),
                                     're': ('PatternError',),
                                     'readline': ('backend',),
                                     'site': ('gethistoryfile', 'register_readline'),
                                     'stat': ('SF_DATALESS', 'SF_FIRMLINK', 'SF_RESTRICTED', 'SF_SETTABLE',
                                              'UF_DATAVAULT', 'UF_SETTABLE', 'UF_TRACKED'),
                                     'statistics': ('kde', 'kde_random'),
                                     'syslog': ('LOG_FTP',),
                                     'termios': ('EXTPROC', 'IUTF8'),
                                     'typing': ('NoDefault', 'ReadOnly', 'TypeIs', 'get_protocol_members',
                                                'is_protocol'),
                                     'warnings': ('deprecated',)}},
                  'methods': {'3.7': {'builtins.bytes': ('isascii',),
                                      'builtins.str': ('isascii',),
                                      'datetime.date': ('fromisoformat',),
                                      'datetime.datetime': ('fromisoformat',),
                                      'datetime.time': ('fromisoformat',),
                                      'pathlib.Path': ('is_mount',)},
                              '3.8': {'builtins.int': ('as_integer_ratio',),
                                      'datetime.date': ('fromisocalendar',),
                                      'datetime.datetime': ('fromisocalendar',),
                                      'fractions.Fraction': ('as_integer_ratio',),
                                      'pathlib.Path': ('link_to',)},
                              '3.9': {'builtins.bytes': ('removeprefix', 'removesuffix'),
                                      'builtins.str': ('removeprefix', 'removesuffix'),
                                      'pathlib.Path': ('is_relative_to', 'readlink', 'with_stem'),
                                      'pathlib.PurePath': ('is_relative_to', 'with_stem')},
                              '3.10': {'builtins.int': ('bit_count',),
                                       'collections.Counter': ('total',),
                                       'pathlib.Path': ('hardlink_to',)},
                              '3.11': {'builtins.BaseException': ('add_note',)},
                              '3.12': {'builtins.int': ('is_integer',),
                                       'fractions.Fraction': ('is_integer',),
                                       'pathlib.Path': ('is_junction', 'walk', 'with_segments'),
                                       'pathlib.PurePath': ('with_segments',)},
                              '3.13': {'array.array': ('clear',),
                                       'pathlib.Path': ('from_uri', 'full_match', 'parser'),
                                       'pathlib.PurePath': ('full_match', 'parser')}},
                  'arguments': {'3.7': {'asyncio.Handle': ('context',),
                                        'asyncio.TimerHandle': ('context',),
                                        'binascii.b2a_uu': ('backtick',),
                                        'cgi.parse_multipart': ('encoding', 'errors', 'separator'),
                                        'collections.namedtuple': ('defaults',),
                                        'compileall.compile_dir': ('invalidation_mode',),
                                        'compileall.compile_file': ('invalidation_mode',),
                                        'compileall.compile_path': ('invalidation_mode',),
                                        'concurrent.futures.ProcessPoolExecutor': ('initargs', 'initializer',
                                                                                   'mp_context'),
                                        'concurrent.futures.ThreadPoolExecutor': ('initargs', 'initializer'),
                                        'crypt.mksalt': ('rounds',),
                                        'http.client.HTTPConnection': ('blocksize',),
                                        'http.client.HTTPSConnection': ('blocksize',),
                                        'http.server.CGIHTTPRequestHandler': ('directory',),
                                        'http.server.SimpleHTTPRequestHandler': ('directory',),
                                        'inspect.namedtuple': ('defaults',),
                                        'locale.format_string': ('monetary',),
                                        'pdb.set_trace': ('header',),
                                        'py_compile.compile': ('invalidation_mode',),
                                        'pyclbr.Class': ('parent',),
                                        'pyclbr.Function': ('parent',),
                                        'selectors.namedtuple': ('defaults',),
                                        'subprocess.Popen': ('text',),
                                        'sunau.namedtuple': ('defaults',),
                                        'unittest.getTestCaseNames': ('testNamePatterns',),
                                        'uu.encode': ('backtick',),
                                        'uuid.UUID': ('is_safe',),
                                        'uuid.getnode': ('getters',),
                                        'webbrowser.register': ('preferred',),
                                        'zipapp.create_archive': ('compressed', 'filter'),
                                        'zipfile.ZipFile': ('compresslevel',)},
                                '3.8': {'ast.parse': ('feature_version', 'type_comments'),
                                        'asyncio.Task': ('name',),
                                        'asyncio.create_task': ('name',),
                                        'builtins.pow': ('base', 'exp', 'mod'),
                                        'builtins.sum': ('start',),
                                        'dataclasses.InitVar': ('type',),
                                        'gc.get_objects': ('generation',),
                                        'gzip.compress': ('mtime',),
                                        'http.cookiejar.DefaultCookiePolicy': ('secure_protocols',),
                                        'inspect.isasyncgenfunction': ('obj',),
                                        'inspect.iscoroutinefunction': ('obj',),
                                        'inspect.isgeneratorfunction': ('obj',),
                                        'logging.Formatter': ('validate',),
                                        'pickle.Pickler': ('buffer_callback',),
                                        'pickle.Unpickler': ('buffers',),
                                        'pickle.dump': ('buffer_callback',),
                                        'pickle.dumps': ('buffer_callback',),
                                        'pickle.load': ('buffers',),
                                        'pickle.loads': ('buffers',),
                                        'pprint.PrettyPrinter': ('sort_dicts',),
                                        'pprint.pformat': ('sort_dicts',),
                                        'pprint.pprint': ('sort_dicts',),
                                        'py_compile.compile': ('quiet',),
                                        'shutil.copytree': ('dirs_exist_ok',),
                                        'shutil.unpack_archive': ('filter',),
                                        'tempfile.NamedTemporaryFile': ('errors',),
                                        'tempfile.SpooledTemporaryFile': ('errors',),
                                        'tempfile.TemporaryFile': ('errors',),
                                        'xmlrpc.client.SafeTransport': ('headers',),
                                        'xmlrpc.client.Server': ('headers',),
                                        'xmlrpc.client.ServerProxy': ('headers',),
                                        'xmlrpc.client.Transport': ('headers',),
                                        'zipfile.ZipFile': ('strict_timestamps',),
                                        'zipimport.zipimporter': ('path',)},
                                '3.9': {'argparse.ArgumentParser': ('exit_on_error',),
                                        'ast.dump': ('indent',),
                                        'compileall.compile_dir': ('hardlink_dupes', 'limit_sl_dest', 'prependdir',
                                                                   'stripdir'),
                                        'compileall.compile_file': ('hardlink_dupes', 'limit_sl_dest', 'prependdir',
                                                                    'stripdir'),
                                        'ftplib.FTP': ('encoding',),
                                        'ftplib.FTP_TLS': ('encoding',),
                                        'hashlib.blake2b': ('usedforsecurity',),
                                        'hashlib.blake2s': ('usedforsecurity',),
                                        'hashlib.md5': ('usedforsecurity',),
                                        'hashlib.sha1': ('usedforsecurity',),
                                        'hashlib.sha224': ('usedforsecurity',),
                                        'hashlib.sha256': ('usedforsecurity',),
                                        'hashlib.sha384': ('usedforsecurity',),
                                        'hashlib.sha512': ('usedforsecurity',),
                                        'imaplib.IMAP4': ('timeout',),
                                        'imaplib.IMAP4_SSL': ('timeout',),
                                        'logging.FileHandler': ('errors',),
                                        'logging.handlers.BaseRotatingHandler': ('errors',),
                                        'logging.handlers.RotatingFileHandler': ('errors',),
                                        'logging.handlers.TimedRotatingFileHandler': ('errors',),
                                        'logging.handlers.WatchedFileHandler': ('errors',),
                                        'random.sample': ('counts',),
                                        'signal.getsignal': ('signalnum',),
                                        'signal.pthread_sigmask': ('how', 'mask'),
                                        'signal.signal': ('handler', 'signalnum'),
                                        'signal.sigwait': ('sigset',),
                                        'subprocess.Popen': ('extra_groups', 'group', 'umask', 'user'),
                                        'tracemalloc.Traceback': ('total_nframe',),
                                        'typing.ForwardRef': ('is_class', 'module'),
                                        'typing.get_type_hints': ('include_extras',)},
                                '3.10': {'bisect.bisect': ('key',),
                                         'bisect.bisect_left': ('key',),
                                         'bisect.bisect_right': ('key',),
                                         'bisect.insort': ('key',),
                                         'bisect.insort_left': ('key',),
                                         'bisect.insort_right': ('key',),
                                         'dataclasses.Field': ('kw_only',),
                                         'dataclasses.dataclass': ('kw_only', 'match_args', 'slots'),
                                         'dataclasses.field': ('kw_only',),
                                         'dataclasses.make_dataclass': ('kw_only', 'match_args', 'slots'),
                                         'fileinput.FileInput': ('encoding', 'errors'),
                                         'fileinput.hook_compressed': ('encoding', 'errors'),
                                         'fileinput.input': ('encoding', 'errors'),
                                         'glob.glob': ('dir_fd', 'root_dir'),
                                         'glob.iglob': ('dir_fd', 'root_dir'),
                                         'inspect.signature': ('eval_str', 'globals', 'locals'),
                                         'logging.Formatter': ('defaults',),
                                         'logging.config.fileConfig': ('encoding',),
                                         'pprint.PrettyPrinter': ('underscore_numbers',),
                                         'pprint.pformat': ('underscore_numbers',),
                                         'pprint.pprint': ('underscore_numbers',),
                                         'pyclbr.Class': ('end_lineno', 'super_'),
                                         'pyclbr.Function': ('end_lineno', 'is_async'),
                                         'statistics.harmonic_mean': ('weights',),
                                         'subprocess.Popen': ('pipesize',),
                                         'tempfile.TemporaryDirectory': ('ignore_cleanup_errors',),
                                         'traceback.TracebackException': ('compact',),
                                         'xmlrpc.server.signature': ('eval_str', 'globals', 'locals')},
                                '3.11': {'ast.IntEnum': ('boundary',),
                                         'ast.auto': ('value',),
                                         'asyncio.Server': ('ssl_shutdown_timeout',),
                                         'asyncio.Task': ('context',),
                                         'asyncio.create_task': ('context',),
                                         'binascii.a2b_base64': ('strict_mode',),
                                         'builtins.exec': ('closure',),
                                         'concurrent.futures.ProcessPoolExecutor': ('max_tasks_per_child',),
                                         'dataclasses.dataclass': ('weakref_slot',),
                                         'dataclasses.make_dataclass': ('weakref_slot',),
                                         'enum.Enum': ('boundary',),
                                         'enum.Flag': ('boundary',),
                                         'enum.IntEnum': ('boundary',),
                                         'enum.IntFlag': ('boundary',),
                                         'enum.auto': ('value',),
                                         'glob.glob': ('include_hidden',),
                                         'glob.iglob': ('include_hidden',),
                                         'http.HTTPStatus': ('boundary',),
                                         'inspect.FrameInfo': ('positions',),
                                         'inspect.Traceback': ('positions',),
                                         'multiprocessing.managers.BaseManager': ('shutdown_timeout',),
                                         'multiprocessing.managers.SyncManager': ('shutdown_timeout',),
                                         'pstats.SortKey': ('boundary',),
                                         'py_compile.PycInvalidationMode': ('boundary',),
                                         're.RegexFlag': ('boundary',),
                                         'shutil.rmtree': ('dir_fd',),
                                         'signal.Handlers': ('boundary',),
                                         'signal.Sigmasks': ('boundary',),
                                         'signal.Signals': ('boundary',),
                                         'statistics.fmean': ('weights',),
                                         'statistics.linear_regression': ('proportional',),
                                         'subprocess.Popen': ('process_group',),
                                         'subprocess.getoutput': ('encoding', 'errors'),
                                         'subprocess.getstatusoutput': ('encoding', 'errors'),
                                         'traceback.FrameSummary': ('colno', 'end_colno', 'end_lineno'),
                                         'traceback.TracebackException': ('max_group_depth', 'max_group_width'),
                                         'uuid.Enum': ('boundary',),
                                         'uuid.SafeUUID': ('boundary',),
                                         'warnings.catch_warnings': ('action', 'append', 'category', 'lineno'),
                                         'zipfile.ZipFile': ('metadata_encoding',),
                                         'zlib.compress': ('wbits',)},
                                '3.12': {'asyncio.Task': ('eager_start',),
                                         'asyncio.run': ('loop_factory',),
                                         'dataclasses.make_dataclass': ('module',),
                                         'importlib.resources.files': ('anchor',),
                                         'math.nextafter': ('steps',),
                                         'reprlib.Repr': ('fillvalue', 'indent', 'maxarray', 'maxdeque', 'maxdict',
                                                          'maxfrozenset', 'maxlevel', 'maxlist', 'maxlong',
                                                          'maxother', 'maxset', 'maxstring', 'maxtuple'),
                                         'shutil.rmtree': ('onexc',),
                                         'statistics.correlation': ('method',),
                                         'tempfile.NamedTemporaryFile': ('delete_on_close',),
                                         'tempfile.TemporaryDirectory': ('delete',),
                                         'unittest.TestProgram': ('durations',),
                                         'unittest.TextTestResult': ('durations',),
                                         'unittest.TextTestRunner': ('durations',),
                                         'unittest.main': ('durations',)},
                                '3.13': {'argparse.Action': ('deprecated',),
                                         'argparse.BooleanOptionalAction': ('deprecated',),
                                         'ast.dump': ('show_empty',),
                                         'ast.parse': ('optimize',),
                                         'builtins.eval': ('globals', 'locals'),
                                         'builtins.exec': ('globals', 'locals'),
                                         'code.InteractiveConsole': ('local_exit',),
                                         'code.interact': ('local_exit',),
                                         'configparser.ConfigParser': ('allow_unnamed_section',),
                                         'configparser.RawConfigParser': ('allow_unnamed_section',),
                                         'filecmp.dircmp': ('shallow',),
                                         'importlib.resources.contents': ('anchor',),
                                         'importlib.resources.is_resource': ('anchor',),
                                         'importlib.resources.open_binary': ('anchor',),
                                         'importlib.resources.open_text': ('anchor',),
                                         'importlib.resources.path': ('anchor',),
                                         'importlib.resources.read_binary': ('anchor',),
                                         'importlib.resources.read_text': ('anchor',),
                                         'itertools.batched': ('strict',),
                                         'logging.LoggerAdapter': ('merge_extra',),
                                         'marshal.dump': ('allow_code',),
                                         'marshal.dumps': ('allow_code',),
                                         'marshal.load': ('allow_code',),
                                         'marshal.loads': ('allow_code',),
                                         'multiprocessing.shared_memory.SharedMemory': ('track',),
                                         'plistlib.dump': ('aware_datetime',),
                                         'plistlib.dumps': ('aware_datetime',),
                                         'plistlib.load': ('aware_datetime',),
                                         'plistlib.loads': ('aware_datetime',),
                                         'shutil.chown': ('dir_fd', 'follow_symlinks'),
                                         'tarfile.TarFile': ('stream',),
                                         'traceback.TracebackException': ('save_exc_type',),
                                         'traceback.format_exception_only': ('show_group',),
                                         'types.FunctionType': ('kwdefaults',),
                                         'types.LambdaType': ('kwdefaults',)}}},
 'runtime_failures': ({'error': 'no space left on device|os error 28|disk quota exceeded|os error 122',
                       'means': 'the disk is full: a runtime takes 0.6 to 1.5 GB, that of an image model 6 GB. '
                                'Make room, or name a folder on another disk by the environment variables '
                                'XDG_CACHE_HOME (for {cache}) and UV_CACHE_DIR'},
                      {'error': 'permission denied|read-only file system|os error 13|os error 30',
                       'means': '{cache} cannot be written: name another folder by the environment variable '
                                'XDG_CACHE_HOME'},
                      {'error': 'no interpreter found|no download found|python .*downloads? .*(disabled|not '
                                'available|failed)|failed to download .*python',
                       'means': 'there is no such Python on this machine, and uv could not fetch it: install it '
                                '(pyenv, conda and the deadsnakes packages of Ubuntu have it), so that it stands '
                                'on the search path'},
                      {'error': 'network was disabled|was not found in the cache|connectivity is disabled|offline '
                                'mode',
                       'means': 'uv is told not to use the network (UV_OFFLINE, or `offline` in its settings): '
                                'take that away, and run it again'},
                      {'error': 'dns error|failed to lookup address|tcp connect error|connection refused|network '
                                'is unreachable|client error \\(connect\\)|operation timed out|error sending '
                                'request|failed to fetch|could not connect',
                       'means': 'the package index cannot be reached. What was fetched before stays; run it again '
                                'with a network. A mirror is named by UV_DEFAULT_INDEX, a proxy by HTTPS_PROXY'},
                      {'error': "(unable to execute|command) '[^']*(gcc|cc|clang|cl\\.exe)[^']*'|microsoft visual "
                                'c\\+\\+|xcrun: error|compiler .*not found|no such file or directory: '
                                "'[^']*(gcc|cc|clang)'",
                       'means': 'a package has to be compiled, and there is no compiler: install one (Debian and '
                                'Ubuntu: apt-get install build-essential; macOS: xcode-select --install; Windows: '
                                'the Build Tools for Visual Studio)'},
                      {'error': 'hash mismatch',
                       'means': 'the package index has another file than the one that was locked: do not install '
                                'it, and ask who runs the index'},
                      {'error': 'no solution found',
                       'means': 'the requirements of the conda file cannot be fulfilled together: take out the '
                                'pins that you have added'}),
 'runtimes': {'base': ('setuptools<70',),
              'sets': ({'package': 'azureml-designer-classic-modules',
                        'since': '0.0.175',
                        'python': '3.8',
                        'overrides': ('azureml-core==1.54.0', 'azureml-defaults==1.54.0',
                                      'azureml-telemetry==1.54.0', 'azureml-pipeline-core==1.54.0', 'numpy==1.19.1',
                                      'pandas==1.0.5', 'pillow==10.2.0', 'scikit-learn==0.22.2', 'scipy==1.5.3'),
                        'without': ('azureml-interpret',),
                        'build': {'scikit-surprise': ('numpy==1.19.1', 'cython<3')}},
                       {'package': 'azureml-designer-classic-modules',
                        'since': '0.0.191',
                        'python': '3.9',
                        'overrides': ('azureml-core==1.54.0', 'azureml-defaults==1.54.0',
                                      'azureml-telemetry==1.54.0', 'azureml-pipeline-core==1.54.0'),
                        'without': ('azureml-interpret', 'gensim'),
                        'build': {'scikit-surprise': ('numpy==1.23.5', 'cython<3')}},
                       {'package': 'azureml-designer-recommender-modules',
                        'since': '0.0.53',
                        'python': '3.8',
                        'overrides': ('azureml-core==1.54.0', 'azureml-defaults==1.54.0',
                                      'azureml-telemetry==1.54.0', 'azureml-pipeline-core==1.54.0', 'numpy==1.23.5',
                                      'pandas==1.2.3', 'pillow==10.2.0', 'protobuf==4.22.3', 'pyarrow==10.0.1'),
                        'instead': {'tensorflow': 'tensorflow-cpu==2.12.0'}},
                       {'package': 'azureml-designer-vowpal-wabbit-modules',
                        'since': '0.0.48',
                        'python': '3.8',
                        'overrides': ('azureml-core==1.54.0', 'azureml-defaults==1.54.0',
                                      'azureml-telemetry==1.54.0', 'azureml-pipeline-core==1.54.0', 'numpy==1.19.1',
                                      'pandas==1.0.5', 'pillow==10.2.0')},
                       {'package': 'azureml-designer-pytorch-modules',
                        'since': '0.0.59',
                        'python': '3.8',
                        'overrides': ('azureml-core==1.54.0', 'azureml-defaults==1.54.0',
                                      'azureml-telemetry==1.54.0', 'azureml-pipeline-core==1.54.0', 'numpy==1.23.5',
                                      'pandas==1.0.5', 'pillow==10.2.0'),
                        'without': ('mpi4py',)}),
              'locks': ({'name': 'classic-0.0.185', 'module': 'score_model', 'python': '3.8'},
                        {'name': 'classic-0.0.185-surprise', 'module': 'score_svd_recommender', 'python': '3.8'},
                        {'name': 'classic-0.0.179', 'module': 'score_model', 'python': '3.8', 'release': '0.0.179'},
                        {'name': 'classic-0.0.179-surprise',
                         'module': 'score_svd_recommender',
                         'python': '3.8',
                         'release': '0.0.179'},
                        {'name': 'classic-0.0.195', 'module': 'score_model', 'python': '3.9'},
                        {'name': 'recommender-0.0.65',
                         'module': 'score_wide_and_deep_recommender',
                         'python': '3.8'},
                        {'name': 'vowpal-wabbit-0.0.53', 'module': 'score_vowpal_wabbit_model', 'python': '3.8'},
                        {'name': 'pytorch-0.0.70', 'module': 'score_image_model', 'python': '3.8'},
                        {'name': 'open', 'module': 'score_model', 'python': '3.12', 'is_open': True},
                        {'name': 'open-lightgbm',
                         'module': 'score_model',
                         'python': '3.12',
                         'is_open': True,
                         'trees': 'lightgbm'},
                        {'name': 'open-vowpal-wabbit',
                         'module': 'score_vowpal_wabbit_model',
                         'python': '3.12',
                         'is_open': True})},
 'tasks': {'two_classes': 'score_model',
           'classes': 'score_model',
           'value': 'score_model',
           'quantiles': 'score_model',
           'anomalies': 'score_model',
           'clusters': 'assign_data_to_clusters',
           'ratings': {'svd': 'score_svd_recommender', 'wide_and_deep': 'score_wide_and_deep_recommender'},
           'examples': 'score_vowpal_wabbit_model',
           'images': 'score_image_model'},
 'transforms': {'applied': ({'name': 'resize',
                             'label': 'Resize',
                             'does': 'makes the shorter side so many pixels long, the other in proportion',
                             'minimum': 1},
                            {'name': 'center_crop',
                             'label': 'Center crop',
                             'does': 'cuts a square of so many pixels out of the middle; what lies outside of the '
                                     'picture is black',
                             'minimum': 1},
                            {'name': 'pad',
                             'label': 'Pad',
                             'does': 'adds a black border of so many pixels',
                             'minimum': 0}),
                'largest': 10000,
                'left_out': ({'because': 'it makes samples for training at random, and pictures to score are not '
                                         'given it',
                              'labels': ('Random resized crop', 'Random crop', 'Random horizontal flip',
                                         'Random vertical flip', 'Random rotation', 'Random affine',
                                         'Random grayscale', 'Random perspective', 'Random erasing')},
                             {'because': 'the designer sets no strength for it, so that it changes nothing',
                              'labels': ('Color jitter',)},
                             {'because': 'the designer does not apply it, as its models take colours',
                              'labels': ('Grayscale',)},
                             {'because': 'the model does it itself', 'labels': ('Normalize', 'To tensor')})},
 'tables': ({'id': 'assign_data_to_clusters',
             'name': 'Assign Data to Clusters',
             'trained_by': ('Train Clustering Model',),
             'translated': {'fr': ('Affecter des données aux clusters', 'Entraîner le modèle de clustering',
                                   'Former le modèle de clustering')},
             'model_classes': ('azureml.studio.modules.ml.initialize_models.cluster',),
             'package': 'azureml-designer-classic-modules',
             'class': 'AssignDataToClustersModule',
             'import_paths': ('azureml.studio.modules.ml.score.assign_data_to_clusters.assign_data_to_clusters',),
             'result': {'attribute': 'data_frame', 'body': 'rows'},
             'ports': ({'name': 'cluster', 'holds': 'model', 'form': 'learner'},
                       {'name': 'data_table', 'holds': 'request', 'form': 'data_table'}),
             'parameters': ({'name': 'append_or_result_only',
                             'labels': {'en': 'Check for Append or Uncheck for Result Only'},
                             'type': 'boolean',
                             'written_as': ('boolean',),
                             'required': True,
                             'default': True,
                             'in_script': True,
                             'keeps_columns': True},)},
            {'id': 'score_image_model',
             'name': 'Score Image Model',
             'trained_by': ('Train PyTorch Model',),
             'translated': {'fr': ('Entraîner un modèle PyTorch',)},
             'model_classes': ('azureml.designer.modules.dl.pytorch',),
             'package': 'azureml-designer-pytorch-modules',
             'conda': ({'name': 'pytorch', 'version': '2.2.1', 'on_pypi': 'torch'},
                       {'name': 'torchvision', 'version': '0.17.1'},
                       {'name': 'cudatoolkit', 'version': '11.8', 'required': False}),
             'class': 'ScoreImageModel',
             'import_paths': ('azureml.designer.modules.dl.pytorch.score.score_image_model.score_image_model',
                              'azureml.designer.modules.dl.score.score_image_model.score_image_model'),
             'result': {'attribute': 'data', 'body': 'rows'},
             'ports': ({'name': 'trained_model', 'holds': 'model', 'form': 'model_directory'},
                       {'name': 'dataset', 'holds': 'request', 'form': 'image_directory'}),
             'parameters': ()},
            {'id': 'score_model',
             'name': 'Score Model',
             'trained_by': ('Train Model', 'Train Anomaly Detection Model'),
             'translated': {'fr': ('Noter le modèle', 'Former le modèle')},
             'model_classes': ('azureml.studio.modules.ml.initialize_models.binary_classifier',
                               'azureml.studio.modules.ml.initialize_models.multi_classifier',
                               'azureml.studio.modules.ml.initialize_models.regressor',
                               'azureml.studio.modules.anomaly_detection',
                               'azureml.studio.modules.python_language_modules.create_python_model'),
             'package': 'azureml-designer-classic-modules',
             'class': 'ScoreModelModule',
             'import_paths': ('azureml.studio.modules.ml.score.score_generic_module.score_generic_module',),
             'result': {'attribute': 'data_frame', 'body': 'rows'},
             'ports': ({'name': 'learner', 'holds': 'model', 'form': 'learner'},
                       {'name': 'test_data', 'holds': 'request', 'form': 'data_table'}),
             'parameters': ({'name': 'append_or_result_only',
                             'labels': {'en': 'Append score columns to output',
                                        'fr': 'Ajouter des colonnes de score à la sortie'},
                             'type': 'boolean',
                             'written_as': ('boolean',),
                             'required': True,
                             'default': True,
                             'in_script': True,
                             'keeps_columns': True},)},
            {'id': 'score_svd_recommender',
             'name': 'Score SVD Recommender',
             'trained_by': ('Train SVD Recommender',),
             'translated': {'fr': ('Noter le générateur de recommandations SVD',
                                   'Entraîner le générateur de recommandations SVD')},
             'model_classes': ('azureml.studio.modules.recommendation.train_svd_recommender',),
             'package': 'azureml-designer-classic-modules',
             'conda': ({'name': 'scikit-surprise', 'version': '1.1.0'},),
             'class': 'ScoreSVDRecommenderModule',
             'import_paths': ('azureml.studio.modules.recommendation.score_svd_recommender.score_svd_recommender',),
             'result': {'attribute': 'data_frame', 'body': 'columns'},
             'ports': ({'name': 'learner', 'holds': 'model', 'form': 'learner'},
                       {'name': 'test_data',
                        'holds': 'request',
                        'form': 'data_table',
                        'id_columns': 2,
                        'one_id_with': {'parameter': 'recommended_item_selection',
                                        'options': ('FromAllItems', 'FromUnratedItems')},
                        'row_for_row_with': {'parameter': 'prediction_kind', 'options': ('RatingPrediction',)}},
                       {'name': 'training_data',
                        'holds': 'dataset',
                        'form': 'data_table',
                        'id_columns': 2,
                        'required': True,
                        'only_with': {'parameter': 'recommended_item_selection',
                                      'options': ('FromUnratedItems',)}}),
             'parameters': ({'name': 'prediction_kind',
                             'labels': {'en': 'Recommender prediction kind',
                                        'fr': ('Type de prédiction du générateur de recommandations',
                                               'Type de prédiction de recommandation')},
                             'type': 'option',
                             'written_as': ('member',),
                             'enum': 'RecommenderPredictionKind',
                             'options': ({'member': 'RatingPrediction',
                                          'name': 'Rating Prediction',
                                          'translated': {'fr': ('Prédiction de notations',)}},
                                         {'member': 'ItemRecommendation',
                                          'name': 'Item Recommendation',
                                          'translated': {'fr': ("Recommandation d'éléments",)}}),
                             'required': True,
                             'default': 'ItemRecommendation',
                             'in_script': 'RatingPrediction'},
                            {'name': 'recommended_item_selection',
                             'labels': {'en': 'Recommended item selection',
                                        'fr': ("Sélection d'élément recommandé",
                                               "Sélection d'éléments recommandés")},
                             'type': 'option',
                             'written_as': ('member',),
                             'enum': 'RecommendedItemSelection',
                             'options': ({'member': 'FromAllItems',
                                          'name': 'From All Items',
                                          'translated': {'fr': ('À partir de tous les éléments',)},
                                          'pads_with_nan': True},
                                         {'member': 'FromRatedItems',
                                          'name': 'From Rated Items (for model evaluation)',
                                          'translated': {'fr': ("À partir d'éléments notés (pour l'évaluation du "
                                                                'modèle)',)},
                                          'meant_for': 'evaluating a model; From All Items is for production',
                                          'pads_with_nan': True},
                                         {'member': 'FromUnratedItems',
                                          'name': 'From Unrated Items (to suggest new items to users)',
                                          'translated': {'fr': ("À partir d'éléments non notés (pour suggérer de "
                                                                'nouveaux éléments aux utilisateurs)',)},
                                          'pads_with_nan': True}),
                             'required': True,
                             'default': 'FromRatedItems',
                             'only_with': {'parameter': 'prediction_kind', 'options': ('ItemRecommendation',)}},
                            {'name': 'max_recommended_item_count',
                             'labels': {'en': 'Maximum number of items to recommend to a user',
                                        'fr': "Nombre maximal d'éléments à recommander à un utilisateur"},
                             'type': 'integer',
                             'written_as': ('integer',),
                             'never_boolean': {'parameter': 'recommended_item_selection',
                                               'options': ('FromRatedItems',)},
                             'minimum': 1,
                             'required': True,
                             'default': 5,
                             'only_with': {'parameter': 'prediction_kind', 'options': ('ItemRecommendation',)}},
                            {'name': 'min_recommendation_pool_size',
                             'labels': {'en': 'Minimum size of the recommendation pool for a single user',
                                        'fr': ('Taille minimale du pool de recommandation pour un seul utilisateur',
                                               'Taille minimale du pool de recommandations par utilisateur')},
                             'type': 'integer',
                             'written_as': ('integer',),
                             'minimum': 1,
                             'required': True,
                             'default': 2,
                             'only_with': {'parameter': 'recommended_item_selection',
                                           'options': ('FromRatedItems',)}},
                            {'name': 'return_ratings',
                             'labels': {'en': 'Whether to return the predicted ratings of the items along with the '
                                              'labels',
                                        'fr': "Indique s'il faut retourner les évaluations prédites des éléments "
                                              'avec les étiquettes'},
                             'type': 'boolean',
                             'written_as': ('boolean',),
                             'required': True,
                             'default': False,
                             'only_with': {'parameter': 'prediction_kind', 'options': ('ItemRecommendation',)}})},
            {'id': 'score_vowpal_wabbit_model',
             'name': 'Score Vowpal Wabbit Model',
             'trained_by': ('Train Vowpal Wabbit Model',),
             'translated': {'fr': ('Scorer un modèle Vowpal Wabbit', 'Scorer le modèle Vowpal Wabbit',
                                   'Entraîner un modèle Vowpal Wabbit')},
             'model_classes': ('azureml.designer.modules.vowpal_wabbit',),
             'package': 'azureml-designer-vowpal-wabbit-modules',
             'conda': ({'name': 'vowpalwabbit', 'version': '8.8.1'},),
             'class': 'ScoreVowpalWabbitModelModule',
             'import_paths': ('azureml.designer.modules.vowpal_wabbit.score_vowpal_wabbit_model.score_vowpal_wabbit_model',),
             'schema': 'optional',
             'result': {'attribute': 'data', 'body': 'columns'},
             'ports': ({'name': 'trained_vowpal_wabbit_model', 'holds': 'model', 'form': 'model_directory'},
                       {'name': 'test_data', 'holds': 'request', 'form': 'data_frame_directory', 'lines': True}),
             'outputs': ('scored_dataset',),
             'parameters': ({'name': 'vw_arguments',
                             'labels': {'en': 'VW arguments', 'fr': 'Arguments VW'},
                             'type': 'text',
                             'written_as': ('string', 'none'),
                             'converts': True,
                             'in_script': '--link logistic',
                             'command_line': {'options': ({'kind': 'flag',
                                                           'options': ('--strict_parse', '--random_weights',
                                                                       '--normal_weights',
                                                                       '--truncated_normal_weights',
                                                                       '--sparse_weights', '-a', '--audit',
                                                                       '--quiet', '--noconstant', '--permutations',
                                                                       '--leave_duplicate_interactions', '-t',
                                                                       '--testonly', '--holdout_off',
                                                                       '--sort_features',
                                                                       '--no_bias_regularization', '--save_resume',
                                                                       '--preserve_performance_counters',
                                                                       '--search_no_caching', '--search_xv',
                                                                       '--search_linear_ordering', '--cbify_cs',
                                                                       '--warm_cb_cs', '--warm_start_update',
                                                                       '--interaction_update', '--sim_bandit',
                                                                       '--slate', '--greedify', '--first_only',
                                                                       '--nounif', '--regcb', '--regcbopt',
                                                                       '--softmax', '--exclude_eval', '--rank_all',
                                                                       '--no_predict', '--eval', '--csoaa_rank',
                                                                       '--simulation', '--baseline', '--csa_debug',
                                                                       '--learn_at_leaf', '--oas', '--online',
                                                                       '--node_only', '--randomized_routing',
                                                                       '--no_progress', '--binary', '--stage_poly',
                                                                       '--batch_sz_no_doubling', '--lrqdropout',
                                                                       '--compete', '--update_before_learn',
                                                                       '--unweighted_marginals', '--inpass',
                                                                       '--multitask', '--dropout', '--meanfield',
                                                                       '--confidence',
                                                                       '--confidence_after_training', '--oracular',
                                                                       '--global_only', '--check_enabled',
                                                                       '--OjaNewton', '--conjugate_gradient',
                                                                       '--bfgs', '--hessian_on', '--metrics',
                                                                       '--svrg', '--ftrl', '--coin', '--pistol',
                                                                       '--pool_greedy', '--para_active', '--sgd',
                                                                       '--adaptive', '--adax', '--invariant',
                                                                       '--normalized', '--json', '--dsjson',
                                                                       '--compressed', '--no_stdin')},
                                                          {'kind': 'number',
                                                           'options': ('-l', '--learning_rate', '--power_t',
                                                                       '--decay_learning_rate', '--initial_t',
                                                                       '--initial_weight', '-C', '--constant',
                                                                       '--min_prediction', '--max_prediction',
                                                                       '--quantile_tau', '--l1', '--l2',
                                                                       '--search_beta', '--search_alpha',
                                                                       '--search_subsample_time',
                                                                       '--search_perturb_oracle',
                                                                       '--search_active_verify', '--multiplier',
                                                                       '--loss0', '--loss1', '--epsilon',
                                                                       '--corrupt_prob_warm_start', '--psi',
                                                                       '--mellowness', '--cb_min_cost',
                                                                       '--cb_max_cost', '--lambda', '--clip_p',
                                                                       '--range_c', '--cost_max', '--cost_min',
                                                                       '--alpha', '--bern_hyper', '--gamma',
                                                                       '--sched_exponent', '--initial_denominator',
                                                                       '--initial_numerator', '--decay',
                                                                       '--beta_scale', '--lr_multiplier',
                                                                       '--alpha_inverse', '--learning_rate_cnt',
                                                                       '--termination', '--lda_alpha', '--lda_rho',
                                                                       '--lda_D', '--lda_epsilon', '--ftrl_alpha',
                                                                       '--ftrl_beta', '--bandwidth', '--sparse_l2',
                                                                       '--l1_state', '--l2_state')},
                                                          {'kind': 'whole number',
                                                           'options': ('--random_seed', '--hash_seed',
                                                                       '--holdout_period', '--holdout_after',
                                                                       '--early_terminate', '--initial_pass_length',
                                                                       '--search_passes_per_policy',
                                                                       '--search_total_nb_policies',
                                                                       '--search_trained_nb_policies',
                                                                       '--search_rollout_num_steps',
                                                                       '--search_history_length',
                                                                       '--search_save_every_k_runs',
                                                                       '--replay_c_count', '--warm_start',
                                                                       '--interaction', '--corrupt_type_warm_start',
                                                                       '--choices_lambda', '--lambda_scheme',
                                                                       '--overwrite_label', '--bag', '--cover',
                                                                       '--first', '--learn', '--domination',
                                                                       '--max_labels', '--min_labels',
                                                                       '--max_number_of_labels',
                                                                       '--leaf_example_multiplier',
                                                                       '--dream_repeats', '--top_K',
                                                                       '--dream_at_update', '--max_candidates',
                                                                       '--max_depth', '--error', '--oaa_subsample',
                                                                       '--replay_m_count', '--batch_sz',
                                                                       '--replay_b_count', '--sketch_size',
                                                                       '--epoch_size', '--mem', '--minibatch',
                                                                       '--math-mode', '--stage_size', '--reprocess',
                                                                       '--pool_size', '--subsample', '--degree',
                                                                       '--unique_id', '--total', '--node',
                                                                       '--span_server_port')},
                                                          {'kind': 'whole number',
                                                           'minimum': 0,
                                                           'options': ('--csoaa', '--cb', '--nn', '--autolink',
                                                                       '--replay_c', '--replay_m', '--replay_b',
                                                                       '--boosting', '--bootstrap', '--new_mf')},
                                                          {'kind': 'whole number',
                                                           'minimum': 1,
                                                           'options': ('--oaa',)},
                                                          {'kind': 'whole number',
                                                           'minimum': 1,
                                                           'example': '18',
                                                           'options': ('-b', '--bit_precision')},
                                                          {'kind': 'whole number',
                                                           'pattern': '\\+?0*(?:[1-9][0-9]{0,3}|10000)',
                                                           'what': 'a whole number from 1 to 10000',
                                                           'example': '256',
                                                           'options': ('--ring_size',)},
                                                          {'kind': 'whole number',
                                                           'pattern': '\\+?0*[01]',
                                                           'what': '1, since more passes want a cache',
                                                           'example': '1',
                                                           'options': ('--passes',)},
                                                          {'kind': 'choice',
                                                           'choices': ('identity', 'logistic', 'glf1', 'poisson'),
                                                           'options': ('--link',)},
                                                          {'kind': 'choice',
                                                           'choices': ('squared', 'classic', 'hinge', 'logistic',
                                                                       'quantile', 'poisson'),
                                                           'options': ('--loss_function',)},
                                                          {'kind': 'choice',
                                                           'choices': ('strings', 'all'),
                                                           'options': ('--hash',)},
                                                          {'kind': 'choice',
                                                           'choices': ('BBM', 'logistic', 'adaptive'),
                                                           'options': ('--alg',)},
                                                          {'kind': 'text',
                                                           'pattern': '[^ \\t-\\r\\\\"\']{2}|[^ \\t-\\r]*\\\\[^ '
                                                                      '\\t-\\r]*',
                                                           'what': 'the first characters of two namespaces',
                                                           'example': 'ab',
                                                           'options': ('-q', '--quadratic')},
                                                          {'kind': 'text',
                                                           'pattern': '[^ \\t-\\r\\\\"\']{3}|[^ \\t-\\r]*\\\\[^ '
                                                                      '\\t-\\r]*',
                                                           'what': 'the first characters of three namespaces',
                                                           'example': 'abc',
                                                           'options': ('--cubic',)},
                                                          {'kind': 'text',
                                                           'pattern': '[^ \\t-\\r"\']{2,}',
                                                           'what': 'the first characters of two namespaces or more',
                                                           'example': 'ab',
                                                           'options': ('--interactions',)},
                                                          {'kind': 'text',
                                                           'pattern': '[^ \\t-\\r]*:=[^ \\t-\\r]*',
                                                           'what': 'namespaces as N:=S',
                                                           'example': 'a:=b',
                                                           'options': ('--redefine',)},
                                                          {'kind': 'text',
                                                           'pattern': '[+-]?[1-7][^ \\t-\\r]?(?:,[+-]?[1-7][^ '
                                                                      '\\t-\\r]?)*',
                                                           'what': 'a length from 1 to 7 and a namespace',
                                                           'example': '+1a',
                                                           'options': ('--affix',)},
                                                          {'kind': 'text',
                                                           'pattern': '[0-9]+:[0-9.]+(?:,[0-9]+:[0-9.]+)*',
                                                           'what': 'a class and its weight',
                                                           'example': '1:2',
                                                           'options': ('--classweight',)},
                                                          {'kind': 'text',
                                                           'options': ('--input_feature_regularizer', '-P',
                                                                       '--progress', '--ignore', '--ignore_linear',
                                                                       '--keep', '--ngram', '--skips',
                                                                       '--feature_limit', '--spelling',
                                                                       '--dictionary_path', '--q:',
                                                                       '--named_labels', '--id',
                                                                       '--search_metatask',
                                                                       '--search_interpolation', '--search_rollout',
                                                                       '--search_rollin',
                                                                       '--search_allowed_transitions',
                                                                       '--search_neighbor_features', '--cb_type',
                                                                       '--ldf_override', '--interact', '--bs_type',
                                                                       '--lrqfa', '--lrq', '--normalize',
                                                                       '--random_init', '--kernel',
                                                                       '--span_server')}),
                                              'short': {'-b': '--bit_precision',
                                                        '-l': '--learning_rate',
                                                        '-a': '--audit',
                                                        '-P': '--progress',
                                                        '-C': '--constant',
                                                        '-q': '--quadratic',
                                                        '-t': '--testonly'},
                                              'together': ({'option': '--skips',
                                                            'needs': '--ngram',
                                                            'because': 'it leaves words out of those'},),
                                              'effects': ({'option': '--link',
                                                           'value': 'logistic',
                                                           'predictions': (-50, 50),
                                                           'effect': 'squeezes every prediction into 0 to 1, which '
                                                                     'is right for a model that was trained with '
                                                                     '--loss_function logistic: leave it out for '
                                                                     'any other'},),
                                              'refused': ({'because': 'the module sets input and output itself',
                                                           'options': ('--daemon', '--foreground', '--port',
                                                                       '--num_children', '--pid_file',
                                                                       '--port_file', '-i', '--initial_regressor',
                                                                       '-r', '--raw_predictions', '--sendto')},
                                                          {'because': "it ends the options, and the module's own "
                                                                      'behind it no longer count',
                                                           'options': ('--',)},
                                                          {'because': 'the module does not support it',
                                                           'options': ('--cbt', '--lda', '--wap')},
                                                          {'because': 'it waits for connections, and no request is '
                                                                      'answered',
                                                           'options': ('--active',)},
                                                          {'because': 'it gives more than one number a row, and '
                                                                      'the module takes one',
                                                           'options': ('--probabilities', '--scores',
                                                                       '--cb_explore', '--multilabel_oaa', '--ect',
                                                                       '--cbify')},
                                                          {'because': 'no value of it works',
                                                           'options': ('--swap_resistance', '--search_task',
                                                                       '--multiworld_test')},
                                                          {'because': 'it needs examples of several lines, and a '
                                                                      'request holds one line each',
                                                           'options': ('--explore_eval', '--cbify_ldf', '--warm_cb',
                                                                       '--ccb_explore_adf', '--cb_sample',
                                                                       '--cb_explore_adf', '--cb_adf',
                                                                       '--csoaa_ldf', '--wap_ldf', '--top')},
                                                          {'because': 'it crashes or hangs the process that serves '
                                                                      'the endpoint',
                                                           'options': ('--ksvm', '--cs_active', '--marginal',
                                                                       '--memory_tree', '--recall_tree',
                                                                       '--log_multi')},
                                                          {'because': 'it prints a text and ends the process that '
                                                                      'serves the endpoint',
                                                           'options': ('-h', '--help', '--version')}),
                                              'discouraged': ({'because': 'it breaks the column of labels',
                                                               'options': ('--examples',)},
                                                              {'because': 'the module sets input and output '
                                                                          'itself, so it has no effect',
                                                               'options': ('-d', '--data', '-c', '--cache',
                                                                           '--cache_file', '-k', '--kill_cache',
                                                                           '-f', '--final_regressor',
                                                                           '--readable_model', '--invert_hash',
                                                                           '--output_feature_regularizer_binary',
                                                                           '--output_feature_regularizer_text',
                                                                           '--save_per_pass', '--audit_regressor',
                                                                           '-p', '--predictions')},
                                                              {'because': 'the module does not support it',
                                                               'options': ('--rank', '--search')},
                                                              {'because': 'the model has its own, and with another '
                                                                          'every request fails',
                                                               'options': ('-b', '--bit_precision')},
                                                              {'because': 'with it every prediction is 0',
                                                               'options': ('--noop', '--print', '--active_cover')},
                                                              {'because': 'without the file, which must lie where '
                                                                          'the server was started, every request '
                                                                          'fails',
                                                               'options': ('--feature_mask', '--dictionary')})}},
                            {'name': 'name_of_the_test_data_file',
                             'labels': {'en': 'Name of the test data file',
                                        'fr': 'Nom du fichier de données de test'},
                             'type': 'text',
                             'written_as': ('string', 'none'),
                             'converts': True,
                             'ignored': 'a web request is always a table'},
                            {'name': 'specify_file_type',
                             'labels': {'en': 'Specify file type', 'fr': 'Spécifier le type de fichier'},
                             'type': 'option',
                             'written_as': ('string', 'none'),
                             'options': ({'member': 'VW', 'name': 'VW'},
                                         {'member': 'SVMLight', 'name': 'SVMLight'}),
                             'required': True,
                             'default': 'VW',
                             'in_script': 'VW'},
                            {'name': 'include_an_extra_column_containing_labels',
                             'labels': {'en': 'Include an extra column containing labels',
                                        'fr': 'Inclure une colonne supplémentaire contenant des étiquettes'},
                             'type': 'boolean',
                             'written_as': ('boolean', 'string', 'none'),
                             'required': True,
                             'in_script': True},
                            {'name': 'include_an_extra_column_containing_raw_scores',
                             'labels': {'en': 'Include an extra column containing raw scores',
                                        'fr': 'Inclure une colonne supplémentaire contenant les scores bruts'},
                             'type': 'boolean',
                             'written_as': ('boolean', 'string', 'none'),
                             'required': True,
                             'in_script': True})},
            {'id': 'score_wide_and_deep_recommender',
             'name': 'Score Wide and Deep Recommender',
             'trained_by': ('Train Wide & Deep Recommender',),
             'translated': {'fr': ('Noter le générateur de recommandations Wide and Deep',
                                   'Générateur de recommandations Score Wide and Deep',
                                   'Recommandation Score Wide and Deep',
                                   'Entraîner le générateur de recommandations Wide and Deep',
                                   "Effectuer l'apprentissage du générateur de recommandations Wide and Deep",
                                   'Générateur de recommandations Train Wide and Deep')},
             'model_classes': ('azureml.designer.modules.recommendation.dnn.wide_and_deep',),
             'package': 'azureml-designer-recommender-modules',
             'class': 'ScoreWideAndDeepRecommenderModule',
             'import_paths': ('azureml.designer.modules.recommendation.dnn.wide_and_deep.score.score_wide_and_deep_recommender',),
             'result': {'attribute': 'data', 'body': 'columns'},
             'ports': ({'name': 'trained_wide_and_deep_recommendation_model',
                        'holds': 'model',
                        'form': 'model_directory'},
                       {'name': 'dataset_to_score',
                        'holds': 'request',
                        'form': 'data_frame_directory',
                        'id_columns': 2,
                        'one_id_with': {'parameter': 'recommended_item_selection',
                                        'options': ('FromAllItems', 'FromUnratedItems')},
                        'row_for_row_with': {'parameter': 'recommender_prediction_kind',
                                             'options': ('RatingPrediction',)}},
                       {'name': 'training_data',
                        'holds': 'dataset',
                        'form': 'data_frame_directory',
                        'id_columns': 2,
                        'takes_path': True,
                        'passed': 'always',
                        'required': True,
                        'only_with': {'parameter': 'recommended_item_selection', 'options': ('FromUnratedItems',)}},
                       {'name': 'user_features',
                        'holds': 'dataset',
                        'form': 'data_frame_directory',
                        'id_columns': 1,
                        'takes_path': True,
                        'passed': 'always'},
                       {'name': 'item_features',
                        'holds': 'dataset',
                        'form': 'data_frame_directory',
                        'id_columns': 1,
                        'takes_path': True,
                        'passed': 'always'}),
             'outputs': ('scored_data',),
             'parameters': ({'name': 'recommender_prediction_kind',
                             'labels': {'en': 'Recommender prediction kind',
                                        'fr': ('Type de prédiction du générateur de recommandations',
                                               'Type de prédiction de recommandation')},
                             'type': 'option',
                             'written_as': ('string',),
                             'options': ({'member': 'RatingPrediction',
                                          'name': 'Rating Prediction',
                                          'translated': {'fr': ('Prédiction de notations',)}},
                                         {'member': 'ItemRecommendation',
                                          'name': 'Item Recommendation',
                                          'translated': {'fr': ("Recommandation d'éléments",)}}),
                             'required': True,
                             'in_script': 'RatingPrediction'},
                            {'name': 'recommended_item_selection',
                             'labels': {'en': 'Recommended item selection',
                                        'fr': ("Sélection d'élément recommandé",
                                               "Sélection d'éléments recommandés")},
                             'type': 'option',
                             'written_as': ('string',),
                             'options': ({'member': 'FromAllItems',
                                          'name': 'From All Items',
                                          'translated': {'fr': ('À partir de tous les éléments',)}},
                                         {'member': 'FromRatedItems',
                                          'name': 'From Rated Items (for model evaluation)',
                                          'translated': {'fr': ("À partir d'éléments notés (pour l'évaluation du "
                                                                'modèle)',)},
                                          'meant_for': 'evaluating a model; From All Items is for production'},
                                         {'member': 'FromUnratedItems',
                                          'name': 'From Unrated Items (to suggest new items to users)',
                                          'translated': {'fr': ("À partir d'éléments non notés (pour suggérer de "
                                                                'nouveaux éléments aux utilisateurs)',)}}),
                             'required': True,
                             'default': 'FromRatedItems',
                             'only_with': {'parameter': 'recommender_prediction_kind',
                                           'options': ('ItemRecommendation',)}},
                            {'name': 'maximum_number_of_items_to_recommend_to_a_user',
                             'labels': {'en': 'Maximum number of items to recommend to a user',
                                        'fr': "Nombre maximal d'éléments à recommander à un utilisateur"},
                             'type': 'integer',
                             'written_as': ('integer',),
                             'converts': True,
                             'never_boolean': {'parameter': 'recommender_prediction_kind',
                                               'options': ('ItemRecommendation',)},
                             'minimum': 1,
                             'minimum_holds': 'where it counts',
                             'required': True,
                             'default': 5,
                             'only_with': {'parameter': 'recommender_prediction_kind',
                                           'options': ('ItemRecommendation',)}},
                            {'name': 'minimum_size_of_the_recommendation_pool_for_a_single_user',
                             'labels': {'en': 'Minimum size of the recommendation pool for a single user',
                                        'fr': ('Taille minimale du pool de recommandation pour un seul utilisateur',
                                               'Taille minimale du pool de recommandations par utilisateur')},
                             'type': 'integer',
                             'written_as': ('integer',),
                             'converts': True,
                             'minimum': 1,
                             'minimum_holds': 'never',
                             'required': True,
                             'default': 2,
                             'only_with': {'parameter': 'recommended_item_selection',
                                           'options': ('FromRatedItems',)}},
                            {'name': 'whether_to_return_the_predicted_ratings_of_the_items_along_with_the_labels',
                             'labels': {'en': 'Whether to return the predicted ratings of the items along with the '
                                              'labels',
                                        'fr': "Indique s'il faut retourner les évaluations prédites des éléments "
                                              'avec les étiquettes'},
                             'type': 'boolean',
                             'written_as': ('string',),
                             'only_with': {'parameter': 'recommender_prediction_kind',
                                           'options': ('ItemRecommendation',)}})})}
