"""Trains a tiny image classifier with the designer's own module, on one process."""

import sys
import types
from pathlib import Path

# Training asks MPI for its rank; here there is one process.
mpi4py = types.ModuleType("mpi4py")
mpi4py.MPI = types.SimpleNamespace(COMM_WORLD=types.SimpleNamespace(Get_rank=lambda: 0, Get_size=lambda: 1))
sys.modules["mpi4py"] = mpi4py

# ruff: noqa: E402
import numpy as np
from azureml.designer.modules.dl.pytorch.initialize_models.vision.classification.resnet import save_untrained_model
from azureml.designer.modules.dl.pytorch.train.train_pytorch_model import entrance
from azureml.studio.core.io.image_directory import FolderBasedImageDirectory
from PIL import Image

rng = np.random.RandomState(0)
for category, colour in (("red", (200, 20, 20)), ("blue", (20, 20, 200))):
    folder = Path("images", category)
    folder.mkdir(parents=True)
    for number in range(6):
        pixels = np.clip(np.array(colour) + rng.randint(-20, 20, (64, 64, 3)), 0, 255).astype("uint8")
        Image.fromarray(pixels).save(folder / f"{number}.png")
FolderBasedImageDirectory.load_with_default_parsers("images").dump("image_directory")
save_untrained_model("untrained", model_name="resnet18", pretrained=False)
model = Path("score_image_model", "trained_model_outputs")
model.mkdir(parents=True)
entrance("untrained", "image_directory", "image_directory", str(model), epochs=1, batch_size=4)
