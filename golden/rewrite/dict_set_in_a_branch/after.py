import json
import os

from azureml.designer.serving.dagengine.converter import create_dfd_from_dict
from azureml.studio.common.datatable.data_table import DataTable
from azureml.studio.core.io.model_directory import ModelDirectory
from azureml.studio.modules.recommendation.score_svd_recommender.score_svd_recommender import ScoreSVDRecommenderModule, RecommenderPredictionKind, RecommendedItemSelection

FOLDER = os.path.join(os.environ['AZUREML_MODEL_DIR'], 'trained_model_outputs')


def init():
    global recommender, schema
    recommender = ModelDirectory.load(FOLDER).model
    with open(os.path.join(FOLDER, '_schema.json')) as file:
        schema = json.load(file)


def run(data):
    rows = json.loads(data)
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    table = DataTable.from_dfd(create_dfd_from_dict(columns, schema))
    params = dict(learner=recommender, test_data=table, recommended_item_selection=RecommendedItemSelection.FromAllItems, max_recommended_item_count=5, return_ratings=False, prediction_kind=RecommenderPredictionKind.RatingPrediction)
    if len(rows) > 1:
        params['prediction_kind'] = RecommenderPredictionKind.ItemRecommendation
    scored, = ScoreSVDRecommenderModule().run(**{**params, "prediction_kind": RecommenderPredictionKind.ItemRecommendation})
    return {'result': scored.data_frame.to_dict(orient='records')}
