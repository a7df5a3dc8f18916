"""What the conversion may take from a model's pickle: attributes of known classes, arrays of known shapes.

Whatever is not known is refused by its name. A learner that is half understood would score, and wrongly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from generator.facts.learners import known_classes
from generator.model.arrays import array_parts, plain
from generator.model.error import ModelError
from generator.model.pickle_reader import Name, Object
from generator.translations.language import say

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]


class NotConvertibleError(ModelError):
    """A model has no open form, as far as is known; the message names what is in the way."""


def attributes(value: Any, *classes: str) -> Mapping[str, Any]:
    """Return the attributes of an object of a known class, all of which are known.

    ``classes`` are short names of those that may stand there, any when none is given. Raises NotConvertibleError.
    """
    if not isinstance(value, Object):
        raise NotConvertibleError(
            say("{name} stands where {classes} belongs", name=type(value).__name__, classes=say(" or ").join(classes))
        )
    short = value.name.rpartition(".")[2]
    known = known_classes().get(value.name)
    if known is None or (classes and short not in classes):
        raise NotConvertibleError(say("{name} has no open form", name=value.name))
    unknown = sorted(value.attributes.keys() - known.read - known.fixed.keys() - known.ignored)
    if unknown:
        raise NotConvertibleError(
            say("{short} has the attribute {unknown}, which is not known", short=short, unknown=unknown[0])
        )
    for name, allowed in known.fixed.items():
        if name in value.attributes and _as_text(value.attributes[name]) not in map(_as_text, allowed):
            shown = _as_text(value.attributes[name])
            message = say(
                "{short} has {name}={shown:.60}: only {allowed} is known",
                short=short,
                name=name,
                shown=shown,
                allowed=", ".join(map(_as_text, allowed)),
            )
            raise NotConvertibleError(message)
    return value.attributes


def attribute(value: Any, name: str, *classes: str) -> Any:
    """Return one attribute of an object of a known class. Raises NotConvertibleError."""
    return required(attributes(value, *classes), name)


def required(held: Mapping[str, Any], name: str) -> Any:
    """Return an attribute that must be there. Raises NotConvertibleError."""
    if name not in held:
        raise NotConvertibleError(say("{name} is missing", name=name))
    return held[name]


def floats(value: Any, *shape: int | None) -> Floats:
    """Return an array of real numbers of a shape, in which None is any length. Raises NotConvertibleError."""
    found = numpy_array(value)
    if found.dtype.kind != "f" or not has_shape(found.shape, shape):
        raise NotConvertibleError(
            say(
                "an array is {dtype}{shape}, not float64{wanted}",
                dtype=found.dtype,
                shape=list(found.shape),
                wanted=list(shape),
            ).replace("None", "n")
        )
    return found.astype(np.float64)


def has_shape(shape: Sequence[int], wanted: Sequence[int | None]) -> bool:
    """Say whether a shape is the wanted one, in which None is any length."""
    return len(shape) == len(wanted) and all(want in (None, length) for want, length in zip(wanted, shape, strict=True))


def numpy_array(value: Any) -> npt.NDArray[Any]:
    """Return an array of a pickle as numpy's. Raises ModelError, also for one of objects."""
    parts = array_parts(value)
    if isinstance(parts.cells, list):
        raise NotConvertibleError(say("an array of objects stands where numbers belong"))
    fields = parts.fields
    dtype = np.dtype(f"<{parts.code}")
    if fields:
        formats = [f"<{code}" for code, _ in fields.values()]
        starts = [start for _, start in fields.values()]
        dtype = np.dtype({"names": list(fields), "formats": formats, "offsets": starts, "itemsize": parts.size})
    cells = np.frombuffer(parts.cells, dtype)
    return cells.reshape(parts.shape, order="F" if parts.is_fortran else "C")


def number(value: Any) -> float:
    """Return a real number, Python's or numpy's. Raises NotConvertibleError."""
    found = plain(value)
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        raise NotConvertibleError(say("{name} stands where a number belongs", name=type(found).__name__))
    return float(found)


def class_count(classes: Any) -> int:
    """Return how many classes there are: they must be numbered from 0, in order. Raises NotConvertibleError."""
    found = numpy_array(classes)
    if found.ndim != 1 or len(found) < 2 or found.dtype.kind not in "fi" or found.tolist() != list(range(len(found))):
        raise NotConvertibleError(say("the classes are not numbered from 0"))
    return len(found)


def texts(value: Any, what: str) -> list[str]:
    """Return a list of texts. Raises NotConvertibleError."""
    if not isinstance(value, list) or not all(isinstance(item, str) and not isinstance(item, Name) for item in value):
        raise NotConvertibleError(say("{what} is not a list of texts", what=what))
    return value


def member(value: Any, enum: str, members: Mapping[int, str]) -> str:
    """Return the name of an enum's member, which a pickle holds by its number. Raises NotConvertibleError."""
    match value:
        case Object(name=name, arguments=(int(index),)) if name.rpartition(".")[2] == enum and index in members:
            return members[index]
    raise NotConvertibleError(say("{value!r:.80} is not known as a {enum}", value=value, enum=enum))


def _as_text(value: Any) -> str:
    return repr(str(value)) if isinstance(value, str) else repr(plain(value))
