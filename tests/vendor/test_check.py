"""check against the runtimes: it reports an error for exactly the scripts that fail, or that silently return nothing.

For each module 200 random sets of parameters, always the same ones: valid and broken values mixed, of every kind.
"""

from __future__ import annotations

import random

import pytest

from generator import Table, check, load_tables
from generator.facts.modules import Parameter
from generator.rules.literals import literal

from .edits import default_with
from .runtimes import Answer, Models

TABLES = [table for table in load_tables() if table.parameters]
SETS = 200
BROKEN = [
    "None",
    "True",
    "False",
    "0",
    "1",
    "-1",
    "2.5",
    "3.0",
    "'3'",
    "' 3 '",
    "'x'",
    "''",
    "[]",
    "b'3'",
    "'True'",
    "'true'",
]
# Not among them: options of the module's own that happen to work, such as -r where no raw scores are asked for.
COMMAND_LINES = [
    "''",
    "'-t'",
    "'--link=logistic'",
    "'-q ab -b 18'",
    "'--nonsense 3'",
    "'--initial_regressor none'",
    "'--l1 1e-7'",
]


def spellings(parameter: Parameter, rng: random.Random) -> str:
    """Return a value as source: mostly one that the module takes, else one of another kind or form."""
    if rng.random() < 0.25:
        return rng.choice(BROKEN)
    if parameter.type == "option":
        option = rng.choice(parameter.options)
        forms = [literal(option.name), literal(option.member)]
        if parameter.enum:
            forms = [f"{parameter.enum}.{option.member}"] * 6 + [f"{parameter.enum}['{option.member}']", *forms]
        else:
            forms = [forms[0]] * 6 + forms
        return rng.choice([*forms, literal(option.name.upper())])
    if parameter.type == "boolean":
        return rng.choice(["True", "False", "'True'", "'False'"])
    if parameter.type == "integer":
        return rng.choice(["1", "2", "3", "4"])
    return rng.choice(COMMAND_LINES if parameter.command_line else ["'a.vw'", "''"])


def random_parameters(table: Table, rng: random.Random) -> dict[str, str]:
    """Return a set of parameters as source, often with all that a mode needs."""
    chance = rng.choice([0.5, 0.95, 1.0])
    chosen = {parameter.name: spellings(parameter, rng) for parameter in table.parameters if rng.random() < chance}
    return chosen | ({"nonsense": "1"} if rng.random() < 0.05 else {})


def fails(answer: Answer, parameters: dict[str, str], table: Table) -> bool:
    """Say whether a request failed, or came to nothing without a word: an empty response, a keyword dropped."""
    if answer.error is not None or "nonsense" in parameters:
        return True
    return isinstance(answer.body, dict) and not any(answer.body.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_check_and_the_runtime_agree(models: Models, table: Table) -> None:
    rng = random.Random(table.id)
    model = models(table.id)
    disagreements = []
    verdicts = set()
    for _ in range(SETS):
        parameters = random_parameters(table, rng)
        script = default_with(table, parameters)
        errors = [finding for finding in check(script) if finding.severity == "error"]
        answer = model.score(script)
        verdicts.add(bool(errors))
        if bool(errors) != fails(answer, parameters, table) and not depends_on_the_data(answer, parameters):
            disagreements.append(
                (parameters, [finding.message for finding in errors], answer.error, answer.message[:100])
            )
    assert disagreements == []
    assert verdicts == {True, False}


def depends_on_the_data(answer: Answer, parameters: dict[str, str]) -> bool:
    """Say whether a response is empty because no user of the request has rated as many items as the pool must have."""
    pools = [source.strip("' ") for name, source in parameters.items() if "pool" in name]
    return answer.error is None and any(pool not in ("1", "True", "0", "False", "-1") for pool in pools)
