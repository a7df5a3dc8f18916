"""The Wide and Deep recommender: what is known of users and items, and a net that makes a rating of both.

The features of users and items never change, so each has one row of numbers for the net, whatever they were made of.
Behind those of the ids that are known stand two more: of an id that is not known, and of an empty one, which TensorFlow
leaves out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from generator.convert.array_store import ArrayStore
from generator.convert.parts import NotConvertibleError, Singles, attributes, has_shape, number, required
from generator.findings import in_file
from generator.model.arrays import is_array, plain, values
from generator.model.checkpoint import Tensor, read_checkpoint
from generator.model.error import ModelError
from generator.model.names import CHECKPOINTS
from generator.model.pickle_reader import Object
from generator.model.tables import series, table
from generator.translations.language import say

_INPUT = "dnn/input_from_feature_columns/input_layer"
_WIDE = "linear/linear_model"
_ACTIVATIONS = ("ReLU", "Sigmoid", "Tanh", "Linear", "LeakyReLU")
_NORMALIZED = 0.001
"""What TensorFlow adds to a variance before it divides by its root."""


class _Side(NamedTuple):
    """The users, or the items: their column, their ids, and the blocks of their rows by the names that order them."""

    column: str
    ids: list[str]
    blocks: dict[str, Singles]


class _Weights:
    """The tensors of a checkpoint, each taken once and with its shape."""

    def __init__(self, tensors: Mapping[str, Tensor]) -> None:
        self.left = dict(tensors)

    def take(self, name: str, *shape: int | None) -> Singles:
        """Return a tensor; None in a shape is any length. Raises NotConvertibleError."""
        found = self.left.pop(name, None)
        if found is None:
            raise NotConvertibleError(say("its checkpoint has no {name}", name=name))
        if not has_shape(found.shape, shape):
            message = say(
                "its checkpoint has {name} of {shape}, not {wanted}",
                name=name,
                shape=list(found.shape),
                wanted=list(shape),
            )
            raise NotConvertibleError(message)
        return np.frombuffer(found.cells, "<f4").reshape(found.shape).astype(np.float32)


def checkpoint_of(files: Mapping[str, bytes]) -> dict[str, Tensor]:
    """Return the tensors by which a model scores, of the checkpoint that was written last. Raises ModelError."""
    state = files.get(f"{CHECKPOINTS}/checkpoint", b"").decode("utf-8", "replace")
    last = re.search(r'^model_checkpoint_path: "([^"/\\]+)"$', state, re.MULTILINE)
    if last is None:
        raise ModelError(say("it does not tell the last checkpoint")).in_file(f"{CHECKPOINTS}/checkpoint")
    index, data = (f"{CHECKPOINTS}/{last[1]}{ending}" for ending in (".index", ".data-00000-of-00001"))
    for name in (index, data):
        if name not in files:
            raise ModelError(say("it is not there, and holds what the model has learned")).in_file(name)
    with in_file(index):
        return read_checkpoint(files[index], files[data], ("dnn/", "linear/"))


def wide_and_deep(learner: Any, tensors: Mapping[str, Tensor]) -> tuple[dict[str, Any], ArrayStore]:
    """Return the open form of a WideNDeepModel, and its arrays."""
    held = attributes(learner, "WideNDeepModel")
    chosen = attributes(required(held, "hyper_params"), "WideNDeepModelHyperParams")
    weights, store = _Weights(tensors), ArrayStore(0)
    users, items = (_side(required(held, f"{side}_feature_builder"), weights) for side in ("user", "item"))
    if (users.column, items.column) != ("User", "Item"):
        raise NotConvertibleError(
            say("its columns are {users} and {items}, not User and Item", users=users.column, items=items.column)
        )
    if users.blocks.keys() & items.blocks.keys():
        raise NotConvertibleError(say("its users and its items have features of one name"))
    layers = _layers(weights, users.blocks, items.blocks, required(chosen, "batch_norm"))
    crossed = weights.take(f"{_WIDE}/Item_X_User/weights", None, 1)
    if len(crossed) != required(chosen, "crossed_dim") or len(layers) != len(required(chosen, "hidden_units")) + 1:
        raise NotConvertibleError(say("its checkpoint is of a model with other parameters"))
    facts = {
        "kind": "wide_and_deep",
        "activation": _activation(required(chosen, "activation_fn")),
        "users": users.ids,
        "items": items.ids,
        "layers": [
            {name: store.keep(f"{place}.{name}", array) for name, array in layer.items()}
            for place, layer in enumerate(layers)
        ],
        "crossed": store.keep("crossed", crossed[:, 0]),
        "bias": store.keep("bias", weights.take(f"{_WIDE}/bias_weights", 1)),
    }
    for name, side in (("user", users), ("item", items)):
        wide = weights.take(f"{_WIDE}/{side.column}/weights", len(side.ids) + 1, 1)[:, 0]
        rows = np.concatenate([side.blocks[block] for block in sorted(side.blocks)], axis=1)
        facts[f"{name}_rows"] = store.keep(f"{name}_rows", rows)
        facts[f"{name}_weights"] = store.keep(f"{name}_weights", np.append(wide, np.float32(0)))
    if weights.left:
        raise NotConvertibleError(say("its checkpoint has {name}, which is not known", name=min(weights.left)))
    return facts, store


def _activation(chosen: Any) -> str:
    match chosen:
        case Object(name=name, arguments=(str(known),)) if (
            name.endswith(".ActivationFnSelection") and known in _ACTIVATIONS
        ):
            return known
    raise NotConvertibleError(say("its activation function {chosen!r:.80} is not known", chosen=chosen))


def _side(builder: Any, weights: _Weights) -> _Side:
    held = attributes(builder, "FeatureBuilder")
    column, ids = series(required(held, "id_vocab"))
    features = table(required(held, "_features_df"))
    if features.get(column) != ids or len(set(ids)) != len(ids) or not all(isinstance(each, str) for each in ids):
        raise NotConvertibleError(say("its ids are not different texts, each with its features"))
    blocks = {f"{column}_embedding": _embedded(weights, column, [*range(len(ids) + 1), None], len(ids))}
    empty = ids.index("") if "" in ids else None
    for key, meta in required(held, "_feature_metas").items():
        about = attributes(meta, "FeatureMeta")
        cells = [*features[key], None, None if empty is None else features[key][empty]]
        fill, known = plain(required(about, "fill")), required(about, "vocab")
        if known is None:
            numbers = [number(fill if _is_missing(cell) else cell) for cell in cells]
            blocks[key] = np.array(numbers, np.float32)[:, None]
        elif is_array(known) and fill == "":
            places = {text: place for place, text in enumerate(values(known))}
            found = [None if _is_missing(cell) or cell == "" else places.get(cell, len(places)) for cell in cells]
            blocks[f"{key}_embedding"] = _embedded(weights, key, found, len(places))
        else:
            raise NotConvertibleError(say("its feature {key} is of a kind that is not known", key=key))
    return _Side(column, ids, blocks)


def _is_missing(cell: Any) -> bool:
    return cell is None or (isinstance(cell, float) and not math.isfinite(cell))


def _embedded(weights: _Weights, name: str, places: list[int | None], count: int) -> Singles:
    """Return the embedding of each place, none longer than the root of its width; zeros where there is no place.

    What is longer is scaled to that length, as TensorFlow does by ``max_norm``.
    """
    found = weights.take(f"{_INPUT}/{name}_embedding/embedding_weights", count + 1, None)
    longest = np.float32(found.shape[1] ** 0.5)
    length = np.sqrt((found * found).sum(axis=1, keepdims=True))
    found = (found * longest / np.maximum(length, longest)).astype(np.float32)
    whole = np.concatenate([found, np.zeros((1, found.shape[1]), np.float32)])
    return whole[[-1 if place is None else place for place in places]]


def _layers(
    weights: _Weights, users: Mapping[str, Singles], items: Mapping[str, Singles], is_normalized: Any
) -> list[dict[str, Singles]]:
    """Return the layers of the net, the first of which takes the row of a user and then that of an item."""
    layers: list[dict[str, Singles]] = []
    width = sum(block.shape[1] for block in (*users.values(), *items.values()))
    while f"dnn/hiddenlayer_{len(layers)}/kernel" in weights.left:
        path = f"dnn/hiddenlayer_{len(layers)}"
        kernel = weights.take(f"{path}/kernel", width, None)
        if not layers:
            kernel = kernel[_order(users, items)]
        width = kernel.shape[1]
        layer = {"weights": kernel, "bias": weights.take(f"{path}/bias", width)}
        if is_normalized is True:
            gamma, variance, beta, mean = (
                weights.take(f"{path}/batchnorm_{len(layers)}/{name}", width)
                for name in ("gamma", "moving_variance", "beta", "moving_mean")
            )
            layer["scale"] = gamma / np.sqrt(variance + np.float32(_NORMALIZED))
            layer["shift"] = beta - mean * layer["scale"]
        layers.append(layer)
    logits = {"weights": weights.take("dnn/logits/kernel", width, 1), "bias": weights.take("dnn/logits/bias", 1)}
    return [*layers, logits]


def _order(users: Mapping[str, Singles], items: Mapping[str, Singles]) -> list[int]:
    """Return the rows of the first layer by the columns that it is given: the blocks of users, then those of items.

    TensorFlow has the blocks of both in the order of their names: of ``Item_embedding`` with 2 columns,
    ``User_embedding`` with 2 and ``age`` of the users with 1 the rows are [2, 3, 4, 0, 1].
    """
    both = {**users, **items}
    starts, at = {}, 0
    for name in sorted(both):
        starts[name] = at
        at += both[name].shape[1]
    return [
        starts[name] + place for side in (users, items) for name in sorted(side) for place in range(side[name].shape[1])
    ]
