"""`progress` and `regrade`: where you stand, and how stable a grade is."""

import asyncio
import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from interviewer.cli.printing import print_json, print_markdown

if TYPE_CHECKING:
    from interviewer.domain.regrade import GradedBy, QuestionSpread, Regrade


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(progress)
    app.command()(regrade)


def progress(
    track: Annotated[str | None, typer.Option(help="Only this track.")] = None,
    interview_date: Annotated[
        str | None, typer.Option(help="Day of the interview, YYYY-MM-DD: adds a plan by the day.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Show your strength on each criterion, its uncertainty and trend, and what you miss most."""
    from interviewer.bootstrap import open_product, settings
    from interviewer.practice.drill_markdown import progress_markdown

    day = None if interview_date is None else _day(interview_date)

    async def run() -> None:
        async with open_product(settings()) as product:
            practice, owner = product.practice, product.owner
            await practice.drills.close_all(owner=owner)
            found = await practice.progress.report(owner, track=track, interview_date=day)
        if as_json:
            print_json(found)
        else:
            print_markdown(progress_markdown(found))

    asyncio.run(run())


def _day(text: str) -> dt.date:
    from interviewer.errors import InputError

    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--interview-date {text[:40]!r} is no date: write YYYY-MM-DD") from None


def regrade(
    interview_id: Annotated[str, typer.Argument(help="Id of an interview or drill.")],
    times: Annotated[int, typer.Option("-n", min=1, max=20, help="How many readings.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Grade a stored interview again, several times, and show how far the verdicts spread."""
    from interviewer.bootstrap import open_product, settings

    async def run() -> "Regrade":
        async with open_product(settings()) as product:
            return await product.practice.regrade(interview_id, times, owner=product.owner)

    found = asyncio.run(run())
    if as_json:
        print_json(found)
    else:
        print_markdown(_markdown(found))


def _markdown(found: "Regrade") -> str:
    lines = [f"# Graded {found.times} times more", "", found.note, ""]
    lines += ["Nothing was overwritten: the grades in the log stay as they were.", ""]
    for question in found.questions:
        lines += _question_lines(question)
    return "\n".join(lines)


def _question_lines(question: "QuestionSpread") -> list[str]:
    scores = [score for score in question.scores if score is not None]
    spread = f"{min(scores):.1f} to {max(scores):.1f}" if scores else "not assessed"
    stored = "none" if question.stored_score is None else f"{question.stored_score:.1f}"
    lines = [f"## {question.question}", "", f"Score: stored {stored}, now {spread}.", ""]
    if question.failed:
        lines += [f"{question.failed} readings brought no usable reply and are left out.", ""]
    lines += ["| point | stored | readings | agree |", "|---|---|---|---|"]
    for point in question.points:
        readings = " ".join(met.value if met else "-" for met in point.readings)
        before = point.stored.value if point.stored else "-"
        lines.append(f"| {point.statement} | {before} | {readings} | {point.agreement:.0%} |")
    if question.stored_by is not None:
        lines += ["", f"Stored grade: {_by(question.stored_by)}."]
    return [*lines, f"Now: {_by(question.graded_by)}.", ""]


def _by(by: "GradedBy") -> str:
    prompts = [f"{p.id} v{p.version} ({p.sha256[:8]})" for p in by.prompts]
    parts = [by.engine, *([by.model] if by.model else []), *prompts, f"rubric {by.rubric[:8]}"]
    return ", ".join(parts)
