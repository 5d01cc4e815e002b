"""Reads the coding problems of the seeds; every fault is named with file, line and field."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from interviewer.domain.coding import CodingProblem
from interviewer.domain.problem import Problem
from interviewer.errors import SeedError
from interviewer.store.seed_file import seed_files, validated

SCHEMAS: dict[str, TypeAdapter[Any]] = {"coding-problem": TypeAdapter(CodingProblem)}
"""By schema name: what a seed file of that kind must be (`seeds/schemas/<name>.schema.json`)."""


def load_coding_problems(folder: Path) -> dict[str, CodingProblem]:
    """The coding problems by id.

    Raises:
        SeedError: With every fault found, one a line.
    """
    found, faults = read_coding_problems(folder)
    if faults:
        raise SeedError("\n".join(map(str, faults)))
    return found


def read_coding_problems(folder: Path) -> tuple[dict[str, CodingProblem], list[Problem]]:
    """The coding problems that can be used, and what must be corrected."""
    faults: list[Problem] = []
    found: dict[str, CodingProblem] = {}
    for seed in seed_files(folder, "problems/*.yaml", faults):
        value: CodingProblem | None = validated(seed, SCHEMAS["coding-problem"], faults)
        if value is None:
            continue
        if value.id != seed.path.stem:
            message = f"{value.id!r} must equal the file name {seed.path.stem!r}"
            faults.append(seed.problem(("id",), message))
        found[value.id] = value
    return found, faults
