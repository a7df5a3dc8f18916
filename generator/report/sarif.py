"""Findings as a SARIF log, the format of code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import Any
from urllib.parse import quote_from_bytes

from generator import __version__
from generator.facts.codes import Code, load_codes
from generator.findings import Finding, Place
from generator.report import Checked
from generator.report.addresses import HOME, address, page_of
from generator.report.azure_build import automation_details
from generator.report.code_pages import as_markdown, as_text
from generator.report.fingerprint import line_hashes
from generator.report.json import in_json
from generator.text.spans import Edit, Text

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_DRIVER = {"name": "scoregen", "fullName": "scoregen, entry scripts of designer models"}
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def as_sarif(
    scripts: Sequence[Checked], failures: Iterable[str] = (), environment: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Return a log of all findings, with edits for those that ``--fix`` puts right, in ASCII.

    A relative path is taken as relative to the root of the repository. ``failures`` says what could not be checked,
    ``environment`` in which build of Azure Pipelines this is, if it is in one.
    """
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(scripts, list(failures), environment)]}
    return in_json(log)


def _run(scripts: Sequence[Checked], failures: list[str], environment: Mapping[str, str]) -> dict[str, Any]:
    rules = [_rule(code) for code in load_codes().values()]
    notifications = [{"level": "error", "message": {"text": failure}} for failure in failures]
    driver = _DRIVER | _named("informationUri", address(HOME)) | {"version": __version__, "rules": rules}
    return {
        "tool": {"driver": driver},
        "automationDetails": automation_details(environment),
        "invocations": [{"executionSuccessful": not failures, "toolExecutionNotifications": notifications}],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\r", "\n"],
        "results": [result for script in scripts if script.findings for result in _results(script)],
    }


def _rule(code: Code) -> dict[str, Any]:
    _, _, section = as_markdown([code]).partition(f"## {code.code}\n\n")
    return {
        "id": code.code,
        "name": _rule_name(code.title),
        **_named("helpUri", page_of(code.code)),
        "shortDescription": {"text": code.title[0].upper() + code.title[1:]},
        "fullDescription": {"text": code.meaning},
        "help": {"text": as_text(code), "markdown": section},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _named(key: str, address: str) -> dict[str, str]:
    """Return an address under its key; nothing where the project has none: a dead link helps nobody."""
    return {key: address} if address else {}


def _rule_name(title: str) -> str:
    """Return a title as one word: ``value not allowed`` becomes ``ValueNotAllowed``."""
    return "".join(word[0].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", title))


def _results(script: Checked) -> Iterator[dict[str, Any]]:
    artifact = _artifact(script.path)
    source = script.source.removeprefix("\ufeff")  # it counts in no place
    text = Text(source)
    hashes = line_hashes(source) if source else []  # of bytes that are no text there is none
    indexes = {code: index for index, code in enumerate(load_codes())}
    for finding in script.findings:
        region = _region(finding.place, finding.behind)
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "ruleIndex": indexes[finding.code],
            "level": _LEVELS[finding.severity],
            "message": {"text": finding.said},
            "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        }
        if finding.line <= len(hashes):
            result["partialFingerprints"] = {"primaryLocationLineHash": hashes[finding.line - 1]}
        if finding in script.edits:
            replacements = [_replacement(edit, text) for edit in _joined(script.edits[finding])]
            change = {"artifactLocation": artifact, "replacements": replacements}
            result["fixes"] = [{"description": {"text": _proposal(finding)}, "artifactChanges": [change]}]
        yield result


def _proposal(finding: Finding) -> str:
    return f"Write {finding.suggestion}" if finding.suggestion else load_codes()[finding.code].remedy


def _artifact(path: str) -> dict[str, str]:
    """Return where a file is; what is not below the root has an absolute URI."""
    pure = PurePath(path)
    if pure.is_absolute():
        return {"uri": pure.as_uri()}
    return {"uri": quote_from_bytes(os.fsencode(pure.as_posix())), "uriBaseId": _ROOT}


def _region(start: Place, end: Place) -> dict[str, int]:
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _joined(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits in their order, as one where they touch: what is put in at one place has no order in SARIF."""
    joined: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.span):
        if joined and joined[-1].span[1] == edit.span[0]:
            last = joined.pop()
            edit = Edit((last.span[0], edit.span[1]), last.text + edit.text)
        joined.append(edit)
    return joined


def _replacement(edit: Edit, text: Text) -> dict[str, Any]:
    region = _region(*text.places(edit.span))
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}
