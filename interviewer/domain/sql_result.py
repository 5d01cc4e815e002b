"""What a query returned, and how that differs from what was asked for."""

from enum import StrEnum

from pydantic import Field

from interviewer.domain.value import Value

Cell = bool | int | float | str | None
"""One value as JSON has it. Dates and timestamps are ISO text."""

Row = tuple[Cell, ...]


class Column(Value):
    """A column of a result, with the type as the database names it."""

    name: str
    type: str


class Result(Value):
    """The rows that a query returned, in the order in which they came."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    touched: int = Field(
        default=0, description="The most rows that any one step of the query's plan handed on."
    )


class SqlFinding(StrEnum):
    """What can be said of a query that was run, or that could not be."""

    RIGHT = "right"
    SLOW = "slow"
    EMPTY = "empty"
    DUPLICATED = "duplicated"
    INFLATED = "inflated"
    MISSING_ROWS = "missing-rows"
    EXTRA_ROWS = "extra-rows"
    DIFFERENT_ROWS = "different-rows"
    NULLS = "nulls"
    WRONG_VALUES = "wrong-values"
    ROUNDING = "rounding"
    ORDER = "order"
    COLUMNS = "columns"
    ERROR = "error"
    REFUSED = "refused"
    TIME = "time"
    MEMORY = "memory"
    TOO_LARGE = "too-large"


class Difference(Value):
    """How a result differs from the expected one: one kind, in words, with a few examples.

    The words speak of rows and values, never of how a query should be written.
    """

    kind: SqlFinding
    text: str
    missing: tuple[Row, ...] = Field(default=(), description="Expected and not there, a few.")
    extra: tuple[Row, ...] = Field(default=(), description="There and not expected, a few.")
    factor: float | None = Field(
        default=None, description="How many times too many the rows are, or too large the values."
    )
