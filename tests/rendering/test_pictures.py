"""Pictures: which a script refuses and with which words, and what a client does to them before it sends them."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator import ConfigError
from generator.config.parse import parse_config
from generator.facts.transforms import load_transforms
from generator.rendering.client import render_client
from tests.support.runtime import reader

MODULE = "Score Image Model"
SCHEMA = {
    "columnAttributes": [
        {"name": "image", "isFeature": True, "elementType": {"typeName": "bytes"}},
        {"name": "id", "isFeature": False, "elementType": {"typeName": "int64"}},
    ]
}


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    """Return a picture in which no two places are alike."""
    pixels = bytes(number * 7 % 251 for number in range(3 * width * height))
    image = Image.frombytes("RGB", (width, height), pixels)
    content = io.BytesIO()
    image.save(content, kind)
    return content.getvalue()


def text(content: bytes) -> str:
    return base64.b64encode(content).decode()


GOOD = text(picture(8, 6))


def refused(*images: Any, processors: int = 2) -> str:
    """Return the words with which a script refuses pictures, nothing where it takes them."""
    names = {"base64": base64, "io": io, "Image": Image, "decode_nan": lambda value: value}
    names["os"] = type("os", (), {"cpu_count": staticmethod(lambda: processors)})
    rows = [{"image": image, "id": number} for number, image in enumerate(images)]
    try:
        taken = reader({"module": MODULE}, SCHEMA, **names)(json.dumps(rows))
    except ValueError as error:
        return str(error)
    assert taken == {"image": list(images), "id": list(range(len(images)))}
    return ""


@pytest.mark.parametrize(
    "image",
    [
        GOOD,
        f"data:image/png;base64,{GOOD}",
        f"data:image/jpeg;base64,{text(picture(8, 6, kind='JPEG'))}",
        text(picture(8, 6, kind="GIF")),
        base64.encodebytes(picture(40, 30)).decode(),  # in lines of 76 characters
    ],
    ids=["PNG", "data", "JPEG", "GIF", "lines"],
)
def test_what_a_model_takes_is_taken(image: str) -> None:
    assert refused(image) == ""


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        (None, "it is not a text"),
        (7, "it is not a text"),
        ([GOOD], "it is not a text"),
        ("", "cannot identify image file"),
        ("abc", "Incorrect padding"),
        ("@@" + GOOD, "Only base64 data is allowed"),
        (text(b"hello"), "cannot identify image file"),
        (text(picture(8, 6)[:60]), "truncated"),
        (f"data:image/gif;base64,{GOOD}", "Only base64 data is allowed"),
    ],
)
def test_what_is_no_picture_is_named_by_its_row(image: Any, reason: str) -> None:
    said = refused(GOOD, image)
    assert said.startswith("row 2, column 'image': ")
    assert " is not a picture in base64: " in said
    known = (reason, "Non-base64 digit found") if reason.startswith("Only") else (reason,)  # of older Pythons
    assert any(words in said for words in known)
    assert "0x" not in said and len(said) < 200


def test_a_huge_picture_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 50)
    with pytest.warns(Image.DecompressionBombWarning):
        assert "more than 50 pixels" in refused(text(picture(9, 6)))
    assert "exceeds limit" in refused(text(picture(11, 10)))
    assert refused(text(picture(7, 7))) == ""


def test_pictures_that_are_scored_at_once_are_of_one_size() -> None:
    other = text(picture(5, 4))
    assert refused(GOOD, GOOD, GOOD, other) == "rows 3 to 4 must have pictures of one size, not [(8, 6), (5, 4)]"
    assert refused(GOOD, GOOD, other) == ""
    assert refused(GOOD, other, processors=1) == ""


def changed(folder: Path, width: int, height: int, transforms: list[dict[str, int]]) -> Image.Image:
    """Return what a client sends for a picture."""
    path = folder / "picture.png"
    path.write_bytes(picture(width, height))
    encoded, told = client({"client": {"transforms": transforms}})["encode"](path)
    sent = Image.open(io.BytesIO(base64.b64decode(encoded)))
    assert (sent.format, sent.mode, sent.size) == ("PNG", "RGB", told)
    return sent


def client(config: dict[str, Any]) -> dict[str, Any]:
    """Return the names of a client."""
    script = parse_config({"module": MODULE, **config}).scripts[0]
    names: dict[str, Any] = {"__name__": "consume", "__file__": str(Path("consume.py").resolve())}
    exec(compile(render_client(script.settings, "", script.transforms), "consume.py", "exec"), names)
    return names


@pytest.mark.parametrize(
    ("size", "transform", "expected"),
    [
        ((40, 30), {"resize": 15}, (20, 15)),
        ((30, 41), {"resize": 15}, (15, 20)),  # 20.5, of which the fraction is dropped
        ((30, 30), {"resize": 60}, (60, 60)),
        ((30, 20), {"center_crop": 10}, (10, 10)),
        ((5, 20), {"center_crop": 10}, (10, 10)),
        ((5, 4), {"pad": 3}, (11, 10)),
        ((5, 4), {"pad": 0}, (5, 4)),
    ],
)
def test_a_transform_makes_this_size(
    tmp_path: Path, size: tuple[int, int], transform: dict[str, int], expected: tuple[int, int]
) -> None:
    assert changed(tmp_path, *size, transforms=[transform]).size == expected


def test_a_crop_is_of_the_middle_and_black_outside(tmp_path: Path) -> None:
    whole = Image.open(io.BytesIO(picture(9, 7)))
    cut = changed(tmp_path, 9, 7, transforms=[{"center_crop": 4}])
    assert cut.tobytes() == whole.crop((2, 2, 6, 6)).tobytes()  # from 2.5 and 1.5, rounded to even
    wide = changed(tmp_path, 9, 7, transforms=[{"center_crop": 12}])
    assert wide.crop((1, 2, 10, 9)).tobytes() == whole.tobytes()
    assert wide.getpixel((0, 0)) == wide.getpixel((11, 11)) == (0, 0, 0)


def test_transforms_are_done_in_the_order_of_the_list(tmp_path: Path) -> None:
    bordered = changed(tmp_path, 9, 7, transforms=[{"resize": 14}, {"center_crop": 10}, {"pad": 2}])
    assert (bordered.size, bordered.getpixel((1, 7))) == ((14, 14), (0, 0, 0))
    assert bordered.getpixel((2, 7)) != (0, 0, 0)
    assert changed(tmp_path, 9, 7, transforms=[{"pad": 2}, {"center_crop": 10}]).size == (10, 10)


def test_a_client_does_only_what_is_asked_for() -> None:
    plain, asked = (
        render_client(script.settings, "", script.transforms)
        for script in (
            parse_config({"module": MODULE, **config}).scripts[0]
            for config in ({}, {"client": {"transforms": [{"resize": 256}]}})
        )
    )
    assert "TRANSFORMS" not in plain and "--max-side" in plain
    assert '("resize", 256)' in asked and "--max-side" not in asked and "def middle" not in asked


@pytest.mark.parametrize(
    ("request_form", "answer"),
    [
        ({}, {"result": [[1, "a"]]}),
        ({"body": "row"}, {"p": 1}),
        ({"body": "designer"}, {"Results": {"WebServiceOutput0": [{"p": 1}]}}),
        ({"swagger": True}, {"Results": [{"p": 1}]}),
    ],
    ids=str,
)
def test_results_are_found_in_the_answer_to_each_form_of_request(request_form: dict[str, Any], answer: Any) -> None:
    names = client({"request": request_form})
    assert names["rows_of"](answer) == ([[1, "a"]] if "result" in answer else [{"p": 1}])
    assert names["MOST_PICTURES"] == (1 if request_form.get("body") == "row" else 20)


def test_pictures_of_several_sizes_go_in_several_requests(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.png" for number in range(5)]
    for path, size in zip(paths, [(8, 6), (8, 6), (6, 8), (8, 6), (9000, 1)], strict=True):
        Image.new("RGB", size).save(path)
    batches = client({})["batches"](paths, {}, 1024)
    assert [list(batch) for batch in batches] == [paths[:2], paths[2:3], paths[3:4], paths[4:]]


def test_a_picture_has_none_of_the_callers_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.png").write_bytes(picture(8, 6))
    names = client({"request": {"keep": ["customer id"]}})
    sent: list[dict[str, Any]] = []

    def score(rows: list[dict[str, Any]]) -> dict[str, Any]:
        sent.extend(rows)
        return {"result": [[1]] * len(rows)}

    monkeypatch.setitem(names, "score", score)
    assert names["score_pictures"]([str(tmp_path / "a.png")], 1024) is None
    assert {name: value for name, value in sent[0].items() if name != "image"} == {
        "id": 0,
        "category": None,
        "customer id": None,
    }


@pytest.mark.parametrize("label", load_transforms().left_out)
def test_what_is_not_done_to_pictures_that_are_scored_is_said(label: str) -> None:
    because = load_transforms().left_out[label]
    for name in (label, label.lower().replace(" ", "_")):
        with pytest.raises(ConfigError, match=f"{because}: leave it out"):
            parse_config({"module": MODULE, "client": {"transforms": [{name: 1}]}})


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"client": 5}, "client: 5 is not a mapping: write `transforms: "),
        ({"client": {"transform": []}}, "did you mean 'transforms'? (known: transforms)"),
        ({"client": {"transforms": {"resize": 1}}}, "a mapping is not a list"),
        ({"client": {"transforms": ["resize"]}}, "transforms[0]: 'resize' is not a mapping"),
        ({"client": {"transforms": [{}]}}, "each item names one transform"),
        ({"client": {"transforms": [{"resize": 1, "pad": 1}]}}, "each item names one transform"),
        ({"client": {"transforms": [{"pad": 1}] * 101}}, "the list has 101 items: name 100 at most"),
        ({"client": {"transforms": [{"Center crop": 1}]}}, "did you mean 'center_crop'?"),
        ({"client": {"transforms": [{"resize": 0}]}}, "0 is below the minimum: use 1 or more"),
        ({"client": {"transforms": [{"pad": 10001}]}}, "10001 is above the maximum: use 10000 or less"),
        ({"client": {"transforms": [{"pad": "x"}]}}, "'x' is not a whole number: say how many pixels"),
        ({"client": {"transforms": []}, "endpoint": "batch"}, "a batch endpoint has no client: leave it out"),
        ({"client": {"transforms": []}, "module": "Score Model"}, "only the client of a model of pictures"),
    ],
)
def test_what_a_config_may_not_say_of_the_client(config: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config({"module": MODULE, **config})
    assert words in str(caught.value)
