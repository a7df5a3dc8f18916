"""Real models whose answers were recorded in the designer's runtimes, and the configs they were asked by.

``tests/convert/recorded/NAME`` has what a conversion reads of a model, and ``proof.json`` as ``scoregen prove`` writes
it; the names that end in 195 are of release 0.0.195, all others of 0.0.179. ``python -m tests.vendor.record`` records
them anew.
"""

from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "convert" / "recorded"
RECORDED = sorted(path.parent for path in _FOLDER.glob("*/proof.json"))
CONFIGS = {
    "ratings": {"parameters": {"prediction_kind": "RatingPrediction"}},
    "wide_and_deep": {"parameters": {"recommender_prediction_kind": "RatingPrediction"}},
}
RECORDS = {"response": {"body": "records"}}
