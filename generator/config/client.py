"""What a config says of the client: its schema, what it comes to, and what is wrong with it, in our words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from generator.facts.transforms import load_transforms
from generator.findings import Finding, Path
from generator.rules.settings import above_maximum, below_minimum, whole
from generator.text.similar import letters
from generator.text.wording import show, suggestion
from generator.translations.language import say

Transforms: TypeAlias = tuple[tuple[str, int], ...]
"""What is done to each picture, in this order: the transform's name, and its amount of pixels."""

_MOST = 100
_TRANSFORMS = "transforms"
_EXAMPLE = "`transforms: [{resize: 256}, {center_crop: 224}]`"


def client_schema() -> dict[str, Any]:
    """Return the JSON Schema of a config's ``client``, for a module that takes images."""
    facts = load_transforms()
    return {
        "description": "What consume.py does, the client that a bundle holds.",
        "type": ["object", "null"],
        "properties": {
            _TRANSFORMS: {
                "description": "What the training pipeline did to its pictures, which is done to those to score too.",
                "type": "array",
                "maxItems": _MOST,
                "items": {
                    "type": "object",
                    "properties": {
                        transform.name: {
                            "description": f"{transform.label}: {transform.does}.",
                            "type": "integer",
                            "minimum": transform.minimum,
                            "maximum": facts.largest,
                        }
                        for transform in facts.applied
                    },
                    "minProperties": 1,
                    "maxProperties": 1,
                    "additionalProperties": False,
                },
            },
        },
        "additionalProperties": False,
    }


def read_transforms(block: Mapping[str, Any]) -> Transforms:
    """Return what a valid block says is done to pictures."""
    listed = (block.get("client") or {}).get(_TRANSFORMS, ())
    return tuple((name, amount) for transform in listed for name, amount in transform.items())


def with_whole_amounts(said: Any) -> Any:
    """Return what a config says of the client with amounts as whole numbers; what is of no such form as it is."""
    listed = said.get(_TRANSFORMS) if isinstance(said, Mapping) else None
    if not isinstance(listed, list):
        return said
    items = [
        {name: whole(amount) for name, amount in item.items()} if isinstance(item, Mapping) else item for item in listed
    ]
    return {**said, _TRANSFORMS: items}


def explain_client(keyword: str, wanted: Any, value: Any, path: Path) -> Iterator[Finding]:
    """Yield what a keyword of the schema has against a value at a path below ``client``."""
    if keyword == "additionalProperties" and path:
        known = {transform.name for transform in load_transforms().applied}
        yield from (_unknown(key, path) for key in value if key not in known)
    elif keyword == "additionalProperties":
        for key in value:
            if key != _TRANSFORMS:
                hint = suggestion(key, [_TRANSFORMS])
                message = say("unknown key{hint} (known: {known})", hint=hint, known=_TRANSFORMS)
                yield Finding(message, path=(key,), code="SG401")
    else:
        yield Finding(_wrong(keyword, wanted, value, path), path=path, code="SG402")


def _unknown(key: str, path: Path) -> Finding:
    facts = load_transforms()
    because = {letters(label): because for label, because in facts.left_out.items()}.get(letters(key))
    if because:
        message = say("{because}: leave it out", because=say(because))
    else:
        names = ", ".join(transform.name for transform in facts.applied)
        meant = {known: item.name for item in facts.applied for known in (item.name, item.label)}
        message = say("unknown transform{hint} (known: {known})", hint=suggestion(key, meant), known=names)
    return Finding(message, path=(*path, key), code="SG401")


def _wrong(keyword: str, wanted: Any, value: Any, path: Path) -> str:
    if wanted == "null":
        return say("a batch endpoint has no client: leave it out")
    if keyword in ("minProperties", "maxProperties"):
        return say("each item names one transform: write {example}", example=_EXAMPLE)
    if keyword == "maxItems":
        return say("the list has {number} items: name {most} at most", number=len(value), most=wanted)
    if keyword == "minimum":
        return below_minimum(value, wanted)
    if keyword == "maximum":
        return above_maximum(value, wanted)
    if wanted == "integer":
        return say("{value} is not a whole number: say how many pixels", value=show(value))
    if path == (_TRANSFORMS,):
        return say("{value} is not a list: write {example}", value=show(value), example=_EXAMPLE)
    return say("{value} is not a mapping: write {example}", value=show(value), example=_EXAMPLE)
