"""Scripts that are as large, as deep or as repetitive as a script can be, most of them with a scoring call."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator import generate
from generator.files.read import LARGEST

SCRIPT = generate({"module": "score_svd_recommender"})
KIND = "prediction_kind=RecommenderPredictionKind.RatingPrediction"
_WORD = re.compile(r"\w+|[^\w\s]")
_MOST_WORDS = 95_000
_TOP = "def init():"
_CALL = "    (result,) ="
_LEARNER = "learner=model,"


def at_top(text: str) -> str:
    """Return the script with a text before its functions."""
    return SCRIPT.replace(_TOP, f"{text}\n\n\n{_TOP}", 1)


def in_run(text: str) -> str:
    """Return the script with lines before the scoring call."""
    return SCRIPT.replace(_CALL, f"{text}\n{_CALL}", 1)


def in_call(text: str) -> str:
    """Return the script with arguments behind those of the call."""
    return SCRIPT.replace(_LEARNER, f"{_LEARNER} {text}", 1)


def as_kind(text: str) -> str:
    """Return the script with an expression as the value of an option."""
    assert KIND in SCRIPT
    return SCRIPT.replace(KIND, f"prediction_kind={text}", 1)


def filled(text: str, room: int = LARGEST - 10_000) -> str:
    """Return a text as often as there is room for it, and as a script may have words; ``#`` in it is the number."""
    number = min(room // len(text.replace("#", "123456")), _MOST_WORDS // len(_WORD.findall(text.replace("#", "1"))))
    return "".join(text.replace("#", str(count)) for count in range(number))


def _lines(text: str, number: int = 100_000, indent: str = "") -> str:
    return "\n".join(indent + text.replace("#", str(count)) for count in range(number))


def _nested(opening: str, levels: int) -> str:
    return "\n".join("    " * level + opening.replace("#", str(level)) for level in range(levels)) + (
        f"\n{'    ' * levels}pass"
    )


_CLASS = "ScoreSVDRecommenderModule"
_FINDING = f"    {_CLASS}().run(prediction_kin=RecommenderPredictionKind.A, a#=1)"

SCRIPTS: dict[str, Callable[[], str | bytes]] = {
    # nested
    "brackets": lambda: as_kind("[" * 190 + "]" * 190),
    "brackets without end": lambda: as_kind("(" * 100_000),
    "unary operators": lambda: as_kind("-" * 100_000 + "1"),
    "few unary operators": lambda: as_kind("-" * 1_000 + "1"),
    "not": lambda: as_kind("not " * 2_000 + "a"),
    "attributes": lambda: as_kind("a" + ".b" * 100_000),
    "few attributes": lambda: as_kind("a" + ".b" * 900),
    "calls of calls": lambda: as_kind("a" + "()" * 2_500),
    "subscripts": lambda: as_kind("a" + "[0]" * 2_500),
    "sum of texts": lambda: as_kind("+".join(["'a'"] * 2_500)),
    "sum of names": lambda: as_kind("+".join("a" * 2_500)),
    "long sum of names": lambda: as_kind("+".join("a" * 45_000)),
    "powers": lambda: as_kind("**".join("2" * 1_000)),
    "unions of dicts": lambda: in_call("**(" + "|".join(["{'a': 1}"] * 2_500) + ")"),
    "unpacked dicts": lambda: in_call("**" + "{**" * 90 + "{}" + "}" * 90),
    "lambdas": lambda: as_kind("lambda: " * 500 + "1"),
    "conditionals": lambda: as_kind("1 if a else " * 1_000 + "1"),
    "f-strings": lambda: as_kind('f"{' + "f'{" + "1" + "}'" + '}"'),
    "f-strings in brackets": lambda: as_kind('f"""{' + "(" * 50 + "f'{1}'" + ")" * 50 + '}"""'),
    "f-string of many parts": lambda: as_kind('f"' + "{a}" * 30_000 + '"'),
    "f-string of many parts behind a long text": lambda: as_kind('f"' + "a" * 1_500_000 + "{a}" * 30_000 + '"'),
    "ifs": lambda: at_top(_nested("if a:", 99)),
    "defs": lambda: at_top(_nested("def f#():", 99)),
    "classes": lambda: at_top(_nested("class C#:", 99)),
    "fors": lambda: at_top(_nested("for i# in a:", 20)),
    "elifs": lambda: at_top("if a:\n    pass\n" + "elif a:\n    pass\n" * 900),
    "many elifs": lambda: at_top("if a:\n    pass\n" + "elif a:\n    pass\n" * 20_000),
    "boolean chain": lambda: as_kind(" and ".join(["a"] * 45_000)),
    "comparison chain": lambda: as_kind("<".join("a" * 45_000)),
    "walrus": lambda: as_kind("(a := " * 90 + "1" + ")" * 90),
    "decorators": lambda: at_top("@a\n" * 50_000 + "def f(): pass"),
    # large
    "one long line of 2 MB": lambda: SCRIPT + "x=1;" * 445_000,
    "one long list of 2 MB": lambda: SCRIPT + "x = [" + "a," * 945_000 + "]",
    "assignments of 2 MB": lambda: at_top("a = 1\n" * 330_000),
    "one long line": lambda: SCRIPT + filled("x=1;"),
    "one long line of lists": lambda: SCRIPT + "x = [" + filled("1,") + "]\n",
    "one long list of names": lambda: SCRIPT + "x = [" + filled("a,") + "]\n",
    "one long line beyond ASCII": lambda: SCRIPT + "x = '" + "é" * 900_000 + "'; y = [" + "a, " * 30_000 + "]\n",
    "newlines": lambda: SCRIPT + "\n" * (LARGEST - 10_000),
    "carriage returns": lambda: SCRIPT + "\r" * (LARGEST - 10_000),
    "backslashes": lambda: SCRIPT + "x = 1" + "\\\n" * 900_000 + "\n",
    "newlines before the functions": lambda: at_top("\n" * (LARGEST - 10_000)),
    "newlines in the call": lambda: in_call("\n" * (LARGEST - 10_000)),
    "comments in the call": lambda: in_call("\n" + filled("# a\n")),
    "empty lines with blanks": lambda: at_top(" \n" * 900_000),
    "imports": lambda: _lines("import a#", 33_000) + "\n" + SCRIPT,
    "imports of one name": lambda: _lines("import a", 33_000) + "\n" + SCRIPT,
    "imports of the module": lambda: (
        SCRIPT + "from azureml.studio.modules.recommendation.score_svd_recommender import "
        "score_svd_recommender\n" + filled(f"import {_CLASS} as a#\n")
    ),
    "one import of many": lambda: SCRIPT + "from a import (" + filled("a#,") + ")\n",
    "star imports": lambda: filled("from a import *\n") + SCRIPT,
    "assignments": lambda: at_top(_lines("a# = #", 30_000)),
    "assignments to one name": lambda: at_top(filled("a = 1\n")),
    "assignments to the module": lambda: at_top(_lines("m = ScoreSVDRecommenderModule()", 30_000)).replace(
        "ScoreSVDRecommenderModule().run(", "m.run(", 1
    ),
    "assignments in the function": lambda: in_run(filled("    a = 1\n")),
    "targets": lambda: at_top("a = " * 45_000 + "1"),
    "unpacked targets": lambda: at_top("(" + filled("a#,", room=1_500_000) + ") = 1"),
    "names in a chain": lambda: at_top(_lines("a# = b#", 30_000) + "\nb0 = a1"),
    "names in a circle": lambda: in_call("**a0").replace(
        _TOP, "\n".join(f"a{n} = a{(n + 1) % 20_000}" for n in range(20_000)) + f"\n{_TOP}", 1
    ),
    "names in a circle of two": lambda: in_call("**a").replace(_TOP, f"a = b\nb = a\n{_TOP}", 1),
    "doubling dicts": lambda: in_call("**a30").replace(
        _TOP, "a0 = {}\n" + "\n".join(f"a{n + 1} = {{**a{n}, **a{n}}}" for n in range(30)) + f"\n{_TOP}", 1
    ),
    "doubling attributes": lambda: as_kind("a30").replace(
        _TOP, "\n".join(f"a{n + 1} = a{n}.b.c" for n in range(30)) + f"\n{_TOP}", 1
    ),
    "calls of the module": lambda: SCRIPT + "def other(x):\n" + filled(f"    {_CLASS}().run(a=x)\n"),
    "calls of run": lambda: SCRIPT + "def other(x):\n" + filled("    a.run()\n"),
    "calls of an attribute": lambda: SCRIPT + "def other(x):\n" + filled("    a.b.c.d.e.run()\n"),
    "keyword arguments": lambda: in_call(filled("a#=1,")),
    "one keyword argument repeated": lambda: in_call(filled("a=1,")),
    "keyword arguments nearly right": lambda: in_call(filled("prediction_kin#=1,")),
    "few keyword arguments": lambda: in_call("".join(f"prediction_kin{n}=1," for n in range(900))),
    "positional arguments": lambda: SCRIPT.replace(_LEARNER, filled("a,") + _LEARNER, 1),
    "few positional arguments": lambda: SCRIPT.replace(_LEARNER, "a," * 900 + _LEARNER, 1),
    "findings": lambda: (
        SCRIPT
        + "def other(x):\n"
        + _lines("for r in x:\n        for k, v in r.items():\n            c[k].append(v)", 4_000, "    ")
        + "\n"
    ),
    "findings on one line": lambda: (
        SCRIPT + "def other(x):\n    for r in x:\n        for k, v in r.items(): " + filled("c[k].append(v);") + "\n"
    ),
    "findings in many calls": lambda: SCRIPT + "def other(x):\n" + _lines(_FINDING, 20) + "\n",
    "huge dict": lambda: in_call("**{" + filled("'a#': 1,") + "}"),
    "huge dict elsewhere": lambda: at_top("x = {" + filled("'a#': 1,") + "}"),
    "huge dict spread": lambda: in_call("**{" + filled("**{'a': 1},") + "}"),
    "a dict filled": lambda: in_call("**p").replace(_CALL, "    p = {}\n" + filled("    p['a'] = 1\n") + _CALL, 1),
    "a dict used": lambda: in_call("**p").replace(_CALL, "    p = {}\n" + filled("    len(p)\n") + _CALL, 1),
    "a dict filled 900 times": lambda: in_call("**p").replace(
        _CALL, "    p = {}\n" + "    p['a'] = 1\n" * 900 + "    x = 1\n" * 30_000 + _CALL, 1
    ),
    "ignore comments": lambda: filled("# scoregen: ignore\n") + SCRIPT,
    "ignore comments on one line": lambda: as_kind("3, #" + " scoregen: ignore[" * 100_000 + "\n"),
    "ignored codes": lambda: as_kind("3, # scoregen: ignore[" + "SG101 , " * 200_000 + "]\n"),
    "blanks before ignore": lambda: as_kind("3, " + "#" * 900_000 + " " * 900_000 + "\n"),
    "one text": lambda: SCRIPT + f"x = '{'a' * (LARGEST - 10_000)}'\n",
    "one text as a value": lambda: as_kind(f"'{'a' * (LARGEST - 10_000)}'"),
    "one text as a key": lambda: in_call("**{'" + "a" * (LARGEST - 10_000) + "': 1}"),
    "one name": lambda: in_call("a" * (LARGEST - 10_000) + "=1"),
    "many texts as one value": lambda: as_kind(filled("'a' ")),
    "a huge number": lambda: as_kind("0x" + "f" * 1_900_000),
    "a huge decimal number": lambda: as_kind("9" * 1_900_000),
    "huge numbers": lambda: at_top(_lines("a# = 0x" + "f" * 3_000, 600)),
    "a huge list": lambda: as_kind("[" + filled("1,") + "]"),
    "a huge negative list": lambda: as_kind("[" + filled("-1,") + "]"),
    "comprehension": lambda: at_top("x = [1 " + "for a in b " * 45_000 + "]"),
    "globals": lambda: at_top("def f():\n    global " + filled("a#,", room=1_500_000) + "z"),
    "global statements": lambda: SCRIPT.replace(_TOP, f"{_TOP}\n" + filled("    global a\n"), 1),
    "functions": lambda: at_top(filled("def f#(): pass\n")),
    "functions of one name": lambda: at_top(filled("def init(): pass\n")),
    "functions called run": lambda: SCRIPT + filled("def run(a): pass\n"),
    "classes of one name": lambda: at_top(filled("class A: pass\n")),
    "parameters": lambda: at_top("def f(" + filled("a#,") + "): pass"),
    "returns": lambda: SCRIPT + filled("    return result\n"),
    "returned calls": lambda: SCRIPT + filled("    return json.dumps(result)\n"),
    "statements in init": lambda: SCRIPT.replace(_TOP, f"{_TOP}\n" + filled("    a = b()\n"), 1),
    "training data again and again": lambda: SCRIPT.replace(_TOP, f"{_TOP}\n" + filled("    training_data = 1\n"), 1),
    "if statements": lambda: at_top(filled("if a: pass\n")),
    "match": lambda: at_top("match a:\n" + filled("    case 1: pass\n")),
    "try": lambda: at_top("try:\n    pass\n" + filled("except a:\n    pass\n")),
    "expressions": lambda: at_top(filled("a.b(c)\n")),
    "updates": lambda: at_top(filled("p.update(a=1)\n")),
    "texts": lambda: at_top(filled("'a'\n")),
    # bytes
    "nul bytes": lambda: SCRIPT.encode() + b"\0" * 1_900_000,
    "noise": lambda: SCRIPT.encode() + bytes(range(256)) * 7_000,
    "no UTF-8 at the end": lambda: SCRIPT.encode() + b"\n" * 1_900_000 + b"\xff",
    "one line that is no UTF-8 at its end": lambda: SCRIPT.encode() + b"#" + b"a" * 1_900_000 + b"\xff",
    "utf-7": lambda: b"# coding: utf-7\n" + SCRIPT.encode() + b"#" + b"+AOk-" * 380_000,
    "utf-16": lambda: b"# coding: utf-16\n" + SCRIPT.encode(),
    "idna": lambda: b"# coding: idna\n" + SCRIPT.encode() + b"#" + b"xn--a" * 300_000,
    "punycode": lambda: b"# coding: punycode\n" + SCRIPT.encode() + b"#" + b"-" + b"a9" * 900_000,
    "unicode_escape": lambda: b"# coding: unicode_escape\n" + SCRIPT.encode() + b"#" + b"\\u00e9" * 300_000,
    "coding again and again": lambda: b"#" + b"coding" * 300_000 + b"\n" + SCRIPT.encode(),
    "a long encoding": lambda: b"# coding: " + b"a" * 1_900_000 + b"\n" + SCRIPT.encode(),
    "tabs and blanks": lambda: SCRIPT + "if a:\n" + "\t" * 900_000 + "pass\n" + " " * 900_000 + "pass\n",
    "an unfinished text": lambda: SCRIPT + "x = '''" + "\n" * 1_900_000,
    "too large": lambda: SCRIPT + "#" * LARGEST,
}
