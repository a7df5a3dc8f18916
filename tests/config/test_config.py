"""What is wrong with a config, in the words that the user reads, at the place where it stands."""

from __future__ import annotations

from typing import Any

import pytest

from generator.config.parse import Config, parse_config
from generator.findings import ConfigError

SVD = "module: score_svd_recommender\n"
DEEP = "module: score_wide_and_deep_recommender\n"
VOWPAL = "module: score_vowpal_wabbit_model\n"
SELECTIONS = (
    "'From All Items', 'From Rated Items (for model evaluation)', 'From Unrated Items (to suggest new items to users)'"
)
MODULES = (
    "'Assign Data to Clusters', 'Score Image Model', 'Score Model', 'Score SVD Recommender', "
    "'Score Vowpal Wabbit Model', 'Score Wide and Deep Recommender'"
)
UNRATED = (
    "recommended_item_selection 'From Unrated Items (to suggest new items to users)' "
    "and prediction_kind 'Item Recommendation'"
)
WRONG = {
    "empty": ("", ["1:1: the config is empty: begin with `module:` and the name of the Score module"]),
    "only comments": ("# later\n", ["1:1: the config is empty: begin with `module:` and the name of the Score module"]),
    "not a mapping": ("- a\n", ["1:1: a list is not a config: write a mapping that begins with `module:`"]),
    "text": ("score\n", ["1:1: 'score' is not a config: write a mapping that begins with `module:`"]),
    "bad YAML": (
        "module: [Score Model\n",
        ["2:1: not valid YAML: while parsing a flow sequence, did not find expected ',' or ']'"],
    ),
    "tab": (
        "module: Score Model\nparameters:\n\tx: 1\n",
        ["3:1: not valid YAML: a tab stands here, and YAML indents with spaces"],
    ),
    "not UTF-8": (b"module: Score Model\noutput: \xe9.py\n", ["2:9: not UTF-8: byte 0xe9"]),
    "tag": (
        "module: !!python/name:os.system x\n",
        [
            "1:9: not valid YAML: could not determine a constructor for the tag 'tag:yaml.org,2002:python/name:os.system'"
        ],
    ),
    "two documents": (
        "module: Score Model\n---\nmodule: Score Model\n",
        ["2:1: a second document begins here: keep one, and put several scripts under one `scripts:` list"],
    ),
    "deep": ("a: " + "[" * 60 + "]" * 60, ["1:54: nested deeper than 50 levels"]),
    "alias to itself": ("module: &a [*a]\n", ["1:13: '*a' has no finished anchor before it"]),
    "duplicate key": (
        "module: Score Model\noutput: a.py\noutput: b.py\n",
        ["3:1: output: given twice: keep one of them"],
    ),
    "key that is no text": ("module: Score Model\n1: 2\n", ["2:1: 1 cannot be a key here: keys are text"]),
    "number too long": (
        "module: Score Image Model\nmode: " + "1" * 5000,
        [
            "2:1: mode: '111111111111111111111111111111111111111111111111111111111111...' is not allowed here: use one of"
            " 'generate', 'rewrite'",
            "2:7: mode: '1111111111111111111111111111111111111111' cannot be read as int",
        ],
    ),
    "no such day": (
        VOWPAL + "parameters: {vw_arguments: 2021-02-31}\n",
        [
            "2:14: warning: parameters.vw_arguments: '2021-02-31' is not an option, and has no effect: take it out",
            "2:28: parameters.vw_arguments: '2021-02-31' cannot be read as timestamp",
        ],
    ),
    "aliases that multiply": (
        "a: &a [" + "1," * 999 + "1]\nb: &b [" + "*a," * 999 + "*a]\nc: [*b,*b]\n",
        ["2:227: more than 75,000 values (those that aliases repeat included) are too many"],
    ),
    "no module": (
        "output: a.py\n",
        [
            "1:1: `module` is missing: name one of 'Assign Data to Clusters', 'Score Image Model', 'Score Model', "
            "'Score SVD Recommender', 'Score Vowpal Wabbit Model', 'Score Wide and Deep Recommender'"
        ],
    ),
    "unknown module": (
        "module: Train SVD Recomender\n",
        [
            "1:1: module: 'Train SVD Recomender' is not a known module: use one of 'Assign Data to Clusters', "
            "'Score Image Model', 'Score Model', 'Score SVD Recommender', 'Score Vowpal Wabbit Model', "
            "'Score Wide and Deep Recommender'; did you mean 'Train SVD Recommender'?"
        ],
    ),
    "unknown key": (
        "module: Score Model\nparamters: {}\n",
        [
            "2:1: paramters: unknown key; did you mean 'parameters'? (known: module, output, model, convert, mode, endpoint, conda, deployment, container, client, parameters, datasets, request, response, required-version, scripts)"
        ],
    ),
    "convert of no open model": (
        "module: Score Model\nconvert: {trees: lightgbm}\n",
        [
            "2:1: convert: it is for a model in an open form, which `scoregen convert` writes: name its folder, as "
            "`model: open_model`, or leave this out"
        ],
    ),
    "convert of another model": (
        "module: Score Model\nmodel: open_model/..\nconvert: {trees: lightgbm}\n",
        [
            "3:1: convert: it is for a model in an open form, which `scoregen convert` writes: name its folder, as "
            "`model: open_model`, or leave this out"
        ],
    ),
    "convert without a key": (
        "module: Score Model\nmodel: open_model\nconvert: lightgbm\n",
        ["3:1: convert: 'lightgbm' is not a mapping: write `{trees: lightgbm}`"],
    ),
    "convert with another value": (
        "module: Score Model\nmodel: open_model\nconvert: {trees: LightGBM}\n",
        [
            "3:11: convert.trees: 'LightGBM' is not allowed here: use one of 'numpy', 'lightgbm'; "
            "did you mean 'lightgbm'?"
        ],
    ),
    "trees beside convert": (
        "module: Score Model\nmodel: open_model\ntrees: lightgbm\n",
        ["3:1: trees: belongs under `convert`: write `convert: {trees: lightgbm}`"],
    ),
    "unknown parameter": (
        "module: Score Model\nparameters:\n  append_or_results_only: true\n",
        [
            "3:3: parameters.append_or_results_only: unknown parameter of Score Model; "
            "did you mean 'append_or_result_only'? (known: append_or_result_only)"
        ],
    ),
    "parameter of a module without any": (
        "module: Score Image Model\nparameters: {batch: 1}\n",
        ["2:14: parameters.batch: Score Image Model takes no parameters: leave it out"],
    ),
    "value out of the enum": (
        SVD + "parameters:\n  prediction_kind: Item Recommendation\n  Recommended item selection: From Rated Itmes\n",
        [
            f"4:3: parameters.recommended_item_selection: 'From Rated Itmes' is not allowed here: use one of {SELECTIONS}; "
            "did you mean 'From Rated Items (for model evaluation)'?"
        ],
    ),
    "part of several options": (
        SVD + "parameters:\n  prediction_kind: Item Recommendation\n  Recommended item selection: items\n",
        [
            f"4:3: parameters.recommended_item_selection: 'items' is not allowed here: use one of {SELECTIONS}; "
            f"'items' fits {SELECTIONS.replace(', ', ' and ')}: write one of them"
        ],
    ),
    "misprinted member": (
        SVD + "parameters:\n  recommended_item_selection: FromUndatedItems\n",
        [
            f"3:3: parameters.recommended_item_selection: 'FromUndatedItems' is not allowed here: use one of {SELECTIONS}; "
            "did you mean 'FromUnratedItems'?",
            "3:3: warning: parameters.recommended_item_selection: is ignored: "
            "it counts only with prediction_kind 'Item Recommendation'",
        ],
    ),
    "part of several modules": (
        "module: recommender\n",
        [
            f"1:1: module: 'recommender' is not a known module: use one of {MODULES}; "
            "'recommender' fits 'Score SVD Recommender' and 'Score Wide and Deep Recommender': write one of them"
        ],
    ),
    "a parameter at the top": (
        SVD + "max_recommended_item_count: 7\n",
        [
            "2:1: max_recommended_item_count: belongs under `parameters`: "
            "write `parameters: {max_recommended_item_count: 7}`"
        ],
    ),
    "a dataset among the parameters": (
        SVD + "parameters: {training_data: my.csv}\n",
        ["2:14: parameters.training_data: belongs under `datasets`: write `datasets: {training_data: my.csv}`"],
    ),
    "a key of the response at the top": (
        SVD + "strict_json: true\n",
        ["2:1: strict_json: belongs under `response`: write `response: {strict_json: true}`"],
    ),
    "no blank at the beginning": (
        "module:svd\n",
        ["1:1: a blank is missing behind the colon: write 'module: svd'"],
    ),
    "no blank below what is no line end to an editor": (
        "# a\u2028b\x85c\nmodule:svd\nmode: rewrite\n",
        ["2:7: a blank is missing behind the colon: write 'module: svd'"],
    ),
    "no blank behind a key": (
        SVD + "output:my.py\nmode: rewrite\n",
        ["2:7: a blank is missing behind the colon: write 'output: my.py'"],
    ),
    "no blank in a section": (
        SVD + "parameters:\n  prediction_kind:Item Recommendation\n",
        ["2:1: parameters: a blank is missing behind the colon: write 'prediction_kind: Item Recommendation'"],
    ),
    "path of this machine in short": (
        SVD + "parameters: {prediction_kind: Item Recommendation, recommended_item_selection: unrated}\n"
        "datasets: {training_data: /my.csv}\n",
        [
            "3:12: datasets.training_data.path: '/my.csv' is a path of this machine, which the endpoint does not have: "
            "put the data beside the script, and name it from there"
        ],
    ),
    "boolean misspelt": (
        "module: Score Model\nparameters: {append_or_result_only: 'maybe'}\n",
        ["2:14: parameters.append_or_result_only: 'maybe' is not allowed here: use true or false, without quotes"],
    ),
    "number for a boolean": (
        "module: Score Model\nparameters: {append_or_result_only: 1}\n",
        ["2:14: parameters.append_or_result_only: 1 is not allowed here: use true or false"],
    ),
    "wrong types": (
        DEEP
        + "parameters:\n  recommender_prediction_kind: Item Recommendation\n"
        + "  maximum_number_of_items_to_recommend_to_a_user: '5'\n"
        + "  minimum_size_of_the_recommendation_pool_for_a_single_user: 2.5\n",
        [
            "4:3: parameters.maximum_number_of_items_to_recommend_to_a_user: '5' is not a whole number: use 1 or more, without quotes",
            "5:3: parameters.minimum_size_of_the_recommendation_pool_for_a_single_user: 2.5 is not a whole number: use 1 or more",
        ],
    ),
    "below the minimum": (
        SVD + "parameters: {prediction_kind: ItemRecommendation, max_recommended_item_count: 0}\n",
        ["2:51: parameters.max_recommended_item_count: 0 is below the minimum: use 1 or more"],
    ),
    "number for text": (
        VOWPAL + "parameters: {vw_arguments: 5}\n",
        ["2:14: parameters.vw_arguments: 5 is not text: put it in quotes"],
    ),
    "VW option of the module": (
        VOWPAL + "parameters: {vw_arguments: --link logistic -i other.model}\n",
        [
            "2:14: parameters.vw_arguments: '-i' cannot be used here: the module sets input and output itself; take it out"
        ],
    ),
    "VW option with its value": (
        VOWPAL + "parameters: {vw_arguments: --raw_predictions=out.txt}\n",
        [
            "2:14: parameters.vw_arguments: '--raw_predictions' cannot be used here: the module sets input and output itself; take it out"
        ],
    ),
    "VW option with another value": (
        VOWPAL + "parameters: {vw_arguments: --link sigmoid}\n",
        [
            "2:14: parameters.vw_arguments: '--link' takes identity, logistic, glf1 or poisson, not 'sigmoid': "
            "write --link identity"
        ],
    ),
    "VW option without its value": (
        VOWPAL + "parameters: {vw_arguments: -q}\n",
        [
            "2:14: parameters.vw_arguments: '-q' takes the first characters of two namespaces, and without one it "
            "swallows the module's own options: write -q ab"
        ],
    ),
    "VW option not supported": (
        VOWPAL + "parameters: {vw_arguments: --lda 5}\n",
        ["2:14: parameters.vw_arguments: '--lda' cannot be used here: the module does not support it; take it out"],
    ),
    "VW option unknown": (
        VOWPAL + "parameters: {vw_arguments: --lnik logistic}\n",
        ["2:14: parameters.vw_arguments: '--lnik' is not a known option; did you mean '--link'?"],
    ),
    "VW arguments on two lines": (
        VOWPAL + "parameters:\n  vw_arguments: |\n    --link logistic\n",
        [
            "3:3: parameters.vw_arguments: it holds a tab or a line break: "
            "the options are split at spaces only, so write them on one line"
        ],
    ),
    "by name and by label": (
        SVD + "parameters:\n  prediction_kind: RatingPrediction\n  recommender PREDICTION kind: Item Recommendation\n",
        [
            "4:3: parameters.prediction_kind: given twice: 'prediction_kind' in line 3 is the same parameter; keep one of them"
        ],
    ),
    "missing dataset": (
        SVD + "parameters:\n  prediction_kind: ItemRecommendation\n  recommended_item_selection: FromUnratedItems\n",
        [
            "4:3: parameters.recommended_item_selection: 'From Unrated Items (to suggest new items to users)' "
            "needs the dataset training_data: add `datasets: {training_data: {path: data.csv}}`"
        ],
    ),
    "missing dataset beside another": (
        DEEP
        + "parameters:\n  recommender_prediction_kind: ItemRecommendation\n"
        + "  recommended_item_selection: FromUnratedItems\ndatasets: {user_features: {path: users.csv}}\n",
        [
            "4:3: parameters.recommended_item_selection: 'From Unrated Items (to suggest new items to users)' "
            "needs the dataset training_data: add `datasets: {training_data: {path: data.csv}}`"
        ],
    ),
    "unknown dataset": (
        SVD + "datasets: {user_features: {path: a.csv}}\n",
        ["2:12: datasets.user_features: unknown dataset of Score SVD Recommender (known: training_data)"],
    ),
    "dataset that is no mapping": (
        DEEP + "datasets:\n  user_features: 5\n",
        ["3:3: datasets.user_features: 5 is not a mapping: write `{path: data.csv}`"],
    ),
    "dataset without a path": (
        DEEP + "datasets:\n  user_features: {relative_to: model}\n",
        ["3:3: datasets.user_features: `path` is missing: write `user_features: {path: data.csv}`"],
    ),
    "dataset relative to nothing": (
        DEEP + "datasets:\n  user_features: {path: a.csv, relative_to: home}\n",
        ["3:32: datasets.user_features.relative_to: 'home' is not allowed here: use one of 'script', 'model'"],
    ),
    "dataset in another format": (
        DEEP + "datasets:\n  user_features: {path: users.parquet}\n",
        [
            "3:19: datasets.user_features.path: 'users.parquet' is neither a .csv file nor the folder of a designer "
            "dataset: save the data as one of them"
        ],
    ),
    "misnamed dataset": (
        SVD
        + "parameters:\n  prediction_kind: ItemRecommendation\n  recommended_item_selection: FromUnratedItems\n"
        + "datasets: {training: {path: a.csv}}\n",
        [
            "5:12: datasets.training: unknown dataset of Score SVD Recommender; did you mean 'training_data'? (known: training_data)"
        ],
    ),
    "datasets that are no mapping": (
        SVD + "datasets: ratings.csv\n",
        ["2:1: datasets: 'ratings.csv' is not a mapping: write `{training_data: {path: data.csv}}`"],
    ),
    "another module's parameter": (
        SVD + "parameters: {recommended_prediction_kind: RatingPrediction}\n",
        [
            "2:14: parameters.recommended_prediction_kind: unknown parameter of Score SVD Recommender; "
            "did you mean 'prediction_kind'? (known: prediction_kind, recommended_item_selection, "
            "max_recommended_item_count, min_recommendation_pool_size, return_ratings)"
        ],
    ),
    "path with backslashes": (
        DEEP + "datasets:\n  user_features: {path: 'data\\users.csv'}\n",
        [
            "3:19: datasets.user_features.path: 'data\\users.csv' is not a usable path: name a file, with / between folders"
        ],
    ),
    "output above the folder": (
        "module: Score Model\noutput: a/../../score.py\n",
        ["2:1: output: 'a/../../score.py' is not a file inside the config's folder: name one that is, or use -o"],
    ),
    "absolute output": (
        "module: Score Model\noutput: /srv/score.py\n",
        ["2:1: output: '/srv/score.py' is not a file inside the config's folder: name one that is, or use -o"],
    ),
    "output that is a folder": (
        "module: Score Model\noutput: scripts/\n",
        ["2:1: output: 'scripts/' is not a usable path: name a file, with / between folders"],
    ),
    "two scripts in one file": (
        "scripts:\n- module: Score Model\n- module: Score Image Model\n  output: ./score.py\n",
        ["4:3: scripts[1].output: './score.py' is the output of the script in line 2 too: give each its own"],
    ),
    "no scripts": ("scripts: []\n", ["1:1: scripts: the list is empty: write a block for each script"]),
    "scripts that are no list": ("scripts: {}\n", ["1:1: scripts: a mapping is not a list"]),
    "script that is no mapping": ("scripts:\n- Score Model\n", ["2:3: scripts[0]: 'Score Model' is not a mapping"]),
    "beside scripts": (
        "module: Score Model\nscripts:\n- module: Score Model\n",
        ["1:1: module: cannot stand beside `scripts`: move it into the blocks of that list"],
    ),
    "everything at once": (
        "module: score_svd_recommender\nfoo: 1\nparameters:\n  prediction_kind: Rates\n  bar: 2\n  return_ratings: maybe\n",
        [
            "2:1: foo: unknown key (known: module, output, model, convert, mode, endpoint, conda, deployment, container, client, parameters, datasets, request, response, required-version, scripts)",
            "4:3: parameters.prediction_kind: 'Rates' is not allowed here: "
            "use one of 'Rating Prediction', 'Item Recommendation'",
            "5:3: parameters.bar: unknown parameter of Score SVD Recommender (known: prediction_kind, "
            "recommended_item_selection, max_recommended_item_count, min_recommendation_pool_size, return_ratings)",
            "6:3: parameters.return_ratings: 'maybe' is not allowed here: use true or false, without quotes",
        ],
    ),
}


def problems(config: Any) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse_config(config)
    return [str(problem) for problem in caught.value.findings]


def test_a_key_without_letters_is_not_named() -> None:
    (problem,) = problems('module: Score Model\n"": 1\n')
    assert problem.startswith("2:1: unknown key (known: module, ")


@pytest.mark.parametrize(("config", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said(config: str | bytes, expected: list[str]) -> None:
    assert problems(config) == expected


WARNED = {
    "ignored parameter": (
        SVD + "parameters:\n  max_recommended_item_count: 3\n",
        [
            "3:3: warning: parameters.max_recommended_item_count: is ignored: it counts only with prediction_kind 'Item Recommendation'"
        ],
    ),
    "ignored through another": (
        DEEP
        + "parameters:\n  recommender_prediction_kind: Item Recommendation\n  recommended_item_selection: FromAllItems\n"
        + "  Minimum size of the recommendation pool for a single user: 2\n",
        [
            "5:3: warning: parameters.minimum_size_of_the_recommendation_pool_for_a_single_user: is ignored: "
            "it counts only with recommended_item_selection 'From Rated Items (for model evaluation)' "
            "and recommender_prediction_kind 'Item Recommendation'"
        ],
    ),
    "ignored dataset": (
        SVD + "datasets: {training_data: {path: ratings.csv}}\n",
        [f"2:12: warning: datasets.training_data: is ignored: it counts only with {UNRATED}"],
    ),
    "never counts": (
        VOWPAL + "parameters: {name_of_the_test_data_file: a.vw}\n",
        ["2:14: warning: parameters.name_of_the_test_data_file: is ignored: a web request is always a table"],
    ),
    "discouraged VW option": (
        VOWPAL + "parameters: {vw_arguments: --examples 2}\n",
        ["2:14: warning: parameters.vw_arguments: '--examples' is better left out: it breaks the column of labels"],
    ),
}


@pytest.mark.parametrize(("config", "expected"), WARNED.values(), ids=WARNED)
def test_what_has_no_effect_is_a_warning(config: str, expected: list[str]) -> None:
    assert [str(warning) for warning in parse_config(config).warnings] == expected


FINE: dict[str, str | bytes] = {
    "default": SVD,
    "module by the Score module": "module: Score SVD Recommender\n",
    "module by the training module": "module: Train SVD Recommender\n",
    "the other training module": "module: Train Anomaly Detection Model\n",
    "byte order mark": b"\xef\xbb\xbfmodule: Score Model\n",
    "empty sections": SVD + "parameters:\ndatasets:\n",
    "boolean as text": "module: Score Model\nparameters: {append_or_result_only: 'False'}\n",
    "French label": SVD + "parameters:\n  TYPE DE PREDICTION DU GENERATEUR DE RECOMMANDATIONS: RatingPrediction\n",
    "other apostrophe": SVD
    + "parameters: {prediction_kind: ItemRecommendation, Sélection d\u2019élément recommandé: FromAllItems}\n",
    "no VW arguments": VOWPAL + "parameters: {vw_arguments: ''}\n",
    "VW arguments of all kinds": VOWPAL
    + "parameters: {vw_arguments: '-t -q ::  --l1=1e-7 -l -0.5 --loss_function=logistic'}\n",
    "both file types": "scripts:\n- {module: score_vowpal_wabbit_model, parameters: {specify_file_type: SVMLight}}\n"
    "- {module: score_vowpal_wabbit_model, output: b.py, parameters: {specify_file_type: VW}}\n",
    "merged parameter under its other name": "scripts:\n- module: score_svd_recommender\n  output: a.py\n"
    "  parameters: &p {prediction_kind: ItemRecommendation}\n- module: score_svd_recommender\n"
    "  parameters:\n    Recommender prediction kind: RatingPrediction\n    <<: *p\n",
    "merge key": "scripts:\n- &base {module: score_vowpal_wabbit_model, output: a.py}\n- {<<: *base, output: b.py}\n",
}


@pytest.mark.parametrize("config", FINE.values(), ids=FINE)
def test_nothing_is_wrong(config: str | bytes) -> None:
    assert parse_config(config).warnings == ()


def settings(config: Config) -> dict[str, Any]:
    return dict(config.scripts[0].settings.parameters)


def test_what_is_left_out_is_what_the_downloaded_script_has() -> None:
    assert settings(parse_config(SVD)) == {"prediction_kind": "RatingPrediction"}
    assert settings(parse_config(DEEP)) == {"recommender_prediction_kind": "RatingPrediction"}
    assert settings(parse_config(VOWPAL)) == {
        "vw_arguments": "--link logistic",
        "specify_file_type": "VW",
        "include_an_extra_column_containing_labels": True,
        "include_an_extra_column_containing_raw_scores": True,
    }


def test_what_the_mode_needs_is_the_designers_default() -> None:
    assert settings(parse_config(SVD + "parameters: {prediction_kind: ItemRecommendation}")) == {
        "prediction_kind": "ItemRecommendation",
        "recommended_item_selection": "FromRatedItems",
        "max_recommended_item_count": 5,
        "min_recommendation_pool_size": 2,
        "return_ratings": False,
    }
    assert settings(parse_config(DEEP + "parameters: {recommender_prediction_kind: ItemRecommendation}")) == {
        "recommender_prediction_kind": "ItemRecommendation",
        "recommended_item_selection": "FromRatedItems",
        "maximum_number_of_items_to_recommend_to_a_user": 5,
        "minimum_size_of_the_recommendation_pool_for_a_single_user": 2,
    }


def test_an_explicit_parameter_takes_the_place_of_a_merged_one() -> None:
    config = parse_config(FINE["merged parameter under its other name"])
    assert config.scripts[1].settings.parameters == {"prediction_kind": "RatingPrediction"}


def test_a_text_may_be_set_to_nothing() -> None:
    assert settings(parse_config(VOWPAL + "parameters: {vw_arguments: }"))["vw_arguments"] is None


def test_the_outputs_place_may_be_left_open() -> None:
    assert parse_config("module: Score Model\noutput: /srv/score.py\n", check_outputs=False).scripts


def test_a_mapping_from_python_is_checked_alike() -> None:
    assert problems({"module": "Score Model", 1: 2}) == ["1:1: 1 cannot be a key here: keys are text"]
    assert problems({"module": ["Score Model"]})[0].startswith("1:1: module: a list is not a known module")
    assert problems({"module": "Score Model", "output": 10**5000})[0] == "1:1: a number is too long to be read"
