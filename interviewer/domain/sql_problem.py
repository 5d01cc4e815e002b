"""A problem to be solved with one query over the invented bank's tables."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from interviewer.domain.rubric import Line, Slug
from interviewer.domain.sql_result import SqlFinding
from interviewer.domain.value import Value

BankTable = Literal["customers", "accounts", "cards", "transactions", "disputes", "model_scores"]
"""A table of the invented bank."""

MOST_CHARACTERS = 20_000
"""A longer query is not run."""

Query = Annotated[str, StringConstraints(min_length=6, max_length=MOST_CHARACTERS)]

Paragraph = Annotated[str, StringConstraints(min_length=40, max_length=1500, strip_whitespace=True)]


class WrongQuery(Value):
    """A mistake that people make, and what must be said of its result."""

    query: Query
    finding: SqlFinding
    why: Line = Field(description="What is wrong with it; for authors, never shown to candidates.")


class SqlProblem(Value):
    """One problem, with the query that solves it."""

    id: Slug
    title: Line
    topic: Line = Field(description="What it practises, in a few words.")
    statement: Paragraph = Field(description="In the bank's terms, naming the columns wanted.")
    tables: tuple[BankTable, ...] = Field(min_length=1)
    reference: Query
    ordered: bool = Field(default=False, description="Whether the order of the rows is asked for.")
    key: tuple[str, ...] = Field(
        default=(), description="Columns of the result that tell its rows apart."
    )
    sums: tuple[str, ...] = Field(
        default=(),
        description="Columns that add up or count; too much there is put down to rows counted again.",
    )
    most_touched: int | None = Field(
        default=None,
        ge=1,
        description="More rows than this out of one step of the plan, and the query is slow.",
    )
    wrong: tuple[WrongQuery, ...] = Field(min_length=3)
    hints: tuple[Line, ...] = Field(min_length=2, max_length=5, description="From vague to plain.")
    probes: dict[SqlFinding, tuple[Line, ...]] = Field(
        description="What an interviewer asks where a run comes to this; others have general ones."
    )

    @property
    def shown(self) -> "ShownSqlProblem":
        """What the candidate sees in a round."""
        fields = set(ShownSqlProblem.model_fields) - {"hints"}
        return ShownSqlProblem(**self.model_dump(include=fields), hints=len(self.hints))

    @model_validator(mode="after")
    def _says_how_it_goes_on(self) -> "SqlProblem":
        if SqlFinding.RIGHT not in self.probes:
            raise ValueError("probes: what is asked of a right query is missing")
        return self


class PosedProblem(Value):
    """A problem as a candidate sees it."""

    id: Slug
    title: str
    topic: str
    statement: str
    tables: tuple[BankTable, ...]
    ordered: bool
    hints: tuple[str, ...]


class ShownSqlProblem(Value):
    """All of a problem that a candidate sees in a round."""

    id: str
    title: str
    topic: str
    statement: str
    tables: tuple[str, ...] = Field(description="Names of the tables that it needs.")
    ordered: bool
    most_touched: int | None = Field(
        default=None, description="The most rows that one step of the query may make."
    )
    hints: int = Field(description="How many hints there are to ask for, one after the other.")


def posed(problem: SqlProblem) -> PosedProblem:
    """The problem without its solution."""
    return PosedProblem.model_validate(problem.model_dump(include=set(PosedProblem.model_fields)))


def probes_for(problem: SqlProblem, finding: SqlFinding) -> tuple[str, ...]:
    """What to ask about a finding: what the problem has for it, then what is asked in general."""
    return (*problem.probes.get(finding, ()), *GENERAL_PROBES[finding])


GENERAL_PROBES: Mapping[SqlFinding, tuple[str, ...]] = {
    SqlFinding.RIGHT: (
        "How would you convince a reviewer that this is right, without my telling you?",
    ),
    SqlFinding.SLOW: (
        "The numbers are right. Where in the query do the rows multiply, and what becomes of it at a thousand "
        "times the volume?",
    ),
    SqlFinding.EMPTY: (
        "Nothing came back. Which condition can no row meet, and how would you find out which one it is?",
    ),
    SqlFinding.DUPLICATED: (
        "Take one of the rows that came more than once. Where does the second copy come from?",
    ),
    SqlFinding.INFLATED: (
        "These figures are too large. At which step does one row start to count several times?",
    ),
    SqlFinding.MISSING_ROWS: (
        "Take one row that is missing. At which step of the query is it lost?",
    ),
    SqlFinding.EXTRA_ROWS: (
        "Take one row that should not be there. Which rule of the task does it break?",
    ),
    SqlFinding.DIFFERENT_ROWS: (
        "Some rows are missing and others are there instead. What decides in your query which row is kept?",
    ),
    SqlFinding.NULLS: ("What does each condition of yours do with a value that is not known?",),
    SqlFinding.WRONG_VALUES: (
        "Work one row out by hand from the tables. Where does the query part ways with you?",
    ),
    SqlFinding.ROUNDING: (
        "Where do you round, and what is the type of each number before you do?",
    ),
    SqlFinding.ORDER: (
        "What decides the order where two rows are equal in the first column sorted by?",
    ),
    SqlFinding.COLUMNS: (
        "Read the last sentence of the task again: what does one row of the result hold?",
    ),
    SqlFinding.ERROR: ("What does the message say, and which part of the query does it point at?",),
    SqlFinding.REFUSED: (
        "Only one SELECT over the bank's tables is run here. How would you say it as one?",
    ),
    SqlFinding.TIME: (
        "It did not come to an end. How many rows does the widest step make, by your estimate?",
    ),
    SqlFinding.MEMORY: ("It ran out of memory. Which step has to hold all of its rows at once?",),
    SqlFinding.TOO_LARGE: (
        "That is far more than was asked for. How many rows should there be, and why?",
    ),
}
"""By finding: asked where the problem has nothing of its own, and after what it has."""
