"""A seventh Score module is a table and a template of a few lines: no Python changes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = """\
id: score_text_model
name: Score Text Model
trained_by: [Train Text Model]
model_classes: [azureml.designer.modules.text.models]
package: azureml-designer-text-modules
class: ScoreTextModule
import_paths: [azureml.designer.modules.text.score]
result: {attribute: data, body: columns}
ports:
  - {name: text_model, holds: model, form: model_directory}
  - {name: texts, holds: request, form: data_frame_directory}
  - {name: stop_words, holds: dataset, form: data_frame_directory}
parameters:
  - name: language
    labels: {en: Language of the texts}
    type: option
    written_as: [member]
    enum: Language
    options:
      - {member: English, name: English}
      - {member: French, name: French (experimental)}
    required: true
    default: English
  - name: longest
    labels: {en: Longest text}
    type: integer
    written_as: [integer]
    minimum: 10
    required: true
    default: 100
    only_with: {parameter: language, options: [French]}
"""
TEMPLATE = """\
{% extends "score.py.j2" %}
{% block call %}
    texts = {{ forms.request("data_frame_directory") }}
    (result,) = {{ scope }}{{ table.class_name }}(model).run(
        texts=texts,
{% for parameter in table.parameters if parameter.name in parameters %}
        {{ parameter.name }}={{ parameters[parameter.name] | written(parameter, scope, indent=8) }},
{% endfor %}
    )
{% endblock %}
"""
CONFIG = """\
module: Train Text Model
parameters:
  Language of the texts: French (experimental)
datasets:
  stop_words: {path: stop.csv}
"""
CALL = """\
        return AMLResponse({"message": str(error)}, 400, json_str=True)
    texts = DataFrameDirectory(frame, schema)
    (result,) = ScoreTextModule(model).run(
        texts=texts,
        language=Language.French,
        longest=100,
    )
    return json.dumps(result.data.to_dict("list"), default=plain)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for folder in ("generator", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "generator/facts/tables/score_text_model.yaml").write_text(TABLE)
    (tmp_path / "scoregen.yaml").write_text(CONFIG)
    (tmp_path / "stop.csv").write_text("word\n")
    python(tmp_path, "-m", "generator.facts.compile").check_returncode()
    return tmp_path


def scoregen(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return python(checkout, "-m", "generator", *arguments)


def python(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_table_alone_is_a_module(checkout: Path) -> None:
    done = scoregen(checkout, "generate", "scoregen.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    source = (checkout / "score.py").read_text()
    assert "from azureml.designer.modules.text.score import (\n    Language,\n    ScoreTextModule,\n)" in source
    assert "        stop_words=stop_words,\n        # English or French\n        language=Language.French,\n" in source


def test_a_template_of_its_own_says_what_is_different(checkout: Path) -> None:
    (checkout / "templates/score_text_model.py.j2").write_text(TEMPLATE)
    assert scoregen(checkout, "generate", "scoregen.yaml").returncode == 0
    assert CALL in (checkout / "score.py").read_text()


def test_the_other_commands_and_the_rules_know_it(checkout: Path) -> None:
    shown = json.loads(scoregen(checkout, "modules", "Score Text Model", "--format", "json").stdout)
    assert [parameter["name"] for parameter in shown[0]["parameters"]] == ["language", "longest"]
    assert "score_text_model" in json.loads(scoregen(checkout, "schema").stdout)["$defs"]
    (checkout / "scoregen.yaml").write_text("module: score_text_model\nparameters: {longest: 5}\n")
    assert scoregen(checkout, "generate", "scoregen.yaml").stderr == (
        "scoregen.yaml:2:14: parameters.longest: 5 is below the minimum: use 10 or more\n"
        "scoregen.yaml:2:14: warning: parameters.longest: is ignored: it counts only with language 'French (experimental)'\n"
    )
