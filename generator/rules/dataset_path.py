"""What the path of a dataset may be, in a config, on the command line and in a script: one table of patterns.

A script finds its data in its own folder or the model's, on the endpoint's Linux and on its author's Windows.
The patterns are those of the JSON Schema too, so JavaScript must understand them: no flags, no look-behind.
"""

from __future__ import annotations

import re

from generator.text.meaning import in_any_case
from generator.text.wording import show
from generator.translations.language import mark, say

_OTHER_FILES = (
    *("7z", "arff", "avro", "bz2", "dat", "db", "dta", "feather", "gz", "h5", "hdf5", "ipynb", "jpeg", "jpg", "json"),
    *("jsonl", "npy", "npz", "orc", "parquet", "pickle", "pkl", "png", "py", "rar", "rds", "sas7bdat", "sav", "sqlite"),
    *("svmlight", "tar", "tgz", "tsv", "txt", "xls", "xlsm", "xlsx", "xml", "yaml", "yml", "zip"),
)
_RESERVED = ("con", "prn", "aux", "nul", "com[0-9]", "lpt[0-9]")


_RULES = {
    r"^\s*$": mark("is empty: name a .csv file or the folder of a designer dataset"),
    r"^(?:[A-Za-z][A-Za-z0-9+.-]+:|//|\\\\)": (
        mark(
            "is an address, and the script loads what is deployed with it: save the data as a .csv file or "
            "a designer dataset beside the script, and name that"
        )
    ),
    r"^(?:/(?!/)|[A-Za-z]:|\\(?!\\))": (
        mark(
            "is a path of this machine, which the endpoint does not have: put the data beside the script, and "
            "name it from there"
        )
    ),
    "^~": mark(
        "starts at a home folder, which the endpoint does not have: put the data beside the script, and name it from "
        "there"
    ),
    r"(?:^|/)\.\.(?:/|$)": mark(
        "leads out of the folder, and no other is deployed: put the data in it, and leave .. out"
    ),
    r"^[^:]+\\": mark("is not a usable path: name a file, with / between folders"),
    r"^\./*$": mark("is the folder itself: name a .csv file in it, or the folder of a designer dataset"),
    rf"\.(?:{'|'.join(map(in_any_case, _OTHER_FILES))})/*$": (
        mark("is neither a .csv file nor the folder of a designer dataset: save the data as one of them")
    ),
    r'[<>"|?*:\x00-\x1f\x7f]': mark(
        'has one of the characters < > " | ? * : that Windows cannot have in a name: rename it'
    ),
    rf"(?:^|/)(?:{'|'.join(map(in_any_case, _RESERVED))})(?:\.[^/]*)?(?:/|$)": mark(
        "has a name that Windows keeps for devices: rename it"
    ),
    r"[^./][ .]+(?:/|$)|(?:^|/) +(?:/|$)": (
        mark("has a name that ends in a dot or a blank, which Windows cannot have: rename it")
    ),
}

PATTERNS = tuple(_RULES)
"""What a path may not match, for the JSON Schema."""


_PLACES = PATTERNS[1:6]
"""Of these, what says that the data is elsewhere; the others are about its name and kind."""


def path_fault(path: str) -> str:
    """Return what is wrong with the path of a dataset, and what to do; nothing where it can be one."""
    reason = next((reason for pattern, reason in _RULES.items() if re.search(pattern, path)), None)
    return f"{show(path)} {say(reason)}" if reason else ""


def place_fault(path: str) -> str:
    """Return why a dataset that a script reads from a path is not there on the endpoint; nothing where it can be."""
    reason = next((_RULES[pattern] for pattern in _PLACES if re.search(pattern, path)), None)
    return f"{show(path)} {say(reason)}" if reason else ""
