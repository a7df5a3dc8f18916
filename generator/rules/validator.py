"""What a JSON Schema has against a value, by jsonschema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def validator(schema: Mapping[str, Any]) -> Any:
    """Return a validator of a JSON Schema, to which 1e300 is no integer, and which reports what is ``deprecated``."""
    from jsonschema import Draft202012Validator, ValidationError, validators  # heavy: 75 ms

    def deprecated(_: Any, value: bool, __: Any, ___: Any) -> Iterator[ValidationError]:
        if value:
            yield ValidationError("deprecated")

    def integer(_: Any, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", integer)
    extend: Any = validators.extend
    return extend(Draft202012Validator, {"deprecated": deprecated}, type_checker=checker)(schema)
