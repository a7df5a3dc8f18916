"""The sharpest of the hostile inputs; ``pytest tests/hostile`` has them all, in processes that are measured."""

from __future__ import annotations

import random
import struct

import pytest

from generator.conda.fix import fix_conda_and_count
from generator.findings import Finding, Place, RefusedError
from generator.pre_commit.hooks import IN_THE_CONFIG
from generator.pre_commit.insert import add_hooks
from generator.report.fingerprint import line_hashes
from generator.text.yaml_reader import read_document

DOUBLING = "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(20))
MERGED = "".join(f"a{n + 1}: &a{n + 1} {{<<: [{', '.join([f'*a{n}'] * 10)}]}}\n" for n in range(20))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"a0: &a0 lol\n{DOUBLING}repos: []\n", "6:10: more than 20,000 values"),
        (f"a0: &a0 {{k: v}}\n{MERGED}repos: []\n", "5:40: more than 20,000 values"),
        ("a: &a [*a]\n", r"1:8: '\*a' has no finished anchor before it"),
        ("a: &a {b: *a}\n", r"1:11: '\*a' has no finished anchor before it"),
    ],
    ids=["aliases", "merges", "a list in itself", "a mapping in itself"],
)
def test_aliases_of_a_pre_commit_config_that_make_too_much_of_it(text: str, message: str) -> None:
    with pytest.raises(RefusedError, match=f"^{message}"):
        add_hooks(text, IN_THE_CONFIG)


def test_a_pre_commit_config_that_is_too_large() -> None:
    with pytest.raises(RefusedError, match=r"^1:1: it has more than 100,000 characters"):
        add_hooks("#\n" * 50_001, IN_THE_CONFIG)


def test_directives_that_are_compared_with_each_other() -> None:
    document = read_document("".join(f"%TAG !a{n}! a\n" for n in range(90_000)) + "---\na: 1\n")
    assert [(mistake.place.line, mistake.message) for mistake in document.mistakes] == [
        (1_001, "more than 1,000 lines that begin with % are too many")
    ]


VALUES = "values (those that aliases repeat included)"
TOO_MUCH = {
    "a mapping": ("".join(f"a{n}: 1\n" for n in range(1_001)), 1_001, "1,000 keys in one mapping"),
    "merged mappings": (
        "<<: [" + "".join(f"{{a{n}: 1}}," for n in range(1_001)) + "]\n",
        1,
        "1,000 keys in one mapping",
    ),
    "a list": ("- 1\n" * 10_001, 10_001, "10,000 items in one list"),
    "a text": ("a: " + "b" * 2_000_001 + "\n", 1, "2,000,000 characters in one text"),
    "aliases": ("- &a [" + "1," * 999 + "1]\n" + "- *a\n" * 75, 75, f"75,000 {VALUES}"),
    "aliases of a long text": ("- &a " + "b" * 1_000_000 + "\n" + "- *a\n" * 8, 8, f"75,000 {VALUES}"),
}


@pytest.mark.parametrize(("text", "line", "what"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_more_than_any_config_needs(text: str, line: int, what: str) -> None:
    mistakes = [(mistake.place.line, mistake.message) for mistake in read_document(text).mistakes]
    assert mistakes == [(line, f"more than {what} are too many")]


def test_mistakes_are_looked_for_up_to_a_thousand() -> None:
    mistakes = read_document("a: 1\n" * 5_000).mistakes
    assert len(mistakes) == 1_001
    assert mistakes[-1] == Finding("more than 1,000 mistakes: put those above right first", place=Place(1_002, 1))


def test_4_500_scripts_are_not_too_many_to_read() -> None:
    document = read_document(
        "scripts:\n" + "- {module: Score Model, output: a.py, mode: generate, parameters: {a: 1, b: 2, c: 3}}\n" * 4_500
    )
    assert not document.mistakes
    assert len(document.value["scripts"]) == 4_500


def test_the_hash_of_a_line_is_that_of_a_hundred_units_behind_its_start() -> None:
    chosen = random.Random(7)
    for _ in range(100):
        parts = chosen.choices(["a", " ", "\n", "\r\n", "\r", "\u00e9", "\U0001f600", "x" * 150], k=30)
        text = "".join(parts)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").split("\n")
        for number, found in enumerate(line_hashes(text)):
            behind = ("\n".join(lines[number:]) + "\uffff").encode("utf-16-le").ljust(200, b"\0")[:200]
            expected = 0
            for unit in struct.unpack("<100H", behind):
                expected = (expected * 37 + unit) % 2**64
            assert found.partition(":")[0] == f"{expected:x}"


def test_a_conda_file_of_many_mistakes_is_put_right_in_several_runs() -> None:
    pins = "".join(f"  - a{number}=1\n" for number in range(600))
    fixed = fix_conda_and_count(f"dependencies:\n- pip:\n  - azureml-designer-serving==0.0.13\n{pins}", None)
    assert 0 < fixed.number < 50
