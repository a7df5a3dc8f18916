"""The files that are worked on, the same ones each time: scripts with a team's own code, and unrelated Python files."""

from __future__ import annotations

import json
import pickle
import random
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

REWRITES = Path(__file__).parent.parent / "golden" / "rewrite"
SHAPES = (
    "comments_above_and_behind",
    "dataset_replaced",
    "dataset_taken_out",
    "import_on_lines_of_their_own",
    "member_by_subscript",
    "two_arguments_on_a_line",
)
"""Cases of golden/rewrite whose scripts are clean, and recommend five items."""

CONDA = """\
name: project_environment
channels: [conda-forge, defaults]
dependencies:
- python=3.8.10
- pip=20.2
- scikit-surprise=1.1.0
- pip:
  - azureml-defaults==1.54.0
  - azureml-designer-classic-modules==0.0.185
  - azureml-designer-core==0.0.80
  - azureml-designer-serving==0.0.13
"""
ADDED = {"recommended_item_selection": "FromRatedItems"}  # which needs the size of the pool besides

_VOCABULARY = """
account amount basket batch booking branch brand campaign carrier catalog category channel city client comment
country coupon currency customer delivery discount district driver email event family feature genre group
history hotel household invoice item journey label language leaflet lender loan market member message movie
offer order parcel partner payment person photo playlist policy price product profile purchase query rating
reader refund region rental request reservation review reward route sale season segment seller session shelf
shipment shop station stock store street supplier survey tariff tenant ticket title token track trip user
vehicle vendor visit voucher warehouse
"""
WORDS = _VOCABULARY.split()

HELPERS = (
    '''
def clean_{a}_{b}(rows, limit={n}):
    """Return the rows whose {a} has a {b}, at most so many, without the spaces that the {c} export leaves."""
    kept = []
    for row in rows:
        {b} = row.get('{a}_{b}')
        if {b} is None or str({b}).strip() == '':
            continue  # the {c} system sends these at night
        kept.append({{**row, '{a}_{b}': str({b}).strip()[:limit]}})
    return kept
''',
    """
{A}_{B} = {{
    '{a}': {n},
    '{b}': '{c}_{m}',
    '{c}': [{n}, {m}, None],
}}


def known_{a}(value, {b}=None):
    # Agreed with the {c} team: unknown ones count as the first.
    return value if value in {A}_{B} else {b} or next(iter({A}_{B}))
""",
    '''
class {Camel}Error(ValueError):
    """A request names a {a} that has no {b}."""

    def __init__(self, {a}, {b}={n}):
        super().__init__(f'{a} {{{a}!r}} has no {b}, {{{b}}} {c} at most')
        self.{a} = {a}
''',
    """
def count_{a}_by_{b}(rows):
    counts = {{}}
    for position, row in enumerate(rows):
        key = (row.get('{a}', ''), row.get('{b}', position % {n}))
        counts[key] = counts.get(key, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:{m}]
""",
    '''
def {a}_is_{b}(text):
    """Say whether a text is the number of a {a}: {n} digits, perhaps behind the letters of its {c}."""
    letters, _, digits = str(text).rpartition('-')
    if letters and not letters.isalpha():
        return False
    return digits.isdigit() and len(digits) <= {n} and int(digits) % {m} != 1
''',
    """
def log_{a}(started, rows, {b}=''):
    took = time.perf_counter() - started
    if took > {n} / 10:  # seconds; the {c} times out soon after
        print(f'slow {a}: {{took:.2f}} s for {{len(rows)}} rows {{{b}}}', file=sys.stderr)
    else:
        print('{a}', len(rows), round(took * 1000), {b} or '{c}')
""",
)
COMMENT = """
# {a} {b}: changed with ticket {n}{m}, see the notes of the {c} team.
# Before that, each {b} had its own {a}, and the {c} was left to whoever called us.
"""


def sources(number: int, seed: int = 1) -> Iterator[str]:
    """Yield so many scripts as teams write them, 3 to 10 KB each, that differ anywhere: ``run()`` too."""
    bases = [_parts((REWRITES / shape / "before.py").read_text(encoding="utf-8")) for shape in SHAPES]
    for index in range(number):
        randomness = random.Random(f"{seed} {index}")
        imports, code = bases[index % len(bases)]
        code = _with_own_line(code, index)
        helpers = [*(_helper(randomness) for _ in range(randomness.randint(5, 20))), _filled(randomness, COMMENT)]
        randomness.shuffle(helpers)
        split = randomness.randint(1, len(helpers))
        above, below = ("".join(part) for part in (helpers[:split], helpers[split:]))
        title = " ".join(randomness.sample(WORDS, 3))
        constants = f"\nENDPOINT = '{title.replace(' ', '-')}-{index}'\nTIMEOUT = {randomness.randint(5, 300)}\n"
        yield f'"""Scores the requests of {title}, endpoint {index}."""\n\n{imports}{constants}{above}\n\n{code}{below}'


def downloaded() -> str:
    """Return one script as it is, of about 50 lines with a comment in front."""
    source = (REWRITES / SHAPES[0] / "before.py").read_text(encoding="utf-8")
    return "# Scores the ratings of the shop.\n" * (50 - source.count("\n")) + source


def model_folder(folder: Path, comment: str = "as the designer left it") -> None:
    """Write what the designer leaves beside a script: columns, samples, packages and a model.

    ``comment`` makes the conda file one that no other folder has.
    """
    types = {"user": "str", "item": "str", "rating": "int64"}
    columns = [{"name": name, "type": "Numeric", "elementType": {"typeName": kind}} for name, kind in types.items()]
    (folder / "_schema.json").write_text(json.dumps({"columnAttributes": columns}), encoding="utf-8")
    (folder / "_samples.json").write_text(json.dumps([dict.fromkeys(types, 1)]), encoding="utf-8")
    (folder / "_data.pkl").write_bytes(pickle.dumps({f"user {number}": [0.5] * 20 for number in range(1000)}))
    (folder / "conda_env.yaml").write_text(f"{CONDA}# {comment}\n", encoding="utf-8")


def unrelated(number: int) -> Iterator[str]:
    """Yield so many Python files, each different, made of this interpreter's own library."""
    library = _library()
    for index in range(number):
        yield f"{library[index % len(library)]}\n# copy {index // len(library)}\n"


def write(folder: Path, files: Iterable[str], name: str = "score") -> Path:
    """Write the files, a hundred to a folder, and return the folder of all."""
    for index, source in enumerate(files):
        below = folder / f"team_{index // 100:04}"
        if index % 100 == 0:
            below.mkdir(parents=True, exist_ok=True)
        (below / f"{name}_{index}.py").write_text(source, encoding="utf-8")
    return folder


def _parts(source: str) -> tuple[str, str]:
    """Return a script's text up to its first function, and from there on."""
    imports, start, code = source.partition("def init")
    return "import sys\nimport time\n" + imports.rstrip() + "\n", start + code.rstrip() + "\n"


def _with_own_line(code: str, index: int) -> str:
    """Return a script's functions with a line of its own at the beginning of ``run()``."""
    before, head, after = code.partition("def run(data):\n")
    return f"{before}{head}    print('endpoint {index}', flush=True)\n{after}"


def _helper(randomness: random.Random) -> str:
    return _filled(randomness, randomness.choice(HELPERS))


def _filled(randomness: random.Random, text: str) -> str:
    a, b, c = randomness.sample(WORDS, 3)
    names = {"a": a, "b": b, "c": c, "A": a.upper(), "B": b.upper(), "Camel": (a + "_" + b).title().replace("_", "")}
    numbers = {"n": randomness.randint(2, 99), "m": randomness.randint(2, 999)}
    return "\n" + text.format(**names, **numbers)


def _library() -> list[str]:
    """Return the modules of the standard library that are of a usual size, and ASCII."""
    root = Path(sysconfig.get_paths()["stdlib"])
    paths = [path for path in sorted(root.rglob("*.py")) if not {"site-packages", "test", "tests"} & set(path.parts)]
    contents = [path.read_bytes() for path in paths if 1000 < path.stat().st_size < 20_000]
    return [content.decode() for content in contents if content.isascii()]
