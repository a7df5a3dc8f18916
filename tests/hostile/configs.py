"""Configs, conda files and pre-commit configs that are as large, as deep or as repetitive as they can be."""

from __future__ import annotations

import functools
from collections.abc import Callable

from generator.files.read import LARGEST

LARGEST_CONFIG = 8_000_000
_MODULE = "module: Score SVD Recommender\n"
_VOWPAL = "module: Score Vowpal Wabbit Model\nparameters:\n  additional_command_line_arguments: "
_CONDA = "name: e\nchannels: [conda-forge]\ndependencies:\n- python=3.8\n- pip:\n  - azureml-designer-serving==0.0.13\n"


def _numbered(text: str, number: int) -> str:
    return "".join(text.replace("#", str(count)) for count in range(number))


def _bomb(text: str, levels: int = 20) -> str:
    """Return a mapping whose last value holds a text a billion times over."""
    first = f"a0: &a0 {text}\n"
    return first + "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(levels))


def _merge_bomb(levels: int = 20) -> str:
    first = "a0: &a0 {k: v}\n"
    return first + "".join(f"a{n + 1}: &a{n + 1} {{<<: [{', '.join([f'*a{n}'] * 10)}]}}\n" for n in range(levels))


def _any_yaml(largest: int) -> dict[str, Callable[[], str | bytes]]:
    """Return what is hostile whatever the YAML is for, most of it hardly smaller than the largest file."""
    room = largest - 100

    def filled(text: str) -> str:
        return text * (room // len(text))

    return {
        "aliases that double": lambda: _bomb("lol"),
        "merges that double": _merge_bomb,
        "an alias to itself": lambda: "a: &a [*a]\n",
        "a merge of itself": lambda: "a: &a {<<: *a}\n",
        "10,000 brackets": lambda: "a: " + "[" * 10_000 + "]" * 10_000 + "\n",
        "10,000 braces": lambda: "a: " + "{a: " * 10_000 + "}" * 10_000 + "\n",
        "10,000 indentations": lambda: "".join(" " * level + "a:\n" for level in range(1_900)),
        "10,000 dashes": lambda: "- " * 10_000 + "a\n",
        "a mapping of question marks": lambda: "? " * 10_000 + "a\n",
        "newlines": lambda: filled("\n"),
        "comments": lambda: filled("#\n"),
        "one key": lambda: filled("a") + ": 1\n",
        "a key beyond 1024 characters": lambda: "? " + filled("a") + "\n: 1\n",
        "one value": lambda: "module: " + filled("a") + "\n",
        "one quoted value": lambda: 'module: "' + filled("\\u00e9") + '"\n',
        "one folded value": lambda: "module: >\n" + filled(" a\n"),
        "one value of many lines": lambda: "module: 'a" + filled("\n") + "'\n",
        "a long number": lambda: "module: " + filled("9") + "\n",
        "a long number of base 60": lambda: "module: " + filled("1:1") + "\n",
        "a long date": lambda: "module: 2001-01-01 " + filled(" ") + "1\n",
        "a date of blanks": lambda: "module: 2001-01-01 " + " " * 99_000 + "1\n",
        "a number of many signs": lambda: "module: " + "1_" * 49_000 + "\n",
        "dates": lambda: "module: [" + "2001-12-14t21:59:43.10-05:00," * 9_900 + "]\n",
        "one tag": lambda: "module: !" + filled("a") + " b\n",
        "tag directives": lambda: "".join(f"%TAG !a{n}! a\n" for n in range(90_000)) + "---\na: 1\n",
        "anchors": lambda: _numbered("a#: &a# 1\n", 100_000),
        "a long anchor": lambda: "a: &" + filled("a") + " 1\n",
        "100,000 keys": lambda: _numbered("a#: 1\n", 100_000),
        "990 keys": lambda: _numbered("a#: 1\n", 990),
        "one key again and again": lambda: filled("a: 1\n"),
        "one key 990 times": lambda: "a: 1\n" * 990,
        "keys that are no text": lambda: _numbered("#: 1\n", 9_000),
        "990 keys that are no text": lambda: _numbered("#: 1\n", 990),
        "empty items": lambda: filled("-\n"),
        "many documents": lambda: filled("---\n"),
        "merges": lambda: "a: &a {" + _numbered("k#: 1,", 100) + "}\nb:\n" + "  <<: *a\n" * 190,
        "a merge of many": lambda: "b:\n  <<: [" + _numbered("{k#: 1},", 6_000) + "]\n",
        "tabs": lambda: "a:\n" + filled("\t") + "b\n",
        "nul bytes": lambda: b"\0" * room,
        "noise": lambda: bytes(range(256)) * (room // 256),
        "a byte that is no UTF-8 at the end": lambda: filled("#\n").encode() + b"\xff",
        "UTF-16": lambda: "module: Score Model\n".encode("utf-16") * (room // 42),
        "too large": lambda: "#" * (largest + 1),
        "an unfinished quote": lambda: "module: '" + filled("\n\n"),
        "an unfinished bracket": lambda: "module: [" + filled("a,\n"),
    }


def _of_thousands_of_scripts() -> dict[str, Callable[[], str | bytes]]:
    """Return configs with as many scripts and values as a config may have, none of them without an error."""
    here = "output: a#/a.py"
    blocks = {
        "nothing but errors": (
            "{module: Score SVD Recommender, output: '', mode: x, endpoint: y, parameters: {a: 1, b: 2}, "
            "datasets: {c: 1}, response: {d: 1}, conda: {e: 1}, deployment: {f: 1}}",
            2_400,
        ),
        "values of other types": (
            "{module: Score Model, parameters: [1, 2, 3, 4, 5], datasets: [1, 2, 3, 4], mode: 1, conda: 1}",
            3_500,
        ),
        "unknown keys": ("{" + ", ".join(f"k{number}: 1" for number in range(6)) + "}", 5_500),
        "unknown parameters": (
            f"{{module: Score SVD Recommender, {here}, "
            f"parameters: {{{', '.join(f'prediction_kin{number}: 1' for number in range(3))}}}}}",
            5_300,
        ),
        "unknown modules": ("{module: '" + "Score Model " * 16 + "#'}", 9_990),
        "keys given twice": (
            "{module: Score Model, module: Score Model, output: a, output: a, mode: a, mode: a}",
            5_500,
        ),
        "keys that are no text": ("{1: 1, 2: 2, 3: 3}", 9_990),
        "wrong deployments": (
            f"{{module: Score Model, {here}, deployment: {{endpoint: '-', model: b, c: 1, d: 1}}}}",
            4_900,
        ),
        "long texts": ("{module: '" + "Score Model" * 30 + "#', output: '" + "a/" * 190 + "'}", 5_800),
        "lists": ("[" + "{}, " * 13 + "]", 5_300),
        "lists in lists": ("[" * 13 + "]" * 13, 5_300),
    }
    last_is_wrong = {
        "packages": (
            f"{{module: Score Model, {here}, conda: {{packages: [{', '.join(f'a{n}==1.#' for n in range(5))}]}}}}",
            5_300,
        ),
        "command lines": (
            f"{{module: Score Vowpal Wabbit Model, {here}, parameters: {{vw_arguments: '{'--l2 1 ' * 90}'}}}}",
            4_900,
        ),
        "scripts with warnings": (
            f"{{module: Score SVD Recommender, {here}, parameters: {{prediction_kind: Rating Prediction, "
            "recommended_item_selection: FromUnratedItems, max_recommended_item_count: 7, return_ratings: true}, "
            "datasets: {training_data: {path: a.csv}}}",
            3_500,
        ),
    }
    return {
        **{name: functools.partial(_scripts, block, number) for name, (block, number) in blocks.items()},
        **{
            f"{name}, and an error at the end": functools.partial(_scripts, block, number, "- 1\n")
            for name, (block, number) in last_is_wrong.items()
        },
        "100,000 scripts": functools.partial(_scripts, "{module: Score Model, output: a#.py}", 100_000),
        "scripts by merges, and an error at the end": lambda: (
            "scripts:\n- &a {module: Score Model, conda: {}}\n"
            + _numbered("- {<<: *a, output: a#.py}\n", 9_300)
            + "- 1\n"
        ),
        "one text again and again": lambda: f"module: &a {'a' * 99_000}\nscripts: [{'*a, ' * 9_000}]\n",
        "mistakes far inside": lambda: "a: " + f"{{{'k' * 60}: " * 45 + "[" + "{1: 1}," * 9_990 + "]" + "}" * 45 + "\n",
    }


def _scripts(block: str, number: int, last: str = "") -> str:
    return "scripts:\n" + _numbered(f"- {block}\n", number) + last


CONFIGS: dict[str, Callable[[], str | bytes]] = {
    **_any_yaml(LARGEST_CONFIG),
    "unknown keys beside a module": lambda: _MODULE + _numbered("a#: 1\n", 990),
    "keys near a key": lambda: _MODULE + _numbered("parameter#: 1\n", 990),
    "unknown parameters": lambda: _MODULE + "parameters:\n" + _numbered("  prediction_kin#: 1\n", 990),
    "long unknown parameters": lambda: _MODULE + "parameters:\n" + _numbered(f"  {'a' * 190}#: 1\n", 990),
    "one long parameter": lambda: _MODULE + "parameters:\n  ? " + "prediction kind " * 6_000 + "\n  : 1\n",
    "one long option": lambda: _MODULE + "parameters:\n  prediction_kind: " + "Rating " * 14_000 + "\n",
    "labels with blanks": lambda: _MODULE + "parameters:\n  ? Recommender" + " " * 99_000 + "x\n  : 1\n",
    "a list as a parameter": lambda: _MODULE + "parameters:\n  prediction_kind: [" + "a," * 9_900 + "]\n",
    "unknown datasets": lambda: _MODULE + "datasets:\n" + _numbered("  a#: {path: b}\n", 990),
    "a long path": lambda: _MODULE + f"datasets:\n  training_data: {{path: {'a/' * 49_000}b}}\n",
    "a path of dots": lambda: _MODULE + f"output: {'../' * 33_000}score.py\n",
    "a long output": lambda: _MODULE + f"output: {'a' * 99_000}.py\n",
    "odd outputs": lambda: "scripts:\n" + _numbered('- {module: Score Model, output: "a\\n#\\e\\u202e.py"}\n', 300),
    **_of_thousands_of_scripts(),
    "1,000 scripts": lambda: "scripts:\n" + _numbered("- {module: Score Model, output: a#.py}\n", 1_000),
    "300 whole scripts": lambda: (
        "scripts:\n"
        + _numbered(
            "- {module: Score SVD Recommender, output: a#.py, parameters: {prediction_kind: Item Recommendation, "
            "recommended_item_selection: FromUnratedItems}, datasets: {training_data: {path: a.csv}}, conda: {}}\n",
            300,
        )
    ),
    "scripts of one output": lambda: "scripts:\n" + "- {module: Score Model}\n" * 6_000,
    "scripts by aliases": lambda: "scripts:\n- &a {module: Score Model}\n" + "- *a\n" * 6_000,
    "scripts of no module": lambda: "scripts:\n" + _numbered("- {module: a#, output: a#.py}\n", 4_900),
    "rewrites of no script": lambda: (
        "scripts:\n" + _numbered("- {module: Score Model, mode: rewrite, output: a#.py}\n", 900)
    ),
    "a command line of spaces": lambda: _VOWPAL + "'--" + " " * 99_000 + "x'\n",
    "a command line of dashes": lambda: _VOWPAL + "'" + "-" * 99_000 + "'\n",
    "a command line of options": lambda: _VOWPAL + "'" + "--a " * 24_000 + "'\n",
    "a command line of known options": lambda: _VOWPAL + "'" + "--l2 1 " * 14_000 + "'\n",
    "a command line of different options": lambda: _VOWPAL + "'" + _numbered("--lnik# ", 7_000) + "'\n",
    "a command line of quotes": lambda: _VOWPAL + '"' + "'\\\"" * 33_000 + '"\n',
    "a command line of backslashes": lambda: _VOWPAL + "'" + "\\" * 99_000 + "'\n",
    "a command line of equals signs": lambda: _VOWPAL + "'--a" + "=" * 99_000 + "'\n",
    "a deployment of unknown keys": lambda: _MODULE + "deployment:\n" + _numbered("  instance_typ#: 1\n", 990),
    "a deployment of tags": lambda: _MODULE + "deployment: {endpoint: abc, tags: {" + _numbered("a#: b,", 990) + "}}\n",
    "a deployment of variables": lambda: (
        _MODULE + "deployment: {endpoint: abc, environment_variables: {" + _numbered("A#: b,", 990) + "}}\n"
    ),
    "a long endpoint": lambda: _MODULE + "deployment: {endpoint: " + "a-" * 49_000 + "}\n",
    "a long model": lambda: _MODULE + "deployment: {endpoint: abc, model: 'azureml:" + "a:" * 49_000 + "'}\n",
    "140 deployments": lambda: (
        "scripts:\n"
        + _numbered("- {module: Score Model, output: a#.py, deployment: {endpoint: abc#, model: 'azureml:a:1'}}\n", 140)
    ),
    "conda packages": lambda: _MODULE + "conda: {packages: {" + _numbered("a#: '1',", 990) + "}}\n",
    "conda of unknown keys": lambda: _MODULE + "conda:\n" + _numbered("  a#: 1\n", 990),
    "a batch of everything": lambda: (
        _MODULE + "batch: {" + _numbered("a#: 1,", 990) + "}\nresponse: {" + _numbered("a#: 1,", 900) + "}\n"
    ),
}


def _with_mark(made: Callable[[], str | bytes]) -> bytes:
    """Return a file that names a package of the designer's, so that it is looked into."""
    content = made()
    return (content.encode() if isinstance(content, str) else content) + b"\n# azureml-designer-serving\n"


def _required(text: str) -> str:
    """Return a conda file that requires a text, of conda once and of pip again and again."""
    return _CONDA.replace("- pip:", f"- '{text}'\n- pip:") + f"  - '{text}'\n" * 500


CONDA: dict[str, Callable[[], str | bytes]] = {
    **{name: functools.partial(_with_mark, made) for name, made in _any_yaml(LARGEST - 100).items()},
    "100,000 pins": lambda: _CONDA + _numbered("  - a#==1\n", 100_000),
    "9,900 pins": lambda: _CONDA + _numbered("  - a#==1\n", 9_900),
    "9,900 requirements without versions": lambda: _CONDA + _numbered("  - a#\n", 9_900),
    "one package 9,900 times": lambda: _CONDA + "  - pandas==1.2\n" * 9_900,
    "9,900 wrong requirements": lambda: _CONDA + _numbered("  - a#=1\n", 9_900),
    "9,900 wrong conda requirements": lambda: _CONDA.replace("- pip:", _numbered("- a# ==,\n", 9_900) + "- pip:"),
    "9,900 unpinned conda requirements": lambda: _CONDA.replace("- pip:", _numbered("- a#>1\n", 9_900) + "- pip:"),
    "9,900 lines of the serving package": lambda: _CONDA + "  - azureml-designer-serving\n" * 9_900,
    "pip lists": lambda: _CONDA + "- pip: [a]\n" * 6_000,
    "mappings": lambda: _CONDA + "- {a: b}\n" * 6_000,
    "ignore comments": lambda: _CONDA + "  - pandas==1.2 #" + " scoregen: ignore[" * 100_000 + "\n",
    **{
        f"requirement {name}": functools.partial(_required, text)
        for name, text in {
            "of dots": "a" + "." * 1_998,
            "of dots and letters": "a." * 999 + "!",
            "of blanks": "a" + " " * 1_990 + "!",
            "of brackets": "a" + "[" * 1_990,
            "of clauses": "a" + ">=1," * 490,
            "of equals signs": "a" + "=" * 1_990,
            "of alternatives": "a " + "1|" * 990,
            "of digits": "a==" + "1" * 1_990,
            "of numbers": "a==" + "1." * 990,
            "of hashes": "a" + " #" * 990,
            "of colons": "a:" * 990,
            "of dashes": "a-1" + "-1" * 990 + ".whl",
            "of slashes": "/a-1" * 490 + ".whl",
            "of a wheel": "a" * 900 + "-1" + "-b" * 500 + ".wh",
            "of an address": "https://a/" + "a-1" * 600 + ".tar.g",
            "of eggs": "-e " + "#egg=a" * 300 + "-",
            "of builds": "a =1" + "1" * 900 + "=" + "b" * 900 + " ",
            "of words": "a " + "1 " * 990,
            "of options": "a==1 " + "--b " * 490,
        }.items()
    },
}


HOOKS: dict[str, Callable[[], str | bytes]] = {
    **_any_yaml(LARGEST),
    "aliases that double beside repos": lambda: _bomb("lol") + "repos: []\n",
    "aliases that double in a list": lambda: "repos:\n- repo: local\n  hooks: []\n" + _bomb("lol"),
    "merges that double beside repos": lambda: _merge_bomb() + "repos: []\n",
    "repositories": lambda: "repos:\n" + _numbered("- repo: https://a/#\n  rev: a\n  hooks:\n  - id: b\n", 30_000),
    "3,000 repositories": lambda: "repos:\n" + _numbered("- repo: https://a/#\n  rev: a\n  hooks:\n  - id: b\n", 3_000),
    "hooks": lambda: "repos:\n- repo: local\n  hooks:\n" + _numbered("  - id: b#\n", 90_000),
    "comments behind": lambda: "repos:\n- repo: local\n  hooks: []\n" + "  #\n" * 450_000,
    "a comment of blanks behind": lambda: "repos:\n- repo: local\n  hooks: []\n" + " " * 1_900_000 + "x\n",
    "empty lines behind": lambda: "repos:\n- repo: local\n  hooks: []\n" + "\n" * 1_900_000,
    "a list in one line": lambda: "repos: [" + "{repo: a, hooks: []}," * 90_000 + "]\n",
}
