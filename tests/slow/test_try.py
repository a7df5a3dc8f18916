"""``scoregen try``: what is said of scripts that answer, fail, hang or crash, each run in a process of its own."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import generate
from generator.cli.main import main
from generator.facts.compiled import DATA
from generator.text.terminal import columns, cut
from generator.trial.failures import explained, facts_of, failure_lines
from generator.trial.process import CAN_LIMIT_MEMORY, Outcome, Raised, Trial, attempt, environment
from generator.trial.response import Table, read_response, table_of
from generator.trial.table import table_lines, text_lines
from tests.support.commands import Said, said_by

ROWS = [{"x": 1, "y": "a"}, {"x": 2, "y": "b"}]
CHILD = Path(__file__).parents[2] / "generator" / "trial" / "child.py"


class Desk:
    """A folder with a model and a script, and the command to try it."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        outputs = Path("model/trained_model_outputs")
        outputs.mkdir(parents=True)
        self.samples = outputs / "_samples.json"
        self.samples.write_text(json.dumps(ROWS))
        self.schema = outputs / "_schema.json"

    def try_(self, *arguments: str, script: str = "score.py") -> Said:
        """Try the script that stands there."""
        model = () if "--model-dir" in arguments else ("--model-dir", "model")
        return said_by(self._capsys, "try", script, *model, *arguments)

    def run(self, body: str, *arguments: str, init: str = "pass", before: str = "") -> Said:
        """Try a script, of which the lines of both functions and of the top level are given."""
        Path("score.py").write_text(script(body, init, before), encoding="utf-8")
        return self.try_(*arguments)


def script(body: str, init: str = "pass", before: str = "") -> str:
    def function(head: str, lines: str) -> str:
        return f"def {head}:\n" + "".join(f"    {line}\n" for line in lines.splitlines())

    return f"import json, os, sys, time\n{before}\n" + function("init()", init) + function("run(data)", body)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(capsys)


def lines_of(body: Any, width: int = 0) -> list[str]:
    table = table_of(body)
    assert table is not None
    return table_lines(table, width)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ({"result": [[1, "a"], [20, "b"]]}, [" 1  a", "20  b"]),
        ({"User": ["u1", "u2"], "Score": [0.5, 12]}, ["User  Score", "----  -----", "u1      0.5", "u2       12"]),
        ({"result": [{"a": 1, "b": None}, {"a": 2}]}, ["a     b", "-  ----", "1  null", "2  null"]),
        ({"columns": ["a", "b"], "result": [[1, True]]}, ["a  b", "-  ----", "1  true"]),
        ([{"a": 1}], ["a", "-", "1"]),
        ([["a"]], ["a"]),
        ({"result": {"a": ["x"]}}, ["a", "-", "x"]),
        ({"a": [], "b": []}, ["a  b", "-  -"]),
        ({"columns": ["a"], "result": []}, ["a", "-"]),
        ({"result": []}, []),
        ([], []),
        ({"a": [[1, 2], {"b": None}]}, ["a", "-----------", "[1, 2]", '{"b": null}']),
        ({"a": ["x\ny\t\x1b[0m"]}, ["a", "-------------", r"x\ny\t\x1b[0m"]),
    ],
    ids=str,
)
def test_rows_of_every_shape_become_a_table(body: Any, lines: list[str]) -> None:
    assert lines_of(body) == lines


@pytest.mark.parametrize(
    "body",
    [
        {"error": "no"},
        {},
        5,
        None,
        "text",
        {"a": [1], "b": [1, 2]},
        {"result": [[1], [1, 2]]},
        {"result": [[1], {"a": 1}]},
        {"result": [1, 2], "columns": ["a"]},
        {"columns": ["a", "b"], "result": [[1]]},
        {"columns": [1], "result": [[1]]},
        {"result": "x"},
        [1, 2],
    ],
    ids=str,
)
def test_what_has_no_rows_is_shown_as_json(body: Any) -> None:
    assert table_of(body) is None
    shown = text_lines(read_response(json.dumps(json.dumps(body))))
    assert json.loads("\n".join(shown)) == body


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (0.7378863500217189, "0.737886"),
        (1234567.891, "1234568"),
        (1e300, "1e+300"),
        (1e-9, "1e-09"),
        (10**30, "1" + "0" * 30),
        (float("nan"), "NaN"),
        (-float("inf"), "-Infinity"),
        (2.0, "2"),
        (False, "false"),
    ],
    ids=str,
)
def test_numbers_are_shown_short(value: Any, cell: str) -> None:
    assert lines_of([[value]]) == [cell]


def test_characters_of_any_width_are_aligned() -> None:
    table = lines_of({"név": ["日本", "e\u0301", "👍🏽", "\uff41"], "n": [1, 2, 3, 4]})
    assert [columns(line) for line in table] == [columns(table[1])] * len(table)
    assert table[2:4] == ["日本  1", "e\u0301     2"]


def test_of_many_rows_the_first_are_shown() -> None:
    shown = lines_of([[number] for number in range(1000)])
    assert (shown[0], shown[19], shown[20:]) == (" 0", "19", ["... and 980 more rows"])
    assert lines_of([[number] for number in range(21)])[20:] == ["... and 1 more row"]
    text = text_lines(read_response(json.dumps({"a": list(range(500)), "b": 1})))
    assert (len(text), text[-1]) == (101, "... and 405 more lines")


@given(st.lists(st.lists(st.text() | st.floats(), min_size=2, max_size=2)), st.integers(4, 120))
def test_a_line_is_never_wider_than_the_terminal(rows: list[list[Any]], width: int) -> None:
    for line in table_lines(Table(["name", "日本" * 30], rows), width):
        assert columns(line) <= width
        assert "\n" not in line


@given(st.text(), st.integers(1, 50))
def test_what_fits_is_not_cut_and_the_rest_is_cut_to_fit(text: str, width: int) -> None:
    assert cut(text, 0) == text
    assert (cut(text, width) == text) == (columns(text) <= width)
    assert columns(cut(text, width)) <= width


def test_a_script_that_answers(desk: Desk) -> None:
    said = desk.run('return {"sum": [row["x"] for row in json.loads(data)]}')
    assert (said.code, said.err) == (0, [])
    *table, summary = said.out
    assert table == ["sum", "---", "  1", "  2"]
    assert re.fullmatch(r"score\.py: 2 rows in [\d.]+ s \(import [\d.]+ s, init [\d.]+ s\)", summary)


def test_the_shape_of_another_answer(desk: Desk) -> None:
    said = desk.run('return {"error": "no\\x1b"}')
    assert said.out[:-1] == ["{", r'  "error": "no\u001b"', "}"]
    assert said.out[-1].startswith("score.py: answered in ")
    assert desk.run("return None").out[0] == "{}"


def test_a_text_is_encoded_once_more(desk: Desk) -> None:
    said = desk.run('return json.dumps({"result": [[1]]})')
    assert said.out[0] == "1"
    assert said.out[-1] == (
        "score.py: run() returns a text, which the endpoint encodes as JSON, so clients decode the body twice"
    )
    said = desk.run('return "went\\nwrong: 5 < \\x1b[31m"')
    assert said.out[:2] == ["went", r"wrong: 5 < \x1b[31m"]
    assert said.out[-1] == "score.py: run() returns a text, which the endpoint encodes as JSON, and it holds no JSON"


@pytest.mark.parametrize("dumped", [True, False], ids=["text", "object"])
def test_what_is_no_json_is_named(desk: Desk, dumped: bool) -> None:
    answer = '{"a": [float("nan"), float("-inf"), 1.0]}'
    said = desk.run(f"return json.dumps({answer})" if dumped else f"return {answer}")
    assert said.code == 0
    assert said.out[2:5] == ["      NaN", "-Infinity", "        1"]
    assert said.out[-1].startswith("score.py: the response has NaN and -Infinity, which JSON does not have")
    (proposed,) = re.findall("`(.*)`", said.out[-1])
    assert generate(f"module: Score Model\n{proposed}\n") != generate("module: Score Model")


def test_an_answer_without_rows_comes_with_what_the_script_printed(desk: Desk) -> None:
    said = desk.run('print("none is known")\nreturn {"result": []}')
    unscored = "score.py: 2 rows were sent, and 0 came back: the log (--verbose) may say why"
    assert (said.code, said.err) == (1, ["| none is known", unscored])
    assert said.out[0].startswith("score.py: 0 rows in ")


def test_run_gets_the_body_as_it_is(desk: Desk) -> None:
    body = '\r\n [ {"é": "\\ud83d\\ude00 😀\u2028"} ]\n\n'
    desk.samples.write_bytes(body.encode())
    said = desk.run("return {'body': [data], 'type': [type(data).__name__]}")
    assert said.out[2].split("  ") == ["".join(ascii(c)[1:-1] if not c.isprintable() else c for c in body), "str"]
    desk.samples.write_bytes(b"\xef\xbb\xbf[]")
    assert desk.run("return [[data]]").out[0] == "[]"


@pytest.mark.parametrize("body", [b"[]", b"{}", b'"[1]"', b"5", b"[NaN]"])
def test_a_body_is_any_json(desk: Desk, body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))
    assert desk.run("return [[data]]", "--samples", "-").out[0] == body.decode()
    Path("a request.json").write_bytes(body)
    assert desk.run("return [[data]]", "--samples", "a request.json").out[0] == body.decode()


def test_the_headers_are_handed_over_where_they_are_asked_for(desk: Desk) -> None:
    Path("score.py").write_text("def init(): pass\ndef run(data, request_headers): return [[str(request_headers)]]\n")
    assert desk.try_().out[0] == "{}"


STAGES = {"import": "when it is imported", "init": "in init()", "run": "in run()"}


def fail(desk: Desk, stage: str, statement: str, *arguments: str) -> Said:
    """Try a script with a statement in one of its stages; its line is 2 for the import, 4 for init, 6 for run."""
    if stage == "run":
        return desk.run(statement, *arguments)
    return desk.run("return data", *arguments, **{{"import": "before"}.get(stage, stage): statement})


@pytest.mark.parametrize(("stage", "line"), [("import", 2), ("init", 4), ("run", 6)])
@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("raise ValueError('what? ' + chr(0xe9))", "ValueError {}: what? é"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt {}"),
        ("sys.exit(3)", "SystemExit {}: 3"),
        ("assert 1 == 2", "AssertionError {}"),
    ],
)
def test_an_exception_is_told_with_its_place(desk: Desk, stage: str, line: int, statement: str, what: str) -> None:
    said = fail(desk, stage, statement)
    function = "" if stage == "import" else f"{stage}(), "
    assert (said.code, said.out) == (1, [])
    assert said.err[:2] == [
        f"score.py:{line}: {what.format(STAGES[stage])}",
        f"    {function}line {line}: {statement}",
    ]


def test_the_lines_of_the_script_lead_to_the_error(desk: Desk) -> None:
    said = desk.run(
        "return first(data)", before="import json.decoder\ndef first(x): return json.loads('[' + x + ',')[0]"
    )
    assert said.err[:3] == [
        "score.py:3: JSONDecodeError in run(): Expecting value: line 1 column 43 (char 42)",
        "    run(), line 7: return first(data)",
        "    first(), line 3: def first(x): return json.loads('[' + x + ',')[0]",
    ]
    assert not any("Traceback" in line for line in said.err)


def test_an_error_without_end_is_told_in_short(desk: Desk) -> None:
    said = desk.run("return run(data)")
    assert said.err[0].startswith("score.py:6: RecursionError in run(): ")
    assert said.err[1:] == ["    run(), line 6: return run(data)"]
    said = desk.run("raise ValueError('first\\nsecond\\x1b\\n' + 'a' * 10**7)")
    assert said.err[:2] == ["score.py:6: ValueError in run(): first", r"    second\x1b"]
    assert sum(map(len, said.err)) < 20_000


def test_an_exception_that_cannot_say_what_it_is(desk: Desk) -> None:
    before = "class Odd(Exception):\n    def __str__(self): return 1 / 0"
    assert desk.run("raise Odd", before=before).err[0] == (
        "score.py:7: Odd in run(): (its message fails with ZeroDivisionError)"
    )


def test_a_script_that_python_cannot_read(desk: Desk) -> None:
    Path("score.py").write_text("def init(): pass\n\ndef run(data:\n    pass\n")
    said = desk.try_()
    assert said.err[0].startswith("score.py:3: SyntaxError when it is imported: ")
    assert said.err[1] == "    line 3: def run(data:"
    Path("score.py").write_bytes(b"name = '\xff'\n")
    said = desk.try_()
    assert (said.code, said.err[0].startswith("score.py")) == (1, True)
    assert "SyntaxError when it is imported" in said.err[0]


@pytest.mark.parametrize("name", ["init", "run"])
def test_a_function_that_is_missing(desk: Desk, name: str) -> None:
    Path("score.py").write_text(script("return data").replace(f"def {name}(", "def other("))
    said = desk.try_()
    assert (said.code, said.err) == (1, [f"score.py: there is no function {name}(), which the endpoint calls"])
    assert desk.try_("--lang", "fr").err == [
        f"score.py: il n'y a pas de fonction {name}(), que le point de terminaison appelle"
    ]


@pytest.mark.parametrize("answer", ["b'bytes'", "{1}", "{1: object()}", "range(3)", "print"])
def test_what_the_endpoint_cannot_encode(desk: Desk, answer: str) -> None:
    said = desk.run(f"return {answer}")
    kind = type(eval(answer)).__name__ if "object" not in answer else "object"
    assert said.code == 1
    assert said.err[0] == f"score.py: TypeError in the response: Object of type {kind} is not JSON serializable"
    assert said.err[1].startswith(f"score.py: JSON knows no {kind}: return lists")


@pytest.mark.parametrize("stage", STAGES)
def test_a_script_that_ends_the_process(desk: Desk, stage: str) -> None:
    said = fail(desk, stage, "print('last words'); os._exit(0)")
    assert said.code == 1
    assert said.err[:2] == ["| last words", f"score.py: the process ended {STAGES[stage]}, with exit code 0"]
    assert "raise an exception" in said.err[2]


def test_a_process_that_is_killed(desk: Desk) -> None:
    said = desk.run("os.kill(os.getpid(), 9)")
    assert said.err[0] == "score.py: the process ended in run(), with signal SIGKILL"
    assert "memory" in said.err[1]


def test_a_library_that_crashes(desk: Desk) -> None:
    said = desk.run("pass\nimport ctypes; ctypes.string_at(0)", "--verbose")
    assert said.code == 1
    assert "score.py:7: the process ended in run(), with signal SIGSEGV" in said.err
    assert "a library has crashed" in said.err[-1]


def is_running(process: int) -> bool:
    """Say whether a process runs, after giving it time to end."""
    for _ in range(100):
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
        if not state.stdout.strip() or state.stdout.startswith("Z"):
            return False
        time.sleep(0.05)
    return True


SLEEPER = "import subprocess; open({!r}, 'w').write(str(subprocess.Popen(['sleep', '1000']).pid))"


@pytest.mark.usefixtures("unmeasured")  # a second is all that it has
@pytest.mark.parametrize(("stage", "line"), [("import", 2), ("init", 4), ("run", 6)])
def test_a_script_that_hangs_is_ended_with_all_that_it_started(
    desk: Desk, stage: str, line: int, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    said = fail(
        desk,
        stage,
        f"{SLEEPER.format(str(started))}; print('waiting'); sys.stdin.close(); time.sleep(1000)",
        "--timeout",
        "1",
    )
    assert said.code == 1
    assert said.err == [
        "| waiting",
        f"score.py:{line}: still {STAGES[stage]} after 1 s, and ended there: --timeout gives it more",
    ]
    assert not is_running(int(started.read_text()))


def test_a_script_that_hangs_under_another_name(desk: Desk) -> None:
    name = "a \u00e9\u4f60\n'\".py"
    Path(name).write_text(script("while True: pass"))
    said = desk.try_("--timeout", "1", script=name)
    assert said.err == [
        f"{name!a}:6: still in run() after 1 s, and ended there: --timeout gives it more",
    ]


def test_what_a_script_leaves_behind_keeps_nobody_waiting(desk: Desk, tmp_path: Path) -> None:
    """Not even a daemon that holds the output open; what it started in its own group is ended."""
    started, daemon = tmp_path / "started", tmp_path / "daemon"
    body = f"""{SLEEPER.format(str(started))}
if os.fork() == 0:
    os.setsid()
    open({str(daemon)!r}, "w").write(str(os.getpid()))
    time.sleep(1000)
while not os.path.exists({str(daemon)!r}) or not os.path.getsize({str(daemon)!r}):
    time.sleep(0.01)
import threading
threading.Thread(target=time.sleep, args=(1000,)).start()
return [[5], [5]]"""
    said = desk.run(body)
    os.kill(int(daemon.read_text()), signal.SIGKILL)
    assert (said.code, said.out[0], said.err) == (0, "5", [])
    assert not is_running(int(started.read_text()))


def test_a_copy_of_the_process_tells_nothing(desk: Desk) -> None:
    said = desk.run("child = os.fork()\nif child: os.waitpid(child, 0)\nreturn [[bool(child)]] * 2")
    assert (said.code, said.out[0]) == (0, "true")
    assert len(said.out) == 3


def test_what_a_script_prints_is_not_the_response(desk: Desk) -> None:
    body = "print('[[0]]'); print('aside', file=sys.stderr); os.write(1, b'\\xff\\x1b[31m\\n'); return [[5], [5]]"
    said = desk.run(body)
    assert (said.code, said.out[0], said.err) == (0, "5", [])
    said = desk.run(body, "--verbose")
    assert (said.code, said.out[0]) == (0, "5")
    begun = said.err.index("[[0]]")  # behind what scoregen has read
    assert said.err[begun : begun + 3] == ["[[0]]", "aside", "\\xff\x1b[31m"]


def test_an_error_is_shown_whole_where_that_is_asked_for(desk: Desk) -> None:
    said = desk.run("print('before')\nraise ValueError from KeyError(1)", "--verbose")
    begun = said.err.index("before")
    assert said.err[begun : begun + 2] == ["before", "KeyError: 1"]
    assert "Traceback (most recent call last):" in said.err
    assert said.err[-2].startswith("score.py:7: ValueError in run()")


def test_output_without_end_is_no_burden(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "score.py"
    path.write_text(script("for _ in range(100): os.write(1, b'x' * 10**6)\nos._exit(1)"))
    (outcome,) = attempt(Trial(str(path), sys.executable, str(tmp_path), ["[]"], 60))
    assert (outcome.stage, outcome.code, len(outcome.output)) == ("run", 1, 1 << 16)
    said = desk.try_()
    assert sum(map(len, said.err)) < 2_000


@pytest.mark.skipif(not CAN_LIMIT_MEMORY, reason="the system cannot limit memory")
def test_the_memory_is_limited_where_that_is_asked_for(desk: Desk) -> None:
    body = "return [{'size': len(b'x' * 300_000_000)}] * 2"
    assert desk.run(body).code == 0
    said = desk.run(body, "--memory", "200")
    assert (said.code, said.err[0]) == (1, "score.py:6: MemoryError in run()")
    assert "score.py: it may have 200 MB: --memory gives it more" in said.err
    assert desk.run("return [{'size': 1}] * 2", "--memory", "200").code == 0


def test_a_system_that_cannot_limit_memory(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.cli.commands.try.CAN_LIMIT_MEMORY", False)
    said = desk.run("return []", "--memory", "200")
    assert (said.code, said.out) == (2, [])
    assert said.err == ["scoregen try: this system cannot limit the memory of a process: leave --memory out"]


@pytest.mark.parametrize("text", ["0", "-1", "x", "1.5", "9" * 5000])
def test_what_is_no_number_of_megabytes(text: str, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        desk.run("return []", "--memory", text)
    assert "is not a number of megabytes above 0" in capsys.readouterr().err


def test_a_response_may_be_large(desk: Desk) -> None:
    said = desk.run("return [['x' * 10**7]] * 2")
    assert (said.code, len(said.out[0])) == (0, 10**7)


def test_reading_from_standard_input(desk: Desk) -> None:
    said = desk.run("return input()")
    assert said.err[0].startswith("score.py:6: EOFError in run(): ")
    assert said.err[2].startswith("score.py: nobody is there on an endpoint")


@pytest.mark.parametrize(
    "name", ["my score.py", "sc\u00f6r\u00e9.py", "a\nb.py", "-score.py", "new folder/../score 1.py"]
)
def test_any_file_name(desk: Desk, name: str) -> None:
    Path("new folder").mkdir()
    Path(name).write_text(script("return [[os.path.basename(__file__)]] * 2"), encoding="utf-8")
    (Path("model").rename("a m\u00f6del"))
    code = main(["try", "--model-dir", "a m\u00f6del", "--timeout=60", "--", name])
    assert code == 0


def test_the_script_runs_as_on_an_endpoint(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "astray.py").touch()
    (tmp_path / "beside.py").write_text("import sys\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "")
    monkeypatch.setenv("OWN", "kept")
    body = """print("\\xe9")
import beside
found = []
for name in ("astray", "failures", "child"):
    try: __import__(name)
    except ModuleNotFoundError: continue
    found.append(name)
return {
    "found": found, "folder": os.listdir(), "argv": sys.argv, "name": __name__, "own": os.environ["OWN"],
    "model": os.environ["AZUREML_MODEL_DIR"], "file": __file__, "last": sys.path[-1],
}"""
    before = {*tmp_path.iterdir(), tmp_path / "score.py"}
    said = desk.run(body)
    assert json.loads("\n".join(said.out[:-1])) == {
        "found": [],
        "folder": [],
        "argv": [str(tmp_path / "score.py")],
        "name": "entry_module",
        "own": "kept",
        "model": str(tmp_path / "model"),
        "file": str(tmp_path / "score.py"),
        "last": str(tmp_path),
    }
    assert set(tmp_path.iterdir()) == before


def test_what_leads_an_interpreter_astray_is_not_handed_on() -> None:
    own = {
        "PATH": "p",
        "PYTHONHOME": "h",
        "__PYVENV_LAUNCHER__": "l",
        "PYTHONNOUSERSITE": "1",
        "AZUREML_MODEL_DIR": "o",
    }
    handed = environment(own, "m")
    assert {"PATH": "p", "PYTHONNOUSERSITE": "1", "AZUREML_MODEL_DIR": "m"}.items() <= handed.items()
    assert not {"PYTHONHOME", "__PYVENV_LAUNCHER__"} & handed.keys()


def test_the_folder_of_the_model_itself_may_be_named(desk: Desk, tmp_path: Path) -> None:
    said = desk.run("return [[os.environ['AZUREML_MODEL_DIR']]] * 2", "--model-dir", "model/trained_model_outputs/")
    assert (said.code, said.out[0]) == (0, str(tmp_path / "model"))
    assert said.err == [
        f"model/trained_model_outputs/: AZUREML_MODEL_DIR is the folder around it, {tmp_path / 'model'}"
    ]


def test_a_link_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    Path("real").mkdir()
    Path("real/other.py").write_text(script("return [[__file__]]"))
    Path("score.py").symlink_to("real/other.py")
    Path("python").symlink_to(sys.executable)
    assert desk.try_("--python", "./python").out[0] == str(tmp_path / "score.py")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.py"], "none.py: cannot be read: No such file or directory"),
        (["model"], "model/trained_model_outputs/score.py: cannot be read: No such file or directory"),
        (["score"], "score: the endpoint takes a script only if its name ends in .py"),
        (["bare/notes.txt"], "bare/notes.txt: the endpoint takes a script only if its name ends in .py"),
        (["score.py", "--model-dir", "none"], "none: cannot be read: there is no such folder"),
        (["score.py", "--model-dir", "score.py"], "score.py: cannot be read: there is no such folder"),
        (
            ["score.py", "--model-dir", "empty"],
            "empty: has no folder trained_model_outputs: name the one that has it, which holds the model",
        ),
        (["score.py", "--samples", "none"], "none: cannot be read: No such file or directory"),
        (["score.py", "--samples", "score.py"], "score.py:1:1: is not JSON: Expecting value"),
        (
            ["score.py", "--samples", "utf-16"],
            "utf-16: it is UTF-16, which Windows PowerShell writes by `>`: save it as UTF-8",
        ),
        (["score.py", "--samples", "deep"], "deep: is not JSON: "),
        (["score.py", "--python", "no-such-python"], "no-such-python: cannot be run: there is no such program"),
        (["score.py", "--python", "empty"], "empty: cannot be run: there is no such program"),
        (["batch.py", "--samples", "-"], "<stdin>: a script for a batch endpoint takes files: "),
        (["batch.py", "--samples", "empty"], "empty: cannot be read: there is no file"),
        (["batch.py", "--samples", "none"], "none: cannot be read: there is no file"),
    ],
    ids=str,
)
def test_what_cannot_be_tried(desk: Desk, arguments: list[str], said: str, tmp_path: Path) -> None:
    for name in ("score.py", "score"):
        Path(name).write_text(script(f"open({str(tmp_path / 'ran')!r}, 'w')"))
    Path("batch.py").write_text("def init(): pass\n\n\ndef run(mini_batch): pass\n")
    Path("empty").mkdir()
    Path("bare").mkdir()
    Path("bare/notes.txt").touch()
    Path("utf-16").write_bytes("[]".encode("utf-16"))
    Path("deep").write_text("[" * 100_000)
    done = desk.try_(*arguments[1:], script=arguments[0])
    assert (done.code, done.out) == (2, [])
    assert done.err[0].startswith(said.format(tmp_path))
    assert len(done.err) == 1
    assert not Path("ran").exists()


def test_no_room_for_temporary_files(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("tempfile._candidate_tempdir_list", lambda: ["/nowhere"])
    said = desk.run("return data")
    assert (said.code, said.err) == (2, ["scoregen try: No usable temporary directory found in ['/nowhere']"])


def test_a_model_without_samples(desk: Desk, tmp_path: Path) -> None:
    desk.samples.unlink()
    said = desk.run("return data")
    assert said.code == 2
    path = tmp_path / "model" / "trained_model_outputs" / "_samples.json"
    assert said.err == [f"{path}: is not there: name a request with --samples, a JSON list of row objects"]


@pytest.mark.parametrize("program", ["#!/bin/sh\necho 'SyntaxError: x'; exit 1\n", "#!/bin/sh\nkill -9 $$\n", "\0"])
def test_a_program_that_is_no_python(desk: Desk, program: str) -> None:
    Path("old").write_text(program)
    Path("old").chmod(0o755)
    said = desk.run("return data", "--python", "./old")
    assert (said.code, said.err[-1]) == (2, "./old: cannot run a script: it must be Python 3.8 or later")
    assert ("| SyntaxError: x" in said.err) == ("echo" in program)


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon", ""])
def test_a_time_limit_that_is_none(desk: Desk, seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        desk.run("return data", f"--timeout={seconds}")
    assert caught.value.code == 2
    assert f"{seconds!r} is not a number of seconds above 0" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_script_ends_with_the_command(desk: Desk, tmp_path: Path, number: signal.Signals) -> None:
    if signal.getsignal(number) == signal.SIG_IGN:
        pytest.skip(
            f"{number.name} is ignored by the program that runs the tests, nohup say, and so by what they start"
        )
    started, scratch = tmp_path / "started", tmp_path / "scratch"
    scratch.mkdir()
    Path("score.py").write_text(script(f"{SLEEPER.format(str(started))}\ntime.sleep(1000)"))
    command = [sys.executable, "-m", "generator", "try", "score.py", "--model-dir", "model"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True, env=os.environ | {"TMPDIR": str(scratch)}
    )
    while not started.exists() or not started.read_text():
        time.sleep(0.02)
    process.send_signal(number)
    _, said = process.communicate()
    assert (process.returncode, said) == ((1, "score.py: stopped\n") if number == signal.SIGINT else (128 + number, ""))
    assert not is_running(int(started.read_text()))
    assert list(scratch.iterdir()) == []


def test_a_failure_is_explained_in_the_words_of_a_check(desk: Desk) -> None:
    source = generate("{module: Score SVD Recommender, parameters: {Recommender prediction kind: Item Recommendation}}")
    Path("score.py").write_text(source.replace("FromRatedItems,", "FromRated,"))
    said = desk.try_("--python", sys.executable)
    assert main(["check", "score.py"]) == 1
    assert said.err[0] == "score.py:7: ModuleNotFoundError when it is imported: No module named 'pandas'"
    assert "lacks pandas, which the endpoint has" in said.err[2]
    assert "leave --python out" in said.err[2]
    assert said.err[3].startswith("score.py:") and "SG102" in said.err[3]
    assert said.err[-1] == "1 error in 1 file"


def test_a_crash_on_windows_has_its_status_for_a_code() -> None:
    crashed = Outcome("run", {}, None, None, False, 0xC0000005, 7, b"")
    assert failure_lines(crashed, "score.py", 1) == [
        "score.py:7: the process ended in run(), with exit code 0xC0000005"
    ]
    assert "a library has crashed" in (explained(crashed, FACTS) or "")
    ended = "import subprocess as s; s.Popen.wait = lambda self: 0xC0000005; from generator.trial.guard import main; main(['true'])"
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE, "start_new_session": True}
    with subprocess.Popen([sys.executable, "-c", ended], **pipes) as guard:  # type: ignore[call-overload]
        assert guard.stderr.read() == b""
        assert guard.wait() & 0xFF == 0x05


def test_a_python_without_the_folder_of_its_script_keeps_its_own_modules(tmp_path: Path) -> None:
    (tmp_path / "score.py").write_text(
        "import sys\ndef init(): pass\ndef run(data): return [sys.path[:-1], sys.path[-1]]\n"
    )
    (tmp_path / "requests").write_text('["[]"]')
    paths = [str(tmp_path / name) for name in ("score.py", "requests", "events", "trace")]
    subprocess.run([sys.executable, "-I", str(CHILD), *paths, "60"], check=True)
    answered = [line for line in (tmp_path / "events").read_text().splitlines() if '"response":' in line]
    own = subprocess.run(
        [sys.executable, "-I", "-c", "import sys, json; print(json.dumps(sys.path))"], check=True, capture_output=True
    )
    assert json.loads(json.loads(answered[0])["response"]) == [json.loads(own.stdout), str(tmp_path)]


def raised(error: str) -> Outcome:
    kind, _, message = error.partition(": ")
    return Outcome("run", {}, None, Raised(kind, message, [], ""), False, 0, None, b"")


FACTS = {"python": "PY", "samples": "S", "model": "M"}
LACKING = facts_of([{"a": 1}], {"columnAttributes": [{"name": "a"}, {"name": "b c"}]})
UNKNOWN = facts_of([{"a": 1}, {"d": 1}], {"columnAttributes": [{"name": "a"}]})


@pytest.mark.parametrize(
    ("error", "facts", "words"),
    [
        ("ModuleNotFoundError: No module named 'azureml'", {}, "PY lacks azureml, which the endpoint has"),
        ("ModuleNotFoundError: No module named 'pandas'", {}, "PY lacks pandas, which the endpoint has"),
        (
            "ModuleNotFoundError: No module named 'azureml.studio.x'",
            {},
            "PY lacks azureml.studio.x, which the endpoint",
        ),
        ("ModuleNotFoundError: No module named 'shap'", {}, "PY lacks shap: install it there"),
        ("FileNotFoundError: [Errno 2] No such file or directory: '/m/_schema.json'", {}, "M is not complete"),
        ("FileNotFoundError: [Errno 2] No such file or directory: 'ratings.csv'", {}, "look for ratings.csv from"),
        ("FileNotFoundError: [Errno 2] File r.csv does not exist: 'r.csv'", {}, "look for r.csv from"),
        ("FileNotFoundError: [Errno 2] No such file or directory: '/a/r.csv'", {}, "must be deployed with it"),
        ("FileNotFoundError: [Errno 2] No such file or directory: 'C:\\\\r.csv'", {}, "must be deployed with it"),
        (
            "AttributeError: 'str' object has no attribute 'items'",
            facts_of({"a": 1}, None),
            "S holds one object, where",
        ),
        (
            "AttributeError: 'str' object has no attribute 'items'",
            facts_of("[]", None),
            "S holds a single value, where",
        ),
        ("ValueError: the request must be a JSON list", facts_of([], None), "S holds an empty list, where"),
        ("ValueError: row 1 of 1 is not", facts_of([5], None), "S holds a list of something else than objects, where"),
        ("ValueError: Input json_data must have", LACKING, "the rows of S lack 'b c', which"),
        ("ValueError: Input json_data must have", UNKNOWN, "the rows of S have 'd', which"),
        ("KeyError: 'b c'", LACKING, "the rows of S lack 'b c', which"),
        ("NameError: name 'model' is not defined", {}, "global model"),
        ("ValueError: Out of range float values are not JSON compliant: nan", {}, "has NaN or Infinity"),
        ("ValueError: row 2 and the model differ in the columns ['b']", {}, "in row 2 of S the columns ['b'] are"),
        ("ValueError: row 3, columns ['a', 'b']: an id cannot be null", {}, "row 3 of S has null in ['a', 'b']"),
        ("ValueError: row 3 repeats the ids of row 1", {}, "row 3 of S has the same ids as row 1"),
        ("ValueError: row 1, column 'a: b': \"x\" is not a number", {}, 'row 1 of S: "x" is of another type than'),
        ("MemoryError: ", {}, "memory has run out"),
        ("SystemExit: 1", {}, "the endpoint would go down"),
    ],
    ids=str,
)
def test_what_is_behind_a_failure(error: str, facts: dict[str, str], words: str) -> None:
    assert words in (explained(raised(error), {**FACTS, **facts}) or "")


@pytest.mark.parametrize(
    "error",
    [
        "ValueError: something of the script's own",
        "AttributeError: 'str' object has no attribute 'items'",
        "KeyError: 'b'",
        "NameError: name 'RecommendedItemSelection' is not defined",
        "FileNotFoundError: no such model",
    ],
)
def test_what_is_not_known_is_not_explained(error: str) -> None:
    assert (
        explained(raised(error), {**FACTS, **facts_of(ROWS, {"columnAttributes": [{"name": "x"}, {"name": "y"}]})})
        is None
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"message": "row 1 of 1 is not a JSON object"}, "S holds a list of something else"),
        ({"message": "row 3 repeats the ids of row 1"}, "row 3 of S has the same ids as row 1"),
        ({"message": "out of stock"}, None),
        ({"message": 1}, None),
        (["row 1 of 1 is not a JSON object"], None),
        ("row 1 of 1 is not a JSON object", None),
    ],
    ids=str,
)
def test_what_is_behind_a_refused_request(body: Any, words: str | None) -> None:
    refused = raised("")._replace(raised=None, response=json.dumps(body), status=400)
    said = explained(refused, {**FACTS, **facts_of([5], None)})
    assert said is None if words is None else words in (said or "")


def test_every_explanation_can_be_given() -> None:
    known = {"python", "samples", "model", "lacking", "unknown", "instead", "memory"}
    for failure in DATA["failures"]:
        names = set(re.findall(r"\{(\w+)\}", failure["means"]))
        assert names <= known | set(re.compile(failure["error"]).groupindex)


@given(
    st.from_type(type)
    | st.recursive(st.none() | st.text() | st.integers(), st.lists)
    | st.dictionaries(st.text(), st.text())
)
@settings(max_examples=50)
def test_any_schema_is_no_reason_to_stop(schema: Any) -> None:
    for request in (ROWS, schema, [schema]):
        assert isinstance(facts_of(request, schema), dict)


def test_a_batch_script_is_handed_files(desk: Desk, tmp_path: Path) -> None:
    Path("score.py").write_text(
        "def init(): pass\n\n\ndef run(mini_batch):\n    return [open(p).read() for p in mini_batch]\n"
    )
    Path("files").mkdir()
    for name in ("b.csv", "a.csv"):
        Path("files", name).write_text(name)
    Path("files", "folder").mkdir()
    said = desk.try_("--samples", "files")
    assert (said.code, said.out[:-1], said.err) == (0, ["item", "-----", "a.csv", "b.csv"], [])
    assert desk.try_("--samples", "files/b.csv").out[2:-1] == ["b.csv"]

    assert json.loads(desk.try_().out[2]) == ROWS
    Path("score.py").write_text("def init(): pass\ndef run(mini_batch): return 5\n")
    assert desk.try_().err == ["score.py: run() returns int, neither a DataFrame nor a list"]


def test_nothing_else_runs_a_script(desk: Desk, tmp_path: Path) -> None:
    marker = f"open({str(tmp_path / 'ran')!r}, 'w')\n"
    source = generate("module: Score SVD Recommender") + marker
    Path("score.py").write_text(source)
    for command in (["check", "score.py"], ["extract", "score.py"], ["rewrite", "score.py", "--prune"]):
        main(command)
        assert not Path("ran").exists()
    desk.run("return []", before=marker)
    assert Path("ran").exists()


def test_the_child_needs_nothing_but_an_old_python() -> None:
    tree = ast.parse(CHILD.read_text(encoding="utf-8"), feature_version=(3, 8))
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert all(name.partition(".")[0] in sys.stdlib_module_names for name in names)
    code = (
        "import sys; from generator.cli.main import main; main(['try', 'none.py', '--model-dir', '.']);"
        "import generator.trial.failures; assert 'generator.trial.child' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_a_file_of_a_batch_without_a_row_is_named(desk: Desk) -> None:
    Path("score.py").write_text(
        "import os\ndef init(): pass\n\n\ndef run(mini_batch):\n    return [os.path.basename(p) for p in mini_batch[1:]]\n"
    )
    Path("files").mkdir()
    for name in ("bad \u00e9.csv", "good \u00e9.csv"):
        Path("files", name).write_text(name)
    said = desk.try_("--samples", "files")
    assert said.code == 1
    assert [line.rpartition("/")[2] for line in said.err] == [
        "bad \u00e9.csv: has no row in the answer: --verbose shows the log"
    ]
