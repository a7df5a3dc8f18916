"""The names of a model folder and of the files that the designer leaves in it."""

from __future__ import annotations

MODEL_FOLDER = "trained_model_outputs"
"""The folder in which the designer leaves a model, and in which a script looks for it."""
OPEN_MODEL = "open_model"
"""The folder of a converted model, in which its script looks for it."""
FACTS_FILE = "model.json"
"""What an open model says of itself."""
CONDA_FILE = "conda_env.yaml"
CONDA_NAMES = (CONDA_FILE, CONDA_FILE.replace(".yaml", ".yml"))
"""What people call the conda file: the designer's name, and that with the other ending."""
SCHEMA = "_schema.json"
SAMPLES = "_samples.json"
LEARNER = "_data.pkl"
VOWPAL_WABBIT = "model/_model.vw"
WIDE_AND_DEEP = "model/_model.pkl"
CHECKPOINTS = "model/checkpoints"
"""The folder in which a Wide and Deep model has its checkpoint, beside its pickle."""
MODEL_SPEC = "model_spec.yaml"
WEIGHTS = "model"
LABELS = "index_to_label.csv"
"""The kind of a model that no learner holds, and, of an image model, the weights of its net and its labels."""
LEARNED = (LEARNER, VOWPAL_WABBIT, WIDE_AND_DEEP, MODEL_SPEC)
"""The files of which one holds a model that can be converted."""
FILES = (SCHEMA, SAMPLES, LEARNER)
"""The files that tell something of the model."""
LARGEST_MODEL = 100_000_000
"""How many bytes a model's file may have."""
LARGEST_WEIGHTS = 600_000_000
"""How many bytes the weights of an image model may have: the largest net of the designer's has 510 million."""


def largest(name: str) -> int:
    """Return how many bytes a file of a model folder may have, by its name."""
    return LARGEST_WEIGHTS if name == WEIGHTS else LARGEST_MODEL
