"""The options that a text of command line arguments may hold, and what is wrong with one.

The text is split at spaces, and nothing takes quotes off. One pattern says what is allowed (``allowed_pattern``, which
the schema for editors has too), one what is also without a word against it (``clean_pattern``); the functions here find
the words for what fits neither.

    --link logistic -q ab     allowed, clean
    --examples 1              allowed, and better left out
    --link=sigmoid            not allowed: no such value
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.facts.modules import CommandLine, CommandOption, Effect, Parameter, Table, Value
from generator.text.similar import nearest
from generator.text.wording import either, show
from generator.translations.language import mark, say

_OTHER_WHITESPACE = "[\t-\r]"
_NO_OPTION = "[\"']?[\u2012-\u2015\u2212]|[\"']-"
_FORMS = {
    "number": r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?inf(?:inity)?",
    "whole number": "[+-]?[0-9]{1,18}",
}
# A value that is a text, and a word that is no option: neither begins with a dash, unless it is a negative number. What
# ``vw`` takes for an option without a value is followed by the next option, or by nothing.
_NATURAL = r"\+?[0-9]{1,18}"
_TEXT = r"[^- \t-\r][^ \t-\r]*|-[0-9.][^ \t-\r]*"
_WORD = r"[^- \t-\r][^ \t-\r]*|-[0-9.][^ \t-\r]*|-"
_NOTHING = "(?= +-(?![0-9.])| *$)"
_EXAMPLES = {"number": "0.5", "whole number": "2"}
_KINDS = {"number": mark("a number"), "whole number": mark("a whole number"), "text": mark("a text")}


class Given(NamedTuple):
    """An option as a command line gives it, and its value; None where it has none."""

    word: str
    option: str
    value: str | None


def command_line_fault(command_line: CommandLine, text: str) -> str | None:
    """Say what is wrong with a command line and what to write; None when it is allowed."""
    if re.search(_OTHER_WHITESPACE, text):
        return say("it holds a tab or a line break: the options are split at spaces only, so write them on one line")
    if allowed_pattern(command_line).match(text):
        return None
    for given in _given(command_line, text):
        fault = _fault(command_line, given)
        if fault:
            return fault
    return say("an option in it is not known, or lacks its value")  # should the words above not find which


def advice(parameter: Parameter, value: Any) -> str | None:
    """Say what speaks against a value that is allowed; None when nothing does."""
    if not parameter.command_line or not isinstance(value, str):
        return None
    return command_line_advice(parameter.command_line, value)


def command_line_advice(command_line: CommandLine, text: str) -> str | None:
    """Say what speaks against a command line that is allowed; None when nothing does."""
    if clean_pattern(command_line).match(text):
        return None
    for given in _given(command_line, text):
        advice = _advice(command_line, given)
        if advice:
            return advice
    return say("a word in it has no effect")


def contradiction(command_line: CommandLine, text: str) -> str | None:
    """Say which options of a command line that is allowed do not go together; None when all do."""
    values: dict[str, str] = {}
    for _, option, value in _given(command_line, text):
        known = command_line.option(option)
        if known and known.kind != "text" and value is not None:
            name = command_line.long_name(option)
            if values.setdefault(name, value) != value:
                return say(
                    "{option!r} is given twice, with {values} and with {value}: keep one",
                    option=option,
                    values=values[name],
                    value=value,
                )
    given = {command_line.long_name(item.option) for item in _given(command_line, text)}
    for rule in command_line.together:
        if rule.option in given and rule.needs and rule.needs not in given:
            return say(
                "{option!r} needs {needs!r}: {because}", option=rule.option, needs=rule.needs, because=say(rule.because)
            )
    return None


def effects(command_line: CommandLine, text: str) -> list[Effect]:
    """Return what to know of the options of a command line: that ``--link logistic`` is not for every model."""
    given = {(command_line.long_name(item.option), item.value) for item in _given(command_line, text)}
    return [effect for effect in command_line.effects if (effect.option, effect.value) in given]


def said_of(effect: Effect, predictions: tuple[float, ...]) -> tuple[str, bool] | None:
    """Return what to say of an effect, and whether it is surely not meant; None where it is right.

    ``predictions`` are the least and the greatest that the model names, empty where that is not known.
    """
    if predictions == effect.predictions:
        return None
    said = f"{effect.option} {effect.value} {say(effect.effect)}"
    if not predictions:
        return said, False
    why = say(
        "the model beside the script is another: it predicts from {least:g} to {most:g}",
        least=predictions[0],
        most=predictions[1],
    )
    return f"{said}; {why}", True


def notes(table: Table, values: Mapping[str, Value], predictions: tuple[float, ...] = ()) -> list[str]:
    """Return what to know of the parameters that a script is given, a sentence each; ``predictions`` as in said_of."""
    found = (
        (parameter.name, said_of(effect, predictions))
        for parameter in table.parameters
        if parameter.command_line
        for effect in effects(parameter.command_line, str(values.get(parameter.name) or ""))
    )
    return [
        say("warning: {name}: {message}", name=name, message=said[0]) if said[1] else f"{name}: {said[0]}"
        for name, said in found
        if said
    ]


@functools.cache
def allowed_pattern(command_line: CommandLine) -> re.Pattern[str]:
    """Return the pattern of command lines that are allowed. JavaScript reads it as Python does."""
    others = _discouraged(command_line) - {*command_line.accepted}
    return re.compile(_line([*_items(command_line.options), *_whatever(others), *_weak(command_line)]))


@functools.cache
def clean_pattern(command_line: CommandLine) -> re.Pattern[str]:
    """Return the pattern of command lines that nothing speaks against."""
    discouraged = _discouraged(command_line)
    return re.compile(_line(_items(option for option in command_line.options if option.name not in discouraged)))


def _discouraged(command_line: CommandLine) -> set[str]:
    return {option for reason in command_line.discouraged for option in reason.options}


def _line(items: Iterable[str]) -> str:
    return rf"^ *(?:(?:{'|'.join(items)})(?: +|$))*$(?!\n)"


def _items(options: Iterable[CommandOption]) -> Iterator[str]:
    """Yield the patterns of options with values: ``--long value``, ``--long=value``, ``-s value``, ``-svalue``."""
    by_form: dict[str, list[CommandOption]] = {}
    for option in options:
        by_form.setdefault(_form(option), []).append(option)
    for form, alike in by_form.items():
        long = [_bare(option.name) for option in alike if option.name.startswith("--")]
        short = [_bare(option.name) for option in alike if not option.name.startswith("--")]
        if long:
            yield rf"--{_one_of(long)}" + (rf"(?:=| +)(?:{form})" if form else "")
        if short:
            yield rf"-{_one_of(short)}" + (rf" *(?:{form})" if form else "+")


def _form(option: CommandOption) -> str:
    """Return the pattern of an option's value; nothing for a flag."""
    if option.kind == "flag":
        return ""
    if option.kind == "choice":
        return _one_of(option.choices)
    if option.pattern:
        return option.pattern
    if option.kind == "whole number" and option.minimum is not None:
        return _NATURAL if option.minimum == 0 else r"\+?0*[1-9][0-9]{0,8}"
    return _FORMS.get(option.kind, _TEXT)


def _whatever(options: Iterable[str]) -> Iterator[str]:
    """Yield the patterns of options whatever their value is; a letter is taken behind two dashes too."""
    every = sorted(options)
    yield rf"--{_one_of(map(_bare, every))}(?:=[^ \t-\r]*)?"
    yield rf"-{_one_of(_bare(option) for option in every if not option.startswith('--'))}[^ \t-\r]*"


def _weak(command_line: CommandLine) -> Iterator[str]:
    """Yield what has no effect, or another than it looks like: texts left out, words that are no option, ``--q ab``."""
    texts = [option.name for option in command_line.options if option.kind == "text" and not option.pattern]
    yield rf"{_one_of(texts)}{_NOTHING}"
    yield _WORD
    short = (option for option in command_line.options if not option.name.startswith("--"))
    yield from _items(option._replace(name=f"-{option.name}") for option in short)


def _bare(option: str) -> str:
    return option.lstrip("-")


def _one_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(escaped, words)) + ")"


def escaped(text: str) -> str:
    """Escape what has a meaning in a pattern and nothing else: JavaScript refuses more."""
    return re.sub(r"[\\^$.*+?()\[\]{}|/]", r"\\\g<0>", text)


def _given(command_line: CommandLine, text: str) -> Iterator[Given]:
    """Yield the options of a command line with their values, and the words that are none."""
    words = [word for word in text.split(" ") if word]
    while words:
        word = words.pop(0)
        if word.startswith("--"):
            option, equals, value = word.partition("=")
            given = Given(word, option, value if equals else None)
        elif re.match("-[^0-9.]", word):
            option = word[:2]
            given = Given(word, option, word[2:] or None)
        else:
            yield Given(word, "", None)
            continue
        known = command_line.option(given.option) or command_line.option(given.option[1:])
        takes = known is not None and known.kind != "flag" and given.value is None
        if takes and known and words and (known.kind != "text" or known.pattern or re.match(_TEXT, words[0])):
            given = given._replace(value=words.pop(0))
        yield given


def _fault(command_line: CommandLine, given: Given) -> str | None:
    word, name, value = given
    if not name:
        return None
    for reason in command_line.refused:
        if name in reason.options:
            return say("{name!r} cannot be used here: {because}; take it out", name=name, because=say(reason.because))
    is_known = command_line.option(name) is not None
    if not is_known and any({name, name[1:]} & {*reason.options} for reason in command_line.discouraged):
        return None
    option = command_line.option(name) or (command_line.option(name[1:]) if len(name) == 3 else None)
    if option is None:
        near = nearest(name, command_line.accepted)
        return say("{word} is not a known option", word=show(word)) + (
            say("; did you mean {near!r}?", near=near) if near else ""
        )
    if option.kind == "flag":
        if value is None:
            return None
        return say("{name!r} takes no value: write {meant} alone", name=name, meant=option.name)
    return _value_fault(command_line, option, word, value)


def _value_fault(command_line: CommandLine, option: CommandOption, word: str, value: str | None) -> str | None:
    """Say what is wrong with the value of an option that takes one."""
    form = _form(option)
    if value is not None and re.fullmatch(form, value):
        return None
    if value is None and option.kind == "text" and not option.pattern:
        return None
    example = option.choices[0] if option.choices else option.example or _EXAMPLES.get(option.kind, "VALUE")
    wanted = either(option.choices) if option.choices else say(option.what or _KINDS[option.kind])
    if option.minimum is not None:
        wanted = say("{wanted}, {minimum} or more", wanted=wanted, minimum=option.minimum)
    what = say("{name!r} takes {wanted}", name=option.name, wanted=wanted)
    if not value:
        swallowed = (
            say("without one it swallows the module's own options")
            if value is None
            else say("nothing may follow the =")
        )
        return say(
            "{what}, and {swallowed}: write {name} {example}",
            what=what,
            swallowed=swallowed,
            name=option.name,
            example=example,
        )
    long = f"-{word}" if not word.startswith("--") else ""
    hint = say("; did you mean {long!r}?", long=long) if command_line.option(long.partition("=")[0]) else ""
    quotes = say(", and no quotes are taken off") if value[0] in "\"'" else ""
    return say(
        "{what}, not {value}{quotes}: write {name} {example}{hint}",
        what=what,
        value=show(value),
        quotes=quotes,
        name=option.name,
        example=example,
        hint=hint,
    )


def _advice(command_line: CommandLine, given: Given) -> str | None:
    word, name, value = given
    for reason in command_line.discouraged:
        if name in reason.options or (len(name) == 3 and name[1:] in reason.options):
            return say("{name!r} is better left out: {because}", name=name, because=say(reason.because))
    if not name:
        hint = say("options begin with a plain -") if re.match(_NO_OPTION, word) else say("take it out")
        return say("{word} is not an option, and has no effect: {hint}", word=show(word), hint=hint)
    if command_line.option(name) is None and len(name) == 3:
        return say("{name!r} is taken as {meant!r}: write that", name=name, meant=name[1:])
    known = command_line.option(name)
    if known and known.kind == "text" and value is None:
        return say(
            "{name!r} takes a value, and without one it takes the next word for it: write one, or take it out",
            name=name,
        )
    return None
