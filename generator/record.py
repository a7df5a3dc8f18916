"""NamedTuple for modules that a check imports: importing typing and making the classes would take half of its time."""

from __future__ import annotations

from operator import itemgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
    from typing import NamedTuple as Record
else:

    class _RecordType(type):
        """Makes a class of records: takes the fields from the annotations, and their defaults from the values."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
            fields = tuple(namespace.get("__annotations__", ()))
            namespace["_fields"] = fields
            namespace["_field_defaults"] = {field: namespace[field] for field in fields if field in namespace}
            namespace |= {field: property(itemgetter(index)) for index, field in enumerate(fields)}
            return super().__new__(cls, name, bases, {"__slots__": (), **namespace})

    class Record(tuple, metaclass=_RecordType):
        """A tuple whose fields have names, types and defaults, as a class of ``typing.NamedTuple`` has."""

        def __new__(cls, *args: Any, **kwargs: Any) -> Record:
            """Make a record of values in the fields' order, or by their names."""
            if not kwargs and len(args) == len(cls._fields):
                return tuple.__new__(cls, args)
            if len(args) < len(cls._fields):
                rest = cls._fields[len(args) :]
                args += tuple([kwargs.pop(name) if name in kwargs else cls._field_defaults[name] for name in rest])
            if kwargs or len(args) > len(cls._fields):
                raise TypeError(f"{cls.__name__} has the fields {', '.join(cls._fields)}")
            return tuple.__new__(cls, args)

        def __repr__(self) -> str:
            """Show the fields by their names."""
            shown = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({shown})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            """Let it be copied and pickled."""
            return tuple(self)

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def _replace(self, **changes: Any) -> Record:
            return type(self)(**(self._asdict() | changes))


__all__ = ["Record"]
