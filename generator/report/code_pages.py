"""The pages of the check codes, as text and as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from generator.facts.codes import Code
from generator.facts.modules import tables_by_key
from generator.model.names import CONDA_FILE
from generator.translations.language import ENGLISH, mark, say, speaking

_WIDTH = 80
_INDENT = "    "
_FILES = {"conda file": CONDA_FILE, "deployment": "deployment.yml", "config": "scoregen.yaml"}
_NEVER_SILENT = mark("It cannot be silenced.")
_WRONG, _RIGHT = mark("Wrong:"), mark("Right:")

_ABOVE_THE_SECTIONS = """\
# The check codes

Each finding of `scoregen check` has one of these codes. An error says that the endpoint will not work, or not as the
script has it; a warning, that something is hardly meant; information, what to know. This page is the output of
`scoregen explain --format markdown`.

A comment at the end of the line that a finding names silences it: `# scoregen: ignore[SG110]`, with several codes
`# scoregen: ignore[SG110, SG111]`, and all of the line with `# scoregen: ignore`.

In the examples `model` is the loaded model, and `request` or `read_request(data)` what the module takes of a request.
Codes from SG200 on are about [the conda file](conda.md) beside the script, those from SG300 on about
[the deployment](deployment.md), and those from SG400 on about [the config](config.md).
"""


def as_list(codes: Iterable[Code]) -> str:
    """Return a line for each code, with its severity and title."""
    return "".join(f"{code.code}  {code.severity:<7}  {say(code.title)}\n" for code in codes)


def as_text(code: Code) -> str:
    """Return one code's page as text."""
    return "\n".join(
        (
            f"{code.code} ({code.severity}): {say(code.title)}\n",
            _filled(say(code.meaning)),
            *(f"{say(word)}\n\n{_indented(example(code, text))}" for word, text in _examples(code)),
            _filled(say("What to do: {remedy}", remedy=say(code.remedy))),
            _silencing(code),
        )
    )


@speaking(ENGLISH)
def as_markdown(codes: Iterable[Code]) -> str:
    """Return codes as a Markdown page, in English as all files are: a table, and a section for each."""
    codes = list(codes)
    rows = (f"| [{code.code}](#{code.code.lower()}) | {code.severity} | {code.title} |\n" for code in codes)
    table = "| Code | Severity | Finding |\n|---|---|---|\n" + "".join(rows)
    return "\n".join((_ABOVE_THE_SECTIONS, table, *("\n".join(_section(code)) for code in codes)))


def example(code: Code, text: str) -> str:
    """Return a wrong or right example as a file holds it: settings as the scoring call that they stand in."""
    if code.module is None or code.about != "script":
        return text
    table = tables_by_key()[code.module]
    values = {"model": "model", "request": "request", "dataset": "None"}
    ports = (port for port in table.ports if port.holds != "dataset" or port.passed == "always")
    arguments = "".join(f"{port.name}={values[port.holds]},\n" for port in ports) + text
    return f"(result,) = {table.class_name}().run(\n{_indented(arguments)})\n"


def _section(code: Code) -> Iterator[str]:
    yield f"## {code.code}\n"
    yield f"**{code.title[0].upper()}{code.title[1:]}** ({code.severity}). {code.meaning}\n"
    for word, text in _examples(code):
        fence = f"<!-- file: {_FILES[code.about]} -->\n```yaml" if code.about in _FILES else "```python"
        yield f"{word}\n\n{fence}\n{example(code, text)}```\n"
    yield f"What to do: {code.remedy}" + ("" if code.can_be_ignored else f" {_NEVER_SILENT}") + "\n"


def _examples(code: Code) -> list[tuple[str, str]]:
    """Return the wrong and the right example; none for what takes more than one file."""
    return [(_WRONG, code.wrong), (_RIGHT, code.right)] if code.right else []


def _silencing(code: Code) -> str:
    if not code.can_be_ignored:
        return f"{say(_NEVER_SILENT)}\n"
    comment = f"# scoregen: ignore[{code.code}]\n"
    return say("To silence it, end the line that the finding names with:") + f"\n\n{_indented(comment)}"


def _filled(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False) + "\n"


def _indented(text: str) -> str:
    return textwrap.indent(text, _INDENT)
