"""A checkpoint of TensorFlow's is read whole, or refused."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from generator.model.checkpoint import read_checkpoint
from generator.model.error import ModelError

FOLDER = Path(__file__).parents[1] / "convert" / "recorded" / "wide_and_deep" / "model" / "checkpoints"
PARTS = ("dnn/", "linear/")


@pytest.fixture(scope="module")
def files() -> tuple[bytes, bytes]:
    (index,), (data,) = FOLDER.glob("*.index"), FOLDER.glob("*.data-*")
    return index.read_bytes(), data.read_bytes()


def test_each_tensor_has_its_shape_and_its_numbers(files: tuple[bytes, bytes]) -> None:
    found = read_checkpoint(*files, PARTS)
    assert found["dnn/hiddenlayer_1/kernel"].shape == (8, 4)
    assert found["linear/linear_model/Item_X_User/weights"].shape == (100, 1)
    assert all(name.startswith(PARTS) for name in found)
    numbers = [number for tensor in found.values() for (number,) in struct.iter_unpack("<f", tensor.cells)]
    assert len(numbers) > 500
    assert all(-100 < number < 100 for number in numbers)


def test_only_what_is_asked_for_is_looked_at(files: tuple[bytes, bytes]) -> None:
    assert read_checkpoint(files[0], b"", ("none/",)) == {}


def test_every_changed_byte_of_what_counts_is_known_by_its_checksum(files: tuple[bytes, bytes]) -> None:
    """One bit of each 7th byte is changed: where nothing was, the tensors are the same."""
    index, data = files
    whole = read_checkpoint(index, data, PARTS)
    refused = 0
    for which, content in enumerate(files):
        for place in range(0, len(content), 7):
            changed = bytearray(content)
            changed[place] ^= 1 << place % 8
            given = (bytes(changed), data) if which == 0 else (index, bytes(changed))
            try:
                assert read_checkpoint(*given, PARTS) == whole
            except ModelError:
                refused += 1
    assert refused > 500


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (0, 40, "it is not the index of a checkpoint"),
        (0, -1, "it is not the index"),
        (1, None, "its index is compressed"),
    ],
)
def test_what_is_cut_off_is_refused(files: tuple[bytes, bytes], start: int, end: int | None, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        read_checkpoint(files[0][start:end], files[1], PARTS)


def test_missing_numbers_are_refused(files: tuple[bytes, bytes]) -> None:
    with pytest.raises(ModelError, match="does not have as many numbers as it says"):
        read_checkpoint(files[0], files[1][:1000], PARTS)
