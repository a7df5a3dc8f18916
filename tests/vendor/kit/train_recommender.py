"""Trains tiny Wide & Deep recommenders with the designer's own module."""

from pathlib import Path

import pandas as pd
from azureml.designer.modules.recommendation.dnn.wide_and_deep.train.train_wide_and_deep_recommender import (
    TrainWideAndDeepRecommenderModule,
)
from azureml.studio.core.io.data_frame_directory import DataFrameDirectory
from ratings import digit_ratings, item_features, ratings, save_dataset, user_features


def train(name: str, triples: pd.DataFrame, users: object = None, items: object = None) -> None:
    """Train a model and write it as the designer does."""
    folder = Path(name, "trained_model_outputs")
    folder.mkdir(parents=True)
    TrainWideAndDeepRecommenderModule().run(
        training_dataset_of_user_item_rating_triples=DataFrameDirectory.create(data=triples),
        user_features=users,
        item_features=items,
        epochs=1,
        batch_size=64,
        wide_part_optimizer="Adagrad",
        wide_optimizer_learning_rate=0.1,
        crossed_feature_dimension=100,
        deep_part_optimizer="Adagrad",
        deep_optimizer_learning_rate=0.1,
        user_embedding_dimension=4,
        item_embedding_dimension=4,
        categorical_features_embedding_dimension=2,
        hidden_units="8,4",
        activation_function="ReLU",
        dropout=0.5,
        batch_normalization="True",
        trained_wide_and_deep_recommendation_model=str(folder),
    )


train("score_wide_and_deep_recommender", ratings())
train("digit_ids", digit_ratings())
train(
    "with_features",
    ratings(),
    DataFrameDirectory.create(data=user_features(30)),
    DataFrameDirectory.create(data=item_features(40)),
)
save_dataset(ratings(), "ratings")
save_dataset(digit_ratings(), "digit_ratings")
# One user and one item more than the model knows.
save_dataset(user_features(31), "user_features")
save_dataset(item_features(41), "item_features")
