"""``required-version``: which versions of scoregen take a config."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from generator import ConfigError, __version__, config_schema, generate
from generator.cli.main import main
from generator.config import parse

VALIDATOR = Draft202012Validator(config_schema())
FITS = [f"=={__version__}", ">=0.0.1", ">=0.0.1, <999", "~=0.1.0", "!=0.0.1", "> 0.0.9", "<999,>0.0.1", ">=0.1.dev1"]
FITS_NOT = [">=999", "<0.0.1", "==0.0.1", f"!={__version__}", "~=0.9", ">=0.0.1, <0.0.2"]
NO_VERSIONS = [
    "0.1.0",
    "",
    "latest",
    "~=1",
    ">=1.*",
    "^1.0",
    ">=0.1,",
    "==0.1.0+local",
    ">=0.1\n",
    0.1,
    1,
    None,
    [],
    True,
]


def config(wanted: object) -> dict[str, object]:
    return {"required-version": wanted, "module": "Score Model"}


@pytest.mark.parametrize("wanted", FITS)
def test_a_version_that_fits(wanted: str) -> None:
    assert VALIDATOR.is_valid(config(wanted))
    assert generate(config(wanted)) == generate({"module": "Score Model"})


@pytest.mark.parametrize("wanted", FITS_NOT)
def test_a_version_that_does_not_fit(wanted: str) -> None:
    assert VALIDATOR.is_valid(config(wanted))
    with pytest.raises(ConfigError) as error:
        generate(config(wanted))
    (finding,) = error.value.findings
    wrong = (
        f"this config is for scoregen {wanted}, and this is {__version__}: install one that fits, or change this line"
    )
    assert (finding.message, finding.code, finding.path) == (wrong, "SG408", ("required-version",))


@pytest.mark.parametrize("wanted", NO_VERSIONS)
def test_what_names_no_versions(wanted: object) -> None:
    assert not VALIDATOR.is_valid(config(wanted))
    with pytest.raises(ConfigError, match="names no versions: write it "):
        generate(config(wanted))


def test_of_a_config_for_another_version_nothing_else_is_said() -> None:
    with pytest.raises(ConfigError) as error:
        generate({**config(">=999"), "a key of the future": 1})
    assert len(error.value.findings) == 1


def test_it_stands_beside_the_scripts_and_not_in_them() -> None:
    scripts = [{"module": "Score Model"}]
    assert parse.parse_config({"required-version": ">=0.0.1", "scripts": scripts}).scripts
    with pytest.raises(ConfigError, match="for scoregen >=999"):
        parse.parse_config({"required-version": ">=999", "scripts": scripts})
    inside = {"scripts": [config(">=0.0.1")]}
    assert not VALIDATOR.is_valid(inside)
    with pytest.raises(ConfigError, match="is for all scripts: move it to the top, beside `scripts`"):
        parse.parse_config(inside)


def test_a_later_version_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "__version__", "999.1")
    assert generate(config(">=999"))
    monkeypatch.setattr(parse, "__version__", "999.0rc1")
    assert generate(config(">=998"))


@pytest.mark.parametrize("command", [["generate", "scoregen.yaml"], ["sync"], ["bundle", "scoregen.yaml", "-d", "out"]])
def test_nothing_is_written(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("scoregen.yaml").write_text('module: Score Model\nrequired-version: ">=999"\n')
    assert main(command) == 1
    assert capsys.readouterr().err.startswith("scoregen.yaml:2:1: required-version: this config is for scoregen >=999")
    assert [path.name for path in Path().iterdir()] == ["scoregen.yaml"]
