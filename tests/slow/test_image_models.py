"""Image models: tiny nets of torchvision's classes, saved by PyTorch, with the answers that PyTorch gave.

``tests/convert/nets/NAME`` has what the designer leaves of such a model, and ``cases.json``: pictures, prepared by the designer's own
ImageNormalizer, and what the net made of them.
"""

from __future__ import annotations

import base64
import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from generator.actions.model_folder import learned_in
from generator.convert.convert import convert
from generator.convert.pictures import alike, odd
from generator.model.error import ModelError
from generator.model.names import LABELS, MODEL_SPEC, WEIGHTS
from generator.model.open_model import NET_FILE
from generator.model.state_dict import read_state_dict
from tests.support.open_scripts import loaded, opened, rendered
from tests.support.recorded import RECORDED

onnx = pytest.importorskip("onnx", reason="onnx has no wheel for this Python")

NETS = Path(__file__).parents[1] / "convert" / "nets"
NAMES = ("resnet18", "resnet50", "densenet121")
RECORDS = {"response": {"body": "records", "encoding": "object"}}
nets = pytest.mark.parametrize("name", NAMES)


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((NETS / name / "cases.json").read_text(encoding="utf-8"))
    return found


def rows(name: str, **more: Any) -> list[dict[str, Any]]:
    return [
        {"image": case["image"], "id": number, "category": "red", **more} for number, case in enumerate(cases(name))
    ]


Script = Callable[..., Any]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    def load(name: str, config: Mapping[str, Any]) -> Any:
        files = opened(NETS / name)
        return loaded(rendered(config, files), files, tmp_path, monkeypatch)

    return load


@nets
def test_a_net_answers_as_pytorch(name: str, script: Script) -> None:
    answer = script(name, RECORDS).run(json.dumps(rows(name)))["result"]
    for row, case in zip(answer, cases(name), strict=True):
        *columns, label = list(row)
        assert columns[:2] == ["category", "id"]
        assert label == "Scored Labels"
        np.testing.assert_allclose([row[column] for column in columns[2:]], case["probabilities"], rtol=1e-5)
        assert row[label] == case["label"]
        assert type(row[label]) is type(case["label"])


def test_labels_are_what_pandas_reads(script: Script) -> None:
    (row, *_) = script("resnet50", RECORDS).run(json.dumps(rows("resnet50")))["result"]
    assert list(row)[2:] == [
        "Scored Probabilities_0",
        "Scored Probabilities_7",
        "Scored Probabilities_12",
        "Scored Labels",
    ]
    (row, *_) = script("densenet121", RECORDS).run(json.dumps(rows("densenet121")))["result"]
    assert list(row)[2:5] == ["Scored Probabilities_007", "Scored Probabilities_a, b", "Scored Probabilities_x"]


def test_rows_of_the_designer_hold_no_names(script: Script) -> None:
    answer = json.loads(script("resnet18", {}).run(json.dumps(rows("resnet18"))))["result"]
    assert [row[:2] for row in answer] == [["red", number] for number in range(5)]
    assert [row[-1] for row in answer] == [case["label"] for case in cases("resnet18")]


def test_numbers_alone_are_real_ones_if_some_are(script: Script) -> None:
    """Where the labels are numbers too, and the caller's other columns: pandas makes one kind of all."""
    answer = json.loads(script("resnet50", {}).run(json.dumps(rows("resnet50", category=7))))["result"]
    assert {type(cell) for row in answer for cell in row} == {float}


def test_a_request_may_leave_out_all_but_the_picture(script: Script) -> None:
    module = script("resnet18", {**RECORDS, "request": {"optional": "auto", "keep": ["note"]}})
    given = [{"image": case["image"], "note": [number]} for number, case in enumerate(cases("resnet18"))]
    answer = module.run(json.dumps(given))["result"]
    assert [row["Scored Labels"] for row in answer] == [case["label"] for case in cases("resnet18")]
    assert [row["note"] for row in answer] == [[number] for number in range(5)]
    assert "id" not in answer[0]


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        (7, "row 2, column 'image': 7 is not a picture in base64: it is not a text"),
        ("no picture", "is not a picture in base64: Invalid base64-encoded string"),
        ("AAAA", "is not a picture in base64: cannot identify image file"),
        (cases("resnet18")[0]["image"][:2000], "is not a picture in base64: "),
    ],
)
def test_what_is_no_picture_is_refused(picture: Any, message: str, script: Script) -> None:
    given = rows("resnet18")
    given[1]["image"] = picture
    with pytest.raises(ValueError, match=f"row 2, .*{message.removeprefix('row 2, ')}"):
        script("resnet18", RECORDS).run(json.dumps(given))


def test_pictures_of_a_proof_can_be_opened() -> None:
    assert alike(3) == alike(3)
    whole = [*alike(2), *odd()][:-2]
    modes = [Image.open(io.BytesIO(base64.b64decode(text))).mode for text in whole]
    assert modes == ["RGB"] * 5 + ["L", "1", "LA", "RGBA", "P"]


def changed(files: Mapping[str, bytes], old: bytes, new: bytes, name: str = MODEL_SPEC) -> dict[str, bytes]:
    assert old in files[name]
    return {**files, name: files[name].replace(old, new)}


def archive(
    files: Mapping[str, bytes], change: Callable[[str, bytes], bytes | None], compressed: bool = False
) -> bytes:
    """Return the archive of weights with each file as ``change`` has it; None leaves it out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(files[WEIGHTS])) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            content = change(entry.filename, old.read(entry))
            if content is not None:
                how = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
                new.writestr(entry.filename, content, how)
    return made.getvalue()


def wrong() -> Iterator[tuple[str, Callable[[dict[str, bytes]], dict[str, bytes]], str]]:
    """Yield a name, what is done to the files of a model, and what is said of it."""

    def weights(change: Callable[[str, bytes], bytes | None], compressed: bool = False) -> Any:
        return lambda files: {**files, WEIGHTS: archive(files, change, compressed)}

    yield "another net", lambda files: changed(files, b"resnet18", b"resnet34"), "its net has no model.layer1.2.conv1"
    yield "an unknown net", lambda files: changed(files, b"resnet18", b"vgg16"), "its net 'vgg16' is not known"
    yield (
        "a net of another family",
        lambda files: changed(files, b"resnet18", b"densenet121"),
        "'densenet121' is not known",
    )
    yield (
        "a layer left over",
        lambda files: changed(files, b"pretrained: true", b"pretrained: false"),
        "its net has out_linear_model.bias",
    )
    yield (
        "an unknown class",
        lambda files: changed(files, b"classification.resnet", b"own.resnet"),
        "not of an image model",
    )
    yield (
        "an unknown normalizer",
        lambda files: changed(files, b"ImageNormalizer", b"Normalizer"),
        "how it prepares pictures",
    )
    yield "no number for blue", lambda files: changed(files, b"      - 0.406\n", b""), "how it prepares pictures"
    yield "no YAML", lambda files: {**files, MODEL_SPEC: b"a: [1"}, "line 2: not valid YAML"
    yield "a label twice", lambda files: changed(files, b"red", b"blue", LABELS), "a label stands in it twice"
    yield (
        "a label that is none",
        lambda files: changed(files, b"red", b"NA", LABELS),
        "takes its label 'NA' for no value",
    )
    yield "labels with a point", lambda files: {**files, LABELS: b",label\n0,1.5\n1,2\n2,3\n"}, "not all of them plain"
    yield "labels from 1", lambda files: {**files, LABELS: b",label\n1,a\n2,b\n3,c\n"}, "numbered from 0"
    yield (
        "a label too few",
        lambda files: {**files, LABELS: b",label\n0,a\n1,b\n"},
        "its net has 3 classes, and 2 labels",
    )
    yield "no labels", lambda files: {name: files[name] for name in files if name != LABELS}, "it is not there"
    yield "no archive", lambda files: {**files, WEIGHTS: b"PK" + files[WEIGHTS][2:200]}, "it is not an archive"
    yield "a compressed archive", weights(lambda name, content: content, True), "its archive is compressed"
    yield "big-endian", weights(lambda name, content: b"big" if name.endswith("byteorder") else content), "big-endian"
    yield (
        "no cells",
        weights(lambda name, content: None if name.endswith("/data/0") else content),
        "it is damaged: 'data/0'",
    )
    yield (
        "few cells",
        weights(lambda name, content: content[:-4] if name.endswith("/data/0") else content),
        "in an order",
    )
    yield (
        "a pickle that runs something",
        weights(lambda name, content: b"cos\nsystem\n(S'true'\ntR." if name.endswith(".pkl") else content),
        "names os.system",
    )
    yield (
        "another kind of numbers",
        weights(
            lambda name, content: (
                content.replace(b"FloatStorage", b"HalfStorages") if name.endswith(".pkl") else content
            )
        ),
        "of a kind that is not known",
    )


WRONG = {name: (change, message) for name, change, message in wrong()}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_known_is_refused(name: str) -> None:
    change, message = WRONG[name]
    files = learned_in(NETS / "resnet18")
    with pytest.raises(ModelError, match=message):
        convert(change(files))


def test_the_channels_of_a_resnext_are_divided() -> None:
    files = learned_in(NETS / "resnet50")
    with pytest.raises(ModelError, match=r"layer1.0.conv2.weight of \[2, 2, 3, 3\], not \[any, 0, 3, 3\]"):
        convert(changed(files, b"resnet50", b"resnext50_32x4d"))


@nets
def test_changed_weights_are_refused_or_equal(name: str) -> None:
    """Every file of the archive has a checksum, so what is changed is found, or was not read."""
    content = (NETS / name / WEIGHTS).read_bytes()
    expected = read_state_dict(content)
    chance = random.Random(name)
    refused = 0
    for _ in range(60):
        place = chance.randrange(len(content))
        end = min(place + chance.choice((1, 1, 8, 300)), len(content))
        new = chance.choice((chance.randbytes(end - place), b"", content[place:end] * 2))
        try:
            found = read_state_dict(content[:place] + new + content[end:])
        except ModelError:
            refused += 1
        else:
            assert found == expected
    assert refused > 40


def test_other_models_have_a_model_spec_too(tmp_path: Path) -> None:
    folder = next(folder for folder in RECORDED if folder.name == "wide_and_deep")
    shutil.copytree(folder, tmp_path / "model")
    shutil.copy(NETS / "resnet18" / MODEL_SPEC, tmp_path / "model")
    assert NET_FILE not in opened(tmp_path / "model")


def test_the_same_model_gives_the_same_net() -> None:
    assert opened(NETS / "resnet18")[NET_FILE] == opened(NETS / "resnet18")[NET_FILE]
