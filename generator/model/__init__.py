"""The model folder, ``trained_model_outputs``, as the designer leaves it: its files as bytes become facts."""
