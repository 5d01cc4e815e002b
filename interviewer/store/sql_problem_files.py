"""Reads the SQL problems in `seeds/sql/`, one file each."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from interviewer.domain.problem import Problem
from interviewer.domain.sql_problem import SqlProblem
from interviewer.errors import SeedError
from interviewer.store.seed_file import seed_files, validated

SCHEMAS: dict[str, TypeAdapter[Any]] = {"sql": TypeAdapter(SqlProblem)}
"""By schema name: what a seed file of that kind must be."""


def read_sql_problems(folder: Path) -> tuple[tuple[SqlProblem, ...], list[Problem]]:
    """The SQL problems of a folder of seeds, by id, and what is wrong with the files."""
    problems: list[Problem] = []
    found: list[SqlProblem] = []
    for file in seed_files(folder, "sql/*.yaml", problems):
        problem: SqlProblem | None = validated(file, SCHEMAS["sql"], problems)
        if problem is None:
            continue
        if problem.id != file.path.stem:
            problems.append(file.problem(("id",), f"is not the file's name, {file.path.stem!r}"))
        found.append(problem)
    return tuple(sorted(found, key=lambda problem: problem.id)), problems


def load_sql_problems(folder: Path) -> tuple[SqlProblem, ...]:
    """Reads and checks the SQL problems.

    Raises:
        SeedError: With every problem found, one a line.
    """
    found, problems = read_sql_problems(folder)
    if problems:
        raise SeedError("\n".join(map(str, problems)))
    return found
