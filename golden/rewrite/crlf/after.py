import json
import os

import pandas as pd
from azureml.designer.serving.dagengine.converter import create_dfd_from_dict
from azureml.studio.common.datatable.data_table import DataTable
from azureml.studio.core.io.model_directory import ModelDirectory
from azureml.studio.modules.recommendation.score_svd_recommender.score_svd_recommender import \
    ScoreSVDRecommenderModule, RecommenderPredictionKind, RecommendedItemSelection

FOLDER = os.path.join(os.environ['AZUREML_MODEL_DIR'], 'trained_model_outputs')


def init():
    global recommender, schema, training_data
    recommender = ModelDirectory.load(FOLDER).model
    with open(os.path.join(FOLDER, '_schema.json')) as file:
        schema = json.load(file)
    training_data_path = os.path.join(
        os.path.dirname(os.path.abspath(__file__)),
        'ratings.csv',
    )
    training_data = DataTable(
        pd.read_csv(training_data_path, dtype={0: str, 1: str}),
    )


def run(data):
    rows = json.loads(data)
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    table = DataTable.from_dfd(create_dfd_from_dict(columns, schema))
    score_params = dict(
        learner=recommender,
        test_data=table,
        training_data=training_data,
        prediction_kind=RecommenderPredictionKind.ItemRecommendation,
        recommended_item_selection=RecommendedItemSelection.FromUnratedItems,
        max_recommended_item_count=5,
        return_ratings=False)
    scored, = ScoreSVDRecommenderModule().run(**score_params)
    return {'result': scored.data_frame.to_dict(orient='records')}
