import json
from azureml.studio.modules.ml.score.assign_data_to_clusters.assign_data_to_clusters import AssignDataToClustersModule as Clusters


def init():
    global model, schema
    model, schema = load()


def run(body):
    rows = json.loads(body)
    return Clusters().run(cluster=model, data_table=as_table(rows), append_or_result_only=False)[0].data_frame.to_dict('list')
