"""What generating costs beside the libraries that it is built on, and beside copier."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.size import Size
from benchmarks.timing import Comparison, Side, WrongResultError, run

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
QUESTIONS = "number: {type: int}\nfile: {type: str}\n"
MANY_BY_COPIER = """\
import sys, copier
for number in range(1, int(sys.argv[3]) + 1):
    answers = {"number": number, "file": f"ratings_{number}.csv"}
    copier.run_copy(sys.argv[1], f"{sys.argv[2]}/{number}", data=answers, defaults=True, quiet=True)
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
    yield from _copier(folder, size, text)


def _copier(folder: Path, size: Size, text: str) -> Iterator[Comparison]:
    """Yield what a script takes, written to the disk: copier makes one folder at a time."""
    generated, template, copied = folder / "generated", folder / "template", folder / "copied"
    generated.mkdir()
    (generated / "scoregen.yaml").write_text(text, encoding="utf-8")

    def none_yet(_: int) -> None:
        shutil.rmtree(copied, ignore_errors=True)
        for path in generated.glob("*.py"):
            path.unlink()

    def written(where: Path, wanted: int) -> None:
        found = sum(1 for _ in where.rglob("score*.py"))
        if found != wanted:
            raise WrongResultError(f"{where} has {found} scripts, and {wanted} were to be written")

    command = [peers.path("scoregen"), "generate", "scoregen.yaml"]
    ours = Side(lambda _: run(command, generated), none_yet, lambda _: written(generated, size.generated))
    run(command, generated)
    _write_template(template, (generated / "score_1.py").read_text(encoding="utf-8"))
    one_by_one = [peers.path("copier"), "copy", "--defaults", "--quiet"]

    def by_command(_: int) -> None:
        for index in range(1, size.copied + 1):
            data = ["--data", f"number={index}", "--data", f"file=ratings_{index}.csv"]
            run([*one_by_one, *data, str(template), str(copied / str(index))])

    by_itself = [sys.executable, "-c", MANY_BY_COPIER, str(template), str(copied), str(size.copied)]
    work = f"generate {size.generated:,} scripts and write them, time per script"
    for peer, goal, work_of_copier in (
        ("copier copy, a process each", 0.01, by_command),
        ("copier.run_copy, one process", None, lambda _: run(by_itself)),
    ):
        theirs = Side(work_of_copier, none_yet, lambda _: written(copied, size.copied))
        yield Comparison(work, peer, goal, ours, theirs, min(3, size.rounds), (size.generated, size.copied))


def _write_template(template: Path, script: str) -> None:
    """Write copier's template, which makes the same script of the same two answers."""
    template.mkdir()
    body = script.replace("ratings_1.csv", "[[ file ]]").replace("user=1,", "user=[[ number ]],")
    envops = "_envops: {variable_start_string: '[[', variable_end_string: ']]', comment_start_string: '[#'}\n"
    (template / "copier.yml").write_text(envops + QUESTIONS, encoding="utf-8")
    (template / "score.py.jinja").write_text(body, encoding="utf-8")
