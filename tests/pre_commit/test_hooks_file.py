"""Putting the hooks into a .pre-commit-config.yaml: the list is longer by them, and every other character stays."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.findings import RefusedError
from generator.pre_commit.hooks import IN_THE_CONFIG, Source, entry, hooks
from generator.pre_commit.insert import add_hooks, snippet

LINE_BREAK = re.compile("\r\n|\r|\n")
REMOTE = Source("https://example.org/scoregen.git", "v1.0.0")
ADDED = """\
  - repo: https://example.org/scoregen.git
    rev: v1.0.0
    hooks:
      - id: scoregen-check
      - id: scoregen-sync
"""
OTHER = """\
  - repo: https://example.org/other
    rev: v2
    hooks:
      - id: other
"""


def placed(before: str, after: str = "") -> tuple[str, str]:
    """Return a text, and the same with the hooks where ``before`` ends."""
    return before + after, before + ADDED + after


TEXTS: dict[str, tuple[str, str]] = {
    "no text": ("", "repos:\n" + ADDED),
    "comments alone": ("# ours\n", "# ours\nrepos:\n" + ADDED),
    "a marker alone": ("---\n", "---\nrepos:\n" + ADDED),
    "no list": ("fail_fast: true\n", "fail_fast: true\nrepos:\n" + ADDED),
    "an empty list": ("repos: []  # none\nfail_fast: true\n", f"repos:  # none\n{ADDED}fail_fast: true\n"),
    "a list to come": placed("repos:  # none\n", "fail_fast: true\n"),
    "the last key": placed("fail_fast: true\nrepos:\n" + OTHER),
    "not the last key": placed("repos:\n" + OTHER, "\nfail_fast: true\n"),
    "a comment of the last repository": placed(
        "repos:\n" + OTHER + "      # - id: another\n", "  # - repo: no\n# end\n"
    ),
    "comments behind and between": placed("repos:\n" + OTHER.replace("\n", "  # c\n\n", 1) + OTHER, "\n# end\n"),
    "the end of a document": placed("---\nrepos:\n" + OTHER, "...\n"),
    "a repository in braces": placed("repos:\n  - {repo: a, hooks: [{id: b}]}  # c\n", "x: 1\n"),
    "a text in lines of its own": placed(
        "repos:\n" + OTHER + "        entry: |\n          a\n\n          b\n\n", "# c\n"
    ),
    "a text over two lines": placed("repos:\n" + OTHER + "        name: 'a\n\n          b'  # c\n", "# d\n"),
    "a key without a value": placed("repos:\n" + OTHER + "        args:  # c\n", "x: 1\n"),
    "an alias at the end": placed("x: &x {id: a}\nrepos:\n  - repo: b\n    hooks:\n      - *x\n", "# c\n"),
    "a byte order mark": placed("\ufeffrepos:\n" + OTHER, "x: 1\n"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_hooks_stand_behind_the_last_repository(name: str) -> None:
    text, expected = TEXTS[name]
    assert add_hooks(text, REMOTE) == expected
    assert add_hooks(expected, REMOTE) == expected


@st.composite
def laid_out(draw: st.DrawFn) -> str:
    """Draw a valid file in any of the usual layouts, with comments anywhere."""
    dash, inner = draw(st.sampled_from([0, 2, 4])), draw(st.sampled_from([0, 2, 4]))
    gap, inner_gap = draw(st.sampled_from([2, 4])), draw(st.sampled_from([2, 4]))
    item, hook = " " * dash + "-".ljust(gap), " " * (dash + gap + inner) + "-".ljust(inner_gap)
    lines = ["repos:"]
    for number in range(draw(st.integers(1, 3))):
        lines += [f"{item}repo: https://example.org/{number}", f"{' ' * len(item)}rev: v{number}"]
        if draw(st.booleans()):
            lines.append(f"{' ' * len(item)}hooks: [{{id: a}}, {{id: b}}]")
            continue
        lines.append(f"{' ' * len(item)}hooks:")
        for name in draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=3)):
            lines.append(f"{hook}id: {name}")
            values = ["args: [--a, b]", "args:", "name: 'it''s'", 'entry: "a\\n#"', "entry: a#b c", "files: ^(a|b)$"]
            lines += [f"{' ' * len(hook)}{value}" for value in draw(st.lists(st.sampled_from(values), max_size=1))]
    before = draw(st.lists(st.sampled_from(["fail_fast: true", "# top", ""]), max_size=2, unique=True))
    after = draw(
        st.lists(st.sampled_from(["ci: {autofix: false}", "default_stages:\n- manual"]), max_size=2, unique=True)
    )
    noise = st.sampled_from(["", "", "", "# at the left", " # one in", "      # far in"])
    text = ""
    for line in [*before, *lines, *after]:
        text += line + draw(st.sampled_from(["", "", " # c", "  "])) * bool(line) + "\n"
        text += "".join(f"{extra}\n" for extra in draw(st.lists(noise, max_size=2)))
    text = text if draw(st.booleans()) else text.removesuffix("\n")
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


@given(text=laid_out(), source=st.sampled_from([REMOTE, IN_THE_CONFIG]))
def test_every_other_character_stays_in_any_layout(text: str, source: Source) -> None:
    result = add_hooks(text, source)
    old, new = yaml.safe_load(text), yaml.safe_load(result)
    assert new == old | {"repos": [*old["repos"], entry(source)]}
    added = len(result) - len(text)
    assert any(result[:at] + result[at + added :] == text for at in range(len(text) + 1))
    assert set(LINE_BREAK.findall(result)) == set(LINE_BREAK.findall(text))
    assert add_hooks(result, source) == result


@pytest.mark.parametrize(
    ("dash", "gap", "inner", "inner_gap"), [(0, 4, 0, 4), (0, 2, 0, 2), (0, 2, 2, 2), (2, 2, 2, 2), (4, 2, 4, 4)]
)
def test_the_layout_is_that_of_the_other_repositories(dash: int, gap: int, inner: int, inner_gap: int) -> None:
    def repository(name: str, rev: str, *ids: str) -> str:
        margin = " " * (dash + gap)
        lines = [f"{' ' * dash}{'-'.ljust(gap)}repo: {name}", f"{margin}rev: {rev}", f"{margin}hooks:"]
        return "\n".join([*lines, *(f"{margin}{' ' * inner}{'-'.ljust(inner_gap)}id: {id_}" for id_ in ids)]) + "\n"

    text = "repos:\n" + repository("a", "b", "c")
    assert add_hooks(text, REMOTE) == text + repository(*REMOTE, "scoregen-check", "scoregen-sync")  # type: ignore[arg-type]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_are_those_of_the_file(newline: str) -> None:
    text = f"repos:\n{OTHER}# c\n".replace("\n", newline)
    assert add_hooks(text, REMOTE) == f"repos:\n{OTHER}{ADDED}# c\n".replace("\n", newline)
    assert add_hooks(f"repos:\n{OTHER}".replace("\n", newline)[: -len(newline)], REMOTE).endswith(newline)


@pytest.mark.parametrize(
    "repository",
    ["https://example.org/scoregen.git\n    rev: v0.9.0", "https://example.org/a_fork\n    rev: v0.9.0", "local"],
)
def test_a_repository_with_one_hook_is_given_the_other(repository: str) -> None:
    text = f"repos:\n  - repo: {repository}\n    hooks:\n      - id: scoregen-sync  # c\n{OTHER}"
    result = add_hooks(text, REMOTE)
    repos = yaml.safe_load(result)["repos"]
    ids = [[hook["id"] for hook in repo["hooks"]] for repo in repos]
    assert ids == [["scoregen-sync", "scoregen-check"], ["other"]]
    assert ("entry" in repos[0]["hooks"][1]) == (repository == "local")
    assert result.startswith(text[: text.index("  # c\n") + 6]) and result.endswith(OTHER)
    assert add_hooks(result, REMOTE) == add_hooks(result, IN_THE_CONFIG) == result


def test_a_repository_of_ours_without_hooks_is_given_them() -> None:
    text = f"repos:\n{ADDED}".replace("      - id: scoregen-check\n      - id: scoregen-sync\n", "")
    assert add_hooks(text, REMOTE) == f"repos:\n{ADDED}"


def test_hooks_in_several_repositories_are_all_there() -> None:
    text = "repos:\n- {repo: a, hooks: [{id: scoregen-sync}]}\n- {repo: b, hooks: [{id: scoregen-check}]}\n"
    assert add_hooks(text, REMOTE) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("repos: [{repo: a, hooks: [{id: b}]}]\n", "1:8: `repos` is not a list with a line for each item"),
        ("x: 1\nrepos: [ # c\n]\n", "2:8: `repos` is not a list with a line for each item"),
        ("repos: {}\n", "1:8: `repos` is not a list with a line for each item"),
        ("repos: text\n", "1:8: `repos` is not a list with a line for each item"),
        ("repos: null\n", "1:8: `repos` is not a list with a line for each item"),
        ("{repos: []}\n", "1:1: it is written in braces"),
        ("- repo: a\n", "1:1: this is not a mapping with a key `repos`"),
        ("text\n", "1:1: this is not a mapping with a key `repos`"),
        ("repos:\n- repo: a\n repo: b\n", "3:2: not valid YAML: while parsing a block mapping, did not find"),
        ("repos: []\n---\nrepos: []\n", "2:1: a second document begins here: keep one"),
        ("repos: []\nx: !mine 1\n", "2:4: not valid YAML: could not determine a constructor for the tag '!mine'"),
        ("repos: []\nx: 2020-99-99\n", "2:4: '2020-99-99' cannot be read as timestamp"),
        ("repos: []\nx: \x07\n", "2:4: not valid YAML: the character '\\x07' is not allowed in it"),
        ("x: " + "[" * 500, "1:54: nested deeper than 50 levels"),
        ("repos: []\nrepos:\n" + OTHER, "2:1: given twice: keep one of them"),
        ("x: &x [{id: scoregen-sync}]\nrepos:\n- {repo: a, hooks: *x}\n", "1:4: `hooks` is not a list with a line for each"),
        ("x: &x\n- id: scoregen-sync\nrepos:\n- repo: a\n  hooks: *x\n", "1:1: it is written in a way in which nothing"),
        ("repos:\n- repo: a\n  hooks:\n  - entry: |\n      b", "1:1: it is written in a way in which nothing"),
        ("---\nfail_fast: true\n...\n# c\n", ""),
    ],
    ids=lambda text: ascii(text)[:50],
)  # fmt: skip
def test_what_cannot_be_done_safely_is_refused(text: str, message: str) -> None:
    if not message:
        assert yaml.safe_load(add_hooks(text, REMOTE))["repos"] == [entry(REMOTE)]
        return
    with pytest.raises(RefusedError) as caught:
        add_hooks(text, REMOTE)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "source", [REMOTE, IN_THE_CONFIG, Source("/a b/é: #'", "0123456789")], ids=lambda source: source.repo
)
def test_the_snippet_is_what_is_wanted(source: Source) -> None:
    assert yaml.safe_load("repos:\n" + snippet(source)) == {"repos": [entry(source)]}
    assert add_hooks("", source) == "repos:\n" + snippet(source)


def test_local_hooks_are_those_of_the_repository_but_run_what_is_installed() -> None:
    local: list[dict[str, Any]] = entry(IN_THE_CONFIG)["hooks"]
    assert {hook["language"] for hook in local} == {"system"}
    assert [hook | {"language": "python"} for hook in local] == list(hooks())
    assert [hook["entry"] for hook in local] == ["scoregen check", "scoregen sync"]
