"""Stand-ins for the designer's packages: a script runs on them, and what reaches ``run()`` is recorded.

They refuse what the packages refuse (measured on these, see ``facts/tables``): unknown arguments, wrong types, members
that do not exist, what a mode needs and does not get.
"""

from __future__ import annotations

import contextlib
import enum
import io
import json
import os
import sys
import tempfile
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generator.facts.modules import Parameter, Table, load_helpers, load_tables
from generator.rules.coercion import Member, judge
from generator.rules.modes import counts


class Scoring(NamedTuple):
    """A call that reached ``run()``: of which module, and what it was given, as texts and canonical values."""

    module: str
    given: dict[str, Any]


class Outcome(NamedTuple):
    """What a script did: the calls of each request, the responses, and the error that ended it, if one did."""

    calls: list[Scoring]
    responses: list[Any]
    error: str


class Frame:
    """A small frame of two rows, with what scripts do to frames."""

    def __init__(self, columns: Mapping[str, list[Any]]) -> None:
        self._columns = dict(columns)

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), []))

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, list):
            return Frame({name: self._columns[name] for name in key})
        return self._columns[key]

    @property
    def columns(self) -> Any:
        return _Listed(self._columns)

    @property
    def iloc(self) -> Any:
        return _ByPlace(list(self._columns.values()))

    @property
    def values(self) -> Any:
        return _Cells([list(row) for row in zip(*self._columns.values(), strict=True)])

    @property
    def empty(self) -> bool:
        return not len(self)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self), len(self._columns)

    def to_numpy(self) -> Any:
        return self.values

    def head(self, number: int = 5) -> Frame:
        return Frame({name: values[:number] for name, values in self._columns.items()})

    def fillna(self, value: Any) -> Frame:
        return Frame(
            {name: [value if cell != cell else cell for cell in cells] for name, cells in self._columns.items()}
        )

    def copy(self) -> Frame:
        return Frame(self._columns)

    def rename(self, columns: Mapping[str, str]) -> Frame:
        return Frame({columns.get(name, name): values for name, values in self._columns.items()})

    def reset_index(self, drop: bool = False) -> Frame:
        return self

    def to_dict(self, orient: str = "dict") -> Any:
        if orient == "list":
            return dict(self._columns)
        rows = [dict(zip(self._columns, row, strict=True)) for row in zip(*self._columns.values(), strict=True)]
        if orient == "records":
            return rows
        if orient == "split":
            return {
                "index": list(range(len(rows))),
                "columns": list(self),
                "data": [list(row.values()) for row in rows],
            }
        return {name: dict(enumerate(values)) for name, values in self._columns.items()}

    def to_json(self, orient: str = "columns") -> str:
        return json.dumps(self.fillna(None).to_dict({"records": "records"}.get(orient, "dict")))


class _Listed(list):  # type: ignore[type-arg]
    def tolist(self) -> list[Any]:
        return list(self)


class _Cells(_Listed):
    """The cells by rows, of which a column can be had by its place: ``frame.values[:, 1]``."""

    def __getitem__(self, place: Any) -> Any:
        return _Listed(row[place[1]] for row in self) if isinstance(place, tuple) else super().__getitem__(place)


class _ByPlace:
    """Gives a column by its place: ``frame.iloc[:, 1]``."""

    def __init__(self, columns: list[list[Any]]) -> None:
        self._columns = columns

    def __getitem__(self, place: tuple[Any, int]) -> Any:
        return _Listed(self._columns[place[1]])


class _Named:
    """Something that only says what it is."""

    def __init__(self, what: str, **attributes: Any) -> None:
        self._what = what
        vars(self).update(attributes)

    def __repr__(self) -> str:
        return self._what


def executed(source: str, requests: list[str], beside: Mapping[str, str] | None = None) -> Outcome:
    """Run a script as the endpoint does: the module, init(), and run() for each request. Its output is dropped."""
    recorded: list[Scoring] = []
    responses: list[Any] = []
    error = ""
    with tempfile.TemporaryDirectory() as folder, stubs(recorded), contextlib.redirect_stdout(io.StringIO()):
        for name, content in {"trained_model_outputs/_schema.json": "{}", **(beside or {})}.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8")
        script = types.ModuleType("score")
        script.__file__ = str(Path(folder) / "score.py")
        before = set(sys.modules)
        sys.modules["score"] = script
        sys.path.insert(0, folder)
        os.environ["AZUREML_MODEL_DIR"] = folder
        try:
            exec(compile(source, script.__file__, "exec", dont_inherit=True), vars(script))
            if hasattr(script, "init"):
                script.init()
            for request in requests:
                response = script.run(request)
                if hasattr(response, "send"):
                    response = _awaited(response)
                responses.append(response if isinstance(response, (str, list, dict)) else repr(response))
        except Exception as problem:
            error = f"{type(problem).__name__}: {problem}"
        finally:
            sys.path.remove(folder)
            for name in set(sys.modules) - before:
                del sys.modules[name]
    return Outcome(recorded, json.loads(json.dumps(responses, default=repr)), error)


def _awaited(coroutine: Any) -> Any:
    try:
        while True:
            coroutine.send(None)
    except StopIteration as done:
        return done.value


@contextlib.contextmanager
def stubs(recorded: list[Scoring]) -> Iterator[None]:
    """Put the stand-ins in the place of the packages; what reaches ``run()`` is added to ``recorded``."""
    modules: dict[str, types.ModuleType] = {}

    def put(path: str, **attributes: Any) -> None:
        package = ""
        for part in path.split("."):
            parent, package = modules.get(package), f"{package}.{part}".strip(".")
            if package not in modules:
                modules[package] = types.ModuleType(package)
                modules[package].__path__ = []
            if parent:
                setattr(parent, part, modules[package])
        for name, value in attributes.items():
            setattr(modules[path], name, value)

    helpers = {
        "ModelDirectory": _Named(
            "ModelDirectory", load=lambda load_from_dir: _Named("directory", model=_Named("model"))
        ),
        "DataTable": _DataTable,
        "DataFrameDirectory": _DataFrameDirectory,
        "decode_nan": lambda value: value,
        "create_dfd_from_dict": lambda columns, schema: _Named("dfd"),
        "create_imd_from_dict": lambda columns, schema: _Named("imd"),
    }
    for name, path in load_helpers().items():
        if name in helpers:
            put(path, **{name: helpers[name]})
    for table in load_tables():
        enums = {
            parameter.enum: enum.Enum(
                parameter.enum, {option.member: number for number, option in enumerate(parameter.options, start=1)}
            )
            for parameter in table.parameters
            if parameter.enum
        }
        for path in table.import_paths:
            put(path, **{table.class_name: _module_class(table, recorded)}, **enums)
    put("pandas", read_csv=lambda path, **_: _Named(f"frame of {Path(path).name}"))
    old = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in old.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module


class _DataTable(_Named):
    def __init__(self, frame: Any) -> None:
        super().__init__(f"table of {frame!r}")

    @staticmethod
    def from_dfd(directory: Any) -> Any:
        return _Named(f"table of {directory!r}")


class _DataFrameDirectory:
    @staticmethod
    def create(data: Any) -> Any:
        return _Named(f"directory of {data!r}")

    @staticmethod
    def load(path: Any) -> Any:
        return _Named(f"directory {Path(str(path)).name}")


def _module_class(table: Table, recorded: list[Scoring]) -> type:
    class Recording:
        def on_init(self, *args: Any) -> None:
            pass

        @staticmethod
        def run(*args: Any, **given: Any) -> tuple[Any]:
            if table.parameters and args and not isinstance(args[0], Recording):
                raise TypeError("the arguments are taken by name")
            shown = {name: _shown(value) for name, value in given.items()}
            recorded.append(Scoring(table.class_name, shown))
            _refuse(table, given)
            frame = Frame({"Item 1": ["m1", "m2"], "Item 2": ["m3", float("nan")]})
            return (_Named("result", **{table.result.attribute: frame}),)

    Recording.__name__ = table.class_name
    return Recording


def _shown(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    return value if isinstance(value, (str, int, bool, type(None), list)) else repr(value)


def _refuse(table: Table, given: Mapping[str, Any]) -> None:
    """Raise what the packages raise."""
    known = {port.name for port in table.ports} | {item.name for item in table.parameters} | set(table.outputs)
    if unknown := given.keys() - known:
        raise TypeError(f"unexpected arguments: {unknown}")
    canonical: dict[str, Any] = {}
    for parameter in table.parameters:
        value, wrong = judge(parameter, _as_written(parameter, given.get(parameter.name)))
        if wrong:
            raise TypeError(wrong.message)
        is_low = isinstance(value, int) and parameter.minimum is not None and value < parameter.minimum
        if is_low and parameter.minimum_holds == "always":
            raise ValueError(f"{parameter.name} is below {parameter.minimum}")
        canonical[parameter.name] = value
    for parameter in table.parameters:
        missing = canonical[parameter.name] is None and not ("none" in parameter.written_as and parameter.name in given)
        if parameter.required and missing and counts(table, parameter, canonical):
            raise ValueError(f"NullOrEmptyError: {parameter.name}")
    for port in table.ports:
        if (
            port.required
            and port.holds == "dataset"
            and given.get(port.name) is None
            and counts(table, port, canonical)
        ):
            raise ValueError(f"NullOrEmptyError: {port.name}")
        if port.holds != "dataset" and given.get(port.name) is None:
            raise TypeError(f"{port.name} is missing")


def _as_written(parameter: Parameter, value: Any) -> Any:
    return Member(type(value).__name__, value.name) if isinstance(value, enum.Enum) else value
