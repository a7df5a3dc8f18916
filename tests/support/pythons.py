"""The Pythons on this machine, and what their standard libraries hold.

``python -m tests.support.pythons`` measures them and rewrites ``generator/facts/python_names.yaml``: for each version the
modules, names, methods and arguments that no older one has. It needs each version from 3.6 on.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import yaml

VERSIONS = [f"3.{minor}" for minor in range(6, 14)]
TARGET = Path(__file__).parents[2] / "generator/facts/python_names.yaml"
_HEADER = """\
# What the standard library of each version of Python has and no older one from 3.6 on: measured by
# `python -m tests.support.pythons`, do not edit. `modules_gone` are those that a version no longer has.
"""
_NOT_FOR_SCRIPTS = {
    *("antigravity", "ctypes", "curses", "dis", "distutils", "encodings", "ensurepip", "errno", "fcntl", "idlelib"),
    *("lib2to3", "mmap", "msilib", "nt", "opcode", "pip", "pkg_resources", "posix", "posixpath", "pydoc_data"),
    *(
        "setuptools",
        "socket",
        "sqlite3",
        "sre_compile",
        "sre_constants",
        "sre_parse",
        "ssl",
        "symtable",
        "test",
        "this",
        "tkinter",
        "token",
        "tokenize",
        "turtle",
    ),
    *("turtledemo", "venv", "wheel", "xxlimited", "xxlimited_35", "_pytest"),
}
_TYPES = {
    *("builtins.str", "builtins.bytes", "builtins.dict", "builtins.int", "builtins.BaseException", "pathlib.Path"),
    *("pathlib.PurePath", "datetime.datetime", "datetime.date", "datetime.time", "collections.Counter"),
    *("fractions.Fraction", "array.array"),
}
_PROBE = """
import inspect, json, os, pkgutil, sys, types, warnings
warnings.simplefilter("ignore")
skipped, typed = map(set, json.loads(sys.argv[1]))

def described(value, path):
    found = {}
    if inspect.isclass(value) and path in typed:
        found["methods"] = [name for name in dir(value) if name[0] != "_"]
    try:
        parameters = inspect.signature(value).parameters.values()
    except (ValueError, TypeError):
        return found
    named = [p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) and p.name[0] != "_"]
    return dict(found, arguments=named, open=any(p.kind == p.VAR_KEYWORD for p in parameters))

def listed(name):
    try:
        module = __import__(name, fromlist=["x"])
    except BaseException:
        return None
    names = [key for key in dir(module) if key[0] != "_" and not isinstance(getattr(module, key, 0), types.ModuleType)]
    listed_all = set(getattr(module, "__all__", names))
    found = {}
    for key in names:
        value = getattr(module, key)
        own = key in listed_all or str(getattr(value, "__module__", "")).startswith(name + ".")
        found[key] = dict(described(value, name + "." + key), shown=own)
    return found

folder = os.path.dirname(os.__file__)
names = set(sys.builtin_module_names)
for info in pkgutil.iter_modules([folder, os.path.join(folder, "lib-dynload")]):
    names.add(info[1])
    if info[2] and info[1] not in skipped:
        package = __import__(info[1])
        names |= {info[1] + "." + inner[1] for inner in pkgutil.iter_modules(package.__path__)}
public = [n for n in sorted(names) if n.split(".")[0] not in skipped and not any(p[0] == "_" for p in n.split("."))]
print("\\n@" + json.dumps({name: listed(name) for name in public}))
"""


def interpreters() -> dict[str, str]:
    """Return the paths of the Pythons on this machine by their versions, as ``3.8``: of pyenv's, and on the path."""
    found = {}
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for version in VERSIONS:
        installed = sorted(versions.glob(f"{version}.*/bin/python")) if versions.is_dir() else []
        path = str(installed[-1]) if installed else shutil.which(f"python{version}")
        if path:
            found[version] = path
    return found


def measured() -> dict[str, dict[str, Any]]:
    """Return what each version's standard library holds, by module and name."""
    words = json.dumps([sorted(_NOT_FOR_SCRIPTS), sorted(_TYPES)])
    found = {}
    for version, path in interpreters().items():
        done = subprocess.run([path, "-I", "-c", _PROBE, words], capture_output=True, text=True, check=True)
        found[version] = json.loads(done.stdout.rpartition("\n@")[2])
    return found


def news(libraries: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return what each version has and none before it, by kind."""
    found: dict[str, dict[str, Any]] = {
        kind: {} for kind in ("modules", "modules_gone", "names", "methods", "arguments")
    }
    versions = list(libraries)
    for index, version in enumerate(versions[1:], 1):
        now, before = libraries[version], [libraries[older] for older in versions[:index]]
        added = {name for name in now if all(name not in library for library in before)}
        found["modules"][version] = sorted(name for name in added if not _is_inner(name))
        gone = {name for name in before[-1] if name not in now}
        found["modules_gone"][version] = sorted(name for name in gone if not _is_inner(name))
        for module, members in now.items():
            older = [library[module] for library in before if library.get(module)]
            if not members or not older or _is_inner(module):
                continue
            new = [name for name in members if members[name]["shown"] and all(name not in names for names in older)]
            if new:
                found["names"].setdefault(version, {})[module] = sorted(new)
            for name, member in members.items():
                others = [names[name] for names in older if name in names]
                if not others or not member["shown"]:
                    continue
                for kind in ("methods", "arguments"):
                    known = {word for other in others for word in other.get(kind, ())}
                    is_open = kind == "arguments" and (others[-1].get("open") or "arguments" not in others[-1])
                    new = [word for word in member.get(kind, ()) if word not in known and not is_open]
                    if new and (kind == "methods" or member.get("arguments")):
                        found[kind].setdefault(version, {})[f"{module}.{name}"] = sorted(new)
    return found


def _is_inner(module: str) -> bool:
    """Say whether a module is a part of a package that hands on what is meant for use."""
    return module.rpartition(".")[0] in ("asyncio", "unittest", "json", "concurrent.futures", "email", "xml")


def written() -> str:
    """Return the facts as YAML."""
    return _HEADER + yaml.safe_dump(news(measured()), sort_keys=False, width=118, default_flow_style=None)


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8", newline="\n")
