"""Writing a folder of files: as a whole, or into a folder that is there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.files.read import shown
from generator.files.replace import replace_all
from generator.findings import FileError


def write_folder(folder: Path, files: Mapping[str, bytes], copies: Mapping[str, Path], force: bool) -> None:
    """Write files into a folder, and copies of other files and folders, by their paths in it.

    A folder that is not there or empty is made as a whole. One that is not empty is refused, unless ``force``: then
    files of the same names are replaced, and all others stay. Raises FileError.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            if not force or not folder.is_dir():
                kind = "is not empty: name another folder, or use --force" if folder.is_dir() else "is not a folder"
                raise FileError(f"{shown(folder)}: {kind}")
            _fill(folder, files, copies)
            return
        folder.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=".scoregen.", dir=folder.parent))
        try:
            staged.chmod(0o777 & ~_umask())
            _fill(staged, files, copies)
            staged.replace(folder)  # takes the place of an empty folder too
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    except (OSError, ValueError, shutil.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise FileError(f"{shown(folder)}: cannot be written: {reason}") from error


def _fill(folder: Path, files: Mapping[str, bytes], copies: Mapping[str, Path]) -> None:
    for name, source in copies.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, folder / name, dirs_exist_ok=True)
        elif not (folder / name).exists() or not source.samefile(folder / name):
            shutil.copyfile(source, folder / name)
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    replace_all({folder / name: content for name, content in files.items()})


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
