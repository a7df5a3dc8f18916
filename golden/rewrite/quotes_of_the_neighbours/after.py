import json
from azureml.designer.modules.vowpal_wabbit.score_vowpal_wabbit_model.score_vowpal_wabbit_model import ScoreVowpalWabbitModelModule


def init():
    global model, schema
    model, schema = load()


def run(body):
    rows = json.loads(body)
    result, = ScoreVowpalWabbitModelModule().run(**{
        'trained_vowpal_wabbit_model': model,
        'test_data': as_directory(rows),
        'vw_arguments': '--link logistic',
        'specify_file_type': 'SVMLight',
        'include_an_extra_column_containing_labels': True,
        'include_an_extra_column_containing_raw_scores': True,
    })
    return result.data.to_dict('list')
