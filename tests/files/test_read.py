"""Reading files: whole, or not at all where they are too large, in a time that grows with their size alone."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from generator.files.read import head, read_bytes
from generator.findings import FileError

PART = 1 << 16


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 3 * PART])
def test_a_file_is_read_whole(size: int, tmp_path: Path) -> None:
    content = bytes(number % 251 for number in range(size))
    place = tmp_path / "file"
    place.write_bytes(content)
    assert read_bytes(place) == read_bytes(place, size) == head(place) == content
    assert content.startswith(head(place, 0)) and (head(place, 0) or not content)
    if size:
        with pytest.raises(FileError, match="it has more than 0 MB"):
            read_bytes(place, size - 1)


def test_a_large_model_is_read_at_once(tmp_path: Path) -> None:
    size = 50_000_000  # the weights of an image model have up to ten times as much
    with (tmp_path / "model").open("wb") as file:
        file.truncate(size)
    begun = process_time()
    assert len(read_bytes(tmp_path / "model", size)) == size
    assert process_time() - begun < 3  # copied whole for each part that is read, it takes a minute
