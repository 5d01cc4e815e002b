"""A readiness assessment and a timeline as Markdown, for the terminal and for files."""

from collections.abc import Iterator

from interviewer.domain.readiness import CHECKS, ItemScore, Readiness, Standing, StudyStep
from interviewer.domain.skills import SkillScore
from interviewer.domain.timeline import Timeline, TimelineStep

WORDS = {
    Standing.READY: "ready",
    Standing.NEARLY: "nearly",
    Standing.NOT_YET: "not yet",
    Standing.UNANSWERED: "not answered",
}
"""How a standing is said."""


def readiness_markdown(found: Readiness) -> str:
    """The result, by item and skill, and the study plan."""
    return "\n".join(_readiness(found)) + "\n"


def timeline_markdown(timeline: Timeline, rounds: frozenset[str]) -> str:
    """The plan as a table with the basis of each step.

    Args:
        timeline: The plan.
        rounds: Ids of the track's rounds that can be practised here.
    """
    return "\n".join(_timeline(timeline, rounds)) + "\n"


def _readiness(found: Readiness) -> Iterator[str]:
    yield "# Readiness"
    yield ""
    yield (
        "Nothing answered yet."
        if found.score is None
        else f"{found.score:.0%} over {found.answered} of {found.checks} checks. You assessed "
        "yourself; nobody has looked at an answer."
    )
    yield ""
    yield "| Item | Checks | Standing |"
    yield "|---|---|---|"
    for item in found.items:
        yield f"| {item.title} | {_item(item)} | {WORDS[item.standing]} |"
    yield ""
    yield "| Skill | Checks |"
    yield "|---|---|"
    for skill in found.skills:
        yield f"| {skill.title} | {_skill(skill)} |"
    yield ""
    yield "## Study plan, weakest first"
    if not found.plan:
        yield ""
        yield "Every check is a yes. Sit a round and see whether an interviewer agrees."
    for number, step in enumerate(found.plan, 1):
        yield from _study(number, step)


def _study(number: int, step: StudyStep) -> Iterator[str]:
    yield ""
    yield f"### {number}. {step.title}"
    yield ""
    for todo in step.todo:
        yield f"- [ ] {todo}"
    for practice in step.practise:
        yield f"- Practise: `{practice.question}` ({practice.round_title}, {practice.track})"
    yield f"- Read: {', '.join(step.read)}"


def _item(item: ItemScore) -> str:
    if item.score is None:
        return ""
    part = "" if item.answered == CHECKS else f", {item.answered} of {CHECKS} answered"
    return f"{item.score:.0%}{part}"


def _skill(skill: SkillScore) -> str:
    return "not assessed" if skill.score is None else f"{skill.score:.0%}"


def _timeline(timeline: Timeline, rounds: frozenset[str]) -> Iterator[str]:
    yield f"# Timeline from {timeline.applied}"
    yield ""
    yield timeline.account
    if timeline.reschedule is not None:
        yield ""
        yield timeline.reschedule
    yield ""
    yield "Days are calendar days; nobody is interviewed on a Sunday or a holiday, so read them loosely."
    yield ""
    yield "| Step | Earliest | Latest | Rehearse from | Where the days come from |"
    yield "|---|---|---|---|---|"
    for step in timeline.steps:
        yield _row(step)
    for step in timeline.steps:
        if step.fixed:
            yield ""
            yield f"The day you gave is taken for: {step.title} (`--step` names another)."
    known = [step.id for step in timeline.steps if step.interview and step.id in rounds]
    if known:
        yield ""
        yield "Rounds to rehearse here: " + ", ".join(f"`{round_id}`" for round_id in known) + "."


def _row(step: TimelineStep) -> str:
    title = f"**{step.title}**" if step.fixed else step.title
    rehearse = step.prepare_from or ""
    return f"| {title} | {step.earliest} | {step.latest} | {rehearse} | {step.basis} |"
