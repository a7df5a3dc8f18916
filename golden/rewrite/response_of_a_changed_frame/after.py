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
    scores = result.data_frame.fillna('').head(100)
    return json.dumps(body_of(scores[['x', 'y']]))


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

    names = [str(name) for name in frame]
    columns = [cells(frame.iloc[:, place]) for place in range(len(names))]
    return {"result": [dict(zip(names, row)) for row in zip(*columns)]}
