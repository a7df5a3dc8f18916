"""Every form of a response in every module: said by a config, set in a script that exists, and read back from one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import Response, check, generate, rewrite
from generator.actions.extract import extract as extract_all
from generator.facts.modules import Table
from generator.rules.settings import complete_response
from tests.rendering.test_response import DESIGNERS, FORMS, TABLES, downloaded, said, tables


def below_the_stamp(source: str) -> str:
    """Return a generated script without its first line, of which a rewrite keeps the digest."""
    return source.partition("\n")[2]


@tables
@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_form_is_said_set_and_read_back(table: Table, form: Response) -> None:
    before = downloaded(table)
    there = rewrite(before, {}, response=form)
    generated = generate({"module": table.id, "response": form.named})
    assert said(there) == said(generated) == complete_response(table, form)
    for source in (there, generated):
        extracted = extract_all(source)
        assert extracted.left == ()
        assert complete_response(table, Response(**extracted.config.get("response", {}))) == complete_response(
            table, form
        )
        assert check(source) == check(before if source is there else generate({"module": table.id}))
        assert rewrite(source, {}, response=form) == source
    assert rewrite(there, {}, response=DESIGNERS) == before
    assert below_the_stamp(rewrite(generated, {}, response=DESIGNERS)) == below_the_stamp(
        generate({"module": table.id})
    )


@given(st.sampled_from(TABLES), st.lists(st.sampled_from(FORMS), min_size=1, max_size=4), st.booleans())
@settings(deadline=None)
def test_the_way_does_not_matter(table: Table, forms: list[Response], is_generated: bool) -> None:
    first = generate({"module": table.id}) if is_generated else downloaded(table)
    source = first
    for form in forms:
        source = rewrite(source, {}, response=form)
    assert source == rewrite(first, {}, response=forms[-1])
    if is_generated:
        expected = generate({"module": table.id, "response": forms[-1].named})
        assert below_the_stamp(source) == below_the_stamp(expected)
