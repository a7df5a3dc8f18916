import json
import os
from collections import defaultdict as lists

from azureml.studio.core.io.model_directory import ModelDirectory
from azureml.studio.modules.ml.score.score_generic_module.score_generic_module import \
    ScoreModelModule
from azureml.designer.serving.dagengine.utils import decode_nan
from azureml.designer.serving.dagengine.converter import create_dfd_from_dict
from azureml.studio.common.datatable.data_table import DataTable


FOLDER = os.path.join(os.environ['AZUREML_MODEL_DIR'], 'trained_model_outputs')


def init():
    global model, schema
    model = ModelDirectory.load(FOLDER).model
    with open(os.path.join(FOLDER, '_schema.json')) as file:
        schema = json.load(file)


def run(data):
    rows = json.loads(data)
    columns = lists(list)
    for entry in rows:
        for name, cell in entry.items():
            columns[name].append(decode_nan(cell))
    request = create_dfd_from_dict(columns, schema)
    module = ScoreModelModule()
    result, = module.run(
        learner=model,
        test_data=DataTable.from_dfd(request),
        append_or_result_only=True)
    return json.dumps(json.loads(json.dumps(result.data_frame.values.tolist()), parse_constant=lambda name: None))
