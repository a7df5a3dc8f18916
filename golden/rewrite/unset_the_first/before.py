from azureml.designer.modules.vowpal_wabbit.score_vowpal_wabbit_model.score_vowpal_wabbit_model import ScoreVowpalWabbitModelModule as Module
from azureml.designer.serving.dagengine.converter import create_dfd_from_dict
import json


def run(data):
    rows = json.loads(data)
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    result, = Module().run(vw_arguments='--link logistic',  # as trained
                           # the model
                           trained_vowpal_wabbit_model=model,
                           test_data=create_dfd_from_dict(columns, None), specify_file_type='VW',
                           include_an_extra_column_containing_labels=False,
                           include_an_extra_column_containing_raw_scores=False)
    return result.data.to_dict('list')
