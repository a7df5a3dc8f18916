"""Which Score module a name stands for: its own or that of a training module, in any spelling, or a part of one."""

from __future__ import annotations

from generator.facts.modules import Table, load_tables, tables_by_key
from generator.findings import UsageError
from generator.text.meaning import meant, possible
from generator.text.wording import several, suggestion
from generator.translations.language import say


def table_meant(name: str) -> Table | None:
    """Return the table of the only module that a name, or a part of one, can mean; None for none, or several."""
    return tables_by_key().get(name) or meant(name, {table: table.keys for table in load_tables()})


def table_named(name: str) -> Table:
    """Return the table of the module that a command line names. Raises UsageError with the modules that there are."""
    table = table_meant(name)
    if table is None:
        known = ", ".join(table.id for table in load_tables())
        message = say(
            "{name!r} is not a module{hint} (known: {known})",
            name=name,
            hint=several(name, [each.name for each in tables_possible(name)])
            or suggestion(name, list(tables_by_key())),
            known=known,
        )
        raise UsageError(message)
    return table


def tables_possible(name: str) -> list[Table]:
    """Return the tables of all modules of whose names ``name`` may be a part."""
    return possible(name, {table: table.keys for table in load_tables()})


def table_called(name: str) -> Table:
    """Return the table of the module that a valid config names. Raises KeyError where it names none."""
    table = table_meant(name)
    if table is None:
        raise KeyError(name)
    return table
