"""A config becomes validated settings, or all that is wrong with it at once."""

from __future__ import annotations

import functools
import itertools
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from generator import __version__
from generator.conda.block import CondaSettings, complete_conda, doubts_of_conda, explain_conda
from generator.config.client import Transforms, explain_client, read_transforms, with_whole_amounts
from generator.config.deployment import (
    Deployment,
    complete_deployment,
    doubts_of_deployment,
    explain_deployment,
    with_whole_numbers,
)
from generator.config.exchange import exchange_faults, read_request, read_response
from generator.config.explain import explain
from generator.config.schema import (
    DEFAULT_OUTPUT,
    GENERATE,
    OPEN_MODEL_FOLDER,
    REQUIRED_VERSION,
    REWRITE,
    VERSIONS,
    block_schema,
    frame_schema,
)
from generator.facts.containers import load_images
from generator.facts.modules import Table
from generator.findings import ConfigError, Finding, Path, Place
from generator.model.names import CONDA_FILE
from generator.rules.module_names import table_meant
from generator.rules.settings import (
    ENDPOINTS,
    NUMPY,
    Dataset,
    Settings,
    canonical,
    complete,
    named_value,
    parameter_name,
    takes_images,
)
from generator.rules.validator import Invalid, validator
from generator.text.similar import same_file
from generator.text.wording import show, show_key, without_blank
from generator.text.yaml_reader import SECOND_DOCUMENT, Document, as_document, read_document
from generator.translations.language import mark, say

_CONDA = ("conda",)
_DEPLOYMENT = ("deployment",)
_CLIENT = ("client",)
NO_CONFIG = "SG400"
_SECTIONS = ("parameters", "datasets", "request", "response")  # left empty, they are as good as left out
_MOST_FINDINGS = 1_000
_MORE = {
    "error": mark("more than {most:,} errors: see to those above first"),
    "warning": mark("more than {most:,} warnings: see to those above first"),
}
_JUDGED_BY_MODEL = ("module", "convert", "mode", "request", "response", "datasets")


class Script(NamedTuple):
    """One script of a config: its settings, the file to write, relative to the config, and where that is said.

    ``keeps_code``: the file is there, and only what the config gives is set in it. The settings hold just that then.
    ``conda`` and ``deployment`` are None where the config says nothing of them, ``model`` is the model's folder,
    relative to the config, where the config names one. ``container`` is the base of the one that a bundle builds,
    if it does. ``transforms`` is what its client does to pictures. ``places`` says where values stand, by their paths
    in the block: the datasets, and whatever else is judged by an open model.
    """

    settings: Settings
    output: str
    place: Place
    keeps_code: bool = False
    conda: CondaSettings | None = None
    deployment: Deployment | None = None
    model: str | None = None
    container: str | None = None
    transforms: Transforms = ()
    places: Mapping[Path, Place] = MappingProxyType({})

    @property
    def is_open(self) -> bool:
        """Whether its model is in an open form, which the folder's name tells."""
        return self.model is not None and re.search(OPEN_MODEL_FOLDER, self.model) is not None


class Config(NamedTuple):
    """A valid config: its scripts, and the warnings."""

    scripts: tuple[Script, ...]
    warnings: tuple[Finding, ...]


def parse_config(config: bytes | str | Mapping[str, Any] | Document, *, check_outputs: bool = True) -> Config:
    """Validate a config, given as YAML (text, or bytes in UTF-8), as what was read of it, or as what it holds.

    ``check_outputs=False`` leaves open where the scripts are written. Raises ConfigError; each finding has its code.
    """
    if isinstance(config, Document):
        document = config
    else:
        document = as_document(config) if isinstance(config, Mapping) else read_document(config)
    found = [_shown(_advised(mistake))._replace(code=NO_CONFIG) for mistake in document.mistakes]
    blocks: list[_Block] = []
    if mismatch := _version_mismatch(document):
        found = [mismatch]  # what another version may say, this one cannot judge
    elif isinstance(document.value, Mapping):
        blocks, twice = _blocks(document)
        misplaced = _misplaced(document, blocks) if check_outputs else ()
        found += _first(itertools.chain(twice, _invalid(document, blocks), misplaced))
    elif not found:
        empty = say("the config is empty: begin with `module:` and the name of the Score module")
        blank = without_blank(document.value) if isinstance(document.value, str) else ""
        other = blank or say(
            "{value} is not a config: write a mapping that begins with `module:`", value=show(document.value)
        )
        found.append(Finding(empty if document.value is None else other, code=NO_CONFIG))
    codes = {"warning": "SG404", "error": "SG402"}  # of what has none: no effect, or a wrong value
    found = [finding if finding.code else finding._replace(code=codes[finding.severity]) for finding in found]
    found = sorted(dict.fromkeys(found), key=lambda finding: finding.place)
    if any(finding.severity == "error" for finding in found):
        raise ConfigError(*found)
    return Config(tuple(_script(block, document) for block in blocks), tuple(found))


def _version_mismatch(document: Document) -> Finding | None:
    """Return why this version of scoregen is not one that the config asks for; None where it is, or asks for none."""
    wanted = document.value.get(REQUIRED_VERSION) if isinstance(document.value, Mapping) else None
    if not isinstance(wanted, str) or not re.search(VERSIONS, wanted):
        return None  # the schema says what is wrong with it
    from packaging.specifiers import SpecifierSet  # few configs have need of it

    if SpecifierSet(wanted).contains(__version__, prereleases=True):
        return None
    message = say(
        "this config is for scoregen {wanted}, and this is {version}: install one that fits, or change this line",
        wanted=wanted,
        version=__version__,
    )
    place = document.place((REQUIRED_VERSION,))
    return Finding(message, path=(REQUIRED_VERSION,), place=place, code="SG408")


def _first(found: Iterable[Finding]) -> list[Finding]:
    """Return the found that one reads at once: so many errors, which are looked for no longer, and warnings."""
    kept: dict[str, list[Finding]] = {"error": [], "warning": []}
    for finding in found:
        alike = kept[finding.severity]
        if len(alike) < _MOST_FINDINGS:
            alike.append(finding)
        elif len(alike) == _MOST_FINDINGS:
            last = max(other.place for other in alike)
            message = say(_MORE[finding.severity], most=_MOST_FINDINGS)
            alike.append(Finding(message, severity=finding.severity, place=last))
        if len(kept["error"]) > _MOST_FINDINGS:
            break
    return [*kept["error"], *kept["warning"]]


def named_outputs(config: Document) -> list[str]:
    """Return the files that a config names to be written, relative to it, whatever else may be wrong with it."""
    data = config.value
    blocks = _raw_blocks(data) if isinstance(data, Mapping) else ()
    named: list[str] = []
    for _, block in blocks:
        output = block.get("output", DEFAULT_OUTPUT)
        if isinstance(output, str):
            named += [output, conda_output(output)] if block.get("conda") else [output]
    return named


def conda_output(output: str) -> str:
    """Return the conda file beside a script."""
    return posixpath.join(posixpath.dirname(output), CONDA_FILE)


class _Block(NamedTuple):
    """One script's block: where it stands, its module, its data with the parameters by name, and their keys."""

    path: Path
    table: Table | None
    data: dict[str, Any]
    keys: dict[str, str]

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The parameters as given, by name."""
        parameters = self.data.get("parameters")
        return parameters if isinstance(parameters, Mapping) else {}

    @property
    def endpoint(self) -> Any:
        """The kind of endpoint as given."""
        return self.data.get("endpoint", ENDPOINTS[0])

    @property
    def kind(self) -> tuple[str, str, str]:
        """The module, the kind of endpoint and the mode; "" for one that is not known."""
        mode = self.data.get("mode", GENERATE)
        return (
            self.table.name if self.table else "",
            self.endpoint if self.endpoint in ENDPOINTS else "",
            mode if mode in (GENERATE, REWRITE) else "",
        )

    def located(self, document: Document, finding: Finding) -> Finding:
        """Return a finding of the block with its whole path, in the place of the key as it is written."""
        path = finding.path
        section, *rest = path or ("",)
        written = (section, self.keys.get(str(rest[0]), rest[0])) if section == "parameters" and rest else path
        place = document.place((*self.path, *written))
        return _shown(finding._replace(path=(*self.path, *path), place=place))


def _advised(mistake: Finding) -> Finding:
    if mistake.message != say(SECOND_DOCUMENT):
        return mistake
    return mistake._replace(
        message=say(
            "{second_document}, and put several scripts under one `scripts:` list", second_document=say(SECOND_DOCUMENT)
        )
    )


def _blocks(document: Document) -> tuple[list[_Block], list[Finding]]:
    """Return the blocks that can be looked into, and a finding for each parameter that is given twice."""
    blocks, found = [], []
    for path, raw in _raw_blocks(document.value):
        block, repeated = _by_name(path, raw, document)
        blocks.append(block)
        for name, key in repeated:
            parameters = (*path, "parameters")
            line = document.place((*parameters, block.keys[name])).line
            message = say(
                "given twice: {keys!r} in line {line} is the same parameter; keep one of them",
                keys=block.keys[name],
                line=line,
            )
            place = document.place((*parameters, key))
            found.append(_shown(Finding(message, path=(*parameters, name), place=place, code="SG405")))
    return blocks, found


def _raw_blocks(data: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    if "scripts" not in data:
        yield (), data
    elif isinstance(data["scripts"], list):
        for index, raw in enumerate(data["scripts"]):
            if isinstance(raw, Mapping):
                yield ("scripts", index), raw


def _by_name(path: Path, raw: Mapping[str, Any], document: Document) -> tuple[_Block, list[tuple[str, str]]]:
    """Return the block, and the name and the key of each parameter that an earlier key has set already."""
    data: dict[str, Any] = {key: value for key, value in raw.items() if value is not None or key not in _SECTIONS}
    module, given = data.get("module"), data.get("parameters")
    table = table_meant(module) if isinstance(module, str) else None
    keys: dict[str, str] = {}
    repeated: list[tuple[str, str]] = []
    if table:
        data["module"] = table.name
    if table and isinstance(data.get("datasets"), Mapping):
        said = data["datasets"]  # where a path alone stands for one beside the script
        data["datasets"] = {name: {"path": one} if isinstance(one, str) else one for name, one in said.items()}
    if table and isinstance(given, Mapping):
        for key in given:
            name = parameter_name(table, key)
            if name in keys and not document.is_merged((*path, "parameters", keys[name])):
                repeated.append((name, key))
            else:
                keys[name] = key
        data["parameters"] = {name: named_value(table, name, given[key]) for name, key in keys.items()}
    if "client" in data:
        data["client"] = with_whole_amounts(data["client"])
    if "deployment" in data:
        data["deployment"] = with_whole_numbers(data["deployment"], data.get("endpoint", ENDPOINTS[0]))
    return _Block(path, table, data, keys), repeated


def _invalid(document: Document, blocks: list[_Block]) -> Iterator[Finding]:
    for invalid in _judge_frame()(document.value):
        around = _Block(invalid.path[:2] if len(invalid.path) > 2 else (), None, {}, {})
        for finding in explain(invalid._replace(path=invalid.path[len(around.path) :]), None, {}):
            yield around.located(document, finding)
    hints = 0
    for block in blocks:
        unfit: list[Path] = []
        for invalid in _judge_block(*block.kind, hints <= _MOST_FINDINGS)(block.data):
            for finding in _explained(invalid, block):
                unfit.append(finding.path)
                hints += finding.severity == "warning"
                yield block.located(document, finding)
        for finding in _doubts(block, unfit):
            yield block.located(document, finding)


def _explained(invalid: Invalid, block: _Block) -> Iterator[Finding]:
    """Yield what a schema's keyword has against a value in a block, in our words, by the section that knows them."""
    section, path = invalid.path[:1], invalid.path[1:]
    if section == _CLIENT and block.table and takes_images(block.table):
        yield from _within(section, explain_client(invalid.keyword, invalid.wanted, invalid.value, path))
    elif section == _DEPLOYMENT:
        yield from _within(section, explain_deployment(invalid.keyword, invalid.value, path, block.endpoint))
    elif section == _CONDA and block.table:
        yield from _within(section, explain_conda(invalid.keyword, invalid.value, path, block.table))
    elif section != _CONDA:
        yield from explain(invalid, block.table, block.parameters)


def _doubts(block: _Block, unfit: list[Path]) -> Iterator[Finding]:
    """Yield what is wrong with a block that no schema can say, as far as it can be told what it is for.

    ``unfit`` are the paths within it of what is wrong already.
    """
    if "conda" in block.data and block.table:
        inside = {path[1:] for path in unfit if path[:1] == _CONDA}
        yield from _within(_CONDA, doubts_of_conda(block.table, block.data["conda"], inside))
    is_fit = all(path[:1] != _DEPLOYMENT for path in unfit)
    if "deployment" in block.data and is_fit and block.endpoint in ENDPOINTS:
        yield from _within(_DEPLOYMENT, doubts_of_deployment(block.data["deployment"], block.endpoint))
    says = "request" in block.data or "response" in block.data
    if says and block.table and all(path[:1] in (_CONDA, _DEPLOYMENT, _CLIENT) for path in unfit):
        yield from exchange_faults(block.data, _settings(block))


def _within(section: Path, found: Iterable[Finding]) -> Iterator[Finding]:
    return (finding._replace(path=(*section, *finding.path)) for finding in found)


@functools.cache
def _judge_frame() -> Callable[[Any], Iterator[Invalid]]:
    return validator(frame_schema())


@functools.cache
def _judge_block(module: str, endpoint: str, mode: str, hints: bool) -> Callable[[Any], Iterator[Invalid]]:
    return validator(block_schema(module, endpoint, mode, hints))


def _misplaced(document: Document, blocks: list[_Block]) -> Iterator[Finding]:
    """Yield a finding for each output outside the config's folder, and for each that two scripts share."""
    lines: dict[str, tuple[str, int]] = {}
    for block in blocks:
        output = block.data.get("output", DEFAULT_OUTPUT)
        if not isinstance(output, str):
            continue
        normal = posixpath.normpath(output)
        line = document.place((*block.path, "output")).line
        if posixpath.isabs(output) or normal.startswith("../") or posixpath.basename(output) in (".", ".."):
            message = say(
                "{output} is not a file inside the config's folder: name one that is, or use -o", output=show(output)
            )
            yield block.located(document, Finding(message, path=("output",), code="SG406"))
        elif same_file(normal) in lines:
            other, its_line = lines[same_file(normal)]
            said = {"output": show(output), "other": show(other), "lines": its_line}
            message = (
                say("{output} is the output of the script in line {lines} too: give each its own", **said)
                if other == normal
                else say("{output} is {other} of line {lines} too, on Windows and macOS: give each its own", **said)
            )
            yield block.located(document, Finding(message, path=("output",), code="SG406"))
        lines.setdefault(same_file(normal), (normal, line))


def _script(block: _Block, document: Document) -> Script:
    kind = block.data.get("endpoint", ENDPOINTS[0])
    place = document.place((*block.path, "output"))
    output = block.data.get("output", DEFAULT_OUTPUT)
    conda = complete_conda(block.data.get("conda", False))
    deployment = complete_deployment(block.data["deployment"], kind) if "deployment" in block.data else None
    keeps_code = block.data.get("mode") == REWRITE
    container = _container(block.data.get("container", False))
    settings, model = _settings(block), block.data.get("model")
    transforms = read_transforms(block.data)
    paths = _paths({name: block.data[name] for name in _JUDGED_BY_MODEL if name in block.data})
    places = {path: document.place((*block.path, *path)) for path in paths}
    return Script(settings, output, place, keeps_code, conda, deployment, model, container, transforms, places)


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of each value in a value."""
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*path, key)
        yield from _paths(each, (*path, key))


def _container(said: bool | Mapping[str, str]) -> str | None:
    """Return the base of a container, None where there is to be none."""
    if said is False:
        return None
    default = next(iter(load_images().bases))
    return default if said is True else said.get("base", default)


def _settings(block: _Block) -> Settings:
    assert block.table  # a block without a known module is an error
    given = {name: canonical(block.table.parameter(name), value) for name, value in block.parameters.items()}
    datasets = {name: Dataset(**dataset) for name, dataset in block.data.get("datasets", {}).items()}
    is_whole = block.data.get("mode") != REWRITE
    settings = complete(block.table, given, datasets) if is_whole else Settings(block.table, given, datasets)
    return settings._replace(
        response=read_response(block.data),
        endpoint=block.endpoint,
        request=read_request(block.data),
        trees=block.data.get("convert", {}).get("trees", NUMPY),
    )


def _shown(finding: Finding) -> Finding:
    """Return a finding with the keys of its path as messages name them."""
    return finding._replace(path=tuple(show_key(part) if isinstance(part, str) else part for part in finding.path))
