"""A recipe: what a conda file's requirements become for uv, and which lock holds it."""

from __future__ import annotations

import pytest

from generator.conda.block import complete_conda, requirements_of
from generator.conda.recipe import NoRuntimeError, Recipe, fulfils, recipe_of
from generator.conda.requirements import Requirement, read_requirement
from generator.facts.modules import load_tables, tables_by_key
from generator.facts.runtimes import load_runtimes, lock_path
from generator.trial.locks import recipe_of_lock
from generator.trial.runtime import lock_for

CLASSIC = "azureml-designer-classic-modules"


def requirements(*by_pip: str, by_conda: tuple[str, ...] = ("python=3.8.10", "pip=20.2")) -> list[Requirement]:
    return [
        *(read_requirement("conda", text) for text in by_conda),
        *(read_requirement("pip", text) for text in by_pip),
    ]


def recipe(*by_pip: str, **others: tuple[str, ...]) -> Recipe:
    return recipe_of(requirements(*by_pip, **others))


def test_what_is_left_open_is_decided_and_what_is_pinned_stays() -> None:
    made = recipe("azureml-defaults", f"{CLASSIC}==0.0.185", "scipy==1.4.1")
    assert (made.title, made.python) == ("classic-0.0.185", "3.8")
    assert "azureml-defaults==1.54.0" in made.overrides
    assert "scipy==1.4.1" in made.overrides
    assert not any(text.startswith("scipy==1.5") for text in made.overrides)


def test_what_comes_from_conda_comes_from_pypi() -> None:
    by_conda = ("python=3.8", "pip", "pytorch=2.2.1", "torchvision=0.17.1", "cudatoolkit=11.8", "libgomp")
    made = recipe("azureml-designer-pytorch-modules==0.0.70", by_conda=by_conda)
    assert [text for text in made.requirements if "torch" in text][:2] == ["torch==2.2.1", "torchvision==0.17.1"]
    assert not any("cuda" in text or "libgomp" in text for text in made.requirements)
    assert made.notes == ("libgomp is left out: it comes from conda, a runtime's packages from PyPI",)


def test_a_package_that_takes_anothers_place() -> None:
    made = recipe("azureml-designer-recommender-modules==0.0.65")
    assert "tensorflow-cpu==2.12.0" in made.requirements
    assert 'tensorflow ; python_version < "3.0"' in made.overrides


def test_what_compiling_needs_goes_with_what_is_compiled() -> None:
    assert recipe(f"{CLASSIC}==0.0.185").build == {}
    made = recipe(f"{CLASSIC}==0.0.185", by_conda=("python=3.8", "scikit-surprise=1.1.0"))
    assert made.build == {"scikit-surprise": ("numpy==1.19.1", "cython<3")}


def test_a_file_that_pins_no_python_gets_that_of_its_release() -> None:
    assert recipe(f"{CLASSIC}==0.0.195", by_conda=()).python == "3.9"
    assert recipe(f"{CLASSIC}==0.0.179", by_conda=()).python == "3.8"


def test_a_file_without_the_designers_packages_is_taken_as_it_is() -> None:
    made = recipe("numpy==2.1.0", "azureml-inference-server-http==1.4.0", by_conda=("python=3.12", "pip"))
    assert (made.title, made.python, made.overrides, made.build) == ("plain", "3.12", (), {})
    assert made.requirements == ("numpy==2.1.0", "azureml-inference-server-http==1.4.0")


def test_the_name_tells_all_that_goes_in() -> None:
    first, same = recipe(f"{CLASSIC}==0.0.185"), recipe(f"{CLASSIC}==0.0.185")
    others = [recipe(f"{CLASSIC}==0.0.184"), recipe(f"{CLASSIC}==0.0.185", "shap==0.39.0")]
    assert first.name("linux") == same.name("linux")
    names = {
        first.name("linux"),
        first.name("darwin"),
        first.name("linux", "lock"),
        *(made.name("linux") for made in others),
    }
    assert len(names) == 5


@pytest.mark.parametrize("table", load_tables(), ids=lambda table: table.id)
def test_what_scoregen_writes_is_locked(table: object) -> None:
    settings = complete_conda({})
    assert settings
    (found,) = [entry for entry in load_tables() if entry is table]
    made = recipe_of(requirements_of(found, settings))
    lock = lock_for(made)
    assert lock
    assert fulfils(lock, made.python, made)
    assert ("scikit-surprise==" in lock) == (found.id == "score_svd_recommender")


@pytest.mark.parametrize("lock", load_runtimes().locks, ids=lambda lock: lock.name)
def test_a_lock_holds_its_recipe_with_hashes_and_no_address(lock: object) -> None:
    (found,) = [entry for entry in load_runtimes().locks if entry is lock]
    text = lock_path(found.name).read_text(encoding="utf-8")
    made = recipe_of_lock(found)
    assert fulfils(text, found.python, made)
    assert made.title == ("plain" if found.is_open else found.name.removesuffix("-surprise"))
    assert "://" not in text
    pinned = [line for line in text.splitlines() if not line.startswith("    --hash=sha256:")]
    assert all(line.endswith(" \\") for line in pinned), "a package without a hash"


@pytest.mark.parametrize(
    "asked", ["azureml-designer-serving==0.0.12", "shap==0.39.0", "pandas>=2", 'six ; python_version > "3"']
)
def test_a_lock_that_lacks_something_is_not_taken(asked: str) -> None:
    settings = complete_conda({})
    assert settings
    own = [
        item for item in requirements_of(tables_by_key()["score_model"], settings) if item.name != asked.split("=")[0]
    ]
    assert lock_for(recipe_of([*own, read_requirement("pip", asked)])) == ""


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(NoRuntimeError, match="which is not a version to pip"):
        recipe(f"{CLASSIC}=0.0.185")
