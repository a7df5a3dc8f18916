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
    return body_of(result.data)


def body_of(frame):
    """Return a scored frame as JSON holds it."""

    def plain(v):
        """Return what json.dumps does not know: numpy's values as Python's, a date as text."""
        return None if str(v) in ("NaT", "<NA>") else getattr(v, "tolist", v.__str__)()

    def cells(column):
        """Return the values of a column as JSON holds them."""
        values = column.tolist()
        types = set(map(type, values))
        if types <= {str, int, float, bool, type(None)}:
            return values
        return json.loads(json.dumps(values, default=plain))

    values = frame.values  # of one type for all columns, as in the designer's script
    columns = [cells(values[:, place]) for place in range(frame.shape[1])]
    return {"result": [list(row) for row in zip(*columns)]}
