import json
try:
    from azureml.designer.modules.dl.pytorch.score.score_image_model.score_image_model import ScoreImageModel
except ImportError:
    from azureml.designer.modules.dl.score.score_image_model.score_image_model import ScoreImageModel


def init():
    global model, schema
    model, schema = load()


def run(body):
    rows = json.loads(body)
    module = ScoreImageModel()
    images = as_images(rows)
    module.on_init(model, images)
    return module.run(model, images)[0].data.values.tolist()
