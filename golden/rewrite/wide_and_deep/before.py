import json
from azureml.designer.modules.recommendation.dnn.wide_and_deep.score.score_wide_and_deep_recommender import ScoreWideAndDeepRecommenderModule


def init():
    global model, schema
    model, schema = load()


def run(body):
    rows = json.loads(body)
    result, = ScoreWideAndDeepRecommenderModule().run(
        trained_wide_and_deep_recommendation_model=model,
        dataset_to_score=as_directory(rows),
        training_data=None, user_features=None, item_features=None,
        recommender_prediction_kind='Rating Prediction')
    return result.data.to_dict('list')
