"""What came out of a file before it is an artefact: rows with their lines, and problems."""

import re
from enum import StrEnum
from typing import Any

from pydantic import Field

from interviewer.domain.artefacts.artefact import Artefact
from interviewer.domain.problem import Problem
from interviewer.domain.value import Value


class Format(StrEnum):
    """How a board is written."""

    CSV = "csv"
    JSON = "json"
    MARKDOWN = "md"


class RawRow(Value):
    """One row as it was written; `lines` says where each field stands, `line` where the row does."""

    line: int
    cells: dict[str, Any]
    lines: dict[str, int] = Field(default_factory=dict)


class Incoming(Value):
    """What a reader of one format found."""

    rows: tuple[RawRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    kind: str | None = None
    """The kind that the file names, if it does."""


def column(name: str) -> str:
    """A column's name as the fields spell it: `Residual impact` is `residual_impact`."""
    return re.sub(r"[\s_-]+", "_", name.strip().casefold())[:60]


def unknown_columns(kind: type[Artefact], given: list[str]) -> str | None:
    """What to say of columns that are unknown, stand twice, or are missing; None if all is well."""
    known = kind.row.columns()
    needed = [name for name in known if kind.row.model_fields[name].is_required()]
    unknown = [name for name in given if name not in known]
    if unknown:
        return f"unknown column {unknown[0]!r}; columns are {', '.join(known)}"
    if len(set(given)) < len(given):
        twice = next(name for name in given if given.count(name) > 1)
        return f"the column {twice!r} stands twice"
    missing = [name for name in needed if name not in given]
    if missing:
        return f"the column {', '.join(missing)} is missing; needed are {', '.join(needed)}"
    return None
