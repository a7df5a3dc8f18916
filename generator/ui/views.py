"""What the page shows, as HTML: templates, in the words of a language, and code in colours."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import DiffLexer, PythonLexer, YamlLexer

from generator.facts.modules import load_tables
from generator.text.yaml_reader import read_document
from generator.ui.answer import Answer
from generator.ui.form import Field, fields_of
from generator.ui.work import Given, Work, difference

_HERE = Path(__file__).parent
_LEXERS = {"python": PythonLexer, "yaml": YamlLexer, "diff": DiffLexer}


class _Texts(NamedTuple):
    """The words of the page: those of one language by their keys."""

    said: Mapping[str, str]

    def __call__(self, key: str, **parts: str) -> str:
        return self.said[key].format(**parts)


@functools.cache
def _texts() -> dict[str, _Texts]:
    """Return the page's words by language; ``texts.yaml`` holds them by their keys."""
    rows = read_document((_HERE / "texts.yaml").read_bytes()).value
    languages = next(iter(rows.values())).keys()
    return {language: _Texts({key: row[language] for key, row in rows.items()}) for language in languages}


class Views:
    """Renders the page, whose addresses begin with ``root``."""

    languages = tuple(_texts())

    def __init__(self, root: str) -> None:
        """Load the templates."""
        names = {language: words("own_name") for language, words in _texts().items()}
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_HERE / "html"),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"root": root, "coloured": _coloured, "languages": names}

    def start(self, language: str, problem: str = "") -> str:
        """Return the page on which one begins; ``problem`` says why what was chosen will not do."""
        return self._render("start.html", language, problem=problem, tables=load_tables())

    def work(self, language: str, key: str, work: Work, given: Given, is_users: bool, said: str) -> str:
        """Return the page of what is worked on; ``said`` is what has been done, or could not be."""
        return self._render("work.html", language, **_shown(language, key, work, given, is_users, said))

    def part(self, language: str, key: str, work: Work, given: Given, is_users: bool, said: str) -> str:
        """Return what changes of it."""
        return self._render("part.html", language, **_shown(language, key, work, given, is_users, said))

    def answer(self, language: str, answer: Answer) -> str:
        """Return the answer to a request."""
        return self._render("answer.html", language, answer=answer)

    def _render(self, name: str, language: str, **shown: Any) -> str:
        return self._environment.get_template(name).render(language=language, t=_texts()[language], **shown)


def _shown(language: str, key: str, work: Work, given: Given, is_users: bool, said: str) -> dict[str, Any]:
    fields = fields_of(work.config, work.table, language, given.problems)
    sections: dict[str, list[Field]] = {}
    for field in fields:
        sections.setdefault(field.section, []).append(field)
    at_fields = {field.problem for field in fields}
    return {
        "key": key,
        "work": work,
        "given": given,
        "sections": sections,
        "problems": [problem for problem in given.problems if problem.message not in at_fields],
        "difference": difference(work, given.source) if given.source else "",
        "is_users": is_users,
        "said": said,
    }


def _coloured(source: str, language: str, lines: tuple[int, ...] = ()) -> Markup:
    """Return code as HTML, with the numbers of its lines; those that something is said of stand out."""
    is_script = language == "python"
    formatter = HtmlFormatter(
        linenos="inline" if is_script else False, linespans="line" if is_script else "", hl_lines=list(lines)
    )
    return Markup(highlight(source, _LEXERS[language](), formatter))
