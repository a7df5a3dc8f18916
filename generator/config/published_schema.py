"""The config's JSON Schema as editors and catalogues of schemas take it: descriptions name the defaults."""

from __future__ import annotations

import json
from typing import Any

from generator.config.schema import Schema, config_schema


def published_schema(address: str = "") -> Schema:
    """Return the JSON Schema of a config, with the address at which it can be fetched, if there is one.

    It judges as ``config_schema`` does. Editors show a description where the cursor is, and no default.
    """
    schema: Schema = _with_defaults(config_schema())
    first = {"$schema": schema["$schema"]} | ({"$id": address} if address else {})
    return first | schema


def _with_defaults(schema: Any) -> Any:
    """Name the default of each value in its description."""
    if isinstance(schema, list):
        return [_with_defaults(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    said = {key: _with_defaults(item) for key, item in schema.items()}
    if "default" in said and isinstance(said.get("description"), str):
        default = said["default"] if isinstance(said["default"], str) else json.dumps(said["default"])
        said["description"] = f"{said['description'].rstrip('.')}. Default: {default}."
    return said
