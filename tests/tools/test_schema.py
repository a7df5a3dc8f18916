"""The JSON Schema in other hands: a strict validator, and the YAML language server of the editors."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.config.published_schema import published_schema
from generator.facts.modules import load_tables

OF_EDITORS = "patternErrorMessage"  # a keyword of the YAML language server, which others must be told of
AJV = """\
const Ajv = require(process.argv[2] + "/ajv/dist/2020");
const [schema, configs] = JSON.parse(require("fs").readFileSync(0, "utf-8"));
// strictTypes, which ajv only logs, wants the type of a key repeated in each condition about it: docs/schema.md says why not.
const ajv = new Ajv({ strict: true, strictTypes: false });
ajv.addVocabulary(JSON.parse(process.argv[3]));
const judge = ajv.compile(schema);
console.log(JSON.stringify(configs.map((config) => judge(config))));
"""
CONFIG = f"""\
module: Score SVD Recommender
parameters:
  prediction_kind: Item Recommendation
  recommended_item_selection: From All Items
  max_recommended_item_count: 0
{"  "}
"""
IGNORED = (
    "it counts only with recommended_item_selection 'From Rated Items (for model evaluation)' "
    "and prediction_kind 'Item Recommendation'"
)


def ajv(modules: Path, schema: Any, *configs: Any, known: tuple[str, ...] = (OF_EDITORS,)) -> Any:
    """Return the verdicts of ajv in its strict mode, or what it says of the schema."""
    command = ["node", "-e", AJV, "node", str(modules), json.dumps(known)]
    given = json.dumps([schema, configs])
    done = subprocess.run([*command], input=given, capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr


@pytest.fixture(scope="module")
def modules(fetched: Callable[[str], Path]) -> Path:
    return fetched("ajv@8.20.0")


def test_a_strict_validator_takes_the_schema_and_judges_as_ours(modules: Path) -> None:
    right: list[Any] = [{"module": name} for table in load_tables() for name in table.keys if not table.datasets]
    wrong: list[Any] = [
        {"module": "Score"},
        {"module": "svd", "parameters": {"prediction_kind": "all"}},
        {"scripts": []},
    ]
    fast: dict[str, Any] = {"module": "Score Model", "convert": {"trees": "lightgbm"}}
    right.append(fast | {"model": "models/open_model"})
    wrong += [fast, fast | {"model": "trained_model_outputs"}]
    whole = {"scripts": [{"module": "svd", "parameters": {"Recommender prediction kind": "item recommendation"}}]}
    verdicts = ajv(modules, published_schema("https://example.org/scoregen.json"), whole, *right, *wrong)
    assert verdicts == [True] * (1 + len(right)) + [False] * len(wrong)


def test_the_strict_validator_would_see_what_is_wrong_with_a_schema(modules: Path) -> None:
    schema = published_schema()
    assert f'unknown keyword: "{OF_EDITORS}"' in ajv(modules, schema, known=())
    assert 'unknown keyword: "descriptoin"' in ajv(modules, {**schema, "descriptoin": "none"})
    quoted = {**schema, "properties": {"module": {"type": "string", "pattern": r"\""}}}
    assert "Invalid escape" in ajv(modules, quoted)


class Editor:
    """An editor in which a config is open, and which asks the language server what it has to say."""

    def __init__(self, process: subprocess.Popen[bytes], schema: Path) -> None:
        self._process = process
        self._settings = {
            "yaml": {
                "schemas": {schema.as_uri(): ["**/scoregen.yaml"]},
                "schemaStore": {"enable": False},
                "hover": True,
                "completion": True,
                "validate": True,
            }
        }
        self._asked = 0
        markdown = {"completionItem": {"documentationFormat": ["markdown"]}}
        can = {"workspace": {"configuration": True}, "textDocument": {"completion": markdown}}
        self._ask("initialize", {"processId": None, "rootUri": None, "capabilities": can})
        self._send("initialized", {})
        self._folder = schema.parent
        self._file = ""

    def open(self, text: str) -> list[str]:
        """Open a config, and return what is said of it, with the line."""
        self._asked += 1
        self._file = (self._folder / str(self._asked) / "scoregen.yaml").as_uri()
        document = {"uri": self._file, "languageId": "yaml", "version": 1, "text": text}
        self._send("textDocument/didOpen", {"textDocument": document})
        said = self._until(lambda message: message.get("params", {}).get("uri") == self._file)
        return [f"{one['range']['start']['line'] + 1}: {one['message']}" for one in said["params"]["diagnostics"]]

    def hover(self, line: int, column: int) -> str:
        """Return what is shown over a place, both counted from 1."""
        shown = self._at("hover", line, column)["contents"]["value"]
        assert isinstance(shown, str)
        return shown.replace("\\", "")

    def offered(self, line: int, column: int) -> dict[str, str]:
        """Return what is offered at a place, each with what is said of it."""
        items = self._at("completion", line, column)["items"]
        return {item["label"]: str(item.get("documentation", "")) for item in items}

    def _at(self, what: str, line: int, column: int) -> Any:
        place = {"line": line - 1, "character": column - 1}
        return self._ask(f"textDocument/{what}", {"textDocument": {"uri": self._file}, "position": place})

    def _ask(self, method: str, params: Any) -> Any:
        self._asked += 1
        self._write({"method": method, "params": params, "id": self._asked})
        return self._until(lambda message: message.get("id") == self._asked and "method" not in message)["result"]

    def _send(self, method: str, params: Any) -> None:
        self._write({"method": method, "params": params})

    def _write(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _until(self, wanted: Callable[[dict[str, Any]], bool]) -> Any:
        """Read what the server sends until something is what is wanted; answer what it asks."""
        assert self._process.stdout
        while True:
            length = 0
            while header := self._process.stdout.readline().strip().lower():
                if header.startswith(b"content-length:"):
                    length = int(header.partition(b":")[2])
            assert length, "the language server has ended"
            message = json.loads(self._process.stdout.read(length))
            if "method" in message and "id" in message:
                items = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
                answer = None if items is None else [self._settings.get(item["section"]) for item in items]
                self._write({"id": message["id"], "result": answer})
            elif wanted(message):
                return message


@pytest.fixture(scope="module")
def editor(fetched: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    server = fetched("yaml-language-server@1.19.2") / "yaml-language-server/bin/yaml-language-server"
    schema = tmp_path_factory.mktemp("editor") / "scoregen.schema.json"
    schema.write_text(json.dumps(published_schema()), encoding="utf-8")
    command = ["node", str(server), "--stdio"]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process,
        contextlib.ExitStack() as ending,
    ):
        ending.callback(process.kill)
        yield Editor(process, schema)


def test_an_editor_flags_a_wrong_value_and_nothing_else(editor: Editor) -> None:
    assert editor.open(CONFIG) == ["5: Value is below the minimum of 1."]
    assert editor.open(CONFIG.replace("count: 0", "count: 1")) == []
    (said,) = editor.open("module: svd\nparameters:\n  prediction_kinds: All\n")
    assert "prediction_kinds" in said


def test_an_editor_explains_a_value_with_its_default(editor: Editor) -> None:
    editor.open(CONFIG)
    assert "The Score module, or the module that trained the model." in editor.hover(1, 3)
    kind = editor.hover(3, 6)
    assert "Recommender prediction kind. Default: Rating Prediction." in kind
    assert "* `Item Recommendation`" in kind
    assert "Default: 5." in editor.hover(5, 6)


def test_an_editor_offers_keys_modules_and_values(editor: Editor) -> None:
    editor.open(CONFIG)
    assert {"datasets", "endpoint", "output", "response"} <= editor.offered(7, 1).keys()
    values = editor.offered(3, 20)
    assert {"Rating Prediction", "Item Recommendation"} <= values.keys()
    assert "return_ratings" in editor.offered(6, 3)
    editor.open("module: ")
    assert {table.name for table in load_tables()} <= editor.offered(1, 9).keys()


def test_an_editor_says_where_an_ignored_parameter_counts(editor: Editor) -> None:
    text = CONFIG.replace("max_recommended_item_count: 0", "min_recommendation_pool_size: 3")
    assert editor.open(text) == []  # it is no error
    assert f"{IGNORED}. Default: 2." in editor.hover(5, 6)
    offered = editor.offered(6, 3)
    assert f"Ignored: {IGNORED}" in offered.values()
