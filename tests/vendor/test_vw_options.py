"""The table's Vowpal Wabbit options, proven on Vowpal Wabbit itself, as the designer's module runs it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import generate, load_tables
from generator.facts.modules import CommandLine
from tests.support.vw_arguments import ANSWERED, IDLE, REFUSED

from .runtimes import Models

MODULE = "score_vowpal_wabbit_model"
NETWORK = {
    "--active": "waits for connections",
    "--daemon": "waits for connections",
    "--pid_file": "waits for connections",
    "--port": "waits for connections",
    "--sendto": "connects to a host",
    "--span_server": "connects to a host",
    "--span_server_port": "connects to a host",
}
"""Options that are never tried, and why."""

UNHEARD_OF = {"--cbt", "--wap"}
"""Options that the module's documentation names but Vowpal Wabbit 8.8.1 does not know."""


def command_line() -> CommandLine:
    """Return what the table says."""
    (table,) = (table for table in load_tables() if table.id == MODULE)
    known = table.parameter("vw_arguments").command_line
    assert known
    return known


def refused() -> list[str]:
    """Return the options that the table refuses."""
    return [option for reason in command_line().refused for option in reason.options]


def discouraged() -> list[str]:
    """Return the options that the table discourages."""
    return [option for reason in command_line().discouraged for option in reason.options]


def refused_as(example: str) -> tuple[str, ...]:
    """Return the options that the table refuses for the same reason as ``example``."""
    return next(reason.options for reason in command_line().refused if example in reason.options)


def tried(
    models: Models, folder: Path, arguments: list[str], limit: float = 20, together: int | None = None
) -> dict[str, str]:
    """Return how the module takes each text of arguments within ``limit`` seconds, each in a process of its own.

    ``together`` is how many run at a time, as many as there are cores unless it is given.
    """
    assert not set(NETWORK) & {word for text in arguments for word in text.split()}
    model = models(MODULE)
    script = folder / "score.py"
    script.write_text(generate({"module": MODULE}), encoding="utf-8")
    taken = model.runtime.ask(
        "try_arguments",
        script=str(script),
        model_dir=str(model.folder),
        request=model.samples,
        arguments=arguments,
        limit=limit,
        together=together,
    )
    return dict(zip(arguments, taken, strict=True))


def unrecognised(taken: dict[str, str]) -> list[str]:
    """Return the texts that hold an option that Vowpal Wabbit does not know."""
    return [text for text, outcome in taken.items() if "unrecognised option" in outcome]


def without_answer(taken: dict[str, str]) -> list[str]:
    """Return the texts that end the process, or with which it never returns."""
    return [text for text, outcome in taken.items() if outcome == "hung" or outcome.startswith("ended")]


def test_accepted_options_are_known(models: Models, tmp_path: Path) -> None:
    """Each is tried without a value and with one. What else it may need is another matter, but there is an answer."""
    every = dict.fromkeys([*command_line().accepted, *discouraged()])
    options = [option for option in every if option not in NETWORK]
    assert len(options) > 250
    taken = tried(models, tmp_path, [text for option in options for text in (option, f"{option} 1")])
    assert unrecognised(taken) == []
    assert without_answer(taken) == []


def test_texts_of_all_kinds(models: Models, tmp_path: Path) -> None:
    """A hundred and fifty and more, as people write them: what check refuses fails, and what it takes is answered."""
    taken = tried(models, tmp_path, [*ANSWERED, *IDLE, *REFUSED], limit=5, together=1)
    assert {text for text, outcome in taken.items() if outcome != "fine"} == set(REFUSED)


def test_options_that_crash_or_hang(models: Models, tmp_path: Path) -> None:
    options = refused_as("--ksvm")
    taken = tried(models, tmp_path, [text for option in options for text in (option, f"{option} 1")], limit=2)
    assert {text.split()[0] for text in without_answer(taken)} == set(options)


def test_options_that_need_several_lines(models: Models, tmp_path: Path) -> None:
    options = refused_as("--explore_eval")
    taken = tried(models, tmp_path, [text for option in options for text in (option, f"{option} 1")])
    assert unrecognised(taken) == []
    assert "fine" not in taken.values()


def test_options_nobody_knows(models: Models, tmp_path: Path) -> None:
    """Without which the test above would show nothing."""
    texts = ["--nonsense", "--nonsense 1", "--link logistic --nonsense", "--math_mode 1", *UNHEARD_OF]
    assert unrecognised(tried(models, tmp_path, texts)) == texts


def test_the_table_names_all_options_there_are(models: Models) -> None:
    text = models.runtime("vowpal_wabbit").ask("help_text")
    listed = set()
    for line in text.splitlines():
        found = re.match(r"  (-\S+)(?: \[ (--\S+) \])?", line)
        listed |= set(filter(None, found.groups())) if found else set()
    assert listed == {*command_line().accepted, *refused(), *discouraged()} - UNHEARD_OF - {"--"}  # a word that is none
    assert set(NETWORK) <= listed


@pytest.mark.parametrize("option", ["-h", "--help", "--version"])
def test_options_that_end_the_process(models: Models, tmp_path: Path, option: str) -> None:
    assert option in refused()
    ended = tried(models, tmp_path, [option])[option]
    assert ended in ("ended: 0", "ended: 11")  # VW leaves in its own code, and crashes on the way out at times


def test_examples_does_nothing_to_a_request(models: Models) -> None:
    """It would leave out lines of a file, and break the column of labels; a request is scored row by row."""
    assert "--examples" in discouraged()
    model = models(MODULE)
    answers = [
        model.score(generate({"module": MODULE, "parameters": {"vw_arguments": arguments}}))
        for arguments in ("", "--examples 1")
    ]
    assert len(answers[0].body["Results"]) == len(model.rows)
    assert answers[0] == answers[1]
