"""The columns that a script for an open model gives back, and of which types pandas would hold them."""

from __future__ import annotations

from typing import NamedTuple

from generator.facts.open_form import measured_releases, parameter_of, recommender_of
from generator.model.open_model import OpenModel
from generator.rules.modes import counts
from generator.rules.settings import AUTO, Settings

_NUMBERS = {"int64", "float64"}
_MOST = 1000
"""Columns that are numbered, items or distances, are known up to here."""


class Answer(NamedTuple):
    """The types of the columns by their names: of those that are always given back, and of all that may be."""

    always: dict[str, str]
    possible: dict[str, str]


def answer_of(settings: Settings, model: OpenModel) -> Answer:
    """Return what the script gives back before a response renames it or picks some."""
    added = _added(settings, model)
    task, label = model.facts["task"], model.facts.get("label")
    if task in ("ratings", "examples"):
        settable = set(settings.request.parameters)
        return Answer({} if settable else added, added)
    columns = {column.name: column.type for column in model.columns if column.name not in pictures_of(model)}
    left_out = optional_columns(settings, model)
    with_label = {str(label): columns[str(label)]} if label in columns else {}
    append = parameter_of("appends")
    if append in settings.request.parameters:
        shown, possible = with_label, columns
    else:
        shown = possible = columns if settings.parameters.get(append, True) else with_label
    always = {name: kind for name, kind in shown.items() if name not in left_out}
    return Answer({**always, **added}, {**possible, **added})


def answered(settings: Settings, model: OpenModel) -> Answer:
    """Return what the script gives back of what ``answer_of`` says, by the names before a response renames them."""
    answer, response = answer_of(settings, model), settings.response
    if not response.columns:
        return answer
    old_names = dict(response.names or ())
    chosen = {old_names.get(name, name) for name in response.columns}
    return Answer(*({name: kind for name, kind in held.items() if name in chosen} for held in answer))


def optional_columns(settings: Settings, model: OpenModel) -> frozenset[str]:
    """Return the columns that a request may leave out."""
    optional = settings.request.optional
    if optional != AUTO:
        return frozenset(optional)
    columns = [column.name for column in model.columns if column.name not in pictures_of(model)]
    if settings.reading.ids:
        return frozenset(columns[settings.reading.ids :])
    return frozenset(columns) - features_of(model)


def features_of(model: OpenModel) -> frozenset[str]:
    """Return the columns without which a model cannot score."""
    return frozenset(feature["name"] for kind in model.facts.get("features", {}).values() for feature in kind)


def pictures_of(model: OpenModel) -> frozenset[str]:
    """Return the column of pictures, which is not given back; none of other models."""
    return frozenset({str(model.facts["learner"]["column"])}) if model.facts["task"] == "images" else frozenset()


def reals_of(settings: Settings, model: OpenModel) -> str:
    """Say whether all cells become real numbers where the scored table is taken as rows: always, never or by its cells.

    pandas makes them so in a table of numbers alone, some of them real. A category, as the clusters are, keeps it from
    that in the older releases; in the later ones a category of numbers is one of them. It is ``by cells and columns``
    where that depends on the columns of a request.
    """
    always, possible = answered(settings, model)
    if model.facts["task"] == "images":  # beside the pictures a caller may send anything
        return "by cells" if type(model.facts["classes"][0]) is int else "never"
    holds = _NUMBERS if is_older(model) else _NUMBERS | {"category"}
    if not set(always.values()) <= holds:
        return "never"
    if set(possible.values()) <= _NUMBERS and "float64" in always.values():
        return "always"
    return "by cells and columns" if is_older(model) and "category" in possible.values() else "by cells"


def is_older(model: OpenModel) -> bool:
    """Whether a model is of a release up to 0.0.185."""
    return bool(model.facts.get("scikit-learn") == next(iter(measured_releases().values())))


def _added(settings: Settings, model: OpenModel) -> dict[str, str]:
    """Return the types of the columns that scoring adds, by their names."""
    facts, parameters = model.facts, settings.parameters
    match facts["task"]:
        case "examples":
            more = {parameter_of("labels"): "Labels", parameter_of("raw_scores"): "Raw Scores"}
            names = [
                column for name, column in more.items() if parameters.get(name) or name in settings.request.parameters
            ]
            return dict.fromkeys(["Results", *names], "str")
        case "ratings":
            if settings.reading.row_for_row:
                return dict.fromkeys(["User", "Item", "Scored Rating"], "str")
            pool = settings.table.parameter(recommender_of(settings.table.id)["least"])
            of = "Rated" if counts(settings.table, pool, parameters) else "Recommended"
            places = range(1, _MOST + 1)
            columns = ["User", *(f"{word} {place}" for word in (f"{of} Item", "Predicted Rating") for place in places)]
            return dict.fromkeys(columns, "str")
        case "clusters":
            distances = (f"DistancesToClusterCenter no.{number}" for number in range(_MOST))
            clusters = {"Assignments": "category" if is_older(model) else "int64"}
            return clusters | dict.fromkeys(distances, "float64")
        case "quantiles":
            return {f"Scores for quantile :{quantile:.3f}": "float64" for quantile in facts["quantiles"]}
        case "value":
            return {"Scored Labels": "float64"}
        case "anomalies":
            return {"Scored Labels": "int64", "Scored Probabilities": "float64"}
    classes = facts["classes"]
    kinds = {type(label) for label in classes}
    label = {"Scored Labels": "int64" if kinds == {int} else "float64" if kinds <= {int, float} else "str"}
    if facts["task"] == "two_classes":
        return {**label, "Scored Probabilities": "float64"}
    return {f"Scored Probabilities_{each}": "float64" for each in classes} | label
