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
        recommender_prediction_kind="Item Recommendation",
        recommended_item_selection="From all items",
        maximum_number_of_items_to_recommend_to_a_user="10",
        whether_to_return_the_predicted_ratings_of_the_items_along_with_the_labels=True)
    return result.data.to_dict("list")
