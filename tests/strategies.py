"""What hypothesis draws the property tests' input from."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from generator.schema import config_schema
from generator.settings import BATCH, BODIES, ENCODINGS, ENDPOINTS
from generator.table import Parameter, Table, load_tables

_NO_DATASET = config_schema()["$defs"]["dataset"]["properties"]["path"]["not"]["pattern"]

difficult_text = st.text(
    st.one_of(st.characters(), st.sampled_from("'\"\\\n\r\t\0{}%#\u202e\u2028\u200b\ud800 ")), max_size=200
)

anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.floats(allow_nan=False),
    difficult_text,
    st.lists(st.integers(), max_size=2),
)

tables = st.sampled_from(load_tables())


def spellings(parameter: Parameter) -> st.SearchStrategy[Any]:
    """Draw from the values that a config may give a parameter, in all their spellings."""
    if parameter.type == "option":
        return st.sampled_from([spelling for option in parameter.options for spelling in option.spellings])
    if parameter.type == "boolean":
        return st.sampled_from([True, False, "True", "False"])
    if parameter.type == "integer":
        return st.integers(parameter.minimum, 10**6)
    return difficult_text if not parameter.command_line else arguments(parameter)


def arguments(parameter: Parameter) -> st.SearchStrategy[str]:
    """Draw command lines of accepted options and of words that are none."""
    assert parameter.command_line
    options = st.sampled_from(parameter.command_line.accepted)
    words = st.text(st.characters(exclude_categories=["Z", "C"]), max_size=20).filter(lambda word: word[:1] != "-")
    return st.lists(st.one_of(options, words), max_size=8).map(" ".join)


@st.composite
def configs(draw: st.DrawFn) -> dict[str, Any]:
    """Draw valid configs: every module, any of its parameters by name or by label, the datasets always there."""
    table: Table = draw(tables)
    parameters = {
        draw(st.sampled_from(parameter.keys)): draw(spellings(parameter))
        for parameter in table.parameters
        if draw(st.booleans())
    }
    paths = st.text(st.characters(exclude_characters="\\\0", exclude_categories=["Cs"]), min_size=1).filter(
        lambda path: re.search(_NO_DATASET, path) is None
    )
    datasets = {
        port.name: {"path": draw(paths), "relative_to": draw(st.sampled_from(["script", "model"]))}
        for port in table.datasets
    }
    config = {"module": draw(st.sampled_from(table.keys)), "parameters": parameters, "datasets": datasets}
    endpoint = draw(st.sampled_from([None, *ENDPOINTS]))
    config |= {"endpoint": endpoint} if endpoint else {}
    return config | ({} if endpoint == BATCH else {"response": draw(responses)})


responses = st.fixed_dictionaries(
    {}, optional={"body": st.sampled_from(BODIES), "strict_json": st.booleans(), "encoding": st.sampled_from(ENCODINGS)}
)
