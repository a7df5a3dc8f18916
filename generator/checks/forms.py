"""The form of the data that a call is given: a model, a request or a dataset, as far as the script shows it."""

from __future__ import annotations

import functools

from generator.checks.context import Given
from generator.facts.modules import Port, load_helpers
from generator.rules.coercion import shown
from generator.script.objects import Ref
from generator.translations.language import mark, say

_SHOWN = {
    "learner": mark("the model of a directory"),
    "model_directory": mark("a ModelDirectory"),
    "data_table": mark("a DataTable"),
    "data_frame_directory": mark("a DataFrameDirectory"),
    "image_directory": mark("an ImageDirectory"),
    "frame": mark("a bare DataFrame"),
}
_REMEDIES = {
    "learner": mark("write ModelDirectory.load(...).model"),
    "model_directory": mark("write ModelDirectory.load(...)"),
    "data_table": mark("write DataTable.from_dfd(...) around it"),
    "data_frame_directory": mark("write create_dfd_from_dict(...) alone"),
    "image_directory": mark("write create_imd_from_dict(...)"),
}


def wrong_form(port: Port, given: Given) -> str | None:
    """Say what a port is surely given that its module does not take, and what to write; None where nothing is wrong."""
    worth = given.argument.worth
    form = _forms().get(worth.path) if isinstance(worth, Ref) else None
    if port.holds == "dataset":
        remedy = say("load it as `scoregen rewrite SCRIPT --dataset {name}=PATH` does", name=port.name)
        if isinstance(given.value, str) and not port.takes_path:
            return say(
                "{value} stands where the module takes a dataset: {remedy}", value=shown(given.value), remedy=remedy
            )
        if form and form != port.form:
            return say(
                "{shown} stands where the module takes a dataset: {remedy}", shown=say(_SHOWN[form]), remedy=remedy
            )
    elif form and form != port.form and form != "learner":  # which some modules take for its directory
        return say(
            "{shown} stands where the module takes {wanted}: {remedies}",
            shown=say(_SHOWN[form]),
            wanted=say(_SHOWN[port.form]),
            remedies=say(_REMEDIES[port.form]),
        )
    return None


@functools.cache
def _forms() -> dict[str, str]:
    """Return the forms by what makes them: ``azureml....ModelDirectory.load().model`` is a learner."""
    helpers = {name: f"{path}.{name}" for name, path in load_helpers().items()}
    return {
        f"{helpers['ModelDirectory']}.load()": "model_directory",
        f"{helpers['ModelDirectory']}.load().model": "learner",
        f"{helpers['DataTable']}()": "data_table",
        f"{helpers['DataTable']}.from_dfd()": "data_table",
        f"{helpers['DataFrameDirectory']}()": "data_frame_directory",
        f"{helpers['DataFrameDirectory']}.load()": "data_frame_directory",
        f"{helpers['DataFrameDirectory']}.create()": "data_frame_directory",
        f"{helpers['create_dfd_from_dict']}()": "data_frame_directory",
        f"{helpers['create_imd_from_dict']}()": "image_directory",
        "pandas.read_csv()": "frame",
        "pandas.DataFrame()": "frame",
    }
