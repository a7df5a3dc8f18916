"""Arrays and numbers of numpy, as a pickle describes them: their parts, and their values as Python's own.

numpy pickles an array as the bytes of its cells, and one of objects as a list::

    REDUCE numpy.core.multiarray._reconstruct (...)  BUILD (1, (2,), dtype("f8"), False, b"...16 bytes...")
    REDUCE numpy.core.multiarray.scalar (dtype("f8"), b"...8 bytes...")

The dtype's code and the byte order stand in ``numpy.dtype``'s arguments and state.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from generator.model.error import ModelError
from generator.model.pickle_reader import Object
from generator.translations.language import say

_ARRAYS = ("numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct")
_SCALARS = ("numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar")
_INTEGERS = {"b1": "?", "i1": "b", "i2": "h", "i4": "i", "i8": "q", "u1": "B", "u4": "I", "u8": "Q"}
_STRUCT_CODES = _INTEGERS | {"f4": "f", "f8": "d"}
"""What Python's ``struct`` calls the types of cells, by numpy's codes."""
_OBJECT = "O8"
DATES = "M8[ns]"
_NO_DATE = -(2**63)


class Parts(NamedTuple):
    """An array: its shape, and its cells as bytes in C or Fortran order, or as a list where they are objects.

    ``code`` is numpy's for the type of a cell, such as ``f8``. ``fields`` gives a structured cell's parts, each with
    its code and its first byte; ``size`` is how many bytes such a cell has.
    """

    code: str
    shape: tuple[int, ...]
    is_fortran: bool
    cells: bytes | list[Any]
    fields: dict[str, tuple[str, int]]
    size: int


def is_array(value: Any) -> bool:
    """Say whether a value of a pickle is an array of numpy's."""
    return isinstance(value, Object) and value.name in _ARRAYS


def array_parts(value: Any) -> Parts:
    """Return the parts of an array. Raises ModelError for what is none, or says one thing and holds another."""
    if not is_array(value):
        raise ModelError(say("it has {value!r:.80} where an array belongs", value=value))
    match value.state:
        case (1, tuple(shape), dtype, bool(is_fortran), bytes() | list() as cells) if all(
            type(length) is int and length >= 0 for length in shape
        ):
            code, fields, size = _dtype(dtype)
            count = math.prod(shape)
            length = count if code == _OBJECT else count * size
            if isinstance(cells, list) == (code == _OBJECT) and len(cells) == length:
                return Parts(code, shape, is_fortran, cells, fields, size)
    raise ModelError(say("it has an array that does not hold what it says"))


def values(array: Any) -> list[Any]:
    """Return the cells of an array of one dimension as Python's values, dates as ISO 8601. Raises ModelError."""
    parts = array_parts(array)
    if len(parts.shape) != 1:
        raise ModelError(say("it has an array of {number} dimensions where one of 1 belongs", number=len(parts.shape)))
    return _cells(parts)


def rows(array: Any) -> list[list[Any]]:
    """Return the rows of an array of two dimensions, cells as ``values`` returns them. Raises ModelError."""
    parts = array_parts(array)
    if len(parts.shape) != 2:
        raise ModelError(say("it has an array of {number} dimensions where one of 2 belongs", number=len(parts.shape)))
    (count, width), cells = parts.shape, _cells(parts)
    if parts.is_fortran and not isinstance(parts.cells, list):  # a list is in C order always
        return [cells[row::count] for row in range(count)]
    return [cells[row * width : (row + 1) * width] for row in range(count)]


def _cells(parts: Parts) -> list[Any]:
    if isinstance(parts.cells, list):
        return [plain(cell) for cell in parts.cells]
    count = math.prod(parts.shape)
    if parts.code == DATES:
        return [_iso_8601(nanoseconds) for nanoseconds in struct.unpack(f"<{count}q", parts.cells)]
    if parts.code not in _STRUCT_CODES:
        raise ModelError(say("it has an array of {code}, which is not read here", code=parts.code))
    return list(struct.unpack(f"<{count}{_STRUCT_CODES[parts.code]}", parts.cells))


def plain(value: Any) -> Any:
    """Return a number of numpy's as Python's; any other value as it is. Raises ModelError."""
    if not isinstance(value, Object) or value.name not in _SCALARS:
        return value
    match value.arguments:
        case (dtype, bytes(cell)):
            code, _, size = _dtype(dtype)
            if code in _STRUCT_CODES and len(cell) == size:
                return struct.unpack(f"<{_STRUCT_CODES[code]}", cell)[0]
    raise ModelError(say("it has a number of numpy's that is not read here"))


def _iso_8601(nanoseconds: int) -> str | None:
    """Return a date, counted from 1970: 1577836800000000000 is 2020-01-01T00:00:00. None for numpy's NaT."""
    if nanoseconds == _NO_DATE:
        return None
    seconds, rest = divmod(nanoseconds, 10**9)
    whole = datetime(1970, 1, 1) + timedelta(seconds=seconds)
    return whole.isoformat() + (f".{rest:09}".rstrip("0") if rest else "")


def _dtype(dtype: Any) -> tuple[str, dict[str, tuple[str, int]], int]:
    """Return a cell's code, its fields, and how many bytes it has."""
    # numpy.dtype("f8", False, True); its state: version, byte order, base and shape of a subarray, names and fields of
    # a structure, bytes and alignment of one (else -1), flags; of a date also its unit.
    match dtype:
        case Object(name="numpy.dtype", arguments=(str(code), False, True), state=state):
            match state:
                case (3, "<" | "|", None, None, None, -1, -1, _) if code == _OBJECT or code in _STRUCT_CODES:
                    return code, {}, int(code[1:])
                case (3, "|", None, tuple(names), dict(fields), int(size), _, _) if code == f"V{size}":
                    return code, {name: _field(fields[name], size) for name in names}, size
                case (4, "<", None, None, None, -1, -1, _, ({} | None, (b"ns", 1, 1, 1))) if code == "M8":
                    return DATES, {}, 8
    raise ModelError(say("it has an array of a type that is not known"))


def _field(field: Sequence[Any], size: int) -> tuple[str, int]:
    match field:
        case (dtype, int(start)):
            code, fields, length = _dtype(dtype)
            if not fields and code != _OBJECT and 0 <= start <= size - length:
                return code, start
    raise ModelError(say("it has an array of a type that is not known"))
