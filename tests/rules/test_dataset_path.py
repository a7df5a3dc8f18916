"""The paths of datasets: one rule, in configs, on the command line, and in the exported schema."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator import ConfigError, Dataset, config_schema, generate, rewrite
from generator.config.parse import parse_config
from generator.rules.dataset_path import path_fault

DEEP = {"module": "Score Wide and Deep Recommender"}
SCRIPT = generate(DEEP)
FINE = [
    *("users.csv", "users", "data/users.csv", "./users.csv", "users/", "a b/c.csv", "é/ü.csv", "it's.csv", "USERS.CSV"),
    *(
        "v1.2/users.csv",
        ".hidden/users.csv",
        "users.v2",
        "console.csv",
        "com10/x.csv",
        "a..b.csv",
        "...csv",
        "auxiliary",
    ),
    *("$HOME/x.csv", "%TEMP%/x.csv", "[a]{b}.csv", "a/./b.csv", "users.csv.d", "users~", "a/~b.csv", "trained.model"),
]
WRONG = {
    "is empty": ["", " ", "\t"],
    "is an address": [
        *("https://example.com/a.csv", "azureml:users:1", "azureml://datastores/x/paths/a.csv", "abfss://c@a/x.csv"),
        *("file:///a.csv", "wasbs:a", "\\\\server\\share\\a.csv", "//server/share/a.csv", "s3://b/a.csv"),
    ],
    "is a path of this machine": [
        "/mnt/users.csv",
        "C:\\data\\users.csv",
        "c:/users.csv",
        "C:users.csv",
        "\\users.csv",
    ],
    "starts at a home folder": ["~/users.csv", "~", "~me/users.csv"],
    "leads out of the folder": ["../users.csv", "..", "a/../../b.csv", "a/../b.csv", "a/..", "../"],
    "is not a usable path": ["data\\users.csv", "..\\users.csv"],
    "is the folder itself": [".", "./", ".//"],
    "is neither a .csv file nor": [
        "users.parquet",
        "a/users.TSV",
        "users.xlsx",
        "users.txt",
        "u.json",
        "d.zip",
        "x.PKL/",
    ],
    "has one of the characters": [
        "a|b.csv",
        "a?.csv",
        "*.csv",
        "a\nb.csv",
        "a\0b.csv",
        'say "a".csv',
        "a/b:c.csv",
        "a<b",
    ],
    "has a name that Windows keeps": [
        "con",
        "CON.csv",
        "data/Nul",
        "aux/users.csv",
        "com1.csv",
        "LPT9",
        "a/prn.x/b.csv",
    ],
    "has a name that ends in a dot or a blank": ["users.", "a /b.csv", "users.csv ", "data./users.csv", "a/ /b.csv"],
}


@pytest.mark.parametrize("path", FINE)
def test_a_path_that_can_be_one(path: str) -> None:
    assert path_fault(path) == ""
    parse_config({**DEEP, "datasets": {"user_features": {"path": path}}})
    assert repr(path)[1:-1] in rewrite(SCRIPT, {}, datasets={"user_features": Dataset(path)}) or "'" in path


@pytest.mark.parametrize(("reason", "path"), [(reason, path) for reason, paths in WRONG.items() for path in paths])
def test_a_path_that_cannot_be_one(reason: str, path: str) -> None:
    fault = path_fault(path)
    assert f" {reason}" in fault
    assert ": " in fault.partition(reason)[2], "what to do"
    with pytest.raises(ConfigError) as in_config:
        parse_config({**DEEP, "datasets": {"user_features": {"path": path, "relative_to": "model"}}})
    assert [(finding.message, finding.code) for finding in in_config.value.findings] == [(fault, "SG407")]
    with pytest.raises(ConfigError) as on_command_line:
        rewrite(SCRIPT, {}, datasets={"user_features": Dataset(path)})
    assert on_command_line.value.findings[0].message == fault


@given(st.text(max_size=30) | st.text("./\\~:aC cstxv", max_size=12))
@example("a.csv\n")
def test_the_schema_refuses_the_same_paths(path: str) -> None:
    validator = Draft202012Validator(config_schema())
    config = {**DEEP, "datasets": {"user_features": {"path": path}}}
    assert validator.is_valid(config) == (path_fault(path) == "")
