"""Findings as a JUnit report, which most services of continuous integration show as a list of tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from generator.files.read import shown
from generator.report import Checked
from generator.report.text import line_of

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(scripts: Sequence[Checked], clean: Sequence[str] = (), failures: Sequence[str] = ()) -> str:
    """Return a test case for each file, with a failure for each error; what else is found is its output.

    ``clean`` are the files without findings, ``failures`` says which files could not be read.
    """
    cases = {script.path: _case(script) for script in scripts} | {path: _open(path) + "/>" for path in clean}
    errors = [
        f"{_open(failure.partition(': ')[0])}>\n      <error message={_quoted(failure)}/>\n    </testcase>"
        for failure in failures
    ]
    count = sum(finding.severity == "error" for script in scripts for finding in script.findings)
    lines = [case for _, case in sorted(cases.items())] + errors
    head = f'<testsuite name="scoregen" tests="{len(lines)}" failures="{count}" errors="{len(errors)}">'
    body = "".join(f"    {line}\n" for line in lines)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n  {head}\n{body}  </testsuite>\n</testsuites>\n'


def _case(script: Checked) -> str:
    parts = []
    for finding in script.findings:
        if finding.severity == "error":
            attributes = f"message={_quoted(finding.said)} type={_quoted(finding.code)}"
            parts.append(f"<failure {attributes}>{_text(line_of(script.path, finding))}</failure>")
    others = [line_of(script.path, finding) for finding in script.findings if finding.severity != "error"]
    if others:
        parts.append(f"<system-out>{_text(chr(10).join(others))}</system-out>")
    inner = "".join(f"      {part}\n" for part in parts)
    return f"{_open(script.path)}>\n{inner}    </testcase>"


def _open(path: str) -> str:
    return f'<testcase classname="scoregen.check" name={_quoted(shown(path))} file={_quoted(shown(path))}'


def _quoted(text: str) -> str:
    return quoteattr(_plain(text)).replace("##", "#&#35;")


def _text(text: str) -> str:
    return escape(_plain(text)).replace("##", "#&#35;")


def _plain(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)
