import json
from azureml.studio.modules.ml.score.score_generic_module.score_generic_module import ScoreModelModule


def init():
    global model, schema
    model, schema = load()


def run(body):
    rows = json.loads(body)
    module = ScoreModelModule()
    result, = module.run(
        learner=model,
        test_data=as_table(rows),
        append_or_result_only=False)  # the columns of the request too
    return result.data_frame.values.tolist()
