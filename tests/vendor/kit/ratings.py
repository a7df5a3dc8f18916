"""What the recommenders are trained on: ratings 1 to 5 by 30 users of 40 items, and features of both."""

from __future__ import annotations

import shutil

import numpy as np
import pandas as pd
from azureml.studio.core.io.data_frame_directory import DataFrameDirectory


def ratings() -> pd.DataFrame:
    """Return the rating triples."""
    rng = np.random.RandomState(0)
    frame = pd.DataFrame(
        {
            "user": [f"u{i}" for i in rng.randint(0, 30, 300)],
            "item": [f"m{i}" for i in rng.randint(0, 40, 300)],
            "rating": rng.randint(1, 6, 300),
        }
    )
    return frame.drop_duplicates(["user", "item"]).reset_index(drop=True)


def digit_ratings() -> pd.DataFrame:
    """Return the same with ids that look like numbers but are text: 007."""
    frame = ratings()
    ids = frame[["user", "item"]].apply(lambda column: column.str[1:].str.zfill(3))
    return frame.assign(user=ids.user, item=ids.item)


def user_features(count: int) -> pd.DataFrame:
    """Return features of the first users; u30 has rated nothing."""
    return pd.DataFrame({"user": [f"u{i}" for i in range(count)], "age": [20 + i for i in range(count)]})


def item_features(count: int) -> pd.DataFrame:
    """Return features of the first items; nobody has rated m40."""
    genres = ("comedy", "drama", "western")
    return pd.DataFrame({"item": [f"m{i}" for i in range(count)], "genre": [genres[i % 3] for i in range(count)]})


def save_dataset(frame: pd.DataFrame, name: str) -> None:
    """Write a frame in both forms that a designer dataset comes in: NAME.csv, and the folder NAME_directory."""
    frame.to_csv(f"{name}.csv", index=False)
    shutil.rmtree(f"{name}_directory", ignore_errors=True)
    DataFrameDirectory.create(data=frame).dump(f"{name}_directory")
