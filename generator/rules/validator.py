"""What a JSON Schema has against a value: the keywords of 2020-12 that the schemas here use, and ``deprecated``.

A schema is turned into functions once. jsonschema says the same, which the tests hold; it takes 75 ms to be imported,
and ten times as long to judge a config of many scripts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

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


Holds: TypeAlias = Callable[[Any], bool]
Check: TypeAlias = Callable[[Any, Path], Iterable[Invalid]]

_SAYS_NOTHING = {"$defs", "$schema", "default", "description", "else", "patternErrorMessage", "then", "title"}
_TYPES: dict[str, tuple[type, ...]] = {
    "array": (list,),
    "boolean": (bool,),
    "integer": (int,),  # 1e300 is none
    "null": (type(None),),
    "number": (int, float),
    "object": (dict,),
    "string": (str,),
}
_compiled = functools.cache(re.compile)


def validator(schema: Mapping[str, Any]) -> Callable[[Any], Iterator[Invalid]]:
    """Return a function that yields what a JSON Schema has against a value, also what it marks as ``deprecated``.

    Raises ValueError for a keyword that is not known here.
    """
    check = _Maker(schema).check(schema)
    return lambda value: iter(check(value, ()))


class _Maker:
    """Makes the checks of one schema and of its parts."""

    def __init__(self, whole: Mapping[str, Any]) -> None:
        self._defined: Mapping[str, Any] = whole.get("$defs", {})
        self._made: dict[str, Check] = {}

    def check(self, schema: Any) -> Check:
        """Return a function that yields what a schema has against a value at a path."""
        if isinstance(schema, bool):
            return _stated("", schema, {}, lambda _: schema)
        return _joined([self._of(key, said, schema) for key, said in schema.items() if key not in _SAYS_NOTHING])

    def holds(self, schema: Any) -> Holds:
        """Return a function that says whether a schema has nothing against a value."""
        check = self.check(schema)
        return lambda value: next(iter(check(value, ())), None) is None

    def _of(self, keyword: str, wanted: Any, schema: Mapping[str, Any]) -> Check:
        if keyword in _STATEMENTS:
            return _stated(keyword, wanted, schema, _STATEMENTS[keyword](wanted))
        if keyword == "anyOf":
            options = [self.holds(part) for part in wanted]
            return _stated(keyword, wanted, schema, lambda value: any(fits(value) for fits in options))
        if keyword == "not":
            refused = self.holds(wanted)
            return _stated(keyword, wanted, schema, lambda value: not refused(value))
        if keyword not in _PARTS:
            raise ValueError(f"{keyword}: {wanted} is not known here")
        return _PARTS[keyword](self, wanted, schema)

    def _all(self, wanted: list[Any], _: Mapping[str, Any]) -> Check:
        return _joined([self.check(part) for part in wanted])

    def _if(self, wanted: Any, schema: Mapping[str, Any]) -> Check:
        holds, then, other = (
            self.holds(wanted),
            self.check(schema.get("then", True)),
            self.check(schema.get("else", True)),
        )
        return lambda value, path: (then if holds(value) else other)(value, path)

    def _reference(self, wanted: str, _: Mapping[str, Any]) -> Check:
        """Return the check of a definition, which is made when it is first asked for."""
        name = wanted.removeprefix("#/$defs/")

        def check(value: Any, path: Path) -> Iterable[Invalid]:
            if name not in self._made:
                self._made[name] = self.check(self._defined[name])
            return self._made[name](value, path)

        return check

    def _items(self, wanted: Any, _: Mapping[str, Any]) -> Check:
        item = self.check(wanted)

        def check(value: Any, path: Path) -> Iterator[Invalid]:
            for index, inner in enumerate(value if isinstance(value, list) else ()):
                yield from item(inner, (*path, index))

        return check

    def _properties(self, wanted: Mapping[str, Any], _: Mapping[str, Any]) -> Check:
        checks = {name: self.check(part) for name, part in wanted.items() if part is not True}

        def check(value: Any, path: Path) -> Iterator[Invalid]:
            for name in checks if isinstance(value, dict) else ():
                if name in value:
                    yield from checks[name](value[name], (*path, name))

        return check

    def _by_pattern(self, wanted: Mapping[str, Any], _: Mapping[str, Any]) -> Check:
        checks = {pattern: self.check(part) for pattern, part in wanted.items()}

        def check(value: Any, path: Path) -> Iterator[Invalid]:
            for pattern in checks if isinstance(value, dict) else ():
                for name in filter(_compiled(pattern).search, value):
                    yield from checks[pattern](value[name], (*path, name))

        return check

    def _others(self, wanted: Any, schema: Mapping[str, Any]) -> Check:
        known, patterns = schema.get("properties", {}), tuple(schema.get("patternProperties", ()))

        def others(value: Any) -> list[str]:
            names = value if isinstance(value, dict) else ()
            return [
                key for key in names if key not in known and not any(_compiled(each).search(key) for each in patterns)
            ]

        if wanted is False:
            return _stated("additionalProperties", wanted, schema, lambda value: not others(value))
        check = self.check(wanted)
        return lambda value, path: (found for key in others(value) for found in check(value[key], (*path, key)))

    def _names(self, wanted: Any, _: Mapping[str, Any]) -> Check:
        name = self.check(wanted)

        def check(value: Any, path: Path) -> Iterator[Invalid]:
            for key in value if isinstance(value, dict) else ():
                yield from name(key, path)

        return check

    def _dependent(self, wanted: Mapping[str, Any], _: Mapping[str, Any]) -> Check:
        checks = {name: self.check(part) for name, part in wanted.items()}

        def check(value: Any, path: Path) -> Iterator[Invalid]:
            for name in checks if isinstance(value, dict) else ():
                if name in value:
                    yield from checks[name](value, path)

        return check


def _joined(checks: list[Check]) -> Check:
    if len(checks) == 1:
        return checks[0]

    def check(value: Any, path: Path) -> Iterator[Invalid]:
        for one in checks:
            yield from one(value, path)

    return check


def _stated(keyword: str, wanted: Any, schema: Mapping[str, Any], holds: Holds) -> Check:
    known = tuple(schema.get("properties", ()))
    return lambda value, path: () if holds(value) else (Invalid(keyword, wanted, value, known, path),)


def _has_type(wanted: str | list[str]) -> Holds:
    names = [wanted] if isinstance(wanted, str) else wanted
    types = tuple(each for name in names for each in _TYPES[name])
    if bool in types:
        return lambda value: isinstance(value, types)
    return lambda value: isinstance(value, types) and not isinstance(value, bool)


def _key(value: Any) -> Any:
    """Return by what values are compared: true is not 1, and 1 is 1.0."""
    if isinstance(value, bool):
        return bool, value
    if isinstance(value, list):
        return list, tuple(map(_key, value))
    return (dict, frozenset((name, _key(inner)) for name, inner in value.items())) if isinstance(value, dict) else value


def _is_one_of(wanted: list[Any]) -> Holds:
    keys = [_key(each) for each in wanted]
    return lambda value: _key(value) in keys


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_unique(value: Any) -> bool:
    try:
        return not isinstance(value, list) or len(set(map(_key, value))) == len(value)
    except TypeError:  # something that Python has and YAML has not: its type is wrong already
        return True


_STATEMENTS: dict[str, Callable[[Any], Holds]] = {
    "const": lambda wanted: _is_one_of([wanted]),
    "deprecated": lambda wanted: lambda _: not wanted,
    "enum": _is_one_of,
    "maximum": lambda most: lambda value: not (_is_number(value) and value > most),
    "maxItems": lambda most: lambda value: not (isinstance(value, list) and len(value) > most),
    "maxLength": lambda most: lambda value: not (isinstance(value, str) and len(value) > most),
    "maxProperties": lambda most: lambda value: not (isinstance(value, dict) and len(value) > most),
    "minimum": lambda least: lambda value: not (_is_number(value) and value < least),
    "minItems": lambda least: lambda value: not (isinstance(value, list) and len(value) < least),
    "minLength": lambda least: lambda value: not (isinstance(value, str) and len(value) < least),
    "minProperties": lambda least: lambda value: not (isinstance(value, dict) and len(value) < least),
    "pattern": lambda wanted: lambda value: not (isinstance(value, str) and not _compiled(wanted).search(value)),
    "required": lambda names: lambda value: not isinstance(value, dict) or all(name in value for name in names),
    "type": _has_type,
    "uniqueItems": lambda wanted: lambda value: not wanted or _is_unique(value),
}
"""The keywords that say something of a value as a whole, by what makes their argument a function."""
_PARTS: dict[str, Callable[[_Maker, Any, Mapping[str, Any]], Check]] = {
    "$ref": _Maker._reference,
    "additionalProperties": _Maker._others,
    "allOf": _Maker._all,
    "dependentSchemas": _Maker._dependent,
    "if": _Maker._if,
    "items": _Maker._items,
    "patternProperties": _Maker._by_pattern,
    "properties": _Maker._properties,
    "propertyNames": _Maker._names,
}
"""The keywords that have schemas in them."""
