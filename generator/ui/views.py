"""What the page shows, as HTML: templates, in the words of a language, and code in colours."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import DiffLexer, PythonLexer, YamlLexer

from generator.facts.modules import load_tables
from generator.text.yaml_reader import read_document
from generator.translations.language import LANGUAGES, say, speaking
from generator.ui.answer import Answer
from generator.ui.form import Field, fields_of
from generator.ui.work import LARGEST_UPLOAD, Given, Work, difference

_HERE = Path(__file__).parent
_CHANGES = re.compile(r"\A--- .*\n\+\+\+ .*\n")  # the two names of the file, which says nothing here
_LEXERS = {"python": PythonLexer, "yaml": YamlLexer, "diff": DiffLexer}


@functools.cache
def words_of_the_page() -> Mapping[str, str]:
    """Return the page's words in English by their keys, as ``texts.yaml`` holds them."""
    words: Mapping[str, str] = read_document((_HERE / "texts.yaml").read_bytes()).value
    return words


def word(key: str, **parts: str) -> str:
    """Return words of the page in the language that is spoken."""
    return say(words_of_the_page()[key], **parts)


def label_of(field: Field) -> str:
    """Return what the page calls a field: what the designer does, or a word of its own."""
    return word(field.name) if field.name in words_of_the_page() else field.label


def choice_of(field: Field, choice: str) -> str:
    """Return what the page calls a value of a field: what the designer does, or a word of its own."""
    if choice in field.shown:
        return field.shown[choice]
    known = [name for name in (f"{field.name}_{choice}", choice) if name in words_of_the_page()]
    return word(known[0]) if known else choice or word("left_out")


def _own_name(language: str) -> str:
    with speaking(language):
        return word("own_name")


class Views:
    """Renders the page, whose addresses begin with ``root``."""

    def __init__(self, root: str) -> None:
        """Load the templates."""
        names = {language: _own_name(language) for language in LANGUAGES}
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_HERE / "html"),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "root": root,
            "coloured": _coloured,
            "languages": names,
            "t": word,
            "label_of": label_of,
            "choice_of": choice_of,
        }
        self._root = root

    def start(self, language: str, problem: str = "") -> str:
        """Return the page on which one begins; ``problem`` says why what was chosen will not do."""
        modules = {table.id: table.name_in(language) for table in load_tables()}
        most = LARGEST_UPLOAD
        return self._render("start.html", language, here=f"{self._root}/", problem=problem, modules=modules, most=most)

    def gone(self, language: str) -> str:
        """Return the page for what is no longer there."""
        return self._render("gone.html", language, here=f"{self._root}/")

    def work(self, language: str, key: str, work: Work, given: Given, is_users: bool, said: str) -> str:
        """Return the page of what is worked on; ``said`` is what has been done, or could not be."""
        here = f"{self._root}/work/{key}"
        return self._render("work.html", language, here=here, **_shown(language, key, work, given, is_users, said))

    def part(self, language: str, key: str, work: Work, given: Given, is_users: bool, said: str) -> str:
        """Return what changes of it."""
        return self._render("part.html", language, **_shown(language, key, work, given, is_users, said))

    def answer(self, language: str, answer: Answer) -> str:
        """Return the answer to a request."""
        return self._render("answer.html", language, answer=answer)

    def _render(self, name: str, language: str, **shown: Any) -> str:
        with speaking(language):
            return self._environment.get_template(name).render(language=language, **shown)


def _shown(language: str, key: str, work: Work, given: Given, is_users: bool, said: str) -> dict[str, Any]:
    fields = fields_of(work.config, work.table, language, given.problems)
    sections: dict[str, list[Field]] = {}
    for field in fields:
        sections.setdefault(field.section, []).append(field)
    at_fields = {field.problem for field in fields}
    return {
        "key": key,
        "module": work.table.name_in(language),
        "work": work,
        "given": given,
        "sections": sections,
        "problems": [problem for problem in given.problems if problem.message not in at_fields],
        "difference": _CHANGES.sub("", difference(work, given.source)) if given.source else "",
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
