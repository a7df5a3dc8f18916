"""What an endpoint says of its requests: validators of OpenAPI accept it, and a client made of it scores."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from generator import generate

from .runtimes import Models
from .serving import served

if not importlib.util.find_spec("openapi_spec_validator"):  # importing it would change what bravado resolves
    pytest.skip("openapi-spec-validator is not installed: pip install '.[vendor]'", allow_module_level=True)
client = pytest.importorskip("bravado.client", reason="bravado is not installed: pip install '.[vendor]'")

SVD = "score_svd_recommender"
FORMS: list[tuple[str, dict[str, Any]]] = [
    ("score_model", {"swagger": True}),
    ("score_model", {"swagger": "samples", "optional": "auto", "keep": ["customer"]}),
    ("score_model", {"swagger": True, "body": "row"}),
    ("score_model", {"swagger": True, "body": "designer"}),
    (SVD, {"swagger": True, "body": "designer", "parameters": ["max_recommended_item_count", "return_ratings"]}),
    ("score_vowpal_wabbit_model", {"swagger": True}),
]


@pytest.mark.parametrize(("module", "request_form"), FORMS, ids=str)
def test_a_client_made_of_the_description_scores(
    models: Models, module: str, request_form: dict[str, Any], tmp_path: Path
) -> None:
    model, config = models(module), {"module": module, "request": request_form}
    if module == SVD:
        config["parameters"] = {
            "prediction_kind": "Item Recommendation",
            "recommended_item_selection": "From All Items",
        }
    script = tmp_path / "score.py"
    script.write_text(generate(config), encoding="utf-8")
    kept = dict.fromkeys(request_form.get("keep", ()), "c7")
    rows = [{**row, **kept} for row in model.rows]
    inputs: Any = rows[0] if request_form.get("body") == "row" else rows
    if request_form.get("body") == "designer":
        inputs = {"WebServiceInput0": rows}
    parameters = {"max_recommended_item_count": 2, "return_ratings": False} if module == SVD else {}
    with served(model, script, tmp_path / "log") as address:
        for version in (2, 3):
            accepted(f"{address}/swagger.json?version={version}", tmp_path / f"{version}.json")
        spec = json.loads((tmp_path / "2.json").read_text(encoding="utf-8")) | {"schemes": ["http"]}
        del spec["paths"]["/"]  # the server's health, which has no name that bravado could call
        made = client.SwaggerClient.from_spec(spec, origin_url=address, config={"use_models": False})
        example = spec["definitions"]["ServiceInput"]["example"]
        examples = made.score.RunMLService(serviceInputPayload=example).response().result
        body = {"Inputs": inputs, "GlobalParameters": parameters}
        answer = made.score.RunMLService(serviceInputPayload=body).response().result
    assert "Results" in examples
    results = answer["Results"]["WebServiceOutput0"] if request_form.get("body") == "designer" else answer["Results"]
    assert len(results) == (len(rows[0]) + 2 if request_form.get("body") == "row" else len(rows))
    if kept:
        assert all(row["customer"] == "c7" for row in results)
    if module == SVD:
        assert [name for name in results[0] if name.startswith("Recommended Item")][-1].endswith("2")


def accepted(url: str, path: Path) -> None:
    """Have a validator accept a description, in a process of its own: it gets in the way of bravado's."""
    with urllib.request.urlopen(url, timeout=60) as answer:
        path.write_bytes(answer.read())
    command = [sys.executable, "-m", "openapi_spec_validator", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
