import json
import os
from collections import defaultdict as lists

from azureml.studio.core.io.model_directory import ModelDirectory
from azureml.designer.modules.dl.pytorch.score.score_image_model.score_image_model import \
    ScoreImageModel
from azureml.designer.serving.dagengine.utils import decode_nan
from azureml.designer.serving.dagengine.converter import create_imd_from_dict


FOLDER = os.path.join(os.environ['AZUREML_MODEL_DIR'], 'trained_model_outputs')


def init():
    global model, schema
    model = ModelDirectory.load(load_from_dir=FOLDER)
    with open(os.path.join(FOLDER, '_schema.json')) as file:
        schema = json.load(file)


def run(data):
    rows = json.loads(data)
    columns = lists(list)
    for entry in rows:
        for name, cell in entry.items():
            columns[name].append(decode_nan(cell))
    request = create_imd_from_dict(columns, schema)
    module = ScoreImageModel()
    module.on_init(model, request)
    result, = module.run(model, request)
    return json.dumps({"result": result.data.values.tolist()})
