import json

from azureml.designer.modules.vowpal_wabbit.score_vowpal_wabbit_model.score_vowpal_wabbit_model import ScoreVowpalWabbitModelModule
from azureml.designer.serving.dagengine.converter import create_dfd_from_dict


def run(data):
    rows = json.loads(data)
    params = dict(
        trained_vowpal_wabbit_model=model,
        test_data=create_dfd_from_dict({name: [row[name] for row in rows] for name in rows[0]}, None),
        specify_file_type='VW',
        include_an_extra_column_containing_labels=True,
        include_an_extra_column_containing_raw_scores=True)
    result, = ScoreVowpalWabbitModelModule().run(**params)
    return result.data.to_dict('list')
