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
    """A home with the model graph, the index and the rubrics' vectors, built once a run."""
    home, work = scratch("warm-home"), scratch("work")
    ran(["index"], home, within=work)
    # A critique of a file, even of none of its rows, makes every rubric ready first.
    (work / "none.jsonl").write_text('{"id": "none", "question": "none", "answer": "None."}\n')
    ran(["critique", "none.jsonl", "--out", "none.graded.jsonl"], home, within=work)
    return home


def home_with_graph(name: str) -> Path:
    """A new home that holds the embedding graph and nothing else."""
    home = scratch(name)
    shutil.copytree(warm_home() / "models", home / "models", dirs_exist_ok=True)
    for cached in (home / "models").glob("*.sqlite3*"):
        cached.unlink()
    return home
