"""What fuzzing starts from: the golden files and the examples, texts that are difficult, and the inputs kept here."""

from __future__ import annotations

from pathlib import Path

from generator.conda.block import complete_conda
from generator.facts.modules import load_tables
from generator.rendering.conda_env import render_conda
from tests.fuzz.targets import SEPARATOR, bases
from tests.support import definitions, golden

CORPUS = Path(__file__).parent / "corpus"
_EXAMPLES = Path(__file__).parent.parent.parent / "examples"
_DIFFICULT = [
    b"plain",
    b"'\"\\\n\0",
    "\u202e\u2066\u200b\ufeff\u2028\x1b".encode(),
    b"{{ 7 * 7 }}{% raw %}{# #}",
    b"\xed\xa0\x80",  # a lone surrogate
    b"')\nimport os  # coding: latin-1",
    b"`|<b>](x)",
    '\xa5" + f() #'.encode(),  # whose first letter shift_jis writes as a backslash
    b"-t --invert_hash\ta.csv",
]


def kept(target: str) -> list[Path]:
    """Return the inputs that are kept for a target, each named for what was wrong with it."""
    return sorted((CORPUS / target).glob("*"))


def seeds(target: str) -> list[bytes]:
    """Return what fuzzing a target starts from."""
    return [path.read_bytes() for path in kept(target)] + _generated(target)


def _generated(target: str) -> list[bytes]:
    configs = [*golden.cases(), *_EXAMPLES.glob("*/*.yaml"), *definitions.FOLDER.glob("*/*.y*ml")]
    if target in ("document", "config"):
        return [path.read_bytes() for path in configs]
    if target == "script":
        return list(bases())
    if target == "conda":
        given = complete_conda({"packages": ["shap==0.39.0"], "conda_packages": ["libgomp"]})
        assert given
        return [render_conda(table, given).encode() for table in load_tables()]
    number = {"generate": 6, "rewrite": 5, "deployment": 7}[target]
    return [
        SEPARATOR.join(
            [bytes([97 + place, 97 + place]), *(text if index == place % number else b"" for index in range(1, number))]
        )
        for place, text in enumerate(_DIFFICULT * number)
    ]
