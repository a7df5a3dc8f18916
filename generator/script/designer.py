"""The dotted names of the designer's packages: the classes of the Score modules, and their Enums."""

from __future__ import annotations

import functools

from generator.facts.modules import Parameter, Table, load_tables


@functools.cache
def by_path() -> dict[str, Table]:
    """Return the tables by each module's import paths."""
    return {path: table for table in load_tables() for path in table.import_paths}


@functools.cache
def classes() -> dict[str, Table]:
    """Return the tables by the dotted names of their classes."""
    return {f"{path}.{table.class_name}": table for path, table in by_path().items()}


@functools.cache
def by_path_or_class() -> dict[str, Table]:
    """Return the tables by all dotted names by which they are imported."""
    return by_path() | classes()


@functools.cache
def enums() -> dict[str, Parameter]:
    """Return a parameter that takes the Enum's members, by the dotted names of the Enums."""
    return {
        f"{path}.{parameter.enum}": parameter
        for path, table in by_path().items()
        for parameter in table.parameters
        if parameter.enum
    }


@functools.cache
def enums_by_name() -> dict[str, Parameter]:
    """Return the same by the Enums' own names."""
    return {path.rpartition(".")[2]: parameter for path, parameter in enums().items()}


@functools.cache
def answers() -> set[str]:
    """Return the attributes by which the modules' results hold the scored frame."""
    return {table.result.attribute for table in load_tables()}


@functools.cache
def packages() -> set[str]:
    """Return the top-level packages of the modules, one of which every designer script names."""
    return {path.partition(".")[0] for path in by_path()}
