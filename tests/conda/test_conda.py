"""The conda file beside a script: rendered, checked and put right, and what a config may say about it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from packaging.specifiers import SpecifierSet

from generator.conda.block import CondaSettings, complete_conda, conda_faults
from generator.conda.block_schema import conda_schema
from generator.conda.check import check_conda
from generator.conda.fix import fix_conda, fix_conda_and_count
from generator.conda.releases import fitting
from generator.conda.requirements import normal, pinned, read_requirement
from generator.conda.versions import admits, exact, key, series, stays_below
from generator.facts.conda import Package, PackageSet, load_facts, mentions_a_package
from generator.facts.modules import Table, load_tables, tables_by_key
from generator.findings import Finding, Place
from generator.rendering.conda_env import render_conda
from tests.support import strategies

ROOT = Path(__file__).parents[2]
FACTS = load_facts()
PACKAGES = {package.name: package for package in FACTS.packages}
SVD, WIDE, VW, IMAGE, MODEL = (
    tables_by_key()[name]
    for name in (
        "score_svd_recommender",
        "score_wide_and_deep_recommender",
        "score_vowpal_wabbit_model",
        "score_image_model",
        "score_model",
    )
)
EMPTY = FACTS.core.empty[-1]
FILE = """\
name: project_environment
channels:
- conda-forge
dependencies:
- python=3.8.10
- pip=20.2
- pip:
  - azureml-defaults==1.54.0
  - azureml-designer-recommender-modules==0.0.65
  - azureml-designer-serving==0.0.13
"""

modules = pytest.mark.parametrize("table", load_tables(), ids=lambda table: table.id)


def settings(**block: Any) -> CondaSettings:
    found = complete_conda(block)
    assert found
    return found


def package_of(table: Table) -> Package:
    package = FACTS.package(table)
    assert package
    return package


def plain(table: Table) -> str:
    """Return a module's conda file without comments."""
    return re.sub("  #.*|^#.*\n", "", render_conda(table, settings()), flags=re.MULTILINE)


def found(text: bytes | str, table: Table | None) -> list[str]:
    """Return the findings, short: code, whether it is a warning, and the package."""
    return [
        " ".join(filter(None, (item.code, "" if item.severity == "error" else item.severity, item.about)))
        for item in check_conda(text, table)
    ]


def downloaded(table: Table) -> str:
    """Return the file as the designer writes it beside a model."""
    text = plain(table).replace(f"{FACTS.defaults.name}==1.54.0", FACTS.defaults.name)
    return re.sub(f"  - {FACTS.core.name}.*\n", "", text)


# Facts


@modules
def test_the_package_of_each_module_is_known(table: Table) -> None:
    assert package_of(table).name == table.package


@pytest.mark.parametrize("package", FACTS.packages, ids=lambda package: package.name)
def test_a_package_is_consistent(package: Package) -> None:
    for rows in (package.pythons, package.core):
        sinces = [key(row.since) for row in rows]
        assert sinces == sorted(set(sinces))
        assert key(package.version) >= sinces[0]
    assert package.core[0].since in [row.since for row in package.pythons]
    for row in package.pythons:
        assert all(map(FACTS.python_of, row.fit))
    for known in package.sets:
        fit = fitting(package, known.release)
        assert fit and known.python in fit.fit
    assert package.set_for("3.8") == PackageSet(package.version, package.set_for("3.8").python, package.serving)
    assert package.version not in package.empty
    assert package.serving not in FACTS.serving.empty
    assert not {row.version for row in package.core} & set(FACTS.core.empty)
    assert normal(package.name) == package.name


def test_the_shared_packages_are_consistent() -> None:
    assert key(FACTS.pip.version) < key(FACTS.pip.below)
    for python in FACTS.pythons:
        assert key(python.defaults) < key(python.below)
        assert series(python.version) == python.series


# Rendering


def test_a_file_is_as_the_designer_writes_it_with_what_it_lacks() -> None:
    text = render_conda(SVD, settings(packages=["shap==0.39.0"], conda_packages=["libgomp"]), "scoregen.yaml")
    assert (
        text.partition("\n")[2]
        == """\
name: project_environment
channels:
- conda-forge
dependencies:
- python=3.8.10
- pip=20.2  # 20.3 and later refuse the designer's packages
- scikit-surprise=1.1.0
- libgomp
- pip:
  - azureml-defaults==1.54.0  # 1.61.0 and later need Python 3.9
  - azureml-designer-core==0.0.80  # the newest release, 0.0.87, is empty
  - azureml-designer-classic-modules==0.0.185  # the newest release, 0.0.196, is empty
  - azureml-designer-serving==0.0.13
  - shap==0.39.0
"""
    )


@modules
def test_a_rendered_file_is_without_findings(table: Table) -> None:
    assert found(render_conda(table, settings()), table) == []
    assert found(render_conda(table, settings()), None) == []


def test_a_pin_takes_the_place_of_a_version() -> None:
    text = render_conda(MODEL, settings(pins={"azureml-defaults": "1.53.0", "python": "3.8.20"}))
    dependencies = yaml.safe_load(text)["dependencies"]
    assert "python=3.8.20" in dependencies
    assert "azureml-defaults==1.53.0" in dependencies[-1]["pip"]


@pytest.mark.parametrize(
    ("release", "core"), [("0.0.175", "0.0.77"), ("0.0.178", "0.0.78"), ("0.0.179", "0.0.80"), ("0.0.150", None)]
)
def test_the_core_is_the_one_that_the_release_asks_for(release: str, core: str | None) -> None:
    pip = yaml.safe_load(render_conda(MODEL, settings(pins={MODEL.package: release})))["dependencies"][-1]["pip"]
    assert [text for text in pip if FACTS.core.name in text] == ([f"{FACTS.core.name}=={core}"] if core else [])


def test_a_file_of_an_unknown_package_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="azureml-designer-text-modules"):
        render_conda(MODEL._replace(package="azureml-designer-text-modules"), settings())


VERSIONS = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}", fullmatch=True)
NAMES = st.from_regex("[A-Za-z0-9]([A-Za-z0-9._-]{0,8}[A-Za-z0-9])?", fullmatch=True)
MORE = st.one_of(
    st.builds("{}{}{}".format, NAMES, st.sampled_from(["==", ">=", " ~= ", "[extra]<"]), VERSIONS),
    st.builds('{} ; python_version < "3.9" and sys_platform != "win32"'.format, NAMES),
    st.builds("{} @ https://example.org/{}-1.0-py3-none-any.whl#sha256=0 # why".format, NAMES, NAMES),
    st.sampled_from(["--extra-index-url https://example.org/simple", "null", "1.0", "yes", "a # b", "git+https://e/x"]),
)
MORE_OF_CONDA = st.builds(
    "{}{}{}".format, st.sampled_from(["", "defaults::"]), NAMES, st.sampled_from(["", "=1.2", " >=1,<2", "=1=py38_0"])
)


@given(
    strategies.tables,
    st.fixed_dictionaries(
        {},
        optional={
            "name": st.from_regex("[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}", fullmatch=True),
            "packages": st.lists(MORE, max_size=4),
            "conda_packages": st.lists(MORE_OF_CONDA, max_size=4),
            "pins": st.fixed_dictionaries(
                {}, optional={"azureml-defaults": st.sampled_from(["1.53.0", "1.60.0"]), "python": st.just("3.8.20")}
            ),
        },
    ),
)
def test_whatever_a_config_adds_the_file_says_just_that(table: Table, block: dict[str, Any]) -> None:
    assume(not conda_faults(table, block))
    text = render_conda(table, settings(**block))
    said = yaml.safe_load(text)
    assert said["name"] == block.get("name", "project_environment")
    *by_conda, by_pip = said["dependencies"]
    packages, conda_packages = block.get("packages", []), block.get("conda_packages", [])
    assert by_pip["pip"][len(by_pip["pip"]) - len(packages) :] == packages
    assert by_conda[len(by_conda) - len(conda_packages) :] == conda_packages
    assert found(text, table) == []


# The block of a config


@pytest.mark.parametrize(
    ("block", "path", "message"),
    [
        (None, (), "an empty value is not allowed here: write `conda: true` or `conda: {packages: [shap==0.39.0]}`"),
        ({"pakages": []}, ("pakages",), "unknown key; did you mean 'packages'? (known: name, packages, conda_packages, pins)"),
        ({"name": "a b"}, ("name",), "'a b' is not a name for an environment: write letters, digits, and what of - _ . you like"),
        ({"packages": "shap"}, ("packages",), "'shap' is not a list: write `packages: [shap==0.39.0]`"),
        ({"conda_packages": {}}, ("conda_packages",), "a mapping is not a list: write `conda_packages: [libgomp]`"),
        ({"packages": [1.0]}, ("packages", 0), "1.0 is not text: write a package as shap==0.39.0"),
        ({"packages": ["shap=0.39.0"]}, ("packages", 0), "'shap=0.39.0' has '=0.39.0', which is not a version to pip: write shap==0.39.0"),
        ({"packages": ["two words"]}, ("packages", 0), "'two words' is not a requirement that pip can read: write one as shap==0.39.0"),
        ({"conda_packages": ["a=="]}, ("conda_packages", 0), "'a==' has '==', which is not a version to conda: write one as libgomp"),
        ({"packages": ["a", "-r more.txt"]}, ("packages", 1), "'-r more.txt' names a file, which the environment is made without: name its packages"),
        ({"packages": ["./a.whl"]}, ("packages", 0), "'./a.whl' names a file, which the environment is made without: name its packages"),
        ({"packages": ["a==1\nb"]}, ("packages", 0), "'a==1\\nb' has '==1\\nb', which is not a version to pip: write one as shap==0.39.0"),
        ({"packages": ["shap", "Shap==1"]}, ("packages", 1), "shap is given twice, as 'shap' too: keep one of the two"),
        ({"packages": ["shap==1", 'shap; python_version < "3.9"']}, ("packages", 1), "shap is given twice, as 'shap==1' too: keep one of the two"),
        ({"packages": ["azureml_Defaults==1"]}, ("packages", 0), "azureml-defaults is in the file anyway: for another version write `pins: {azureml-defaults: VERSION}`"),
        ({"pins": []}, ("pins",), "a list is not a mapping: write `pins: {azureml-defaults: 1.54.0}`"),
        ({"pins": {"azureml-default": "1"}}, ("pins", "azureml-default"), "is not in the file anyway; did you mean 'azureml-defaults'? (known: python, pip, azureml-defaults, azureml-designer-core, azureml-designer-classic-modules, azureml-designer-serving)"),
        ({"pins": {"vowpalwabbit": "8.8.1"}}, ("pins", "vowpalwabbit"), "is not in the file anyway (known: python, pip, azureml-defaults, azureml-designer-core, azureml-designer-classic-modules, azureml-designer-serving)"),
        ({"pins": {"python": 3.8}}, ("pins", "python"), "3.8 is not the text of a version: put it in quotes"),
        ({"pins": {"pip": ">=20"}}, ("pins", "pip"), "'>=20' is not a version: write one as 1.54.0"),
        ({"pins": {"azureml-designer-serving": "0.0.17"}}, ("pins", "azureml-designer-serving"), "0.0.17 is an empty release, so the script cannot start: leave it out, or take another version"),
        ({"pins": {"python": "3.10"}}, ("pins", "python"), "is not kept to 3.8, and azureml-designer-classic-modules 0.0.185 needs Python 3.8: leave it out, or take another version"),
        ({"pins": {"azureml-designer-classic-modules": "0.0.191", "python": "3.8.10"}}, ("pins", "python"), "is not kept to 3.9, and azureml-designer-classic-modules 0.0.191 needs Python 3.9: leave it out, or take another version"),
        ({"pins": {"azureml-designer-classic-modules": "0.0.9"}}, ("pins", "azureml-designer-classic-modules"), "nothing is known of release 0.0.9, so this file is not judged: leave it out, or take another version"),
        ({"pins": {"azureml-defaults": "1.62.0"}}, ("pins", "azureml-defaults"), "is not kept below 1.61.0, and from 1.61.0 on it needs Python 3.9: leave it out, or take another version"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_block_is_said(block: Any, path: tuple[str | int, ...], message: str) -> None:
    assert conda_faults(MODEL, block) == [Finding(message, path=path)]


def test_what_the_python_of_the_file_does_not_want_is_not_there_twice() -> None:
    block = {"packages": ['shap==1; python_version < "3.8"', "shap==2", 'shap==3; python_version > "3.8"']}
    assert conda_faults(MODEL, block) == []
    assert found(render_conda(MODEL, settings(**block)), MODEL) == []


def test_all_that_is_wrong_is_said_at_once() -> None:
    block = {"name": 1, "packages": ["a=1"], "pins": {"pip": 21, "azureml-designer-core": EMPTY}, "x": 1}
    assert {fault.path for fault in conda_faults(MODEL, block)} == {
        ("x",),
        ("name",),
        ("packages", 0),
        ("pins", "pip"),
        ("pins", "azureml-designer-core"),
    }


def test_a_block_for_an_unknown_package_is_refused() -> None:
    table = MODEL._replace(package="azureml-designer-text-modules")
    assert conda_faults(table, {}) == [Finding("nothing is known of azureml-designer-text-modules: leave `conda` out")]


def test_no_file_is_wanted() -> None:
    assert conda_faults(MODEL, False) == []
    assert complete_conda(False) is None
    assert complete_conda(True) == complete_conda({}) == ("project_environment", (), (), {})


BLOCKS = st.one_of(
    strategies.anything,
    st.dictionaries(st.sampled_from(["name", "packages", "conda_packages", "pins", "x"]), strategies.anything),
    st.fixed_dictionaries(
        {},
        optional={
            "name": strategies.difficult_text,
            "packages": st.lists(st.one_of(MORE, strategies.difficult_text), max_size=3),
            "conda_packages": st.lists(st.one_of(MORE_OF_CONDA, strategies.difficult_text), max_size=3),
            "pins": st.dictionaries(
                st.sampled_from([*PACKAGES, "python", "pip", "azureml-designer-serving", "torchvision", "x"]),
                st.one_of(VERSIONS, st.just(EMPTY), strategies.anything),
            ),
        },
    ),
)


@given(strategies.tables, BLOCKS)
def test_a_block_without_errors_fits_the_schema_and_can_be_rendered(table: Table, block: Any) -> None:
    schema = conda_schema()
    Draft202012Validator.check_schema(schema)
    faults = conda_faults(table, block)
    if all(fault.severity != "error" for fault in faults):
        assert Draft202012Validator(schema).is_valid(block)
        conda = complete_conda(block)
        assert conda is None or yaml.safe_load(render_conda(table, conda))


def test_the_schema_refuses_an_empty_release() -> None:
    valid = Draft202012Validator(conda_schema()).is_valid
    assert valid({"pins": {"azureml-designer-serving": "0.0.13"}})
    assert not valid({"pins": {"azureml-designer-serving": "0.0.17"}})
    assert not valid({"pins": {"azureml-designer-servings": "0.0.13"}})
    json.dumps(conda_schema())


# Requirements


@pytest.mark.parametrize(
    ("text", "name", "in_it", "not_in_it"),
    [
        ("azureml-defaults", "azureml-defaults", "1.54.0 1.62.0", ""),
        ("AzureML_Defaults==1.54.0", "azureml-defaults", "1.54.0 1.54", "1.54.1 1.54.0.1"),
        ("azureml.defaults [async] == 1.54.*", "azureml-defaults", "1.54.0 1.54.7", "1.55.0"),
        ("azureml-defaults (>=1.50,<1.55)", "azureml-defaults", "1.50 1.54.0", "1.49 1.55"),
        ("azureml-defaults~=1.54.0", "azureml-defaults", "1.54.0 1.54.9", "1.53.9 1.55.0"),
        ("azureml-defaults~=1.54", "azureml-defaults", "1.54 1.60", "1.53 2.0"),
        ("azureml-defaults===1.54.0", "azureml-defaults", "1.54.0", "1.54.1"),
        ("azureml-defaults!=1.55.*,>1.50", "azureml-defaults", "1.54 1.56", "1.50 1.55.3"),
        ('azureml-defaults==1.54.0 ; python_version < "3.9"', "azureml-defaults", "1.54.0", "1.55.0"),
        ("azureml-defaults==1.54.0 --hash=sha256:0", "azureml-defaults", "1.54.0", "1.55.0"),
        ("azureml-defaults==1.54.0  # the last that works", "azureml-defaults", "1.54.0", "1.55.0"),
        ("https://example.org/a_b-1.2.3-py3-none-any.whl", "a-b", "1.2.3", "1.2.4"),
        ("a-b @ https://example.org/a_b-1.2.3-py3-none-any.whl ; os_name == 'posix'", "a-b", "1.2.3", "1.2.4"),
        ("./packages/a-b-1.2.3.tar.gz", "a-b", "1.2.3", "1.2.4"),
    ],
)
def test_what_pip_reads(text: str, name: str, in_it: str, not_in_it: str) -> None:
    requirement = read_requirement("pip", text)
    assert (requirement.name, requirement.wrong) == (name, None)
    assert requirement.spec
    assert [version for version in in_it.split() if not admits(requirement.spec, version)] == []
    assert [version for version in not_in_it.split() if admits(requirement.spec, version)] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a @ git+https://example.org/a.git@main", "a"),
        ("git+https://example.org/a.git#egg=a_b", "a-b"),
        ("git+https://example.org/a.git", ""),
        ("-e git+https://example.org/a.git#egg=a_b", "a-b"),
        ("-e .", ""),
        ("-r requirements.txt", ""),
        ("-rrequirements.txt", ""),
        ("--constraint=pins.txt", ""),
        ("--index-url https://example.org/simple", ""),
        ("--pre", ""),
        ("./folder", ""),
    ],
)
def test_what_leaves_the_version_open(text: str, name: str) -> None:
    requirement = read_requirement("pip", text)
    assert (requirement.name, requirement.spec, requirement.wrong) == (name, None, None)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a=1.0", "a==1.0"),
        ("a[b] = 1.0", "a[b] == 1.0"),
        ("a 1.0", None),
        ("a==1.0==2.0", None),
        ("a==", None),
        ("a>=1.0;<2", None),
        ("", None),
        ("é==1", None),
        ("x" * 3000, None),
    ],
)
def test_what_pip_refuses(text: str, meant: str | None) -> None:
    requirement = read_requirement("pip", text)
    if ";" in text:  # a marker, which is pip's to judge
        assert requirement.is_conditional
    else:
        assert (bool(requirement.wrong), requirement.meant) == (True, meant)


@pytest.mark.parametrize(
    ("text", "in_it", "not_in_it"),
    [
        ("python", "2.7 3.8 3.14", ""),
        ("python=3.8", "3.8.0 3.8.20", "3.9 3.80"),
        ("python=3.8.*", "3.8.0 3.8.20", "3.9"),
        ("Python ==3.8.10", "3.8.10", "3.8.11"),
        ("python >=3.8,<3.9", "3.8.20", "3.9 3.7"),
        ("python>=3.8, <3.9", "3.8.20", "3.9 3.7"),
        ("python 3.8.10", "3.8.10", "3.8.11"),
        ("python 3.8*", "3.8 3.8.11", "3.9"),
        ("python=3.8.10=h49503c6_1_cpython", "3.8.10", "3.8.11"),
        ("python 3.8.10 h49503c6_1_cpython", "3.8.10", "3.8.11"),
        ("conda-forge::python=3.8", "3.8.1", "3.9"),
        ("conda-forge/linux-64::python=3.8", "3.8.1", "3.9"),
        ("python=3.7|3.8", "3.7 3.8", "3.9"),
        ("python[version='>=3.8,<3.9']", "3.8.1", "3.9"),
        ("python[build=*_cpython]", "3.8 3.9", ""),
        ("python=*", "3.8 3.9", ""),
        ("python  # any", "3.8 3.9", ""),
    ],
)
def test_what_conda_reads(text: str, in_it: str, not_in_it: str) -> None:
    requirement = read_requirement("conda", text)
    assert (requirement.name, requirement.wrong) == ("python", None)
    assert requirement.spec
    assert [version for version in in_it.split() if not admits(requirement.spec, version)] == []
    assert [version for version in not_in_it.split() if admits(requirement.spec, version)] == []


@pytest.mark.parametrize("text", ["", "=1", "python=", "python==", "python>>3", "python=1,,2", "pyt hon=3 = 4 5"])
def test_what_conda_refuses(text: str) -> None:
    assert read_requirement("conda", text).wrong


RELEASES = st.builds(
    lambda numbers, rest: ".".join(map(str, numbers)) + rest,
    st.lists(st.integers(0, 3), min_size=1, max_size=4),
    st.sampled_from(["", "", "", ".post1", "rc1", ".dev0"]),
)
CLAUSES = st.one_of(
    st.builds("{}{}".format, st.sampled_from(["==", "!=", "<=", ">="]), RELEASES),
    st.builds("{}{}.*".format, st.sampled_from(["==", "!="]), RELEASES.filter(lambda text: text[-1].isdigit() and "p" not in text and "c" not in text and "d" not in text)),
    st.builds("~={}.{}".format, st.integers(0, 3), st.integers(0, 3)),
    st.builds("{}{}".format, st.sampled_from(["<", ">"]), st.from_regex(r"[0-3](\.[0-3]){0,2}", fullmatch=True)),
)  # fmt: skip


@given(st.lists(CLAUSES, min_size=1, max_size=3).map(",".join), st.from_regex(r"[0-3](\.[0-3]){0,3}", fullmatch=True))
def test_versions_are_compared_as_pip_does(clauses: str, version: str) -> None:
    spec = read_requirement("pip", f"a{clauses}").spec
    assert spec
    assert admits(spec, version) == SpecifierSet(clauses).contains(version, prereleases=True)


@given(
    st.lists(CLAUSES, min_size=1, max_size=3).map(",".join), VERSIONS, st.from_regex(r"[0-3]\.[0-3]", fullmatch=True)
)
def test_what_stays_below_a_limit_admits_nothing_from_there_on(clauses: str, version: str, limit: str) -> None:
    spec = read_requirement("pip", f"a{clauses}").spec
    assert spec
    assume(stays_below(spec, limit) and key(version) >= key(limit))
    assert not admits(spec, version)


@given(st.sampled_from(["conda", "pip"]), MORE | MORE_OF_CONDA | strategies.difficult_text, VERSIONS)
def test_a_requirement_of_one_version_is_read_back(manager: Any, text: str, version: str) -> None:
    requirement = read_requirement(manager, text)
    if requirement.name and requirement.spec and "://" not in text and not requirement.wrong and "whl" not in text:
        again = read_requirement(manager, requirement.at(version))
        assert (again.name, again.wrong, again.extras) == (requirement.name, None, requirement.extras)
        assert again.spec
        assert admits(again.spec, version)


# Checking


@pytest.mark.parametrize(
    ("table", "findings"),
    [
        (MODEL, ["SG207 azureml-designer-core", "SG210 azureml-defaults"]),
        (SVD, ["SG207 azureml-designer-core", "SG210 azureml-defaults"]),
        (VW, ["SG210 azureml-defaults"]),
        (WIDE, ["SG210 azureml-defaults"]),
        (IMAGE, ["SG210 azureml-defaults"]),
    ],
    ids=lambda value: getattr(value, "id", ""),
)
def test_what_the_downloaded_file_lacks(table: Table, findings: list[str]) -> None:
    text = downloaded(table)
    assert found(text, table) == found(text, None) == findings
    assert fix_conda(text, table).splitlines().sort() == plain(table).splitlines().sort()
    assert found(fix_conda(text, table), table) == []


def test_a_finding_says_where_what_and_what_to_write() -> None:
    (finding,) = check_conda(FILE.replace("defaults==1.54.0", "defaults  # any"), WIDE)
    assert finding == Finding(
        "is not kept below 1.61.0, and from 1.61.0 on it needs Python 3.9: write azureml-defaults==1.54.0",
        path=("azureml-defaults",),
        place=Place(8, 5),
        end=Place(8, 21),
        code="SG210",
        suggestion="azureml-defaults==1.54.0",
    )


def test_what_is_missing_is_found_at_the_list_that_lacks_it() -> None:
    (finding,) = check_conda(FILE.replace("  - azureml-designer-serving==0.0.13\n", ""), WIDE)
    assert finding.order == ((7, 3), (7, 6), "SG203")
    (finding,) = check_conda(FILE.replace("- pip=20.2\n", ""), WIDE)
    assert finding.order == ((4, 1), (4, 13), "SG209")


@pytest.mark.parametrize(
    ("old", "new", "findings"),
    [
        ("- python=3.8.10\n", "", "SG208 python"),
        ("python=3.8.10", "python", "SG208 python"),
        ("python=3.8.10", "python=3", "SG208 python"),
        ("python=3.8.10", "python>=3.8", "SG208 python"),
        ("python=3.8.10", "python=3.8|3.10", "SG208 python"),
        ("python=3.8.10", "python=3.7.9", "SG208 python"),
        ("python=3.8.10", "python=2.7", "SG208 python"),
        ("python=3.8.10", "python>4", "SG208 python"),
        ("- pip=20.2\n", "", "SG209 pip"),
        ("pip=20.2", "pip", "SG209 pip"),
        ("pip=20.2", "pip=20", "SG209 pip"),
        ("pip=20.2", "pip>=20.2", "SG209 pip"),
        ("pip=20.2", "pip=20.3", "SG209 pip"),
        ("pip=20.2", "pip=23.3.1=pyhd8ed1ab_0", "SG209 pip"),
        ("  - azureml-defaults==1.54.0\n", "", ""),  # the serving package asks for it
        ("azureml-defaults==1.54.0", "azureml-defaults", "SG210 azureml-defaults"),
        ("azureml-defaults==1.54.0", "azureml-defaults>=1.54.0", "SG210 azureml-defaults"),
        ("azureml-defaults==1.54.0", "azureml-defaults==1.62.0", "SG210 azureml-defaults"),
        ("azureml-defaults==1.54.0", "azureml-defaults=1.54.0", "SG201"),
        ("  - azureml-designer-recommender-modules==0.0.65\n", "", "SG203 azureml-designer-recommender-modules"),
        ("modules==0.0.65", "modules", "SG205 azureml-designer-recommender-modules"),
        ("modules==0.0.65", "modules>=0.0.60", "SG205 azureml-designer-recommender-modules"),
        ("modules==0.0.65", "modules<0.0.70", "SG205 warning azureml-designer-recommender-modules"),
        ("modules==0.0.65", "modules==0.0.76", "SG206 azureml-designer-recommender-modules"),
        ("recommender-modules==0.0.65", "classic-modules==0.0.185", "SG204 azureml-designer-classic-modules"),
        ("  - azureml-designer-serving==0.0.13\n", "", "SG203 azureml-designer-serving"),
        ("serving==0.0.13", "serving", "SG205 azureml-designer-serving"),
        ("serving==0.0.13", "serving<0.0.17", "SG205 warning azureml-designer-serving"),
        ("serving==0.0.13", "serving==0.0.18", "SG206 azureml-designer-serving"),
        ("serving==0.0.13", f"serving==0.0.13\n  - azureml-designer-core=={EMPTY}", "SG206 azureml-designer-core"),
        ("serving==0.0.13", "serving==0.0.13\n  - azureml-designer-core", "SG207 azureml-designer-core"),
        ("- pip:", "- scikit-surprise 1.1 x y\n- pip:", "SG201 scikit-surprise"),
        ("- pip:", "- pip:\n  - numpy==1.23.5\n  - NumPy==1.24", "SG202 numpy"),
    ],
)  # fmt: skip
def test_what_is_changed_is_found_and_put_right(old: str, new: str, findings: str) -> None:
    assert FILE.count(old) == 1
    text = FILE.replace(old, new)
    assert found(text, WIDE) == ([findings] if findings else [])
    fixed = fix_conda(text, WIDE)
    if findings[:5] not in ("SG202", "SG201") or new == "azureml-defaults=1.54.0":
        assert found(fixed, WIDE) == []
    assert fix_conda(fixed, WIDE) == fixed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("python=3.8.10", "python=3.8"),
        ("python=3.8.10", "python==3.8.10"),
        ("python=3.8.10", "python >=3.8,<3.9"),
        ("python=3.8.10", '"python>=3.6,<3.9"  # 3.8'),
        ("python=3.8.10", "conda-forge::python=3.8.20=h49503c6_1_cpython"),
        ("pip=20.2", "pip<20.3"),
        ("pip=20.2", "pip=20.2.4"),
        ("pip=20.2", "pip=19.3"),
        ("azureml-defaults==1.54.0", "AzureML_Defaults[async] == 1.54.*"),
        ("azureml-defaults==1.54.0", "azureml-defaults<1.60,>=1.50"),
        ("azureml-defaults==1.54.0", 'azureml-defaults<1.60 ; python_version < "3.9"'),
        ("azureml-designer-recommender-modules==0.0.65", "azureml_designer.recommender-Modules===0.0.60"),
        (
            "azureml-designer-recommender-modules==0.0.65",
            "https://example.org/azureml_designer_recommender_modules-0.0.65-py3-none-any.whl",
        ),
        ("azureml-designer-recommender-modules==0.0.65", "-r requirements.txt"),
        ("azureml-designer-recommender-modules==0.0.65", "azureml-designer-recommender-modules\n  - -c pins.txt"),
        ("azureml-designer-serving==0.0.13", "azureml-designer-serving @ https://example.org/serving.zip"),
        ("azureml-designer-serving==0.0.13", "-e git+https://example.org/s.git#egg=azureml-designer-serving"),
        ("- pip:", "- libgomp\n- pip:\n  - --extra-index-url https://example.org/simple\n  - shap"),
        ("- pip:", "- pip:\n  - numpy==1.23.5\n  - numpy == 1.23.5"),
        ("name:", "variables: {A: b}\nprefix: /x\nname:"),
    ],
)
def test_what_is_legal_is_not_found(old: str, new: str) -> None:
    assert found(FILE.replace(old, new), WIDE) == []


@pytest.mark.parametrize(
    ("table", "drop", "finding"),
    [
        (SVD, "scikit-surprise", "SG211 scikit-surprise"),
        (VW, "vowpalwabbit", "SG211 vowpalwabbit"),
        (IMAGE, "pytorch", "SG211 pytorch"),
        (IMAGE, "torchvision", "SG211 torchvision"),
        (IMAGE, "cudatoolkit", None),
    ],
)
def test_what_a_module_needs_besides(table: Table, drop: str, finding: str | None) -> None:
    text = re.sub(f"^- {drop}=.*\n", "", plain(table), flags=re.MULTILINE)
    assert text != plain(table)
    assert found(text, table) == ([finding] if finding else [])
    unpinned = re.sub(f"^- {drop}=.*\n", f"- {drop}\n", plain(table), flags=re.MULTILINE)
    assert found(unpinned, table) == [f"SG211 warning {drop}"]
    for damaged in (text, unpinned) if finding else (unpinned,):
        assert sorted(fix_conda(damaged, table).splitlines()) == sorted(plain(table).splitlines())


def test_what_a_module_needs_besides_may_come_from_pypi() -> None:
    text = plain(IMAGE).replace("- pytorch=2.2.1\n", "").replace("- pip:\n", "- pip:\n  - torch==2.2.1\n")
    assert found(text, IMAGE) == []


def test_vowpal_wabbit_can_be_installed_by_a_newer_pip() -> None:
    assert found(plain(VW).replace("pip=20.2", "pip=23.0"), VW) == ["SG209 warning pip"]
    text = plain(VW).replace("pip=20.2", "pip=23.0").replace("defaults==1.54.0", "defaults")
    assert found(text, VW) == ["SG209 warning pip", "SG210 warning azureml-defaults"]


@pytest.mark.parametrize("table", [VW, WIDE, IMAGE], ids=lambda table: table.id)
def test_the_serving_package_is_not_to_come_first(table: Table) -> None:
    package, serving = (pinned("pip", name, version) for name, version in (
        (table.package, package_of(table).version), (FACTS.serving.name, package_of(table).serving)
    ))  # fmt: skip
    swapped = plain(table).replace(package, "first").replace(serving, package).replace("first", serving)
    assert found(swapped, table) == ["SG207 azureml-designer-core"]
    assert found(fix_conda(swapped, table), table) == []
    assert found(swapped.replace("serving==0.0.13", "serving==0.0.19").replace("0.0.15", "0.0.19"), table) == []


OLD = FILE.replace("0.0.65", "0.0.49").replace("3.8.10", "3.6.8").replace("0.0.13", "0.0.12")


@pytest.mark.parametrize(
    ("old", "new", "findings"),
    [
        ("==1.54.0", "==1.47.0", []),
        ("==1.54.0", "==1.54.0", ["SG210 azureml-defaults"]),  # wants a server of which Python 3.6 has none
        ("==1.54.0", "", ["SG210 azureml-defaults"]),
        ("3.6.8", "3.8.10", ["SG208 warning python"]),  # 1.54.0 fits that one
        ("3.6.8", "3.7.9", ["SG208 warning python", "SG210 azureml-defaults"]),
        ("- pip=20.2\n", "", ["SG209 pip", "SG210 azureml-defaults"]),
        ("0.0.49", "0.0.19", ["SG213 info azureml-designer-recommender-modules"]),
    ],
)
def test_an_old_release_is_judged_by_what_is_known_of_its_python(old: str, new: str, findings: list[str]) -> None:
    text = OLD.replace(old, new)
    assert found(text, WIDE) == findings
    assert [text for text in found(fix_conda(text, WIDE), WIDE) if "SG213" not in text] == []


def test_what_is_known_is_said_of_a_release_that_is_not() -> None:
    (finding,) = check_conda(OLD.replace("0.0.49", "0.0.19"), WIDE)
    assert finding.message == (
        "nothing is known of release 0.0.19, so this file is not judged: known is 0.0.20 or later on Python 3.6, "
        "0.0.53 or later on Python 3.8, 0.0.66 or later on Python 3.8 or 3.9 or 0.0.70 or later on Python 3.9"
    )


def test_newer_releases_need_a_newer_python() -> None:
    text = FILE.replace("0.0.65", "0.0.70")
    assert found(text, WIDE) == ["SG208 python"]
    assert fix_conda(text, WIDE) == text.replace("3.8.10", "3.9.18")
    newer = text.replace("3.8.10", "3.9.18")
    assert found(newer, WIDE) == []
    assert found(newer.replace("1.54.0", "1.62.0"), WIDE) == ["SG210 warning azureml-defaults"]  # not seen with it


# The release that the model tells


@pytest.mark.parametrize(
    ("marker", "findings"),
    [
        ('python_version < "3.9"', ["SG210 azureml-defaults"]),
        ('python_version >= "3.9"', ["SG210 warning azureml-defaults"]),  # is not there, as good as left out
        ('sys_platform == "linux" and python_full_version >= "3.8.2"', ["SG210 azureml-defaults"]),
        ('sys_platform == "win32"', ["SG210 warning azureml-defaults"]),
        ('platform_machine != "x86_64"', ["SG210 warning azureml-defaults"]),
        ('platform_release > "4"', []),  # cannot be told
        ('python_versions < "3"', ["SG201 azureml-defaults", "SG210 warning azureml-defaults"]),
    ],
)
def test_a_marker_decides_whether_a_requirement_counts(marker: str, findings: list[str]) -> None:
    text = FILE.replace("- azureml-defaults==1.54.0", f"- 'azureml-defaults==1.62.0; {marker}'")
    older = text.replace("serving==0.0.13", "serving==0.0.12")  # asks for any release of it
    assert sorted(found(older, WIDE)) == sorted(findings)


def test_where_no_python_is_pinned_a_marker_may_hold_or_not() -> None:
    text = FILE.replace("==1.54.0", "==1.62.0; python_version < '3.9'").replace("python=3.8.10", "python >=3.8,<3.9")
    assert found(text, WIDE) == []


def test_of_two_requirements_the_one_counts_whose_marker_holds() -> None:
    two = "azureml-defaults==1.54.0; python_version < '3.9'\n  - azureml-defaults==1.62.0; python_version >= '3.9'"
    assert found(FILE.replace("azureml-defaults==1.54.0", two), WIDE) == []


PACKAGE = MODEL.package
LATER = """\
dependencies:
- python=3.9.18
- pip=20.2
- pip:
  - azureml-defaults==1.54.0
  - azureml-designer-core==0.0.86
  - azureml-designer-classic-modules==0.0.195
  - azureml-designer-serving==0.0.13
"""


def judged(text: str, *scikit_learn: str) -> list[str]:
    return [
        " ".join(filter(None, (item.code, "" if item.severity == "error" else item.severity, item.about)))
        for item in check_conda(text, MODEL, scikit_learn)
    ]


def test_a_release_that_cannot_load_the_model_is_found_and_the_proven_set_written() -> None:
    text = plain(MODEL)
    finding = next(item for item in check_conda(text, MODEL, ["1.5.0"]) if item.code == "SG212")
    assert judged(text, "1.5.0") == [
        "SG208 python",
        "SG214 warning azureml-designer-core",
        "SG212 azureml-designer-classic-modules",
    ]
    assert (finding.code, finding.message) == (
        "SG212",
        "the model was trained with scikit-learn 1.5.0, so by release 0.0.191 or later, on Python 3.9: "
        "this file installs 0.22.2: write azureml-designer-classic-modules==0.0.195",
    )
    fixed = fix_conda(text, MODEL, ["1.5.0"])
    assert yaml.safe_load(fixed)["dependencies"] == yaml.safe_load(LATER)["dependencies"]
    assert judged(fixed, "1.5.0") == []


def test_the_other_way_round_too() -> None:
    assert judged(LATER, "1.5.0") == []
    assert "SG212 azureml-designer-classic-modules" in judged(LATER, "0.22.2")
    assert (
        yaml.safe_load(fix_conda(LATER, MODEL, ["0.22.2"]))["dependencies"]
        == yaml.safe_load(plain(MODEL))["dependencies"]
    )


@pytest.mark.parametrize("release", ["0.0.153", "0.0.179", "0.0.190"])
def test_each_release_of_a_scikit_learn_is_kept(release: str) -> None:
    assert "SG212" not in " ".join(judged(plain(MODEL).replace("0.0.185", release), "0.22.2"))


def test_what_no_release_brings_is_said() -> None:
    assert judged(plain(MODEL), "0.24.1") == ["SG212 warning azureml-designer-classic-modules"]
    assert judged(plain(MODEL), "0.22.2", "1.5.0") == ["SG212 warning azureml-designer-classic-modules"]


def test_a_set_that_is_known_to_fail_is_found() -> None:
    assert judged(LATER.replace("1.54.0", "1.60.0")) == ["SG210 azureml-defaults"]
    assert judged(LATER.replace("==1.54.0", "")) == ["SG210 azureml-defaults"]


@pytest.mark.parametrize(
    ("pins", "dependencies"),
    [
        ({PACKAGE: "0.0.195"}, yaml.safe_load(LATER)["dependencies"]),
        ({"python": "3.9"}, ["python=3.9", *yaml.safe_load(LATER)["dependencies"][1:]]),
        (
            {PACKAGE: "0.0.153"},
            [
                *("python=3.6.8", "pip=20.2"),
                {"pip": ["azureml-defaults==1.47.0", f"{PACKAGE}==0.0.153", "azureml-designer-serving==0.0.10"]},
            ],
        ),
    ],
)
def test_all_else_follows_the_release_or_the_python_that_is_pinned(
    pins: dict[str, str], dependencies: list[Any]
) -> None:
    assert conda_faults(MODEL, {"pins": pins}) == []
    text = render_conda(MODEL, settings(pins=pins))
    assert yaml.safe_load(text)["dependencies"] == dependencies
    assert found(text, MODEL) == []


def test_pins_that_are_known_to_fail_are_refused() -> None:
    pins = {"python": "3.9", PACKAGE: "0.0.195", "azureml-designer-serving": "0.0.19", "azureml-defaults": "1.60.0"}
    (fault,) = conda_faults(MODEL, {"pins": pins})
    assert (fault.path, fault.message) == (
        ("pins", "azureml-defaults"),
        "is not kept below 1.60.0, and from 1.60.0 on its server does not start beside the designer's packages: "
        "leave it out, or take another version",
    )


def test_a_core_of_another_release_is_found() -> None:
    assert judged(LATER.replace("core==0.0.86", "core==0.0.80")) == ["SG214 warning azureml-designer-core"]


def test_a_serving_package_that_leaves_azureml_defaults_open() -> None:
    text = FILE.replace("  - azureml-defaults==1.54.0\n", "").replace("serving==0.0.13", "serving==0.0.12")
    assert found(text, WIDE) == ["SG210 warning azureml-defaults"]
    assert found(fix_conda(text, WIDE), WIDE) == []


def test_the_package_that_once_held_the_module_is_accepted() -> None:
    text = FILE.replace("azureml-designer-recommender-modules==0.0.65", "azureml-designer-score-modules==0.0.16")
    old = text.replace("3.8.10", "3.6.8")
    assert found(old.replace("azureml-defaults==1.54.0", "azureml-defaults==1.47.0"), IMAGE) == []
    assert found(old, IMAGE) == ["SG210 azureml-defaults"]  # 1.54.0 asks for a server that there is not for 3.6


def test_the_designers_packages_are_not_to_be_had_from_conda() -> None:
    line = "azureml-designer-recommender-modules==0.0.65\n"
    text = FILE.replace(f"  - {line}", "").replace("- pip:", f"- {line}- pip:")
    (finding,) = check_conda(text, WIDE)
    assert (finding.code, finding.line) == ("SG203", 7)
    assert "under pip:" in finding.message
    assert fix_conda(text, WIDE) == text


def test_without_a_script_the_packages_tell_the_module() -> None:
    assert found(FILE.replace("==0.0.65", ""), None) == ["SG205 azureml-designer-recommender-modules"]
    assert found(re.sub("- vowpal.*\n", "", plain(VW)), None) == ["SG211 vowpalwabbit"]
    assert found(re.sub("- scikit-surprise.*\n", "", plain(SVD)), None) == []  # it may score another module's model
    assert found(FILE.replace("pip:\n", f"pip:\n  - {VW.package}\n"), None) == []  # whose script it is cannot be told


def test_a_comment_silences_a_finding() -> None:
    text = FILE.replace("defaults==1.54.0", "defaults  # scoregen: ignore[SG210]").replace("pip=20.2", "pip")
    assert found(text, WIDE) == ["SG209 pip"]
    assert fix_conda(text, WIDE) == text.replace("- pip\n", "- pip=20.2\n")
    assert found(text.replace("- pip:", "- pip:  # scoregen: ignore").replace("  - azureml-designer-serving==0.0.13\n", ""), WIDE) == ["SG209 pip"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("", 1, 1, "is not a conda file: it is a mapping with the key dependencies"),
        ("- a\n", 1, 1, "is not a conda file: it is a mapping with the key dependencies"),
        ("name: x\n", 1, 1, "is not a conda file: the key dependencies is missing"),
        ("dependencies:\n", 1, 1, "dependencies is not a list: begin each line with -"),
        ("dependencies: python\n", 1, 1, "dependencies is not a list: begin each line with -"),
        ("dependencies:\n- python: 3.8\n", 2, 3, "is a mapping, where conda takes a text: write name=version, without a colon"),
        ("dependencies:\n- 3.8\n", 2, 3, "is not the text of a requirement: write name=version"),
        ("dependencies:\n- pip:\n", 2, 3, "pip: is not a list: begin each line below with -, or take it out"),
        ("dependencies:\n- pip:\n  - a\n  - [b]\n", 4, 5, "is not the text of a requirement: write name=version"),
        ("dependencies:\n\t- a\n", 2, 1, "not valid YAML: a tab stands here, and YAML indents with spaces"),
        ("name: x\nname: y\n", 2, 1, "given twice: keep one of them"),
    ],
)  # fmt: skip
def test_what_is_no_conda_file(text: str, line: int, column: int, message: str) -> None:
    (finding,) = check_conda(text, MODEL)
    assert finding.place == (line, column)
    assert (finding.code, finding.severity, finding.about, finding.message) == ("SG200", "error", "", message)
    assert fix_conda(text, MODEL) == text


def test_bytes_that_are_not_utf_8() -> None:
    (finding,) = check_conda("name: a\n# é azureml-designer-serving".encode("latin-1"), None)
    assert (finding.code, finding.line, finding.column, finding.message) == ("SG200", 2, 3, "not UTF-8: byte 0xe9")


@pytest.mark.parametrize(
    "text", ["", "dependencies: [numpy=1", "name: x\n", "dependencies:\n- pip:\n  - azureml-defaults\n"]
)
def test_other_projects_files_are_passed_over(text: str) -> None:
    assert not mentions_a_package(text.encode())
    assert check_conda(text, None) == check_conda(text.encode(), None) == []


@pytest.mark.parametrize("name", [*PACKAGES, "AzureML_Designer.Serving", "azureml-designer-score-modules"])
def test_a_designers_package_is_seen(name: str) -> None:
    assert mentions_a_package(f"dependencies: [{{pip: ['{name}']}}]".encode())


def test_the_quick_look_reads_no_yaml() -> None:
    look = "import sys; from generator.facts.conda import mentions_a_package; mentions_a_package(b''); print('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True).stdout == "False\n"


# Putting right


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (
            "dependencies: [python=3.8, pip=20.2, {pip: [azureml-defaults, azureml-designer-recommender-modules==0.0.65]}]",
            "dependencies: [python=3.8, pip=20.2, {pip: [azureml-defaults==1.54.0, azureml-designer-recommender-modules==0.0.65, azureml-designer-serving==0.0.13]}]",
        ),
        (
            "dependencies: [{pip: [azureml-defaults==1.54.0, azureml-designer-recommender-modules==0.0.65, azureml-designer-serving==0.0.13]}]",
            "dependencies: [python=3.8.10, pip=20.2, {pip: [azureml-defaults==1.54.0, azureml-designer-recommender-modules==0.0.65, azureml-designer-serving==0.0.13]}]",
        ),
        (
            "dependencies:\n-   python=3.8  # ours\n-   pip=20.2",
            "dependencies:\n-   python=3.8  # ours\n-   pip=20.2\n-   pip:\n    -   azureml-designer-recommender-modules==0.0.65\n    -   azureml-designer-serving==0.0.13",
        ),
        (
            "dependencies: [python=3.8, pip=20.2]\n",
            "dependencies: [python=3.8, pip=20.2, {pip: [azureml-designer-recommender-modules==0.0.65, azureml-designer-serving==0.0.13]}]\n",
        ),
        (
            "dependencies:\n  # ours\n  - 'python'\n  - \"pip\" # old\n\n  - pip:\n      - azureml-defaults [async]>=1 ; platform_release > '4'\n      - azureml-designer-recommender-modules # one\n",
            "dependencies:\n  # ours\n  - 'python=3.8.10'\n  - \"pip=20.2\" # old\n\n  - pip:\n      - azureml-defaults [async]>=1 ; platform_release > '4'\n      - azureml-designer-recommender-modules==0.0.65 # one\n      - azureml-designer-serving==0.0.13\n",
        ),
        (
            "dependencies:\n- pip:\n  - azureml-designer-serving==0.0.13\n  - azureml-defaults==1.54.0\n",
            "dependencies:\n- python=3.8.10\n- pip=20.2\n- pip:\n  - azureml-designer-recommender-modules==0.0.65\n  - azureml-designer-serving==0.0.13\n  - azureml-defaults==1.54.0\n",
        ),
    ],
)  # fmt: skip
def test_only_what_is_wrong_is_changed(text: str, fixed: str) -> None:
    for newline in ("\n", "\r\n", "\r"):
        for mark in ("", "\ufeff"):
            assert fix_conda(mark + text.replace("\n", newline), WIDE) == mark + fixed.replace("\n", newline)
    assert found(fixed, WIDE) == []


@pytest.mark.parametrize(
    "entry",
    [
        ">-\n    azureml-defaults\n",
        '"azureml\\x2ddefaults"',
        "&a azureml-defaults",
        "azureml-defaults>=1 --hash=sha256:0",
    ],
)
def test_what_cannot_be_edited_safely_is_left(entry: str) -> None:
    text = FILE.replace("azureml-defaults==1.54.0", entry)
    assert found(text, WIDE) == ["SG210 azureml-defaults"]
    if "hash" not in entry:
        assert fix_conda_and_count(text, WIDE) == (text, 0)


def test_what_was_put_right_is_counted() -> None:
    assert fix_conda_and_count(FILE.replace("pip=20.2", "pip").replace("==0.0.65", ""), WIDE).number == 2
    assert fix_conda_and_count(FILE, WIDE) == (FILE, 0)


LINES = st.sampled_from(
    [
        "python", "python=3.8.10", "python=3.11", "pip", "pip=20.2", "pip=24", "scikit-surprise", "vowpalwabbit=8.8.1",
        "libgomp", "'numpy >=1.19'",
    ]
)  # fmt: skip
PIP_LINES = st.sampled_from(
    [
        "azureml-defaults", "azureml-defaults==1.54.0", "azureml_defaults>=1.50  # ours", "azureml-designer-core",
        f"azureml-designer-core=={EMPTY}", "azureml-designer-serving", "azureml-designer-serving==0.0.13",
        "azureml-designer-serving==0.0.17", "azureml-designer-serving=0.0.13", "shap", "-r more.txt", '"shap==0.39"',
        *(f"{package.name}{version}" for package in FACTS.packages for version in ("", f"=={package.version}", f"=={package.empty[0]}")),
        "azureml-designer-classic-modules==0.0.150", "azureml-designer-classic-modules==0.0.191",
    ]
)  # fmt: skip


@given(
    st.lists(LINES, max_size=4, unique=True),
    st.lists(PIP_LINES, max_size=6, unique=True),
    st.sampled_from([None, *load_tables()]),
    st.sampled_from(["\n", "\r\n"]),
)
@example(["python"], [], None, "\n")
def test_whatever_is_put_right_is_right_then(
    conda: list[str], pip: list[str], table: Table | None, newline: str
) -> None:
    lines = ["dependencies:", *(f"- {line}" for line in conda or ["numpy"]), *(["- pip:"] if pip else [])]
    text = newline.join([*lines, *(f"  - {line}" for line in pip)]) + newline
    fixed = fix_conda(text, table)
    assert fix_conda(fixed, table) == fixed
    assert not [item for item in check_conda(fixed, table) if item.suggestion]
    assert re.findall("#.*", fixed) == re.findall("#.*", text)
    assert re.sub(r"\r\n|\n", "", fixed).count("\r") == 0
    assert len(re.findall("\r\n", fixed)) == (fixed.count("\n") if newline == "\r\n" else 0)
    untouched = [
        line for line in text.splitlines() if line in ("- libgomp", "- 'numpy >=1.19'", "  - shap", "  - -r more.txt")
    ]
    assert untouched == [line for line in fixed.splitlines() if line in untouched]


@given(st.one_of(strategies.difficult_text, st.text("dependncis: -pyho=3.8>\n[]{}&*'\"#,|azurml", max_size=60)))
def test_no_text_makes_it_stumble(text: str) -> None:
    for source in (text, f"dependencies:\n- {text}", f"dependencies:\n- pip:\n  - {text}\n  - azureml-defaults"):
        for finding in check_conda(source, SVD):
            assert finding.line >= 1
            assert finding.column >= 1
        assert isinstance(fix_conda(source, SVD), str)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "dependencies: &a [*a]",
        "dependencies: &a\n- &b {pip: [x]}\n- *b\n- *b\n",
        "a: &a [x]\ndependencies:\n- pip: *a\n",
        "dependencies:\n- &p python\n- pip:\n  - *p\n",
        "dependencies:\n- x\x85- pip:\n  - a\n",
        "%YAML 1.1\n---\ndependencies: [python]\n...\n",
        "dependencies: [python]\n---\ndependencies: [pip]\n",
        "dependencies: !!python/object:os.system [a]\n",
        "<<: {dependencies: [python]}\n",
    ],
)
def test_odd_files_are_judged_and_never_made_worse(text: str) -> None:
    before, after = check_conda(text, WIDE), check_conda(fix_conda(text, WIDE), WIDE)
    assert before
    assert len(after) <= len(before)


def test_an_exact_version_is_told_from_several() -> None:
    specs = {text: read_requirement("pip", f"a{text}").spec for text in ("==1.2", "==1.2.*", ">=1.2", "", "===1.2")}
    assert [text for text, spec in specs.items() if spec and exact(spec)] == ["==1.2", "===1.2"]


def test_the_page_has_every_key() -> None:
    page = (ROOT / "docs/conda.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \| .* \| .* \|$", page, re.MULTILINE) == list(conda_schema()["properties"])


@pytest.mark.parametrize("name", ["azureml-designer-classic-modules==0.0.196", "azureml-designer-core==0.0.87"])
def test_a_marker_makes_an_empty_release_no_fuller(name: str) -> None:
    pins = f"- azureml-designer-classic-modules==0.0.185\n  - {name}" if "core" in name else f"- {name}"
    text = f"dependencies:\n- python=3.8\n- pip=20.2\n- pip:\n  {pins}; python_version>='3.6'\n"
    assert "SG206" in {finding.code for finding in check_conda(text, None)}
