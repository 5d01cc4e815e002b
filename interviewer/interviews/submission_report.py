"""What a report shows of code or a query that was sent: the last one, and what came of it."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from interviewer.domain.exchange import Exchange
from interviewer.domain.sql_result import Row
from interviewer.domain.sql_run import SqlRun
from interviewer.domain.value import Value


class SubmissionReport(Value):
    """The submission that counted."""

    language: Literal["python", "sql"]
    problem: str = Field(description="Title of the problem.")
    text: str = Field(description="As it was sent last.")
    sent: int = Field(description="How many were sent.")
    hints: int = Field(description="How many hints were taken; they cost nothing.")
    came_to: str = Field(description="What came of the last run, in words.")
    run: SqlRun | None = Field(default=None, description="Of a query: the last run.")

    @property
    def heading(self) -> str:
        """What it is, in a few words."""
        what = "query" if self.language == "sql" else "code"
        return (
            f"Your {what} for \N{LEFT DOUBLE QUOTATION MARK}{self.problem}\N{RIGHT DOUBLE QUOTATION MARK}"
            + (f", the last of {self.sent}" if self.sent > 1 else "")
        )

    @property
    def examples(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Where a result was another one: a title and a few rows of each sort, as text."""
        difference = self.run.difference if self.run else None
        if difference is None:
            return
        for title, rows in (("Expected", difference.missing), ("In yours", difference.extra)):
            if rows:
                yield title, tuple(map(_told, rows))


def submission_report(exchange: Exchange) -> SubmissionReport | None:
    """The report of what was sent for a question; None if nothing was."""
    shown = exchange.sql or exchange.coding
    if shown is None or not exchange.submissions:
        return None
    return SubmissionReport(
        language="python" if exchange.sql is None else "sql",
        problem=shown.title,
        text=exchange.submissions[-1],
        sent=len(exchange.submissions),
        hints=exchange.hints,
        came_to=_came_to(exchange),
        run=exchange.run,
    )


def _came_to(exchange: Exchange) -> str:
    if exchange.run is not None:
        return f"{exchange.run.finding.value}: {exchange.run.message}"
    if exchange.outcome is None:
        return "It was not run."
    counted = f"{exchange.outcome.passed} of {len(exchange.outcome.tests)} tests passed."
    return f"{counted} {exchange.outcome.message}".strip()


def _told(row: Row) -> str:
    return ", ".join("NULL" if cell is None else str(cell) for cell in row)
