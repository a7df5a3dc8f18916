"""The scikit-learn that saved a learner, found in its ``_data.pkl`` at a glance.

To read a pickle takes milliseconds to seconds, and a repository may hold many. So the bytes are searched for what
scikit-learn writes into each estimator's state: a text of known bytes, and behind it the text of its version::

    ... 8c 10 "_sklearn_version" 94 8c 05 "1.5.0" 94 ...    a text and its length, 94 remembers it (protocol 4)
    ... 58 10 00 00 00 "_sklearn_version" 71 05 58 ...      the same in protocols 1 to 3

Only the first of several versions shows so; ``learner_facts`` reads all.
"""

from __future__ import annotations

import re

_VERSION = re.compile(
    rb"(?:\x8c\x10|X\x10\0\0\0)_sklearn_version"
    rb"(?:\x94|q.|r.{4})"
    rb"(?:\x8c(?P<short>.)|X(?P<long>.{4}))(?P<version>[0-9][0-9A-Za-z.+-]{0,40})",
    re.DOTALL,
)


def named_version(content: bytes) -> str | None:
    """Return the first version of scikit-learn that a ``_data.pkl`` names; None for one that names none, as SVD's."""
    for match in _VERSION.finditer(content):
        length = int.from_bytes(match["short"] or match["long"], "little")
        if 0 < length <= len(match["version"]):
            return match["version"][:length].decode()
    return None
