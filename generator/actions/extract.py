"""The config that would generate a script which exists already, and what it cannot carry over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.config.parse import parse_config
from generator.config.write import config_of
from generator.facts.modules import Parameter, Port, Value
from generator.findings import ConfigError, Finding, UnfollowableError
from generator.rendering.score import render, said_columns, said_parameters, said_request
from generator.rules.coercion import judge
from generator.rules.literals import spell
from generator.rules.settings import (
    BATCH,
    ENDPOINTS,
    Dataset,
    Request,
    Response,
    Settings,
    canonical,
    complete,
    fault,
    in_config,
)
from generator.script.arguments import Argument
from generator.script.read import Script, read
from generator.script.scopes import Binding
from generator.script.understand.expressions import Kind, Loaded, Location, Meanings
from generator.script.understand.frame_shapes import READ_BY
from generator.script.understand.own_code import own_code
from generator.script.understand.response import definition, given_back
from generator.script.understand.run_kind import find_run
from generator.script.values import DYNAMIC
from generator.text.yaml_reader import as_document
from generator.translations.language import say


class Extracted(NamedTuple):
    """A config, as the mapping that its YAML holds, and what it does not carry over, in the order of the lines."""

    config: dict[str, Any]
    left: tuple[Finding, ...]


def extract(script: str | Script) -> Extracted:
    """Return the config that would generate a script, given as its text or as it was read. Raises RefusedError.

    It has the parameters by their names.
    """
    followed = read(script) if isinstance(script, str) else script
    return _Extraction(*followed.each()).extracted()


class _Extraction:
    def __init__(self, script: Script, *others: Script) -> None:
        self._script = script
        self._others = others
        self._table = script.call.table
        self._parameters: dict[str, Value] = {}
        self._datasets: dict[str, Dataset] = {}
        self._left: list[Finding] = []
        self._named: set[str] = set()
        self._request = self._taken()
        self._settable = said_parameters(script.names.module.node) if self._request.parameters else {}

    def extracted(self) -> Extracted:
        for parameter in self._table.parameters:
            self._take_parameter(parameter)
        meanings = Meanings(self._script, frozenset())
        for port in self._table.datasets:
            self._take_dataset(port, meanings)
        self._name_unknown_arguments()
        for other in self._others:
            self._leave(other.call.node, say("scores once more, which the config does not carry over"))
        if self._script.call.rest is not None:
            rest = self._script.call.rest
            what = say("what the call is given {why}; left out of the config", why=rest.why)
            self._leave(rest.node or self._script.call.node, what)
        endpoint = self._endpoint()
        settings = complete(self._table, self._parameters, self._datasets)._replace(
            endpoint=endpoint, request=self._request, response=self._response(endpoint == BATCH)
        )
        self._name_what_is_filled_in(settings)
        self._name_older_import()
        for node, where in own_code(self._script, render(settings)):
            self._leave(node, say("{where} has code of its own, which the config does not carry over", where=where))
        config = config_of(settings._replace(parameters=self._parameters, datasets=self._datasets))
        self._name_what_the_config_lacks(config)
        return Extracted(config, tuple(sorted(set(self._left), key=lambda finding: (finding.place, str(finding)))))

    def _leave(self, node: Any, message: str, name: str = "") -> None:
        self._left.append(Finding(message, path=(name,) if name else (), place=self._script.text.place(node)))
        self._named.add(name)

    def _take_parameter(self, parameter: Parameter) -> None:
        argument = self._script.arguments.get(parameter.name)
        if parameter.name in self._settable:
            self._parameters[parameter.name] = canonical(parameter, self._settable[parameter.name])
            return
        written = argument.known if argument else None
        value, problem = _judged(parameter, written)
        for other in self._others:
            its = other.arguments.get(parameter.name)
            if other.call.rest is not None or _judged(parameter, its.known if its else None) != (value, problem):
                line = other.call.node.lineno
                what = say(
                    "the scoring call in line {line} may be given another value; left out of the config", line=line
                )
                self._leave(argument.value if argument else self._script.call.node, what, parameter.name)
                return
        if argument and problem:
            self._leave(argument.value, say("{problem}; left out of the config", problem=problem), parameter.name)
        elif value is not None or (parameter.nullable and (argument or self._lacks(parameter))):
            self._parameters[parameter.name] = value

    def _lacks(self, parameter: Parameter) -> bool:
        """Say whether the call surely lacks what a downloaded script sets."""
        return parameter.in_script is not None and self._script.call.rest is None

    def _take_dataset(self, port: Port, meanings: Meanings) -> None:
        argument = self._script.arguments.get(port.name)
        kind = _kind(argument, meanings) if argument else "nothing"
        if argument is None or kind == "nothing":
            return
        dataset = _dataset(port, kind)
        if dataset is None:
            problem: str | None = say(
                "the data is not loaded from a .csv file or a dataset folder as a config can say it"
            )
        else:
            problem = _unsayable(dataset.path) or self._fault_of_dataset(port, dataset)
        if problem:
            self._leave(argument.value, say("{problem}; left out of the config", problem=problem), port.name)
        elif dataset:
            self._datasets[port.name] = dataset

    def _fault_of_dataset(self, port: Port, dataset: Dataset) -> str | None:
        try:
            parse_config({"module": self._table.id, "datasets": {port.name: dataset._asdict()}}, check_outputs=False)
        except ConfigError as error:
            messages = [item.message for item in error.findings if item.about.startswith(f"datasets.{port.name}")]
            return messages[0] if messages else None
        return None

    def _name_unknown_arguments(self) -> None:
        known = {port.name for port in self._table.ports} | {parameter.name for parameter in self._table.parameters}
        for name, argument in self._script.arguments.items():
            if name not in known:
                what = (
                    say("a config cannot set it")
                    if name in self._table.outputs
                    else say("{name} has no such parameter", name=self._table.name)
                )
                self._leave(argument.value, say("{what}; left out of the config", what=what), name)
        if self._table.parameters:
            for node in self._script.call.node.args:
                self._leave(
                    node, say("{name} takes its arguments by name only; left out of the config", name=self._table.name)
                )

    def _name_what_is_filled_in(self, settings: Settings) -> None:
        """Name what the config's script sets and this one does not: a config cannot leave that out."""
        for name, value in settings.parameters.items():
            if name not in self._named and self._parameters.get(name) != value:
                argument = self._script.arguments.get(name)
                source = spell(self._table.parameter(name), value)
                message = say(
                    "is not set here: the script that the config generates sets it to {source}", source=source
                )
                self._leave(argument.value if argument else self._script.call.node, message, name)

    def _name_older_import(self) -> None:
        """Name an import from where an older package has the module; the generated script needs the newer package."""
        older = {f"{path}.{self._table.class_name}" for path in self._table.import_paths[1:]}
        for binding in self._imports():
            if binding.target in older | set(self._table.import_paths[1:]):
                message = say(
                    "imports {class_name} from an older package: the script that the config generates needs {package}",
                    class_name=self._table.class_name,
                    package=self._table.package,
                )
                self._leave(binding.node, message)

    def _imports(self) -> Iterator[Binding]:
        for scope in self._script.names.scopes:
            for bindings in scope.bindings.values():
                yield from (binding for binding in bindings if binding.target)

    def _response(self, is_batch: bool) -> Response:
        """Return what run() gives back; nothing is said of what is not understood, which is code of its own."""
        if is_batch:
            names, columns = said_columns(self._script.names.module.node)
            return Response(names=names or None, columns=columns or None)
        try:
            first, *others = {given.response for given in given_back(self._script)}
        except (UnfollowableError, RecursionError):
            return Response()
        return first if first.body and not others else Response()

    def _taken(self) -> Request:
        """Return what run() takes, where that is read as a generated script reads it."""
        if definition(self._script, READ_BY) is None:
            return Request()
        try:
            return said_request(self._script.names.module.node)
        except (ValueError, StopIteration):  # it was changed since, which is said as code of its own
            return Request()

    def _endpoint(self) -> str:
        """Return the kind of endpoint: of online and kubernetes, for which the script is the same, the former."""
        run = find_run(self._script.names)
        return run.kind if run and run.kind else ENDPOINTS[0]

    def _name_what_the_config_lacks(self, config: dict[str, Any]) -> None:
        try:
            parse_config(config, check_outputs=False)
        except ConfigError as error:
            for problem in error.findings:
                if problem.severity == "error":
                    name = problem.about.partition(".")[2]
                    argument = self._script.arguments.get(name)
                    self._leave(argument.value if argument else self._script.call.node, problem.message, name)


def _judged(parameter: Parameter, written: Any) -> tuple[Value, str | None]:
    """Return the canonical value of what a script has written, and why a config cannot have it."""
    if written is DYNAMIC:
        return None, say("the value is only known when the script runs")
    value, wrong = judge(parameter, written)
    if wrong or value is None:
        return value, wrong and wrong.message
    return value, _unsayable(value) or fault(parameter, in_config(parameter, value))


def _unsayable(value: Value) -> str | None:
    """Say why a YAML file cannot hold a value that Python can."""
    if isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value):
        return say("half a surrogate pair cannot stand in a config")
    mistakes = as_document({"value": value}).mistakes
    return mistakes[0].message if mistakes else None


def _kind(argument: Argument, meanings: Meanings) -> Kind | None:
    try:
        return meanings.of(argument.value, argument.scope)
    except RecursionError:
        return None


def _dataset(port: Port, kind: Kind | None) -> Dataset | None:
    """Return a dataset that a config can say; None where it is loaded in another way, or from where cannot be told."""
    loaded = Loaded(port.form, kind, is_csv=False) if isinstance(kind, Location) else kind
    if not isinstance(loaded, Loaded) or loaded.form != port.form:
        return None
    if isinstance(kind, Location) and port.form != "data_frame_directory":
        return None
    dataset = Dataset(loaded.location.path or ".", loaded.location.base)
    return dataset if dataset.is_csv == loaded.is_csv else None
