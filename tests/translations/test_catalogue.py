"""French, whole: each message goes through the catalogue, has its translation there, and is said in it."""

from __future__ import annotations

import ast
import gettext
import io
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from generator import ConfigError, generate
from generator.cli.commands import GROUPS, SUMMARIES
from generator.cli.main import main
from generator.config.schema import config_schema
from generator.facts.codes import Code, load_codes
from generator.facts.modules import tables_by_key
from generator.translations.language import LANGUAGES, language_of, say, say_number, speaking
from tests.facts.test_codes import checked, file_of
from tests.support.catalogues import as_mo, catalogue_file, messages, read_catalogue, updated
from tests.support.model_folders import leave_downloaded
from tests.support.trees import name_of_call

PACKAGE = Path(__file__).parents[2] / "generator"
IN_ENGLISH = {
    "__init__.py": "says nothing to users of the commands",
    "facts/": "of the makers of scoregen",
    "rendering/azure_yaml": "faults of its own",
    "rendering/client": "faults of its own",
    "rendering/conda_env": "faults of its own",
    "rendering/container": "a fault of its own, besides what is said",
    "rendering/open_score": "faults of its own",
    "rendering/score": "faults of its own",
    "rules/literals": "faults of its own",
    "rules/validator": "faults of its own",
    "trial/answers_child": "runs in the script's Python",
    "trial/child": "runs in the script's Python",
}
"""What is in English, by the beginnings of paths, and why."""
MAKING = re.compile(r"(?:\w*Error|Finding|Remark|Verdict|refused|print|input)$")
ARGUMENTS = ("help", "message", "description", "epilog", "wrong", "why")
VARIABLES = ("message", "what", "why", "wrong", "reason", "remedy", "hint")
OTHER_LANGUAGES = [language for language in LANGUAGES if language != "en"]
HOLDERS = string.Formatter()


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_no_message_is_missing(language: str) -> None:
    catalogue = read_catalogue(language)
    found = {message: catalogue.get(message) for message in messages()}
    assert [message for message, entry in found.items() if entry is None or not all(texts(entry.string))] == []


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_each_translation_has_the_placeholders_of_its_message(language: str) -> None:
    for message in read_catalogue(language):
        wanted = {name for text in texts(message.id) for name in placeholders(text)}
        for text in texts(message.string):
            if "python-brace-format" in message.flags:
                assert placeholders(text) == wanted, text
            assert sorted(re.findall(r"%\(\w+\)[sr]|%s", text)) == sorted(
                re.findall(r"%\(\w+\)[sr]|%s", texts(message.id)[0])
            )
            assert re.findall(r"`[^`]*`", text) == re.findall(r"`[^`]*`", texts(message.id)[0])


def texts(message: object) -> list[str]:
    return [str(text) for text in message] if isinstance(message, (list, tuple)) else [str(message)]


def placeholders(text: str) -> set[str]:
    return {name + (f"!{how}" if how else "") for _, name, _, how in HOLDERS.parse(text) if name}


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_the_files_are_current(language: str) -> None:
    catalogue = updated(language)
    assert pairs(read_catalogue(language)) == pairs(catalogue), "run `python -m tests.support.catalogues`"
    compiled = catalogue_file(language).with_suffix(".mo").read_bytes()
    assert translations(compiled) == translations(as_mo(catalogue)), "run `python -m tests.support.catalogues`"


def pairs(catalogue: Catalog) -> list[tuple[list[str], list[str]]]:
    return sorted((texts(message.id), texts(message.string)) for message in catalogue if message.id)


def translations(compiled: bytes) -> dict[object, str]:
    """Return what gettext reads, without the header, in which Babel names itself and the time."""
    held = vars(gettext.GNUTranslations(io.BytesIO(compiled)))["_catalog"]
    return {message: text for message, text in held.items() if message}


def untranslatable() -> Iterator[str]:
    """Yield the texts that are said as they stand, where messages are made: none of them could be translated."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith(tuple(IN_ENGLISH)):
            yield from (f"{name}:{node.lineno}: {text}" for node, text in bare(path.read_text(encoding="utf-8")))


def bare(source: str) -> Iterator[tuple[ast.expr, str]]:
    """Yield the texts of several words that a module makes a message of, or a help, and does not hand to ``say``."""
    nodes = list(ast.walk(ast.parse(source)))
    held = {id(inner) for node in nodes if is_said(node) or isinstance(node, ast.Compare) for inner in ast.walk(node)}
    for node in nodes:
        if id(node) not in held:
            made = list(parts_of_messages(node))
            for text in (inner for item in made for inner in ast.walk(item) if id(inner) not in held):
                words = text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else ""
                if re.search(r"[a-z]{2} [a-z]{2}", words) and not words.startswith("scoregen "):
                    yield text, words  # type: ignore[misc]


def parts_of_messages(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what a call or an assignment makes a message of."""
    if isinstance(node, ast.Call):
        if MAKING.search(name_of_call(node)):
            yield from (*node.args, *(item.value for item in node.keywords))
        yield from (item.value for item in node.keywords if item.arg in ARGUMENTS)
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in VARIABLES:
        yield node.value


def is_said(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("say", "mark", "say_number", "mark_number")
    )


def test_every_message_is_made_by_the_function_that_translates() -> None:
    assert list(untranslatable()) == []


@pytest.mark.parametrize(
    "source",
    [
        "Finding('is not there')",
        "raise FileError(f'{path}: is not there')",
        "add(help='the folder to write')",
        "print(f'{x} or more of')",
        "message = f'{x} is not there'",
        "requirement._replace(wrong=f'has {x} which is not a marker')",
    ],
)
def test_a_message_that_is_not_is_seen(source: str) -> None:
    assert list(bare(source))


@pytest.mark.parametrize(
    "source", ["Finding(say('is not there'))", "print(f'{path}: ' + say('{a} is', a=b))", "f('is not there')"]
)
def test_one_that_is_is_not(source: str) -> None:
    assert list(bare(source)) == []


@pytest.mark.parametrize("line", [[], ["-h"], ["help"]])
def test_the_first_page_is_french_from_top_to_bottom(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    page = shown(line, capsys)
    french = shown(["--lang", "fr", *line], capsys)
    assert len(french.splitlines()) == len(page.splitlines())
    english = [*SUMMARIES.values(), *GROUPS, "show", "speak", "default", "models"]
    assert [words for words in english if words in french] == []
    same = set(page.split("\n")) & set(french.split("\n"))
    assert same == {"", "options:"}  # which is the same word
    assert "  check       dit si des scripts fonctionneront sur le point de terminaison" in french


@pytest.mark.parametrize("command", SUMMARIES)
def test_the_help_of_each_command_is_french(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    english, french = shown([command, "-h"], capsys), shown([command, "-h", "--lang=fr"], capsys)
    assert say_in_french(SUMMARIES[command]).split()[0] in french
    kept = {line.strip() for line in english.splitlines()} & {line.strip() for line in french.splitlines()}
    assert [line for line in kept if re.search(r"[a-z]{2} [a-z]{2}", line.lower()) and "[" not in line] == []


def shown(line: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    try:
        main(line)
    except SystemExit as end:
        assert end.code == 0
    return capsys.readouterr().out


def say_in_french(message: str) -> str:
    with speaking("fr"):
        return say(message)


@pytest.mark.parametrize("code", [code for code in load_codes().values() if code.right], ids=lambda code: code.code)
def test_what_is_found_is_said_in_french(code: Code) -> None:
    found = [finding for finding in checked(code, file_of(code, code.wrong)) if finding.code == code.code]
    with speaking("fr"):
        french = [finding for finding in checked(code, file_of(code, code.wrong)) if finding.code == code.code]
    assert found
    assert [finding.place for finding in french] == [finding.place for finding in found]
    for before, after in zip(found, french, strict=True):
        assert after.message != before.message
        ours = re.sub(r"`[^`]*`|'[^']*'|pas du (YAML|Python) valide : .*", "", after.message)  # the rest is those' own
        assert not re.search(r"\b(the|is|are|not|write|which|it)\b", ours)


@pytest.mark.parametrize(
    "line",
    [
        ["describe", "trained_model_outputs"],
        ["describe", "trained_model_outputs", "--format", "markdown"],
        ["describe", "empty"],
        ["bundle", "scoregen.yaml", "-d", "deploy"],
        ["convert", "trained_model_outputs", "-o", "open"],
        ["prove", "."],
        ["runtime", "list"],
        ["runtime", "path", "trained_model_outputs"],
        ["serve", "scoregen.yaml"],
        ["try", "trained_model_outputs", "--update"],
        ["try", "trained_model_outputs", "--samples", "scoregen.yaml"],
        ["try", "trained_model_outputs", "--python", "missing"],
        ["init", "trained_model_outputs", "empty", "-v"],
    ],
    ids=" ".join,
)
def test_what_a_command_says_is_french(
    line: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    leave_downloaded(tmp_path, tables_by_key()["Score SVD Recommender"])
    (tmp_path / "empty").mkdir()
    (tmp_path / "scoregen.yaml").write_text("module: svd\nmodel: trained_model_outputs\n")
    code = main([*line, "--lang", "fr"])
    said = "".join(capsys.readouterr())
    assert said
    ours = re.sub(r"`[^`]*`|\S*[/\\]\S+", "", said)
    assert not re.search(r"\b(the|is|are|not|write|written|which|it|that|name|there|has|no|of|with)\b", ours), (
        code,
        ours,
    )


@pytest.mark.parametrize("code", load_codes())
def test_a_code_is_explained_in_french(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    english, french = shown(["explain", code], capsys), shown(["explain", code, "--lang", "fr"], capsys)
    example = {line for line in english.splitlines() if line.startswith("    ")}
    kept = set(english.splitlines()) & set(french.splitlines())
    assert kept - example == {""}
    assert {line for line in french.splitlines() if line.startswith("    ")} == example


def test_the_page_of_all_codes_is_english_as_files_are(capsys: pytest.CaptureFixture[str]) -> None:
    line = ["explain", "--format", "markdown"]
    assert shown([*line, "--lang", "fr"], capsys) == shown(line, capsys)


def test_a_config_is_judged_in_french_and_files_are_written_in_english() -> None:
    english = generate("module: svd")
    with speaking("fr"):
        with pytest.raises(ConfigError, match="clé inconnue ; vouliez-vous dire 'parameters' \\?"):
            generate("module: svd\nparametrs: {}\n")
        assert generate("module: svd") == english
        config_schema.cache_clear()
        assert "Score module" in str(config_schema())


def test_pins_are_judged_in_one_language_after_the_other() -> None:
    config = "module: svd\nconda: {pins: {azureml-designer-classic-modules: 0.0.100}}"
    said = []
    for language in ("en", "fr", "en"):
        with speaking(language), pytest.raises(ConfigError) as error:
            generate(config)
        said.append(str(error.value))
    assert said[0] == said[2] != said[1]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LC_ALL": "C.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANGUAGE": "de:fr:en", "LANG": "de_DE.UTF-8"}, "fr"),
        ({"LANGUAGE": "", "LC_MESSAGES": "fr_CA.UTF-8", "LANG": "C"}, "fr"),
        ({"LANG": "fro_FR"}, "en"),
    ],
)
def test_the_locale_says_the_language(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_the_line_goes_before_the_locale(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    assert main(["check", "nowhere.py"]) == 2
    assert "ne peut être lu" in capsys.readouterr().err
    assert main(["check", "--lang", "en", "nowhere.py"]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert main(["--lang=de", "check"]) == 2
    assert capsys.readouterr().err == "scoregen check: 'de' is not a language that scoregen speaks (known: en, fr)\n"


@pytest.mark.parametrize(("number", "said"), [(0, "0 fichier"), (1, "1 fichier"), (2, "2 fichiers")])
def test_french_counts_in_its_own_way(number: int, said: str) -> None:
    with speaking("fr"):
        assert say_number(number, "{number} file", "{number} files") == said
