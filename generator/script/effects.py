"""What code that is not the script's own does to what it is given: which functions only read, and what else is known.

Everything that does not stand here may change what it is given.
"""

from __future__ import annotations

import ast
import functools

READING_BUILTINS = frozenset(
    {
        "abs", "all", "any", "ascii", "bool", "bytes", "callable", "enumerate", "float", "format", "frozenset",
        "hasattr", "hash", "id", "int", "isinstance", "issubclass", "iter", "len", "list", "max", "min", "open",
        "print", "range", "repr", "reversed", "round", "set", "sorted", "str", "sum", "tuple", "type", "zip",
    }
)  # fmt: skip
"""Built-in functions that leave what they are given as it is. What they return may be made of it."""

READING_FUNCTIONS = frozenset(
    {
        "copy.copy", "copy.deepcopy", "json.dump", "json.dumps", "os.fspath", "os.path.join", "pprint.pformat",
        "pprint.pp", "pprint.pprint", "reprlib.repr", "sys.getsizeof", "sys.stderr.write", "sys.stdout.write",
        "time.sleep", "warnings.warn",
    }
)  # fmt: skip
"""The same of imported functions."""

READING_MODULES = ("logging.", "loguru.", "structlog.")
"""Modules all of whose functions, and whatever these return, only read what they are given."""

PLAIN_CONTEXTS = (
    "builtins.open",
    "codecs.open",
    "concurrent.futures.",
    "contextlib.closing",
    "contextlib.nullcontext",
    "contextlib.redirect_stderr",
    "contextlib.redirect_stdout",
    "gzip.",
    "io.",
    "logging.",
    "multiprocessing.",
    "numpy.errstate",
    "open",
    "os.scandir",
    "pandas.option_context",
    "pathlib.",
    "tempfile.",
    "threading.",
    "torch.no_grad",
    "torch.inference_mode",
    "warnings.catch_warnings",
    "zipfile.",
)
"""Beginnings of what may stand behind ``with`` and lets every exception pass."""

MAKES_FUNCTIONS_AGAIN = frozenset(
    {"functools.wraps()", "contextlib.wraps()", "typing.no_type_check", "typing.final", "abc.abstractmethod"}
)
"""Decorators that return the function that they are given."""

LOGGING = frozenset({"critical", "debug", "error", "exception", "info", "log", "warning"})
"""Methods of a logger."""


@functools.lru_cache(1000)
def reads(path: str) -> bool:
    """Say whether a function that a dotted name stands for, in full, surely leaves what it is given as it is."""
    if path.startswith("builtins."):
        return path.rpartition(".")[2] in READING_BUILTINS
    return path in READING_FUNCTIONS or path.startswith((*READING_MODULES, "a constant."))


def only_reads(function: ast.expr) -> bool:
    """Say whether a function that is called by this name surely leaves what it is given as it is."""
    if isinstance(function, ast.Attribute):
        return function.attr in LOGGING or function.attr in ("dumps", "pformat", "pprint")
    return isinstance(function, ast.Name) and function.id in {*READING_BUILTINS, "dict", "dumps", "pformat", "pprint"}


CONSUMING = frozenset(
    {"a constant.join", "builtins.next"}
    | {
        f"builtins.{name}"
        for name in ("all", "any", "dict", "frozenset", "list", "max", "min", "set", "sorted", "sum", "tuple")
    }
)
"""Functions that take all from a generator that they are given before they return."""

MAKES_ANOTHER = frozenset({"__bases__", "__class__", "__code__", "__defaults__", "__kwdefaults__"})
"""Attributes by which a function or an object becomes another one."""

OWN_NAMES = frozenset({"__main__", "main", "score"})
"""Modules that may be the script itself, by the names that endpoints and people give it."""

CACHES = frozenset({"functools.lru_cache", "functools.lru_cache()", "functools.cache"})
"""Decorators that keep what a function has returned."""
