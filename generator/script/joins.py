"""What a name stands for where ways through a script meet, each of which has given it something else."""

from __future__ import annotations

from typing import Any

from generator.script.escapes import Escapes
from generator.script.journal import MISSING
from generator.script.kinds import alike, is_fixed, options_of, places_of, same_value
from generator.script.objects import (
    UNKNOWN,
    Choice,
    Mapping,
    Slot,
    Unknown,
    Value,
)


# if fast:
#     top = 5
# else:
#     top = 9
# params = {"count": top}         top is a Choice of 5 and 9
# if fast:
#     params["rated"] = True      "rated" is maybe there, from here on
class Joins(Escapes):
    """Joins values and slots."""

    def _either_of(self, one: Value, other: Value) -> Value:
        """Return what stands for one of two values."""
        value: Value = self._joined(one, other)
        return value

    def _joined(self, one: Any, other: Any) -> Any:
        """Return what stands for either of two values; a Slot for either of two slots, or one that may be missing."""
        if one is other:
            return one
        if isinstance(one, Slot) or isinstance(other, Slot):
            return self._joined_slots(one, other)
        if one is MISSING or other is MISSING:
            return other if one is MISSING else one  # a name without a value ends the request
        same = same_value(one, other)
        if same is not None:
            return same
        if isinstance(one, Mapping) and isinstance(other, Mapping) and alike(one, other):
            one.is_any = True
            return one
        options = [*options_of(one)]
        for option in options_of(other):
            if isinstance(option, Mapping) and (same := _like(option, options)):
                same.is_any |= same is not option
            elif not any(same_value(known, option) is not None for known in options):
                options.append(option)
        if any(isinstance(option, Unknown) for option in options):
            for option in options:
                self._lose(option)
            return next(option for option in options if isinstance(option, Unknown))
        if isinstance(one, Choice) and len(options) == len(one.options):
            return one
        return Choice(tuple(options))

    def _joined_slots(self, one: Any, other: Any) -> Slot:
        # if fast: params["count"] = 5
        # else: params["count"] = 9    one slot: a Choice of 5 and 9, and both nodes name it
        slot: Slot = other if one is MISSING else one
        if one is MISSING or other is MISSING:
            return slot if slot.maybe else slot._replace(maybe=True)
        value = self._joined(one.value, other.value)
        maybe = one.maybe or other.maybe
        if one.expression is other.expression and one.key is other.key:
            return slot if value is one.value and maybe == one.maybe else slot._replace(value=value, maybe=maybe)
        places = dict.fromkeys([*places_of(one), *places_of(other)])
        if one.others and list(places) == list(places_of(one)) and value is one.value and maybe == one.maybe:
            return slot
        return Slot(value, None, one.key or other.key, None, one.scope, maybe, tuple(places))

    def _given_up(self, value: Any) -> Any:
        """Return what stands in the place of a value that is lost track of."""
        # what a loop has set in so many ways: {"count": 5} -> {"count": Unknown}, and count is maybe there
        if isinstance(value, Slot):
            self._lose(value.value)
            if isinstance(value.value, Unknown):
                return value
            return value._replace(value=UNKNOWN, expression=None, maybe=True)
        if is_fixed(value):
            return value
        self._lose(value)
        return UNKNOWN


def _like(mapping: Mapping, options: list[Value]) -> Mapping | None:
    """Return the dict among several values that another one is like."""
    # for row in rows: params = {"count": 5}    the dicts of all turns are one, which is_any
    dicts = (each for each in options if isinstance(each, Mapping))
    return next((each for each in dicts if each is mapping or alike(each, mapping)), None)
