"""The class of a model, found at a glance in the file that names it first.

A ``_data.pkl`` begins with the class of the learner that is pickled in it, and a ``model_spec.yaml`` names that of any
other model::

    80 04 95 (8 bytes) 8c 4b "azureml.studio.modules.recommendation..." 94 8c 0e "SVDRecommender"     protocol 4
    80 03 63 "azureml.studio.modules.recommendation..." 0a "SVDRecommender" 0a                         protocols 2 and 3

    flavor:
      module: azureml.designer.modules.vowpal_wabbit.common.vowpal_wabbit_model_wrapper
"""

from __future__ import annotations

import re

HEAD = 4_096
"""How many bytes of a file tell the class."""

_PICKLED = re.compile(rb"\x80[\x02-\x05](?:\x95.{8})?(?:c|\x8c.)([\w.]+)[\n\x94\x8c]", re.DOTALL)
_IN_SPEC = re.compile(rb"^ +module: *([\w.]+)\s*$", re.MULTILINE)


def class_in_pickle(content: bytes) -> str:
    """Return the Python module of the class that a pickle, or its head, begins with; nothing where it has none."""
    match = _PICKLED.match(content)
    return match[1].decode(errors="replace") if match else ""


def class_in_spec(content: bytes) -> str:
    """Return the Python module of the class that a ``model_spec.yaml`` names first; nothing where it names none."""
    match = _IN_SPEC.search(content)
    return match[1].decode(errors="replace") if match else ""
