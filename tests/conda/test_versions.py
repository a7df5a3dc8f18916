"""Which versions a requirement means: as pip says where pip knows the version, and by numbers for the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from generator.conda.requirements import Manager, read_requirement
from generator.conda.versions import admits

NUMBERS = st.lists(st.integers(0, 3), min_size=2, max_size=4).map(lambda numbers: ".".join(map(str, numbers)))
SUFFIXES = st.sampled_from(["", "", "a1", "rc1", "rc2", ".post1", ".dev2", "rc1.post2"])
VERSIONS = st.tuples(NUMBERS, SUFFIXES).map("".join)
CLAUSES = st.tuples(st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "~="]), VERSIONS).map("".join)


@given(st.lists(CLAUSES, min_size=1, max_size=3).map(",".join), VERSIONS)
def test_pip_admits_what_packaging_admits(clauses: str, version: str) -> None:
    spec = read_requirement("pip", f"name{clauses}").spec
    assert spec is not None
    assert admits(spec, version) == SpecifierSet(clauses).contains(version, prereleases=True)


@pytest.mark.parametrize(
    ("manager", "text", "version", "is_meant"),
    [
        ("pip", "name>1.0", "1.0.post1", False),
        ("pip", "name<1.0", "1.0rc1", False),
        ("pip", "name==1.0", "1.0+local", True),
        ("pip", "name>=1!0.5", "7.0", False),
        ("pip", "name==1.0rc1", "1.0rc2", False),
        ("pip", "name==1.0.*", "1.0.3", True),
        ("pip", "name===1.0", "1.0", True),
        ("conda", "openssl=1.1.1", "1.1.1w", True),
        ("conda", "name=1.2", "1.2.9", True),
        ("conda", "name==1.2", "1.2.9", False),
        ("conda", "name>=1.2,<2|3.0", "3.0", True),
        ("conda", "name 1.2.*", "1.2.0", True),
        ("conda", "name<2021a_1", "2020", True),
    ],
)
def test_versions_of_odd_forms(manager: Manager, text: str, version: str, is_meant: bool) -> None:
    spec = read_requirement(manager, text).spec
    assert spec is not None
    assert admits(spec, version) == is_meant
