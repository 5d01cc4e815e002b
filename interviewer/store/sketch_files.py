"""Reads what is expected in a sketch: `seeds/sketch.yaml`."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from interviewer.domain.problem import Problem
from interviewer.domain.sketch import SketchPart
from interviewer.errors import SeedError
from interviewer.store.seed_file import seed_files, validated

FILE = "sketch.yaml"
SCHEMAS: dict[str, TypeAdapter[Any]] = {"sketch": TypeAdapter(list[SketchPart])}
"""By schema name, for `seeds/schemas/`."""


def load_sketch_parts(folder: Path) -> tuple[SketchPart, ...]:
    """The parts in the order of the file.

    Raises:
        SeedError: With every problem found, one a line.
    """
    parts, problems = read_sketch_parts(folder)
    if not (folder / FILE).is_file():
        problems.insert(0, Problem(f"{folder.name}/{FILE}", 1, "-", "the file does not exist"))
    if problems:
        raise SeedError("\n".join(map(str, problems)))
    return parts


def read_sketch_parts(folder: Path) -> tuple[tuple[SketchPart, ...], list[Problem]]:
    """The parts that can be used, and what must be corrected; without the file there are none."""
    problems: list[Problem] = []
    parts: tuple[SketchPart, ...] = ()
    for seed in seed_files(folder, FILE, problems):
        parts = tuple(validated(seed, SCHEMAS["sketch"], problems) or ())
        ids = [part.id for part in parts]
        for number, name in enumerate(ids):
            if name in ids[:number]:
                problems.append(seed.problem((number, "id"), f"{name!r} is used twice"))
    return parts, problems
