import json
import os
from azureml.designer.serving.dagengine.converter import create_dfd_from_dict
from azureml.studio.core.io.model_directory import ModelDirectory
from azureml.designer.modules.recommendation.dnn.wide_and_deep.score. \
	score_wide_and_deep_recommender import ScoreWideAndDeepRecommenderModule

def init():
	'''Load the model.'''
	global model
	model = ModelDirectory.load(os.path.join(os.environ['AZUREML_MODEL_DIR'], 'trained_model_outputs'))

def run(data):
	rows = json.loads(data)
	columns = {name: [row[name] for row in rows] for name in rows[0]}
	score_params = dict(
		trained_wide_and_deep_recommendation_model=model,
		dataset_to_score=create_dfd_from_dict(columns, None),
		training_data=None,
		user_features=None,
		item_features=None,
		recommender_prediction_kind='Rating Prediction')
	result, = ScoreWideAndDeepRecommenderModule().run(**score_params)
	return json.dumps(result.data.to_dict('list'))
