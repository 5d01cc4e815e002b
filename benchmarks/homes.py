"""Homes for one run of the benchmarks, removed when it ends."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from benchmarks.processes import ran


@cache
def _holder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="interviewer-benchmarks-")


def scratch(name: str) -> Path:
    """A folder of that name, made, for this run only."""
    folder = Path(_holder().name) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@cache
def warm_home() -> Path:
    """A home with the model graph and the index of the shipped sources, built once a run."""
    home = scratch("warm-home")
    ran(["index"], home, within=scratch("work"))
    return home


def home_with_graph(name: str) -> Path:
    """A new home that holds the embedding graph and nothing else."""
    home = scratch(name)
    shutil.copytree(warm_home() / "models", home / "models", dirs_exist_ok=True)
    for cached in (home / "models").glob("*.sqlite3*"):
        cached.unlink()
    return home
