"""What a JSON Schema has against a value, by jsonschema."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.findings import Path


class Invalid(NamedTuple):
    """What a keyword of a JSON Schema has against a value, at a path within what is judged.

    ``wanted`` is the keyword's argument, ``known`` the properties that the schema around it names.
    """

    keyword: str
    wanted: Any
    value: Any
    known: tuple[str, ...]
    path: Path


def validator(schema: Mapping[str, Any]) -> Callable[[Any], Iterator[Invalid]]:
    """Return a function that yields what a JSON Schema has against a value, also what it marks as ``deprecated``.

    To it, 1e300 is no integer.
    """
    made = _judging()(schema)

    def judge(value: Any) -> Iterator[Invalid]:
        for error in made.iter_errors(value):
            known = tuple(error.schema.get("properties", ()))
            yield Invalid(error.validator, error.validator_value, error.instance, known, tuple(error.absolute_path))

    return judge


@functools.cache
def _judging() -> Any:
    """Return the class of jsonschema's validators that report ``deprecated``, and to which 1e300 is no integer."""
    from jsonschema import Draft202012Validator, ValidationError, validators  # heavy: 75 ms

    def deprecated(_: Any, value: bool, __: Any, ___: Any) -> Iterator[ValidationError]:
        if value:
            yield ValidationError("deprecated")

    def integer(_: Any, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", integer)
    extend: Any = validators.extend
    return extend(Draft202012Validator, {"deprecated": deprecated}, type_checker=checker)
