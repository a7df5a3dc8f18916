"""What generating costs beside the libraries that it is built on, and beside copier."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.size import Size
from benchmarks.timing import Row, Side, WrongResultError, compare, run

EACH = 1000  # scripts in one config: 19 values a script come near the most that a config may have
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


def rows(folder: Path, size: Size) -> Iterator[Row]:
    """Yield the comparisons."""
    from benchmarks.libraries import alone, generate  # late: what this process imports, its children's memory shows

    texts = [_config(first * EACH) for first in range(size.configs)]
    number = EACH * size.configs
    libraries = alone(texts)
    ours = Side(lambda _: generate(texts))
    configs = f"{size.configs} configs" if size.configs > 1 else "one config"
    yield compare(
        f"generate {number:,} scripts from {configs}, in one process", "the libraries alone", 1.3,
        ours, Side(lambda _: libraries()), size.rounds,
    )  # fmt: skip
    yield from _copier(folder, size, texts)


def _copier(folder: Path, size: Size, texts: list[str]) -> Iterator[Row]:
    """Yield what a script takes, written to the disk: copier makes one folder at a time."""
    configs = folder / "configs"
    template, copied = folder / "template", folder / "copied"
    configs.mkdir()
    for index, text in enumerate(texts):
        (configs / f"{index}.yaml").write_text(text, encoding="utf-8")
    command = [peers.path("scoregen"), "generate", *(f"{index}.yaml" for index in range(len(texts)))]
    number = EACH * len(texts)

    def none_yet(_: int) -> None:
        shutil.rmtree(copied, ignore_errors=True)
        for path in configs.glob("*.py"):
            path.unlink()

    def written(where: Path, wanted: int) -> None:
        found = sum(1 for _ in where.rglob("score*.py"))
        if found != wanted:
            raise WrongResultError(f"{where} has {found} scripts, and {wanted} were to be written")

    ours = Side(lambda _: run(command, configs), none_yet, lambda _: written(configs, number))
    run(command, configs)
    _write_template(template, (configs / "score_1.py").read_text(encoding="utf-8"))
    one_by_one = [peers.path("copier"), "copy", "--defaults", "--quiet"]

    def by_command(_: int) -> None:
        for index in range(1, size.copied + 1):
            data = ["--data", f"number={index}", "--data", f"file=ratings_{index}.csv"]
            run([*one_by_one, *data, str(template), str(copied / str(index))])

    by_itself = [sys.executable, "-c", MANY_BY_COPIER, str(template), str(copied), str(size.copied)]
    work = f"generate {number:,} scripts and write them, time per script"
    against = [
        ("copier copy, a process each", 0.01, by_command),
        ("copier.run_copy, one process", None, lambda _: run(by_itself)),
    ]
    for peer, goal, work_of_copier in against:
        theirs = Side(work_of_copier, none_yet, lambda _: written(copied, size.copied))
        yield compare(work, peer, goal, ours, theirs, min(3, size.rounds), (number, size.copied))


def _config(start: int) -> str:
    numbers = range(start + 1, start + EACH + 1)
    return "scripts:\n" + "".join(BLOCK.format(number=number) for number in numbers)


def _write_template(template: Path, script: str) -> None:
    """Write copier's template, which makes the same script of the same two answers."""
    template.mkdir()
    body = script.replace("ratings_1.csv", "[[ file ]]").replace("user=1,", "user=[[ number ]],")
    envops = "_envops: {variable_start_string: '[[', variable_end_string: ']]', comment_start_string: '[#'}\n"
    (template / "copier.yml").write_text(envops + QUESTIONS, encoding="utf-8")
    (template / "score.py.jinja").write_text(body, encoding="utf-8")
