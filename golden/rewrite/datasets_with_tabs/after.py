import json
import os
from azureml.designer.serving.dagengine.converter import create_dfd_from_dict
from azureml.studio.core.io.model_directory import ModelDirectory
from azureml.designer.modules.recommendation.dnn.wide_and_deep.score. \
	score_wide_and_deep_recommender import ScoreWideAndDeepRecommenderModule
import pandas as pd
from azureml.studio.core.io.data_frame_directory import DataFrameDirectory

def init():
	'''Load the model.'''
	global model, user_features, item_features
	model = ModelDirectory.load(os.path.join(os.environ['AZUREML_MODEL_DIR'], 'trained_model_outputs'))
	user_features_path = os.path.join(
		os.path.dirname(os.path.abspath(__file__)),
		'users.csv',
	)
	user_features = DataFrameDirectory.create(
		data=pd.read_csv(user_features_path, dtype={0: str}),
	)
	item_features_path = os.path.join(
		os.path.dirname(os.path.abspath(__file__)),
		'items',
	)
	item_features = DataFrameDirectory.load(item_features_path)

def run(data):
	rows = json.loads(data)
	columns = {name: [row[name] for row in rows] for name in rows[0]}
	score_params = dict(
		trained_wide_and_deep_recommendation_model=model,
		dataset_to_score=create_dfd_from_dict(columns, None),
		training_data=None,
		user_features=user_features,
		item_features=item_features,
		recommender_prediction_kind='Item Recommendation',
		recommended_item_selection='From Rated Items (for model evaluation)',
		maximum_number_of_items_to_recommend_to_a_user=10,
		minimum_size_of_the_recommendation_pool_for_a_single_user=2)
	result, = ScoreWideAndDeepRecommenderModule().run(**score_params)
	return json.dumps(result.data.to_dict('list'))
