"""Trains a tiny Vowpal Wabbit model with the designer's own module."""

import random
from pathlib import Path

import pandas as pd
from azureml.designer.modules.vowpal_wabbit.train_vowpal_wabbit_model.train_vowpal_wabbit_model import (
    TrainVowpalWabbitModelModule,
)
from azureml.studio.core.io.data_frame_directory import DataFrameDirectory

random.seed(0)
examples = [f"{random.choice([-1, 1])} | a:{random.random():.3f} b:{random.random():.3f}" for _ in range(50)]
folder = Path("score_vowpal_wabbit_model", "trained_model_outputs")
folder.mkdir(parents=True)
DataFrameDirectory.create(data=pd.DataFrame({"example": examples})).dump("examples")
TrainVowpalWabbitModelModule().run(
    training_data="examples",
    output_readable_model_file="False",
    output_inverted_hash_file="False",
    specify_file_type="VW",
    vw_arguments="--loss_function logistic",
    trained_vowpal_wabbit_model=str(folder),
)
