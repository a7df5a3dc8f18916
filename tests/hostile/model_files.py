"""Model files with something changed in them, converted in a process that watches itself.

    python -m tests.hostile.model_files FOLDER COUNT

What a changed file leads to goes to standard output, one JSON object on each line. An event of the interpreter's that
only running code can cause ends the process.
"""

from __future__ import annotations

import codecs
import io
import json
import pickletools
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from generator.convert.convert import convert
from generator.model.error import ModelError

_RUNS_CODE = ("exec", "compile", "open", "os.", "subprocess.", "socket.", "ctypes.", "shutil.", "import", "marshal.")
_NUMBERS = ("BININT", "BININT1", "BININT2", "INT", "LONG", "LONG1")
_TEXTS = ("SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8")
_OTHER_NAMES = ("os", "system", "builtins", "eval", "posix", "subprocess", "Popen", "object", "numpy.core._internal")

Part = tuple[str, Any, int, int]
Change = Callable[[bytes, list[Part], random.Random], bytes]


def parts_of(content: bytes) -> list[Part]:
    """Return the instructions of a pickle: the name, the argument, and where it begins and ends."""
    found = [(code.name, argument, position or 0) for code, argument, position in pickletools.genops(content)]
    ends = [position for _, _, position in found[1:]] + [len(content)]
    return [(*part, end) for part, end in zip(found, ends, strict=True)]


def other_bytes(content: bytes, parts: list[Part], chance: random.Random) -> bytes:
    """Change, take out, or double some bytes."""
    start = chance.randrange(len(content))
    end = min(start + chance.choice((1, 1, 4, 100)), len(content))
    made = chance.choice((chance.randbytes(end - start), b"", content[start:end] * 2))
    return content[:start] + made + content[end:]


def other_instructions(content: bytes, parts: list[Part], chance: random.Random) -> bytes:
    """Make one instruction another, or put it elsewhere."""
    _, _, start, end = chance.choice(parts)
    if chance.random() < 0.5:
        return content[:start] + chance.choice(pickletools.opcodes).code.encode("latin-1") + content[start + 1 :]
    rest = content[:start] + content[end:]
    place = chance.choice(parts)[2]
    return rest[:place] + content[start:end] + rest[place:]


def other_names(content: bytes, parts: list[Part], chance: random.Random) -> bytes:
    """Change the module or the name of a class."""
    of_classes = [
        part
        for number, part in enumerate(parts)
        if part[0] in _TEXTS and any(later[0] == "STACK_GLOBAL" for later in parts[number + 1 : number + 5])
    ]
    _, text, start, end = chance.choice(of_classes)
    letter = chance.randrange(len(text))
    name = chance.choice((*_OTHER_NAMES, text[:letter] + "x" + text[letter + 1 :], text[:letter], text + "." + text))
    raw = name.encode()
    return content[:start] + b"X" + len(raw).to_bytes(4, "little") + raw + content[end:]


def other_shapes(content: bytes, parts: list[Part], chance: random.Random) -> bytes:
    """Change a whole number, as those of the shapes of arrays are."""
    _, number, start, end = chance.choice([part for part in parts if part[0] in _NUMBERS])
    made = chance.choice((number + 1, number - 1, -number, number * 2, 2**31 - 1, 0))
    return (
        content[:start] + b"J" + max(-(2**31), min(made, 2**31 - 1)).to_bytes(4, "little", signed=True) + content[end:]
    )


CHANGES: dict[str, Change] = {
    "bytes": other_bytes,
    "instructions": other_instructions,
    "names": other_names,
    "shapes": other_shapes,
}


def outcomes(folders: list[Path], count: int) -> Iterator[dict[str, Any]]:
    """Yield what becomes of so many changed models."""
    models = []
    for folder in folders:
        content, schema = (folder / "_data.pkl").read_bytes(), (folder / "_schema.json").read_bytes()
        models.append((folder.name, content, schema, parts_of(content), converted(content, schema)))
    for codec in ("ascii", "latin-1", "raw_unicode_escape", "unicode_escape", "utf-8"):
        codecs.lookup(codec)  # which reading a pickle imports, once
    watched = Watch()
    chance = random.Random(0)
    for number in range(count):
        name, content, schema, parts, whole = models[number % len(models)]
        kind = list(CHANGES)[number // len(models) % len(CHANGES)]
        changed = CHANGES[kind](content, parts, chance)
        start = process_time()
        with watched:
            found = converted(changed, schema)
        seconds = process_time() - start
        yield {"model": name, "number": number, "kind": kind, "outcome": outcome_of(found, whole), "seconds": seconds}


def outcome_of(found: dict[str, bytes] | str, whole: dict[str, bytes] | str) -> str:
    """Say whether a changed model is refused, is equal to the whole one, has other values in its places, or neither."""
    if isinstance(found, str) or isinstance(whole, str):
        return "refused"
    if found == whole:
        return "equal"
    return "other values" if places_of(found) == places_of(whole) else "another"


def places_of(files: dict[str, bytes]) -> Any:
    """Return an open model with types in place of values, and with the shapes of its arrays."""

    def types(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: types(each) for key, each in value.items()}
        if isinstance(value, list):
            return [types(each) for each in value]
        return type(value).__name__

    with np.load(io.BytesIO(files["arrays.npz"]), allow_pickle=False) as arrays:
        return types(json.loads(files["facts"])), {name: (array.shape, array.dtype) for name, array in arrays.items()}


def converted(content: bytes, schema: bytes) -> dict[str, bytes] | str:
    """Return the open model without the digest of the pickle, or why there is none."""
    try:
        files = convert({"_data.pkl": content, "_schema.json": schema})
    except ModelError as error:
        return str(error)
    facts = json.loads(files.pop("model.json"))
    del facts["made_from"]
    return {**files, "facts": json.dumps(facts).encode()}


class Watch:
    """While it is entered, what only running code can cause ends the process."""

    def __init__(self) -> None:
        self.is_on = False
        sys.addaudithook(self._saw)

    def __enter__(self) -> None:
        self.is_on = True

    def __exit__(self, *_: object) -> None:
        self.is_on = False

    def _saw(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.is_on and event.startswith(_RUNS_CODE):
            self.is_on = False
            raise SystemExit(f"{event} {arguments!r:.200}")


if __name__ == "__main__":
    for outcome in outcomes(sorted(path.parent for path in Path(sys.argv[1]).glob("*/_data.pkl")), int(sys.argv[2])):
        print(json.dumps(outcome))
