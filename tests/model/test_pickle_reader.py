"""The reader of a model's pickle: it gives what is there, runs nothing, and has bounds."""

from __future__ import annotations

import pickle
import pickletools
import tracemalloc
from collections import OrderedDict, defaultdict
from pathlib import Path
from typing import Any

import pytest

from generator.model import pickle_reader
from generator.model.error import ModelError
from generator.model.pickle_reader import Object, read_pickle
from tests.support.pickles import dumped, stand_in


@pytest.mark.parametrize("protocol", range(3, 6))
@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        [0, -1, 255, 2**15, -(2**31), 2**70, 1.5, float("inf")],
        "Zürich 東京 \U0001f600\n",
        b"\0\xff" * 200,
        {"a": [1, {"b": (1, 2, 3, 4)}], 2: (), True: (1,), 1.5: (1, 2)},
        ["x" * 300, "x" * 70_000],
    ],
    ids=lambda value: type(value).__name__,
)
def test_plain_values_are_read_as_pickle_reads_them(value: Any, protocol: int) -> None:
    assert read_pickle(pickle.dumps(value, protocol=protocol)) == value


def test_mappings_and_sets_become_plain_ones() -> None:
    counts: defaultdict[str, list[int]] = defaultdict(list, a=[1])
    assert read_pickle(dumped([OrderedDict(b=2), counts, {3}])) == [{"b": 2}, {"a": [1]}, [3]]


def test_what_is_shared_stays_shared_and_may_hold_itself() -> None:
    shared: list[Any] = []
    shared.append(shared)
    first, second = read_pickle(dumped([shared, shared]))
    assert first is second
    assert first[0] is first


def test_objects_are_inert_and_keep_what_they_were_given() -> None:
    learner = read_pickle(dumped(stand_in("sklearn.svm._classes.LinearSVC", 1, C=2.0, coef_=[3.0])))
    assert isinstance(learner, Object)
    assert (learner.name, learner.arguments) == ("sklearn.svm._classes.LinearSVC", (1,))
    assert learner.attributes == {"C": 2.0, "coef_": [3.0]}


class _Runs:
    def __init__(self, function: Any, *arguments: Any) -> None:
        self.made = function, arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return self.made


@pytest.mark.parametrize("protocol", range(2, 6))
@pytest.mark.parametrize(
    ("function", "name"), [(eval, "builtins.eval"), (__import__, "builtins.__import__"), (Path, "pathlib.Path")]
)
def test_what_would_run_is_refused_by_name(function: Any, name: str, protocol: int, tmp_path: Path) -> None:
    content = pickle.dumps([1, _Runs(function, "1/0")], protocol=protocol)
    with pytest.raises(
        ModelError, match=rf"it names (__builtin__|builtins|pathlib)\S*\.{name.rpartition('.')[2]}, of which no"
    ):
        read_pickle(content)


def test_a_function_of_a_known_package_is_not_run_either(tmp_path: Path) -> None:
    # numpy.load would unpickle a file; GLOBAL names it, REDUCE "calls" it
    content = b"cnumpy\nload\n(Vnot there\ntR."
    loaded = read_pickle(content)
    assert (loaded.name, loaded.arguments) == ("numpy.load", ("not there",))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is damaged: "),
        (b"\x80\x04N", "it is damaged: "),
        (b"no pickle at all", "it is damaged: "),
        (b"\x80\x04\x8e" + b"\xff" * 8 + b".", "it is damaged: "),  # BINBYTES8 of 2**64 - 1 bytes
        (b"NN.", "it does not end with one value"),
        (b"(N.", "it does not end with one value"),
        (b".", "it does not end with one value"),
        (b"0.", "POP is not an instruction of a designer model"),
        (b"\x82\x01.", "EXT1 is not an instruction of a designer model"),
        (b"P1\n.", "PERSID is not an instruction of a designer model"),
        (b"(ios\nsystem\n.", "INST is not an instruction of a designer model"),
        (b"NR.", "it is damaged: an instruction finds too few values"),
        (b"](\x86.", "it is damaged: an instruction finds too few values"),
        (b"NNR.", "it calls something that is neither a class nor a function"),
        (b"NNb.", "it is damaged: NoneType where Object belongs"),
        (b"NNa.", "it is damaged: NoneType where list belongs"),
        (b"NN\x93.", "a name is not text"),
        (b"}))s.", "it has a tuple as a key"),
        (b"}]Ns.", "it is damaged: "),
        (b"h\x05.", "it is damaged: "),
        (b"cnumpy\nndarray\nbN.", "it is damaged: "),
        (b"I" + b"9" * 5000 + b"\n.", "it is damaged: "),
    ],
)
def test_what_is_damaged_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(ModelError) as caught:
        read_pickle(content)
    assert message in str(caught.value)


def test_a_remembered_place_far_away_takes_no_memory() -> None:
    tracemalloc.start()
    assert read_pickle(b"Nr\xff\xff\xff\xff.") is None  # LONG_BINPUT 4294967295: pickle itself makes a list as long
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_nested_tuples_are_not_walked() -> None:
    nested = b"N" + b"".join(b"\x94h" + bytes([n]) + b"\x86" for n in range(60)) + b"."
    value = read_pickle(nested)  # 2**60 values, if each were counted: each holds the one before twice
    assert len(value) == 2


def test_steps_and_bytes_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pickle_reader, "MOST_STEPS", 100)
    with pytest.raises(ModelError, match="it has more than 100 instructions"):
        read_pickle(pickle.dumps([[] for _ in range(100)]))
    monkeypatch.setattr(pickle_reader, "LARGEST_MODEL", 1_000_000)
    with pytest.raises(ModelError, match="it has more than 1 MB"):
        read_pickle(b"N" * 1_000_001)


def test_every_instruction_that_is_known_is_one_of_pickles() -> None:
    assert set(pickle_reader._STEPS) <= {instruction.name for instruction in pickletools.opcodes}


def test_changed_bytes_give_a_value_or_a_refusal() -> None:
    learner = dumped(stand_in("sklearn.svm._classes.LinearSVC", C=2.0, classes_=("a", {1: [2.5]}), more=[None, True]))
    for place in range(len(learner)):
        for byte in {0, 0x28, 0x2E, 0x52, 0x62, 0x7F, 0x94, 0xFF, learner[place] ^ 1, learner[place] ^ 0x80}:
            changed = learner[:place] + bytes([byte]) + learner[place + 1 :]
            try:
                read_pickle(changed)
            except ModelError as error:
                assert str(error)
