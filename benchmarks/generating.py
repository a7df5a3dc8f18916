"""What generating costs beside the libraries that it is built on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.size import Size
from benchmarks.timing import Comparison, Side

BLOCK = """\
- module: Score Wide and Deep Recommender
  output: score_{number}.py
  parameters:
    recommender_prediction_kind: Item Recommendation
    Recommended item selection: From Unrated Items (to suggest new items to users)
    maximum_number_of_items_to_recommend_to_a_user: {number}
  datasets:
    training_data: {{path: ratings_{number}.csv}}
"""


def comparisons(folder: Path, size: Size) -> Iterator[Comparison]:
    """Yield what is compared."""
    from benchmarks.libraries import alone, generate  # late: what this process imports, its children's memory shows

    text = "scripts:\n" + "".join(BLOCK.format(number=number) for number in range(1, size.generated + 1))
    libraries = alone(text)
    yield Comparison(
        f"generate {size.generated:,} scripts from one config, in one process", "the libraries alone", 1.3,
        Side(lambda _: generate(text)), Side(lambda _: libraries()), size.rounds,
    )  # fmt: skip
