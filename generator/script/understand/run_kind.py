"""For which kind of endpoint a run() is made: told by what it does with its argument, not by what that is called.

An online endpoint hands run() the text of a request, a batch endpoint a list of files::

    rows = json.loads(data)                             a request
    frame = pd.concat(map(pd.read_csv, mini_batch))     files
    for path in batch: score(path)                      what score() does with it decides
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from generator.rules.settings import BATCH, ENDPOINTS
from generator.script.scopes import Names, Scope, assigned_once, qualified

_ONLINE = ENDPOINTS[0]
_TAKE_TEXT = {"json.loads", "json.load", "pandas.read_json", "io.StringIO", "io.BytesIO", "ast.literal_eval"}
_TAKE_FILE = {
    *("open", "io.open", "pathlib.Path", "PIL.Image.open", "numpy.load", "numpy.loadtxt", "cv2.imread", "joblib.load"),
    *("csv.reader", "pyarrow.parquet.read_table", "polars.read_csv", "shutil.copy", "shutil.copyfile"),
}
_READERS = ("pandas.read_", "os.path.", "os.stat", "polars.read_", "polars.scan_")  # beginnings: each takes a path
_SAME = {"list", "tuple", "sorted", "iter", "reversed", "enumerate", "tqdm.tqdm", "tqdm.auto.tqdm", "set"}
_OF_REQUEST = {"decode", "get", "get_data", "get_json", "items", "json", "keys", "method", "splitlines", "strip"}
_OF_PATH = {"endswith", "name", "open", "read_bytes", "read_text", "rsplit", "stem", "suffix"}
_DECORATORS = ("inference_schema.", "azureml.contrib.services.", "azureml_inference_server_http.")
_DESIGNERS = "azureml.designer.serving.dagengine.score_implementation.run"
_MOST = 100  # functions and arguments that are looked into: no one writes as many for this
_DEEPEST = 5  # own functions that hand the argument on to each other


class Run(NamedTuple):
    """A script's run(): where it stands, and for which kind of endpoint it is made: None where that cannot be told."""

    node: ast.AST
    kind: str | None


def find_run(names: Names) -> Run | None:
    """Return a script's run(), the one that counts; None where it has none that can be seen."""
    binding = names.module.bindings.get("run", [])[-1:]
    if not binding:
        return None
    node = binding[0].node
    if binding[0].target == _DESIGNERS:
        return Run(node, _ONLINE)
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return Run(node, None)
    kinds = set(_Uses(names).of_argument(node))
    return Run(node, kinds.pop() if len(kinds) == 1 else None)


class _Uses:
    """What a script does with a value that a function is given; each function is looked into once for each meaning."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._scopes = {scope.node: scope for scope in names.scopes}
        self._seen: set[tuple[ast.AST, str, bool]] = set()

    def of_argument(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
        """Yield the kinds that the uses of a function's first argument speak for."""
        for decorator in function.decorator_list:
            maker = decorator.func if isinstance(decorator, ast.Call) else decorator
            if (qualified(maker, self._names.module) or "").startswith(_DECORATORS):
                yield _ONLINE
        arguments = [*function.args.posonlyargs, *function.args.args]
        if arguments:
            yield from self._of_name(function, arguments[0].arg, is_item=False, depth=0)

    def _of_name(self, function: ast.AST, name: str, *, is_item: bool, depth: int) -> Iterator[str]:
        """Yield what the uses of a name in a function speak for; ``is_item`` if it is one of those that came in."""
        if depth > _DEEPEST or (function, name, is_item) in self._seen or len(self._seen) == _MOST:
            return
        self._seen.add((function, name, is_item))
        scope = self._scopes.get(function, self._names.module)
        names, items = ({name}, set[str]()) if not is_item else (set[str](), {name})
        for node in ast.walk(function):  # from the outside in, so that an assignment is met before what follows from it
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                if self._is_same(node.value, names, scope):
                    names.add(node.targets[0].id)
            elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension) and self._is_same(
                node.iter, names, scope
            ):
                items |= _targets(node.target, skips_first=_is_enumerate(node.iter))
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                yield from self._of_call(node, names, items, scope, depth)
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                yield from _of_attribute(node.value.id, node.attr, names, items)
            elif _is_key_of(node, names | items):
                yield _ONLINE

    def _of_call(self, call: ast.Call, names: set[str], items: set[str], scope: Scope, depth: int) -> Iterator[str]:
        target = qualified(call.func, scope) or (call.func.id if isinstance(call.func, ast.Name) else "")
        given = [*enumerate(call.args), *((keyword.arg, keyword.value) for keyword in call.keywords)]
        for place, value in given:
            while isinstance(value, ast.Starred):
                value = value.value
            is_item = isinstance(value, ast.Name) and value.id in items
            if not is_item and not self._is_same(value, names, scope):
                continue
            if not is_item and target in _TAKE_TEXT:
                yield _ONLINE
            elif is_item and (target in _TAKE_FILE or target.startswith(_READERS)):
                yield BATCH
            elif not is_item and _maps(call) and place == 1:
                yield from self._of_function(call.args[0], 0, scope, is_item=True, depth=depth)
            else:
                yield from self._of_function(call.func, place, scope, is_item=is_item, depth=depth)

    def _of_function(
        self, function: ast.expr, place: int | str | None, scope: Scope, *, is_item: bool, depth: int
    ) -> Iterator[str]:
        """Yield what becomes of a value that is handed to a function, by its place or its name there."""
        target = qualified(function, scope) or (function.id if isinstance(function, ast.Name) else "")
        if is_item and (target in _TAKE_FILE or target.startswith(_READERS)):
            yield BATCH
        if not isinstance(function, ast.Name):
            return
        binding = assigned_once(function.id, scope)
        node = binding.node if binding else None
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
            name = place if isinstance(place, str) else names[place] if place is not None and place < len(names) else ""
            if name:
                yield from self._of_name(node, name, is_item=is_item, depth=depth + 1)

    def _is_same(self, value: ast.expr, names: set[str], scope: Scope) -> bool:
        """Say whether an expression is what one of the names holds, or a list or a part of it."""
        while not isinstance(value, ast.Name):
            if isinstance(value, ast.Call) and value.args:
                target = qualified(value.func, scope) or (value.func.id if isinstance(value.func, ast.Name) else "")
                if target not in _SAME:
                    return False
                value = value.args[0]
            elif isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Slice):
                value = value.value
            else:
                return False
        return value.id in names


def _of_attribute(name: str, attribute: str, names: set[str], items: set[str]) -> Iterator[str]:
    if name in names and attribute in _OF_REQUEST:
        yield _ONLINE
    elif name in items and attribute in _OF_PATH:
        yield BATCH
    elif name in items and attribute in ("get", "items", "keys"):
        yield _ONLINE


def _is_key_of(node: ast.AST, names: set[str]) -> bool:
    """Say whether a node is ``name["key"]``, which only objects of JSON have."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Name) or node.value.id not in names:
        return False
    return isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)


def _maps(call: ast.Call) -> bool:
    """Say whether a call has a function done for each item, as map() and an executor's map() do."""
    function = call.func
    name = (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )
    return name in ("map", "imap", "starmap") and len(call.args) > 1


def _is_enumerate(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "enumerate"


def _targets(node: ast.expr, *, skips_first: bool) -> set[str]:
    """Return the names that a loop fills with items: of ``for number, path in enumerate(...)`` only the second."""
    if isinstance(node, ast.Tuple):
        return {item.id for item in node.elts[int(skips_first) :] if isinstance(item, ast.Name)}
    return {node.id} if isinstance(node, ast.Name) else set()
