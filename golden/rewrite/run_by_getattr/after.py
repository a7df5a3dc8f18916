import json
from azureml.studio.modules.ml.score.score_generic_module.score_generic_module import ScoreModelModule


def init():
    global model, schema
    model, schema = load()


def run(body):
    rows = json.loads(body)
    return getattr(ScoreModelModule(), 'run')(learner=model, test_data=as_table(rows), append_or_result_only=True)
