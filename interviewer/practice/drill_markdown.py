"""A drill's outcome and a candidate's progress as Markdown."""

from collections.abc import Iterator

from interviewer.domain.critique import Critique
from interviewer.domain.day_plan import PlanDay
from interviewer.domain.missed import Times
from interviewer.domain.progress import Strength
from interviewer.domain.verdict import Met
from interviewer.practice.drill import DrillReport
from interviewer.practice.progress import ProgressReport

_LONGEST_QUOTE = 160


def so_far_markdown(found: Critique, before: Critique | None = None) -> str:
    """The short critique after one answer of a drill: what is new in it, and what weighs most.

    Args:
        found: Of all answers so far.
        before: Shown after the answer before.
    """
    earlier = {p.id: p.met for p in before.points} if before else {}
    told = _told(before)
    level = "not assessed" if found.overall is None else f"level {found.overall}"
    made = sum(p.met is Met.YES for p in found.points)
    lines = [f"**So far: {level}; {made} of {len(found.points)} points made.**", ""]
    for met, word in ((Met.YES, "counts"), (Met.PARTLY, "in part")):
        lines += [
            f'- {word}: {p.statement} You said: "{_short(p.quote)}"'
            for p in found.points
            if p.met is met and earlier.get(p.id) is not met
        ]
    if before is not None and len(lines) == 2:
        lines.append("- nothing new counted in this answer")
    still = sorted(
        (p for p in found.points if p.met in (Met.NO, Met.PARTLY)),
        key=lambda p: (-p.weight, p.met is Met.PARTLY),
    )
    lines += [f"- weightiest still open: {p.statement}" for p in still[:1]]
    lines += [line for line in _told(found) if line not in told]
    return "\n".join(lines) + "\n"


def _told(found: Critique | None) -> list[str]:
    """Lines on flags, outdated rules and hygiene; each is shown once in a drill."""
    if found is None:
        return []
    lines = [f'- red flag: {f.statement} You said: "{_short(f.quote)}"' for f in found.red_flags]
    lines += [
        f"- out of date: {c.cited} is {c.status} since {c.on}; {c.superseded_by} replaced it"
        for c in found.currency
        if not c.acknowledged
    ]
    return lines + [f"- {h.why}" for h in found.hygiene]


def outcome_line(report: DrillReport) -> str:
    """What the drill was rated, and when it comes back, in one line."""
    if report.rating is None or report.due is None:
        return report.because
    when = "again in this session" if report.again else f"due {report.due[:10]}"
    return f"{report.because} Rated {report.rating.value}: {when}."


def progress_markdown(report: ProgressReport) -> str:
    """Where a candidate stands, and the plan if a date was given."""
    return "\n".join(_progress_lines(report)).strip() + "\n"


def _progress_lines(report: ProgressReport) -> Iterator[str]:
    yield "# Progress"
    yield ""
    if not report.exchanges:
        yield "Nothing was practised yet: `interviewer drill` begins."
        yield ""
    else:
        kinds = [f"{n} in {where}s" for where, n in sorted(report.exchanges.items())]
        yield f"Judged answers: {', '.join(kinds)}."
        yield ""
        for kind in dict.fromkeys(s.kind for s in report.strengths):
            yield from _strength_lines(kind, [s for s in report.strengths if s.kind == kind])
    if report.most_missed:
        yield "## Missed most"
        yield ""
        for missed in report.most_missed:
            times = f"{missed.missed} of {missed.judged}"
            yield f"- {missed.statement} ({missed.question}; missed {times} times)"
        yield ""
    yield from _time_lines(report)
    counts = report.cards
    yield f"Cards: {counts.total}, {counts.due} due, {counts.suspended} suspended."
    yield ""
    if report.interview_date is not None:
        yield f"## Plan until {report.interview_date.isoformat()}"
        yield ""
        for day in report.plan:
            yield from _day_lines(day)
        yield "It is made anew every time: what you drill today moves what is due tomorrow."
        yield ""
    yield f"> {report.how}"


def _strength_lines(kind: str, found: list[Strength]) -> Iterator[str]:
    yield f"## By {kind}, the weakest first"
    yield ""
    yield "| | strength | 90 % interval | score | answers | trend |"
    yield "|---|---|---|---|---|---|"
    for s in found:
        trend = s.trend if s.change is None else f"{s.trend} ({s.change:+.0%})"
        yield (
            f"| {s.id} | {s.strength:.0%} | {s.low:.0%} to {s.high:.0%} | {s.score:.1f} "
            f"| {s.exchanges} | {trend} |"
        )
    yield ""


def _time_lines(report: ProgressReport) -> Iterator[str]:
    for name, times in (
        ("First answers", report.first_answers),
        ("Answers to follow-ups", report.follow_up_answers),
    ):
        if times.answers:
            yield f"{name}: {_times(times)}."
    if report.first_answers.answers or report.follow_up_answers.answers:
        yield ""


def _times(times: Times) -> str:
    parts = [f"{times.words:.0f} words", f"about {times.spoken_seconds:.0f} s spoken aloud"]
    if times.seconds:
        parts.append(f"{times.seconds:.0f} s until sent")
    return f"median of {times.answers}: {', '.join(parts)}"


def _day_lines(day: PlanDay) -> Iterator[str]:
    yield f"**{day.date:%a %d %b}**, {day.minutes} min"
    for item in day.items:
        verb = {"due": "drill", "weak": "drill", "round": "sit"}[item.kind]
        yield f"- {verb} {item.id}, {item.minutes} min: {item.why}"
    if not day.items:
        yield "- nothing is due: rest, or read the sources of what you missed"
    yield ""


def _short(quote: str | None) -> str:
    text = " ".join((quote or "").split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE].rsplit(' ', 1)[0]} ..."
