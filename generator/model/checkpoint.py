"""A checkpoint of TensorFlow's: its tensors by name, read without TensorFlow.

``NAME.index`` is a table of LevelDB's, whose values are messages of Protocol Buffers; ``NAME.data-00000-of-00001`` has
the numbers of all tensors end to end. Everything has a checksum::

    "dnn/hiddenlayer_0/bias"  ->  type 1 (float32), shape (8), offset 192, size 32, checksum of the 32 bytes

The form is told by TensorFlow's ``tensor_bundle.proto`` and LevelDB's ``table_format.md``.
"""

from __future__ import annotations

import functools
import math
import struct
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from generator.model.error import ModelError
from generator.translations.language import say

_FOOTER = 48
_MAGIC = bytes.fromhex("57fb808b247547db")
_BLOCK_END = struct.Struct("<BI")  # how it is compressed, and its checksum
_FLOAT32 = 1
_DTYPE, _SHAPE, _SHARD, _OFFSET, _SIZE, _CHECKSUM = 1, 2, 3, 4, 5, 6
"""The fields of an entry that are known; of a shape it is 2, its dimensions, of a dimension 1, its length."""


class Tensor(NamedTuple):
    """An array of 32-bit real numbers: its shape, and its cells in C order."""

    shape: tuple[int, ...]
    cells: bytes


def read_checkpoint(index: bytes, data: bytes, parts: Sequence[str]) -> dict[str, Tensor]:
    """Return the tensors whose names begin with one of ``parts``, by name.

    Raises ModelError for what is damaged, by its checksums, or of another form.
    """
    try:
        return {name: _tensor(name, entry, data) for name, entry in _entries(index) if name.startswith(tuple(parts))}
    except (LookupError, ValueError, TypeError, struct.error, OverflowError) as error:
        raise ModelError(say("it is damaged: {error}", error=error)) from error


def _entries(index: bytes) -> Iterator[tuple[str, dict[int, list[Any]]]]:
    """Yield the name of each tensor, and the fields of what is said of it."""
    if len(index) < _FOOTER or not index.endswith(_MAGIC):
        raise ModelError(say("it is not the index of a checkpoint"))
    handles = _Reader(index[-_FOOTER:])
    handles.varint(), handles.varint()  # of the part that says more; there is none
    for _, handle in _block(index, handles.varint(), handles.varint()):
        place = _Reader(handle)
        for name, value in _block(index, place.varint(), place.varint()):
            if name:  # the first one says how many files there are
                yield name.decode(), _message(value)
            elif _message(value).get(1) != [1] or 2 in _message(value):
                raise ModelError(say("its numbers are in several files, or the other way round, which is not known"))


def _block(index: bytes, start: int, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield the keys and values of a block; a key says how many bytes it has in common with the one before.

    Behind 0, 10, 2 come the 10 bytes of ``dnn/a/bias`` and 2 of its value, behind 6, 6, 2 what makes ``dnn/a/kernel``.
    """
    content = index[start : start + size]
    # Behind the block: a byte for the compression, and the checksum of both.
    compression, checksum = _BLOCK_END.unpack_from(index, start + size)
    if compression:
        raise ModelError(say("its index is compressed, which is not known"))
    if _crc_32c(index[start : start + size + 1]) != checksum:
        raise ModelError(say("it is damaged: a checksum of its index is wrong"))
    # At its end: where keys stand whole, for those who search, and how many such places there are.
    (restarts,) = struct.unpack_from("<I", content, len(content) - 4)
    end, reader, key = len(content) - 4 * (restarts + 1), _Reader(content), b""
    while reader.position < end:
        shared, own, length = reader.varint(), reader.varint(), reader.varint()
        key = key[:shared] + reader.take(own)
        yield key, reader.take(length)


def _tensor(name: str, entry: dict[int, list[Any]], data: bytes) -> Tensor:
    if entry.keys() - {_DTYPE, _SHAPE, _SHARD, _OFFSET, _SIZE, _CHECKSUM} or entry.get(_SHARD, [0]) != [0]:
        raise ModelError(say("{name} is kept in a way that is not known", name=name))
    if entry[_DTYPE] != [_FLOAT32]:
        raise ModelError(say("{name} is not of 32-bit real numbers", name=name))
    shape = tuple(_message(dimension).get(1, [0])[0] for dimension in _message(entry[_SHAPE][0]).get(2, []))
    start, size = entry.get(_OFFSET, [0])[0], entry.get(_SIZE, [0])[0]
    cells = data[start : start + size]
    if len(cells) != size or size != 4 * math.prod(shape):
        raise ModelError(say("it is damaged: {name} does not have as many numbers as it says", name=name))
    if _crc_32c(cells) != entry[_CHECKSUM][0]:
        raise ModelError(say("it is damaged: the checksum of {name} is wrong", name=name))
    return Tensor(shape, cells)


class _Reader:
    """Reads bytes one after the other."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.position = 0

    def take(self, count: int) -> bytes:
        found = self.content[self.position : self.position + count]
        if len(found) != count:
            raise ModelError(say("it is damaged: it ends too early"))
        self.position += count
        return found

    def varint(self) -> int:
        """Return a whole number, of which each byte has 7 bits: AC 02 is 300."""
        value = 0
        for place in range(0, 70, 7):
            (byte,) = self.take(1)
            value |= (byte & 127) << place
            if byte < 128:
                return value
        raise ModelError(say("it is damaged: a number is too long"))


def _message(content: bytes) -> dict[int, list[Any]]:
    """Return the values of each field of a message of Protocol Buffers, by the field's number.

    A field begins with its number times 8 and its wire type: 08 01 is field 1, a varint, which is 1.
    """
    reader, found = _Reader(content), dict[int, list[Any]]()
    while reader.position < len(content):
        field, kind = divmod(reader.varint(), 8)
        value: Any
        if kind == 0:
            value = reader.varint()
        elif kind == 2:  # bytes, a text or another message
            value = reader.take(reader.varint())
        elif kind == 5:  # 4 bytes
            (value,) = struct.unpack("<I", reader.take(4))
        else:
            raise ModelError(say("it has a field of a kind that is not known"))
        found.setdefault(field, []).append(value)
    return found


@functools.cache
def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        for _ in range(8):  # the polynomial has its bits in reverse order
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return tuple(table)


def _crc_32c(content: bytes) -> int:
    """Return the checksum by Castagnoli's polynomial, as LevelDB keeps it: turned and shifted, see its ``crc32c.h``."""
    table, rest = _crc_table(), 0xFFFFFFFF
    for byte in content:
        rest = table[(rest ^ byte) & 255] ^ rest >> 8
    rest ^= 0xFFFFFFFF
    return ((rest >> 15 | rest << 17) + 0xA282EAD8) & 0xFFFFFFFF
