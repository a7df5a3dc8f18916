"""One requirement as conda or pip takes it: the package, and which versions of it are meant."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

from generator.conda.versions import ANY, Clause, Spec
from generator.text.spans import Span
from generator.translations.language import say

Manager: TypeAlias = "Literal['conda', 'pip']"
LONGEST = 2_000
"""How many characters a requirement may have: no package is called that."""
PIP_NAME = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
PIP_VERSION = "[A-Za-z0-9][A-Za-z0-9._+!-]*"
CONDA_NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*"
CONDA_VERSION = "[A-Za-z0-9_][A-Za-z0-9._+!-]*"
"""What packages and versions are called, for Python and for JavaScript."""
# name, extras and @ of ``shap[plots] @ https://...``; without @ come versions, a marker, or nothing
_PIP = rf"({PIP_NAME})\s*(\[[^\[\]]*\])?\s*(?:(@)|(?=[(<>=!~;]|$))"
_PIP_CLAUSE = rf"(===|==|!=|<=|>=|~=|<|>)\s*({PIP_VERSION})(\.\*)?"
_PER_REQUIREMENT = r"\s--?[a-z]"
_SEPARATORS = r"[-_.]+"
_COMMENT = r"(?:^|\s)#.*$"
_ELSEWHERE = r"-[rce]|--(?:requirement|constraint|editable)\b"
# name and version in ``https://.../shap-0.39.0-cp38-cp38-linux_x86_64.whl#sha256=...``, and in ``shap-0.39.0.tar.gz``
_WHEEL = r"(?:^|[\s/=])([A-Za-z0-9._]+)-([0-9][^/-]*)(?:-[^/-]+){3,4}\.whl(?:[#?]|\s*;|$)"
_SOURCE = r"(?:^|[\s/=])([A-Za-z0-9._-]+)-([0-9][^/-]*)\.(?:tar\.gz|zip)(?:[#?]|\s*;|$)"
_EGG = rf"[#&]egg=({PIP_NAME})"
# ``shap=0.39.0``, as conda writes it
_ONE_EQUALS = rf"({PIP_NAME}(?:\s*\[[^\[\]]*\])?\s*)=(\s*{PIP_VERSION})\s*$"

# the name in ``conda-forge::libgomp >=9``
_CONDA = rf"(?:[^\s=<>!~\[\]]+::)?({CONDA_NAME})(?=[\s=<>!~\[]|$)"
_CONDA_CLAUSE = rf"(===?|!=|<=|>=|~=|=|<|>)?\s*({CONDA_VERSION})?(\.?\*)?"
# ``numpy[version='>=1.19,<2']``
_BRACKETS = r"\[([^\[\]]*)\]\s*$"
_BRACKETED_VERSION = r"version\s*=\s*(['\"]?)([^'\"]*)\1"


class Requirement(NamedTuple):
    """A requirement: its text, the package's name as PyPI compares it (empty: none is told), and the versions meant.

    ``spec`` is None where the versions cannot be told; ``span`` is where they stand in the text, or would. ``wrong``
    says why conda or pip would refuse it, and ``meant`` what to write instead. One that leads elsewhere may bring any
    package; one that is conditional may count or not, by its ``marker``, and one that is absent does not.
    """

    manager: Manager
    text: str
    name: str = ""
    extras: str = ""
    spec: Spec | None = None
    span: Span = (0, 0)
    wrong: str | None = None
    meant: str | None = None
    leads_elsewhere: bool = False
    is_conditional: bool = False
    is_absent: bool = False
    marker: str = ""

    def at(self, version: str) -> str:
        """Return the text of the requirement with one version."""
        operator = "==" if self.manager == "pip" else "="
        return f"{self.text[: self.span[0]]}{operator}{version}{self.text[self.span[1] :]}"


def normal(name: str) -> str:
    """Return a package's name as PyPI compares it."""
    return re.sub(_SEPARATORS, "-", name).lower()


def pinned(manager: Manager, name: str, version: str) -> str:
    """Return the text of a requirement of one version."""
    return Requirement(manager, name, normal(name), span=(len(name), len(name))).at(version)


def read_requirement(manager: Manager, text: str) -> Requirement:
    """Return what conda or pip makes of a text."""
    if len(text) > LONGEST:
        return Requirement(manager, text, wrong=say("is too long for a requirement"))
    return _read_pip(text) if manager == "pip" else _read_conda(text)


def _read_pip(text: str) -> Requirement:
    plain = re.sub(_COMMENT, "", text).strip()
    requirement = Requirement("pip", text)
    if re.match(_ELSEWHERE, plain):
        egg = re.search(_EGG, plain)
        return requirement._replace(leads_elsewhere=True, name=normal(egg[1]) if egg else "")
    if plain.startswith("-"):
        return requirement
    match = re.match(_PIP, plain)
    if match and match[3]:
        marker = plain.partition(" ;")[2].strip()
        spec = _spec_of_url(plain)
        return requirement._replace(name=normal(match[1]), is_conditional=bool(marker), marker=marker, spec=spec)
    if "://" in plain or plain.startswith((".", "/")) or plain.endswith((".whl", ".zip", ".tar.gz")):
        return _file(requirement, plain)
    if not match:
        return requirement._replace(wrong=say("is not a requirement that pip can read"), meant=_with_two(plain))
    return _with_versions(requirement, match, plain)


def _with_versions(requirement: Requirement, match: re.Match[str], plain: str) -> Requirement:
    """Read the versions behind a name, up to a marker or an option."""
    rest, semicolon, marker = plain[match.end() :].partition(";")
    option = re.search(_PER_REQUIREMENT, rest)
    versions = (rest[: option.start()] if option else rest).rstrip()
    inside = versions.strip()
    if inside.startswith("(") and inside.endswith(")"):
        inside = inside[1:-1]
    clauses: list[Clause] = []
    for part in inside.split(",") if inside.strip() else ():
        found = re.fullmatch(_PIP_CLAUSE, part.strip())
        if not found:
            meant = _with_two(plain)
            return requirement._replace(
                wrong=say("has {version!r}, which is not a version to pip", version=part.strip()), meant=meant
            )
        clauses.append(_clause(found[1].replace("===", "=="), found[2], bool(found[3])))
    start = requirement.text.index(plain) + len(plain[: match.end()].rstrip())
    end = requirement.text.index(plain) + match.end() + len(versions)
    return requirement._replace(
        name=normal(match[1]),
        extras=",".join(sorted(normal(extra.strip()) for extra in (match[2] or "[]")[1:-1].split(","))),
        spec=(tuple(clauses),),
        span=(start, max(start, end)),
        is_conditional=bool(semicolon),
        marker=marker.strip(),
    )


def _file(requirement: Requirement, plain: str) -> Requirement:
    """Read an address or a path, which may tell the package and its version."""
    found = re.search(_WHEEL, plain) or re.search(_SOURCE, plain)
    egg = re.search(_EGG, plain)
    if not found and not egg:
        return requirement._replace(leads_elsewhere=True)
    name = found[1] if found else egg[1] if egg else ""
    return requirement._replace(name=normal(name), spec=_spec_of_url(plain))


def _spec_of_url(plain: str) -> Spec | None:
    found = re.search(_WHEEL, plain) or re.search(_SOURCE, plain)
    return ((Clause("==", found[2]),),) if found else None


def _with_two(plain: str) -> str | None:
    """Return what conda's ``name=1.2`` is to pip."""
    match = re.fullmatch(_ONE_EQUALS, plain)
    return f"{match[1]}=={match[2]}" if match else None


def _read_conda(text: str) -> Requirement:
    plain = re.sub(_COMMENT, "", text).strip()
    requirement = Requirement("conda", text)
    match = re.match(_CONDA, plain)
    if not match:
        return requirement._replace(wrong=say("is not a requirement that conda can read"))
    start = text.index(plain) + match.end()
    requirement = requirement._replace(name=normal(match[1]), span=(start, text.index(plain) + len(plain)))
    rest = plain[match.end() :].strip()
    brackets = re.search(_BRACKETS, rest)
    if brackets:
        version = re.search(_BRACKETED_VERSION, brackets[1])
        rest = rest[: brackets.start()].strip() or (version[2] if version else "")
    if not rest:
        return requirement._replace(spec=ANY)
    alternatives = [_alternative(part) for part in _without_build(rest).split("|")]
    known = [clauses for clauses in alternatives if clauses is not None]
    if len(known) < len(alternatives):
        return requirement._replace(wrong=say("has {version!r}, which is not a version to conda", version=rest))
    return requirement._replace(spec=tuple(known))


def _without_build(rest: str) -> str:
    """Return the versions without the build that may follow them: ``=1.2=py38_0`` or ``1.2 py38_0``."""
    match = re.fullmatch(r"(={1,2}[^=<>!~,|\s]+)=[^=\s]*|([^=<>!~,|\s]+)\s+[^=<>!~,|\s]+", rest)
    return (match[1] or match[2]) if match else rest


def _alternative(text: str) -> tuple[Clause, ...] | None:
    """Return the clauses of one of conda's alternatives; None if it is none."""
    clauses = []
    for part in text.split(","):
        match = re.fullmatch(_CONDA_CLAUSE, part.strip())
        if not match or not (match[2] or match[3]):
            return None
        operator, version, star = match[1] or "==", match[2], match[3]
        if version:
            fuzzy = operator == "=" or bool(star)
            clauses.append(_clause("==" if operator in ("=", "===") else operator, version, fuzzy))
    return tuple(clauses)


def _clause(operator: str, version: str, is_open: bool) -> Clause:
    """Return a clause; ``is_open`` if a star follows the version, or as good as one."""
    if not is_open:
        return Clause(operator, version)
    return Clause({"==": "=*", "!=": "!=*"}.get(operator, operator), version)
