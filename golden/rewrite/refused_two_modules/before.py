import json
from azureml.studio.modules.ml.score.score_generic_module.score_generic_module import ScoreModelModule
from azureml.studio.modules.ml.score.assign_data_to_clusters.assign_data_to_clusters import AssignDataToClustersModule


def init():
    global model, schema
    model, schema = load()


def run(body):
    rows = json.loads(body)
    table = as_table(rows)
    scored, = ScoreModelModule().run(learner=model, test_data=table, append_or_result_only=True)
    grouped, = AssignDataToClustersModule().run(cluster=clusters, data_table=table, append_or_result_only=False)
    return [scored.data_frame.to_dict('list'), grouped.data_frame.to_dict('list')]
