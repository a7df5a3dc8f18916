import json
from azureml.studio.modules.ml.score.score_generic_module.score_generic_module import ScoreModelModule


def init():
    global model, schema
    model, schema = load()


def run(body):
    rows = json.loads(body)
    module = ScoreModelModule()
    if len(rows) == 1:
        return module.run(learner=model, test_data=as_table(rows), append_or_result_only=True)[0].data_frame.values.tolist()
    return module.run(learner=model, test_data=as_table(rows), append_or_result_only=False)[0].data_frame.values.tolist()
