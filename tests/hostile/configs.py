"""Configs, conda files and pre-commit configs that are as large, as deep or as repetitive as they can be."""

from __future__ import annotations

import functools
from collections.abc import Callable

from generator.files import LARGEST

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


def _any_yaml() -> dict[str, Callable[[], str | bytes]]:
    """Return what is hostile whatever the YAML is for."""
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
        "newlines": lambda: "\n" * (LARGEST - 100),
        "comments": lambda: "#\n" * 900_000,
        "one key": lambda: "a" * (LARGEST - 100) + ": 1\n",
        "a key beyond 1024 characters": lambda: "? " + "a" * (LARGEST - 100) + "\n: 1\n",
        "one value": lambda: "module: " + "a" * (LARGEST - 100) + "\n",
        "one quoted value": lambda: 'module: "' + "\\u00e9" * 300_000 + '"\n',
        "one folded value": lambda: "module: >\n" + " a\n" * 600_000,
        "one value of many lines": lambda: "module: 'a" + "\n" * (LARGEST - 100) + "'\n",
        "a long number": lambda: "module: " + "9" * (LARGEST - 100) + "\n",
        "a long number of base 60": lambda: "module: " + "1:1" * 600_000 + "\n",
        "a long date": lambda: "module: 2001-01-01 " + " " * 1_900_000 + "1\n",
        "dates": lambda: "module: [" + "2001-12-14t21:59:43.10-05:00," * 19_000 + "]\n",
        "one tag": lambda: "module: !" + "a" * (LARGEST - 100) + " b\n",
        "tag directives": lambda: "".join(f"%TAG !a{n}! a\n" for n in range(90_000)) + "---\na: 1\n",
        "anchors": lambda: _numbered("a#: &a# 1\n", 100_000),
        "a long anchor": lambda: "a: &" + "a" * (LARGEST - 100) + " 1\n",
        "100,000 keys": lambda: _numbered("a#: 1\n", 100_000),
        "9,000 keys": lambda: _numbered("a#: 1\n", 9_000),
        "one key again and again": lambda: "a: 1\n" * 200_000,
        "one key 9,000 times": lambda: "a: 1\n" * 9_000,
        "keys that are no text": lambda: _numbered("#: 1\n", 9_000),
        "empty items": lambda: "-\n" * 600_000,
        "many documents": lambda: "---\n" * 400_000,
        "merges": lambda: "a: &a {" + _numbered("k#: 1,", 100) + "}\nb:\n" + "  <<: *a\n" * 190,
        "a merge of many": lambda: "b:\n  <<: [" + _numbered("{k#: 1},", 6_000) + "]\n",
        "tabs": lambda: "a:\n" + "\t" * 1_900_000 + "b\n",
        "nul bytes": lambda: b"\0" * 1_900_000,
        "noise": lambda: bytes(range(256)) * 7_000,
        "a byte that is no UTF-8 at the end": lambda: b"#\n" * 900_000 + b"\xff",
        "UTF-16": lambda: "module: Score Model\n".encode("utf-16") * 40_000,
        "too large": lambda: "#" * (LARGEST + 1),
        "an unfinished quote": lambda: "module: '" + "\n\n" * 900_000,
        "an unfinished bracket": lambda: "module: [" + "a,\n" * 600_000,
    }


CONFIGS: dict[str, Callable[[], str | bytes]] = {
    **_any_yaml(),
    "unknown keys beside a module": lambda: _MODULE + _numbered("a#: 1\n", 9_900),
    "keys near a key": lambda: _MODULE + _numbered("parameter#: 1\n", 9_900),
    "unknown parameters": lambda: _MODULE + "parameters:\n" + _numbered("  prediction_kin#: 1\n", 9_900),
    "long unknown parameters": lambda: _MODULE + "parameters:\n" + _numbered(f"  {'a' * 190}#: 1\n", 9_900),
    "one long parameter": lambda: _MODULE + "parameters:\n  ? " + "prediction kind " * 120_000 + "\n  : 1\n",
    "one long option": lambda: _MODULE + "parameters:\n  prediction_kind: " + "Rating " * 280_000 + "\n",
    "labels with blanks": lambda: _MODULE + "parameters:\n  ? Recommender" + " " * 1_900_000 + "x\n  : 1\n",
    "a list as a parameter": lambda: _MODULE + "parameters:\n  prediction_kind: [" + "a," * 19_000 + "]\n",
    "unknown datasets": lambda: _MODULE + "datasets:\n" + _numbered("  a#: {path: b}\n", 4_900),
    "a long path": lambda: _MODULE + f"datasets:\n  training_data: {{path: {'a/' * 900_000}b}}\n",
    "a path of dots": lambda: _MODULE + f"output: {'../' * 600_000}score.py\n",
    "a long output": lambda: _MODULE + f"output: {'a' * 1_900_000}.py\n",
    "odd outputs": lambda: "scripts:\n" + _numbered('- {module: Score Model, output: "a\\n#\\e\\u202e.py"}\n', 300),
    "900 scripts": lambda: "scripts:\n" + _numbered("- {module: Score Model, output: a#.py}\n", 900),
    "5,000 scripts": lambda: "scripts:\n" + _numbered("- {module: Score Model, output: a#.py}\n", 5_000),
    "300 whole scripts": lambda: (
        "scripts:\n"
        + _numbered(
            "- {module: Score SVD Recommender, output: a#/score.py, parameters: {prediction_kind: Item Recommendation, "
            "recommended_item_selection: FromUnratedItems}, datasets: {training_data: {path: a.csv}}, conda: {}}\n",
            300,
        )
    ),
    "scripts of one output": lambda: "scripts:\n" + "- {module: Score Model}\n" * 6_000,
    "scripts by aliases": lambda: "scripts:\n- &a {module: Score Model}\n" + "- *a\n" * 6_000,
    "scripts of no module": lambda: "scripts:\n" + _numbered("- {module: a#, output: a#.py}\n", 4_900),
    "scripts that are wrong": lambda: (
        "scripts:\n" + _numbered("- {module: Score Model, parameters: {a: 1, b: 2}}\n", 2_400)
    ),
    "rewrites of no script": lambda: (
        "scripts:\n" + _numbered("- {module: Score Model, mode: rewrite, output: a#.py}\n", 900)
    ),
    "a command line of spaces": lambda: _VOWPAL + "'--" + " " * 1_900_000 + "x'\n",
    "a command line of dashes": lambda: _VOWPAL + "'" + "-" * 1_900_000 + "'\n",
    "a command line of options": lambda: _VOWPAL + "'" + "--a " * 470_000 + "'\n",
    "a command line of known options": lambda: _VOWPAL + "'" + "--l2 1 " * 270_000 + "'\n",
    "a command line of different options": lambda: _VOWPAL + "'" + _numbered("--lnik# ", 170_000) + "'\n",
    "a command line of quotes": lambda: _VOWPAL + '"' + "'\\\"" * 600_000 + '"\n',
    "a command line of backslashes": lambda: _VOWPAL + "'" + "\\" * 1_900_000 + "'\n",
    "a command line of equals signs": lambda: _VOWPAL + "'--a" + "=" * 1_900_000 + "'\n",
    "a deployment of unknown keys": lambda: _MODULE + "deployment:\n" + _numbered("  instance_typ#: 1\n", 9_900),
    "a deployment of tags": lambda: (
        _MODULE + "deployment: {endpoint: abc, tags: {" + _numbered("a#: b,", 9_000) + "}}\n"
    ),
    "a deployment of variables": lambda: (
        _MODULE + "deployment: {endpoint: abc, environment_variables: {" + _numbered("A#: b,", 9_000) + "}}\n"
    ),
    "a long endpoint": lambda: _MODULE + "deployment: {endpoint: " + "a-" * 900_000 + "}\n",
    "a long model": lambda: _MODULE + "deployment: {endpoint: abc, model: 'azureml:" + "a:" * 900_000 + "'}\n",
    "900 deployments": lambda: (
        "scripts:\n" + _numbered("- {module: Score Model, output: a#/a.py, deployment: {endpoint: a#}}\n", 900)
    ),
    "conda packages": lambda: _MODULE + "conda: {packages: {" + _numbered("a#: '1',", 9_000) + "}}\n",
    "conda of unknown keys": lambda: _MODULE + "conda:\n" + _numbered("  a#: 1\n", 9_900),
    "a batch of everything": lambda: (
        _MODULE + "batch: {" + _numbered("a#: 1,", 9_000) + "}\nresponse: {" + _numbered("a#: 1,", 900) + "}\n"
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
    **{name: functools.partial(_with_mark, made) for name, made in _any_yaml().items()},
    "100,000 pins": lambda: _CONDA + _numbered("  - a#==1\n", 100_000),
    "19,000 pins": lambda: _CONDA + _numbered("  - a#==1\n", 19_000),
    "19,000 requirements without versions": lambda: _CONDA + _numbered("  - a#\n", 19_000),
    "one package 19,000 times": lambda: _CONDA + "  - pandas==1.2\n" * 19_000,
    "19,000 wrong requirements": lambda: _CONDA + _numbered("  - a#=1\n", 19_000),
    "19,000 wrong conda requirements": lambda: _CONDA.replace("- pip:", _numbered("- a# ==,\n", 19_000) + "- pip:"),
    "19,000 unpinned conda requirements": lambda: _CONDA.replace("- pip:", _numbered("- a#>1\n", 19_000) + "- pip:"),
    "19,000 lines of the serving package": lambda: _CONDA + "  - azureml-designer-serving\n" * 19_000,
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
    **_any_yaml(),
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
