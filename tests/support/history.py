"""Conda files of 2019 to 2025, each with what pip 20.2 makes of it and what is to be found in it."""

from __future__ import annotations

from typing import NamedTuple


class HistoricFile(NamedTuple):
    """A file: its Python, what pip is asked for in order, and whether an environment that serves comes of it.

    ``end`` is what pip says in the end, ``codes`` are the errors that are to be found.
    """

    name: str
    python: str
    requirements: tuple[str, ...]
    works: bool
    end: str
    codes: tuple[str, ...] = ()


def classic(release: str, serving: str, defaults: str = "", core: str = "") -> tuple[str, ...]:
    """Return the requirements of a file of the classic modules."""
    return _file(f"azureml-designer-classic-modules=={release}", serving, defaults, core)


def wabbit(release: str, serving: str, defaults: str = "") -> tuple[str, ...]:
    """Return the requirements of a file of the Vowpal Wabbit modules."""
    return _file(f"azureml-designer-vowpal-wabbit-modules=={release}", serving, defaults)


def recommender(release: str, serving: str, defaults: str = "") -> tuple[str, ...]:
    """Return the requirements of a file of the recommender modules."""
    return _file(f"azureml-designer-recommender-modules=={release}", serving, defaults)


def images(release: str, defaults: str = "") -> tuple[str, ...]:
    """Return the requirements of a file of the image modules."""
    return _file(f"azureml-designer-pytorch-modules=={release}", "0.0.15", defaults)


def early_images(defaults: str = "") -> tuple[str, ...]:
    """Return the requirements of a file of the image modules when their package had another name."""
    return _file("azureml-designer-score-modules==0.0.16", "0.0.10", defaults)


def _file(package: str, serving: str, defaults: str, core: str = "") -> tuple[str, ...]:
    first = f"azureml-defaults=={defaults}" if defaults else "azureml-defaults"
    cores = (f"azureml-designer-core=={core}",) if core else ()
    return (first, *cores, package, f"azureml-designer-serving=={serving}")


_BY_CONDA = {
    "vowpal-wabbit": ("vowpalwabbit=8.8.1",),
    "pytorch": ("pytorch=2.2.1", "torchvision=0.17.1", "cudatoolkit=11.8"),
}
_NOTHING = "No matching distribution found for azureml-"  # the server or the core: pip 20.2 asks for them in any order
_NO_SERVER = "No matching distribution found for azureml-inference-server-http~="
_NO_RSLEX = "No matching distribution found for azureml-dataprep-rslex"

FILES = (
    HistoricFile("2019, images, unpinned", "3.6.8", early_images(), False, f"{_NO_SERVER}1.4", ("SG210",)),
    HistoricFile("2019, images", "3.6.8", early_images("1.47.0"), True, "Successfully downloaded"),
    HistoricFile("2020", "3.6.8", classic("0.0.140", "0.0.10", "1.47.0"), True, "Successfully downloaded"),
    HistoricFile("2021, unpinned", "3.6.8", classic("0.0.153", "0.0.10"), False, f"{_NO_SERVER}1.4", ("SG210",)),
    HistoricFile(
        "2021, as its release asks", "3.6.8", classic("0.0.153", "0.0.10", "1.26.0"), False, _NO_RSLEX, ("SG210",)
    ),
    HistoricFile("2021, newer server", "3.6.8", classic("0.0.153", "0.0.10", "1.54.0"), False, _NOTHING, ("SG210",)),
    HistoricFile("2021, proposed", "3.6.8", classic("0.0.153", "0.0.10", "1.47.0"), True, "Successfully downloaded"),
    HistoricFile("2020, Wabbit, unpinned", "3.6.8", wabbit("0.0.18", "0.0.10"), False, f"{_NO_SERVER}1.4", ("SG210",)),
    HistoricFile(
        "2020, Wabbit, 1.48.0",
        "3.6.8",
        wabbit("0.0.18", "0.0.10", "1.48.0"),
        False,
        "No matching distribution found for azureml-core~=1.48.0",
        ("SG210",),
    ),
    HistoricFile("2020, recommender", "3.6.8", recommender("0.0.20", "0.0.10", "1.26.0"), False, _NO_RSLEX, ("SG210",)),
    HistoricFile(
        "2024, proposed", "3.8.10", classic("0.0.185", "0.0.13", "1.54.0", "0.0.80"), True, "Successfully downloaded"
    ),
    HistoricFile(
        "2024, empty core",
        "3.8.10",
        classic("0.0.185", "0.0.13", "1.54.0"),
        False,
        "azureml_designer_core-0.0.87",
        ("SG207",),
    ),
    HistoricFile("2024, Wabbit, unpinned", "3.8.10", wabbit("0.0.53", "0.0.13"), False, f"{_NO_SERVER}1.4", ("SG210",)),
    HistoricFile(
        "2024, recommender", "3.8.10", recommender("0.0.65", "0.0.13", "1.54.0"), True, "Successfully downloaded"
    ),
    HistoricFile(
        "2024, recommender, unpinned", "3.8.10", recommender("0.0.65", "0.0.13"), False, f"{_NO_SERVER}1.4", ("SG210",)
    ),
    HistoricFile("2024, Wabbit", "3.8.10", wabbit("0.0.53", "0.0.13", "1.54.0"), True, "Successfully downloaded"),
    HistoricFile("2024, images, unpinned", "3.8.10", images("0.0.70"), False, f"{_NO_SERVER}1.4", ("SG210",)),
    HistoricFile("2024, images", "3.8.10", images("0.0.70", "1.54.0"), True, "Successfully downloaded"),
    HistoricFile(
        "2025, on the old Python",
        "3.8.10",
        classic("0.0.195", "0.0.13", "1.54.0", "0.0.86"),
        False,
        "No matching distribution found for scikit-learn==1.5.0",
        ("SG208",),
    ),
    HistoricFile(
        "2025, proposed", "3.9.18", classic("0.0.195", "0.0.13", "1.54.0", "0.0.86"), True, "Successfully downloaded"
    ),
    HistoricFile(
        "2025, unpinned",
        "3.9.18",
        classic("0.0.195", "0.0.13", "", "0.0.86"),
        False,
        "No matching distribution found for azureml-dataprep",
        ("SG210",),
    ),
    HistoricFile(
        "2025, server that does not start",
        "3.9.18",
        classic("0.0.195", "0.0.13", "1.60.0", "0.0.86"),
        False,
        "Successfully downloaded",
        ("SG210",),
    ),
)


def text_of(file: HistoricFile) -> str:
    """Return the conda file, with the pip that the designer writes."""
    lines = "".join(f"  - {text}\n" for text in file.requirements)
    extras = next((extras for name, extras in _BY_CONDA.items() if name in lines), ())
    more = "".join(f"- {text}\n" for text in extras)
    return f"dependencies:\n- python={file.python}\n- pip=20.2\n{more}- pip:\n{lines}"
