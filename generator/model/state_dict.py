"""The weights of a net of PyTorch's, by name, read without PyTorch.

``torch.save`` writes a zip archive: a pickle that says where the cells of each tensor are, and a file for each storage,
all of it uncompressed::

    model/data.pkl   "fc.bias"  ->  _rebuild_tensor_v2(storage "7" of 32-bit numbers, offset 0, shape (2,), strides)
    model/data/7     8 bytes

The form is told by PyTorch's "Serialization semantics".
"""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from typing import Any

from generator.model.checkpoint import Tensor
from generator.model.error import ModelError
from generator.model.names import LARGEST_WEIGHTS
from generator.model.pickle_reader import Object, read_pickle
from generator.translations.language import say

_REBUILT = "torch._utils._rebuild_tensor_v2"
_SIZES = {"torch.FloatStorage": 4, "torch.LongStorage": 8}
"""How many bytes a cell has, by the kind of storage."""
_COUNTED = "torch.LongStorage"
"""How many batches a net has seen, which no score depends on."""


def read_state_dict(content: bytes) -> dict[str, Tensor]:
    """Return the tensors of 32-bit real numbers that a file of ``torch.save`` holds, by name.

    Raises ModelError for what is damaged, too large, or of another form.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise ModelError(
            say("it is not an archive as PyTorch has written since 1.6: save the model anew with a later one")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = _files(archive)
            stored = read_pickle(files.pop("data.pkl"))
            if files.get("byteorder", b"little") != b"little":
                raise ModelError(say("its numbers are in big-endian order"))
            if not isinstance(stored, dict) or not all(type(name) is str for name in stored):
                raise ModelError(say("it does not hold the weights of a net, by name"))
            found = {name: _tensor(name, value, files) for name, value in stored.items()}
    except (zipfile.BadZipFile, zlib.error, LookupError, ValueError, EOFError, NotImplementedError, OSError) as error:
        raise ModelError(say("it is damaged: {error}", error=str(error)[:200])) from error
    return {name: tensor for name, tensor in found.items() if tensor is not None}


def _files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Return the files of an archive, by their names within its one folder."""
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > LARGEST_WEIGHTS:
        raise ModelError(say("it has more than {number} MB", number=LARGEST_WEIGHTS // 1_000_000))
    if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
        raise ModelError(say("its archive is compressed, as PyTorch writes none"))
    return {entry.filename.partition("/")[2]: archive.read(entry) for entry in entries}


def _tensor(name: str, value: Any, files: dict[str, bytes]) -> Tensor | None:
    """Return a tensor; None for a count."""
    match value:
        case Object(
            name=made,
            arguments=(
                Object(arguments=("storage", str(kind), str(key), str(), int())),
                int(start),
                tuple(shape),
                tuple(strides),
                *_,
            ),
        ) if made == _REBUILT and kind in _SIZES and all(type(length) is int and length >= 0 for length in shape):
            size = _SIZES[kind]
            cells = files[f"data/{key}"][start * size : (start + math.prod(shape)) * size]
            if start < 0 or strides != _strides(shape) or len(cells) != math.prod(shape) * size:
                raise ModelError(say("it has {name!r} in an order that is not known", name=name[:100]))
            return None if kind == _COUNTED else Tensor(shape, cells)
    raise ModelError(say("it has {name!r} of a kind that is not known", name=name[:100]))


def _strides(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return how far apart the cells of each dimension are in C order: of (2, 3) it is (3, 1)."""
    return tuple(math.prod(shape[place + 1 :]) for place in range(len(shape)))
